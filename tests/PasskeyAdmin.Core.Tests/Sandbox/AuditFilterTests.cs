using System;
using System.Linq;
using System.Threading.Tasks;
using Newtonsoft.Json.Linq;
using static PasskeyAdmin.Core.Tests.Sandbox.RichTenant;

namespace PasskeyAdmin.Core.Tests.Sandbox;

/// <summary>learn.microsoft.com/graph/api/directoryaudit-list: what of the targets of an event can be asked.</summary>
public sealed class AuditFilterTests : IDisposable
{
    private readonly SandboxClient _client = Client(root => ((JArray)root["directoryAudits"]!).Add(new JObject
    {
        ["id"] = "30000000-0000-4000-8000-0000000000a1",
        ["activityDateTime"] = "2026-11-20T08:00:00Z",
        ["activityDisplayName"] = "Admin registered security info",
        ["result"] = "success",
        ["targetResources"] = new JArray(new JObject { ["id"] = Tomas, ["type"] = "User" }, new JObject { ["id"] = Lee, ["type"] = "User" }),
    }));

    [Theory]
    [InlineData($"targetResources/any(t:t/id eq '{Lee}')", 1)]
    [InlineData($"targetResources/any(x: x/id eq '{Tomas}')", 1)]
    // The event of a passkey has the name only.
    [InlineData("targetResources/any(t:t/userPrincipalName eq 'TOMAS.GRAHAM@contoso.com')", 2)]
    [InlineData($"activityDateTime ge 2026-11-01T00:00:00Z and (targetResources/any(t:t/id eq '{Tomas}') or targetResources/any(t:t/userPrincipalName eq 'tomas.graham@contoso.com'))", 2)]
    [InlineData($"targetResources/any(t:t/id eq '{Pradeep}')", 0)]
    public async Task Events_of_a_target(string filter, int count) => Assert.Equal(count, (await _client.GetAsync("/v1.0/auditLogs/directoryAudits?$filter=" + filter))["value"]!.Count());

    [Theory]
    [InlineData("targetResources/any(t:t/type eq 'User')", 501)]
    [InlineData("targetResources/any(t:s/id eq 'x')", 501)]
    [InlineData("targetResources/any(t:t/id ne 'x')", 501)]
    [InlineData("targetResources/any(t:t/id eq 'x'", 400)]
    [InlineData("targetResources/any(t:t eq 'x')", 501)]
    [InlineData("targetResources/id eq 'x'", 501)]
    public async Task What_is_not_taken(string filter, int status) => Assert.Equal(status, (await _client.FailAsync("GET", "/v1.0/auditLogs/directoryAudits?$filter=" + filter)).Status);

    public void Dispose() => _client.Dispose();
}
