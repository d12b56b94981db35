using System;
using System.Linq;
using System.Threading.Tasks;
using Newtonsoft.Json.Linq;
using static PasskeyAdmin.Core.Tests.Sandbox.RichTenant;

namespace PasskeyAdmin.Core.Tests.Sandbox;

public sealed class MembershipTests : IDisposable
{
    private const string Nobody = "00000000-0000-4000-8000-000000000000";

    private readonly SandboxClient _client = Client();

    [Theory]
    [InlineData($"/v1.0/groups/{Pilot}/members", 5)]
    [InlineData($"/v1.0/groups/{Pilot}/members/microsoft.graph.user", 4)]
    [InlineData($"/v1.0/groups/{Pilot}/members/microsoft.graph.group", 1)]
    [InlineData($"/v1.0/groups/{Pilot}/transitiveMembers", 8)]
    [InlineData($"/v1.0/groups/{Pilot}/transitiveMembers/microsoft.graph.user?$top=2", 7)]
    [InlineData($"/v1.0/users/{Lee}/memberOf", 2)]
    [InlineData($"/v1.0/users/{Lee}/transitiveMemberOf", 4)]
    [InlineData($"/v1.0/users/{Lee}/transitiveMemberOf/microsoft.graph.group", 3)]
    [InlineData($"/v1.0/users/lee.robbins@contoso.com/transitiveMemberOf/microsoft.graph.directoryRole", 1)]
    [InlineData($"/v1.0/users/{Tomas}/transitiveMemberOf/microsoft.graph.directoryRole", 0)]
    [InlineData($"/v1.0/groups/{Helpdesk}/memberOf", 2)]
    [InlineData($"/v1.0/groups/{Helpdesk}/transitiveMemberOf", 2)]
    [InlineData($"/v1.0/directoryRoles/{Role}/members", 2)]
    [InlineData("/v1.0/directoryRoles?$filter=roleTemplateId eq '0526716b-113d-4c15-b2c8-68e3c22b9f80'", 1)]
    [InlineData($"/v1.0/roleManagement/directory/roleAssignments?$filter=principalId eq '{Pradeep}'", 1)]
    [InlineData("/v1.0/roleManagement/directory/roleDefinitions?$filter=isBuiltIn eq true", 1)]
    public async Task Who_is_in_what(string path, int count)
    {
        var seen = 0;
        for (string? next = path; next is not null;)
        {
            var page = await _client.GetAsync(next);
            seen += page["value"]!.Count();
            next = (string?)page["@odata.nextLink"];
        }
        Assert.Equal(count, seen);
    }

    [Fact]
    public async Task Circles_end()
    {
        using var client = Client(root => ((JArray)root["groups"]!.First(g => (string?)g["id"] == Helpdesk)["members"]!).Add(Pilot));
        Assert.Equal(9, (await client.GetAsync($"/v1.0/groups/{Pilot}/transitiveMembers"))["value"]!.Count());
        Assert.Equal(4, (await client.GetAsync($"/v1.0/users/{Lee}/transitiveMemberOf"))["value"]!.Count());
    }

    [Fact]
    public async Task The_number_of_members_needs_the_index()
    {
        Assert.Equal(400, (await _client.FailAsync("GET", $"/v1.0/groups/{Pilot}/transitiveMembers/$count")).Status);
        Assert.Equal("8", await (await _client.SendAsync("GET", $"/v1.0/groups/{Pilot}/transitiveMembers/$count", null, ("ConsistencyLevel", "eventual"))).Content.ReadAsStringAsync());
        Assert.Equal(1, (int)(await _client.GetAsync("/v1.0/users?$count=true&$top=1&$filter=accountEnabled eq false"))["@odata.count"]!);
    }

    [Fact]
    public async Task A_member_is_added_and_removed_and_the_log_tells()
    {
        var reference = $$"""{ "@odata.id": "https://graph.microsoft.com/v1.0/directoryObjects/{{Lee}}" }""";
        Assert.Equal(204, (int)(await _client.SendAsync("POST", $"/v1.0/groups/{Pilot}/members/$ref", reference)).StatusCode);
        Assert.Contains("already exist", (await _client.FailAsync("POST", $"/v1.0/groups/{Pilot}/members/$ref", reference)).Message, StringComparison.Ordinal);
        Assert.Contains(Pilot, (await _client.GetAsync($"/v1.0/users/{Lee}/memberOf"))["value"]!.Select(g => (string)g["id"]!));
        Assert.Equal(204, (int)(await _client.SendAsync("DELETE", $"/v1.0/groups/{Pilot}/members/{Lee}/$ref")).StatusCode);
        Assert.Equal((404, "Request_ResourceNotFound"), await _client.FailAsync("DELETE", $"/v1.0/groups/{Pilot}/members/{Lee}/$ref") is var e ? (e.Status, e.Code) : default);
        Assert.Equal(["Remove member from group", "Add member to group", "Add Passkey (device-bound)"], (await _client.GetAsync("/v1.0/auditLogs/directoryAudits"))["value"]!.Select(a => (string)a["activityDisplayName"]!));
    }

