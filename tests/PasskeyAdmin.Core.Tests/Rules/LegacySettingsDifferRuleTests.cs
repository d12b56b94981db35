using System;
using System.Collections.Generic;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Core.Tests.Rules;

public sealed class LegacySettingsDifferRuleTests
{
    private static readonly Dictionary<string, Action<RuleFacts>> Cases = new()
    {
        ["as it should be"] = _ => { },
        ["attestation differs"] = f => f.Policy["isAttestationEnforced"] = true,
        ["the list is enforced in one only"] = f => f.Policy["keyRestrictions"] = RuleFacts.List("allow", RuleFacts.YubiKey),
        ["another list"] = f => f.Profile("default", "deviceBound", allow: [RuleFacts.YubiKey]).Policy["keyRestrictions"] = RuleFacts.List("allow", RuleFacts.Apple),
        ["the same list, blocked and allowed"] = f => f.Profile("default", "deviceBound", allow: [RuleFacts.YubiKey]).Policy["keyRestrictions"] = RuleFacts.List("block", RuleFacts.YubiKey),
        ["near: the same list in another order"] = f => f.Profile("default", "deviceBound", allow: [RuleFacts.YubiKey, RuleFacts.Apple]).Policy["keyRestrictions"] = RuleFacts.List("allow", RuleFacts.Apple, RuleFacts.YubiKey.ToUpperInvariant()),
        ["near: different lists, neither enforced"] = f => f.Policy["keyRestrictions"]!["aaGuids"] = new JArray(RuleFacts.YubiKey),
        ["near: another profile differs"] = f => f.Profile("synced", "synced", allow: [RuleFacts.Apple]),
        ["near: attestation alone is still given, and agrees"] = f => f.Lacks("keyRestrictions"),
        ["entries that are no AAGUIDs"] = f => f.Profile("default", "deviceBound", allow: ["x"]).Policy["keyRestrictions"] = RuleFacts.List("allow", "y"),
        ["a new attestation"] = f => f.Says("default", "attestationEnforcement", "somethingNew"),
        ["a new kind of list"] = f => f.Says("default", "keyRestrictions", RuleFacts.List("prefer")),
        ["a new attestation, and another list"] = f => f.Says("default", "attestationEnforcement", "somethingNew").Policy["keyRestrictions"] = RuleFacts.List("allow", RuleFacts.YubiKey),
        ["after the end of the settings"] = f => f.Lacks("keyRestrictions").Lacks("isAttestationEnforced"),
        ["profiles named and not listed"] = f => f.Lacks("passkeyProfiles"),
        ["the default profile is not named"] = f => f.Lacks("defaultPasskeyProfile"),
        ["a file"] = f => (f.IsFile, f.Policy["isAttestationEnforced"]) = (true, true),
        ["not enrolled"] = f => f.IsNotEnrolled(),
    };

    [Theory]
    [InlineData("as it should be", "Pass", "")]
    [InlineData("attestation differs", "Fail", "default")]
    [InlineData("the list is enforced in one only", "Fail", "default")]
    [InlineData("another list", "Fail", "default")]
    [InlineData("the same list, blocked and allowed", "Fail", "default")]
    [InlineData("near: the same list in another order", "Pass", "")]
    [InlineData("near: different lists, neither enforced", "Pass", "")]
    [InlineData("near: another profile differs", "Pass", "")]
    [InlineData("near: attestation alone is still given, and agrees", "Pass", "")]
    [InlineData("entries that are no AAGUIDs", "Unknown", "")]
    [InlineData("a new attestation", "Unknown", "")]
    [InlineData("a new kind of list", "Unknown", "")]
    [InlineData("a new attestation, and another list", "Fail", "default")]
    [InlineData("after the end of the settings", "NotApplicable", "")]
    [InlineData("profiles named and not listed", "Unknown", "")]
    [InlineData("the default profile is not named", "Unknown", "")]
    [InlineData("a file", "Fail", "default")]
    [InlineData("not enrolled", "NotApplicable", "")]
    public void A_tenant(string state, string outcomes, string subjects)
    {
        var facts = RuleFacts.Good();
        Cases[state](facts);
        Assert.Equal((outcomes, subjects), facts.Judge("PK113"));
    }

    [Fact]
    public void Each_difference_is_said()
    {
        var facts = RuleFacts.Good();
        (facts.Policy["isAttestationEnforced"], facts.Policy["keyRestrictions"]) = (true, RuleFacts.List("allow", RuleFacts.YubiKey));
        Assert.Equal($"'default' and the deprecated settings differ: attestation is RegistrationOnly by the deprecated setting and Disabled by the profile and the list of AAGUIDs is another one. > Get-PasskeyProfile -ProfileId '{RuleFacts.Id("default")}' | Format-List", facts.Said("PK113"));
    }
}
