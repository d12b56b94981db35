using System;
using System.Collections.Generic;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Core.Tests.Rules;

public sealed class AttestationWithSyncedRuleTests
{
    private static readonly Dictionary<string, Action<RuleFacts>> Cases = new()
    {
        ["as it should be"] = _ => { },
        ["both"] = f => f.Profile("strict", "deviceBound,synced", isAttested: true),
        ["synced alone, attested"] = f => f.Profile("strict", "synced", isAttested: true),
        ["two of them"] = f => f.Profile("strict", "synced", isAttested: true).Profile("synced", "deviceBound,synced", isAttested: true),
        ["in use by nobody"] = f => f.Profile("spare", "synced", isAttested: true),
        ["near: attestation on one, synced on another"] = f => f.Profile("synced", "deviceBound,synced"),
        ["near: a new attestation, device-bound"] = f => f.Says("strict", "attestationEnforcement", "somethingNew"),
        ["a new attestation, synced"] = f => f.Says("synced", "attestationEnforcement", "somethingNew"),
        ["attested, types not said"] = f => f.Says("strict", "passkeyTypes", JValue.CreateNull()),
        ["near: not attested, types not said"] = f => f.Says("default", "passkeyTypes", JValue.CreateNull()),
        ["profiles named and not listed"] = f => f.Lacks("passkeyProfiles"),
        ["a file"] = f => f.Profile("strict", "synced", isAttested: true).IsFile = true,
        ["not enrolled, attested"] = f => f.IsNotEnrolled().Policy["isAttestationEnforced"] = true,
    };

    [Theory]
    [InlineData("as it should be", "Pass", "")]
    [InlineData("both", "Fail", "strict")]
    [InlineData("synced alone, attested", "Fail", "strict")]
    [InlineData("two of them", "Fail, Fail", "strict, synced")]
    [InlineData("in use by nobody", "Fail", "spare")]
    [InlineData("near: attestation on one, synced on another", "Pass", "")]
    [InlineData("near: a new attestation, device-bound", "Pass", "")]
    [InlineData("a new attestation, synced", "Unknown", "")]
    [InlineData("attested, types not said", "Unknown", "")]
    [InlineData("near: not attested, types not said", "Pass", "")]
    [InlineData("profiles named and not listed", "Unknown", "")]
    [InlineData("a file", "Fail", "strict")]
    [InlineData("not enrolled, attested", "Pass", "")]
    public void A_tenant(string state, string outcomes, string subjects)
    {
        var facts = RuleFacts.Good();
        Cases[state](facts);
        Assert.Equal((outcomes, subjects), facts.Judge("PK101"));
    }

    [Fact]
    public void The_command_takes_synced_out_of_the_profile_by_its_id() =>
        Assert.Equal($"'strict' allows synced passkeys and enforces attestation, which they do not have: nobody can register one through it. > Set-PasskeyProfile -ProfileId '{RuleFacts.Id("strict")}' -TargetType DeviceBound -WhatIf", RuleFacts.Good().Profile("strict", "deviceBound,synced", isAttested: true).Said("PK101"));

    [Fact]
    public void One_profile_is_one() => Assert.Equal("1 profile looked at.", RuleFacts.Good().IsNotEnrolled().Said("PK101"));
}
