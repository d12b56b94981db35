using System.Linq;
using System.Threading.Tasks;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Sandbox;

namespace PasskeyAdmin.Core.Tests.Sandbox;

public sealed class ContosoTenantTests
{
    [Fact]
    public void It_is_the_same_every_time_and_reads_back_as_itself()
    {
        var text = SandboxTenant.CreateContoso().ToJson();
        Assert.Equal(text, SandboxTenant.CreateContoso().ToJson());
        Assert.Equal(text, SandboxTenant.Parse(text).ToJson());
        Assert.Equal(("6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83", "Contoso"), (SandboxTenant.CreateContoso().Id, SandboxTenant.CreateContoso().Name));
    }

    [Fact]
    public async Task It_has_what_a_tenant_of_today_has()
    {
        using var client = new SandboxClient();
        var fido2 = await client.GetFido2Async();
        Assert.Equal("enabled", (string?)fido2["state"]);
        Assert.Equal(["Default passkey profile", "Privileged access", "Synced pilot"], fido2["passkeyProfiles"]!.Select(p => (string)p["name"]!));
        Assert.Equal(["all_users", "9a7edc15-f2ba-5fcd-96f0-581e2df4f84d", "ee36a167-5f00-57c1-ac19-8102cbf43fdf"], fido2["includeTargets"]!.Select(t => (string)t["id"]!));
        Assert.Equal("Shared kiosk accounts", (string?)(await client.GetAsync($"/v1.0/groups/{fido2["excludeTargets"]![0]!["id"]}"))["displayName"]);
        var users = (JArray)(await client.GetAsync("/v1.0/users?$select=userType,accountEnabled"))["value"]!;
        Assert.Equal((22, 2, 1), (users.Count, users.Count(u => (string?)u["userType"] == "Guest"), users.Count(u => !(bool)u["accountEnabled"]!)));
        var groups = SandboxClient.Names(await client.GetAsync("/v1.0/groups")).ToList();
        Assert.Equal(2, groups.Count(g => g == "Sales"));
        Assert.Contains("People & Culture – O'Brien's team", groups);
        Assert.Equal(["Fido2", "TemporaryAccessPass", "Sms"], (await client.GetAsync("/v1.0/policies/authenticationMethodsPolicy"))["authenticationMethodConfigurations"]!.Select(m => (string)m["id"]!));
    }

    [Fact]
    public async Task Its_providers_are_in_our_catalogue()
    {
        using var client = new SandboxClient();
        var known = ProviderCatalog.LoadBuiltIn().Providers.SelectMany(p => p.AaGuid).Select(id => id.ToString()).ToHashSet();
        Assert.All((await client.GetFido2Async()).SelectTokens("$..aaGuids[*]"), id => Assert.Contains((string)id!, known));
    }

    [Fact]
    public void Its_settings_are_the_defaults()
    {
        var settings = SandboxTenant.CreateContoso().Settings;
        Assert.Equal((10, 20480), (settings.MaximumProfiles, settings.MaximumPolicySize));
        Assert.True(settings is { LegacyFollowsDefaultProfile: true, OmittedProfileIsDeleted: true, DeletesAndUntargetsTogether: true, TargetNeedsProfile: true, MeasuresDocumentedSizes: true });
        Assert.True(settings is
        {
            LegacyOverridesDefaultProfile: false, DefaultProfileCanBeRenamed: false, MissingTypeIsIgnored: false, AcceptsProfileIdOfCaller: false, AcceptsDuplicateProfileNames: false,
            AcceptsAttestationWithSynced: false, EnrolsByPatch: false, AcceptsIncompleteItems: false, AcceptsUnknownProperties: false,
        });
    }
}
