namespace PasskeyAdmin.Devices;

/// <summary>What the name of a column or property means.</summary>
/// <param name="Rank">How good a name it is for the field: the lower, the better.</param>
internal sealed record FieldMeaning(InventoryField Field, int Rank);
