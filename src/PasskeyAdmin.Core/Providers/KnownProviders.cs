namespace PasskeyAdmin.Providers;

/// <summary>Names in the catalogue of providers for which rules of their own hold.</summary>
internal static class KnownProviders
{
    public const string Authenticator = "Microsoft Authenticator";
    public const string WindowsHello = "Windows Hello";
    public const string Apple = "Apple Passwords";
    public const string Samsung = "Samsung Pass";
    public const string ChromeOnMac = "Chrome on Mac";
    public const string EdgeOnMac = "Edge on Mac";

    /// <summary>The row of the device requirements that providers have which make security keys.</summary>
    public const string SecurityKeyRequirement = "Security key";
}
