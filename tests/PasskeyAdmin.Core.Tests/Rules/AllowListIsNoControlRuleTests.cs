using System;
using System.Collections.Generic;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Core.Tests.Rules;

public sealed class AllowListIsNoControlRuleTests
{
    private static readonly Dictionary<string, Action<RuleFacts>> Cases = new()
    {
        ["as it should be"] = _ => { },
        ["a list without attestation"] = f => f.Profile("default", "deviceBound", allow: [RuleFacts.YubiKey]),
        ["a list of synced providers"] = f => f.Profile("synced", "synced", allow: [RuleFacts.Apple]),
        ["a list of entries that are no AAGUIDs"] = f => f.Profile("default", "deviceBound", allow: ["YubiKey"]),
        ["near: an empty list is no list"] = f => f.Profile("default", "deviceBound", allow: []),
        ["near: a block list guides nobody"] = f => f.Profile("default", "deviceBound", block: [RuleFacts.YubiKey]),
        ["near: an empty block list"] = f => f.Profile("default", "deviceBound", block: []),
        ["near: a list that is not enforced"] = f => f.Profiles[0]["keyRestrictions"]!["aaGuids"] = new JArray(RuleFacts.YubiKey),
        ["a new attestation"] = f => f.Profile("default", "deviceBound", allow: [RuleFacts.YubiKey]).Says("default", "attestationEnforcement", "somethingNew"),
        ["a new kind of list"] = f => f.Says("default", "keyRestrictions", RuleFacts.List("prefer", RuleFacts.YubiKey)),
        ["near: a new kind of list, attested"] = f => f.Says("strict", "keyRestrictions", RuleFacts.List("prefer", RuleFacts.YubiKey)),
        ["profiles named and not listed"] = f => f.Lacks("passkeyProfiles"),
        ["a file"] = f => f.Profile("default", "deviceBound", allow: [RuleFacts.YubiKey]).IsFile = true,
        ["not enrolled"] = f => f.IsNotEnrolled(),
        ["not enrolled, with a list"] = f => f.IsNotEnrolled().Policy["keyRestrictions"] = RuleFacts.List("allow", RuleFacts.YubiKey),
        ["not enrolled, with a list, attested"] = f => (f.IsNotEnrolled().Policy["keyRestrictions"], f.Policy["isAttestationEnforced"]) = (RuleFacts.List("allow", RuleFacts.YubiKey), true),
    };

    [Theory]
    [InlineData("as it should be", "Pass", "")]
    [InlineData("a list without attestation", "Fail", "default")]
    [InlineData("a list of synced providers", "Fail", "synced")]
    [InlineData("a list of entries that are no AAGUIDs", "Fail", "default")]
    [InlineData("near: an empty list is no list", "Pass", "")]
    [InlineData("near: a block list guides nobody", "Pass", "")]
    [InlineData("near: an empty block list", "Pass", "")]
    [InlineData("near: a list that is not enforced", "Pass", "")]
    [InlineData("a new attestation", "Unknown", "")]
    [InlineData("a new kind of list", "Unknown", "")]
    [InlineData("near: a new kind of list, attested", "Pass", "")]
    [InlineData("profiles named and not listed", "Unknown", "")]
    [InlineData("a file", "Fail", "default")]
    [InlineData("not enrolled", "Pass", "")]
    [InlineData("not enrolled, with a list", "Fail", "Legacy settings")]
    [InlineData("not enrolled, with a list, attested", "Pass", "")]
    public void A_tenant(string state, string outcomes, string subjects)
    {
        var facts = RuleFacts.Good();
        Cases[state](facts);
        Assert.Equal((outcomes, subjects), facts.Judge("PK102"));
    }

    [Theory]
    [InlineData("deviceBound", true)]
    [InlineData("synced", false)]
    [InlineData("deviceBound,synced", false)]
    public void Attestation_is_suggested_where_it_is_possible(string types, bool isPossible)
    {
        var said = RuleFacts.Good().Profile("default", types, allow: [RuleFacts.YubiKey]).Said("PK102");
        Assert.Equal(isPossible, said.EndsWith($" > Set-PasskeyProfile -ProfileId '{RuleFacts.Id("default")}' -Attestation RegistrationOnly -WhatIf", StringComparison.Ordinal));
        Assert.Equal(!isPossible, said.Contains("Synced passkeys cannot be attested.", StringComparison.Ordinal));
    }

    [Fact]
    public void Settings_of_a_tenant_without_profiles_have_no_command()
    {
        var facts = RuleFacts.Good().IsNotEnrolled();
        facts.Policy["keyRestrictions"] = RuleFacts.List("allow", RuleFacts.YubiKey);
        Assert.Null(Assert.Single(facts.Results("PK102")).Command);
    }

    [Fact]
    public void Entries_that_are_no_AAGUIDs_are_named_as_such() =>
        Assert.StartsWith("'default' allows only 1 entry that cannot be read, and does not check it", RuleFacts.Good().Profile("default", "deviceBound", allow: ["YubiKey"]).Said("PK102"), StringComparison.Ordinal);
}
