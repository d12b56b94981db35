using System;

namespace PasskeyAdmin.Devices;

/// <summary>
/// A device of an inventory. Texts are as found, made safe to show (<see cref="DisplayText"/>); a text that is missing or empty is null.
/// </summary>
public sealed class Device
{
    private readonly string? _lastSeen;

    internal Device(DeviceFields fields, DeviceSystem system, string? source, long? line)
    {
        DeviceName = fields.Name;
        DeviceId = fields.Id;
        UserPrincipalName = fields.User;
        OperatingSystem = fields.OperatingSystem ?? (system.Platform is DevicePlatform.Unknown or DevicePlatform.Other ? null : system.Platform.ToString());
        OSVersion = fields.Version ?? system.VersionText;
        Edition = fields.Edition;
        Manufacturer = fields.Manufacturer;
        Model = fields.Model;
        JoinType = fields.Join;
        Ownership = fields.Ownership;
        _lastSeen = fields.LastSeen;
        System = system;
        Source = source;
        Line = line;
    }

    public string? DeviceName { get; }

    /// <summary>The id that the inventory gives, of whatever kind it is.</summary>
    public string? DeviceId { get; }

    /// <summary>The primary user: a user principal name where the inventory has one, else the address or name that it has.</summary>
    public string? UserPrincipalName { get; }

    public DevicePlatform Platform => System.Platform;

    /// <summary>The operating system as found; where the inventory does not name it, the platform that was understood.</summary>
    public string? OperatingSystem { get; }

    /// <summary>The version as found.</summary>
    public string? OSVersion { get; }

    /// <summary>The lowest version that the text allows; null where it cannot be read.</summary>
    public Version? ParsedVersion => System.Version.Version;

    /// <summary>The edition as found, such as Intune's SKU family; it tells Windows Server from a client.</summary>
    public string? Edition { get; }

    public string? Manufacturer { get; }

    public string? Model { get; }

    public string? JoinType { get; }

    public string? Ownership { get; }

    /// <summary>When the device last spoke to its management; null where the inventory does not say, says "never" or cannot be read.</summary>
    public DateTimeOffset? LastSeen => InventoryDate.Parse(_lastSeen);

    /// <summary>The file that the device was read from; null for pipeline objects.</summary>
    public string? Source { get; }

    /// <summary>The line in the file where the device begins; null where there is none.</summary>
    public long? Line { get; }

    /// <summary>What the evaluation looks at, shared by all devices that look alike.</summary>
    internal DeviceSystem System { get; }

    public override string ToString() => DeviceName ?? DeviceId ?? "(unnamed device)";
}
