using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Rules;

namespace PasskeyAdmin.Core.Tests.Rules;

public sealed class GuestsTargetedRuleTests
{
    private static readonly Dictionary<string, Action<RuleFacts>> Cases = new()
    {
        ["as it should be"] = _ => { },
        ["guests alone"] = f => f.Person("gus", [], [], ["partners"], isGuest: true).Person("gina", [], [], ["partners"], isGuest: true).Target("partners", "default"),
        ["guests alone, whose accounts are disabled"] = f => f.Person("gus", [], [], ["partners"], isGuest: true, isEnabled: false).Target("partners", "default"),
        ["near: guests and one of our own"] = f => f.Person("gus", [], [], ["partners"], isGuest: true).Person("gina", [], [], ["partners"], isGuest: true).Target("partners", "default").Person("ann", [], [], ["partners"]),
        ["near: guests and one of whom it is not known, and one of our own"] = f => f.Person("gus", [], [], ["partners"], isGuest: true).Person("gina", [], [], ["partners"], isGuest: true).Target("partners", "default").Person("who", [], [], ["partners"], isGuest: null).Person("ann", [], [], ["partners"]),
        ["near: nobody"] = f => f.Group("partners").Target("partners", "default"),
        ["near: all users"] = f => f.Person("gus", [], [], isGuest: true).Target("all_users", "default"),
        ["near: guests are excluded"] = f => f.Person("gus", [], [], ["partners"], isGuest: true).Exclude("partners"),
        ["near: the group was deleted"] = f => f.Target("partners", "default").IsDeleted("partners"),
        ["near: a user"] = f => f.Person("gus", [], [], isGuest: true).UserTarget("gus", "default"),
        ["guests and one of whom it is not known"] = f => f.Person("gus", [], [], ["partners"], isGuest: true).Person("gina", [], [], ["partners"], isGuest: true).Target("partners", "default").Person("who", [], [], ["partners"], isGuest: null),
        ["the group cannot be read"] = f => f.Person("gus", [], [], ["partners"], isGuest: true).Person("gina", [], [], ["partners"], isGuest: true).Target("partners", "default").IsUnreadable("partners"),
        ["guests in one, another that cannot be read"] = f => f.Person("gus", [], [], ["partners"], isGuest: true).Person("gina", [], [], ["partners"], isGuest: true).Target("partners", "default").Target("other", "default").IsUnreadable("other"),
        ["groups not read"] = f => f.Groups = Reading<RuleGroups>.NotRead("Not allowed."),
        ["users not read"] = f => f.People.Users = Reading<int>.NotRead("Not allowed."),
        ["a file"] = f => f.IsFile = true,
    };

    [Theory]
    [InlineData("as it should be", "Pass", "")]
    [InlineData("guests alone", "Fail", "partners")]
    [InlineData("guests alone, whose accounts are disabled", "Fail", "partners")]
    [InlineData("near: guests and one of our own", "Pass", "")]
    [InlineData("near: guests and one of whom it is not known, and one of our own", "Pass", "")]
    [InlineData("near: nobody", "Pass", "")]
    [InlineData("near: all users", "Pass", "")]
    [InlineData("near: guests are excluded", "Pass", "")]
    [InlineData("near: the group was deleted", "Pass", "")]
    [InlineData("near: a user", "Pass", "")]
    [InlineData("guests and one of whom it is not known", "Unknown", "")]
    [InlineData("the group cannot be read", "Unknown", "")]
    [InlineData("guests in one, another that cannot be read", "Fail, Unknown", "partners")]
    [InlineData("groups not read", "Unknown", "")]
    [InlineData("users not read", "Unknown", "")]
    [InlineData("a file", "NotApplicable", "")]
    public void A_tenant(string state, string outcomes, string subjects)
    {
        var facts = RuleFacts.Good();
        Cases[state](facts);
        Assert.Equal((outcomes, subjects), facts.Judge("PK212"));
    }

    [Fact]
    public void The_evidence_has_profiles_and_a_number()
    {
        var facts = RuleFacts.Good().Person("gus", [], [], ["partners"], isGuest: true).Target("partners", "default", "synced");
        var result = PolicyRules.Find("PK212")!.Evaluate(facts.Build()).Single();
        Assert.Equal("partners, a target of 'default' and 'synced', has 1 guest in it and nobody else.", result.Evidence);
        Assert.Equal("1 guest", result.Objects.Single().Detail);
        facts.Person("gina", [], [], ["partners"], isGuest: true).Without("partners").Target("partners");
        Assert.Equal("partners, a target, has 2 guests in it and nobody else.", facts.Evidence("PK212"));
    }
}
