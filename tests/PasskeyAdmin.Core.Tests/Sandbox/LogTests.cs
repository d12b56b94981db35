using System;
using System.Linq;
using System.Threading.Tasks;
using Newtonsoft.Json.Linq;
using static PasskeyAdmin.Core.Tests.Sandbox.RichTenant;

namespace PasskeyAdmin.Core.Tests.Sandbox;

public sealed class LogTests : IDisposable
{
    private readonly SandboxClient _client = Client();

    [Fact]
    public async Task Sign_ins_come_newest_first_and_as_long_as_they_are_kept()
    {
        var signIns = (await _client.GetAsync("/v1.0/auditLogs/signIns"))["value"]!;
        Assert.Equal(["2026-11-21T08:00:00Z", "2026-11-20T08:00:00Z"], signIns.Select(s => (string)s["createdDateTime"]!));
        Assert.Equal(["2026-11-20T08:00:00Z", "2026-11-21T08:00:00Z"], (await _client.GetAsync("/v1.0/auditLogs/signIns?$orderby=createdDateTime"))["value"]!.Select(s => (string)s["createdDateTime"]!));
        using var longer = Client(root => root["settings"]!["logRetentionInDays"] = 90);
        Assert.Equal(3, (await longer.GetAsync("/v1.0/auditLogs/signIns"))["value"]!.Count());
    }

    [Fact]
    public async Task The_order_of_the_file_is_not_the_order_of_time()
    {
        using var client = Client(root =>
        {
            root["signIns"] = new JArray(root["signIns"]!.Reverse());
            root["signIns"]![1]!["status"] = new JObject { ["errorCode"] = 0 };
        });
        Assert.Equal(["2026-11-21T08:00:00Z", "2026-11-20T08:00:00Z"], (await client.GetAsync("/v1.0/auditLogs/signIns"))["value"]!.Select(s => (string)s["createdDateTime"]!));
        Assert.Equal("2026-11-20T08:00:00Z", (string?)(await client.GetAsync($"/v1.0/users/{Pradeep}?$select=signInActivity"))["signInActivity"]!["lastSuccessfulSignInDateTime"]);
        Assert.Equal("2026-11-21T08:00:00Z", (string?)(await client.GetAsync($"/v1.0/users/{Tomas}?$select=signInActivity"))["signInActivity"]!["lastSignInDateTime"]);
    }

    [Fact]
    public async Task How_somebody_signed_in_is_told_by_beta_only()
    {
        var v1 = (await _client.GetAsync("/v1.0/auditLogs/signIns?$top=1"))["value"]!.Single();
        Assert.Null(v1["authenticationDetails"]);
        Assert.Null(v1["authenticationRequirement"]);
        var beta = (await _client.GetAsync("/beta/auditLogs/signIns?$filter=userPrincipalName eq 'pradeep.petrova@contoso.com'"))["value"]!.Single();
        Assert.Equal(("Windows Hello for Business", true), ((string?)beta["authenticationDetails"]![0]!["authenticationMethod"], (bool)beta["authenticationDetails"]![0]!["succeeded"]!));
        Assert.Equal(("LT-1", true, "Azure AD joined"), ((string?)beta["deviceDetail"]!["displayName"], (bool)beta["deviceDetail"]!["isManaged"]!, (string?)beta["deviceDetail"]!["trustType"]));
        Assert.Equal(("Azure Portal", "Pradeep Petrova", 0), ((string?)beta["appDisplayName"], (string?)beta["userDisplayName"], (int)beta["status"]!["errorCode"]!));
    }

    [Theory]
    [InlineData("signIns?$filter=status/errorCode eq 135016", 1)]
    [InlineData("signIns?$filter=createdDateTime ge 2026-11-21T00:00:00Z and createdDateTime le 2026-11-22T00:00:00Z", 1)]
    [InlineData("signIns?$filter=userId eq '" + Tomas + "' and status/errorCode ne 0", 1)]
    [InlineData("signIns?$filter=appDisplayName eq 'azure portal'", 2)]
    [InlineData("signIns?$filter=deviceDetail/browser eq 'Edge 142.0.0' or status/errorCode eq 135016", 2)]
    [InlineData("directoryAudits?$filter=activityDisplayName eq 'Add Passkey (device-bound)'", 1)]
    [InlineData("directoryAudits?$filter=startswith(activityDisplayName,'Add Passkey') and activityDateTime gt 2026-11-23T00:00:00Z", 0)]
    [InlineData("directoryAudits?$filter=loggedByService eq 'Device Registration Service' and category eq 'UserManagement'", 1)]
    public async Task Filters_of_the_logs(string query, int count) => Assert.Equal(count, (await _client.GetAsync("/v1.0/auditLogs/" + query))["value"]!.Count());

