using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Rules;

namespace PasskeyAdmin.Core.Tests.Rules;

public sealed class RuleRunTests
{
    private static readonly DateTimeOffset Now = RuleFacts.Now;
    private static readonly RuleTenant Tenant = new("t", "Contoso", Now);

    /// <summary>Two profiles with lists that nobody attests.</summary>
    private static RuleFacts Lists => RuleFacts.Good().Profile("default", "deviceBound", allow: [RuleFacts.YubiKey]).Profile("synced", "synced", allow: [RuleFacts.Apple]);

    [Fact]
    public void By_rule_for_all_by_its_id_or_its_name()
    {
        foreach (var rule in new[] { "PK102", "pk102", "AllowListIsNoControl", "allowlistisnocontrol" })
            Assert.Equal("PK102 Suppressed default; PK102 Suppressed synced; PK001 Pass", Run(Lists, ["PK102"], Accept(rule)));
    }

    [Fact]
    public void By_the_id_of_a_thing() => Assert.Equal("PK102 Suppressed default; PK102 Fail synced; PK001 Pass", Run(Lists, ["PK102"], Accept("PK102", RuleFacts.Id("default").ToUpperInvariant())));

    [Fact]
    public void By_the_name_of_a_thing_whatever_its_capitals() => Assert.Equal("PK102 Fail default; PK102 Suppressed synced; PK001 Pass", Run(Lists, ["PK102"], Accept("PK102", "SYNCED")));

    [Theory]
    [InlineData("\u001b[31mPilot\u202e", "\u001b[31mPilot\u202e")]
    [InlineData("\u001b[31mPilot\u202e", "\uFFFD[31mpilot\uFFFD")]
    [InlineData("Pilot\none", "pilot one")]
    [InlineData(" Pilot ", "Pilot")]
    [InlineData("Pilot\r\n", "Pilot")]
    public void A_hostile_name_matches_as_the_tenant_has_it_and_as_it_is_shown(string name, string suppressed) =>
        Assert.StartsWith("PK102 Fail default; PK102 Suppressed ", Run(Lists.Says("synced", "name", name), ["PK102"], Accept("PK102", suppressed)), StringComparison.Ordinal);

    [Theory]
    [InlineData("sync")]
    [InlineData("*")]
    [InlineData("synced2")]
    public void A_name_that_only_looks_like_it_does_not_match(string name) => Assert.StartsWith("PK102 Fail default; PK102 Fail synced; PK001 Fail", Run(Lists, ["PK102"], Accept("PK102", name)), StringComparison.Ordinal);

    [Fact]
    public void A_suppression_says_why_by_whom_and_until_when()
    {
        var finding = Findings(Lists, ["PK102"], new Suppression("PK102", null, "Guidance only.", "Dana", Now.AddDays(1), 3))[0];
        Assert.Equal(("Guidance only.", "Dana", Now.AddDays(1)), (finding.Reason, finding.Owner, finding.Expires));
    }

