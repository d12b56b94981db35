using System;
using System.Linq;
using System.Threading.Tasks;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox;

namespace PasskeyAdmin.Core.Tests.Sandbox;

public sealed class PolicyReadTests
{
    [Theory]
    [InlineData("/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/fido2")]
    [InlineData("/beta/Policies/AuthenticationMethodsPolicy/AuthenticationMethodConfigurations/FIDO2/")]
    public async Task The_configuration_has_everything_inline(string path)
    {
        using var client = new SandboxClient();
        var fido2 = await client.GetAsync(path);
        Assert.Equal($"https://graph.sandbox.invalid/{path.Split('/')[1]}/$metadata#authenticationMethodConfigurations/$entity", (string?)fido2["@odata.context"]);
        Assert.Equal((SandboxClient.Fido2Type, "Fido2"), ((string)fido2["@odata.type"]!, (string)fido2["id"]!));
        Assert.Equal((3, 3), (fido2["passkeyProfiles"]!.Count(), fido2["includeTargets"]!.Count()));
    }

    [Fact]
    public async Task Only_beta_tells_of_the_opt_out()
    {
        using var client = new SandboxClient();
        Assert.False((await client.GetAsync("/v1.0/policies/authenticationMethodsPolicy")).ContainsKey("optOutSettings"));
        Assert.True((await client.GetAsync("/beta/policies/authenticationMethodsPolicy")).ContainsKey("optOutSettings"));
        Assert.Equal(501, (await client.FailAsync("GET", "/v1.0/policies/authenticationMethodsPolicy?$select=optOutSettings")).Status);
        Assert.Equal("1.5", (string?)(await client.GetAsync("/v1.0/policies/authenticationMethodsPolicy?$select=policyVersion"))["policyVersion"]);
    }

    [Theory]
    [InlineData(SandboxClient.Fido2, "")]
    [InlineData("/v1.0/policies/authenticationMethodsPolicy", "authenticationMethodConfigurations[0].")]
    public async Task Newer_enum_members_are_for_those_who_ask(string path, string place)
    {
        using var client = new SandboxClient(Newer());
        var hidden = await client.GetAsync(path);
        Assert.Equal("deviceBound,unknownFutureValue", Text(hidden, "passkeyProfiles[0].passkeyTypes"));
        Assert.Equal("unknownFutureValue", Text(hidden, "passkeyProfiles[0].attestationEnforcement"));
        Assert.Equal("unknownFutureValue", Text(hidden, "passkeyProfiles[0].keyRestrictions.enforcementType"));
        Assert.Equal("unknownFutureValue", Text(hidden, "keyRestrictions.enforcementType"));
        Assert.Equal("deviceBound", Text(hidden, "passkeyProfiles[1].passkeyTypes"));
        var shown = await client.GetAsync(path, ("Prefer", "odata.maxpagesize=5, Include-Unknown-Enum-Members"));
        Assert.Equal("deviceBound,hardware,cloud", Text(shown, "passkeyProfiles[0].passkeyTypes"));
        Assert.Equal("always", Text(shown, "passkeyProfiles[0].attestationEnforcement"));
        Assert.Equal("prefer", Text(shown, "keyRestrictions.enforcementType"));

        string? Text(JObject answer, string property) => (string?)answer.SelectToken(place + property);
    }

    [Fact]
    public async Task The_preference_is_confirmed()
    {
        using var client = new SandboxClient();
        Assert.Equal(["include-unknown-enum-members"], (await client.SendAsync("GET", SandboxClient.Fido2, null, ("Prefer", "include-unknown-enum-members"))).Headers.GetValues("Preference-Applied"));
        Assert.False((await client.SendAsync("GET", SandboxClient.Fido2)).Headers.Contains("Preference-Applied"));
    }

    [Fact]
    public async Task Newer_enum_members_can_be_written_back_and_unknown_ones_cannot()
    {
        using var client = new SandboxClient(Newer());
        var before = await client.GetFido2Async();
        var after = await client.PatchAsync(await client.WithAsync(b => b["passkeyProfiles"]![2]!["name"] = "Renamed", "passkeyProfiles"));
        Assert.Equal(before["passkeyProfiles"]![0]!.ToString(), after["passkeyProfiles"]![0]!.ToString());
        Assert.Contains("unknownFutureValue", await client.RefusedAsync(await client.WithAsync(b => b["passkeyProfiles"]![0]!["passkeyTypes"] = "deviceBound,unknownFutureValue", "passkeyProfiles")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sentinel_in_the_file_is_no_member_either()
    {
        using var client = new SandboxClient(SandboxClient.Small(root => root["authenticationMethodsPolicy"]!["authenticationMethodConfigurations"]![0]!["passkeyProfiles"]![1]!["passkeyTypes"] = "unknownFutureValue"));
        Assert.Contains("unknownFutureValue", await client.RefusedAsync(await client.WithAsync(_ => { }, "passkeyProfiles")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_type_that_the_file_leaves_out_is_told()
    {
        using var client = new SandboxClient(SandboxClient.Small(root => ((JObject)root["authenticationMethodsPolicy"]!["authenticationMethodConfigurations"]![1]!).Remove("@odata.type")));
        var pass = await client.GetAsync("/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/temporaryAccessPass");
        Assert.Equal("#microsoft.graph.temporaryAccessPassAuthenticationMethodConfiguration", (string?)pass["@odata.type"]);
    }

    private static SandboxTenant Newer() => SandboxClient.Small(root =>
    {
        var fido2 = root["authenticationMethodsPolicy"]!["authenticationMethodConfigurations"]![0]!;
        fido2["keyRestrictions"]!["enforcementType"] = "prefer";
        fido2["passkeyProfiles"]![0]!["passkeyTypes"] = "deviceBound,hardware,cloud";
        fido2["passkeyProfiles"]![0]!["attestationEnforcement"] = "always";
        fido2["passkeyProfiles"]![0]!["keyRestrictions"]!["enforcementType"] = "prefer";
    });
}