    [Theory]
    [InlineData("signIns?$filter=authenticationRequirement eq 'x'", 501)]
    [InlineData("signIns?$filter=createdDateTime ge soon", 400)]
    [InlineData("signIns?$top=1001", 400)]
    [InlineData("signIns?$filter=not(status/errorCode eq 0)", 400)]
    [InlineData("signIns?$filter=status/errorCode eq '0'", 400)]
    [InlineData("signIns?$filter=createdDateTime ge '2026-11-20'", 400)]
    [InlineData("signIns?$filter=createdDateTime ge 2026-11-20", 400)]
    [InlineData("signIns?$orderby=appId", 501)]
    [InlineData("signIns/40000000-0000-4000-8000-000000000001", 404)]
    public async Task What_the_logs_do_not_take(string query, int status) => Assert.Equal(status, (await _client.FailAsync("GET", "/v1.0/auditLogs/" + query)).Status);

    [Fact]
    public async Task A_registration_names_its_user_and_not_its_id()
    {
        var added = (await _client.GetAsync("/v1.0/auditLogs/directoryAudits"))["value"]!.Single();
        Assert.Equal((JTokenType.Null, "tomas.graham@contoso.com", "Tomás Graham"), (added["targetResources"]![0]!["id"]!.Type, (string?)added["targetResources"]![0]!["userPrincipalName"], (string?)added["targetResources"]![0]!["displayName"]));
        Assert.Equal("tomas.graham@contoso.com", (string?)added["initiatedBy"]!["user"]!["userPrincipalName"]);
        Assert.Equal("Add", (string?)added["operationType"]);
    }

    [Fact]
    public async Task A_change_of_the_policy_is_logged_with_what_changed_in_numbers()
    {
        using var client = Client(root =>
        {
            root["settings"]!["account"] = "pradeep.petrova@contoso.com";
            root["settings"]!["enforcesRoles"] = false;
        });
        await client.PatchAsync(await client.WithAsync(b => b["passkeyProfiles"]![0]!["passkeyTypes"] = "deviceBound", "passkeyProfiles"));
        var update = (await client.GetAsync("/v1.0/auditLogs/directoryAudits?$top=1"))["value"]!.Single();
        Assert.Equal(("Authentication Methods Policy Update", "pradeep.petrova@contoso.com"), ((string?)update["activityDisplayName"], (string?)update["initiatedBy"]!["user"]!["userPrincipalName"]));
        var changed = update["targetResources"]![0]!["modifiedProperties"]!.Single();
        Assert.Equal("passkeyProfiles", (string?)changed["displayName"]);
        Assert.Equal((3, 1), ((int)JArray.Parse((string)changed["oldValue"]!)[0]["passkeyTypes"]!, (int)JArray.Parse((string)changed["newValue"]!)[0]["passkeyTypes"]!));
        Assert.Equal(1, (int)JArray.Parse((string)changed["newValue"]!)[1]["attestationEnforcement"]!);
    }

    [Fact]
    public async Task The_last_sign_in_of_a_user()
    {
        var user = await _client.GetAsync($"/v1.0/users/{Tomas}?$select=id,signInActivity");
        Assert.Equal(("2026-11-21T08:00:00Z", "2026-10-01T08:00:00Z"), ((string?)user["signInActivity"]!["lastSignInDateTime"], (string?)user["signInActivity"]!["lastSuccessfulSignInDateTime"]));
        Assert.Equal(JTokenType.Null, (await _client.GetAsync($"/v1.0/users/{Lee}?$select=signInActivity"))["signInActivity"]!.Type);
    }

    [Theory]
    [InlineData("/v1.0/auditLogs/signIns")]
    [InlineData("/v1.0/reports/authenticationMethods/userRegistrationDetails")]
    [InlineData($"/v1.0/users/{Tomas}?$select=signInActivity")]
    public async Task A_free_tenant_is_told_so(string path)
    {
        using var client = Client(root => root["settings"]!["licence"] = "Free");
        Assert.Equal((403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant"), await client.FailAsync("GET", path) is var e ? (e.Status, e.Code) : default);
        // Audits and passkeys themselves cost nothing.
        Assert.Single((await client.GetAsync("/v1.0/auditLogs/directoryAudits"))["value"]!);
        Assert.Equal(2, (await client.GetAsync($"/v1.0/users/{Tomas}/authentication/fido2Methods"))["value"]!.Count());
    }

    public void Dispose() => _client.Dispose();
}
