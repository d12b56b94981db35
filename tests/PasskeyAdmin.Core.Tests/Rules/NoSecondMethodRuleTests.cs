using System;
using System.Collections.Generic;

namespace PasskeyAdmin.Core.Tests.Rules;

public sealed class NoSecondMethodRuleTests
{
    private static readonly Dictionary<string, Action<RuleFacts>> Cases = new()
    {
        ["as it should be"] = _ => { },
        ["one passkey and nothing else"] = f => f.Person("ann", ["passKeyDeviceBound"], [("deviceBound", RuleFacts.YubiKey)]),
        ["one that works and one that does not"] = f => f.Person("ann", ["passKeyDeviceBound", "passKeySynced"], [("deviceBound", RuleFacts.YubiKey), ("synced", RuleFacts.Apple)]),
        ["near: one that does not work"] = f => f.Person("ann", ["passKeySynced"], [("synced", RuleFacts.Apple)]),
        ["a synced one and nothing else"] = f => f.Person("pia", ["passKeySynced"], [("synced", RuleFacts.Apple)]),
        ["a pass, which ends"] = f => f.Person("ann", ["passKeyDeviceBound", "temporaryAccessPass"], [("deviceBound", RuleFacts.YubiKey)]),
        ["an address and questions, for resets"] = f => f.Person("ann", ["passKeyDeviceBound", "email", "securityQuestion"], [("deviceBound", RuleFacts.YubiKey)]),
        ["two passkeys by the report, one of which is gone"] = f => f.Person("ann", ["passKeyDeviceBound", "passKeySynced"], [("deviceBound", RuleFacts.YubiKey)]),
        ["near: a second passkey"] = f => f.Person("ann", ["passKeyDeviceBound"], [("deviceBound", RuleFacts.YubiKey), ("deviceBound", RuleFacts.YubiKey)]),
        ["near: Windows Hello"] = f => f.Person("ann", ["passKeyDeviceBound", "windowsHelloForBusiness"], [("deviceBound", RuleFacts.YubiKey)]),
        ["near: a platform credential"] = f => f.Person("ann", ["passKeyDeviceBound", "macOsSecureEnclaveKey"], [("deviceBound", RuleFacts.YubiKey)]),
        ["near: a certificate, however many factors"] = f => f.Person("ann", ["passKeyDeviceBound", "certificateBasedAuthentication"], [("deviceBound", RuleFacts.YubiKey)]),
        ["near: a code"] = f => f.Person("ann", ["passKeyDeviceBound", "softwareOneTimePasscode"], [("deviceBound", RuleFacts.YubiKey)]),
        ["near: a phone"] = f => f.Person("ann", ["passKeyDeviceBound", "mobilePhone"], [("deviceBound", RuleFacts.YubiKey)]),
        ["near: no passkey at all"] = f => f.Person("ann", ["mobilePhone"], []),
        ["near: the account is disabled"] = f => f.Person("dora", ["passKeyDeviceBound"], [("deviceBound", RuleFacts.YubiKey)], isEnabled: false),
        ["near: two passkeys, and something was removed since"] = f => f.Known("adam").IsInDoubt = true,
        ["near: two passkeys, and not in the report"] = f => f.Person("ann", null, [("deviceBound", RuleFacts.YubiKey), ("deviceBound", RuleFacts.YubiKey)]),
        ["near: nobody has one"] = f => { foreach (var person in f.People.All) person.Passkeys = []; },
        ["not in the report"] = f => f.Person("ann", null, [("deviceBound", RuleFacts.YubiKey)]),
        ["something was removed since"] = f => f.Known("ann").IsInDoubt = true,
        ["some could not be asked"] = f => (f.People.Passkeys, f.People.WhyUnasked) = (Reading<int>.Of(3), "Too many requests."),
        ["one has nothing else, of another it is not known"] = f => { f.Person("ann", [], [("deviceBound", RuleFacts.YubiKey)]); f.Known("pia").IsInDoubt = true; },
        ["the report not read"] = f => f.People.Report = Reading<DateTimeOffset>.NotRead("Not allowed."),
        ["passkeys not read"] = f => f.People.Passkeys = Reading<int>.NotRead("Not allowed."),
        ["a file"] = f => f.IsFile = true,
    };

    [Theory]
    [InlineData("as it should be", "Pass", "")]
    [InlineData("one passkey and nothing else", "Fail", "ann@contoso.com")]
    [InlineData("one that works and one that does not", "Fail", "ann@contoso.com")]
    [InlineData("near: one that does not work", "Pass", "")]
    [InlineData("a synced one and nothing else", "Fail", "pia@contoso.com")]
    [InlineData("a pass, which ends", "Fail", "ann@contoso.com")]
    [InlineData("an address and questions, for resets", "Fail", "ann@contoso.com")]
    [InlineData("two passkeys by the report, one of which is gone", "Fail", "ann@contoso.com")]
    [InlineData("near: a second passkey", "Pass", "")]
    [InlineData("near: Windows Hello", "Pass", "")]
    [InlineData("near: a platform credential", "Pass", "")]
    [InlineData("near: a certificate, however many factors", "Pass", "")]
    [InlineData("near: a code", "Pass", "")]
    [InlineData("near: a phone", "Pass", "")]
    [InlineData("near: no passkey at all", "Pass", "")]
    [InlineData("near: the account is disabled", "Pass", "")]
    [InlineData("near: two passkeys, and something was removed since", "Pass", "")]
    [InlineData("near: two passkeys, and not in the report", "Pass", "")]
    [InlineData("near: nobody has one", "NotApplicable", "")]
    [InlineData("not in the report", "Unknown", "")]
    [InlineData("something was removed since", "Unknown", "")]
    [InlineData("some could not be asked", "Unknown", "")]
    [InlineData("one has nothing else, of another it is not known", "Fail, Unknown", "ann@contoso.com")]
    [InlineData("the report not read", "Unknown", "")]
    [InlineData("passkeys not read", "Unknown", "")]
    [InlineData("a file", "NotApplicable", "")]
    public void A_tenant(string state, string outcomes, string subjects)
    {
        var facts = RuleFacts.Good();
        Cases[state](facts);
        Assert.Equal((outcomes, subjects), facts.Judge("PK213"));
    }

    [Fact]
    public void The_evidence_counts()
    {
        Assert.Equal("2 users have one passkey that works and no other method: ann@contoso.com, pia@contoso.com.", RuleFacts.Good().Person("ann", [], [("deviceBound", RuleFacts.YubiKey)]).Person("pia", [], [("synced", RuleFacts.Apple)]).Evidence("PK213"));
        Assert.Equal("Each of 4 users with a passkey has a second method.", RuleFacts.Good().Evidence("PK213"));
        var one = RuleFacts.Good();
        foreach (var person in one.People.All)
            if (person != one.Known("ann")) person.Passkeys = [];
        Assert.Equal("Each of 1 user with a passkey has a second method.", one.Evidence("PK213"));
    }
}
