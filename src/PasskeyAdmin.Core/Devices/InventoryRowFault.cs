namespace PasskeyAdmin.Devices;

/// <summary>A row that could not be read.</summary>
/// <param name="Line">Where the row begins; the first line of the file is 1.</param>
/// <param name="Reason">What is wrong with it, as a sentence part.</param>
internal sealed record InventoryRowFault(string FileName, long Line, string Reason);
