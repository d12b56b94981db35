using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Core.Tests.Rules;

public sealed class MethodOffWithRegistrationsRuleTests
{
    private static readonly Dictionary<string, Action<RuleFacts>> Cases = new()
    {
        ["as it should be"] = _ => { },
        ["off"] = f => f.Policy["state"] = "disabled",
        ["near: off, and nobody has one"] = f => { Nobody(f); f.Policy["state"] = "disabled"; },
        ["near: off, and whoever has one is disabled"] = f => { Nobody(f).Person("old", ["passKeyDeviceBound"], [], isEnabled: false); f.Policy["state"] = "disabled"; },
        ["near: off, and somebody has Windows Hello"] = f => { Nobody(f).Person("win", ["windowsHelloForBusiness"], []); f.Policy["state"] = "disabled"; },
        ["near: off, and somebody is not in the report"] = f => { Nobody(f).Person("new", null, null); f.Policy["state"] = "disabled"; },
        ["off, and whoever had one removed something since"] = f => { Nobody(f).Person("gone", ["passKeyDeviceBound"], []).People.Find(Guid.Parse(RuleFacts.Id("gone")))!.IsInDoubt = true; f.Policy["state"] = "disabled"; },
        ["off, one has one and one may have"] = f => { Nobody(f).Person("sam", ["passKeySynced"], []).Person("gone", ["passKeyDeviceBound"], []).People.Find(Guid.Parse(RuleFacts.Id("gone")))!.IsInDoubt = true; f.Policy["state"] = "disabled"; },
        ["a state that is new"] = f => f.Policy["state"] = "somethingNew",
        ["the report was not read"] = f => { f.People.Report = Reading<DateTimeOffset>.NotRead("No rights."); f.Policy["state"] = "disabled"; },
        ["near: on, and the report was not read"] = f => f.People.Report = Reading<DateTimeOffset>.NotRead("No rights."),
        ["a file"] = f => (f.IsFile, f.Policy["state"]) = (true, "disabled"),
        ["a file, on"] = f => f.IsFile = true,
        ["not enrolled"] = f => f.IsNotEnrolled().Policy["state"] = "disabled",
    };

    [Theory]
    [InlineData("as it should be", "Pass", "")]
    [InlineData("off", "Fail", "adam@contoso.com, ann@contoso.com, exit@contoso.com, pia@contoso.com")]
    [InlineData("near: off, and nobody has one", "Pass", "")]
    [InlineData("near: off, and whoever has one is disabled", "Pass", "")]
    [InlineData("near: off, and somebody has Windows Hello", "Pass", "")]
    [InlineData("near: off, and somebody is not in the report", "Pass", "")]
    [InlineData("off, and whoever had one removed something since", "Unknown", "")]
    [InlineData("off, one has one and one may have", "Fail, Unknown", "sam@contoso.com")]
    [InlineData("a state that is new", "Unknown", "")]
    [InlineData("the report was not read", "Unknown", "")]
    [InlineData("near: on, and the report was not read", "Pass", "")]
    [InlineData("a file", "NotApplicable", "")]
    [InlineData("a file, on", "Pass", "")]
    [InlineData("not enrolled", "Fail", "adam@contoso.com, ann@contoso.com, exit@contoso.com, pia@contoso.com")]
    public void A_tenant(string state, string outcomes, string subjects)
    {
        var facts = RuleFacts.Good();
        Cases[state](facts);
        Assert.Equal((outcomes, subjects), facts.Judge("PK116"));
    }

    [Fact]
    public void They_are_counted_and_the_first_named()
    {
        var facts = RuleFacts.Good();
        facts.Policy["state"] = "disabled";
        Assert.Equal("Passkeys are off, and 4 users have one that lets nobody in: adam@contoso.com, ann@contoso.com, exit@contoso.com and 1 more. > Set-PasskeyPolicy -State Enabled -WhatIf", facts.Said("PK116"));
    }

    [Fact]
    public void One_is_one()
    {
        var facts = Nobody(RuleFacts.Good()).Person("sam", ["passKeySynced"], []);
        facts.Policy["state"] = "disabled";
        Assert.StartsWith("Passkeys are off, and 1 user has one that lets nobody in: sam@contoso.com.", facts.Said("PK116"), StringComparison.Ordinal);
    }

    private static RuleFacts Nobody(RuleFacts facts)
    {
        foreach (var person in facts.People.All.ToList()) facts.People.Forget(person.Id);
        return facts;
    }
}
