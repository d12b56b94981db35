using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Users;

/// <summary>What a row of the registration report says of the methods of a user.</summary>
[Flags]
internal enum ReportedMethods
{
    None = 0,
    SyncedPasskey = 1,
    DeviceBoundPasskey = 2,
    AuthenticatorPasskey = 4,
    WindowsHelloPasskey = 8,

    /// <summary>A passkey of which the word does not say the type.</summary>
    OtherPasskey = 16,
    WindowsHelloForBusiness = 32,
    PlatformCredential = 64,
    MultifactorCertificate = 128,

    /// <summary>A certificate of which the word does not say whether it counts as two factors.</summary>
    Certificate = 256,

    /// <summary>Text messages or calls.</summary>
    Phone = 512,

    /// <summary>Another second factor, such as an app or a code; also whatever this version has no word for. (A pass ends, and an address for resets is none.)</summary>
    OtherFactor = 1024,

    Passkeys = SyncedPasskey | DeviceBoundPasskey | AuthenticatorPasskey | WindowsHelloPasskey | OtherPasskey,
    OtherMethods = WindowsHelloForBusiness | PlatformCredential | MultifactorCertificate,
}

/// <summary>The words of the report: a list of texts, of which reference/graph-users-and-usage.md §2 has those that are known.</summary>
internal static class ReportWords
{
    private static readonly Dictionary<string, ReportedMethods> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["passKeySynced"] = ReportedMethods.SyncedPasskey,
        ["passKeyDeviceBound"] = ReportedMethods.DeviceBoundPasskey,
        ["passKeyDeviceBoundAuthenticator"] = ReportedMethods.AuthenticatorPasskey,
        ["passKeyDeviceBoundWindowsHello"] = ReportedMethods.WindowsHelloPasskey,
        // From before passkeys had types.
        ["fido2SecurityKey"] = ReportedMethods.OtherPasskey,
        ["fido2"] = ReportedMethods.OtherPasskey,
        ["fido"] = ReportedMethods.OtherPasskey,
        ["windowsHelloForBusiness"] = ReportedMethods.WindowsHelloForBusiness,
        ["macOsSecureEnclaveKey"] = ReportedMethods.PlatformCredential,
        ["x509CertificateMultiFactor"] = ReportedMethods.MultifactorCertificate,
        ["certificateBasedAuthentication"] = ReportedMethods.Certificate,
        ["mobilePhone"] = ReportedMethods.Phone,
        ["alternateMobilePhone"] = ReportedMethods.Phone,
        ["officePhone"] = ReportedMethods.Phone,
        ["sms"] = ReportedMethods.Phone,
        ["mobileSMS"] = ReportedMethods.Phone,
        ["mobileCall"] = ReportedMethods.Phone,
        ["alternateMobileCall"] = ReportedMethods.Phone,
        ["temporaryAccessPass"] = ReportedMethods.None,
        ["email"] = ReportedMethods.None,
        ["securityQuestion"] = ReportedMethods.None,
        ["appPassword"] = ReportedMethods.None,
        ["none"] = ReportedMethods.None,
    };

    public static ReportedMethods Of(JArray? words)
    {
        var methods = ReportedMethods.None;
        foreach (var word in words ?? [])
        {
            if (word is not JValue { Value: string text }) continue;
            if (Known.TryGetValue(text, out var method)) methods |= method;
            // The list grows; a new word for a passkey is still a passkey.
            else methods |= IsAboutPasskeys(text) ? ReportedMethods.OtherPasskey : ReportedMethods.OtherFactor;
        }
        return methods;
    }

    /// <summary>Whether a name that this version does not know is one for passkeys.</summary>
    public static bool IsAboutPasskeys(string name) => name.IndexOf("passkey", StringComparison.OrdinalIgnoreCase) >= 0 || name.IndexOf("fido", StringComparison.OrdinalIgnoreCase) >= 0;

    /// <summary>The passkeys behind the words, one for each: it stands for any number of them.</summary>
    public static IReadOnlyList<(ReportedMethods Word, PasskeyTraits Traits)> Passkeys(ProviderCatalog catalog) =>
    [
        (ReportedMethods.SyncedPasskey, new(PasskeyTypes.Synced, null)),
        (ReportedMethods.DeviceBoundPasskey, new(PasskeyTypes.DeviceBound, null)),
        // reference/aaguids.md §1: what is known to be another provider's is none of theirs; what nobody knows may be.
        (ReportedMethods.AuthenticatorPasskey, new(PasskeyTypes.DeviceBound, null) { NotModels = OthersThan(KnownProviders.Authenticator, catalog) }),
        (ReportedMethods.WindowsHelloPasskey, new(PasskeyTypes.DeviceBound, null) { NotModels = OthersThan(KnownProviders.WindowsHello, catalog) }),
        (ReportedMethods.OtherPasskey, new(PasskeyTypes.None, null)),
    ];

    /// <summary>Whether there is another method that withstands phishing; null where the word does not say.</summary>
    public static bool? HasOtherMethod(ReportedMethods methods) => (methods & ReportedMethods.OtherMethods) != 0 ? true : methods.HasFlag(ReportedMethods.Certificate) ? null : false;

    /// <summary>The other methods, as rows name them.</summary>
    public static IEnumerable<string> OtherMethods(ReportedMethods methods)
    {
        if (methods.HasFlag(ReportedMethods.WindowsHelloForBusiness)) yield return "Windows Hello for Business";
        if (methods.HasFlag(ReportedMethods.PlatformCredential)) yield return "Platform credential (macOS)";
        if (methods.HasFlag(ReportedMethods.MultifactorCertificate)) yield return "Certificate (multifactor)";
        if (methods.HasFlag(ReportedMethods.Certificate)) yield return "Certificate (whether it counts as two factors is not known)";
    }

    private static HashSet<Guid> OthersThan(string provider, ProviderCatalog catalog) => [.. catalog.Providers.Where(p => p.Name != provider && p.IsBuiltIn).SelectMany(p => p.AaGuid)];
}
