using System;

namespace PasskeyAdmin.Devices;

/// <summary>
/// A device of an inventory. Texts are as found, made safe to show (<see cref="DisplayText"/>); a text that is missing or empty is null.
/// </summary>
public sealed class Device
{
    private readonly DeviceFields _fields;

    internal Device(DeviceFields fields, DeviceSystem system, string? source, long? line, string? tenantId = null)
    {
        TenantId = tenantId;
        _fields = fields;
        System = system;
        Source = source;
        Line = line;
    }

    public string? DeviceName => _fields.Name;

    /// <summary>The id that the inventory gives, of whatever kind it is.</summary>
    public string? DeviceId => _fields.Id;

    /// <summary>The primary user: a user principal name where the inventory has one, else the address or name that it has.</summary>
    public string? UserPrincipalName => _fields.User;

    public DevicePlatform Platform => System.Platform;

    /// <summary>The operating system as found; where the inventory does not name it, the platform that was understood.</summary>
    public string? OperatingSystem =>
        _fields.OperatingSystem ?? (Platform is DevicePlatform.Unknown or DevicePlatform.Other ? null : Platform.ToString());

    /// <summary>The version as found.</summary>
    public string? OSVersion => _fields.Version ?? System.VersionText;

    /// <summary>The lowest version that the text allows; null where it cannot be read.</summary>
    public Version? ParsedVersion => System.Version.Version;

    /// <summary>The edition as found, such as Intune's SKU family; it tells Windows Server from a client.</summary>
    public string? Edition => _fields.Edition;

    public string? Manufacturer => _fields.Manufacturer;

    public string? Model => _fields.Model;

    public string? JoinType => _fields.Join;

    public string? Ownership => _fields.Ownership;

    /// <summary>When the device last spoke to its management; null where the inventory does not say, says "never" or cannot be read.</summary>
    public DateTimeOffset? LastSeen => InventoryDate.Parse(_fields.LastSeen);

    /// <summary>The file that the device was read from, or the service of a tenant, such as "Intune (Contoso)"; null for pipeline objects.</summary>
    public string? Source { get; }

    /// <summary>The tenant that it was read from, live; null for files and pipeline objects, and where the id of the tenant is not known.</summary>
    public string? TenantId { get; }

    /// <summary>The line in the file where the device begins; null where there is none.</summary>
    public long? Line { get; }

    /// <summary>What counts the id, where it is only a number of one kind of device; otherwise null.</summary>
    internal string? IdCountedBy => _fields.IdCountedBy;

    /// <summary>What the evaluation looks at, shared by all devices that look alike.</summary>
    internal DeviceSystem System { get; }

    /// <summary>Whether the very same strings decide about this device.</summary>
    internal bool IsOfKind(DeviceFields fields) =>
        ReferenceEquals(_fields.Version, fields.Version) && ReferenceEquals(_fields.Model, fields.Model) && ReferenceEquals(_fields.Manufacturer, fields.Manufacturer)
        && ReferenceEquals(_fields.OperatingSystem, fields.OperatingSystem) && ReferenceEquals(_fields.Edition, fields.Edition);

    public override string ToString() => DeviceName ?? DeviceId ?? "(unnamed device)";
}
