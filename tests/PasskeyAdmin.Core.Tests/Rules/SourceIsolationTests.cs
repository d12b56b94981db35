using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Rules;

namespace PasskeyAdmin.Core.Tests.Rules;

/// <summary>What cannot be read costs the rules that need it, and no others.</summary>
public sealed class SourceIsolationTests
{
    private const string Reason = "Not allowed to read this.";

    private static readonly Dictionary<string, (RuleSources Source, Action<RuleFacts> Take)> Sources = new()
    {
        ["Methods"] = (RuleSources.Methods, f => f.Methods = Reading<MethodsPolicy>.NotRead(Reason)),
        ["Pass"] = (RuleSources.Policy, f => f.Pass = Reading<TemporaryAccessPassSettings>.NotRead(Reason)),
        ["OptOut"] = (RuleSources.OptOut, f => f.IsOptedOut = Reading<bool>.NotRead(Reason)),
        ["Groups"] = (RuleSources.Groups, f => f.Groups = Reading<RuleGroups>.NotRead(Reason)),
        ["Users"] = (RuleSources.Users, f => f.People.Users = Reading<int>.NotRead(Reason)),
        ["Report"] = (RuleSources.Report, f => f.People.Report = Reading<DateTimeOffset>.NotRead(Reason)),
        ["Passkeys"] = (RuleSources.Passkeys, f => f.People.Passkeys = Reading<int>.NotRead(Reason)),
        ["Roles"] = (RuleSources.Roles, f => f.Roles = Reading<RuleRoles>.NotRead(Reason)),
        ["Access"] = (RuleSources.Access, f => f.WhyNoAccess = Reason),
        ["Emergency"] = (RuleSources.Emergency, f => f.Emergency = Reading<RuleEmergency>.NotRead(Reason)),
        ["SignIns"] = (RuleSources.SignIns, f => f.SignIns = Reading<RuleSignIns>.NotRead(Reason)),
        ["Renames"] = (RuleSources.Renames, f => f.Renames = Reading<RuleRenames>.NotRead(Reason)),
        ["AuditLog"] = (RuleSources.AuditLog, f => f.AuditLog = Reading<bool>.NotRead(Reason)),
    };

    /// <summary>Written by hand. PK116 asks for the report where passkeys are off, and PK111 for groups where somebody is excluded.</summary>
    public static TheoryData<string, string> Expected => new()
    {
        { "Methods", "PK206 PK214 PK402" },
        { "Pass", "PK214" },
        { "OptOut", "PK402" },
        { "Groups", "PK106 PK107 PK108 PK110 PK111 PK201 PK202 PK205 PK209 PK212 PK213 PK214 PK301 PK304 PK305" },
        { "Users", "PK111 PK201 PK202 PK203 PK204 PK205 PK212 PK214 PK301 PK304 PK305" },
        { "Report", "PK208 PK213 PK401" },
        { "Passkeys", "PK202 PK203 PK204 PK205 PK209 PK210 PK211 PK213 PK304" },
        { "Roles", "PK201 PK202 PK203 PK204 PK207 PK301 PK304 PK305" },
        { "Access", "PK207 PK301 PK302 PK303 PK304 PK305" },
        { "Emergency", "PK205 PK206 PK207" },
        { "SignIns", "PK305" },
        { "Renames", "PK211" },
        { "AuditLog", "PK401" },
    };

    private static IEnumerable<PolicyRule> Rules => PolicyRules.All.Where(r => r is not SuppressionUnusedRule);

