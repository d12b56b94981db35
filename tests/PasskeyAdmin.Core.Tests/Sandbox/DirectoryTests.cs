using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox;

namespace PasskeyAdmin.Core.Tests.Sandbox;

public sealed class DirectoryTests : IDisposable
{
    private const string Pilot = "ee36a167-5f00-57c1-ac19-8102cbf43fdf";
    private const string Helpdesk = "be0c992f-399d-5476-9d60-39382213e87a";

    private readonly SandboxClient _client = new();

    [Theory]
    [InlineData("v1.0")]
    [InlineData("beta")]
    [InlineData("BETA")]
    public async Task Organization_is_a_list_of_one(string version)
    {
        var answer = await _client.GetAsync($"/{version}/Organization");
        Assert.Equal($"https://graph.sandbox.invalid/{version.ToLowerInvariant()}/$metadata#organization", (string?)answer["@odata.context"]);
        Assert.Equal(["Contoso"], SandboxClient.Names(answer));
        Assert.Equal(["contoso.com", "contoso.onmicrosoft.com"], answer["value"]![0]!["verifiedDomains"]!.Select(d => (string)d["name"]!));
    }

    [Fact]
    public async Task Users_come_with_what_Graph_gives_unasked()
    {
        var user = (await _client.GetAsync("/v1.0/users"))["value"]![0]!;
        Assert.Equal(["displayName", "id", "userPrincipalName"], ((JObject)user).Properties().Select(p => p.Name).Order());
        var chosen = (await _client.GetAsync("/v1.0/users?$select=id,accountEnabled,mail"))["value"]![0]!;
        Assert.Equal("""{"id":"b765f723-7ab1-4645-a136-bb85cae9db46","accountEnabled":true,"mail":null}""", chosen.ToString(Newtonsoft.Json.Formatting.None));
    }

    [Theory]
    [InlineData("b765f723-7ab1-4645-a136-bb85cae9db46")]
    [InlineData("B765F723-7AB1-4645-A136-BB85CAE9DB46")]
    [InlineData("Pradeep.Petrova@contoso.com")]
    public async Task A_user_by_id_or_name(string key) => Assert.Equal("Pradeep Petrova", (string?)(await _client.GetAsync($"/v1.0/users/{key}"))["displayName"]);

