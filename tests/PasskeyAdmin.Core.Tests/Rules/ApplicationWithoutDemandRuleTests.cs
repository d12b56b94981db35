using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PasskeyAdmin.Access;
using PasskeyAdmin.Rules;

namespace PasskeyAdmin.Core.Tests.Rules;

public sealed class ApplicationWithoutDemandRuleTests
{
    private static readonly Dictionary<string, Action<RuleFacts>> Cases = new()
    {
        ["no sign-ins"] = _ => { },
        ["all do the same"] = f => f.SignIns = Log(("mail", 10, 20)),
        ["a group uses it more than others do"] = f => f.SignIns = Log(("mail", 10, 20), ("erp", 6, 1)),
        ["exactly three times as much"] = f => f.SignIns = Log(("mail", 10, 20), ("erp", 6, 4)),
        ["five people"] = f => f.SignIns = Log(("mail", 10, 20), ("erp", 5, 0)),
        ["two applications"] = f => f.SignIns = Log(("mail", 10, 20), ("erp", 6, 0), ("crm", 8, 2)),
        ["near: somewhat less than three times"] = f => f.SignIns = Log(("mail", 10, 20), ("erp", 6, 5)),
        ["near: four people"] = f => f.SignIns = Log(("mail", 10, 20), ("erp", 4, 0)),
        ["near: everybody else, and not the group"] = f => f.SignIns = Log(("mail", 10, 20), ("erp", 0, 20)),
        ["a tenth of a large group"] = f => { Crowd(f, 50); f.SignIns = Log(("mail", 60, 20), ("erp", 6, 0)); },
        ["near: less than a tenth"] = f => { Crowd(f, 50); f.SignIns = Log(("mail", 60, 20), ("erp", 5, 0)); },
        ["near: the group is everybody who signs in"] = f => f.SignIns = Log(("mail", 10, 0), ("erp", 6, 0)),
        ["near: the policy is for it as well"] = f => { f.With(RuleFacts.Demand("erp") with { IncludeApplications = [RuleFacts.Id("erp")] }); f.SignIns = Log(("mail", 10, 20), ("erp", 6, 0)); },
        ["near: a policy is for all applications"] = f => { f.With(RuleFacts.Demand("all")); f.SignIns = Log(("mail", 10, 20), ("erp", 6, 0)); },
        ["near: a policy is for it on some platforms"] = f => { f.With(RuleFacts.Demand("erp") with { IncludeApplications = [RuleFacts.Id("erp")], IsForSomePlatforms = true }); f.SignIns = Log(("mail", 10, 20), ("erp", 6, 0)); },
        ["it is excluded from the policy for all"] = f => { f.With(RuleFacts.Demand("all") with { ExcludeApplications = [RuleFacts.Id("erp")] }); f.SignIns = Log(("mail", 10, 20), ("erp", 6, 0)); },
        ["a policy for it only reports"] = f => { f.With(RuleFacts.Demand("erp") with { IncludeApplications = [RuleFacts.Id("erp")], State = AccessState.ReportOnly }); f.SignIns = Log(("mail", 10, 20), ("erp", 6, 0)); },
        ["a policy for it demands any second factor"] = f => { f.With(RuleFacts.Demand("erp") with { IncludeApplications = [RuleFacts.Id("erp")], StrengthId = null, Controls = ["mfa"] }); f.SignIns = Log(("mail", 10, 20), ("erp", 6, 0)); },
        ["a policy for it is for others"] = f => { f.With(RuleFacts.Demand("erp") with { IncludeApplications = [RuleFacts.Id("erp")], Users = new AccessUsers { IncludeUsers = [RuleFacts.Id("ann")] } }); f.SignIns = Log(("mail", 10, 20), ("erp", 6, 0)); },
        ["near: where methods are registered"] = f => { f.SignIns = Log(("mail", 10, 20), ("19db86c3-b2b9-44cc-b339-36da233a3be2", 6, 0)); },
        ["near: two of six are disabled"] = f => { f.Known("core0").IsEnabled = false; f.Known("core1").IsEnabled = false; f.SignIns = Log(("mail", 10, 20), ("erp", 6, 0)); },
        ["near: a group that does not matter"] = f => { f.AccessPolicies.Clear(); f.SignIns = Log(("mail", 10, 20), ("erp", 6, 0)); },
        ["an attested profile makes the group matter"] = f => { f.AccessPolicies.Clear(); f.Target("core", "strict"); f.SignIns = Log(("mail", 10, 20), ("erp", 6, 0)); },
        ["near: no group matters"] = f => { f.AccessPolicies.Clear(); f.Profile("strict", "deviceBound"); f.SignIns = Log(("mail", 10, 20), ("erp", 6, 0)); },
        ["near: a target that was deleted"] = f => { f.Target("gone", "strict").IsDeleted("gone"); f.SignIns = Log(("mail", 10, 20)); },
        ["a policy for all that Office stands for"] = f => { f.With(RuleFacts.Demand("office") with { IncludeApplications = ["Office365"] }); f.SignIns = Log(("mail", 10, 20), ("erp", 6, 0)); },
        ["a policy for all but what Office stands for"] = f => { f.With(RuleFacts.Demand("office") with { ExcludeApplications = ["Office365"] }); f.SignIns = Log(("mail", 10, 20), ("erp", 6, 0)); },
        ["a policy that filters applications"] = f => { f.With(RuleFacts.Demand("filter") with { IncludeApplications = [], HasApplicationFilter = true }); f.SignIns = Log(("mail", 10, 20), ("erp", 6, 0)); },
        ["near: such a policy, and all do the same"] = f => { f.With(RuleFacts.Demand("filter") with { IncludeApplications = [], HasApplicationFilter = true }); f.SignIns = Log(("mail", 10, 20)); },
        ["near: a policy for nothing"] = f => { f.With(RuleFacts.Demand("none") with { IncludeApplications = ["None"] }); f.SignIns = Log(("mail", 10, 20), ("erp", 6, 0)); },
        ["a policy for it, and who is excluded cannot be read"] = f => { f.IsUnreadable("other").With(RuleFacts.Demand("erp") with { IncludeApplications = [RuleFacts.Id("erp")], Users = new AccessUsers { IncludeUsers = ["All"], ExcludeGroups = [RuleFacts.Id("other")] } }); f.SignIns = Log(("mail", 10, 20), ("erp", 6, 0)); },
        ["the group cannot be read"] = f => { f.IsUnreadable("core"); f.SignIns = Log(("mail", 10, 20), ("erp", 6, 0)); },
        ["sign-ins not read"] = f => f.SignIns = Reading<RuleSignIns>.NotRead("Not allowed."),
        ["groups not read"] = f => f.Groups = Reading<RuleGroups>.NotRead("Not allowed."),
        ["Conditional Access not read"] = f => f.WhyNoAccess = "Not allowed.",
        ["a file"] = f => f.IsFile = true,
    };

