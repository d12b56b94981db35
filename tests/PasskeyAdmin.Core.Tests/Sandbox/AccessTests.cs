using System;
using System.Linq;
using System.Threading.Tasks;
using Newtonsoft.Json.Linq;
using static PasskeyAdmin.Core.Tests.Sandbox.RichTenant;

namespace PasskeyAdmin.Core.Tests.Sandbox;

/// <summary>Strengths, Conditional Access, the campaign and devices.</summary>
public sealed class AccessTests : IDisposable
{
    private const string Strengths = "/v1.0/policies/authenticationStrengthPolicies";
    private const string OtherRoot = "/v1.0/identity/conditionalAccess/authenticationStrength/policies";
    private const string Policies = "/v1.0/identity/conditionalAccess/policies";
    private const string Campaign = "/policies/authenticationMethodsPolicy";

    private readonly SandboxClient _client = Client();

    [Theory]
    [InlineData(Strengths)]
    [InlineData(OtherRoot)]
    public async Task Strengths_are_the_same_under_both_roots(string root)
    {
        var all = (await _client.GetAsync(root))["value"]!;
        Assert.Equal(["Multifactor authentication", "Passwordless MFA", "Phishing-resistant MFA", "Approved keys"], all.Select(s => (string)s["displayName"]!));
        Assert.Equal(["builtIn", "builtIn", "builtIn", "custom"], all.Select(s => (string)s["policyType"]!));
        Assert.Single((await _client.GetAsync($"{root}/{Strength}"))["combinationConfigurations"]!);
        Assert.Equal(["Approved keys"], SandboxClient.Names(await _client.GetAsync(root + "?$filter=policyType eq 'custom'")));
        Assert.Equal(["Administrators"], SandboxClient.Names(new JObject { ["value"] = (await _client.GetAsync($"{root}/{Strength}/usage"))["mfa"] }));
    }

    [Fact]
    public async Task A_strength_is_made_in_two_steps()
    {
        var refused = await _client.FailAsync("POST", Strengths, """{ "displayName": "New", "allowedCombinations": ["fido2"], "combinationConfigurations": [] }""");
        Assert.Equal(400, refused.Status);
        var response = await _client.SendAsync("POST", Strengths, """{ "displayName": "New", "description": "", "allowedCombinations": ["fido2"] }""");
        Assert.Equal(201, (int)response.StatusCode);
        var id = (string)JObject.Parse(await response.Content.ReadAsStringAsync())["id"]!;
        const string body = """{ "@odata.type": "#microsoft.graph.fido2CombinationConfiguration", "appliesToCombinations": ["fido2"], "allowedAAGUIDs": ["DE1E552D-DB1D-4423-A619-566B625CDC84"] }""";
        Assert.Equal(405, (await _client.FailAsync("POST", $"{Strengths}/{id}/combinationConfigurations", body)).Status);
        Assert.Equal(201, (int)(await _client.SendAsync("POST", $"{OtherRoot}/{id}/combinationConfigurations", body)).StatusCode);
        Assert.Equal("de1e552d-db1d-4423-a619-566b625cdc84", (string?)(await _client.GetAsync($"{Strengths}/{id}"))["combinationConfigurations"]![0]!["allowedAAGUIDs"]![0]);
        Assert.Equal(400, (await _client.FailAsync("POST", $"{OtherRoot}/{id}/combinationConfigurations", body)).Status);
        Assert.Equal(204, (int)(await _client.SendAsync("DELETE", $"{Strengths}/{id}")).StatusCode);
    }

