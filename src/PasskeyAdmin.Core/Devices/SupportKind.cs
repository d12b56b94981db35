namespace PasskeyAdmin.Devices;

/// <summary>What a device needs so that a provider's passkeys work on it.</summary>
public enum SupportKind
{
    /// <summary>The provider does not exist on this platform.</summary>
    NotAvailable,

    /// <summary>Part of the operating system.</summary>
    BuiltIn,

    /// <summary>Part of Google Chrome.</summary>
    BuiltInToChrome,

    /// <summary>An extension in the browser.</summary>
    BrowserExtension,

    /// <summary>An app of the provider, chosen as the device's passkey provider.</summary>
    App,

    /// <summary>A thing to plug in or to hold to the device.</summary>
    Hardware,
}