    [Theory]
    [InlineData("no sign-ins", "NotApplicable", "")]
    [InlineData("all do the same", "Pass", "")]
    [InlineData("a group uses it more than others do", "Fail", "erp")]
    [InlineData("exactly three times as much", "Fail", "erp")]
    [InlineData("five people", "Fail", "erp")]
    [InlineData("two applications", "Fail, Fail", "crm, erp")]
    [InlineData("near: somewhat less than three times", "Pass", "")]
    [InlineData("near: four people", "Pass", "")]
    [InlineData("near: everybody else, and not the group", "Pass", "")]
    [InlineData("a tenth of a large group", "Fail", "erp")]
    [InlineData("near: less than a tenth", "Pass", "")]
    [InlineData("near: the group is everybody who signs in", "Pass", "")]
    [InlineData("near: the policy is for it as well", "Pass", "")]
    [InlineData("near: a policy is for all applications", "Pass", "")]
    [InlineData("near: a policy is for it on some platforms", "Pass", "")]
    [InlineData("it is excluded from the policy for all", "Fail", "erp")]
    [InlineData("a policy for it only reports", "Fail", "erp")]
    [InlineData("a policy for it demands any second factor", "Fail", "erp")]
    [InlineData("a policy for it is for others", "Fail", "erp")]
    [InlineData("near: where methods are registered", "Pass", "")]
    [InlineData("near: two of six are disabled", "Pass", "")]
    [InlineData("near: a group that does not matter", "Pass", "")]
    [InlineData("an attested profile makes the group matter", "Fail", "erp")]
    [InlineData("near: no group matters", "NotApplicable", "")]
    [InlineData("near: a target that was deleted", "Pass", "")]
    [InlineData("a policy for all that Office stands for", "Unknown", "")]
    [InlineData("a policy for all but what Office stands for", "Unknown", "")]
    [InlineData("a policy that filters applications", "Unknown", "")]
    [InlineData("near: such a policy, and all do the same", "Pass", "")]
    [InlineData("near: a policy for nothing", "Fail", "erp")]
    [InlineData("a policy for it, and who is excluded cannot be read", "Unknown", "")]
    [InlineData("the group cannot be read", "Unknown", "")]
    [InlineData("sign-ins not read", "Unknown", "")]
    [InlineData("groups not read", "Unknown", "")]
    [InlineData("Conditional Access not read", "Unknown", "")]
    [InlineData("a file", "NotApplicable", "")]
    public void A_tenant(string state, string outcomes, string subjects)
    {
        var facts = Busy();
        Cases[state](facts);
        Assert.Equal((outcomes, subjects), facts.Judge("PK305"));
    }