    [Fact]
    public async Task Twenty_members_at_once_or_none()
    {
        string Body(params string[] ids) => new JObject { ["members@odata.bind"] = new JArray(ids.Select(i => $"https://graph.microsoft.com/v1.0/users/{i}")) }.ToString();
        var before = _client.Tenant.ToJson();
        Assert.Equal(404, (await _client.FailAsync("PATCH", $"/v1.0/groups/{Helpdesk}", Body(Tomas, Nobody))).Status);
        Assert.Equal(400, (await _client.FailAsync("PATCH", $"/v1.0/groups/{Helpdesk}", Body(Tomas, Tomas))).Status);
        Assert.Equal(400, (await _client.FailAsync("PATCH", $"/v1.0/groups/{Helpdesk}", Body([.. Enumerable.Repeat(Tomas, 21)]))).Status);
        Assert.Equal(501, (await _client.FailAsync("PATCH", $"/v1.0/groups/{Helpdesk}", """{ "displayName": "X" }""")).Status);
        Assert.Equal(before, _client.Tenant.ToJson());
        Assert.Equal(204, (int)(await _client.SendAsync("PATCH", $"/v1.0/groups/{Helpdesk}", Body(Tomas, Pradeep))).StatusCode);
        Assert.Equal(5, (await _client.GetAsync($"/v1.0/groups/{Helpdesk}/members"))["value"]!.Count());
    }

    [Fact]
    public async Task No_group_in_itself_nor_in_one_that_can_have_a_role()
    {
        using var client = Client(root => root["groups"]!.First(g => (string?)g["id"] == Helpdesk)["isAssignableToRole"] = true);
        Assert.Equal(400, (await client.FailAsync("POST", $"/v1.0/groups/{Pilot}/members/$ref", $$"""{ "@odata.id": "https://graph.microsoft.com/v1.0/groups/{{Pilot}}" }""")).Status);
        Assert.Equal(400, (await client.FailAsync("POST", $"/v1.0/groups/{Helpdesk}/members/$ref", $$"""{ "@odata.id": "https://graph.microsoft.com/v1.0/groups/{{Pilot}}" }""")).Status);
    }

    [Fact]
    public async Task A_page_goes_on_when_everything_before_it_is_gone()
    {
        var page = await _client.GetAsync($"/v1.0/groups/{Pilot}/members?$top=2");
        foreach (var member in page["value"]!) Assert.Equal(204, (int)(await _client.SendAsync("DELETE", $"/v1.0/groups/{Pilot}/members/{member["id"]}/$ref")).StatusCode);
        Assert.Equal(2, (await _client.GetAsync((string)page["@odata.nextLink"]!))["value"]!.Count());
    }

    [Fact]
    public async Task Who_is_in_a_dynamic_group_is_not_for_anybody_to_say() =>
        Assert.Equal((403, "Authorization_RequestDenied"), await _client.FailAsync("POST", $"/v1.0/groups/{Employees}/members/$ref", $$"""{ "@odata.id": "https://graph.microsoft.com/v1.0/users/{{Lee}}" }""") is var e ? (e.Status, e.Code) : default);

    [Fact]
    public async Task Objects_of_several_kinds_by_id()
    {
        var response = await _client.SendAsync("POST", "/v1.0/directoryObjects/getByIds?$select=id,displayName", $$"""{ "ids": [ "{{Lee}}", "{{Pilot}}", "{{Nobody}}" ], "types": [ "user", "group" ] }""");
        var found = JObject.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(["#microsoft.graph.user", "#microsoft.graph.group"], found["value"]!.Select(o => (string)o["@odata.type"]!));
        Assert.Equal(["Lee Robbins", "Passkey pilot"], SandboxClient.Names(found));
        Assert.Equal(400, (await _client.FailAsync("POST", "/v1.0/directoryObjects/getByIds", """{ "ids": [] }""")).Status);
    }

    public void Dispose() => _client.Dispose();
}
