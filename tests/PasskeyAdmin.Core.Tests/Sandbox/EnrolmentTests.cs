using System;
using System.Linq;
using System.Threading.Tasks;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Core.Tests.Sandbox;

/// <summary>A tenant without passkey profiles (reference/graph-passkey-policy.md §3, §4).</summary>
public sealed class EnrolmentTests
{
    [Fact]
    public async Task The_deprecated_properties_work_there()
    {
        using var client = new SandboxClient(SandboxClient.NotEnrolled());
        var after = await client.PatchAsync("""
            { "state": "disabled", "isAttestationEnforced": true, "keyRestrictions": { "isEnforced": true, "enforcementType": "allow", "aaGuids": ["EA9B8D66-4D01-1D21-3CE4-B6B48CB575D4"] },
              "includeTargets": [ { "id": "all_users", "targetType": "group", "isRegistrationRequired": false } ], "passkeyProfiles": [], "defaultPasskeyProfile": null }
            """);
        Assert.Equal(("disabled", true), ((string)after["state"]!, (bool)after["isAttestationEnforced"]!));
        Assert.Equal("ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4", (string?)after["keyRestrictions"]!["aaGuids"]![0]);
        Assert.Equal("""[{"id":"all_users","targetType":"group","isRegistrationRequired":false,"allowedPasskeyProfiles":[]}]""", after["includeTargets"]!.ToString(Newtonsoft.Json.Formatting.None));
        Assert.Empty(after["passkeyProfiles"]!);
        Assert.Equal(JTokenType.Null, after["defaultPasskeyProfile"]!.Type);
    }

    [Theory]
    [InlineData("""{ "passkeyProfiles": [ { "name": "First", "passkeyTypes": "synced", "attestationEnforcement": "disabled", "keyRestrictions": {} } ] }""")]
    [InlineData("""{ "includeTargets": [ { "id": "all_users", "targetType": "group", "isRegistrationRequired": false, "allowedPasskeyProfiles": ["00000000-0000-0000-0000-000000000001"] } ] }""")]
    [InlineData("""{ "defaultPasskeyProfile": "00000000-0000-0000-0000-000000000001" }""")]
    public async Task Profiles_are_refused_or_enrol(string body)
    {
        using var refusing = new SandboxClient(SandboxClient.NotEnrolled());
        Assert.Contains("not enrolled", await refusing.RefusedAsync(body), StringComparison.Ordinal);

        using var enrolling = new SandboxClient(SandboxClient.NotEnrolled());
        enrolling.Tenant.Settings.EnrolsByPatch = true;
        var after = await enrolling.PatchAsync(body);
        Assert.Equal(SandboxClient.DefaultProfile, (string?)after["defaultPasskeyProfile"]);
        Assert.Equal(SandboxClient.DefaultProfile, (string?)after["passkeyProfiles"]![0]!["id"]);
        Assert.All(after["includeTargets"]!, t => Assert.Equal([SandboxClient.DefaultProfile], t["allowedPasskeyProfiles"]!.Select(p => (string)p!)));
    }

    [Fact]
    public async Task Another_default_profile_is_refused()
    {
        using var client = new SandboxClient(SandboxClient.NotEnrolled());
        client.Tenant.Settings.EnrolsByPatch = true;
        Assert.Contains("defaultPasskeyProfile", await client.RefusedAsync("""{ "defaultPasskeyProfile": "11111111-2222-4333-8444-555555555555" }"""), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "deviceBound", "registrationOnly")]
    [InlineData(false, "deviceBound,synced", "disabled")]
    public async Task The_default_profile_carries_over_what_was(bool isAttested, string types, string attestation)
    {
        using var client = new SandboxClient(SandboxClient.NotEnrolled(isAttested));
        client.Tenant.Settings.EnrolsByPatch = true;
        var after = await client.PatchAsync("""{ "passkeyProfiles": [ { "name": "First", "passkeyTypes": "synced", "attestationEnforcement": "disabled", "keyRestrictions": {} } ] }""");
        var profile = after["passkeyProfiles"]![0]!;
        Assert.Equal((types, attestation), ((string)profile["passkeyTypes"]!, (string)profile["attestationEnforcement"]!));
        Assert.Equal(after["keyRestrictions"]!.ToString(), profile["keyRestrictions"]!.ToString());
        Assert.Equal("block", (string?)profile["keyRestrictions"]!["enforcementType"]);
        Assert.Equal(isAttested, (bool)after["isAttestationEnforced"]!);
        Assert.Equal(["Default passkey profile", "First"], after["passkeyProfiles"]!.Select(p => (string)p["name"]!));
    }
}