    [Theory]
    [MemberData(nameof(Expected))]
    public void Exactly_the_rules_that_need_it_do_not_know(string source, string rules)
    {
        foreach (var facts in new[] { Right(), Wrong() })
        {
            Sources[source].Take(facts);
            Assert.Equal(rules, Unknown(facts));
            Assert.All(Rules.SelectMany(r => r.Evaluate(facts.Build())).Where(r => r.Outcome is RuleOutcome.Unknown), r => Assert.Contains(Reason, r.Evidence, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void With_everything_read_all_is_known()
    {
        Assert.Empty(Unknown(Right()));
        Assert.Empty(Unknown(Wrong()));
        Assert.Empty(Unknown(Off()));
        // The other tests would show little if these found nothing.
        Assert.True(Rules.Count(r => r.Evaluate(Wrong().Build()).Any(f => f.Outcome is RuleOutcome.Fail)) >= 19);
    }

    [Theory]
    [MemberData(nameof(Expected))]
    public void The_needs_of_the_rules_are_those_of_the_table(string source, string rules)
    {
        // The pass is read with the methods policy. PK401 is about the report itself, PK206 looks at names as well, and PK402 without the opt-out where it does not matter any more.
        if (source is "Pass") return;
        string[] wishes = source is "Report" ? ["PK401"] : source is "OptOut" ? ["PK402"] : source is "Methods" ? ["PK206"] : [];
        string[] more = source is "Report" ? ["PK116"] : [];
        Assert.Equal(rules.Split(' ').Except(wishes).Concat(more).Order(StringComparer.Ordinal), PolicyRules.All.Where(r => r.Needs.HasFlag(Sources[source].Source)).Select(r => r.Id));
    }

    [Fact]
    public void Where_passkeys_are_off_the_report_costs_one_rule_more()
    {
        var facts = Off();
        Sources["Report"].Take(facts);
        Assert.Equal("PK116 PK208 PK213 PK401", Unknown(facts));
        facts = Off();
        Sources["Passkeys"].Take(facts);
        Assert.Equal("PK202 PK203 PK204 PK205 PK210 PK211 PK213 PK304", Unknown(facts));
    }

    [Fact]
    public void With_nothing_read_every_rule_speaks_and_none_passes_that_needs_something()
    {
        var facts = Right();
        foreach (var source in Sources.Values) source.Take(facts);
        foreach (var rule in Rules) Assert.Equal(rule.Needs is RuleSources.Policy || rule.Id is "PK116", rule.Evaluate(facts.Build()).All(r => r.Outcome is not RuleOutcome.Unknown));
    }

    [Fact]
    public void A_policy_in_a_file_leaves_nothing_unknown()
    {
        foreach (var facts in new[] { Right(), Wrong(), Off() })
        {
            foreach (var source in Sources.Values) source.Take(facts);
            facts.IsFile = true;
            Assert.Empty(Unknown(facts));
        }
    }

    private static string Unknown(RuleFacts facts)
    {
        var context = facts.Build();
        return string.Join(" ", Rules.Where(r => r.Evaluate(context).Any(f => f.Outcome is RuleOutcome.Unknown)).Select(r => r.Id));
    }

    private static RuleFacts Right() => RuleFacts.Good().Group("leavers").Exclude("leavers").With(RuleFacts.Demand());

    private static RuleFacts Off()
    {
        var facts = Right();
        facts.Policy["state"] = "disabled";
        return facts;
    }

    /// <summary>Much is wrong here, and nothing unknown.</summary>
    private static RuleFacts Wrong()
    {
        var facts = RuleFacts.Good();
        facts.Person("adam", ["passKeySynced"], [("synced", RuleFacts.Apple)], ["pilot"]).Person("bea", ["sms"], [], roles: [RuleFacts.UserAdministrator]).Person("cyd", ["passKeyDeviceBound"], [("deviceBound", RuleFacts.YubiKey)], ["admins"], [RuleFacts.UserAdministrator]);
        facts.Person("exit", [], [], ["wave 1"]).Person("dan", ["passKeySynced"], [("synced", RuleFacts.Apple)], ["staff", "leavers"], used: RuleFacts.Now.AddDays(-500)).Person("gus", [], [], ["partners"], isGuest: true);
        facts.Target("partners", "default").Target("empty", "default").Group("empty").Target("gone", "default").IsDeleted("gone").Exclude("leavers");
        facts.With(RuleFacts.Demand() with { Users = new() { IncludeUsers = ["All"] } }).With(RuleFacts.Demand("registration") with { IncludeApplications = [], UserActions = ["urn:user:registersecurityinfo"], StrengthId = null, Controls = ["block"] });
        facts.Strengths.Add(new("11111111-0000-0000-0000-000000000000", "unreachable", ["fido2"]) { AaGuids = [Guid.Parse("12345678-0000-4000-8000-000000000000")] });
        facts.Profile("default", "deviceBound", block: ["12345678-0000-4000-8000-000000000000"]).Profile("synced", "synced", allow: [RuleFacts.Apple]);
        facts.Renames = Reading<RuleRenames>.Of(new RuleRenames([new Rename(Guid.Parse(RuleFacts.Id("ann")), RuleFacts.Now, null)], true));
        facts.Pass = Reading<TemporaryAccessPassSettings>.Of(new TemporaryAccessPassSettings(new MethodConfiguration(PolicyState.Enabled) { Targets = [new MethodTarget(RuleFacts.Id("staff"), TargetKind.Group, TargetStatus.Found, "staff")], Exclusions = [] }));
        facts.IsOptedOut = Reading<bool>.Of(false);
        return facts;
    }
}
