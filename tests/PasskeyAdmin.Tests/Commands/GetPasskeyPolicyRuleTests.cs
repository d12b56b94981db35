using System;
using System.Linq;
using System.Management.Automation;
using PasskeyAdmin.Tests.Engine;

namespace PasskeyAdmin.Tests.Commands;

[Collection(EngineGroup.Name)]
public sealed class GetPasskeyPolicyRuleTests : IDisposable
{
    private const string Command = "PasskeyAdmin.Commands.GetPasskeyPolicyRuleCommand";

    private readonly ModuleSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Rules_are_listed_in_the_order_of_their_ids_without_a_tenant()
    {
        var ids = Ids("Get-PasskeyPolicyRule");
        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
        Assert.Equal("PK001", ids[0]);
        Assert.Equal("PK101", _session.Output("Get-PasskeyPolicyRule PK101").Single().ToString());
    }

    [Theory]
    [InlineData("pk110", "PK110")]
    [InlineData("ProfileDefeated", "PK110")]
    [InlineData("Emergency*, PK205", "PK205 PK206 PK207")]
    [InlineData("PK40? -Severity Information", "PK403 PK404")]
    [InlineData("PK40? -Severity Information, Warning", "PK401 PK402 PK403 PK404")]
    [InlineData("Nothing*", "")]
    public void Rules_are_found_by_id_and_name(string arguments, string ids) =>
        Assert.Equal(ids, string.Join(' ', Ids($"Get-PasskeyPolicyRule {arguments}")));

    [Theory]
    [InlineData("'PK101', 'EmptyTarget' | Get-PasskeyPolicyRule", "PK101 PK108")]
    [InlineData("Get-PasskeyPolicyRule PK11?, PK203 | Where-Object Id -Like '*3' | Get-PasskeyPolicyRule", "PK113 PK203")]
    [InlineData("@{ RuleId = 'PK301' }, @{ Id = 'PK302' } | ForEach-Object { [pscustomobject]$_ } | Get-PasskeyPolicyRule", "PK301 PK302")]
    [InlineData("$null = Connect-PasskeyTenant -Sandbox; Test-PasskeyPolicy -RuleId PK1?0 | Get-PasskeyPolicyRule; Disconnect-PasskeyTenant", "PK110")]
    public void The_pipeline_names_rules(string script, string ids) => Assert.Equal(ids, string.Join(' ', Ids(script)));

    [Fact]
    public void A_rule_that_there_is_not_costs_itself_only()
    {
        var result = _session.Run("'Nope', 'PK101', 'ProfileDefeat' | Get-PasskeyPolicyRule");
        Assert.Equal("PK101", Assert.Single(result.Output).ToString());
        Assert.All(result.Errors, e => Assert.Equal(($"RuleNotFound,{Command}", ErrorCategory.ObjectNotFound), (e.FullyQualifiedErrorId, e.CategoryInfo.Category)));
        Assert.Equal("There is no rule 'ProfileDefeat'. Did you mean 'ProfileDefeated'?", result.Errors[1].Exception.Message);
        Assert.Equal("Get-PasskeyPolicyRule", result.Errors[0].ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void A_pattern_that_is_none_is_an_error() =>
        Assert.Equal($"RuleIdInvalid,{Command}", _session.Run("Get-PasskeyPolicyRule '['").Error.FullyQualifiedErrorId);

    [Fact]
    public void What_needs_a_tenant_is_said()
    {
        Assert.Equal(true, _session.Output("Get-PasskeyPolicyRule PK110").Single().Get("NeedsTenant"));
        Assert.Equal(false, _session.Output("Get-PasskeyPolicyRule PK101").Single().Get("NeedsTenant"));
    }

    private string[] Ids(string script) => [.. _session.Output(script).Select(r => r.Text("Id")!)];
}
