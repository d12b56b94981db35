namespace PasskeyAdmin.Devices;

/// <summary>How far the reading of an inventory has come.</summary>
/// <param name="BytesTotal">Null where the length cannot be known.</param>
internal readonly record struct InventoryProgress(string FileName, long Rows, long BytesRead, long? BytesTotal);
