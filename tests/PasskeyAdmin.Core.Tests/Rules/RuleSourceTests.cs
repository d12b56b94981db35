using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Core.Tests.Users;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Rules;
using PasskeyAdmin.Users;
using static PasskeyAdmin.Core.Tests.Users.UsersFixture;

namespace PasskeyAdmin.Core.Tests.Rules;

/// <summary>What is read for rules, over HTTP, of tenants that the tests make up.</summary>
public sealed class RuleSourceTests : IDisposable
{
    private readonly UsersFixture _tenant = new();
    private readonly List<string> _notices = [];

    public void Dispose() => _tenant.Dispose();

    [Fact]
    public void Whoever_has_no_passkey_by_the_report_or_is_disabled_is_not_asked()
    {
        _tenant.User("anna", methods: Passkey("synced"));
        _tenant.User("berta", methods: Hello());
        _tenant.User("carl", methods: Passkey("synced"))["accountEnabled"] = false;
        _tenant.User("newcomer", methods: Passkey("synced"))["createdDateTime"] = "2026-11-26T07:00:00Z";
        var people = Read(RuleSources.Passkeys).People;
        Assert.Equal(["anna", "newcomer"], AskedForPasskeys());
        Assert.Equal((1, 0, null, 1), (Passkeys(people, "anna"), Passkeys(people, "berta"), Passkeys(people, "carl"), Passkeys(people, "newcomer")));
        Assert.Equal(0, people.Passkeys.Value);
    }

    [Fact]
    public void What_came_and_went_since_the_report_counts()
    {
        _tenant.User("anna");
        _tenant.User("berta", methods: [Passkey("synced"), Hello()]);
        _tenant.Audit("Add Passkey (synced)", "anna");
        _tenant.Audit("Delete Windows Hello for Business credential", "berta", hasId: true);
        var people = Read(RuleSources.Passkeys).People;
        Assert.Equal(["anna", "berta"], AskedForPasskeys());
        Assert.True(Person(people, "berta").IsInDoubt);
        Assert.Null(Person(people, "berta").HasOtherMethod);
    }

    [Fact]
    public void Without_a_premium_licence_everybody_is_asked_and_the_report_is_missing()
    {
        _tenant.Settings["licence"] = "Free";
        _tenant.User("anna", methods: Passkey("synced"));
        _tenant.User("berta");
        var context = Read(RuleSources.Passkeys | RuleSources.Report | RuleSources.AuditLog | RuleSources.SignIns);
        Assert.Equal(["anna", "berta"], AskedForPasskeys());
        Assert.True(context.People.HasNoPremiumLicence);
        Assert.Contains("no premium licence", context.People.Report.Reason, StringComparison.Ordinal);
        Assert.False(context.SignIns.IsRead);
        Assert.Equal(RuleOutcome.Fail, Assert.Single(PolicyRules.Find("PK401")!.Evaluate(context)).Outcome);
        Assert.Equal(RuleOutcome.Unknown, Assert.Single(PolicyRules.Find("PK208")!.Evaluate(context)).Outcome);
        Assert.Contains(_notices, n => n.EndsWith("Every user is asked for passkeys.", StringComparison.Ordinal));
    }

    [Fact]
    public void What_takes_over_ten_minutes_is_read_only_where_somebody_waits()
    {
        for (var i = 0; i < 310; i++) _tenant.User($"u{i:000}", methods: Passkey("synced"));
        var passkeys = Read(RuleSources.Passkeys).People.Passkeys;
        Assert.Contains("takes long", passkeys.Reason, StringComparison.Ordinal);
        Assert.Contains("-Wait", passkeys.Reason, StringComparison.Ordinal);
        Assert.Empty(AskedForPasskeys());
        Assert.True(Read(RuleSources.Passkeys, new RuleOptions { Waits = true }).People.Passkeys.IsRead);
        Assert.Equal(310, AskedForPasskeys().Count);
    }