    [Fact]
    public async Task A_guest_has_a_number_sign_in_the_name() =>
        Assert.Equal("Guest", (string?)(await _client.GetAsync($"/v1.0/users/{Uri.EscapeDataString("nina.keller_fabrikam.com#EXT#@contoso.onmicrosoft.com")}?$select=userType"))["userType"]);

    [Theory]
    [InlineData("/v1.0/users/nobody@contoso.com", 404, "Request_ResourceNotFound")]
    [InlineData("/v1.0/users/" + Pilot, 404, "Request_ResourceNotFound")]
    [InlineData("/v1.0/groups/b765f723-7ab1-4645-a136-bb85cae9db46", 404, "Request_ResourceNotFound")]
    [InlineData("/v1.0/groups/00000000-0000-4000-8000-000000000000/members", 404, "Request_ResourceNotFound")]
    [InlineData("/v1.0/groups/Sales", 400, "Request_BadRequest")]
    [InlineData("/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/voice", 404, "Request_ResourceNotFound")]
    public async Task What_is_not_there(string path, int status, string code)
    {
        var error = await _client.FailAsync("GET", path);
        Assert.Equal((status, code), (error.Status, error.Code));
    }

    [Fact]
    public async Task A_group_is_shown_without_its_members()
    {
        var group = await _client.GetAsync($"/v1.0/groups/{Pilot}");
        Assert.Equal(["@odata.context", "id", "displayName", "description", "securityEnabled", "groupTypes"], group.Properties().Select(p => p.Name));
        Assert.DoesNotContain("members", (await _client.GetAsync("/v1.0/groups")).ToString(), StringComparison.Ordinal);
        Assert.Equal(501, (await _client.FailAsync("GET", $"/v1.0/groups/{Pilot}?$select=members")).Status);
    }

    [Fact]
    public async Task Members_are_direct_and_transitive_members_are_all()
    {
        var direct = await _client.GetAsync($"/v1.0/groups/{Pilot}/members");
        Assert.Equal(5, direct["value"]!.Count());
        Assert.Equal("#microsoft.graph.group", (string?)direct["value"]!.Last()["@odata.type"]);
        Assert.Equal(["@odata.type", "id", "displayName", "userPrincipalName"], ((JObject)direct["value"]![0]!).Properties().Select(p => p.Name));
        Assert.Equal("#microsoft.graph.user", (string?)direct["value"]![0]!["@odata.type"]);
        Assert.Equal("First line of support", (string?)direct["value"]!.Last()["description"]);
        var all = await _client.GetAsync($"/v1.0/groups/{Pilot}/transitiveMembers?$select=id,displayName");
        Assert.Equal(8, all["value"]!.Count());
        Assert.Contains("Debra Sayers", SandboxClient.Names(all));
        Assert.Contains("Helpdesk", SandboxClient.Names(all));
    }

    [Fact]
    public async Task Groups_in_a_circle_end()
    {
        using var client = new SandboxClient(SandboxClient.Small(root => ((JArray)root["groups"]!.Single(g => (string?)g["id"] == Helpdesk)["members"]!).Add(Pilot)));
        var all = SandboxClient.Names(await client.GetAsync($"/v1.0/groups/{Pilot}/transitiveMembers")).ToList();
        Assert.Equal(9, all.Count);
        Assert.Equal(all.Count, all.Distinct().Count());
    }

    [Theory]
    [InlineData("/v1.0/groups?$filter=displayName eq 'Sales'", "Sales,Sales")]
    [InlineData("/v1.0/groups?$filter=displayName eq 'sales'", "Sales,Sales")]
    [InlineData("/v1.0/groups?$filter=displayName+eq+'Sales'", "Sales,Sales")]
    [InlineData("/v1.0/groups?$filter=displayName eq 'Sal'", "")]
    [InlineData("/v1.0/groups?$filter=startswith(displayName,'p')&$select=displayName", "Privileged administrators,Passkey pilot,People & Culture – O'Brien's team")]
    [InlineData("/v1.0/groups?$filter=displayName eq 'People %26 Culture – O''Brien''s team'", "People & Culture – O'Brien's team")]
    [InlineData("/v1.0/groups?$filter=id eq '" + Pilot + "'", "Passkey pilot")]
    [InlineData("/v1.0/users?$filter=userPrincipalName eq 'bjorn.obrien@contoso.com'", "Björn O'Brien")]
    [InlineData("/v1.0/users?$filter=startswith(displayName, 'Björn O''')", "Björn O'Brien")]
    public async Task Filters(string path, string names) => Assert.Equal(names, string.Join(",", SandboxClient.Names(await _client.GetAsync(path))));

    [Theory]
    [InlineData("$filter=displayName ne 'b'", 501)]
    [InlineData("$filter=displayName eq 'a' xor displayName eq 'b'", 400)]
    [InlineData("$filter=(displayName eq 'a'", 400)]
    [InlineData("$filter=displayName", 400)]
    [InlineData("$filter=displayName eq #", 400)]
    [InlineData("$filter=mailNickname eq 'a'", 501)]
    [InlineData("$filter=userPrincipalName eq 'a'", 501)]
    [InlineData("$filter=startswith(id,'a')", 501)]
    [InlineData("$filter=displayName eq 'O'Brien'", 400)]
    [InlineData("$filter=", 501)]
    [InlineData("$count=yes", 400)]
    [InlineData("$orderby=displayName", 501)]
    [InlineData("$expand=members", 501)]
    [InlineData("$skip=1", 501)]
    [InlineData("pageSize=1", 501)]
    [InlineData("$select=shoeSize", 501)]
    [InlineData("$top=0", 400)]
    [InlineData("$top=1000", 400)]
    [InlineData("$top=x", 400)]
    [InlineData("$top=1&$top=2", 400)]
    [InlineData("$skiptoken=gone", 400)]
    public async Task No_option_is_ignored(string query, int status) => Assert.Equal(status, (await _client.FailAsync("GET", "/v1.0/groups?" + query)).Status);

    [Fact]
    public async Task Brackets_without_end_are_refused()
    {
        Assert.Equal(400, (await _client.FailAsync("GET", "/v1.0/users?$filter=" + new string('(', 30_000))).Status);
        Assert.Equal(200, (int)(await _client.SendAsync("GET", "/v1.0/users?$filter=" + new string('(', 20) + "id eq 'a'" + new string(')', 20))).StatusCode);
    }

    [Theory]
    [InlineData("/v1.0/groups/" + Pilot + "?$top=1")]
    [InlineData("/v1.0/groups/" + Pilot + "/members?$filter=displayName eq 'a'")]
    [InlineData("/v1.0/organization?$top=1")]
    [InlineData(SandboxClient.Fido2 + "?$select=state")]
    [InlineData("/v1.0/policies/authenticationMethodsPolicy?$expand=x")]
    public async Task No_option_is_ignored_elsewhere(string path)
    {
        var (status, code, message) = await _client.FailAsync("GET", path);
        Assert.Equal((501, "notImplemented"), (status, code));
        Assert.Contains(path.Split('?')[1].Split('=')[0], message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1.0/users", 250, 3)]
    [InlineData("/v1.0/users?$top=7", 250, 36)]
    [InlineData("/v1.0/users?$top=125&$select=displayName,id", 250, 2)]
    [InlineData("/v1.0/users?$top=999", 250, 1)]
    [InlineData("/beta/users?$filter=startswith(displayName,'User 1')&$top=50", 111, 3)]
    [InlineData("/v1.0/groups/33333333-0000-4000-8000-000000000000/members?$top=100", 250, 3)]
    [InlineData("/v1.0/groups/33333333-0000-4000-8000-000000000000/transitiveMembers", 250, 3)]
    public async Task Pages_give_everything_once(string path, int objects, int pages)
    {
        using var client = new SandboxClient(Large(250));
        var seen = new List<string>();
        for (string? next = path; next is not null; pages--)
        {
            var page = await client.GetAsync(next);
            seen.AddRange(SandboxClient.Names(page));
            next = (string?)page["@odata.nextLink"];
            if (next is null) continue;
            Assert.StartsWith("https://graph.sandbox.invalid/" + path.Split('?')[0].TrimStart('/'), next, StringComparison.Ordinal);
        }
        Assert.Equal((objects, objects, 0), (seen.Count, seen.Distinct().Count(), pages));
    }

    [Fact]
    public async Task Links_go_where_the_request_went()
    {
        var page = await _client.GetAsync("http://127.0.0.1:4711/v1.0/groups?$top=1");
        Assert.StartsWith("http://127.0.0.1:4711/v1.0/groups?", (string)page["@odata.nextLink"]!, StringComparison.Ordinal);
        Assert.Equal("http://127.0.0.1:4711/v1.0/$metadata#groups", (string?)page["@odata.context"]);
    }

    [Theory]
    [InlineData(UriKind.Relative)]
    [InlineData(UriKind.RelativeOrAbsolute)]
    public async Task A_path_without_a_host_is_understood(UriKind kind)
    {
        using var invoker = new HttpMessageInvoker(new SandboxHandler(_client.Tenant));
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/v1.0/groups?$top=1", kind));
        var task = invoker.SendAsync(request, CancellationToken.None);
        Assert.True(task.IsCompletedSuccessfully);
        Assert.Equal(200, (int)(await task).StatusCode);
        Assert.Contains("\"https://graph.sandbox.invalid/v1.0/groups?$top=1&$skiptoken=", await (await task).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_cancels_gets_no_answer()
    {
        using var invoker = new HttpMessageInvoker(new SandboxHandler(_client.Tenant));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1.0/groups");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => invoker.SendAsync(request, new CancellationToken(true)));
    }

    [Theory]
    [InlineData("GET", "/v1.0/users/x/drive", 501)]
    [InlineData("GET", "/v1.0/reports/authenticationMethods/userSignInsByAuthMethodSummary(period='d7')", 501)]
    [InlineData("GET", "/v2.0/users", 501)]
    [InlineData("GET", "/", 501)]
    [InlineData("GET", "/v1.0", 501)]
    [InlineData("POST", "/v1.0/groups", 405)]
    [InlineData("DELETE", "/v1.0/groups/" + Pilot, 405)]
    [InlineData("PUT", SandboxClient.Fido2, 405)]
    [InlineData("DELETE", SandboxClient.Fido2, 501)]
    [InlineData("GET", "/v1.0/$batch", 405)]
    public async Task Paths_and_methods_that_are_not_known(string method, string path, int status)
    {
        var error = await _client.FailAsync(method, path);
        Assert.Equal(status, error.Status);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_have_the_shape_of_Graph()
    {
        var response = await _client.SendAsync("POST", "/v1.0/users", null, ("client-request-id", "mine"), ("Authorization", "Bearer nonsense"));
        var error = JObject.Parse(await response.Content.ReadAsStringAsync())["error"]!;
        Assert.Equal(["code", "message", "innerError"], ((JObject)error).Properties().Select(p => p.Name));
        Assert.Equal(["date", "request-id", "client-request-id"], ((JObject)error["innerError"]!).Properties().Select(p => p.Name));
        Assert.Equal("mine", (string?)error["innerError"]!["client-request-id"]);
        Assert.Equal(response.Headers.GetValues("request-id").Single(), (string?)error["innerError"]!["request-id"]);
        Assert.Equal(["GET"], response.Content.Headers.Allow);
        Assert.NotEmpty((await _client.SendAsync("GET", "/v1.0/users")).Headers.GetValues("request-id").Single());
    }

    [Fact]
    public async Task The_properties_of_the_tenants_own_file_can_be_asked_for()
    {
        using var client = new SandboxClient(SandboxClient.Small(root => root["users"]![0]!["department"] = "Finance"));
        Assert.Equal("Finance", (string?)(await client.GetAsync("/v1.0/users/pradeep.petrova@contoso.com?$select=department"))["department"]);
    }

    [Fact]
    public async Task Revoking_sessions_sets_the_date_from_which_they_count()
    {
        const string Select = "?$select=id,signInSessionsValidFromDateTime";
        using var client = new SandboxClient(SandboxClient.Small(_ => { }));
        var path = $"/v1.0/users/{RichTenant.Tomas}";
        Assert.Equal(JTokenType.Null, (await client.GetAsync(path + Select))["signInSessionsValidFromDateTime"]!.Type);
        using var answer = await client.SendAsync("POST", path + "/revokeSignInSessions", "{}");
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.NotEqual(JTokenType.Null, (await client.GetAsync(path + Select))["signInSessionsValidFromDateTime"]!.Type);
        Assert.Null((await client.GetAsync(path))["signInSessionsValidFromDateTime"]);
    }

    public void Dispose() => _client.Dispose();

    private static SandboxTenant Large(int users) => SandboxClient.Small(root =>
    {
        root["users"] = new JArray(Enumerable.Range(0, users).Select(i => new JObject
        {
            ["id"] = string.Create(CultureInfo.InvariantCulture, $"22222222-0000-4000-8000-{i:D12}"),
            ["displayName"] = $"User {i}",
            ["userPrincipalName"] = $"user{i}@contoso.com",
        }));
        root["groups"] = new JArray(new JObject
        {
            ["id"] = "33333333-0000-4000-8000-000000000000",
            ["displayName"] = "Everybody",
            ["members"] = new JArray(root["users"]!.Select(u => u["id"])),
        });
    });
}