    [Theory]
    [InlineData("POST", Strengths, """{ "displayName": "Approved keys", "allowedCombinations": ["fido2"] }""")]
    [InlineData("POST", Strengths, """{ "displayName": "X", "allowedCombinations": ["carrier pigeon"] }""")]
    [InlineData("POST", Strengths, """{ "displayName": "X", "allowedCombinations": [] }""")]
    [InlineData("PATCH", Strengths + "/00000000-0000-0000-0000-000000000004", """{ "displayName": "X" }""")]
    [InlineData("DELETE", Strengths + "/" + Strength, null)]
    [InlineData("POST", Policies, """{ "displayName": "X", "state": "enabled", "conditions": { "users": { "includeUsers": ["All"] }, "applications": { "includeApplications": ["All"] } } }""")]
    [InlineData("POST", Policies, """{ "displayName": "X", "state": "on", "conditions": {} }""")]
    [InlineData("POST", Policies, """{ "displayName": "X", "state": "enabled", "conditions": { "users": {}, "applications": { "includeApplications": ["All"] } }, "grantControls": { "builtInControls": ["mfa"] } }""")]
    [InlineData("POST", Policies, """{ "displayName": "X", "state": "enabled", "conditions": { "users": { "includeUsers": ["All"] }, "applications": { "includeApplications": ["All"] } }, "grantControls": { "builtInControls": ["mfa"], "authenticationStrength": { "id": "00000000-0000-0000-0000-000000000004" } } }""")]
    [InlineData("POST", Policies, """{ "displayName": "X", "state": "enabled", "conditions": { "users": { "includeUsers": ["everybody"] }, "applications": { "includeApplications": ["All"] } }, "grantControls": { "operator": "OR", "builtInControls": ["mfa"] } }""")]
    [InlineData("POST", Policies, """{ "displayName": "X", "state": "enabled", "conditions": { "users": { "includeUsers": ["All"] }, "applications": { "includeApplications": ["All"] } }, "grantControls": { "operator": "XOR", "builtInControls": ["mfa"] } }""")]
    [InlineData("POST", Policies, """{ "displayName": "X", "state": "enabled", "conditions": { "users": { "includeUsers": ["All"] }, "applications": { "includeApplications": ["All"] } }, "grantControls": { "operator": "OR", "builtInControls": [{}] } }""")]
    [InlineData("POST", Policies, """{ "displayName": "X", "state": "enabled", "conditions": { "users": { "includeUsers": ["All"] }, "applications": { "includeApplications": ["All"] }, "weather": {} }, "grantControls": { "operator": "OR", "builtInControls": ["mfa"] } }""")]
    [InlineData("POST", Strengths, """{ "displayName": "X", "allowedCombinations": ["fido2", "fido2"] }""")]
    [InlineData("POST", Strengths, """{ "displayName": "X", "description": {}, "allowedCombinations": ["fido2"] }""")]
    [InlineData("PATCH", Policies + "/" + AdministratorsPolicy, """{ "grantControls": { "authenticationStrength": { "id": "00000000-0000-0000-0000-000000000009" } } }""")]
    public async Task What_contradicts_itself_is_refused(string method, string path, string? body)
    {
        var before = _client.Tenant.ToJson();
        Assert.Equal((400, "badRequest"), await _client.FailAsync(method, path, body) is var e ? (e.Status, e.Code) : default);
        Assert.Equal(before, _client.Tenant.ToJson());
    }

    [Fact]
    public async Task A_policy_comes_complete_and_can_be_changed()
    {
        var policy = (await _client.GetAsync(Policies))["value"]!.Single();
        Assert.Empty(policy["conditions"]!["users"]!["excludeUsers"]!);
        Assert.Equal(["fido2"], policy["grantControls"]!["authenticationStrength"]!["allowedCombinations"]!.Select(c => (string)c!));
        Assert.Equal(204, (int)(await _client.SendAsync("PATCH", $"{Policies}/{AdministratorsPolicy}", """{ "state": "enabledForReportingButNotEnforced" }""")).StatusCode);
        Assert.Equal("enabledForReportingButNotEnforced", (string?)(await _client.GetAsync($"{Policies}/{AdministratorsPolicy}"))["state"]);
        Assert.Equal(204, (int)(await _client.SendAsync("DELETE", $"{Policies}/{AdministratorsPolicy}")).StatusCode);
        Assert.Equal(404, (await _client.FailAsync("GET", $"{Policies}/{AdministratorsPolicy}")).Status);
        Assert.Equal(["Office"], SandboxClient.Names(await _client.GetAsync("/v1.0/identity/conditionalAccess/namedLocations")));
    }

