using System;
using System.Collections.Generic;
using PasskeyAdmin.Rules;

namespace PasskeyAdmin.Core.Tests.Rules;

public sealed class ExclusionOfTargetedRuleTests
{
    private static readonly Dictionary<string, Action<RuleFacts>> Cases = new()
    {
        ["as it should be"] = _ => { },
        ["somebody is in both"] = f => f.Person("eve", [], [], ["staff", "leavers"]).Exclude("leavers"),
        ["the same group"] = f => f.Exclude("pilot"),
        ["two exclusions"] = f => f.Exclude("pilot").Exclude("admins"),
        ["a user who is targeted"] = f => f.Person("bob", [], [], ["bob", "leavers"]).UserTarget("bob", "strict").Exclude("leavers"),
        ["a user who is excluded"] = f => f.Person("bob", [], [], ["bob", "staff"]).Exclude("bob", "user"),
        ["all users"] = f => f.Exclude("all_users"),
        ["near: only one of all users"] = f => f.Person("eve", [], [], ["leavers"]).Target("all_users", "default").Exclude("leavers"),
        ["near: disabled"] = f => f.Person("eve", [], [], ["staff", "leavers"], isEnabled: false).Exclude("leavers"),
        ["near: the exclusion is deleted"] = f => f.Person("eve", [], [], ["staff", "leavers"]).Exclude("leavers").IsDeleted("leavers"),
        ["near: the target is deleted"] = f => f.Person("eve", [], [], ["old", "leavers"]).Target("old", "strict").IsDeleted("old").Exclude("leavers"),
        ["near: an empty exclusion"] = f => f.Group("leavers").Exclude("leavers"),
        ["near: an empty exclusion, and a target that cannot be read"] = f => f.Group("leavers").Exclude("leavers").IsUnreadable("staff"),
        ["an exclusion that cannot be read"] = f => f.Exclude("leavers").IsUnreadable("leavers"),
        ["an exclusion of a kind that is new"] = f => f.Exclude("leavers", "administrativeUnit"),
        ["a target that cannot be read"] = f => f.Person("eve", [], [], ["leavers"]).Person("joe", [], [], ["others"]).Exclude("leavers").Exclude("others").IsUnreadable("staff"),
        ["a target of a kind that is new"] = f => f.Person("eve", [], [], ["leavers"]).Exclude("leavers").Target("units", "strict").Targets.Last!["targetType"] = "administrativeUnit",
        ["one found, and a target that cannot be read"] = f => f.Exclude("pilot").IsUnreadable("admins"),
        ["no list of exclusions"] = f => f.Lacks("excludeTargets"),
        ["no list of targets"] = f => f.Exclude("pilot").Lacks("includeTargets"),
        ["near: no list of targets, and nobody is excluded"] = f => f.Lacks("includeTargets"),
        ["near: groups not read, and nobody is excluded"] = f => f.Groups = Reading<RuleGroups>.NotRead("No rights."),
        ["groups not read"] = f => f.Exclude("pilot").Groups = Reading<RuleGroups>.NotRead("No rights."),
        ["users not read"] = f => f.Exclude("pilot").People.Users = Reading<int>.NotRead("No rights."),
        ["a file without exclusions"] = f => f.IsFile = true,
        ["a file"] = f => f.Exclude("pilot").IsFile = true,
        ["not enrolled"] = f => f.IsNotEnrolled().Exclude("pilot"),
    };

    [Theory]
    [InlineData("as it should be", "Pass", "")]
    [InlineData("somebody is in both", "Fail", "leavers, eve@contoso.com")]
    [InlineData("the same group", "Fail", "pilot, pia@contoso.com")]
    [InlineData("two exclusions", "Fail, Fail", "pilot, pia@contoso.com, admins, adam@contoso.com, exit@contoso.com")]
    [InlineData("a user who is targeted", "Fail", "leavers, bob@contoso.com")]
    [InlineData("a user who is excluded", "Fail", "bob, bob@contoso.com")]
    [InlineData("all users", "Fail", "All users")]
    [InlineData("near: only one of all users", "Pass", "")]
    [InlineData("near: disabled", "Pass", "")]
    [InlineData("near: the exclusion is deleted", "Pass", "")]
    [InlineData("near: the target is deleted", "Pass", "")]
    [InlineData("near: an empty exclusion", "Pass", "")]
    [InlineData("near: an empty exclusion, and a target that cannot be read", "Pass", "")]
    [InlineData("an exclusion that cannot be read", "Unknown", "")]
    [InlineData("an exclusion of a kind that is new", "Unknown", "")]
    [InlineData("a target that cannot be read", "Unknown", "")]
    [InlineData("a target of a kind that is new", "Unknown", "")]
    [InlineData("one found, and a target that cannot be read", "Fail, Unknown", "pilot, pia@contoso.com")]
    [InlineData("no list of exclusions", "Unknown", "")]
    [InlineData("no list of targets", "Unknown", "")]
    [InlineData("near: no list of targets, and nobody is excluded", "Pass", "")]
    [InlineData("near: groups not read, and nobody is excluded", "Pass", "")]
    [InlineData("groups not read", "Unknown", "")]
    [InlineData("users not read", "Unknown", "")]
    [InlineData("a file without exclusions", "Pass", "")]
    [InlineData("a file", "NotApplicable", "")]
    [InlineData("not enrolled", "Fail", "pilot, pia@contoso.com")]
    public void A_tenant(string state, string outcomes, string subjects)
    {
        var facts = RuleFacts.Good();
        Cases[state](facts);
        Assert.Equal((outcomes, subjects), facts.Judge("PK111"));
    }

    [Fact]
    public void Each_person_is_named_with_the_targets() =>
        Assert.Equal($"pilot is excluded, and shuts out 1 user who is targeted: pia@contoso.com (targeted by staff and pilot). > Get-PasskeyEffectivePolicy 'pia@contoso.com'", RuleFacts.Good().Exclude("pilot").Said("PK111"));

    [Fact]
    public void Several_are_counted_and_the_first_of_them_named()
    {
        var facts = RuleFacts.Good().Exclude("leavers");
        foreach (var name in new[] { "l4", "l2", "l3", "l1" }) facts.Person(name, [], [], ["staff", "leavers"]);
        Assert.StartsWith("leavers is excluded, and shuts out 4 users who are targeted: l1@contoso.com (targeted by staff), l2@contoso.com (targeted by staff), l3@contoso.com (targeted by staff) and 1 more.", facts.Said("PK111"), StringComparison.Ordinal);
    }
}
