using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PasskeyAdmin.Rules;

namespace PasskeyAdmin.Core.Tests.Rules;

public sealed class PhoneOnlyRuleTests
{
    private static readonly Dictionary<string, Action<RuleFacts>> Cases = new()
    {
        ["as it should be"] = _ => { },
        ["a phone only"] = f => f.Person("tess", ["mobilePhone"], []),
        ["two phones"] = f => f.Person("tess", ["officePhone", "alternateMobilePhone"], []),
        ["a phone, and what helps with resets"] = f => f.Person("tess", ["mobilePhone", "email", "securityQuestion"], []),
        ["a phone and an app password"] = f => f.Person("tess", ["sms", "appPassword"], []),
        ["a phone and a pass"] = f => f.Person("tess", ["mobilePhone", "temporaryAccessPass"], []),
        ["a guest with a phone"] = f => f.Person("tess", ["mobilePhone"], [], isGuest: true),
        ["near: a phone and an app"] = f => f.Person("tess", ["mobilePhone", "microsoftAuthenticatorPush"], []),
        ["near: a phone and Windows Hello"] = f => f.Person("tess", ["mobilePhone", "windowsHelloForBusiness"], []),
        ["near: a phone and a code"] = f => f.Person("tess", ["mobilePhone", "hardwareOneTimePasscode"], []),
        ["near: a phone and a certificate"] = f => f.Person("tess", ["mobilePhone", "certificateBasedAuthentication"], []),
        ["near: a phone and what nobody has heard of"] = f => f.Person("tess", ["mobilePhone", "brainWaves"], []),
        ["near: a phone, and a passkey by the report"] = f => f.Person("tess", ["mobilePhone", "passKeySynced"], null),
        ["near: a phone, and a passkey since"] = f => f.Person("tess", ["mobilePhone"], [("synced", RuleFacts.Apple)]),
        ["near: nothing at all"] = f => f.Person("tess", [], []),
        ["near: an address for resets"] = f => f.Person("tess", ["email"], []),
        ["near: the account is disabled"] = f => f.Person("tess", ["mobilePhone"], [], isEnabled: false),
        ["near: not in the report"] = f => f.Person("tess", null, []),
        ["a phone, and something since"] = f => f.Person("tess", ["mobilePhone"], null),
        ["a phone, and something was removed since"] = f => { f.Person("tess", ["mobilePhone"], []); f.Known("tess").IsInDoubt = true; },
        ["a phone and an app, and something was removed since"] = f => { f.Person("tess", ["mobilePhone", "microsoftAuthenticatorPush"], []); f.Known("tess").IsInDoubt = true; },
        ["near: no phone, and something was removed since"] = f => { f.Person("tess", ["microsoftAuthenticatorPush"], []); f.Known("tess").IsInDoubt = true; },
        ["one has a phone, of another it is not known"] = f => { f.Person("tess", ["mobilePhone"], []).Person("uma", ["mobilePhone"], []); f.Known("uma").IsInDoubt = true; },
        ["near: another cloud"] = f => { f.Person("tess", ["mobilePhone"], []); f.IsPublicCloud = false; },
        ["a cloud that is not known"] = f => { f.Person("tess", ["mobilePhone"], []); f.IsPublicCloud = null; },
        ["near: a cloud that is not known, and nobody"] = f => f.IsPublicCloud = null,
        ["near: roles not read"] = f => { f.Person("tess", ["mobilePhone"], []); f.Roles = Reading<RuleRoles>.NotRead("Not allowed."); },
        ["the report not read"] = f => f.People.Report = Reading<DateTimeOffset>.NotRead("Not allowed."),
        ["a file"] = f => f.IsFile = true,
    };

