namespace PasskeyAdmin.Devices;

/// <summary>Which service of a tenant is asked for its devices.</summary>
public enum DeviceService
{
    /// <summary>The devices that Microsoft Intune manages.</summary>
    Intune,

    /// <summary>The devices of the directory: personal ones that are only registered stand there and nowhere else.</summary>
    Entra,
}