    [Fact]
    public async Task The_campaign_takes_its_limit_of_snoozes_in_beta_only()
    {
        string Body(string inner) => $$"""{ "registrationEnforcement": { "authenticationMethodsRegistrationCampaign": { {{inner}} } } }""";
        Assert.Equal(204, (int)(await _client.SendAsync("PATCH", "/v1.0" + Campaign, Body("\"state\": \"enabled\", \"snoozeDurationInDays\": 0, \"excludeTargets\": []"))).StatusCode);
        Assert.Equal(400, (await _client.FailAsync("PATCH", "/v1.0" + Campaign, Body("\"enforceRegistrationAfterAllowedSnoozes\": false"))).Status);
        Assert.Equal(204, (int)(await _client.SendAsync("PATCH", "/beta" + Campaign, Body("\"enforceRegistrationAfterAllowedSnoozes\": false"))).StatusCode);
        var campaign = (await _client.GetAsync("/beta" + Campaign))["registrationEnforcement"]!["authenticationMethodsRegistrationCampaign"]!;
        Assert.Equal(("enabled", 0, false), ((string?)campaign["state"], (int)campaign["snoozeDurationInDays"]!, (bool)campaign["enforceRegistrationAfterAllowedSnoozes"]!));
        Assert.Null((await _client.GetAsync("/v1.0" + Campaign))["registrationEnforcement"]!["authenticationMethodsRegistrationCampaign"]!["enforceRegistrationAfterAllowedSnoozes"]);
        foreach (var wrong in new[] { "\"state\": \"on\"", "\"snoozeDurationInDays\": 15", "\"includeTargets\": [ { \"id\": \"all_users\", \"targetType\": \"group\", \"targetedAuthenticationMethod\": \"sms\" } ]", "\"days\": 1" })
            Assert.Equal(400, (await _client.FailAsync("PATCH", "/beta" + Campaign, Body(wrong))).Status);
    }

    [Fact]
    public async Task The_opt_out_is_of_beta()
    {
        Assert.Equal(501, (await _client.FailAsync("PATCH", "/v1.0" + Campaign, """{ "optOutSettings": { "passkeyDynamicMigration": true } }""")).Status);
        Assert.Equal(204, (int)(await _client.SendAsync("PATCH", "/beta" + Campaign, """{ "optOutSettings": { "passkeyDynamicMigration": true } }""")).StatusCode);
        Assert.True((bool)(await _client.GetAsync("/beta" + Campaign))["optOutSettings"]!["passkeyDynamicMigration"]!);
    }

    [Fact]
    public async Task Devices_of_Entra()
    {
        var devices = (await _client.GetAsync("/v1.0/devices?$select=displayName,manufacturer,trustType&$expand=registeredOwners($select=id,userPrincipalName)"))["value"]!;
        Assert.Equal(["LT-1", "Phone"], devices.Select(d => (string)d["displayName"]!));
        Assert.Equal(JTokenType.Null, devices[0]!["manufacturer"]!.Type);
        Assert.Equal(["pradeep.petrova@contoso.com"], devices[0]!["registeredOwners"]!.Select(o => (string)o["userPrincipalName"]!));
        Assert.Empty(devices[1]!["registeredOwners"]!);
        Assert.Equal(["LT-1"], SandboxClient.Names(await _client.GetAsync($"/v1.0/users/{Pradeep}/registeredDevices")));
        Assert.Equal(["LT-1"], SandboxClient.Names(await _client.GetAsync("/v1.0/devices?$filter=approximateLastSignInDateTime ge 2026-11-01T00:00:00Z")));
        Assert.Equal(501, (await _client.FailAsync("GET", "/v1.0/devices?$expand=memberOf")).Status);
    }

    [Theory]
    [InlineData("Device.Read.All", null)]
    [InlineData("Device.Read.All User.ReadBasic.All", "pradeep.petrova@contoso.com")]
    public async Task Owners_have_a_name_where_users_may_be_read(string scopes, string? name)
    {
        using var client = Client(root => root["settings"] = new JObject(root["settings"]?.Children() ?? []) { ["scopes"] = new JArray(scopes.Split(' ')) });
        var owner = (await client.GetAsync("/v1.0/devices?$expand=registeredOwners($select=id,userPrincipalName)"))["value"]![0]!["registeredOwners"]!.Single();
        Assert.Equal((Pradeep, name), ((string?)owner["id"], (string?)owner["userPrincipalName"]));
    }

    [Fact]
    public async Task Devices_of_Intune()
    {
        var device = (await _client.GetAsync("/v1.0/deviceManagement/managedDevices"))["value"]!.Single();
        Assert.Equal(("LT-1", JTokenType.Null), ((string?)device["deviceName"], device["manufacturer"]!.Type));
        Assert.Null(device["joinType"]);
        Assert.Equal(501, (await _client.FailAsync("GET", "/v1.0/deviceManagement/managedDevices?$select=joinType")).Status);
        Assert.Equal("azureADJoined", (string?)(await _client.GetAsync("/beta/deviceManagement/managedDevices?$select=joinType"))["value"]!.Single()["joinType"]);
        Assert.Single((await _client.GetAsync($"/v1.0/users/{Pradeep}/managedDevices"))["value"]!);
        using var without = Client(root => root["settings"]!["hasIntune"] = false);
        Assert.Equal(400, (await without.FailAsync("GET", "/v1.0/deviceManagement/managedDevices")).Status);
    }

    public void Dispose() => _client.Dispose();
}