    [Fact]
    public void A_checkpoint_spares_what_was_read_before()
    {
        var folder = Directory.CreateTempSubdirectory("passkeyadmin-rules-").FullName;
        try
        {
            for (var i = 0; i < 310; i++) _tenant.User($"u{i:000}", methods: Passkey("synced"));
            string path = Path.Combine(folder, "checkpoint");
            var session = _tenant.Session();
            for (var run = 0; run < 2; run++)
            {
                using var checkpoint = ReadCheckpoint.Open(path, session.TenantId!, session.Traffic.Now);
                var people = Read(RuleSources.Passkeys, new RuleOptions { Checkpoint = checkpoint }).People;
                Assert.Equal(310, people.All.Count(p => p.Passkeys is { Count: 1 }));
                Assert.Equal(run == 0 ? 310 : 0, AskedForPasskeys().Count);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void One_user_who_cannot_be_read_costs_that_user_only()
    {
        foreach (var name in new[] { "anna", "berta", "carl" }) _tenant.User(name, methods: Passkey("synced"));
        _tenant.Graph.Server.Faults = (request, _) => request.Path.Contains($"{IdOf("anna")}/authentication", StringComparison.Ordinal) ? PasskeyAdmin.Testing.Fault.Reply(403, """{"error":{"code":"accessDenied","message":"No."}}""") : null;
        var context = Read(RuleSources.Passkeys | RuleSources.Groups);
        Assert.Equal((1, true), (context.People.Passkeys.Value, context.People.Passkeys.IsRead));
        Assert.Null(Person(context.People, "anna").Passkeys);
        Assert.Contains(PolicyRules.Find("PK209")!.Evaluate(context), r => r.Outcome is RuleOutcome.Unknown && r.Evidence.StartsWith("The passkeys of 1 user ", StringComparison.Ordinal));
    }

    [Fact]
    public void Where_none_was_named_emergency_accounts_are_those_that_most_policies_leave_out()
    {
        foreach (var name in new[] { "anna", "glass", "forgotten", "spare" }) _tenant.User(name);
        _tenant.AccessPolicy("enabled", IdOf("glass"), IdOf("forgotten"), IdOf("anna"));
        _tenant.AccessPolicy("enabled", IdOf("glass"), IdOf("forgotten"));
        _tenant.AccessPolicy("enabled", IdOf("glass"));
        _tenant.AccessPolicy("disabled", IdOf("anna"));
        _tenant.AccessPolicy("enabledForReportingButNotEnforced", IdOf("anna"));
        var emergency = Read(RuleSources.Emergency).Emergency.Value;
        Assert.Equal((false, "forgotten@contoso.com, glass@contoso.com"), (emergency.IsNamed, string.Join(", ", emergency.Accounts.Select(a => a.Shown).Order(StringComparer.Ordinal))));
        // Whom one policy means as well is an administrator like others until somebody names the account.
        Assert.Equal(["glass@contoso.com"], emergency.Accounts.Where(a => a.IsCertain).Select(a => a.Shown));
    }

    [Fact]
    public void Where_a_group_that_is_left_out_cannot_be_read_nobody_is_presumed_and_that_is_said()
    {
        _tenant.User("glass");
        _tenant.AccessPolicy("enabled", IdOf("glass"));
        _tenant.AccessPolicy("enabled", IdOf("glass"));
        ((JObject)_tenant.AccessPolicies[0]!["conditions"]!["users"]!)["excludeGroups"] = new JArray(Pilot);
        _tenant.Fail("transitiveMembers");
        Assert.Contains("who is in a group that Conditional Access leaves out could not be read", Read(RuleSources.Emergency).Emergency.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void One_policy_makes_nobody_an_emergency_account()
    {
        _tenant.User("anna");
        _tenant.AccessPolicy("enabled", IdOf("anna"));
        Assert.Contains("no account is left out by most", Read(RuleSources.Emergency).Emergency.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Named_ones_who_are_gone_or_disabled_are_not_judged()
    {
        _tenant.User("glass");
        _tenant.User("off")["accountEnabled"] = false;
        _tenant.EmergencyAccounts.AddRange(["glass@contoso.com", "off@contoso.com", "gone@contoso.com"]);
        Assert.Equal(["glass@contoso.com"], Read(RuleSources.Emergency).Emergency.Value.Accounts.Select(a => a.Shown));
    }

    [Fact]
    public void Nothing_is_read_for_rules_that_need_the_policy_alone()
    {
        _tenant.User("anna", methods: Passkey("synced"));
        Read(RuleSources.Policy);
        Assert.Empty(_tenant.Asked);
    }

    [Fact]
    public void A_sign_in_that_ends_ends_the_reading()
    {
        _tenant.User("anna", methods: Passkey("synced"));
        var policy = Policy();
        _tenant.Graph.Server.Faults = (_, _) => PasskeyAdmin.Testing.Fault.Reply(401, """{"error":{"code":"InvalidAuthenticationToken","message":"Expired."}}""");
        var session = _tenant.Session();
        var error = Assert.Throws<PasskeyAdminException>(() => new RuleSource(session, session.CreateClient(), Catalog, new RuleOptions()).Read(policy, RuleSources.Passkeys, CancellationToken.None));
        Assert.Equal(ErrorKind.SignInNeeded, error.Kind);
    }

    private RuleContext Read(RuleSources needs, RuleOptions? options = null)
    {
        var policy = Policy();
        _tenant.ForgetAsked();
        var session = _tenant.Session();
        return new RuleSource(session, session.CreateClient(), Catalog, (options ?? new RuleOptions()) with { Notice = _notices.Add }).Read(policy, needs, CancellationToken.None);
    }

    private PasskeyPolicy Policy()
    {
        var session = _tenant.Session();
        return new PasskeyPolicySource(session, session.CreateClient(), Catalog).Read(CancellationToken.None);
    }

    private List<string> AskedForPasskeys() =>
        [.. _tenant.Asked.Where(p => p.EndsWith("/fido2Methods", StringComparison.Ordinal)).Select(p => p.Split('/')[^3]).Select(id => _tenant.Users.Single(u => (string?)u["id"] == id)["userPrincipalName"]!.ToString().Split('@')[0]).Order(StringComparer.Ordinal)];

    private static RulePerson Person(RulePeople people, string name) => people.Find(Guid.Parse(IdOf(name)))!;

    private static int? Passkeys(RulePeople people, string name) => Person(people, name).Passkeys?.Count;
}
