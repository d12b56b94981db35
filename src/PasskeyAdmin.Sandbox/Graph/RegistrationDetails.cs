using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox.Policy;
using PasskeyAdmin.Sandbox.Storage;

namespace PasskeyAdmin.Sandbox.Graph;

/// <summary>
/// A row of the registration report (reference/graph-users-and-usage.md §2): what a user had registered when the report was made, in the words of
/// the report. Who is disabled is not in it.
/// </summary>
internal static class RegistrationDetails
{
    private static readonly string[] Authenticators = ["90a3ccdf-635c-4729-a248-9b709135078f", "de1e552d-db1d-4423-a619-566b625cdc84"];
    private static readonly string[] WindowsHello = ["08987058-cadc-4b81-b6e1-30de50dcbe96", "9ddd1817-af5a-4672-a2b9-3e3dd95000a9", "6028b017-b1d4-4c02-b4b3-afcdafc96bb2"];

    /// <summary>Methods that are a sign-in by themselves, without a password.</summary>
    private static readonly HashSet<string> Passwordless =
    [
        "passKeyDeviceBound", "passKeyDeviceBoundAuthenticator", "passKeyDeviceBoundWindowsHello", "passKeySynced", "fido2SecurityKey", "windowsHelloForBusiness", "macOsSecureEnclaveKey", "x509CertificateMultiFactor",
        "microsoftAuthenticatorPasswordless",
    ];

    private static readonly HashSet<string> SecondFactors =
    [
        .. Passwordless, "microsoftAuthenticatorPush", "softwareOneTimePasscode", "hardwareOneTimePasscode", "mobilePhone", "alternateMobilePhone", "officePhone", "temporaryAccessPass",
    ];

    private static readonly string[] Defaults = ["microsoftAuthenticatorPush", "softwareOneTimePasscode", "mobilePhone", "alternateMobilePhone", "officePhone"];

    private static readonly HashSet<string> Resets = ["mobilePhone", "alternateMobilePhone", "officePhone", "email", "securityQuestion", "microsoftAuthenticatorPush", "softwareOneTimePasscode"];

    /// <summary>Null where the report has no row for the user.</summary>
    public static JObject? Of(TenantDocument tenant, JObject user, DateTimeOffset asOf, bool isBeta)
    {
        if (!DirectoryData.IsReported(user, asOf)) return null;
        var id = TenantDocument.IdOf(user);
        var methods = MethodsAt(tenant, user, asOf);
        var (registered, usable) = (methods.Select(m => m.Word).Distinct().ToList(), methods.Where(m => m.IsAllowed).Select(m => m.Word).ToList());
        var isReset = registered.Any(Resets.Contains);
        var preferred = usable.FirstOrDefault(Passwordless.Contains) ?? usable.FirstOrDefault(SecondFactors.Contains);
        var row = new JObject
        {
            ["id"] = id,
            ["userPrincipalName"] = user["userPrincipalName"]?.DeepClone(),
            ["userDisplayName"] = user["displayName"]?.DeepClone(),
            ["userType"] = JsonText.Of(user, "userType") is "Guest" ? "guest" : "member",
            ["isAdmin"] = tenant.Directory.IsAdministrator(id),
            ["isSsprRegistered"] = isReset,
            ["isSsprEnabled"] = true,
            ["isSsprCapable"] = isReset,
            ["isMfaRegistered"] = registered.Any(SecondFactors.Contains),
            // Capable: registered, and allowed by the policy (learn.microsoft.com/graph/api/resources/userregistrationdetails).
            ["isMfaCapable"] = usable.Any(SecondFactors.Contains),
            ["isPasswordlessCapable"] = usable.Any(Passwordless.Contains),
            ["methodsRegistered"] = new JArray(registered),
            ["isSystemPreferredAuthenticationMethodEnabled"] = true,
            ["systemPreferredAuthenticationMethods"] = preferred is null ? [] : new JArray(preferred),
            ["userPreferredMethodForSecondaryAuthentication"] = SecondaryOf(registered),
            ["lastUpdatedDateTime"] = GraphTime.Text(asOf),
        };
        // learn.microsoft.com/graph/api/resources/userregistrationdetails (beta): the same in other words.
        if (isBeta) row["defaultMfaMethod"] = Defaults.FirstOrDefault(registered.Contains) ?? "none";
        return row;
    }