    [Fact]
    public void People_are_divided_and_counted_anew()
    {
        var findings = Findings(Leavers("eve", "joe", "liz"), ["PK111"], Accept("PK111", "joe@contoso.com"));
        Assert.Equal("PK111 Fail eve@contoso.com, liz@contoso.com; PK111 Suppressed joe@contoso.com; PK001 Pass", Shown(findings));
        Assert.StartsWith("leavers is excluded, and shuts out 2 users who are targeted: eve@contoso.com (targeted by staff), liz@contoso.com", findings[0].Evidence, StringComparison.Ordinal);
        Assert.StartsWith("leavers is excluded, and shuts out 1 user who is targeted: joe@contoso.com (targeted by staff).", findings[1].Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void People_are_divided_by_suppression() =>
        Assert.Equal("PK111 Suppressed eve@contoso.com; PK111 Suppressed joe@contoso.com, liz@contoso.com; PK001 Pass", Run(Leavers("eve", "joe", "liz"), ["PK111"], Accept("PK111"), Accept("PK111", RuleFacts.Id("eve"))));

    [Fact]
    public void All_people_by_one_suppression_are_one_finding_as_it_was()
    {
        var findings = Findings(Leavers("eve", "joe"), ["PK111"], Accept("PK111"));
        Assert.Equal("PK111 Suppressed eve@contoso.com, joe@contoso.com; PK001 Pass", Shown(findings));
        Assert.Equal(Leavers("eve", "joe").Results("PK111")[0].Evidence, findings[0].Evidence);
    }

    [Theory]
    [InlineData("demand", "PK304 Suppressed demand, ann, bob 2")]
    [InlineData("ANN", "PK304 Fail demand, bob 1; PK304 Suppressed demand, ann 1")]
    [InlineData("ann bob", "PK304 Suppressed demand, ann 1; PK304 Suppressed demand, bob 1")]
    [InlineData("demand ann", "PK304 Suppressed demand, ann 1; PK304 Suppressed demand, bob 1")]
    [InlineData("nobody", "PK304 Fail demand, ann, bob 2")]
    public void A_thing_with_its_people_is_accepted_as_a_whole_or_for_some(string objects, string expected) =>
        Assert.Equal(expected, Shown(Headed([.. objects.Split(' ').Select(o => Accept("PK304", o))]), withEvidence: true));

    [Fact]
    public void The_thing_that_it_is_about_is_before_all_and_one_that_holds_is_before_one_that_does_not()
    {
        Assert.All(Headed(Accept("PK304", reason: "all"), Accept("PK304", "demand", "thing")), f => Assert.Equal("thing", f.Reason));
        Assert.All(Headed(Accept("PK304", reason: "all", expires: -1), Accept("PK304", "demand", "thing")), f => Assert.Equal((RuleOutcome.Suppressed, "thing"), (f.Outcome, f.Reason)));
        Assert.All(Headed(Accept("PK304", reason: "all"), Accept("PK304", "demand", "thing", -1)), f => Assert.Equal((RuleOutcome.Suppressed, "all"), (f.Outcome, f.Reason)));
    }

    [Fact]
    public void A_finding_about_the_policy_is_accepted_by_rule_only()
    {
        var facts = RuleFacts.Good();
        facts.Policy["isSelfServiceRegistrationAllowed"] = false;
        Assert.Equal("PK115 Suppressed ; PK001 Pass", Run(facts, ["PK115"], Accept("PK115")));
        Assert.Equal("PK115 Fail ; PK001 Fail PK115: policy", Run(facts, ["PK115"], Accept("PK115", "policy")));
    }

    [Fact]
    public void One_that_expired_is_a_failure_that_says_so()
    {
        var findings = Findings(Lists, ["PK102"], new Suppression("PK102", "default", "Guidance only.", "Dana", new DateTimeOffset(2026, 11, 26, 0, 0, 0, TimeSpan.Zero), 3));
        Assert.Equal("PK102 Fail default; PK102 Fail synced; PK001 Pass", Shown(findings));
        Assert.EndsWith("It was accepted until 2026-11-26 by Dana: Guidance only. That is over.", findings[0].Evidence, StringComparison.Ordinal);
        Assert.Equal("Guidance only.", findings[0].Reason);
        Assert.DoesNotContain("accepted", findings[1].Evidence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "Fail")]
    [InlineData(1, "Suppressed")]
    public void It_holds_until_its_moment(int seconds, string outcome) =>
        Assert.Equal(outcome, Findings(Lists, ["PK102"], new Suppression("PK102", null, "x", null, Now.AddSeconds(seconds), 3))[0].Outcome.ToString());

    [Fact]
    public void Without_an_owner_and_at_an_hour_the_sentence_is_whole() =>
        Assert.EndsWith(" It was accepted until 2026-11-26 07:30:00Z: x. That is over.", Findings(Lists, ["PK102"], new Suppression("PK102", null, "x", null, Now.AddMinutes(-30), 3))[0].Evidence, StringComparison.Ordinal);

    [Fact]
    public void One_that_holds_is_before_one_that_expired_even_a_nearer_one()
    {
        var findings = Findings(Lists, ["PK102"], Accept("PK102", "default", "near", -1), Accept("PK102", reason: "all"));
        Assert.Equal(("Suppressed", "all"), (findings[0].Outcome.ToString(), findings[0].Reason));
    }

    [Fact]
    public void The_nearer_one_is_before_the_general_one()
    {
        var findings = Findings(Lists, ["PK102"], Accept("PK102", reason: "all"), Accept("PK102", "default", "near"));
        Assert.Equal(("near", "all"), (findings[0].Reason, findings[1].Reason));
        Assert.Equal("PK102 Suppressed default; PK102 Suppressed synced; PK001 Pass", Shown(findings));
    }

    [Theory]
    [InlineData("PK102", "spare", "The suppression in line 7 silences nothing: PK102 does not find 'spare'.")]
    [InlineData("PK102", "\u001b[31m", "The suppression in line 7 silences nothing: PK102 does not find '\uFFFD[31m'.")]
    [InlineData("PK103", null, "The suppression in line 7 silences nothing: PK103 does not find anything.")]
    [InlineData("EmptyAllowList", null, "The suppression in line 7 silences nothing: PK103 does not find anything.")]
    [InlineData("PK999", null, "The suppression in line 7 is for a rule 'PK999', which does not exist.")]
    [InlineData("\u001b[2J", "x", "The suppression in line 7 is for a rule '\uFFFD[2J', which does not exist.")]
    [InlineData("PK001", null, "The suppression in line 7 silences nothing: what PK001 finds cannot be suppressed.")]
    public void One_that_is_of_no_use_is_a_finding(string rule, string? thing, string evidence)
    {
        var finding = Findings(Lists, ["PK102", "PK103"], new Suppression(rule, thing, "x", null, null, 7)).Single(f => f.RuleId == "PK001");
        Assert.Equal((RuleOutcome.Fail, evidence, "line 7"), (finding.Outcome, finding.Evidence, Assert.Single(finding.Subject).Detail));
    }

    [Fact]
    public void One_that_another_makes_needless_says_so()
    {
        var findings = Findings(Lists, ["PK102"], Accept("PK102", "default"), Accept("PK102", "synced"), Accept("PK102"), Accept("PK102", "default", expires: -5));
        Assert.Equal(["The suppression in line 1 silences nothing: another one accepts the same.", "The suppression in line 1 silences nothing: another one accepts the same."], findings.Where(f => f.RuleId == "PK001").Select(f => f.Evidence));
    }

    [Fact]
    public void Each_of_no_use_is_a_finding_of_its_own() =>
        Assert.Equal("PK103 Pass; PK001 Fail PK103; PK001 Fail PK103: a; PK001 Fail PK999", Run(Lists, ["PK103"], Accept("PK103"), Accept("PK103", "a"), Accept("PK999")));

    [Fact]
    public void One_of_a_rule_that_was_left_out_may_be_needed() => Assert.Equal("PK103 Pass; PK001 Pass", Run(Lists, ["PK103"], Accept("PK102"), Accept("PK107")));

    [Fact]
    public void One_of_a_rule_that_could_not_be_judged_may_be_needed()
    {
        var findings = Findings(RuleFacts.Good().IsUnchecked("pilot").IsDeleted("admins"), ["PK107"], Accept("PK107", "pilot"));
        Assert.Equal("PK107 Fail admins; PK107 Unknown; PK001 Pass", Shown(findings));
        Assert.Equal("1 suppression is needed, or of rules that were not judged.", findings[^1].Evidence);
    }

    [Fact]
    public void One_of_a_rule_that_needs_a_tenant_may_be_needed_where_there_is_a_file()
    {
        var facts = RuleFacts.Good();
        facts.IsFile = true;
        Assert.Equal("PK103 Pass; PK107 NotApplicable; PK001 Fail PK103", Run(facts, ["PK103", "PK107"], Accept("PK107"), Accept("PK103")));
    }

    [Fact]
    public void One_of_a_rule_with_nothing_to_judge_is_of_no_use() =>
        Assert.Equal("PK404 NotApplicable; PK001 Fail PK404", Run(RuleFacts.Good().IsNotEnrolled(), ["PK404"], Accept("PK404")));

    [Fact]
    public void What_is_not_known_and_what_passes_is_never_suppressed()
    {
        var findings = Findings(RuleFacts.Good().Lacks("isSelfServiceRegistrationAllowed"), ["PK103", "PK115"], Accept("PK103"), Accept("PK115"));
        Assert.Equal("PK103 Pass; PK115 Unknown; PK001 Fail PK103", Shown(findings));
        Assert.All(findings, f => Assert.Null(f.Reason));
    }

    [Fact]
    public void Without_suppressions_there_is_nothing_to_say_of_them() => Assert.Equal("PK103 Pass; PK001 NotApplicable", Run(Lists, ["PK103"]));

    [Fact]
    public void Where_PK001_is_left_out_nothing_is_said() =>
        Assert.Equal("PK103 Pass", Shown(Run(new RuleRun([PolicyRules.Find("PK103")!], [Accept("PK103"), Accept("PK999")]), Lists.Build())));

    [Fact]
    public void Findings_come_in_the_order_of_the_rules_what_fails_before_what_is_accepted_and_PK001_at_the_end() =>
        Assert.Equal("PK102 Fail default; PK102 Suppressed synced; PK103 Pass; PK111 Fail liz@contoso.com; PK111 Suppressed eve@contoso.com; PK111 Suppressed joe@contoso.com; PK404 Pass; PK001 Fail PK103",
            Run(Leavers("eve", "joe", "liz").Profile("default", "deviceBound", allow: [RuleFacts.YubiKey]).Profile("synced", "synced", allow: [RuleFacts.Apple]), ["PK102", "PK103", "PK111", "PK404"], Accept("PK111", "joe@contoso.com"), Accept("PK103"), Accept("PK102", "synced"), Accept("PK111", "eve@contoso.com")));

    [Fact]
    public void Of_all_rules_there_is_a_finding_each_and_PK001_is_the_last()
    {
        var findings = Run(new RuleRun(PolicyRules.All, []), RuleFacts.Good().Build());
        Assert.Equal(PolicyRules.All.Skip(1).Select(r => r.Id).Append("PK001"), findings.Select(f => f.RuleId).Distinct());
        Assert.All(findings, f => Assert.Equal(("t", "Contoso", Now), (f.TenantId, f.TenantName, f.EvaluatedAt)));
    }

    [Fact]
    public void What_the_rules_need_is_what_one_of_them_needs_or_wishes()
    {
        Assert.Equal(RuleSources.Policy, new RuleRun([PolicyRules.Find("PK101")!, PolicyRules.Find("PK001")!], []).Needs);
        Assert.Equal(RuleSources.Groups | RuleSources.Users | RuleSources.AuditLog | RuleSources.Report | RuleSources.Methods | RuleSources.OptOut, new RuleRun([PolicyRules.Find("PK101")!, PolicyRules.Find("PK111")!, PolicyRules.Find("PK401")!, PolicyRules.Find("PK402")!], []).Needs);
    }

    private static RuleFacts Leavers(params string[] names)
    {
        var facts = RuleFacts.Good().Exclude("leavers");
        foreach (var name in names) facts.Person(name, [], [], ["staff", "leavers"]);
        return facts;
    }

    private static Suppression Accept(string rule, string? thing = null, string reason = "x", int? expires = null) => new(rule, thing, reason, null, expires is { } days ? Now.AddDays(days) : null, 1);

    private static List<PasskeyPolicyFinding> Findings(RuleFacts facts, string[] rules, params Suppression[] suppressions) =>
        Run(new RuleRun([.. rules.Select(r => PolicyRules.Find(r)!), PolicyRules.Find("PK001")!], suppressions), facts.Build());

    private static List<PasskeyPolicyFinding> Headed(params Suppression[] suppressions) => Run(new RuleRun([new HeadedRule()], suppressions), RuleFacts.Good().Build());

    private static string Run(RuleFacts facts, string[] rules, params Suppression[] suppressions) => Shown(Findings(facts, rules, suppressions));

    private static string Shown(IEnumerable<PasskeyPolicyFinding> findings, bool withEvidence = false) =>
        string.Join("; ", findings.Select(f => $"{f} {string.Join(", ", f.Subject.Where(s => f.RuleId != "PK111" || s.Kind is FindingObjectKind.User).Select(s => s.Name))}{(withEvidence ? $" {f.Evidence}" : "")}").Select(f => f.EndsWith("Pass ", StringComparison.Ordinal) || f.EndsWith("Unknown ", StringComparison.Ordinal) || f.EndsWith("NotApplicable ", StringComparison.Ordinal) ? f.TrimEnd() : f));

    /// <summary>Finds a policy with two people, and says of how many.</summary>
    private sealed class HeadedRule() : PolicyRule("PK304", "Headed", RuleSeverity.Error, RuleSources.Policy, "x")
    {
        public override string LooksAt => "";

        public override string Why => "";

        public override string Fix => "";

        public override Uri Source { get; } = new("https://example.org");

        protected override IEnumerable<FindingResult> Judge(RuleContext context) =>
            [Fail([new FindingObject(FindingObjectKind.ConditionalAccessPolicy, "d", "demand"), new FindingObject(FindingObjectKind.User, "a", "ann"), new FindingObject(FindingObjectKind.User, "b", "bob")], all => $"{all.Count - 1}")];
    }

    /// <summary>Everything, and then the suppressions.</summary>
    private static List<PasskeyPolicyFinding> Run(RuleRun run, params RuleContext[] contexts) => [.. contexts.SelectMany(c => run.Evaluate(c, Tenant)).ToList(), .. run.EvaluateSuppressions()];

    [Fact]
    public void A_suppression_that_one_tenant_needs_is_none_too_many_for_the_other_whatever_their_order()
    {
        var (needs, not) = (RuleFacts.Good().Profile("default", "deviceBound", allow: [RuleFacts.YubiKey]).Build(), RuleFacts.Good().Build());
        foreach (var order in new[] { new[] { needs, not }, [not, needs] })
        {
            var findings = Run(new RuleRun([PolicyRules.Find("PK102")!, PolicyRules.Find("PK001")!], [Accept("PK102", "default")]), order);
            Assert.Equal("Pass", Assert.Single(findings, f => f.RuleId == "PK001").Outcome.ToString());
        }
    }
}
