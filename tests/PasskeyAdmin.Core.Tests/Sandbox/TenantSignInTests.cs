using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox;
using static PasskeyAdmin.Core.Tests.Sandbox.RichTenant;

namespace PasskeyAdmin.Core.Tests.Sandbox;

/// <summary>Who is signed in, with which permissions, at what time, and how often they may ask.</summary>
public sealed class TenantSignInTests
{
    [Fact]
    public async Task Me_is_who_the_settings_say()
    {
        using var client = Client(root => root["settings"]!["account"] = "lee.robbins@contoso.com");
        Assert.Equal(Lee, (string?)(await client.GetAsync("/v1.0/me?$select=id"))["id"]);
        Assert.Equal(["Authentication Policy Administrator"], SandboxClient.Names(await client.GetAsync("/v1.0/me/transitiveMemberOf/microsoft.graph.directoryRole?$select=displayName,roleTemplateId")));
        Assert.Single((await client.GetAsync("/v1.0/me/authentication/methods"))["value"]!);
    }

    [Theory]
    [InlineData("""{ }""", 400)]
    [InlineData("""{ "account": "lee.robbins@contoso.com", "isAppOnly": true }""", 400)]
    public async Task An_application_is_nobody(string settings, int status)
    {
        using var client = Client(root => root["settings"] = JObject.Parse(settings));
        Assert.Equal(status, (await client.FailAsync("GET", "/v1.0/me")).Status);
    }

    [Theory]
    [InlineData("/v1.0/users", "User.ReadBasic.All", true)]
    [InlineData("/v1.0/users", "Directory.Read.All", true)]
    [InlineData("/v1.0/users", "Policy.Read.AuthenticationMethod", false)]
    [InlineData(SandboxClient.Fido2, "Policy.ReadWrite.AuthenticationMethod", true)]
    [InlineData(SandboxClient.Fido2, "User.ReadBasic.All", false)]
    public async Task Who_lacks_a_permission_is_refused(string path, string scope, bool isAllowed)
    {
        using var client = Client(root => root["settings"]!["scopes"] = new JArray(scope));
        if (isAllowed) await client.GetAsync(path);
        else Assert.Equal((403, "Authorization_RequestDenied"), await client.FailAsync("GET", path) is var e ? (e.Status, e.Code) : default);
    }

    [Fact]
    public async Task Reading_does_not_permit_writing()
    {
        using var client = Client(root => root["settings"]!["scopes"] = new JArray("Policy.Read.AuthenticationMethod"));
        Assert.Equal(403, (await client.FailAsync("PATCH", SandboxClient.Fido2, $$"""{ "@odata.type": "{{SandboxClient.Fido2Type}}", "state": "disabled" }""")).Status);
        Assert.Equal("enabled", (string?)(await client.GetFido2Async())["state"]);
    }

    [Fact]
    public async Task Beyond_a_limit_Graph_says_when_to_come_back()
    {
        using var client = Client(root => root["settings"] = JObject.Parse("""{ "enforcesThrottling": true, "directoryUnitsPer10Seconds": 4 }"""));
        for (var i = 0; i < 5; i++) await client.GetAsync("/v1.0/auditLogs/directoryAudits");
        var refused = await client.SendAsync("GET", "/v1.0/auditLogs/directoryAudits");
        Assert.Equal((429, "10"), ((int)refused.StatusCode, refused.Headers.GetValues("Retry-After").Single()));
        await client.GetAsync("/v1.0/identity/conditionalAccess/policies");
        refused = await client.SendAsync("GET", "/v1.0/identity/conditionalAccess/policies");
        Assert.Equal((429, false), ((int)refused.StatusCode, refused.Headers.Contains("Retry-After")));
        // Two units a list, one with a choice of properties.
        await client.GetAsync("/v1.0/users");
        await client.GetAsync("/v1.0/users?$select=id");
        Assert.Equal("1", (await client.SendAsync("GET", "/v1.0/users?$select=id")).Headers.GetValues("x-ms-throttle-limit-percentage").Single());
        Assert.Equal(429, (int)(await client.SendAsync("GET", "/v1.0/users?$select=id")).StatusCode);
    }

    [Fact]
    public async Task Requests_in_a_batch_count_one_by_one()
    {
        using var client = Client(root => root["settings"]!["enforcesThrottling"] = true);
        var requests = new JArray(Enumerable.Range(0, 7).Select(i => new JObject { ["id"] = $"{i}", ["method"] = "GET", ["url"] = "/auditLogs/directoryAudits" }));
        var response = await client.SendAsync("POST", "/v1.0/$batch", new JObject { ["requests"] = requests }.ToString());
        var answers = JObject.Parse(await response.Content.ReadAsStringAsync())["responses"]!;
        Assert.Equal([200, 200, 200, 200, 200, 429, 429], answers.OrderBy(a => (string?)a["id"], StringComparer.Ordinal).Select(a => (int)a["status"]!));
        Assert.All(answers.Where(a => (int)a["status"]! == 429), a => Assert.Equal("10", (string?)a["headers"]!["Retry-After"]));
    }

