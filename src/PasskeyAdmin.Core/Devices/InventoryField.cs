namespace PasskeyAdmin.Devices;

/// <summary>What we take from an inventory row. The names are the keys of <c>-ColumnMap</c>.</summary>
public enum InventoryField
{
    DeviceName,
    DeviceId,
    UserPrincipalName,
    OperatingSystem,
    OSVersion,
    Edition,
    Manufacturer,
    Model,
    JoinType,
    Ownership,
    LastSeen,
}
