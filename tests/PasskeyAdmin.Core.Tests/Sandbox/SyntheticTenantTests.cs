using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox;

namespace PasskeyAdmin.Core.Tests.Sandbox;

public sealed class SyntheticTenantTests : IDisposable
{
    private const int Users = 2500;
    private const int Registrations = 3000;

    private readonly SandboxClient _client = new(SandboxTenant.CreateSynthetic(Users, Registrations));

    [Fact]
    public async Task Its_numbers_are_as_asked()
    {
        var users = await AllAsync("/v1.0/users?$top=999&$select=id,userPrincipalName,accountEnabled");
        Assert.Equal((Users, Users), (users.Count, users.Select(u => (string)u["id"]!).Distinct().Count()));
        var passkeys = new List<JToken>();
        foreach (var user in users) passkeys.AddRange((await _client.GetAsync($"/v1.0/users/{user["id"]}/authentication/fido2Methods"))["value"]!);
        Assert.Equal((Registrations, Registrations), (passkeys.Count, passkeys.Select(p => (string)p["id"]!).Distinct().Count()));
        Assert.Equal(["deviceBound", "synced"], passkeys.Select(p => (string)p["passkeyType"]!).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_report_has_all_but_the_disabled_and_agrees_with_the_methods()
    {
        var rows = await AllAsync("/v1.0/reports/authenticationMethods/userRegistrationDetails");
        Assert.Equal(Users - (Users / 50), rows.Count);
        foreach (var row in rows.Take(60))
        {
            var methods = (await _client.GetAsync($"/v1.0/users/{row["id"]}/authentication/fido2Methods"))["value"]!;
            Assert.Equal(methods.Any(m => (string?)m["passkeyType"] == "synced" && DateTime.Parse((string)m["createdDateTime"]!, null, System.Globalization.DateTimeStyles.AdjustToUniversal) <= new DateTime(2026, 11, 22, 21, 0, 0, DateTimeKind.Utc)), row["methodsRegistered"]!.Any(m => (string?)m == "passKeySynced"));
        }
        Assert.Equal(49, rows.Count(r => (bool)r["isAdmin"]!));
    }

    [Fact]
    public async Task Its_groups_are_nested()
    {
        var groups = (await _client.GetAsync("/v1.0/groups"))["value"]!.ToDictionary(g => (string)g["displayName"]!, g => (string)g["id"]!);
        Assert.Equal(Users, (await AllAsync($"/v1.0/groups/{groups["Everybody"]}/transitiveMembers/microsoft.graph.user?$top=999")).Count);
        Assert.Equal(Users / 10, (await AllAsync($"/v1.0/groups/{groups["Pilot"]}/members")).Count);
        var user = await _client.GetAsync("/v1.0/users/user10@synthetic.example");
        Assert.Equal(["Department 10", "Pilot", "Global Administrator", "Region 0", "Everybody"], (await _client.GetAsync($"/v1.0/users/{user["id"]}/transitiveMemberOf"))["value"]!.Select(g => (string)g["displayName"]!));
        Assert.Equal(501, (await _client.FailAsync("POST", $"/v1.0/groups/{groups["Pilot"]}/members/$ref", "{}")).Status);
    }

    [Fact]
    public async Task Its_policy_can_be_changed() => Assert.Equal("disabled", (string?)(await _client.PatchAsync("""{ "state": "disabled" }"""))["state"]);

    public void Dispose() => _client.Dispose();

    private async Task<List<JToken>> AllAsync(string path)
    {
        var all = new List<JToken>();
        for (string? next = path; next is not null;)
        {
            var page = await _client.GetAsync(next);
            all.AddRange(page["value"]!);
            next = (string?)page["@odata.nextLink"];
        }
        return all;
    }
}
