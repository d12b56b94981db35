using System;
using System.Collections.Generic;

namespace PasskeyAdmin.Core.Tests.Rules;

public sealed class OnlyDefaultProfileRuleTests
{
    private static readonly Dictionary<string, Action<RuleFacts>> Cases = new()
    {
        ["as it should be"] = _ => { },
        ["everybody is on the default profile"] = f => Default(f).Target("all_users", "default"),
        ["and a group, too"] = f => Default(f).Target("all_users", "default").Target("staff", "default"),
        ["and a group that is deleted has another one"] = f => Default(f).Target("all_users", "default").Target("pilot", "synced").IsDeleted("pilot"),
        ["near: a group has another one"] = f => f.Target("all_users", "default"),
        ["near: groups alone"] = f => Default(f).Target("staff", "default"),
        ["near: everybody has two"] = f => Default(f).Target("all_users", "default", "synced"),
        ["nobody is targeted"] = f => Default(f),
        ["no list of targets"] = f => f.Lacks("includeTargets"),
        ["a target does not say its profiles"] = f => f.IsSilent("pilot"),
        ["the default profile is not named"] = f => Default(f).Target("all_users", "default").Lacks("defaultPasskeyProfile"),
        ["profiles named and not listed"] = f => Default(f).Target("all_users", "default").Lacks("passkeyProfiles"),
        ["a file"] = f => Default(f).Target("all_users", "default").IsFile = true,
        ["not enrolled"] = f => Default(f).Target("all_users", "default").IsNotEnrolled(),
    };

    [Theory]
    [InlineData("as it should be", "Pass", "")]
    [InlineData("everybody is on the default profile", "Fail", "")]
    [InlineData("and a group, too", "Fail", "")]
    [InlineData("and a group that is deleted has another one", "Fail", "")]
    [InlineData("near: a group has another one", "Pass", "")]
    [InlineData("near: groups alone", "Pass", "")]
    [InlineData("near: everybody has two", "Pass", "")]
    [InlineData("nobody is targeted", "NotApplicable", "")]
    [InlineData("no list of targets", "Unknown", "")]
    [InlineData("a target does not say its profiles", "Unknown", "")]
    [InlineData("the default profile is not named", "Unknown", "")]
    [InlineData("profiles named and not listed", "Fail", "")]
    [InlineData("a file", "Fail", "")]
    [InlineData("not enrolled", "NotApplicable", "")]
    public void A_tenant(string state, string outcomes, string subjects)
    {
        var facts = RuleFacts.Good();
        Cases[state](facts);
        Assert.Equal((outcomes, subjects), facts.Judge("PK404"));
    }

    [Fact]
    public void Capitals_in_an_id_make_no_other_profile()
    {
        var facts = Default(RuleFacts.Good()).Target("all_users", "default");
        facts.Policy["defaultPasskeyProfile"] = RuleFacts.Id("default").ToUpperInvariant();
        Assert.Equal("All users are on the default profile, and nobody has another one. > Get-PasskeyProfileTemplate", facts.Said("PK404"));
    }

    private static RuleFacts Default(RuleFacts facts) => facts.Without("staff").Without("admins").Without("pilot");
}
