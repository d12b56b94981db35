using System;

namespace PasskeyAdmin.Devices;

/// <summary>What decides readiness: platform, version and what the maker of the device lets through. Equal ones get the same verdict.</summary>
/// <param name="VersionText">The version, where it was found inside the operating system text.</param>
/// <param name="Maker">Null where neither manufacturer nor model tells.</param>
/// <param name="HasMakerHint">False where the inventory names neither manufacturer nor model.</param>
internal sealed record DeviceSystem(
    DevicePlatform Platform, OSVersionReading Version, string? VersionText, string? Maker, bool HasMakerHint, bool WithoutGoogleServices, bool IsClientEdition)
{
    /// <summary>Whether a manufacturer in a requirement means this device; null where the inventory does not tell.</summary>
    public bool? IsMadeBy(string manufacturer)
    {
        if (Maker is not null) return Maker.IndexOf(manufacturer, StringComparison.OrdinalIgnoreCase) >= 0;
        // A model alone tells Samsung from the others, and nobody else.
        return HasMakerHint && manufacturer.Equals("Samsung", StringComparison.OrdinalIgnoreCase) ? false : null;
    }

    /// <summary>A name to group by, such as "iOS 17" or "Windows 11 23H2".</summary>
    public string ReleaseName => (Platform, Version.Version) switch
    {
        (DevicePlatform.Unknown, _) => "(platform unknown)",
        (_, null) => $"{Platform} (version unreadable)",
        (DevicePlatform.Windows or DevicePlatform.WindowsServer, { } version) =>
            WindowsRelease.Name(version, Version.KnownParts, Platform is DevicePlatform.WindowsServer, IsClientEdition),
        (_, { } version) => $"{Platform} {version.Major}",
    };
}
