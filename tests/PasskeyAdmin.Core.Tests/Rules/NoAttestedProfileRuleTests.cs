using System;
using System.Collections.Generic;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Core.Tests.Rules;

public sealed class NoAttestedProfileRuleTests
{
    private static readonly Dictionary<string, Action<RuleFacts>> Cases = new()
    {
        ["as it should be"] = _ => { },
        ["none"] = f => f.Profile("strict", "deviceBound"),
        ["in use by nobody"] = f => f.Without("admins"),
        ["its target is deleted"] = f => f.IsDeleted("admins"),
        ["near: one of two targets is deleted"] = f => f.IsDeleted("gone").Target("gone", "strict"),
        ["near: a new attestation beside it"] = f => f.Says("default", "attestationEnforcement", "somethingNew"),
        ["a new attestation"] = f => f.Says("strict", "attestationEnforcement", "somethingNew"),
        ["near: a new attestation in a profile that nobody has"] = f => f.Profile("strict", "deviceBound").Profile("spare", "deviceBound").Says("spare", "attestationEnforcement", "somethingNew"),
        ["no list of targets"] = f => f.Lacks("includeTargets"),
        ["a target does not say its profiles"] = f => f.IsSilent("admins"),
        ["profiles named and not listed"] = f => f.Lacks("passkeyProfiles"),
        ["a file"] = f => f.Profile("strict", "deviceBound").IsFile = true,
        ["not enrolled"] = f => f.IsNotEnrolled(),
        ["not enrolled, attested"] = f => f.IsNotEnrolled().Policy["isAttestationEnforced"] = true,
        ["not enrolled, not said"] = f => f.IsNotEnrolled().Lacks("isAttestationEnforced"),
    };

    [Theory]
    [InlineData("as it should be", "Pass", "")]
    [InlineData("none", "Fail", "")]
    [InlineData("in use by nobody", "Fail", "")]
    [InlineData("its target is deleted", "Fail", "")]
    [InlineData("near: one of two targets is deleted", "Pass", "")]
    [InlineData("near: a new attestation beside it", "Pass", "")]
    [InlineData("a new attestation", "Unknown", "")]
    [InlineData("near: a new attestation in a profile that nobody has", "Fail", "")]
    [InlineData("no list of targets", "Unknown", "")]
    [InlineData("a target does not say its profiles", "Unknown", "")]
    [InlineData("profiles named and not listed", "Unknown", "")]
    [InlineData("a file", "Fail", "")]
    [InlineData("not enrolled", "Fail", "")]
    [InlineData("not enrolled, attested", "Pass", "")]
    [InlineData("not enrolled, not said", "Unknown", "")]
    public void A_tenant(string state, string outcomes, string subjects)
    {
        var facts = RuleFacts.Good();
        Cases[state](facts);
        Assert.Equal((outcomes, subjects), facts.Judge("PK403"));
    }

    [Fact]
    public void The_command_makes_one_from_a_template_that_there_is()
    {
        Assert.Equal("No profile in use enforces attestation. > New-PasskeyProfile 'High security' -Template HighSecurity -Group '<group>' -WhatIf", RuleFacts.Good().Profile("strict", "deviceBound").Said("PK403"));
        Assert.Contains(ProfileTemplates.LoadBuiltIn(ProviderCatalog.LoadBuiltIn()), t => t.Name == "HighSecurity");
    }

    [Fact]
    public void Without_profiles_none_can_be_made() => Assert.Equal("No profile in use enforces attestation.", RuleFacts.Good().IsNotEnrolled().Said("PK403"));
}
