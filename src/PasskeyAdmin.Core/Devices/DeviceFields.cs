namespace PasskeyAdmin.Devices;

/// <summary>The texts of one inventory row, already trimmed and safe to show; null where absent or empty.</summary>
internal sealed class DeviceFields
{
    /// <summary>No system, maker or model has a longer name; what decides is remembered, and must not fill the memory.</summary>
    private const int LongestDeciding = 256;

    public string? Name;
    public string? Id;

    /// <summary>What counts the ids, where they are no more than numbers of one kind of device (Jamf); otherwise null.</summary>
    public string? IdCountedBy;
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

    /// <summary>Only what decides about the device.</summary>
    public DeviceFields Deciding() => new() { OperatingSystem = OperatingSystem, Version = Version, Edition = Edition, Manufacturer = Manufacturer, Model = Model };

    /// <summary>Takes a clean text for a field; false where there is none.</summary>
    public bool Set(InventoryField field, string? text)
    {
        switch (field)
        {
            case InventoryField.DeviceName: Name = text; break;
            case InventoryField.DeviceId: Id = text; break;
            case InventoryField.UserPrincipalName: User = text; break;
            case InventoryField.OperatingSystem: OperatingSystem = Cut(text); break;
            case InventoryField.OSVersion: Version = Cut(text); break;
            case InventoryField.Edition: Edition = Cut(text); break;
            case InventoryField.Manufacturer: Manufacturer = Cut(text); break;
            case InventoryField.Model: Model = Cut(text); break;
            case InventoryField.JoinType: Join = text; break;
            case InventoryField.Ownership: Ownership = text; break;
            case InventoryField.LastSeen: LastSeen = text; break;
        }
        return text is not null;
    }

    private static string? Cut(string? text) => text?.Length > LongestDeciding ? text.Substring(0, char.IsHighSurrogate(text[LongestDeciding - 1]) ? LongestDeciding - 1 : LongestDeciding) : text;
}
