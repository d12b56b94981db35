using System;
using System.Collections.Generic;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Core.Tests.Rules;

public sealed class EmptyAllowListRuleTests
{
    private static readonly Dictionary<string, Action<RuleFacts>> Cases = new()
    {
        ["as it should be"] = _ => { },
        ["an empty list"] = f => f.Profile("strict", "deviceBound", isAttested: true, allow: []),
        ["an empty list in two profiles"] = f => f.Profile("strict", "deviceBound", allow: []).Profile("synced", "synced", allow: []),
        ["near: an empty block list"] = f => f.Profile("strict", "deviceBound", isAttested: true, block: []),
        ["near: an empty list that is not enforced"] = f => f.Profile("strict", "deviceBound", isAttested: true),
        ["near: an entry that is no AAGUID"] = f => f.Profile("strict", "deviceBound", isAttested: true, allow: ["YubiKey"]),
        ["a new kind of list, empty"] = f => f.Says("strict", "keyRestrictions", RuleFacts.List("prefer")),
        ["near: a new kind of list with something in it"] = f => f.Says("strict", "keyRestrictions", RuleFacts.List("prefer", RuleFacts.YubiKey)),
        ["restrictions not said"] = f => f.Says("strict", "keyRestrictions", JValue.CreateNull()),
        ["profiles named and not listed"] = f => f.Lacks("passkeyProfiles"),
        ["a file"] = f => f.Profile("strict", "deviceBound", allow: []).IsFile = true,
        ["not enrolled"] = f => f.IsNotEnrolled(),
        ["not enrolled, empty list"] = f => f.IsNotEnrolled().Policy["keyRestrictions"] = RuleFacts.List("allow"),
        ["not enrolled, after the end of the settings"] = f => f.IsNotEnrolled().Lacks("keyRestrictions"),
    };

    [Theory]
    [InlineData("as it should be", "Pass", "")]
    [InlineData("an empty list", "Fail", "strict")]
    [InlineData("an empty list in two profiles", "Fail, Fail", "strict, synced")]
    [InlineData("near: an empty block list", "Pass", "")]
    [InlineData("near: an empty list that is not enforced", "Pass", "")]
    [InlineData("near: an entry that is no AAGUID", "Pass", "")]
    [InlineData("a new kind of list, empty", "Unknown", "")]
    [InlineData("near: a new kind of list with something in it", "Pass", "")]
    [InlineData("restrictions not said", "Unknown", "")]
    [InlineData("profiles named and not listed", "Unknown", "")]
    [InlineData("a file", "Fail", "strict")]
    [InlineData("not enrolled", "Pass", "")]
    [InlineData("not enrolled, empty list", "Fail", "Legacy settings")]
    [InlineData("not enrolled, after the end of the settings", "Unknown", "")]
    public void A_tenant(string state, string outcomes, string subjects)
    {
        var facts = RuleFacts.Good();
        Cases[state](facts);
        Assert.Equal((outcomes, subjects), facts.Judge("PK103"));
    }

    [Fact]
    public void The_command_clears_the_list_of_the_profile_by_its_id() =>
        Assert.Equal($"'strict' allows no provider at all. > Set-PasskeyProfile -ProfileId '{RuleFacts.Id("strict")}' -AddProvider '<provider>' -WhatIf", RuleFacts.Good().Profile("strict", "deviceBound", allow: []).Said("PK103"));

    [Fact]
    public void Settings_of_a_tenant_without_profiles_have_no_command()
    {
        var facts = RuleFacts.Good().IsNotEnrolled();
        facts.Policy["keyRestrictions"] = RuleFacts.List("allow");
        Assert.Equal("'Legacy settings' allows no provider at all.", facts.Said("PK103"));
    }
}
