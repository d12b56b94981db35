using System;
using System.Collections.Generic;

namespace PasskeyAdmin.Core.Tests.Rules;

public sealed class RegistrationNotAllowedRuleTests
{
    private static readonly Dictionary<string, Action<RuleFacts>> Cases = new()
    {
        ["as it should be"] = _ => { },
        ["synced, and no profile for it"] = f => f.Person("ben", ["passKeyDeviceBound"], [("synced", RuleFacts.Apple)], ["staff"]),
        ["a model that is blocked"] = f => f.Profile("default", "deviceBound", block: [RuleFacts.YubiKey]),
        ["a model that is not in the list"] = f => f.Person("ben", ["passKeyDeviceBound"], [("deviceBound", RuleFacts.OnePassword)], ["admins"]),
        ["in no target"] = f => f.Person("ben", ["passKeyDeviceBound"], [("deviceBound", RuleFacts.YubiKey)], []),
        ["excluded"] = f => f.Exclude("staff"),
        ["one of two is dead"] = f => f.Person("ben", ["passKeyDeviceBound"], [("deviceBound", RuleFacts.YubiKey), ("synced", RuleFacts.Apple)], ["staff"]),
        ["near: the account is disabled"] = f => f.Person("ben", ["passKeyDeviceBound"], [("synced", RuleFacts.Apple)], ["staff"], isEnabled: false),
        ["near: blocked in one profile, allowed in another"] = f => f.Profile("default", "deviceBound", block: [RuleFacts.YubiKey]).Person("ann", [], [("deviceBound", RuleFacts.YubiKey)], ["admins"]),
        ["near: nothing registered"] = f => f.Person("ben", ["passKeyDeviceBound"], [], []),
        ["near: attestation came later"] = f => f.Profile("default", "deviceBound", isAttested: true),
        ["near: nobody may register"] = f => f.Policy["isSelfServiceRegistrationAllowed"] = false,
        ["near: no AAGUID, and no list"] = f => f.Person("ben", ["passKeyDeviceBound"], [("deviceBound", "")], ["staff"]),
        ["near: no type, and both are let in"] = f => f.Person("ben", ["passKeyDeviceBound"], [("", RuleFacts.YubiKey)], ["staff", "pilot"]),
        ["near: a group cannot be read that decides nothing"] = f => f.IsUnreadable("pilot"),
        ["near: passkeys are off"] = f => { f.Exclude("staff"); f.Policy["state"] = "disabled"; },
        ["near: nobody has one"] = f => { foreach (var person in f.People.All) person.Passkeys = []; },
        ["no type"] = f => f.Person("ben", ["passKeyDeviceBound"], [("", RuleFacts.YubiKey)], ["staff"]),
        ["no AAGUID, and a list"] = f => f.Person("ben", ["passKeyDeviceBound"], [("deviceBound", "")], ["admins"]),
        ["a group cannot be read"] = f => f.Person("ben", [], [("deviceBound", RuleFacts.YubiKey)]).IsUnreadable("staff"),
        ["a state that is not known"] = f => f.Policy["state"] = "paused",
        ["some could not be asked"] = f => (f.People.Passkeys, f.People.WhyUnasked) = (Reading<int>.Of(3), "Too many requests."),
        ["one is dead, and some could not be asked"] = f => { f.Person("ben", [], [("synced", RuleFacts.Apple)], ["staff"]); f.People.Passkeys = Reading<int>.Of(1); },
        ["passkeys not read"] = f => f.People.Passkeys = Reading<int>.NotRead("Not allowed."),
        ["a file"] = f => f.IsFile = true,
    };

    [Theory]
    [InlineData("as it should be", "Pass", "")]
    [InlineData("synced, and no profile for it", "Fail", "ben@contoso.com")]
    [InlineData("a model that is blocked", "Fail", "ann@contoso.com")]
    [InlineData("a model that is not in the list", "Fail", "ben@contoso.com")]
    [InlineData("in no target", "Fail", "ben@contoso.com")]
    [InlineData("excluded", "Fail", "ann@contoso.com, pia@contoso.com")]
    [InlineData("one of two is dead", "Fail", "ben@contoso.com")]
    [InlineData("near: the account is disabled", "Pass", "")]
    [InlineData("near: blocked in one profile, allowed in another", "Pass", "")]
    [InlineData("near: nothing registered", "Pass", "")]
    [InlineData("near: attestation came later", "Pass", "")]
    [InlineData("near: nobody may register", "Pass", "")]
    [InlineData("near: no AAGUID, and no list", "Pass", "")]
    [InlineData("near: no type, and both are let in", "Pass", "")]
    [InlineData("near: a group cannot be read that decides nothing", "Pass", "")]
    [InlineData("near: passkeys are off", "NotApplicable", "")]
    [InlineData("near: nobody has one", "NotApplicable", "")]
    [InlineData("no type", "Unknown", "")]
    [InlineData("no AAGUID, and a list", "Unknown", "")]
    [InlineData("a group cannot be read", "Unknown", "")]
    [InlineData("a state that is not known", "Unknown", "")]
    [InlineData("some could not be asked", "Unknown", "")]
    [InlineData("one is dead, and some could not be asked", "Fail, Unknown", "ben@contoso.com")]
    [InlineData("passkeys not read", "Unknown", "")]
    [InlineData("a file", "NotApplicable", "")]
    public void A_tenant(string state, string outcomes, string subjects)
    {
        var facts = RuleFacts.Good();
        Cases[state](facts);
        Assert.Equal((outcomes, subjects), facts.Judge("PK209"));
    }

    [Fact]
    public void It_counts_who_has_nothing_else_and_names_the_models()
    {
        var facts = RuleFacts.Good().Person("ben", ["passKeySynced"], [("synced", RuleFacts.Apple), ("synced", RuleFacts.Apple)], ["staff"]).Person("cora", ["windowsHelloForBusiness"], [("hybrid", "00000000-0000-0000-0000-000000000001"), ("deviceBound", RuleFacts.YubiKey)]);
        Assert.Equal("2 users have a passkey that the policy does not let in: ben@contoso.com (Apple Passwords (Synced)), cora@contoso.com (unknown model (hybrid), YubiKey 5 FIPS Series (DeviceBound)). 1 of them has no other phishing-resistant method.", facts.Evidence("PK209"));
        Assert.Equal("All passkeys of 1 user are let in.", Only("ann").Evidence("PK209"));
        Assert.Equal("All passkeys of 4 users are let in.", RuleFacts.Good().Evidence("PK209"));
    }

    [Fact]
    public void Who_could_not_be_asked_is_counted()
    {
        var facts = RuleFacts.Good();
        (facts.People.Passkeys, facts.People.WhyUnasked) = (Reading<int>.Of(1), "Too many requests.");
        Assert.Equal("The passkeys of 1 user could not be read. Too many requests.", facts.Evidence("PK209"));
    }

    private static RuleFacts Only(string name)
    {
        var facts = RuleFacts.Good();
        foreach (var person in facts.People.All)
            if (person != facts.Known(name)) person.Passkeys = [];
        return facts;
    }
}