    [Fact]
    public void The_evidence_has_shares_and_what_was_looked_at()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            var facts = Busy();
            facts.SignIns = Log(("mail", 10, 20), ("erp", 6, 1));
            Assert.Equal($"'erp' demands no phishing-resistant sign-in, and 60 % of the people of group {RuleFacts.Id("core")} use it (6 users; of everybody else 5 %). That group matters: something else demands it of them, or a profile with attestation is for them. 37 sign-ins since 2026-11-01 looked at.", facts.Evidence("PK305"));
            facts.SignIns = Reading<RuleSignIns>.Of(facts.SignIns.Value with { IsWhole = false });
            Assert.EndsWith(" 37 sign-ins since 2026-11-01, the newest ones, looked at.", facts.Evidence("PK305"), StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    /// <summary>Ten people of a group of which a policy demands it for another application, and twenty others.</summary>
    private static RuleFacts Busy()
    {
        var facts = RuleFacts.Good().With(RuleFacts.Demand() with { Users = new AccessUsers { IncludeGroups = [RuleFacts.Id("core")] }, IncludeApplications = [RuleFacts.Id("ledger")] });
        for (var i = 0; i < 10; i++) facts.Person($"core{i}", [], [], ["core"]);
        for (var i = 0; i < 20; i++) facts.Person($"other{i}", [], [], ["staff"]);
        return facts;
    }

    private static void Crowd(RuleFacts facts, int more)
    {
        for (var i = 10; i < 10 + more; i++) facts.Person($"core{i}", [], [], ["core"]);
    }

    /// <summary>How many of the group, and how many others, use each application.</summary>
    private static Reading<RuleSignIns> Log(params (string Name, int Core, int Others)[] uses)
    {
        static IEnumerable<Guid> People(string word, int count) => Enumerable.Range(0, count).Select(i => Guid.Parse(RuleFacts.Id($"{word}{i}")));
        return Reading<RuleSignIns>.Of(new RuleSignIns([.. uses.Select(u => new ApplicationUse(RuleFacts.Id(u.Name), u.Name, [.. People("core", u.Core), .. People("other", u.Others)])).OrderBy(a => a.Name, StringComparer.Ordinal)],
            new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero), uses.Sum(u => u.Core + u.Others), true));
    }
}
