namespace PasskeyAdmin.Devices;

/// <summary>What a device can do with passkeys.</summary>
public enum ReadinessStatus
{
    /// <summary>Something that decides could not be read.</summary>
    Unknown,

    /// <summary>No provider asked about works here.</summary>
    NotReady,

    /// <summary>A provider works once its app or extension is installed, or with a security key.</summary>
    ActionNeeded,

    /// <summary>A provider is built into the system or into Chrome.</summary>
    Ready,
}
