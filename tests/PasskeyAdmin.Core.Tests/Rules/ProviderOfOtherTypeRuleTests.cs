using System;
using System.Collections.Generic;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Core.Tests.Rules;

public sealed class ProviderOfOtherTypeRuleTests
{
    private static readonly Dictionary<string, Action<RuleFacts>> Cases = new()
    {
        ["as it should be"] = _ => { },
        ["a synced provider in a device-bound profile"] = f => f.Profile("strict", "deviceBound", isAttested: true, allow: [RuleFacts.YubiKey, RuleFacts.Apple]),
        ["a security key in a synced profile"] = f => f.Profile("synced", "synced", allow: [RuleFacts.YubiKey]),
        ["near: both types"] = f => f.Profile("synced", "deviceBound,synced", allow: [RuleFacts.YubiKey, RuleFacts.Apple]),
        ["near: blocked"] = f => f.Profile("default", "deviceBound", block: [RuleFacts.Apple]),
        ["near: not enforced"] = f => f.Profiles[0]["keyRestrictions"]!["aaGuids"] = new JArray(RuleFacts.Apple),
        ["near: a provider of no known type"] = f => f.Profile("strict", "deviceBound", allow: ["12345678-0000-0000-0000-00000000000a"]),
        ["near: empty list"] = f => f.Profile("strict", "deviceBound", allow: []),
        ["types that are new"] = f => f.Profile("strict", "synced,hybrid", allow: [RuleFacts.YubiKey]),
        ["types not said"] = f => f.Profile("strict", "synced", allow: [RuleFacts.YubiKey]).Says("strict", "passkeyTypes", JValue.CreateNull()),
        ["near: types that are new, and the provider is of a known one"] = f => f.Profile("strict", "synced,hybrid", allow: [RuleFacts.Apple]),
        ["a new kind of list"] = f => f.Says("default", "keyRestrictions", RuleFacts.List("prefer", RuleFacts.Apple)),
        ["profiles named and not listed"] = f => f.Lacks("passkeyProfiles"),
        ["a file"] = f => f.Profile("synced", "synced", allow: [RuleFacts.YubiKey]).IsFile = true,
        ["not enrolled"] = f => f.IsNotEnrolled(),
        ["not enrolled, a synced provider"] = f => f.IsNotEnrolled().Policy["keyRestrictions"] = RuleFacts.List("allow", RuleFacts.Apple),
    };

    [Theory]
    [InlineData("as it should be", "Pass", "")]
    [InlineData("a synced provider in a device-bound profile", "Fail", "strict")]
    [InlineData("a security key in a synced profile", "Fail", "synced")]
    [InlineData("near: both types", "Pass", "")]
    [InlineData("near: blocked", "Pass", "")]
    [InlineData("near: not enforced", "Pass", "")]
    [InlineData("near: a provider of no known type", "Pass", "")]
    [InlineData("near: empty list", "Pass", "")]
    [InlineData("types that are new", "Unknown", "")]
    [InlineData("types not said", "Unknown", "")]
    [InlineData("near: types that are new, and the provider is of a known one", "Pass", "")]
    [InlineData("a new kind of list", "Unknown", "")]
    [InlineData("profiles named and not listed", "Unknown", "")]
    [InlineData("a file", "Fail", "synced")]
    [InlineData("not enrolled", "Pass", "")]
    [InlineData("not enrolled, a synced provider", "Fail", "Legacy settings")]
    public void A_tenant(string state, string outcomes, string subjects)
    {
        var facts = RuleFacts.Good();
        Cases[state](facts);
        Assert.Equal((outcomes, subjects), facts.Judge("PK105"));
    }

    [Fact]
    public void Each_provider_is_named_once_and_taken_out_by_the_command() =>
        Assert.Equal($"'strict' allows DeviceBound passkeys only, and lists 1Password, Apple Passwords, whose passkeys are Synced. > Set-PasskeyProfile -ProfileId '{RuleFacts.Id("strict")}' -RemoveProvider '1Password', 'Apple Passwords' -WhatIf",
            RuleFacts.Good().Profile("strict", "deviceBound", allow: [RuleFacts.YubiKey, RuleFacts.OnePassword, RuleFacts.Apple, "dd4ec289-e01d-41c9-bb89-70fa845d4bf2"]).Said("PK105"));

    [Fact]
    public void A_profile_without_types_allows_none() =>
        Assert.StartsWith("'strict' allows no type of passkeys, and lists 1Password,", RuleFacts.Good().Profile("strict", "", allow: [RuleFacts.OnePassword]).Said("PK105"), StringComparison.Ordinal);

    [Fact]
    public void Settings_of_a_tenant_without_profiles_have_no_command()
    {
        var facts = RuleFacts.Good().IsNotEnrolled();
        facts.Policy["keyRestrictions"] = RuleFacts.List("allow", RuleFacts.Apple);
        Assert.Null(Assert.Single(facts.Results("PK105")).Command);
    }
}
