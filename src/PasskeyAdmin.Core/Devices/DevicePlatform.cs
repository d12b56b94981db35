using System.Diagnostics.CodeAnalysis;

namespace PasskeyAdmin.Devices;

/// <summary>The operating system family of a device, spelt as its vendor spells it.</summary>
[SuppressMessage("Style", "IDE1006:Naming Styles", Justification = "Tables show these names; macOS and iOS are how administrators know them.")]
public enum DevicePlatform
{
    /// <summary>The inventory does not say, or says something that we do not understand.</summary>
    Unknown,
    Windows,
    macOS,
    iOS,
    Android,
    Linux,
    ChromeOS,

    /// <summary>Windows Server, where the inventory says so. Build numbers alone do not tell it from a client.</summary>
    WindowsServer,

    /// <summary>An operating system that we know and nobody signs in on with a passkey of their own: tvOS, watchOS, visionOS, Windows Phone …</summary>
    Other,
}
