using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PasskeyAdmin.Rules;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Core.Tests.Rules;

public sealed class PasskeyUnusedRuleTests
{
    private static readonly Dictionary<string, Action<RuleFacts>> Cases = new()
    {
        ["as it should be"] = _ => { },
        ["not used for 181 days"] = f => f.Person("ann", ["passKeyDeviceBound"], [("deviceBound", RuleFacts.YubiKey)], used: RuleFacts.Now.AddDays(-181)),
        ["not used for 180 days and a second"] = f => f.Person("ann", ["passKeyDeviceBound"], [("deviceBound", RuleFacts.YubiKey)], used: RuleFacts.Now.AddDays(-180).AddSeconds(-1)),
        ["never used, and old"] = f => f.Person("ann", ["passKeyDeviceBound"], [("deviceBound", RuleFacts.YubiKey)], created: RuleFacts.Now.AddDays(-200)),
        ["one of two"] = f => f.Known("ann").Passkeys = [new RegisteredPasskey("a") { LastUsedAt = RuleFacts.Now.AddDays(-1) }, new RegisteredPasskey("b") { LastUsedAt = RuleFacts.Now.AddDays(-400) }],
        ["the only one of an administrator"] = f => f.Person("adam", [], [("deviceBound", RuleFacts.YubiKey)], used: RuleFacts.Now.AddDays(-200)),
        ["near: exactly 180 days"] = f => f.Person("ann", ["passKeyDeviceBound"], [("deviceBound", RuleFacts.YubiKey)], used: RuleFacts.Now.AddDays(-180)),
        ["near: never used, and young"] = f => f.Person("ann", ["passKeyDeviceBound"], [("deviceBound", RuleFacts.YubiKey)], created: RuleFacts.Now.AddDays(-20)),
        ["near: never used, and exactly 180 days old"] = f => f.Person("ann", ["passKeyDeviceBound"], [("deviceBound", RuleFacts.YubiKey)], created: RuleFacts.Now.AddDays(-180)),
        ["near: old, and used yesterday"] = f => f.Person("ann", ["passKeyDeviceBound"], [("deviceBound", RuleFacts.YubiKey)], created: RuleFacts.Now.AddDays(-900), used: RuleFacts.Now.AddDays(-1)),
        ["near: the spare key of an administrator"] = f => f.Person("adam", [], [("deviceBound", RuleFacts.YubiKey), ("deviceBound", RuleFacts.YubiKey)], used: RuleFacts.Now.AddDays(-300)),
        ["near: the key of an emergency account"] = f => f.Person("exit", [], [("deviceBound", RuleFacts.YubiKey)], used: RuleFacts.Now.AddDays(-700)),
        ["near: the account is disabled"] = f => f.Person("dora", [], [("deviceBound", RuleFacts.YubiKey)], used: RuleFacts.Now.AddDays(-700), isEnabled: false),
        ["near: nobody has one"] = f => { foreach (var person in f.People.All) person.Passkeys = []; },
        ["two keys, and who is an administrator is not known"] = f => { f.Person("adam", [], [("deviceBound", RuleFacts.YubiKey), ("deviceBound", RuleFacts.YubiKey)], used: RuleFacts.Now.AddDays(-300)); f.Roles = Reading<RuleRoles>.NotRead("Not allowed."); },
        ["the last use does not show"] = f => f.Known("ann").HasLastUse = false,
        ["no date at all"] = f => f.Known("ann").Passkeys = [new RegisteredPasskey("a")],
        ["near: used, and no date of registration"] = f => f.Known("ann").Passkeys = [new RegisteredPasskey("a") { LastUsedAt = RuleFacts.Now }],
        ["one is unused, of another it does not show"] = f => { f.Person("ann", [], [("deviceBound", RuleFacts.YubiKey)], used: RuleFacts.Now.AddDays(-300)); f.Known("pia").HasLastUse = false; },
        ["some could not be asked"] = f => (f.People.Passkeys, f.People.WhyUnasked) = (Reading<int>.Of(3), "Too many requests."),
        ["passkeys not read"] = f => f.People.Passkeys = Reading<int>.NotRead("Not allowed."),
        ["a file"] = f => f.IsFile = true,
    };

    [Theory]
    [InlineData("as it should be", "Pass", "")]
    [InlineData("not used for 181 days", "Fail", "ann@contoso.com")]
    [InlineData("not used for 180 days and a second", "Fail", "ann@contoso.com")]
    [InlineData("never used, and old", "Fail", "ann@contoso.com")]
    [InlineData("one of two", "Fail", "ann@contoso.com")]
    [InlineData("the only one of an administrator", "Fail", "adam@contoso.com")]
    [InlineData("near: exactly 180 days", "Pass", "")]
    [InlineData("near: never used, and young", "Pass", "")]
    [InlineData("near: never used, and exactly 180 days old", "Pass", "")]
    [InlineData("near: old, and used yesterday", "Pass", "")]
    [InlineData("near: the spare key of an administrator", "Pass", "")]
    [InlineData("near: the key of an emergency account", "Pass", "")]
    [InlineData("near: the account is disabled", "Pass", "")]
    [InlineData("near: nobody has one", "NotApplicable", "")]
    [InlineData("two keys, and who is an administrator is not known", "Unknown", "")]
    [InlineData("the last use does not show", "Unknown", "")]
    [InlineData("no date at all", "Unknown", "")]
    [InlineData("near: used, and no date of registration", "Pass", "")]
    [InlineData("one is unused, of another it does not show", "Fail, Unknown", "ann@contoso.com")]
    [InlineData("some could not be asked", "Unknown", "")]
    [InlineData("passkeys not read", "Unknown", "")]
    [InlineData("a file", "NotApplicable", "")]
    public void A_tenant(string state, string outcomes, string subjects)
    {
        var facts = RuleFacts.Good();
        Cases[state](facts);
        Assert.Equal((outcomes, subjects), facts.Judge("PK210"));
    }

    [Theory]
    [InlineData("en-US")]
    [InlineData("th-TH")]
    public void Models_and_days_are_named(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            var facts = RuleFacts.Good().Person("ann", [], [("deviceBound", RuleFacts.YubiKey)], used: RuleFacts.Now.AddDays(-181)).Person("pia", [], [("synced", "")], created: RuleFacts.Now.AddDays(-181));
            Assert.Equal("2 passkeys were not used for 180 days: ann@contoso.com (YubiKey 5 FIPS Series, last used 2026-05-29), pia@contoso.com (unknown model, registered 2026-05-29, never used).", facts.Evidence("PK210"));
            Assert.Equal(["ann-0", "pia-0"], PolicyRules.Find("PK210")!.Evaluate(facts.Build()).Single().Objects.Select(o => o.Id));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void One_user_is_a_sentence()
    {
        var facts = RuleFacts.Good();
        facts.Known("ann").HasLastUse = false;
        Assert.StartsWith("When the passkeys of 1 user were last used does not show:", facts.Evidence("PK210"), StringComparison.Ordinal);
        facts.Known("ann").HasLastUse = true;
        facts.Known("pia").Passkeys = [];
        facts.Known("adam").Passkeys = [];
        Assert.Equal("All passkeys of 1 user were used within 180 days, or are younger.", facts.Evidence("PK210"));
        facts.Known("ann").Passkeys = [new RegisteredPasskey("a"), new RegisteredPasskey("b")];
        Assert.Equal("Since when 2 passkeys that were never used are registered does not show.", facts.Evidence("PK210"));
    }
}
