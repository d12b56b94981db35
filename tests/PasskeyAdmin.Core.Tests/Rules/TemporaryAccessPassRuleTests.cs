using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Rules;

namespace PasskeyAdmin.Core.Tests.Rules;

public sealed class TemporaryAccessPassRuleTests
{
    private static readonly Dictionary<string, Action<RuleFacts>> Cases = new()
    {
        ["as it should be"] = _ => { },
        ["off"] = f => f.Pass = Pass(PolicyState.Disabled, [RuleFacts.Everybody], []),
        ["a group is excluded"] = f => f.Pass = Pass(PolicyState.Enabled, [RuleFacts.Everybody], [Group("staff")]),
        ["all users are excluded"] = f => f.Pass = Pass(PolicyState.Enabled, [RuleFacts.Everybody], [RuleFacts.Everybody]),
        ["for some only"] = f => f.Pass = Pass(PolicyState.Enabled, [Group("staff")], []),
        ["for nobody"] = f => f.Pass = Pass(PolicyState.Enabled, [], []),
        ["for a group that was deleted"] = f => f.Pass = Pass(PolicyState.Enabled, [Group("gone", TargetStatus.NotFound)], []),
        ["near: for groups that have everybody"] = f => f.Pass = Pass(PolicyState.Enabled, [Group("staff"), Group("admins")], []),
        ["near: for a group and all users"] = f => f.Pass = Pass(PolicyState.Enabled, [Group("staff"), RuleFacts.Everybody], []),
        ["near: a guest is in none of the groups"] = f => { f.Person("gus", [], [], isGuest: true); f.Pass = Pass(PolicyState.Enabled, [Group("staff"), Group("admins")], []); },
        ["near: who is disabled is in none of the groups"] = f => { f.Person("dora", [], [], isEnabled: false); f.Pass = Pass(PolicyState.Enabled, [Group("staff"), Group("admins")], []); },
        ["near: guests are excluded"] = f => { f.Person("gus", [], [], ["partners"], isGuest: true); f.Pass = Pass(PolicyState.Enabled, [RuleFacts.Everybody], [Group("partners")]); },
        ["near: who is disabled is excluded"] = f => { f.Person("dora", [], [], ["leavers"], isEnabled: false); f.Pass = Pass(PolicyState.Enabled, [RuleFacts.Everybody], [Group("leavers")]); },
        ["near: nobody is in what is excluded"] = f => { f.Group("leavers"); f.Pass = Pass(PolicyState.Enabled, [RuleFacts.Everybody], [Group("leavers")]); },
        ["near: what is excluded was deleted"] = f => f.Pass = Pass(PolicyState.Enabled, [RuleFacts.Everybody], [Group("gone", TargetStatus.NotFound)]),
        ["near: a group that cannot be read, beside all users"] = f => { f.IsUnreadable("other"); f.Pass = Pass(PolicyState.Enabled, [Group("other"), RuleFacts.Everybody], []); },
        ["who is excluded cannot be read"] = f => { f.IsUnreadable("leavers"); f.Pass = Pass(PolicyState.Enabled, [RuleFacts.Everybody], [Group("leavers")]); },
        ["who is meant cannot be read"] = f => { f.IsUnreadable("other"); f.Pass = Pass(PolicyState.Enabled, [Group("other")], []); },
        ["one exclusion shuts out, another cannot be read"] = f => { f.IsUnreadable("leavers"); f.Pass = Pass(PolicyState.Enabled, [RuleFacts.Everybody], [Group("staff"), Group("leavers")]); },
        ["targets not given"] = f => f.Pass = Pass(PolicyState.Enabled, null, []),
        ["exclusions not given"] = f => f.Pass = Pass(PolicyState.Enabled, [RuleFacts.Everybody], null),
        ["a state that is not known"] = f => f.Pass = Pass(PolicyState.Unknown, [RuleFacts.Everybody], []),
        ["the pass not read"] = f => f.Pass = Reading<TemporaryAccessPassSettings>.NotRead("Not allowed."),
        ["groups not read"] = f => f.Groups = Reading<RuleGroups>.NotRead("Not allowed."),
        ["users not read"] = f => f.People.Users = Reading<int>.NotRead("Not allowed."),
        ["a file"] = f => f.IsFile = true,
    };

    [Theory]
    [InlineData("as it should be", "Pass", "")]
    [InlineData("off", "Fail", "")]
    [InlineData("a group is excluded", "Fail", "staff")]
    [InlineData("all users are excluded", "Fail", "")]
    [InlineData("for some only", "Fail", "")]
    [InlineData("for nobody", "Fail", "")]
    [InlineData("for a group that was deleted", "Fail", "")]
    [InlineData("near: for groups that have everybody", "Pass", "")]
    [InlineData("near: for a group and all users", "Pass", "")]
    [InlineData("near: a guest is in none of the groups", "Pass", "")]
    [InlineData("near: who is disabled is in none of the groups", "Pass", "")]
    [InlineData("near: guests are excluded", "Pass", "")]
    [InlineData("near: who is disabled is excluded", "Pass", "")]
    [InlineData("near: nobody is in what is excluded", "Pass", "")]
    [InlineData("near: what is excluded was deleted", "Pass", "")]
    [InlineData("near: a group that cannot be read, beside all users", "Pass", "")]
    [InlineData("who is excluded cannot be read", "Unknown", "")]
    [InlineData("who is meant cannot be read", "Unknown", "")]
    [InlineData("one exclusion shuts out, another cannot be read", "Fail, Unknown", "staff")]
    [InlineData("targets not given", "Unknown", "")]
    [InlineData("exclusions not given", "Unknown", "")]
    [InlineData("a state that is not known", "Unknown", "")]
    [InlineData("the pass not read", "Unknown", "")]
    [InlineData("groups not read", "Unknown", "")]
    [InlineData("users not read", "Unknown", "")]
    [InlineData("a file", "NotApplicable", "")]
    public void A_tenant(string state, string outcomes, string subjects)
    {
        var facts = RuleFacts.Good();
        Cases[state](facts);
        Assert.Equal((outcomes, subjects), facts.Judge("PK214"));
    }

    [Fact]
    public void The_evidence_counts()
    {
        var facts = RuleFacts.Good();
        facts.Pass = Pass(PolicyState.Enabled, [Group("staff")], [Group("admins")]);
        Assert.Equal("admins is excluded from passes: 2 users cannot be let in again after losing a passkey.\nPasses are for staff only: 2 users are in none of these, such as adam@contoso.com.", facts.Evidence("PK214"));
        Assert.Equal("2 users", PolicyRules.Find("PK214")!.Evaluate(facts.Build())[0].Objects.Single().Detail);
        facts.Pass = Pass(PolicyState.Enabled, [], []);
        Assert.Equal("Passes are on, and for nobody.", facts.Evidence("PK214"));
    }

    private static Reading<TemporaryAccessPassSettings> Pass(PolicyState state, IReadOnlyList<MethodTarget>? targets, IReadOnlyList<MethodTarget>? exclusions) =>
        Reading<TemporaryAccessPassSettings>.Of(new TemporaryAccessPassSettings(new MethodConfiguration(state) { Targets = targets, Exclusions = exclusions }));

    private static MethodTarget Group(string name, TargetStatus status = TargetStatus.Found) => new(RuleFacts.Id(name), TargetKind.Group, status, name);
}
