using System;
using System.Collections.Generic;
using PasskeyAdmin.Rules;

namespace PasskeyAdmin.Core.Tests.Rules;

public sealed class EmptyTargetRuleTests
{
    private static readonly Dictionary<string, Action<RuleFacts>> Cases = new()
    {
        ["as it should be"] = _ => { },
        ["an empty group"] = f => f.Group("empty").Target("empty", "strict"),
        ["two of them"] = f => f.Group("empty").Target("empty", "strict").Group("void").Target("void", "default"),
        ["near: an empty group that is excluded"] = f => f.Group("empty").Exclude("empty"),
        ["near: a deleted group"] = f => f.Group("gone").Target("gone", "strict").IsDeleted("gone"),
        ["near: all users"] = f => f.Target("all_users", "default"),
        ["near: everybody in it is excluded"] = f => f.Exclude("pilot"),
        ["near: everybody in it is disabled"] = f => f.Person("old", [], [], ["left"], isEnabled: false).Target("left", "strict"),
        ["near: a user"] = f => f.UserTarget("bob", "strict"),
        ["a group that cannot be read"] = f => f.Target("dark", "strict").IsUnreadable("dark"),
        ["one empty, one that cannot be read"] = f => f.Group("empty").Target("empty", "strict").Target("dark", "strict").IsUnreadable("dark"),
        ["a kind that is new"] = f => f.Targets[0]["targetType"] = "administrativeUnit",
        ["groups not read"] = f => f.Groups = Reading<RuleGroups>.NotRead("No rights."),
        ["no list of targets"] = f => f.Lacks("includeTargets"),
        ["near: no list of exclusions"] = f => f.Lacks("excludeTargets"),
        ["a file"] = f => f.Group("empty").Target("empty", "strict").IsFile = true,
        ["not enrolled"] = f => f.IsNotEnrolled().Group("empty").Target("empty"),
    };

    [Theory]
    [InlineData("as it should be", "Pass", "")]
    [InlineData("an empty group", "Fail", "empty")]
    [InlineData("two of them", "Fail, Fail", "empty, void")]
    [InlineData("near: an empty group that is excluded", "Pass", "")]
    [InlineData("near: a deleted group", "Pass", "")]
    [InlineData("near: all users", "Pass", "")]
    [InlineData("near: everybody in it is excluded", "Pass", "")]
    [InlineData("near: everybody in it is disabled", "Pass", "")]
    [InlineData("near: a user", "Pass", "")]
    [InlineData("a group that cannot be read", "Unknown", "")]
    [InlineData("one empty, one that cannot be read", "Fail, Unknown", "empty")]
    [InlineData("a kind that is new", "Pass", "")]
    [InlineData("groups not read", "Unknown", "")]
    [InlineData("no list of targets", "Unknown", "")]
    [InlineData("near: no list of exclusions", "Pass", "")]
    [InlineData("a file", "NotApplicable", "")]
    [InlineData("not enrolled", "Fail", "empty")]
    public void A_tenant(string state, string outcomes, string subjects)
    {
        var facts = RuleFacts.Good();
        Cases[state](facts);
        Assert.Equal((outcomes, subjects), facts.Judge("PK108"));
    }

    [Fact]
    public void The_group_is_named_with_its_profiles_and_taken_out() =>
        Assert.Equal($"Nobody is in empty, a target of 'strict'. > Remove-PasskeyProfileTarget -Group '{RuleFacts.Id("empty")}' -WhatIf", RuleFacts.Good().Group("empty").Target("empty", "strict").Said("PK108"));

    [Fact]
    public void A_target_without_profiles_is_not_one_of_any() =>
        Assert.StartsWith("Nobody is in empty. >", RuleFacts.Good().Group("empty").Target("empty", "strict").IsSilent("empty").Said("PK108"), StringComparison.Ordinal);

    [Fact]
    public void Why_a_group_could_not_be_read_is_said() =>
        Assert.Equal("Who is in dark could not be read. Not allowed.", RuleFacts.Good().Target("dark", "strict").IsUnreadable("dark").Said("PK108"));
}
