using System;
using System.Linq;
using System.Threading.Tasks;
using Newtonsoft.Json.Linq;
using static PasskeyAdmin.Core.Tests.Sandbox.RichTenant;

namespace PasskeyAdmin.Core.Tests.Sandbox;

public sealed class MethodTests : IDisposable
{
    private readonly SandboxClient _client = Client();

    [Fact]
    public async Task Passkeys_of_a_user()
    {
        var passkeys = (await _client.GetAsync($"/v1.0/users/{Tomas}/authentication/fido2Methods"))["value"]!;
        Assert.Equal(["iPhone", "Key"], passkeys.Select(p => (string)p["displayName"]!));
        // reference/graph-users-and-usage.md §1: beta only.
        Assert.Null(passkeys[0]!["lastUsedDateTime"]);
        Assert.Equal("2026-11-20T07:00:00Z", (string?)(await _client.GetAsync($"/beta/users/{Tomas}/authentication/fido2Methods/{Passkey}"))["lastUsedDateTime"]);
        Assert.Equal(404, (await _client.FailAsync("GET", $"/v1.0/users/{Tomas}/authentication/fido2Methods/none")).Status);
        Assert.Equal(404, (await _client.FailAsync("GET", "/v1.0/users/nobody@contoso.com/authentication/fido2Methods")).Status);
        Assert.Equal(501, (await _client.FailAsync("GET", $"/v1.0/users/{Tomas}/authentication/palmMethods")).Status);
    }

    [Fact]
    public async Task All_methods_are_one_mixed_list_with_the_password()
    {
        var methods = (await _client.GetAsync($"/v1.0/users/{Tomas}/authentication/methods"))["value"]!;
        Assert.Equal(["password", "fido2", "fido2", "phone"], methods.Select(m => ((string)m["@odata.type"]!)["#microsoft.graph.".Length..].Replace("AuthenticationMethod", "", StringComparison.Ordinal)));
        Assert.Empty((await _client.GetAsync("/v1.0/users/c7130b12-8746-549e-9dc9-f239403fe868/authentication/methods"))["value"]!);
        Assert.Null((await _client.GetAsync($"/v1.0/users/{Tomas}"))["authenticationMethods"]);
        Assert.Equal(501, (await _client.FailAsync("GET", $"/v1.0/users/{Tomas}?$select=authenticationMethods")).Status);
    }

    [Fact]
    public async Task A_deleted_passkey_is_gone_and_the_report_lags_behind()
    {
        Assert.Equal(204, (int)(await _client.SendAsync("DELETE", $"/v1.0/users/{Tomas}/authentication/fido2Methods/{Passkey}")).StatusCode);
        Assert.Equal(404, (await _client.FailAsync("DELETE", $"/v1.0/users/{Tomas}/authentication/fido2Methods/{Passkey}")).Status);
        Assert.Equal(["Key"], (await _client.GetAsync($"/v1.0/users/{Tomas}/authentication/fido2Methods"))["value"]!.Select(p => (string)p["displayName"]!));
        Assert.Contains("passKeySynced", (await RowAsync(Tomas))["methodsRegistered"]!.Select(m => (string)m!));
        Assert.Equal(["Admin deleted security info", "Delete Passkey (synced)"], (await _client.GetAsync("/v1.0/auditLogs/directoryAudits?$top=2"))["value"]!.Select(a => (string)a["activityDisplayName"]!));
        Assert.Equal(405, (await _client.FailAsync("DELETE", $"/v1.0/users/{Tomas}/authentication/passwordMethods/28c10230-6103-485e-b985-444c60001490")).Status);
    }

    [Fact]
    public async Task The_report_is_as_old_as_the_tenant_says()
    {
        // It is 2026-11-23 10:00; the key was registered eleven hours ago.
        Assert.Equal(["passKeySynced", "mobilePhone"], (await RowAsync(Tomas))["methodsRegistered"]!.Select(m => (string)m!));
        _client.Tenant.Settings.ReportLagInHours = 10;
        var row = await RowAsync(Tomas);
        Assert.Equal(["passKeySynced", "passKeyDeviceBound", "mobilePhone"], row["methodsRegistered"]!.Select(m => (string)m!));
        Assert.Equal("2026-11-23T00:00:00Z", (string?)row["lastUpdatedDateTime"]);
        Assert.True((bool)row["isPasswordlessCapable"]!);
        Assert.Equal((false, "member"), ((bool)row["isAdmin"]!, (string?)row["userType"]));
        Assert.True((bool)(await RowAsync(Lee))["isAdmin"]!);
    }