    [Theory]
    [InlineData("as it should be", "Pass", "")]
    [InlineData("a phone only", "Fail", "tess@contoso.com")]
    [InlineData("two phones", "Fail", "tess@contoso.com")]
    [InlineData("a phone, and what helps with resets", "Fail", "tess@contoso.com")]
    [InlineData("a phone and an app password", "Fail", "tess@contoso.com")]
    [InlineData("a phone and a pass", "Fail", "tess@contoso.com")]
    [InlineData("a guest with a phone", "Fail", "tess@contoso.com")]
    [InlineData("near: a phone and an app", "Pass", "")]
    [InlineData("near: a phone and Windows Hello", "Pass", "")]
    [InlineData("near: a phone and a code", "Pass", "")]
    [InlineData("near: a phone and a certificate", "Pass", "")]
    [InlineData("near: a phone and what nobody has heard of", "Pass", "")]
    [InlineData("near: a phone, and a passkey by the report", "Pass", "")]
    [InlineData("near: a phone, and a passkey since", "Pass", "")]
    [InlineData("near: nothing at all", "Pass", "")]
    [InlineData("near: an address for resets", "Pass", "")]
    [InlineData("near: the account is disabled", "Pass", "")]
    [InlineData("near: not in the report", "Pass", "")]
    [InlineData("a phone, and something since", "Unknown", "")]
    [InlineData("a phone, and something was removed since", "Unknown", "")]
    [InlineData("a phone and an app, and something was removed since", "Unknown", "")]
    [InlineData("near: no phone, and something was removed since", "Pass", "")]
    [InlineData("one has a phone, of another it is not known", "Fail, Unknown", "tess@contoso.com")]
    [InlineData("near: another cloud", "NotApplicable", "")]
    [InlineData("a cloud that is not known", "Unknown", "")]
    [InlineData("near: a cloud that is not known, and nobody", "Pass", "")]
    [InlineData("near: roles not read", "Fail", "tess@contoso.com")]
    [InlineData("the report not read", "Unknown", "")]
    [InlineData("a file", "NotApplicable", "")]
    public void A_tenant(string state, string outcomes, string subjects)
    {
        var facts = RuleFacts.Good();
        Cases[state](facts);
        Assert.Equal((outcomes, subjects), facts.Judge("PK208"));
    }

    [Theory]
    [InlineData("2026-11-26T08:00Z", "They end on 2027-02-01, in 67 days.")]
    [InlineData("2027-01-31T12:00Z", "They end on 2027-02-01, in 1 day.")]
    [InlineData("2027-02-01T00:00Z", "They ended on 2027-02-01.")]
    public void The_end_is_reckoned_from_now(string now, string end)
    {
        var facts = RuleFacts.Good().Person("tess", ["mobilePhone"], []);
        facts.At = DateTimeOffset.Parse(now, CultureInfo.InvariantCulture);
        Assert.Equal($"1 user has text messages or calls and nothing else: tess@contoso.com. {end}", facts.Evidence("PK208"));
    }

    [Theory]
    [InlineData("en-US")]
    [InlineData("th-TH")]
    [InlineData("fa-IR")]
    public void Guests_and_global_administrators_have_until_July(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            var facts = RuleFacts.Good().Person("gus#EXT#", ["mobilePhone"], [], isGuest: true).Person("adam", ["mobilePhone"], []);
            Assert.EndsWith("They end on 2027-07-01, in 217 days.", facts.Evidence("PK208"), StringComparison.Ordinal);
            // A guest may also be an account of this tenant, for which the earlier day counts.
            Assert.EndsWith("They end on 2027-02-01, in 67 days.", RuleFacts.Good().Person("ingo", ["mobilePhone"], [], isGuest: true).Evidence("PK208"), StringComparison.Ordinal);
            facts.Person("tess", ["mobilePhone"], []);
            Assert.EndsWith("They end on 2027-02-01, in 67 days.", facts.Evidence("PK208"), StringComparison.Ordinal);
            var result = PolicyRules.Find("PK208")!.Evaluate(facts.Build()).Single();
            Assert.Equal(["2027-07-01", "2027-07-01", "2027-02-01"], result.Objects.Select(o => o.Detail));
            // Of some of them, as where the others are accepted.
            Assert.EndsWith("They end on 2027-07-01, in 217 days.", result.Of([result.Objects[0]]).Evidence, StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Who_is_not_in_the_report_is_counted()
    {
        Assert.EndsWith("has another method.", RuleFacts.Good().Person("gus", null, [], isGuest: true).Evidence("PK208"), StringComparison.Ordinal);
        Assert.EndsWith("; 1 user is not in it yet.", RuleFacts.Good().Person("tess", null, []).Evidence("PK208"), StringComparison.Ordinal);
        Assert.EndsWith("; 2 users are not in it yet.", RuleFacts.Good().Person("tess", null, []).Person("uma", null, []).Evidence("PK208"), StringComparison.Ordinal);
    }
}
