namespace PasskeyAdmin.Devices;

/// <summary>Why a device, or a provider on a device, is judged as it is.</summary>
public enum ReadinessReason
{
    /// <summary>Works as it is.</summary>
    None,

    /// <summary>Works in Google Chrome only.</summary>
    ChromeNeeded,
    ExtensionNeeded,
    AppNeeded,

    /// <summary>A security key must be at hand.</summary>
    HardwareNeeded,

    OSTooOld,
    ManufacturerExcluded,

    /// <summary>The provider does not exist on this platform, or the matrix has no column for it.</summary>
    PlatformUnsupported,

    /// <summary>Android without Google's services.</summary>
    GoogleServicesMissing,

    /// <summary>The version is missing, cannot be read, or is not exact enough.</summary>
    VersionUnknown,
    ManufacturerUnknown,
    PlatformUnknown,

    /// <summary>The requirement would be met, but its source is not certain.</summary>
    Unconfirmed,

    /// <summary>The matrix in force says nothing about this provider.</summary>
    ProviderNotInMatrix,

    /// <summary>The profile asked about does not let the provider in on this platform.</summary>
    NotInProfile,

    /// <summary>Whether the profile asked about lets the provider in is not known.</summary>
    ProfileUnclear,
}
