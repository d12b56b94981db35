namespace PasskeyAdmin.Devices;

/// <summary>The texts of one inventory row, already trimmed and safe to show; null where absent or empty.</summary>
internal sealed class DeviceFields
{
    public string? Name;
    public string? Id;
    public string? User;
    public string? OperatingSystem;
    public string? Version;
    public string? Edition;
    public string? Manufacturer;
    public string? Model;
    public string? Join;
    public string? Ownership;
    public string? LastSeen;

    /// <summary>Whether no field has a text.</summary>
    public bool IsEmpty => (Name ?? Id ?? User ?? OperatingSystem ?? Version ?? Edition ?? Manufacturer ?? Model ?? Join ?? Ownership ?? LastSeen) is null;

    /// <summary>A text as fields hold it: without white space around it and safe to show; null where nothing is left.</summary>
    public static string? Clean(string? raw) => raw?.Trim() is { Length: > 0 } text ? DisplayText.Neutralise(text) : null;

    public DeviceFields Copy() => (DeviceFields)MemberwiseClone();

    /// <summary>Takes a clean text for a field; false where there is none.</summary>
    public bool Set(InventoryField field, string? text)
    {
        switch (field)
        {
            case InventoryField.DeviceName: Name = text; break;
            case InventoryField.DeviceId: Id = text; break;
            case InventoryField.UserPrincipalName: User = text; break;
            case InventoryField.OperatingSystem: OperatingSystem = text; break;
            case InventoryField.OSVersion: Version = text; break;
            case InventoryField.Edition: Edition = text; break;
            case InventoryField.Manufacturer: Manufacturer = text; break;
            case InventoryField.Model: Model = text; break;
            case InventoryField.JoinType: Join = text; break;
            case InventoryField.Ownership: Ownership = text; break;
            case InventoryField.LastSeen: LastSeen = text; break;
        }
        return text is not null;
    }
}
