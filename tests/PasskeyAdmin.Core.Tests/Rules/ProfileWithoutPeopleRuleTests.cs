using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Rules;

namespace PasskeyAdmin.Core.Tests.Rules;

public sealed class ProfileWithoutPeopleRuleTests
{
    private static readonly Dictionary<string, Action<RuleFacts>> Cases = new()
    {
        ["as it should be"] = _ => { },
        ["no target"] = f => f.Profile("spare", "deviceBound"),
        ["a deleted target"] = f => f.IsDeleted("pilot"),
        ["an empty target"] = f => f.Profile("spare", "deviceBound").Group("empty").Target("empty", "spare"),
        ["the target is excluded"] = f => f.Exclude("pilot"),
        ["all users are excluded"] = f => f.Exclude("all_users"),
        ["all users are targeted and excluded"] = f => f.Profile("spare", "deviceBound").Target("all_users", "spare").Exclude("all_users"),
        ["near: the default profile"] = f => f.Without("staff"),
        ["near: one of two targets is empty"] = f => f.Group("empty").Target("empty", "strict"),
        ["near: one of two targets is deleted"] = f => f.IsDeleted("gone").Target("gone", "strict"),
        ["near: another group is excluded"] = f => f.Exclude("admins").Target("pilot", "strict"),
        ["near: all users"] = f => f.Without("pilot").Target("all_users", "synced"),
        ["a target that cannot be read"] = f => f.Without("pilot").Target("dark", "synced").IsUnreadable("dark"),
        ["near: one of two targets cannot be read"] = f => f.Target("dark", "synced").IsUnreadable("dark"),
        ["an exclusion that cannot be read"] = f => f.Exclude("dark").IsUnreadable("dark"),
        ["no list of targets"] = f => f.Lacks("includeTargets"),
        ["no list of exclusions"] = f => f.Lacks("excludeTargets"),
        ["a target does not say its profiles"] = f => f.IsSilent("pilot"),
        ["groups not read"] = f => f.Groups = Reading<RuleGroups>.NotRead("No rights."),
        ["profiles named and not listed"] = f => f.Lacks("passkeyProfiles"),
        ["the default profile alone"] = f => f.Profiles.Where(p => (string?)p["name"] != "default").ToList().ForEach(p => p.Remove()),
        ["a file"] = f => f.Profile("spare", "deviceBound").IsFile = true,
        ["not enrolled"] = f => f.IsNotEnrolled(),
    };

    [Theory]
    [InlineData("as it should be", "Pass", "")]
    [InlineData("no target", "Fail", "spare")]
    [InlineData("a deleted target", "Fail", "synced")]
    [InlineData("an empty target", "Fail", "spare")]
    [InlineData("the target is excluded", "Fail", "synced")]
    [InlineData("all users are excluded", "Fail, Fail", "strict, synced")]
    [InlineData("all users are targeted and excluded", "Fail, Fail, Fail", "strict, synced, spare")]
    [InlineData("near: the default profile", "Pass", "")]
    [InlineData("near: one of two targets is empty", "Pass", "")]
    [InlineData("near: one of two targets is deleted", "Pass", "")]
    [InlineData("near: another group is excluded", "Pass", "")]
    [InlineData("near: all users", "Pass", "")]
    [InlineData("a target that cannot be read", "Unknown", "")]
    [InlineData("near: one of two targets cannot be read", "Pass", "")]
    [InlineData("an exclusion that cannot be read", "Unknown, Unknown", "")]
    [InlineData("no list of targets", "Unknown, Unknown", "")]
    [InlineData("no list of exclusions", "Unknown, Unknown", "")]
    [InlineData("a target does not say its profiles", "Unknown", "")]
    [InlineData("groups not read", "Unknown", "")]
    [InlineData("profiles named and not listed", "Unknown", "")]
    [InlineData("the default profile alone", "NotApplicable", "")]
    [InlineData("a file", "NotApplicable", "")]
    [InlineData("not enrolled", "NotApplicable", "")]
    public void A_tenant(string state, string outcomes, string subjects)
    {
        var facts = RuleFacts.Good();
        Cases[state](facts);
        Assert.Equal((outcomes, subjects), facts.Judge("PK106"));
    }

    [Fact]
    public void What_no_target_uses_is_removed_by_its_id() =>
        Assert.Equal($"No target uses 'spare'. > Remove-PasskeyProfile -ProfileId '{RuleFacts.Id("spare")}' -WhatIf", RuleFacts.Good().Profile("spare", "deviceBound").Said("PK106"));

    [Fact]
    public void What_a_target_uses_cannot_be_removed_and_the_target_is_named() =>
        Assert.Equal($"'synced' reaches nobody: pilot is deleted, empty or excluded. > Get-PasskeyProfileTarget -ProfileId '{RuleFacts.Id("synced")}'", RuleFacts.Good().Exclude("pilot").Said("PK106"));

    [Fact]
    public void What_is_not_known_is_said() =>
        Assert.Contains("the policy does not say which targets use it", RuleFacts.Good().Lacks("includeTargets").Said("PK106"), StringComparison.Ordinal);
}
