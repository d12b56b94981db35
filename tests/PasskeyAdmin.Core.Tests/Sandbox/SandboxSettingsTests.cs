using System;
using System.Linq;
using System.Threading.Tasks;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox;

namespace PasskeyAdmin.Core.Tests.Sandbox;

/// <summary>Each behaviour that nobody but Microsoft knows, both ways.</summary>
public sealed class SandboxSettingsTests
{
    [Theory]
    [InlineData(3, false)]
    [InlineData(4, true)]
    public async Task MaximumProfiles(int limit, bool isTaken)
    {
        using var client = Client(s => s.MaximumProfiles = limit);
        await ExpectAsync(client, isTaken, await client.WithAsync(b => Profiles(b).Add(Profile("Fourth")), "passkeyProfiles"), "At most 3");
    }

    [Fact]
    public async Task Ten_profiles_are_taken_and_eleven_are_not()
    {
        using var client = new SandboxClient(newGuid: Guid.NewGuid);
        for (var i = 4; i <= 10; i++)
            Assert.Equal(i, (await client.PatchAsync(await client.WithAsync(b => Profiles(b).Add(Profile($"Profile {i}")), "passkeyProfiles")))["passkeyProfiles"]!.Count());
        Assert.Contains("At most 10", await client.RefusedAsync(await client.WithAsync(b => Profiles(b).Add(Profile("Eleventh")), "passkeyProfiles")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(-1, false)]
    [InlineData(-250, false)]
    public async Task MaximumPolicySize(int difference, bool isTaken)
    {
        using var client = Client(_ => { });
        var root = JObject.Parse(client.Tenant.ToJson());
        var fido2 = (JObject)root["authenticationMethodsPolicy"]!["authenticationMethodConfigurations"]![0]!;
        fido2["note"] = "Ünïcode";
        var size = System.Text.Encoding.UTF8.GetByteCount(fido2.ToString(Newtonsoft.Json.Formatting.None));
        client.Tenant.Settings.MaximumPolicySize = size + difference;
        await ExpectAsync(client, isTaken, JObject.Parse("""{ "note": "Ünïcode" }"""), $"Persistence of policy failed with error: Policy size is larger than allowed by {-difference} bytes");
    }

    [Fact]
    public async Task Twenty_kilobytes_by_default()
    {
        using var client = Client(_ => { });
        var ids = new JArray(Enumerable.Range(0, 600).Select(_ => Guid.NewGuid().ToString()));
        Assert.Contains("Policy size is larger than allowed by", await client.RefusedAsync(await client.WithAsync(b => b["passkeyProfiles"]![2]!["keyRestrictions"]!["aaGuids"] = ids, "passkeyProfiles")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task LegacyFollowsDefaultProfile(bool follows)
    {
        using var client = Client(s => s.LegacyFollowsDefaultProfile = follows);
        var after = await client.PatchAsync(await client.WithAsync(
            b =>
            {
                b["passkeyProfiles"]![0]!["passkeyTypes"] = "deviceBound";
                b["passkeyProfiles"]![0]!["attestationEnforcement"] = "registrationOnly";
                b["passkeyProfiles"]![0]!["keyRestrictions"]!["isEnforced"] = true;
            },
            "passkeyProfiles"));
        Assert.Equal((follows, follows), ((bool)after["isAttestationEnforced"]!, (bool)after["keyRestrictions"]!["isEnforced"]!));
        after = await client.PatchAsync("""{ "isAttestationEnforced": false, "keyRestrictions": { "isEnforced": true, "enforcementType": "block", "aaGuids": [] } }""");
        Assert.Equal(follows ? "disabled" : "registrationOnly", (string?)after["passkeyProfiles"]![0]!["attestationEnforcement"]);
        Assert.Equal(follows ? "block" : "allow", (string?)after["passkeyProfiles"]![0]!["keyRestrictions"]!["enforcementType"]);
        Assert.Equal("block", (string?)after["keyRestrictions"]!["enforcementType"]);
    }

    [Fact]
    public async Task What_is_out_of_step_stays_so_until_one_of_both_changes()
    {
        using var client = Client(s => s.LegacyFollowsDefaultProfile = false);
        await client.PatchAsync("""{ "isAttestationEnforced": true }""");
        client.Tenant.Settings.LegacyFollowsDefaultProfile = true;
        Assert.True((bool)(await client.PatchAsync("""{ "state": "disabled" }"""))["isAttestationEnforced"]!);
        Assert.False((bool)(await client.PatchAsync(await client.WithAsync(_ => { }, "passkeyProfiles")))["isAttestationEnforced"]!);
    }

    [Theory]
    [InlineData(true, "block")]
    [InlineData(false, "allow")]
    public async Task LegacyOverridesDefaultProfile(bool overrides, string wins)
    {
        using var client = Client(s => s.LegacyOverridesDefaultProfile = overrides);
        var body = await client.WithAsync(b => b["keyRestrictions"] = JObject.Parse("""{ "isEnforced": true, "enforcementType": "block", "aaGuids": [] }"""), "passkeyProfiles");
        var after = await client.PatchAsync(body);
        Assert.Equal((wins, wins), ((string)after["keyRestrictions"]!["enforcementType"]!, (string)after["passkeyProfiles"]![0]!["keyRestrictions"]!["enforcementType"]!));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task DefaultProfileCanBeRenamed(bool can)
    {
        using var client = Client(s => s.DefaultProfileCanBeRenamed = can);
        await ExpectAsync(client, can, await client.WithAsync(b => b["passkeyProfiles"]![0]!["name"] = "Everybody", "passkeyProfiles"), "cannot be renamed");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task MissingTypeIsIgnored(bool isIgnored)
    {
        using var client = Client(s => s.MissingTypeIsIgnored = isIgnored);
        var before = client.Tenant.ToJson();
        Assert.Equal(isIgnored ? 204 : 400, (int)(await client.SendAsync("PATCH", SandboxClient.Fido2, """{ "state": "disabled" }""")).StatusCode);
        Assert.Equal(before, client.Tenant.ToJson());
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 3)]
    public async Task OmittedProfileIsDeleted(bool isDeleted, int profiles)
    {
        using var client = Client(s => s.OmittedProfileIsDeleted = isDeleted);
        var after = await client.PatchAsync(await client.WithAsync(Retire, "passkeyProfiles", "includeTargets"));
        Assert.Equal(profiles, after["passkeyProfiles"]!.Count());
        // Even the default profile may then be left out.
        await ExpectAsync(client, !isDeleted, JObject.Parse("""{ "passkeyProfiles": [] }"""), "cannot be deleted");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task DeletesAndUntargetsTogether(bool together)
    {
        using var client = Client(s => s.DeletesAndUntargetsTogether = together);
        await ExpectAsync(client, together, await client.WithAsync(Retire, "passkeyProfiles", "includeTargets"), "while a target uses it");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AcceptsProfileIdOfCaller(bool accepts)
    {
        using var client = Client(s => s.AcceptsProfileIdOfCaller = accepts);
        var body = await client.WithAsync(
            b =>
            {
                var profile = Profile("Mine");
                profile["id"] = "99999999-0000-4000-8000-000000000007";
                Profiles(b).Add(profile);
                ((JArray)b["includeTargets"]![0]!["allowedPasskeyProfiles"]!).Add(profile["id"]!.DeepClone());
            },
            "passkeyProfiles",
            "includeTargets");
        await ExpectAsync(client, accepts, body, "there is no such passkey profile");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AcceptsDuplicateProfileNames(bool accepts)
    {
        using var client = Client(s => s.AcceptsDuplicateProfileNames = accepts);
        await ExpectAsync(client, accepts, await client.WithAsync(b => b["passkeyProfiles"]![2]!["name"] = "PRIVILEGED access", "passkeyProfiles"), "Names must be unique");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TargetNeedsProfile(bool needs)
    {
        using var client = Client(s => s.TargetNeedsProfile = needs);
        foreach (var profiles in new JToken?[] { new JArray(), JValue.CreateNull() })
            await ExpectAsync(client, !needs, await client.WithAsync(b => b["includeTargets"]![1]!["allowedPasskeyProfiles"] = profiles, "includeTargets"), "Include conditions are missing passkey profile targets");
        client.Tenant.Settings.TargetNeedsProfile = true;
        // A policy that is so already can still be switched off, and its profiles changed.
        client.Tenant.Settings.TargetNeedsProfile = false;
        await client.PatchAsync(await client.WithAsync(b => b["includeTargets"]![1]!["allowedPasskeyProfiles"] = new JArray(), "includeTargets"));
        client.Tenant.Settings.TargetNeedsProfile = true;
        await client.PatchAsync(await client.WithAsync(b => b["passkeyProfiles"]![2]!["name"] = "Renamed", "passkeyProfiles"));
        Assert.Equal("disabled", (string?)(await client.PatchAsync("""{ "state": "disabled" }"""))["state"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AcceptsAttestationWithSynced(bool accepts)
    {
        using var client = Client(s => s.AcceptsAttestationWithSynced = accepts);
        await ExpectAsync(client, accepts, await client.WithAsync(b => b["passkeyProfiles"]![2]!["attestationEnforcement"] = "registrationOnly", "passkeyProfiles"), "cannot be attested");
        // The deprecated property is the same data.
        await ExpectAsync(client, accepts, JObject.Parse("""{ "isAttestationEnforced": true }"""), "cannot be attested");
        client.Tenant.Settings.AcceptsAttestationWithSynced = false;
        await client.PatchAsync("""{ "state": "disabled" }""");
    }

    [Fact]
    public void They_come_from_the_file_and_go_back_with_what_we_do_not_know()
    {
        var tenant = SandboxClient.Contoso(root => root["settings"] = JObject.Parse("""{ "maximumProfiles": 3, "enrolsByPatch": true, "ours": { "a": 1 } }"""));
        Assert.Equal((3, true, 20480), (tenant.Settings.MaximumProfiles, tenant.Settings.EnrolsByPatch, tenant.Settings.MaximumPolicySize));
        tenant.Settings.MaximumPolicySize = 1000;
        Assert.Equal("""{"maximumProfiles":3,"enrolsByPatch":true,"ours":{"a":1},"maximumPolicySize":1000}""", JObject.Parse(tenant.ToJson())["settings"]!.ToString(Newtonsoft.Json.Formatting.None));
    }

    [Fact]
    public void Each_has_a_property_and_a_default()
    {
        var properties = typeof(SandboxSettings).GetProperties().Select(p => char.ToLowerInvariant(p.Name[0]) + p.Name[1..]);
        Assert.Equal(SandboxSettings.Defaults.Keys.Order(StringComparer.Ordinal), properties.Order(StringComparer.Ordinal));
    }

    private static SandboxClient Client(Action<SandboxSettings> set)
    {
        var client = new SandboxClient();
        set(client.Tenant.Settings);
        return client;
    }

    private static async Task ExpectAsync(SandboxClient client, bool isTaken, JObject body, string refusal)
    {
        if (isTaken) await client.PatchAsync(body);
        else Assert.Contains(refusal, await client.RefusedAsync(body), StringComparison.Ordinal);
    }

    private static JArray Profiles(JObject body) => (JArray)body["passkeyProfiles"]!;

    private static JObject Profile(string name) => new() { ["name"] = name, ["passkeyTypes"] = "deviceBound" };

    /// <summary>Takes the pilot's profile from its target and out of the policy.</summary>
    private static void Retire(JObject body)
    {
        body["includeTargets"]![2]!.Remove();
        body["passkeyProfiles"]![2]!.Remove();
    }
}
