namespace PasskeyAdmin.Devices;

/// <summary>What a summary of readiness groups by.</summary>
public enum MeasureBy
{
    Platform,
    Status,
    Provider,
    Reason,
    Manufacturer,

    /// <summary>By release: "iOS 17", "Windows 11 23H2".</summary>
    OSVersion,

    /// <summary>One row in which users are counted instead of devices.</summary>
    User,
}