    [Fact]
    public void A_tenant_may_have_a_clock_of_its_own()
    {
        DateTimeOffset Machine(int minute) => new(2030, 5, 1, 12, minute, 0, TimeSpan.Zero);
        var ours = SandboxClient.Small(_ => { });
        Assert.Equal(Machine(0), ours.Now(Machine(0)));
        var sample = SandboxClient.Small(root => root["settings"]!["now"] = "2026-11-23T09:00:00Z");
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero), sample.Now(Machine(0)));
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 9, 7, 0, TimeSpan.Zero), sample.Now(Machine(7)));
        // Opened again after a change, it does not go back behind it.
        var changed = SandboxClient.Small(root =>
        {
            root["settings"]!["now"] = "2026-11-23T09:00:00Z";
            root["changedDateTime"] = "2026-11-23T11:00:00Z";
        });
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 11, 0, 0, TimeSpan.Zero), changed.Now(Machine(0)));
    }

    [Fact]
    public async Task A_change_remembers_its_time_where_the_tenant_has_a_clock()
    {
        using var client = Client(root => root["settings"]!["now"] = "2026-11-23T09:00:00Z");
        await client.PatchAsync("""{ "state": "disabled" }""");
        Assert.Equal("2026-11-23T09:00:00Z", (string?)SandboxClient.Parse(client.Tenant.ToJson())["changedDateTime"]);
    }

    [Theory]
    [InlineData("lee.robbins@contoso.com", "GET", SandboxClient.Fido2, true)]
    [InlineData("tomas.graham@contoso.com", "GET", SandboxClient.Fido2, false)]
    [InlineData("tomas.graham@contoso.com", "GET", "/v1.0/users", true)]
    [InlineData("tomas.graham@contoso.com", "GET", "/v1.0/me/authentication/methods", true)]
    [InlineData("lee.robbins@contoso.com", "GET", "/v1.0/auditLogs/directoryAudits", false)]
    [InlineData("lee.robbins@contoso.com", "DELETE", $"/v1.0/users/{Tomas}/authentication/fido2Methods/{Passkey}", false)]
    [InlineData("lee.robbins@contoso.com", "DELETE", $"/v1.0/identity/conditionalAccess/policies/{AdministratorsPolicy}", false)]
    public async Task Who_lacks_a_role_is_refused(string account, string method, string path, bool isAllowed)
    {
        using var client = Client(root => root["settings"]!["account"] = account);
        Assert.Equal(isAllowed ? 200 : 403, (int)(await client.SendAsync(method, path)).StatusCode);
        using var lax = Client(root => root["settings"] = new JObject { ["account"] = account, ["enforcesRoles"] = false });
        Assert.InRange((int)(await lax.SendAsync(method, path)).StatusCode, 200, 204);
    }

    [Fact]
    public async Task The_methods_of_administrators_are_for_a_few()
    {
        using var client = Client(root =>
        {
            root["settings"]!["account"] = "tomas.graham@contoso.com";
            root["directoryRoles"]![0]!["displayName"] = "Authentication Administrator";
            ((JArray)root["directoryRoles"]![0]!["members"]!).Add(Tomas);
        });
        Assert.Equal(201, (int)(await client.SendAsync("POST", "/v1.0/users/1a1e5a05-bbb8-4126-af6d-f4a49c672f55/authentication/temporaryAccessPassMethods", "{}")).StatusCode);
        Assert.Equal(403, (int)(await client.SendAsync("POST", $"/v1.0/users/{Pradeep}/authentication/temporaryAccessPassMethods", "{}")).StatusCode);
    }

    [Theory]
    [InlineData("licence", "Free", null)]
    [InlineData("Licence", "P3", "must be one of P2, P1, Free")]
    [InlineData("reportLagInHours", 0, null)]
    [InlineData("reportLagInHours", -1, "must be a whole number from 0")]
    [InlineData("logRetentionInDays", 999999, "must be a whole number from 1 to 3660")]
    [InlineData("now", "9999-12-31T23:59:59Z", "must be a date and time in UTC")]
    [InlineData("isAppOnly", true, null)]
    [InlineData("isAppOnly", "yes", "must be true or false")]
    [InlineData("scopes", "User.Read", null)]
    [InlineData("scopes", 1, "must be a list of texts")]
    [InlineData("now", "2026-11-23", "must be a date and time in UTC")]
    [InlineData("isApOnly", true, "Did you mean 'isAppOnly'?")]
    [InlineData("x", true, "The settings are")]
    [InlineData("account", "nobody@contoso.com", "must be the user principal name of an enabled user")]
    [InlineData("account", "debra.sayers@contoso.com", "must be the user principal name of an enabled user")]
    public void Settings_that_are_typed_are_checked(string name, object value, string? says)
    {
        KeyValuePair<string, object?>[] settings = [new(name, value)];
        if (says is null) SandboxTenant.CreateContoso(settings);
        else
        {
            var error = Assert.Throws<PasskeyAdminException>(() => SandboxTenant.CreateContoso(settings));
            Assert.Equal("SandboxSettingInvalid", error.ErrorId);
            Assert.Contains(says, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_date_or_an_empty_list_that_was_typed_is_understood()
    {
        var tenant = SandboxTenant.CreateContoso([new("now", new DateTime(2027, 1, 2, 3, 4, 5, DateTimeKind.Utc)), new("scopes", Array.Empty<object>()), new("account", null)]);
        Assert.Equal("2027-01-02T03:04:05Z", tenant.Settings.Now);
        Assert.Empty(tenant.Scopes!);
        Assert.Null(tenant.Account);
    }
}
