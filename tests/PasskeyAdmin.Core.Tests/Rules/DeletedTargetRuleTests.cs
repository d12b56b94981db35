using System;
using System.Collections.Generic;
using PasskeyAdmin.Rules;

namespace PasskeyAdmin.Core.Tests.Rules;

public sealed class DeletedTargetRuleTests
{
    private static readonly Dictionary<string, Action<RuleFacts>> Cases = new()
    {
        ["as it should be"] = _ => { },
        ["a deleted target"] = f => f.IsDeleted("pilot"),
        ["a deleted exclusion"] = f => f.Exclude("leavers").IsDeleted("leavers"),
        ["both, and a user"] = f => f.IsDeleted("pilot").Exclude("leavers").IsDeleted("leavers").UserTarget("bob", "strict").IsDeleted("bob"),
        ["near: an empty group"] = f => f.Group("empty").Target("empty", "strict"),
        ["near: all users"] = f => f.Target("all_users", "default").Exclude("all_users"),
        ["a group that could not be asked for"] = f => f.IsUnchecked("pilot"),
        ["one deleted, one that could not be asked for"] = f => f.IsDeleted("admins").IsUnchecked("pilot"),
        ["groups not read"] = f => f.Groups = Reading<RuleGroups>.NotRead("No rights."),
        ["no list of targets"] = f => f.Lacks("includeTargets"),
        ["no list of exclusions"] = f => f.Lacks("excludeTargets"),
        ["a file"] = f => f.IsDeleted("pilot").IsFile = true,
        ["not enrolled"] = f => f.IsNotEnrolled().IsDeleted("pilot"),
    };

    [Theory]
    [InlineData("as it should be", "Pass", "")]
    [InlineData("a deleted target", "Fail", "pilot")]
    [InlineData("a deleted exclusion", "Fail", "leavers")]
    [InlineData("both, and a user", "Fail, Fail, Fail", "pilot, bob, leavers")]
    [InlineData("near: an empty group", "Pass", "")]
    [InlineData("near: all users", "Pass", "")]
    [InlineData("a group that could not be asked for", "Unknown", "")]
    [InlineData("one deleted, one that could not be asked for", "Fail, Unknown", "admins")]
    [InlineData("groups not read", "Unknown", "")]
    [InlineData("no list of targets", "Unknown", "")]
    [InlineData("no list of exclusions", "Unknown", "")]
    [InlineData("a file", "NotApplicable", "")]
    [InlineData("not enrolled", "Fail", "pilot")]
    public void A_tenant(string state, string outcomes, string subjects)
    {
        var facts = RuleFacts.Good();
        Cases[state](facts);
        Assert.Equal((outcomes, subjects), facts.Judge("PK107"));
    }

    [Fact]
    public void A_target_is_named_with_its_profiles_and_taken_out() =>
        Assert.Equal($"The target pilot of 'synced' and 'strict' reaches nobody. > Remove-PasskeyProfileTarget -Group '{RuleFacts.Id("pilot")}' -WhatIf", RuleFacts.Good().Without("pilot").Target("pilot", "synced", "strict").IsDeleted("pilot").Said("PK107"));

    [Fact]
    public void An_exclusion_is_taken_out_by_another_command() =>
        Assert.Equal($"The exclusion leavers shuts out nobody. > Set-PasskeyPolicy -RemoveExcludedGroup '{RuleFacts.Id("leavers")}' -WhatIf", RuleFacts.Good().Exclude("leavers").IsDeleted("leavers").Said("PK107"));

    [Fact]
    public void A_target_without_profiles_is_not_one_of_any() =>
        Assert.StartsWith("The target pilot reaches nobody.", RuleFacts.Good().IsSilent("pilot").IsDeleted("pilot").Said("PK107"), StringComparison.Ordinal);
}