    private static List<(string Word, bool IsAllowed)> MethodsAt(TenantDocument tenant, JObject user, DateTimeOffset asOf)
    {
        var reach = new PolicyReach(tenant, TenantDocument.IdOf(user));
        var there = tenant.Directory.MethodsOf(user).Concat(tenant.Directory.DeletedMethodsOf(user).Where(m => GraphTime.Parse(JsonText.Of(m, "deletedDateTime")) > asOf))
            .Where(m => !(GraphTime.Parse(JsonText.Of(m, "createdDateTime")) > asOf));
        var words = there.Select(m => (Word: WordFor(m, asOf)!, IsAllowed: IsAllowed(m, reach))).Where(m => m.Word is not null).ToList();
        // A certificate is no method of its own in Graph, but the report knows of it.
        if (JsonText.Of(user, "x509") is { } certificate) words.Add((certificate is "multiFactor" ? "x509CertificateMultiFactor" : "x509CertificateSingleFactor", reach.Allows("X509Certificate")));
        return words;
    }

    /// <summary>Windows Hello for Business and the platform credential are not governed by this policy (reference/graph-users-and-usage.md §1).</summary>
    private static bool IsAllowed(JObject method, PolicyReach reach) => JsonText.Of(method, "@odata.type") switch
    {
        MethodKind.Fido2 => reach.AllowsPasskey(JsonText.Of(method, "passkeyType"), JsonText.Of(method, "aaGuid")),
        MethodKind.Authenticator => reach.Allows("MicrosoftAuthenticator"),
        MethodKind.SoftwareOath => reach.Allows("SoftwareOath"),
        MethodKind.HardwareOath => reach.Allows("HardwareOath"),
        MethodKind.Email => reach.Allows("Email"),
        MethodKind.Phone => reach.Allows("Voice") || (JsonText.Of(method, "phoneType") is not "office" && reach.Allows("Sms")),
        MethodKind.TemporaryPass => reach.Allows("TemporaryAccessPass"),
        _ => true,
    };

    private static string? WordFor(JObject method, DateTimeOffset asOf) => JsonText.Of(method, "@odata.type") switch
    {
        MethodKind.Fido2 => WordFor(JsonText.Of(method, "passkeyType"), JsonText.Of(method, "aaGuid")),
        MethodKind.WindowsHello => "windowsHelloForBusiness",
        MethodKind.Platform => "macOsSecureEnclaveKey",
        MethodKind.Authenticator => "microsoftAuthenticatorPush",
        MethodKind.SoftwareOath => "softwareOneTimePasscode",
        MethodKind.HardwareOath => "hardwareOneTimePasscode",
        MethodKind.Email => "email",
        MethodKind.Phone => JsonText.Of(method, "phoneType") switch { "alternateMobile" => "alternateMobilePhone", "office" => "officePhone", _ => "mobilePhone" },
        MethodKind.TemporaryPass => IsUsable(method, asOf) ? "temporaryAccessPass" : null,
        _ => null,
    };

    /// <summary>A registration that is too old to have a type has the older name.</summary>
    private static string WordFor(string? passkeyType, string? aaGuid) => passkeyType switch
    {
        "synced" => "passKeySynced",
        "deviceBound" when Authenticators.Contains(aaGuid, StringComparer.OrdinalIgnoreCase) => "passKeyDeviceBoundAuthenticator",
        "deviceBound" when WindowsHello.Contains(aaGuid, StringComparer.OrdinalIgnoreCase) => "passKeyDeviceBoundWindowsHello",
        "deviceBound" => "passKeyDeviceBound",
        _ => "fido2SecurityKey",
    };

    private static bool IsUsable(JObject pass, DateTimeOffset asOf)
    {
        var then = (JObject)pass.DeepClone();
        TemporaryPasses.Describe(then, asOf, isAllowed: true);
        return then["isUsable"] is JValue { Value: true };
    }

    private static string SecondaryOf(IReadOnlyList<string> methods) =>
        methods.Contains("microsoftAuthenticatorPush") ? "push" : methods.Contains("softwareOneTimePasscode") ? "oath" : methods.Contains("mobilePhone") ? "sms" : methods.Contains("alternateMobilePhone") ? "voiceAlternateMobile" : methods.Contains("officePhone") ? "voiceOffice" : "none";
}
