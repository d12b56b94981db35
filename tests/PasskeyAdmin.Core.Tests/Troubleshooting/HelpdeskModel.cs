namespace PasskeyAdmin.Core.Tests.Troubleshooting;

/// <summary>What a passkey of a case is kept in. AAGUIDs of reference/aaguids.md §1 to §3.</summary>
internal sealed record HelpdeskModel(string AaGuid, string Name, bool IsSynced, bool IsAttested)
{
    public static readonly HelpdeskModel Apple = new("fbfc3007-154e-4ecc-8c0b-6e020557d7bd", "iCloud Keychain", true, false);
    public static readonly HelpdeskModel Google = new("ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4", "Google Password Manager", true, false);
    public static readonly HelpdeskModel OnePassword = new("bada5566-a7aa-401f-bd96-45619a55120d", "1Password", true, false);
    public static readonly HelpdeskModel Bitwarden = new("d548826e-79b4-db40-a3d8-11116f7e8349", "Bitwarden", true, false);
    public static readonly HelpdeskModel YubiKey = new("2fc0579f-8113-47ea-b116-bb5a8db9202a", "YubiKey 5 Series with NFC", false, true);
    public static readonly HelpdeskModel YubiKeyFips = new("c1f9a0bc-1dd2-404a-b27f-8e29047a43fd", "YubiKey 5 FIPS Series with NFC", false, true);
    public static readonly HelpdeskModel AuthenticatorForIOS = new("90a3ccdf-635c-4729-a248-9b709135078f", "Microsoft Authenticator", false, true);
    public static readonly HelpdeskModel AuthenticatorForAndroid = new("de1e552d-db1d-4423-a619-566b625cdc84", "Microsoft Authenticator", false, true);

    /// <summary>Entra passkey on Windows: bound to the device, never attested.</summary>
    public static readonly HelpdeskModel WindowsHello = new("08987058-cadc-4b81-b6e1-30de50dcbe96", "Windows Hello", false, false);

    public string Kind => IsSynced ? "synced" : "device-bound";
}
