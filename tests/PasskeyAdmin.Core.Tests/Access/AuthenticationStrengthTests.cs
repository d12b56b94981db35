using System;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Access;

namespace PasskeyAdmin.Core.Tests.Access;

/// <summary>Authentication strengths as Graph has them (reference/adoption-and-troubleshooting.md §3), and as nobody has them.</summary>
public sealed class AuthenticationStrengthTests
{
    private const string Listed = """
        {
          "id": "7e52bfe6-c189-43ad-8067-2afd48b5b3c6", "displayName": "Approved keys", "description": "", "policyType": "custom", "requirementsSatisfied": "mfa", "allowedCombinations": ["fido2"],
          "combinationConfigurations": [{
            "@odata.type": "#microsoft.graph.fido2CombinationConfiguration", "id": "8f63c0f7-d29a-44be-9178-3b0e59c6c4d7", "appliesToCombinations": ["fido2"],
            "allowedAAGUIDs": ["90a3ccdf-635c-4729-a248-9b709135078f", "DE1E552D-DB1D-4423-A619-566B625CDC84", "90a3ccdf-635c-4729-a248-9b709135078f"]
          }]
        }
        """;

    [Fact]
    public void A_list_of_models_is_read()
    {
        var strength = Read(_ => { });
        Assert.Equal(("7e52bfe6-c189-43ad-8067-2afd48b5b3c6", "Approved keys", false), (strength.Id, strength.Name, strength.HasUnreadableAaGuids));
        Assert.Equal([Guid.Parse("90a3ccdf-635c-4729-a248-9b709135078f"), Guid.Parse("de1e552d-db1d-4423-a619-566b625cdc84")], strength.AaGuids!);
    }

    [Theory]
    // Built in, by their ids of 2, 3 and 4 (learn.microsoft.com/entra/identity/authentication/concept-authentication-strengths).
    [InlineData("windowsHelloForBusiness fido2 x509CertificateMultiFactor deviceBasedPush temporaryAccessPassOneTime temporaryAccessPassMultiUse password,microsoftAuthenticatorPush password,sms", false, true, true, true, true)]
    [InlineData("windowsHelloForBusiness fido2 x509CertificateMultiFactor deviceBasedPush", false, true, true, true, false)]
    [InlineData("windowsHelloForBusiness fido2 x509CertificateMultiFactor", true, true, true, true, false)]
    [InlineData("fido2", true, true, false, false, false)]
    [InlineData("windowsHelloForBusiness", true, false, true, false, false)]
    [InlineData("fido2 temporaryAccessPassOneTime", true, true, false, false, true)]
    [InlineData("fido2 temporaryAccessPassMultiUse", true, true, false, false, true)]
    [InlineData("temporaryAccessPassOneTime", false, false, false, false, true)]
    [InlineData("x509CertificateSingleFactor", false, false, false, false, false)]
    [InlineData("fido2 x509CertificateSingleFactor,fido2", false, true, false, false, false)]
    [InlineData("fido2 qrCodePin", false, true, false, false, false)]
    [InlineData("password", false, false, false, false, false)]
    [InlineData("", false, false, false, false, false)]
    public void Combinations_say_what_is_enough(string combinations, bool isResistant, bool passkeys, bool hello, bool certificates, bool pass)
    {
        var strength = Read(j => j["allowedCombinations"] = new JArray(combinations.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal((isResistant, passkeys, hello, certificates, pass), (strength.IsPhishingResistant, strength.TakesPasskeys, strength.TakesWindowsHello, strength.TakesCertificates, strength.TakesPass));
    }

    [Theory]
    [InlineData("null", null, false)]
    [InlineData("[]", null, false)]
    [InlineData("[{ '@odata.type': '#microsoft.graph.x509CertificateCombinationConfiguration', allowedIssuerSkis: ['x'] }]", null, false)]
    [InlineData("[{ '@odata.type': '#microsoft.graph.fido2CombinationConfiguration', allowedAAGUIDs: null }]", null, false)]
    [InlineData("[{ '@odata.type': '#microsoft.graph.fido2CombinationConfiguration', allowedAAGUIDs: [] }]", 0, false)]
    [InlineData("[{ '@odata.type': '#microsoft.graph.fido2CombinationConfiguration', allowedAAGUIDs: ['no guid', 5, null, {}, '90a3ccdf-635c-4729-a248-9b709135078f'] }]", 1, true)]
    [InlineData("[null, 5, 'x', [], {}]", null, false)]
    [InlineData("[{ '@odata.type': '#microsoft.graph.fido2CombinationConfiguration', allowedAAGUIDs: ['90a3ccdf-635c-4729-a248-9b709135078f'] }, { '@odata.type': '#microsoft.graph.fido2CombinationConfiguration', allowedAAGUIDs: ['de1e552d-db1d-4423-a619-566b625cdc84'] }]", 2, false)]
    public void Configurations_may_have_a_list(string configurations, int? models, bool hasUnreadable)
    {
        var strength = Read(j => j["combinationConfigurations"] = JToken.Parse(configurations));
        Assert.Equal((models, hasUnreadable), (strength.AaGuids?.Count, strength.HasUnreadableAaGuids));
    }

    [Fact]
    public void One_without_a_name_has_its_id_and_one_without_an_id_is_none()
    {
        Assert.Equal("7e52bfe6-c189-43ad-8067-2afd48b5b3c6", Read(j => j.Remove("displayName")).Name);
        Assert.Null(AuthenticationStrength.Of([]));
        Assert.False(AuthenticationStrength.Of(new JObject { ["id"] = "x" })!.IsPhishingResistant);
    }

    [Fact]
    public void No_part_of_any_kind_makes_it_throw()
    {
        foreach (var changed in OddJson.Changed(JObject.Parse(Listed)))
        {
            var strength = AuthenticationStrength.Of(changed);
            Assert.Equal(changed["id"] is JValue { Value: string { Length: > 0 } }, strength is not null);
            _ = strength is null ? "" : $"{strength} {strength.IsPhishingResistant} {strength.TakesPass} {strength.AaGuids?.Count}";
        }
    }

    private static AuthenticationStrength Read(Action<JObject> change)
    {
        var json = JObject.Parse(Listed);
        change(json);
        return AuthenticationStrength.Of(json)!;
    }
}