    [Fact]
    public async Task Who_is_disabled_is_not_in_the_report()
    {
        Assert.Equal(404, (await _client.FailAsync("GET", $"/v1.0/reports/authenticationMethods/userRegistrationDetails/{Disabled}")).Status);
        var all = (await _client.GetAsync("/v1.0/reports/authenticationMethods/userRegistrationDetails"))["value"]!;
        Assert.Equal(21, all.Count());
        Assert.DoesNotContain(Disabled, all.Select(r => (string)r["id"]!));
    }

    [Theory]
    [InlineData("$filter=methodsRegistered/any(m:m eq 'passKeySynced')", 1)]
    [InlineData("$filter=isAdmin eq true and userType eq 'member'", 3)]
    [InlineData("$filter=startswith(userPrincipalName,'tomas')", 1)]
    [InlineData("$filter=userType eq 'guest'", 2)]
    [InlineData("$orderby=userPrincipalName", 21)]
    public async Task The_report_takes_filters(string query, int rows) => Assert.Equal(rows, (await _client.GetAsync("/v1.0/reports/authenticationMethods/userRegistrationDetails?" + query))["value"]!.Count());

    [Fact]
    public async Task Pages_of_the_report_need_no_skip()
    {
        Assert.Equal(501, (await _client.FailAsync("GET", "/v1.0/reports/authenticationMethods/userRegistrationDetails?$skip=1")).Status);
        var page = await _client.GetAsync("/v1.0/reports/authenticationMethods/userRegistrationDetails?$top=20&$select=id");
        Assert.Single((await _client.GetAsync((string)page["@odata.nextLink"]!))["value"]!);
    }

    [Fact]
    public async Task Counts_by_method_and_by_feature()
    {
        var byMethod = await _client.GetAsync("/v1.0/reports/authenticationMethods/usersRegisteredByMethod(includedUserTypes='all',includedUserRoles='all')");
        Assert.Equal(21, (int)byMethod["totalUserCount"]!);
        Assert.Equal(1, (int)byMethod["userRegistrationMethodCounts"]!.Single(c => (string?)c["authenticationMethod"] == "passKeySynced")["userCount"]!);
        var byFeature = await _client.GetAsync("/v1.0/reports/authenticationMethods/usersRegisteredByFeature(includedUserTypes='guest',includedUserRoles='user')");
        Assert.Equal((2, 0), ((int)byFeature["totalUserCount"]!, (int)byFeature["userRegistrationFeatureCounts"]!.Single(c => (string?)c["feature"] == "mfaCapable")["userCount"]!));
        var summary = (await _client.GetAsync("/beta/reports/authenticationMethods/userSignInsByAuthMethodSummary(period='d7')"))["value"]!;
        Assert.Equal(["windowsHelloForBusiness"], summary.Select(s => (string)s["authenticationMethod"]!));
        Assert.Equal(400, (await _client.FailAsync("GET", "/v1.0/reports/authenticationMethods/usersRegisteredByMethod(includedUserTypes='x',includedUserRoles='all')")).Status);
    }

    [Fact]
    public async Task A_pass_is_shown_once_and_there_is_one()
    {
        const string path = $"/v1.0/users/{Tomas}/authentication/temporaryAccessPassMethods";
        var response = await _client.SendAsync("POST", path, """{ "lifetimeInMinutes": 60, "isUsableOnce": false }""");
        var pass = JObject.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal((201, true, "EnabledByPolicy"), ((int)response.StatusCode, (bool)pass["isUsable"]!, (string?)pass["methodUsabilityReason"]));
        var secret = (string)pass["temporaryAccessPass"]!;
        Assert.Equal(8, secret.Length);
        Assert.DoesNotContain(secret, _client.Tenant.ToJson(), StringComparison.Ordinal);
        Assert.Null((await _client.GetAsync(path))["value"]!.Single()["temporaryAccessPass"]);
        Assert.Contains("already", (await _client.FailAsync("POST", path, "{}")).Message, StringComparison.Ordinal);
        Assert.Equal(204, (int)(await _client.SendAsync("DELETE", $"{path}/{pass["id"]}")).StatusCode);
        Assert.Equal(201, (int)(await _client.SendAsync("POST", path, """{ "startDateTime": "2026-11-24T08:00:00Z" }""")).StatusCode);
        Assert.Equal("NotYetValid", (string?)(await _client.GetAsync(path))["value"]!.Single()["methodUsabilityReason"]);
    }

    [Theory]
    [InlineData("""{ "lifetimeInMinutes": 59 }""")]
    [InlineData("""{ "lifetimeInMinutes": 481 }""")]
    [InlineData("""{ "lifetimeInMinutes": "60" }""")]
    [InlineData("""{ "startDateTime": "soon" }""")]
    [InlineData("""{ "temporaryAccessPass": "Secret" }""")]
    public async Task A_pass_beyond_the_policy_is_refused(string body) => Assert.Equal(400, (await _client.FailAsync("POST", $"/v1.0/users/{Tomas}/authentication/temporaryAccessPassMethods", body)).Status);

