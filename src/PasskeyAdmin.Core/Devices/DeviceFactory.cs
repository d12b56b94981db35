using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;

namespace PasskeyAdmin.Devices;

/// <summary>Makes devices from rows. It remembers the systems it has seen, because a fleet has few of them.</summary>
internal sealed class DeviceFactory
{
    // Enough for every version × maker of a real fleet; a file of rubbish must not grow it without end.
    private const int MostSystems = 4096;
    private const int Kinds = 1 << 12;

    private static readonly string[] SamsungPrefixes = ["SM-", "Samsung"];
    private static readonly string[] OtherPrefixes = ["GT-", "SHW-", "SHV-", "SCH-", "SGH-", "SPH-", "SC-", "SCG", "SCV"];
    private static readonly HashSet<string> Placeholders =
    [
        "unknown", "unknown os", "unknown model", "unknown manufacturer", "unknown device", "unknown version", "n/a", "na", "none", "null", "nil", "undefined", "not available", "not applicable", "not specified", "unspecified", "default string",
    ];
    private static readonly HashSet<string> MakerPlaceholders =
        ["other", "android", "generic", "default", "oem", "o.e.m", "to be filled by o.e.m", "system manufacturer", "system product name"];

    private Device?[] _kinds = [];
    private readonly Dictionary<DeviceFields, DeviceSystem> _systems = new(new SystemTexts());

    /// <summary>The platform of rows that name none, where the inventory holds only one (Jamf); otherwise Unknown.</summary>
    public DevicePlatform AssumedPlatform { get; init; }

    public Device Create(DeviceFields fields, string? source = null, long? line = null) => new(fields, Kind(fields).System, source, line);

    /// <summary>A device with these texts, without a place: where the texts are the same, the same device. The fields are not kept.</summary>
    [MethodImpl(Tiering.None)]
    public Device Kind(DeviceFields fields)
    {
        // Files give the same strings again and again (FieldTexts): most rows are known without reading a character.
        if (_kinds.Length == 0) _kinds = new Device?[Kinds];
        ref var kind = ref _kinds[((RuntimeHelpers.GetHashCode(fields.Version) * 31) + RuntimeHelpers.GetHashCode(fields.Model)) & (Kinds - 1)];
        return kind?.IsOfKind(fields) == true ? kind : kind = new Device(fields.Deciding(), SystemOf(fields), null, null);
    }

    /// <summary>What is understood of the texts that decide.</summary>
    public DeviceSystem SystemOf(DeviceFields fields)
    {
        if (_systems.TryGetValue(fields, out var system)) return system;
        system = Understand(fields);
        if (_systems.Count >= MostSystems) _systems.Clear();
        _systems.Add(fields.Deciding(), system);
        return system;
    }

    private DeviceSystem Understand(DeviceFields fields)
    {
        var (os, version, edition, model) = (Known(fields.OperatingSystem), Known(fields.Version), Known(fields.Edition), KnownMaker(fields.Model));
        var platform = PlatformOf(os, version, edition, model);
        var versionText = version ?? (HasDigit(os) ? os : HasDigit(edition) ? edition : null);
        var reading = OSVersionText.Parse(versionText, platform);
        // "Windows 11" beside the version "23H2": only both together say something.
        if (reading.Version is null && version is not null && HasDigit(os)) reading = OSVersionText.Parse($"{os} {version}", platform);
        if (os?.IndexOf("Darwin", StringComparison.OrdinalIgnoreCase) >= 0) reading = default;
        if (platform is DevicePlatform.Windows && WindowsRelease.IsServerOnly(reading.Version)) platform = DevicePlatform.WindowsServer;

        var maker = KnownMaker(fields.Manufacturer);
        var isClient = platform is DevicePlatform.Windows && (edition is not null || os?.StartsWith("Windows 1", StringComparison.OrdinalIgnoreCase) == true);
        return new DeviceSystem(platform, reading, fields.Version is null ? versionText : null, IsSamsung(model, maker is not null) ? "Samsung" : maker, (maker ?? model) is not null,
            PlatformText.IsWithoutGoogleServices(os), isClient);
    }

    /// <summary>The platform by the operating system, then by the edition (a caption such as "Microsoft Windows 11 Pro"), the model and the version.</summary>
    private DevicePlatform PlatformOf(string? os, string? version, string? edition, string? model)
    {
        if (PlatformText.IsOtherModel(model)) return DevicePlatform.Other;
        var platform = PlatformText.Parse(os);
        if (os is null)
        {
            platform = PlatformText.Parse(edition);
            if (platform is DevicePlatform.Unknown) platform = PlatformText.Infer(model, version);
            if (platform is DevicePlatform.Unknown) platform = PlatformText.Parse(version);
            if (platform is DevicePlatform.Unknown && IsLikeMac(version)) platform = AssumedPlatform;
        }
        return platform is DevicePlatform.Windows ? WindowsKind.Of(edition) ?? WindowsKind.Of(version) ?? platform : platform;
    }

    /// <summary>Whether a version can be one of macOS: a list of computers may hold others, and 6.3 or 10.0 are Windows.</summary>
    private static bool IsLikeMac(string? version) =>
        OSVersionText.Parse(version, DevicePlatform.macOS).Version is { Major: > 10 } or { Major: 10, Minor: > 0 };

    /// <summary>
    /// Samsung, where the model says so (reference/graph-devices.md §1): SM-… and Galaxy … even where there is a manufacturer, which may be rubbish;
    /// the older prefixes, and the numbers that Japanese carriers give to Galaxy phones, which others have as well, only where there is none.
    /// </summary>
    private static bool IsSamsung(string? model, bool hasMaker) => model is not null
        && (SamsungPrefixes.Any(p => model.StartsWith(p, StringComparison.OrdinalIgnoreCase)) || model.IndexOf("Galaxy", StringComparison.OrdinalIgnoreCase) >= 0
            || (!hasMaker && OtherPrefixes.Any(p => model.StartsWith(p, StringComparison.OrdinalIgnoreCase))));

    /// <summary>Null for the words that inventories write where they know nothing.</summary>
    private static string? Known(string? text)
    {
        var word = Word(text);
        return Placeholders.Contains(word) || !word.Any(char.IsLetterOrDigit) ? null : text;
    }

    /// <summary>As <see cref="Known"/>, for what a manufacturer should have filled in.</summary>
    public static string? KnownMaker(string? text) => MakerPlaceholders.Contains(Word(text)) ? null : Known(text);

    private static string Word(string? text) => text?.Trim('(', ')', '[', ']', '<', '>', ' ', '.').ToLowerInvariant() ?? "";

    private static bool HasDigit(string? text) => text?.Any(char.IsDigit) == true;

    /// <summary>Compares rows by the texts that decide.</summary>
    private sealed class SystemTexts : IEqualityComparer<DeviceFields>
    {
        public bool Equals(DeviceFields? x, DeviceFields? y) => ReferenceEquals(x, y)
            || (x is not null && y is not null && x.OperatingSystem == y.OperatingSystem && x.Version == y.Version && x.Edition == y.Edition && x.Manufacturer == y.Manufacturer && x.Model == y.Model);

        public int GetHashCode(DeviceFields fields) =>
            (((((((Hash(fields.OperatingSystem) * 31) + Hash(fields.Version)) * 31) + Hash(fields.Edition)) * 31) + Hash(fields.Manufacturer)) * 31) + Hash(fields.Model);

        private static int Hash(string? text) => text?.GetHashCode() ?? 0;
    }
}
