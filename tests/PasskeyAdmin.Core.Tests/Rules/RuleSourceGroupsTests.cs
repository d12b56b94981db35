using System;
using System.Linq;
using System.Threading;
using PasskeyAdmin.Core.Tests.Graph;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Rules;
using PasskeyAdmin.Sandbox;
using PasskeyAdmin.Sandbox.Contoso;

namespace PasskeyAdmin.Core.Tests.Rules;

/// <summary>A group that was not read would look as if nobody were in it.</summary>
public sealed class RuleSourceGroupsTests
{
    private const string Finance = "Finance: approved passkeys for the ERP system";

    [Theory]
    [InlineData("enabled")]
    [InlineData("enabledForReportingButNotEnforced")]
    [InlineData("disabled")]
    public void The_groups_of_policies_are_read_that_a_rule_asks_for(string state)
    {
        var root = ContosoTenant.Create();
        var sections = new ContosoSections();
        foreach (var section in ContosoSections.Names) root[section] = sections.Make(section);
        var policy = root["conditionalAccessPolicies"]!.Single(p => (string?)p["displayName"] == Finance);
        policy["state"] = state;
        using var graph = new GraphFixture(new SandboxHandler(SandboxTenant.Parse(root.ToString())) { Now = () => new DateTimeOffset(2026, 11, 26, 8, 0, 0, TimeSpan.Zero) });
        var session = new TenantSession(new TenantFacts(TenantConnection.AccessToken, "Custom") { TenantId = "6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83", TenantName = "Contoso" }, graph.Connection, new GraphTraffic(graph.Clock, () => 0.5));
        var client = session.CreateClient(graph.Log.Add);
        var catalog = ProviderCatalog.LoadBuiltIn();
        var rule = PolicyRules.Find("PK301")!;
        var context = new RuleSource(session, client, catalog, new RuleOptions()).Read(new PasskeyPolicySource(session, client, catalog).Read(CancellationToken.None), rule.Needs, CancellationToken.None);
        Assert.Equal(RuleOutcome.Fail, rule.Evaluate(context).Single().Outcome);
        // Where nobody is asked for the strength, it is judged by what everybody has.
        Assert.Equal(state is not "disabled", context.Groups.Value.Members.IsRead((string)policy["conditions"]!["users"]!["includeGroups"]![0]!));
    }
}