    [Fact]
    public async Task Who_is_excluded_gets_no_pass()
    {
        using var client = Client(root => root.SelectToken("$.authenticationMethodsPolicy.authenticationMethodConfigurations[?(@.id=='TemporaryAccessPass')]")!["excludeTargets"] = new JArray(new JObject { ["id"] = Pilot, ["targetType"] = "group" }));
        Assert.Equal(400, (await client.FailAsync("POST", $"/v1.0/users/{Tomas}/authentication/temporaryAccessPassMethods", "{}")).Status);
        // Through the group in the group, too.
        Assert.Equal(400, (await client.FailAsync("POST", $"/v1.0/users/{Lee}/authentication/temporaryAccessPassMethods", "{}")).Status);
        Assert.Equal(201, (int)(await client.SendAsync("POST", $"/v1.0/users/{Pradeep}/authentication/temporaryAccessPassMethods", "{}")).StatusCode);
    }

    [Fact]
    public async Task What_was_deleted_by_hand_and_again_leaves_a_file_that_opens()
    {
        var path = $"/v1.0/users/{Tomas}/authentication/fido2Methods/{Passkey}";
        Assert.Equal(204, (int)(await _client.SendAsync("DELETE", path)).StatusCode);
        var root = SandboxClient.Parse(_client.Tenant.ToJson());
        var user = User(root, Tomas);
        ((JArray)user["authenticationMethods"]!).Add(user["deletedAuthenticationMethods"]![0]!.DeepClone());
        using var again = new SandboxClient(PasskeyAdmin.Sandbox.SandboxTenant.Parse(root.ToString()));
        Assert.Equal(204, (int)(await again.SendAsync("DELETE", path)).StatusCode);
        Assert.NotNull(PasskeyAdmin.Sandbox.SandboxTenant.Parse(again.Tenant.ToJson()));
    }

    [Fact]
    public async Task Capable_is_who_may_use_what_is_registered()
    {
        // Synced for the pilot only; nobody may be called.
        using var client = Client(root =>
        {
            SandboxClient.ConfigurationOf(root)["passkeyProfiles"]![0]!["passkeyTypes"] = "deviceBound";
            Give(root, Pradeep, """[ { "@odata.type": "#microsoft.graph.fido2AuthenticationMethod", "id": "x2", "aaGuid": "fbfc3007-154e-4ecc-8c0b-6e020557d7bd", "passkeyType": "synced" }, { "@odata.type": "#microsoft.graph.phoneAuthenticationMethod", "id": "y", "phoneType": "office" } ]""");
        });
        async Task<(bool, bool, bool)> Of(string id)
        {
            var row = await client.GetAsync($"/beta/reports/authenticationMethods/userRegistrationDetails/{id}");
            return ((bool)row["isMfaRegistered"]!, (bool)row["isMfaCapable"]!, (bool)row["isPasswordlessCapable"]!);
        }
        Assert.Equal((true, true, true), await Of(Tomas));
        Assert.Equal((true, false, false), await Of(Pradeep));
        var row = await client.GetAsync($"/beta/reports/authenticationMethods/userRegistrationDetails/{Pradeep}");
        Assert.Equal(("officePhone", "voiceOffice"), ((string?)row["defaultMfaMethod"], (string?)row["userPreferredMethodForSecondaryAuthentication"]));
    }

    [Theory]
    [InlineData("2026-11-23T09:30:00Z", null, "EnabledByPolicy")]
    [InlineData("2026-11-23T09:30:00Z", "OneTimeUsed", "OneTimeUsed")]
    [InlineData("2026-11-23T08:30:00Z", null, "Expired")]
    public async Task Old_passes_may_be_replaced(string start, string? used, string reason)
    {
        using var client = Client(root => Give(root, Tomas, new JArray(new JObject
        {
            ["@odata.type"] = "#microsoft.graph.temporaryAccessPassAuthenticationMethod",
            ["id"] = "old",
            ["startDateTime"] = start,
            ["lifetimeInMinutes"] = 60,
            ["methodUsabilityReason"] = used,
        }).ToString()));
        const string path = $"/v1.0/users/{Tomas}/authentication/temporaryAccessPassMethods";
        Assert.Equal(reason, (string?)(await client.GetAsync(path))["value"]!.Single()["methodUsabilityReason"]);
        Assert.Equal(reason is "EnabledByPolicy" ? 400 : 201, (int)(await client.SendAsync("POST", path, "{}")).StatusCode);
        Assert.Single((await client.GetAsync(path))["value"]!);
    }

    public void Dispose() => _client.Dispose();

    private async Task<JObject> RowAsync(string id) => await _client.GetAsync($"/v1.0/reports/authenticationMethods/userRegistrationDetails/{id}");
}
