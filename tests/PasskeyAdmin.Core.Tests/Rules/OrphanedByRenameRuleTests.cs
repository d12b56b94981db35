using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Rules;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Core.Tests.Rules;

public sealed class OrphanedByRenameRuleTests
{
    private static readonly Dictionary<string, Action<RuleFacts>> Cases = new()
    {
        ["as it should be"] = _ => { },
        ["renamed after the registration"] = f => f.Renames = Log(("ann", 10)),
        ["renamed twice, registered in between"] = f => f.Renames = Log(("ann", 30), ("ann", 10)),
        ["one of two is older"] = f => { f.Known("ann").Passkeys = [new RegisteredPasskey("a") { CreatedAt = RuleFacts.Now.AddDays(-1) }, new RegisteredPasskey("b") { CreatedAt = RuleFacts.Now.AddDays(-40) }]; f.Renames = Log(("ann", 10)); },
        ["near: renamed before the registration"] = f => f.Renames = Log(("ann", 30)),
        ["near: registered at the very moment"] = f => f.Renames = Log(("ann", 20)),
        ["near: renamed, and the account is disabled"] = f => { f.Person("dora", [], [("deviceBound", RuleFacts.YubiKey)], isEnabled: false); f.Renames = Log(("dora", 10)); },
        ["near: renamed, and no passkey"] = f => { f.Person("dora", [], []); f.Renames = Log(("dora", 10)); },
        ["near: renamed, and deleted since"] = f => f.Renames = Log(("ghost", 10)),
        ["near: somebody else was renamed"] = f => { f.Person("dora", [], []); f.Renames = Log(("dora", 10), ("ann", 25)); },
        ["passkeys not read of who was renamed"] = f => { f.Person("ann", [], null); f.Renames = Log(("ann", 10)); },
        ["near: passkeys not read of who was not"] = f => f.Person("ann", [], null),
        ["the date of registration does not show"] = f => { f.Known("ann").Passkeys = [new RegisteredPasskey("a")]; f.Renames = Log(("ann", 10)); },
        ["the log was not read as a whole"] = f => f.Renames = Reading<RuleRenames>.Of(new RuleRenames([], false)),
        ["one found, and the log not as a whole"] = f => f.Renames = Reading<RuleRenames>.Of(new RuleRenames([new Rename(Guid.Parse(RuleFacts.Id("ann")), RuleFacts.Now, null)], false)),
        ["the log not read"] = f => f.Renames = Reading<RuleRenames>.NotRead("Not allowed."),
        ["passkeys not read"] = f => f.People.Passkeys = Reading<int>.NotRead("Not allowed."),
        ["a file"] = f => f.IsFile = true,
    };

    [Theory]
    [InlineData("as it should be", "Pass", "")]
    [InlineData("renamed after the registration", "Fail", "ann@contoso.com")]
    [InlineData("renamed twice, registered in between", "Fail", "ann@contoso.com")]
    [InlineData("one of two is older", "Fail", "ann@contoso.com")]
    [InlineData("near: renamed before the registration", "Pass", "")]
    [InlineData("near: registered at the very moment", "Pass", "")]
    [InlineData("near: renamed, and the account is disabled", "Pass", "")]
    [InlineData("near: renamed, and no passkey", "Pass", "")]
    [InlineData("near: renamed, and deleted since", "Pass", "")]
    [InlineData("near: somebody else was renamed", "Pass", "")]
    [InlineData("passkeys not read of who was renamed", "Unknown", "")]
    [InlineData("near: passkeys not read of who was not", "Pass", "")]
    [InlineData("the date of registration does not show", "Unknown", "")]
    [InlineData("the log was not read as a whole", "Unknown", "")]
    [InlineData("one found, and the log not as a whole", "Fail, Unknown", "ann@contoso.com")]
    [InlineData("the log not read", "Unknown", "")]
    [InlineData("passkeys not read", "Unknown", "")]
    [InlineData("a file", "NotApplicable", "")]
    public void A_tenant(string state, string outcomes, string subjects)
    {
        var facts = RuleFacts.Good();
        Cases[state](facts);
        Assert.Equal((outcomes, subjects), facts.Judge("PK211"));
    }

    [Fact]
    public void The_last_change_is_named()
    {
        var facts = RuleFacts.Good();
        facts.Renames = Log(("ann", 10), ("ann", 12), ("pia", 1));
        Assert.Equal("2 users have a passkey from before the user name changed: ann@contoso.com (renamed 2026-11-16), pia@contoso.com (renamed 2026-11-25).", facts.Evidence("PK211"));
        facts.Renames = Reading<RuleRenames>.Of(Log(("ann", 30)).Value with { Oldest = RuleFacts.Now.AddDays(-30) });
        Assert.Equal("1 user was renamed since 2026-10-27, the oldest change of a user in the audit log; none has a passkey from before.", facts.Evidence("PK211"));
    }

    private static Reading<RuleRenames> Log(params (string Name, int DaysAgo)[] renames) =>
        Reading<RuleRenames>.Of(new RuleRenames([.. renames.Select(r => new Rename(Guid.Parse(RuleFacts.Id(r.Name)), RuleFacts.Now.AddDays(-r.DaysAgo), $"old.{r.Name}@contoso.com"))], true));
}
