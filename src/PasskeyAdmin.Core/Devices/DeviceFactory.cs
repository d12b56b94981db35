using System;
using System.Collections.Generic;

namespace PasskeyAdmin.Devices;

/// <summary>Makes devices from rows. It remembers the systems it has seen, because a fleet has few of them.</summary>
internal sealed class DeviceFactory
{
    // Enough for every version × maker of a real fleet; a file of rubbish must not grow it without end.
    private const int MostSystems = 4096;

    private readonly Dictionary<(string?, string?, string?, string?, string?), DeviceSystem> _systems = [];

    /// <summary>The platform of rows that name none, where the inventory holds only one (Jamf); otherwise Unknown.</summary>
    public DevicePlatform AssumedPlatform { get; init; }

    public Device Create(DeviceFields fields, string? source = null, long? line = null)
    {
        var key = (fields.OperatingSystem, fields.Version, fields.Edition, fields.Manufacturer, fields.Model);
        if (!_systems.TryGetValue(key, out var system))
        {
            system = Understand(fields);
            if (_systems.Count >= MostSystems) _systems.Clear();
            _systems.Add(key, system);
        }
        return new Device(fields, system, source, line);
    }

    private DeviceSystem Understand(in DeviceFields fields)
    {
        var platform = PlatformText.Parse(fields.OperatingSystem);
        if (platform is DevicePlatform.Unknown && fields.OperatingSystem is null or "Unknown" or "unknown") platform = PlatformText.Infer(fields.Model, fields.Version);
        if (platform is DevicePlatform.Unknown && fields.OperatingSystem is null) platform = fields.Version is null ? AssumedPlatform : FromVersion(fields.Version);
        var versionText = fields.Version ?? (HasDigit(fields.OperatingSystem) ? fields.OperatingSystem : null);
        var version = OSVersionText.Parse(versionText, platform);
        // "Windows 11" beside the version "23H2": only both together say something.
        if (version.Version is null && fields.Version is not null && HasDigit(fields.OperatingSystem))
            version = OSVersionText.Parse($"{fields.OperatingSystem} {fields.Version}", platform);
        var isServer = fields.Edition?.IndexOf("server", StringComparison.OrdinalIgnoreCase) >= 0 || WindowsRelease.IsServerOnly(version.Version);
        if (platform is DevicePlatform.Windows && isServer) platform = DevicePlatform.WindowsServer;

        var maker = Known(fields.Manufacturer);
        var model = Known(fields.Model);
        return new DeviceSystem(platform, version, fields.Version is null ? versionText : null, maker ?? MakerOf(model), (maker ?? model) is not null,
            PlatformText.IsWithoutGoogleServices(fields.OperatingSystem),
            !isServer && (fields.Edition is not null || fields.OperatingSystem?.StartsWith("Windows 1", StringComparison.OrdinalIgnoreCase) == true));
    }

    private DevicePlatform FromVersion(string version) =>
        PlatformText.Parse(version) is var named and not DevicePlatform.Unknown ? named : AssumedPlatform;

    /// <summary>Samsung, where the model says so (reference/graph-devices.md §1): SM-…, Galaxy …, and the numbers that Japanese carriers give to Galaxy phones.</summary>
    private static string? MakerOf(string? model)
    {
        if (model is null) return null;
        var isSamsung = model.StartsWith("SM-", StringComparison.OrdinalIgnoreCase) || model.IndexOf("Galaxy", StringComparison.OrdinalIgnoreCase) >= 0
            || model.StartsWith("Samsung", StringComparison.OrdinalIgnoreCase)
            || (model.Length >= 5 && (model.StartsWith("SC-", StringComparison.OrdinalIgnoreCase) || model.StartsWith("SCG", StringComparison.OrdinalIgnoreCase)
                || model.StartsWith("SCV", StringComparison.OrdinalIgnoreCase)) && char.IsDigit(model[3]));
        return isSamsung ? "Samsung" : null;
    }

    /// <summary>Null for the words that inventories write where they know nothing.</summary>
    private static string? Known(string? text) =>
        text is null || text.ToLowerInvariant() is "unknown" or "n/a" or "none" or "null" or "-" or "not available" ? null : text;

    private static bool HasDigit(string? text)
    {
        foreach (var c in text ?? "")
            if (char.IsDigit(c)) return true;
        return false;
    }
}
