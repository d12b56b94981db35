using System;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Core.Tests.Sandbox;

public sealed class BatchTests : IDisposable
{
    private const string Config = "/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/fido2";

    private readonly SandboxClient _client = new();

    [Fact]
    public async Task Each_request_has_its_answer_in_another_order()
    {
        var answers = await PostAsync("""
            { "requests": [
              { "id": "a", "method": "GET", "url": "/users?$top=2" },
              { "id": "b", "method": "get", "url": "groups/00000000-0000-4000-8000-000000000000" },
              { "id": "c", "method": "GET", "url": "/me", "headers": { "Client-Request-Id": "its own" } },
              { "id": "d", "method": "POST", "url": "/groups", "body": {} },
              { "id": "e", "method": "POST", "url": "/$batch" } ] }
            """);
        Assert.Equal(["e", "d", "c", "b", "a"], answers.Select(a => (string)a["id"]!));
        Assert.Equal([501, 405, 400, 404, 200], answers.Select(a => (int)a["status"]!));
        Assert.All(answers, a => Assert.Equal("application/json", (string?)a["headers"]!["Content-Type"]));
        Assert.All(answers, a => Assert.NotNull(a["headers"]!["request-id"]));
        Assert.Equal("of the batch", (string?)answers[3]["body"]!["error"]!["innerError"]!["client-request-id"]);
        Assert.Equal("its own", (string?)answers[2]["headers"]!["client-request-id"]);
        Assert.Equal("Request_ResourceNotFound", (string?)answers[3]["body"]!["error"]!["code"]);
        var next = (string)answers[4]["body"]!["@odata.nextLink"]!;
        Assert.StartsWith("https://graph.sandbox.invalid/v1.0/users?", next, StringComparison.Ordinal);
        Assert.Equal("Saoirse Wilke", SandboxClient.Names(await _client.GetAsync(next)).First());
    }

    [Fact]
    public async Task A_change_in_a_batch_is_made_and_answered_without_a_body()
    {
        var body = $$"""{ "@odata.type": "{{SandboxClient.Fido2Type}}", "state": "disabled" }""";
        var answers = await PostAsync($$"""
            { "requests": [
              { "id": "1", "method": "PATCH", "url": "{{Config}}", "headers": { "content-type": "application/json" }, "body": {{body}} },
              { "id": "2", "method": "GET", "url": "{{Config}}", "headers": { "Prefer": "include-unknown-enum-members" } },
              { "id": "3", "method": "PATCH", "url": "{{Config}}", "body": {{body}} } ] }
            """, "beta");
        Assert.Equal([400, 200, 204], answers.Select(a => (int)a["status"]!));
        Assert.Null(answers[2]["body"]);
        Assert.Equal("disabled", (string?)answers[1]["body"]!["state"]);
        Assert.Equal("include-unknown-enum-members", (string?)answers[1]["headers"]!["Preference-Applied"]);
        Assert.Contains("/beta/", (string)answers[1]["body"]!["@odata.context"]!, StringComparison.Ordinal);
        Assert.Contains("Content-Type", (string)answers[0]["body"]!["error"]!["message"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 400)]
    [InlineData("[]", 400)]
    [InlineData("""{ "requests": [] }""", 400)]
    [InlineData("""{ "requests": [ 1 ] }""", 400)]
    [InlineData("""{ "requests": [ { "id": 1, "method": "GET", "url": "/users" } ] }""", 400)]
    [InlineData("""{ "requests": [ { "method": "GET", "url": "/users" } ] }""", 400)]
    [InlineData("""{ "requests": [ { "id": "1", "method": "GET", "url": "/users" }, { "id": "1", "method": "GET", "url": "/users" } ] }""", 400)]
    [InlineData("""{ "requests": [ { "id": "1", "url": "/users" } ] }""", 400)]
    [InlineData("""{ "requests": [ { "id": "1", "method": "GET", "url": "https://graph.microsoft.com/v1.0/users" } ] }""", 400)]
    [InlineData("""{ "requests": [ { "id": "1", "method": "GET", "url": "/users" }, { "id": "2", "method": "GET", "url": "/users", "dependsOn": ["1"] } ] }""", 501)]
    public async Task What_is_no_batch(string body, int status) => Assert.Equal(status, (await _client.FailAsync("POST", "/v1.0/$batch", body)).Status);

    [Theory]
    [InlineData("""{ "id": "2", "url": "/users" }""")]
    [InlineData("""{ "id": "2", "method": "GET" }""")]
    [InlineData("""{ "id": "2", "method": "GET", "url": "https://graph.microsoft.com/v1.0/users" }""")]
    public async Task A_batch_that_is_refused_has_done_nothing(string item)
    {
        var before = _client.Tenant.ToJson();
        var change = $$"""{ "id": "1", "method": "PATCH", "url": "{{Config}}", "headers": { "Content-Type": "application/json" }, "body": { "@odata.type": "{{SandboxClient.Fido2Type}}", "state": "disabled" } }""";
        Assert.Equal(400, (await _client.FailAsync("POST", "/v1.0/$batch", $$"""{ "requests": [ {{change}}, {{item}} ] }""")).Status);
        Assert.Equal(before, _client.Tenant.ToJson());
    }

    [Fact]
    public async Task An_address_within_a_query_is_no_address_of_its_own()
    {
        var answer = Assert.Single(await PostAsync("""{ "requests": [ { "id": "1", "method": "GET", "url": "/groups?$filter=displayName eq 'see https://contoso.com'" } ] }"""));
        Assert.Equal(200, (int)answer["status"]!);
    }

    [Fact]
    public async Task A_body_that_is_not_JSON_is_refused_as_it_is_alone()
    {
        var answer = Assert.Single(await PostAsync($$"""{ "requests": [ { "id": "1", "method": "PATCH", "url": "{{Config}}", "headers": { "Content-Type": "text/plain" }, "body": "state" } ] }"""));
        Assert.Equal(415, (int)answer["status"]!);
    }

    [Fact]
    public async Task A_batch_says_that_it_is_JSON()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1.0/$batch");
        request.Content = new StringContent("""{ "requests": [ { "id": "1", "method": "GET", "url": "/users" } ] }""", Encoding.UTF8, "text/plain");
        Assert.Equal(415, (int)(await _client.SendAsync(request)).StatusCode);
    }

    [Theory]
    [InlineData(20, 200)]
    [InlineData(21, 400)]
    public async Task Twenty_at_most(int count, int status)
    {
        var requests = new JArray(Enumerable.Range(0, count).Select(i => new JObject { ["id"] = $"{i}", ["method"] = "GET", ["url"] = "/organization" }));
        Assert.Equal(status, (int)(await _client.SendAsync("POST", "/v1.0/$batch", new JObject { ["requests"] = requests }.ToString())).StatusCode);
    }

    public void Dispose() => _client.Dispose();

    private async Task<JArray> PostAsync(string body, string version = "v1.0")
    {
        var response = await _client.SendAsync("POST", $"/{version}/$batch", body, ("client-request-id", "of the batch"));
        Assert.Equal(200, (int)response.StatusCode);
        return (JArray)JObject.Parse(await response.Content.ReadAsStringAsync())["responses"]!;
    }
}
