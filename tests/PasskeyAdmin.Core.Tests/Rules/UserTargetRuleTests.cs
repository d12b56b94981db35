using System;
using System.Collections.Generic;

namespace PasskeyAdmin.Core.Tests.Rules;

public sealed class UserTargetRuleTests
{
    private static readonly Dictionary<string, Action<RuleFacts>> Cases = new()
    {
        ["as it should be"] = _ => { },
        ["a user is targeted"] = f => f.UserTarget("bob", "strict"),
        ["a user is excluded"] = f => f.Exclude("bob", "user"),
        ["both"] = f => f.UserTarget("bob", "strict").Exclude("eve", "user"),
        ["near: all users, by the word of old policies"] = f => f.UserTarget("all_users", "default"),
        ["near: a group of one"] = f => f.Person("bob", [], [], ["bobs"]).Target("bobs", "strict"),
        ["a kind that is new"] = f => f.Targets[0]["targetType"] = "administrativeUnit",
        ["a kind that is not said"] = f => f.Targets[0]["targetType"] = null,
        ["an exclusion of a kind that is new"] = f => f.Exclude("leavers", "administrativeUnit"),
        ["no list of targets"] = f => f.Lacks("includeTargets"),
        ["no list of exclusions, and a user"] = f => f.Lacks("excludeTargets").UserTarget("bob", "strict"),
        ["a file"] = f => f.UserTarget("bob", "strict").IsFile = true,
        ["not enrolled"] = f => f.IsNotEnrolled().UserTarget("bob"),
    };

    [Theory]
    [InlineData("as it should be", "Pass", "")]
    [InlineData("a user is targeted", "Fail", "bob")]
    [InlineData("a user is excluded", "Fail", "bob")]
    [InlineData("both", "Fail, Fail", "bob, eve")]
    [InlineData("near: all users, by the word of old policies", "Pass", "")]
    [InlineData("near: a group of one", "Pass", "")]
    [InlineData("a kind that is new", "Unknown", "")]
    [InlineData("a kind that is not said", "Unknown", "")]
    [InlineData("an exclusion of a kind that is new", "Unknown", "")]
    [InlineData("no list of targets", "Unknown", "")]
    [InlineData("no list of exclusions, and a user", "Unknown, Fail", "bob")]
    [InlineData("a file", "Fail", "bob")]
    [InlineData("not enrolled", "Fail", "bob")]
    public void A_tenant(string state, string outcomes, string subjects)
    {
        var facts = RuleFacts.Good();
        Cases[state](facts);
        Assert.Equal((outcomes, subjects), facts.Judge("PK109"));
    }

    [Fact]
    public void The_command_shows_what_the_user_may_do() =>
        Assert.Equal($"bob is targeted as a user, for 'strict'. > Get-PasskeyEffectivePolicy '{RuleFacts.Id("bob")}'", RuleFacts.Good().UserTarget("bob", "strict").Said("PK109"));

    [Fact]
    public void A_target_without_profiles_is_for_none() =>
        Assert.StartsWith("bob is targeted as a user. >", RuleFacts.Good().UserTarget("bob", "strict").IsSilent("bob").Said("PK109"), StringComparison.Ordinal);

    [Fact]
    public void An_exclusion_has_the_same_command() =>
        Assert.Equal($"bob is excluded as a user. > Get-PasskeyEffectivePolicy '{RuleFacts.Id("bob")}'", RuleFacts.Good().Exclude("bob", "user").Said("PK109"));
}
