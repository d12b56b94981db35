using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Sandbox.Graph;

/// <summary>The strengths that every tenant has (reference/adoption-and-troubleshooting.md §3), and the combinations that there are.</summary>
internal static class BuiltInStrengths
{
    private static readonly string[] PhishingResistant = ["windowsHelloForBusiness", "fido2", "x509CertificateMultiFactor"];
    private static readonly string[] Passwordless = [.. PhishingResistant, "deviceBasedPush"];

    private static readonly string[] Multifactor =
    [
        .. Passwordless, "temporaryAccessPassOneTime", "temporaryAccessPassMultiUse", "password,microsoftAuthenticatorPush", "password,softwareOath", "password,hardwareOath", "password,sms", "password,voice", "federatedMultiFactor",
        "federatedSingleFactor,microsoftAuthenticatorPush", "federatedSingleFactor,softwareOath", "federatedSingleFactor,hardwareOath", "federatedSingleFactor,sms", "federatedSingleFactor,voice",
    ];

    public static IReadOnlyCollection<string> Combinations { get; } = [.. Multifactor, "password", "sms", "federatedSingleFactor", "x509CertificateSingleFactor", "qrCodePin"];

    public static IEnumerable<JObject> Create()
    {
        yield return Strength("00000000-0000-0000-0000-000000000002", "Multifactor authentication", Multifactor);
        yield return Strength("00000000-0000-0000-0000-000000000003", "Passwordless MFA", Passwordless);
        yield return Strength("00000000-0000-0000-0000-000000000004", "Phishing-resistant MFA", PhishingResistant);
    }

    private static JObject Strength(string id, string name, string[] combinations) => new()
    {
        ["id"] = id,
        ["createdDateTime"] = "2021-12-01T00:00:00Z",
        ["modifiedDateTime"] = "2021-12-01T00:00:00Z",
        ["displayName"] = name,
        ["description"] = $"Built-in: {name}",
        ["policyType"] = "builtIn",
        ["requirementsSatisfied"] = "mfa",
        ["allowedCombinations"] = new JArray(combinations.Cast<object>().ToArray()),
    };
}
