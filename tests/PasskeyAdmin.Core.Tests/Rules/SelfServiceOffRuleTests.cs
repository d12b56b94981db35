using System;
using System.Collections.Generic;

namespace PasskeyAdmin.Core.Tests.Rules;

public sealed class SelfServiceOffRuleTests
{
    private static readonly Dictionary<string, Action<RuleFacts>> Cases = new()
    {
        ["as it should be"] = _ => { },
        ["off"] = f => f.Policy["isSelfServiceRegistrationAllowed"] = false,
        ["near: off, and passkeys are off"] = f => (f.Policy["isSelfServiceRegistrationAllowed"], f.Policy["state"]) = (false, "disabled"),
        ["off, in a state that is new"] = f => (f.Policy["isSelfServiceRegistrationAllowed"], f.Policy["state"]) = (false, "somethingNew"),
        ["not said"] = f => f.Lacks("isSelfServiceRegistrationAllowed"),
        ["near: profiles named and not listed"] = f => f.Lacks("passkeyProfiles"),
        ["a file"] = f => (f.IsFile, f.Policy["isSelfServiceRegistrationAllowed"]) = (true, false),
        ["not enrolled"] = f => f.IsNotEnrolled().Policy["isSelfServiceRegistrationAllowed"] = false,
    };

    [Theory]
    [InlineData("as it should be", "Pass", "")]
    [InlineData("off", "Fail", "")]
    [InlineData("near: off, and passkeys are off", "NotApplicable", "")]
    [InlineData("off, in a state that is new", "Fail", "")]
    [InlineData("not said", "Unknown", "")]
    [InlineData("near: profiles named and not listed", "Pass", "")]
    [InlineData("a file", "Fail", "")]
    [InlineData("not enrolled", "Fail", "")]
    public void A_tenant(string state, string outcomes, string subjects)
    {
        var facts = RuleFacts.Good();
        Cases[state](facts);
        Assert.Equal((outcomes, subjects), facts.Judge("PK115"));
    }

    [Fact]
    public void The_command_switches_it_on()
    {
        var facts = RuleFacts.Good();
        facts.Policy["isSelfServiceRegistrationAllowed"] = false;
        Assert.Equal("It is off: nobody can register a passkey. > Set-PasskeyPolicy -SelfServiceRegistration $true -WhatIf", facts.Said("PK115"));
    }
}
