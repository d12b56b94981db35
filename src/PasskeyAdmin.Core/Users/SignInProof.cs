using System;
using System.Linq;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Users;

/// <summary>What somebody showed in a sign-in, as far as the log says.</summary>
internal enum SignInProof
{
    /// <summary>The log does not say, or says it in a word that this version does not know.</summary>
    NotKnown,

    /// <summary>Nothing that withstands phishing.</summary>
    Other,
    PhishingResistant,

    /// <summary>A passkey, which is phishing-resistant as well.</summary>
    Passkey,
}

/// <summary>
/// The words of authenticationDetails (beta). Microsoft lists Password, SMS, Voice, Authenticator App, Software OATH token, Satisfied by token and Previously satisfied as values [D]
/// (learn.microsoft.com/graph/api/resources/authenticationdetail); the log has others (reference/graph-users-and-usage.md §3).
/// </summary>
internal static class SignInWords
{
    /// <summary>"Passkey (device-bound)" and "Passkey (synced)" were seen in August 2026; §3 has the advice to match by the beginning. Before that it was "FIDO2 security key".</summary>
    private static readonly string[] Passkeys = ["Passkey", "FIDO2"];

    private const string WindowsHello = "Windows Hello for Business";

    /// <summary>What Platform SSO is called in the log is unconfirmed (§3): these are the names that Microsoft has for it elsewhere.</summary>
    private static readonly string[] PlatformCredentials = ["Platform Credential", "Platform SSO", "Secure Enclave"];

    /// <summary>Unconfirmed spellings; the report has three of its own (§2).</summary>
    private static readonly string[] Certificates = ["X.509 Certificate", "Certificate-based authentication"];

    /// <summary>The first line is documented [D]; the others are general knowledge [G].</summary>
    private static readonly string[] Others =
    [
        "Password", "SMS", "Voice", "Authenticator App", "Software OATH token",
        "Hardware OATH token", "OATH verification code", "Text message", "Phone call", "Mobile app notification", "Mobile app verification code", "Passwordless phone sign-in", "Phone sign-in", "Temporary Access Pass",
        "One-time passcode", "Email one-time passcode", "QR code", "App password",
    ];

    /// <summary>
    /// What the steps prove together. One phishing-resistant step is enough: whoever was at the keyboard had the method. Without one, a step of which nobody can tell leaves it open,
    /// as do no steps at all.
    /// </summary>
    public static SignInProof Of(JArray? steps)
    {
        var proofs = (steps ?? []).OfType<JObject>().Where(s => s["succeeded"] is JValue { Value: true }).Select(OfStep).ToList();
        if (proofs.Count == 0) return SignInProof.NotKnown;
        if (proofs.Max() is >= SignInProof.PhishingResistant and var best) return best;
        return proofs.Min();
    }

    /// <summary>
    /// The step with a passkey: what the log calls it and whether it was accepted, which is null where the log does not say. Of several, one that was accepted tells, and then one that was not. Null where no
    /// step was with a passkey.
    /// </summary>
    public static (string Method, bool? Succeeded, string? Detail)? PasskeyStep(JArray? steps)
    {
        var tried = (steps ?? []).OfType<JObject>().Select(s => (Method: JsonText.Of(s, "authenticationMethod")?.Trim() ?? "", Succeeded: (s["succeeded"] as JValue)?.Value as bool?, Detail: JsonText.Of(s, "authenticationStepResultDetail")))
            .Where(s => IsPasskey(s.Method)).ToList();
        return tried.Count == 0 ? null : tried.OrderBy(s => s.Succeeded switch { true => 0, false => 1, null => 2 }).First();
    }

    private static bool IsPasskey(string method) => Passkeys.Any(p => method.StartsWith(p, StringComparison.OrdinalIgnoreCase));

    private static SignInProof OfStep(JObject step)
    {
        var method = JsonText.Of(step, "authenticationMethod")?.Trim() ?? "";
        if (IsPasskey(method)) return SignInProof.Passkey;
        if (Is(method, WindowsHello) || PlatformCredentials.Any(p => Contains(method, p))) return SignInProof.PhishingResistant;
        var details = $"{JsonText.Of(step, "authenticationMethodDetail")} {JsonText.Of(step, "authenticationStepResultDetail")}";
        if (Certificates.Any(c => Is(method, c))) return OfCertificate(details);
        // A second factor from before is named by what it was, or by nothing, and comes from a token.
        return Others.Any(o => Is(method, o)) && !Contains(details, "claim in the token") ? SignInProof.Other : SignInProof.NotKnown;
    }

    /// <summary>A certificate withstands phishing where it counts as two factors (reference/adoption-and-troubleshooting.md §3); whether it did, only the detail tells.</summary>
    private static SignInProof OfCertificate(string details) =>
        Contains(details, "multifactor") || Contains(details, "multi-factor") ? SignInProof.PhishingResistant
        : Contains(details, "singlefactor") || Contains(details, "single-factor") || Contains(details, "single factor") ? SignInProof.Other
        : SignInProof.NotKnown;

    /// <summary>Whether it is that method, alone or with more behind it, such as "Phone call approval (Authentication phone)".</summary>
    private static bool Is(string method, string name) =>
        method.StartsWith(name, StringComparison.OrdinalIgnoreCase) && (method.Length == name.Length || method[name.Length] is ' ' or '(');

    private static bool Contains(string text, string part) => text.IndexOf(part, StringComparison.OrdinalIgnoreCase) >= 0;
}
