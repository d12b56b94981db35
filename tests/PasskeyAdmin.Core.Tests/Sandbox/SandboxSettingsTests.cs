using System;
using System.Linq;
using System.Text;
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
        await ExpectAsync(client, isTaken, await client.WithAsync(b => Profiles(b).Add(SandboxClient.NewProfile("Fourth")), "passkeyProfiles"), "At most 3");
    }

    [Fact]
    public async Task Ten_profiles_are_taken_and_eleven_are_not()
    {
        using var client = new SandboxClient(newGuid: Guid.NewGuid);
        for (var i = 4; i <= 10; i++)
            Assert.Equal(i, (await client.PatchAsync(await client.WithAsync(b => Profiles(b).Add(SandboxClient.NewProfile($"Profile {i}")), "passkeyProfiles")))["passkeyProfiles"]!.Count());
        Assert.Contains("At most 10", await client.RefusedAsync(await client.WithAsync(b => Profiles(b).Add(SandboxClient.NewProfile("Eleventh")), "passkeyProfiles")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(-1, false)]
    [InlineData(-250, false)]
    public async Task MaximumPolicySize(int difference, bool isTaken)
    {
        using var client = new SandboxClient(SandboxClient.Small(root => SandboxClient.ConfigurationOf(root)["note"] = ""));
        var fido2 = SandboxClient.ConfigurationOf(JObject.Parse(client.Tenant.ToJson()));
        fido2["note"] = "Ünïcode";
        client.Tenant.Settings.MeasuresDocumentedSizes = false;
        client.Tenant.Settings.MaximumPolicySize = Encoding.UTF8.GetByteCount(fido2.ToString(Newtonsoft.Json.Formatting.None)) + difference;
        await ExpectAsync(client, isTaken, JObject.Parse("""{ "note": "Ünïcode" }"""), $"Persistence of policy failed with error: Policy size is larger than allowed by {-difference} bytes");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task MeasuresDocumentedSizes(bool measures)
    {
        // Base, three profiles with eleven AAGUIDs, three targets of one profile and one more, an exclusion; the two in the deprecated property are none.
        const int Size = 1475 + (3 * 410) + (11 * 31) + (3 * 236) + 44 + 190;
        using var client = new SandboxClient(SandboxClient.Small(root => SandboxClient.ConfigurationOf(root)["keyRestrictions"]!["aaGuids"] = new JArray("bada5566-a7aa-401f-bd96-45619a55120d", "fbfc3007-154e-4ecc-8c0b-6e020557d7bd")));
        client.Tenant.Settings.MeasuresDocumentedSizes = measures;
        client.Tenant.Settings.MaximumPolicySize = Size - 1;
        var body = await client.WithAsync(b => ((JArray)b["includeTargets"]![0]!["allowedPasskeyProfiles"]!).Add(SandboxClient.PilotProfile), "includeTargets");
        await ExpectAsync(client, !measures, body, "larger than allowed by 1 bytes");
        client.Tenant.Settings.MaximumPolicySize = Size;
        await client.PatchAsync(body);
    }

    [Fact]
    public async Task The_deprecated_AAGUIDs_count_before_there_are_profiles()
    {
        using var client = new SandboxClient(SandboxClient.NotEnrolled());
        client.Tenant.Settings.MaximumPolicySize = 1475 + (4 * 190) + 31;
        var two = JObject.Parse("""{ "keyRestrictions": { "isEnforced": true, "enforcementType": "block", "aaGuids": ["bada5566-a7aa-401f-bd96-45619a55120d", "fbfc3007-154e-4ecc-8c0b-6e020557d7bd"] } }""");
        Assert.Contains("larger than allowed by 31 bytes", await client.RefusedAsync(two), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_JSON_counts_where_it_is_larger()
    {
        using var client = new SandboxClient(SandboxClient.Small(root => SandboxClient.ConfigurationOf(root)["note"] = ""));
        Assert.Contains("larger than allowed by", await client.RefusedAsync(new JObject { ["note"] = new string('x', 20480) }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_policy_that_is_too_large_can_be_switched_off_and_made_smaller(bool measures)
    {
        using var client = Client(s => s.MeasuresDocumentedSizes = measures);
        client.Tenant.Settings.MaximumPolicySize = 1000;
        Assert.Equal("disabled", (string?)(await client.PatchAsync("""{ "state": "disabled", "isSelfServiceRegistrationAllowed": false }"""))["state"]);
        await client.PatchAsync(await client.WithAsync(b => ((JArray)b["passkeyProfiles"]![1]!["keyRestrictions"]!["aaGuids"]!).RemoveAt(0), "passkeyProfiles"));
        Assert.Contains("larger than allowed", await client.RefusedAsync(await client.WithAsync(b => ((JArray)b["passkeyProfiles"]![1]!["keyRestrictions"]!["aaGuids"]!).Add(Guid.NewGuid().ToString()), "passkeyProfiles")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("passkeyProfiles", "name")]
    [InlineData("passkeyProfiles", "passkeyTypes")]
    [InlineData("passkeyProfiles", "attestationEnforcement")]
    [InlineData("passkeyProfiles", "keyRestrictions")]
    [InlineData("includeTargets", "isRegistrationRequired")]
    [InlineData("includeTargets", "allowedPasskeyProfiles")]
    public async Task AcceptsIncompleteItems(string list, string property)
    {
        using var client = Client(s => s.TargetNeedsProfile = false);
        foreach (var isNull in new[] { true, false })
        {
            var body = await client.WithAsync(b => Leave((JObject)b[list]![1]!, isNull), list);
            client.Tenant.Settings.AcceptsIncompleteItems = false;
            Assert.Contains($"'{list}[1].{property}' is required", await client.RefusedAsync(body), StringComparison.Ordinal);
            client.Tenant.Settings.AcceptsIncompleteItems = true;
            // What has no weaker value is needed all the same.
            await ExpectAsync(client, property is not ("name" or "passkeyTypes"), body, property);
        }

        void Leave(JObject item, bool isNull)
        {
            if (isNull) item[property] = null;
            else item.Remove(property);
        }
    }

    [Fact]
    public async Task What_is_left_out_gets_the_weaker_value()
    {
        using var client = Client(s => s.AcceptsIncompleteItems = true);
        client.Tenant.Settings.TargetNeedsProfile = false;
        var after = await client.PatchAsync(await client.WithAsync(
            b =>
            {
                Profiles(b)[1] = new JObject { ["id"] = SandboxClient.PrivilegedProfile, ["name"] = "A", ["passkeyTypes"] = "synced" };
                b["includeTargets"]![1] = JObject.Parse("""{ "id": "all_users", "targetType": "group" }""");
                b["includeTargets"]![0]!.Remove();
            },
            "passkeyProfiles",
            "includeTargets"));
        Assert.Equal($$$"""{"id":"{{{SandboxClient.PrivilegedProfile}}}","name":"A","passkeyTypes":"synced","attestationEnforcement":"disabled","keyRestrictions":{"isEnforced":false,"enforcementType":"allow","aaGuids":[]}}""", after["passkeyProfiles"]![1]!.ToString(Newtonsoft.Json.Formatting.None));
        Assert.Equal("""{"id":"all_users","targetType":"group","isRegistrationRequired":false,"allowedPasskeyProfiles":[]}""", after["includeTargets"]![0]!.ToString(Newtonsoft.Json.Formatting.None));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AcceptsUnknownProperties(bool accepts)
    {
        using var client = Client(s => s.AcceptsUnknownProperties = accepts);
        foreach (var place in new[] { "passkeyProfiles[2]", "passkeyProfiles[2].keyRestrictions", "includeTargets[0]", "excludeTargets[0]" })
        {
            var body = await client.WithAsync(b => b.SelectToken(place)!["invented"] = 1, place.Split('[')[0]);
            await ExpectAsync(client, accepts, body, "'invented' does not exist");
            Assert.Equal(accepts, (await client.GetFido2Async()).SelectToken(place)!["invented"] is not null);
        }
        await ExpectAsync(client, accepts, JObject.Parse("""{ "invented": { "a": [] } }"""), "'invented' does not exist");
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
                var profile = SandboxClient.NewProfile("Mine");
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
        client.Tenant.Settings.AcceptsIncompleteItems = true;
        foreach (var profiles in new JToken?[] { new JArray(), JValue.CreateNull() })
            await ExpectAsync(client, !needs, await client.WithAsync(b => b["includeTargets"]![1]!["allowedPasskeyProfiles"] = profiles, "includeTargets"), "Include conditions are missing passkey profile targets");
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
    public void They_come_from_the_file_and_go_back()
    {
        var tenant = SandboxClient.Small(root => root["settings"] = JObject.Parse("""{ "maximumProfiles": 3, "enrolsByPatch": true }"""));
        Assert.Equal((3, true, 20480), (tenant.Settings.MaximumProfiles, tenant.Settings.EnrolsByPatch, tenant.Settings.MaximumPolicySize));
        tenant.Settings.MaximumPolicySize = 1000;
        Assert.Equal("""{"maximumProfiles":3,"enrolsByPatch":true,"maximumPolicySize":1000}""", JObject.Parse(tenant.ToJson())["settings"]!.ToString(Newtonsoft.Json.Formatting.None));
    }

    [Fact]
    public void Each_has_a_property_and_a_default()
    {
        // What follows from another one has no name in the file.
        var properties = typeof(SandboxSettings).GetProperties().Where(p => p.Name is not (nameof(SandboxSettings.All) or nameof(SandboxSettings.HasPremium))).Select(p => char.ToLowerInvariant(p.Name[0]) + p.Name[1..]);
        Assert.Equal(SandboxSettings.All.Keys.Order(StringComparer.Ordinal), properties.Order(StringComparer.Ordinal));
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

    /// <summary>Takes the pilot's profile from its target and out of the policy.</summary>
    private static void Retire(JObject body)
    {
        body["includeTargets"]![2]!.Remove();
        body["passkeyProfiles"]![2]!.Remove();
    }
}
