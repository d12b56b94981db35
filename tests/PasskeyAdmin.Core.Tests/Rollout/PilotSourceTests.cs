using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Core.Tests.Users;
using PasskeyAdmin.Rollout;
using PasskeyAdmin.Users;
using static PasskeyAdmin.Core.Tests.Users.UsersFixture;

namespace PasskeyAdmin.Core.Tests.Rollout;

/// <summary>What is read and counted, over HTTP, of tenants that the tests make up.</summary>
public sealed class PilotSourceTests : IDisposable
{
    private const string Erp = "3a1e7ba2-8d45-4f69-8c23-e6b904d17f82";
    private const string Mail = "00000002-0000-0ff1-ce00-000000000000";
    private const string Sales = "20000000-0000-4000-8000-000000000007";

    private readonly UsersFixture _tenant = new();
    private readonly List<ReadProgress> _progress = [];
    private int _minute;

    public void Dispose() => _tenant.Dispose();

    [Fact]
    public void Sign_ins_are_counted_by_application_and_by_how_they_were()
    {
        foreach (var name in new[] { "anna", "berta", "carl", "dora" }) _tenant.User(name);
        SignIn("anna", Erp, "Passkey (synced)");
        SignIn("anna", Erp, "Password", "Passkey (synced)");
        SignIn("berta", Erp, "Windows Hello for Business");
        SignIn("carl", Erp, "Password", "Mobile app notification");
        SignIn("dora", Erp, "Previously satisfied");
        SignIn("dora", Erp);
        SignIn("carl", Mail, "Passkey (device-bound)");
        SignIn("berta", Mail, "Password");
        Failed("anna", Erp, 50126);
        var (erp, mail) = Two(Read());
        Assert.Equal((6, 3, 2, 1, 2, 1), (erp.SignIn, erp.PhishingResistant, erp.PasskeySignIn, erp.Other, erp.NotKnown, erp.Failed));
        Assert.Equal((4, 3, 0, 0.75, 0.75), (erp.User, erp.PhishingResistantUser, erp.NotResistantUser, erp.PhishingResistantShare!.Value, erp.PhishingResistantUserShare!.Value));
        Assert.Equal((2, 1, 1, 2, 0.5), (mail.SignIn, mail.PhishingResistant, mail.Other, mail.PhishingResistantUser, mail.PhishingResistantShare!.Value));
        Assert.Equal("2026-11-26T07:59:00Z", erp.LastSignIn!.Value.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        Assert.Equal((true, true), (erp.IsWhole, erp.Since == mail.Since));
        Assert.Equal(("ERP", Erp), (erp.Name, erp.ApplicationId));
        Assert.Empty(erp.NotRead);
    }

    [Fact]
    public void Guests_count_apart_and_those_who_are_not_interactive_not_at_all()
    {
        _tenant.User("anna");
        _tenant.User("guest")["userType"] = "Guest";
        SignIn("anna", Erp, "Password");
        SignIn("guest", Erp, "Passkey (synced)");
        SignIn("guest", Erp, "Passkey (synced)");
        Failed("guest", Erp, 50126);
        SignIn("anna", Erp, "Passkey (synced)")["isInteractive"] = false;
        var erp = Assert.Single(Read().Applications);
        Assert.Equal((1, 1, 0, 0, 0), (erp.SignIn, erp.User, erp.PhishingResistant, erp.PhishingResistantUser, erp.Failed));
        Assert.Equal((1, 2), (erp.Guest, erp.GuestSignIn));
        // The pilot group has both in it.
        Assert.Equal((2, 1), (erp.Group.Single().Member, erp.Group.Single().User));
    }

    [Fact]
    public void An_application_of_which_nothing_is_known_has_no_share()
    {
        _tenant.User("anna");
        SignIn("anna", Erp, "Previously satisfied");
        Failed("anna", Mail, 50126);
        var (erp, mail) = Two(Read());
        Assert.Null(erp.PhishingResistantShare);
        Assert.Equal((1, PilotSuitability.NotKnown, 0.0), (erp.NotKnown, erp.Suitability, erp.PhishingResistantUserShare!.Value));
        Assert.Equal((0, 1), (mail.SignIn, mail.Failed));
        Assert.Null(mail.PhishingResistantShare);
        Assert.Null(mail.PhishingResistantUserShare);
        Assert.Null(mail.LastSignIn);
    }

    [Fact]
    public void The_groups_of_the_policy_are_counted_and_nested_members_with_them()
    {
        _tenant.Group(Sales, "Sales");
        _tenant.Join(Pilot, Sales);
        foreach (var name in new[] { "anna", "berta" }) _tenant.User(name);
        _tenant.User("carl", isPilot: false);
        _tenant.User("dora", isPilot: false);
        _tenant.Join(Sales, IdOf("dora"));
        SignIn("anna", Erp, "Passkey (synced)");
        SignIn("anna", Erp, "Password");
        SignIn("dora", Erp, "Password");
        SignIn("carl", Erp, "Passkey (synced)");
        var pilot = Assert.Single(Assert.Single(Read().Applications).Group);
        Assert.Equal(("Pilot", Pilot, 3, 2, 1, 3), (pilot.Name, pilot.Id, pilot.Member, pilot.User, pilot.PhishingResistantUser, pilot.SignIn));
        Assert.Equal((1, 1.0 / 3), (pilot.PhishingResistant, pilot.PhishingResistantShare!.Value));
        // Named ones instead, the one that is used most first.
        var named = Assert.Single(Read(groups: ["sales", Pilot, "Sales"]).Applications).Group;
        Assert.Equal(["Pilot 2 of 3", "Sales 1 of 1"], named.Select(g => $"{g.Name} {g.User} of {g.Member}"));
        Assert.DoesNotContain(_tenant.Asked, a => a.Contains("authenticationMethodsPolicy", StringComparison.Ordinal));
    }

    [Fact]
    public void A_group_that_cannot_be_read_has_no_numbers_and_the_rest_has()
    {
        _tenant.Group(Sales, "Sales");
        _tenant.User("anna");
        _tenant.Join(Sales, IdOf("anna"));
        SignIn("anna", Erp, "Passkey (synced)");
        _tenant.Fail($"{Sales}/transitiveMembers");
        var reading = Read(groups: ["Sales", "Pilot"]);
        var groups = Assert.Single(reading.Applications).Group;
        Assert.Equal(("Pilot", 1, "Sales"), (groups[0].Name, groups[0].User, groups[1].Name));
        Assert.Equal((null, null, null, null, null, null), (groups[1].Member, groups[1].User, groups[1].SignIn, groups[1].PhishingResistant, groups[1].PhishingResistantUser, groups[1].PhishingResistantShare));
        Assert.StartsWith("Who is in the group 'Sales' could not be read.", Assert.Single(reading.NotRead), StringComparison.Ordinal);
        Assert.Equal(reading.NotRead, reading.Applications[0].NotRead);
    }

    [Theory]
    [InlineData("authenticationMethodConfigurations", "Which groups the passkey policy targets could not be read; no groups are counted.", 0, false)]
    [InlineData("conditionalAccess/policies", "Conditional Access could not be read.", 1, null)]
    [InlineData("authenticationStrengthPolicies", "Conditional Access could not be read.", 1, null)]
    public void What_is_not_the_log_costs_itself_only(string broken, string said, int groups, bool? demand)
    {
        _tenant.User("anna");
        SignIn("anna", Erp, "Passkey (synced)");
        _tenant.Fail(broken);
        var erp = Assert.Single(Read().Applications);
        Assert.Equal((1, groups, demand, demand), (erp.PhishingResistant, erp.Group.Count, erp.HasDemand, erp.HasDemandOfAll));
        Assert.StartsWith(said, Assert.Single(erp.NotRead), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_premium_licence_there_is_nothing_and_nothing_else_is_asked()
    {
        _tenant.Settings["licence"] = "Free";
        var error = Assert.Throws<PasskeyAdminException>(() => Read());
        Assert.Equal(("PremiumLicenceRequired", ErrorKind.AccessDenied, 403), (error.ErrorId, error.Kind, error.StatusCode));
        Assert.Single(_tenant.Asked);
    }

    [Fact]
    public void A_group_that_is_not_there_is_an_error_before_the_log_is_read()
    {
        Assert.Equal("GroupNotFound", Assert.Throws<PasskeyAdminException>(() => Read(groups: ["Nowhere"])).ErrorId);
        Assert.DoesNotContain(_tenant.Asked, a => a.Contains("signIns", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1001, 5000, 1001, true, 2)]
    [InlineData(1001, 1001, 1001, true, 2)]
    [InlineData(1001, 1000, 1000, false, 1)]
    [InlineData(1000, 1000, 1000, true, 1)]
    [InlineData(1001, 3, 3, false, 1)]
    [InlineData(0, 3, 0, true, 1)]
    public void The_log_is_read_page_by_page_up_to_a_number(int there, int most, int read, bool isWhole, int pages)
    {
        _tenant.User("anna");
        for (var i = 0; i < there; i++) SignIn("anna", Erp, i == there - 1 ? "Passkey (synced)" : "Password");
        var reading = Read(most: most);
        Assert.Equal((read, isWhole, pages), (reading.Log.Count, reading.Log.IsWhole, _tenant.Asked.Count(a => a.StartsWith("beta/auditLogs/signIns", StringComparison.Ordinal))));
        if (there == 0)
        {
            Assert.Null(reading.Log.Since);
            return;
        }
        var erp = Assert.Single(reading.Applications);
        // The newest come first: the one with a passkey is the oldest.
        Assert.Equal((read, isWhole, read == there ? 1 : 0, 1), (erp.SignIn, erp.IsWhole, erp.PasskeySignIn, erp.User));
        Assert.Equal(Time(read), erp.Since!.Value.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        // Each page is done with before the next one is asked for.
        Assert.Equal(pages, _progress.Count);
    }

    [Fact]
    public void What_it_will_take_is_said_before()
    {
        Assert.Equal("Sign-in log of 7 days, 50,000 sign-ins at most: up to 50 requests, then at least 1 min 30 s under the documented limit of Microsoft Graph.", SignInLog.Estimate(new SignInSpan(7, 50_000), isPaced: true).ToString());
        Assert.Equal("Sign-in log of 1 day, 1,001 sign-ins at most: up to 2 requests.", SignInLog.Estimate(new SignInSpan(1, 1001), isPaced: false).ToString());
        Read();
        Assert.Equal(["Sign-in log of 7 days, 50,000 sign-ins at most: up to 50 requests, then at least 1 min 30 s under the documented limit of Microsoft Graph."], _tenant.Estimates.Select(e => e.ToString()));
    }

    [Fact]
    public void Only_the_days_asked_for_are_read()
    {
        _tenant.User("anna");
        SignIn("anna", Erp, "Password");
        SignIn("anna", Erp, "Password")["createdDateTime"] = "2026-11-20T08:00:00Z";
        SignIn("anna", Erp, "Password")["createdDateTime"] = "2026-11-01T08:00:00Z";
        Assert.Equal((1, 2, 3), (Read(days: 1).Log.Count, Read(days: 7).Log.Count, Read(days: 30).Log.Count));
    }

    [Fact]
    public void Names_that_would_steer_a_terminal_are_made_harmless()
    {
        _tenant.Group(Sales, "Sales\u001b[31m'");
        _tenant.User("anna");
        SignIn("anna", Erp, "Password")["appDisplayName"] = "\u001b]0;x\u0007ERP\u202e";
        _tenant.AccessPolicies.Add(Demand("\u001b[2JAll"));
        _tenant.Fail($"{Sales}/transitiveMembers");
        var erp = Assert.Single(Read(groups: [Sales]).Applications);
        Assert.Equal(("\uFFFD]0;x\uFFFDERP\uFFFD", "Sales\uFFFD[31m'", "\uFFFD[2JAll"), (erp.Name, erp.Group.Single().Name, erp.DemandPolicy.Single()));
        Assert.All([erp.Name, erp.Advice, .. erp.NotRead, erp.ToString()], t => Assert.Equal(DisplayText.Neutralise(t), t));
    }

    [Fact]
    public void What_is_demanded_of_everybody_already_is_said()
    {
        _tenant.User("anna");
        SignIn("anna", Erp, "Passkey (synced)");
        _tenant.AccessPolicies.Add(Demand("Phishing-resistant for all"));
        var erp = Assert.Single(Read().Applications);
        Assert.Equal((true, true, PilotSuitability.Demanded, "Phishing-resistant for all"), (erp.HasDemand, erp.HasDemandOfAll, erp.Suitability, erp.DemandPolicy.Single()));
    }

    [Fact]
    public void Sign_ins_without_a_user_or_an_application_are_no_trouble()
    {
        SignIn("nobody", Erp, "Password")["userId"] = "00000000-0000-0000-0000-000000000000";
        SignIn("nobody", Erp, "Password")["userId"] = null;
        SignIn("nobody", Erp, "Password").Remove("appId");
        var erp = Assert.Single(Read().Applications);
        Assert.Equal((2, 0, 2), (erp.SignIn, erp.User, erp.Other));
        Assert.Null(erp.PhishingResistantUserShare);
    }

    [Fact]
    public void Those_with_the_most_sign_ins_come_first()
    {
        foreach (var name in new[] { "anna", "berta" }) _tenant.User(name);
        SignIn("anna", Erp, "Password");
        SignIn("anna", Mail, "Password");
        SignIn("anna", Mail, "Password");
        SignIn("anna", Sales, "Password");
        SignIn("anna", Sales, "Password");
        SignIn("berta", Sales, "Password");
        SignIn("anna", Pilot, "Password");
        SignIn("berta", Pilot, "Password");
        Assert.Equal([Sales, Pilot, Mail, Erp], Read().Applications.Select(a => a.ApplicationId));
    }

    [Fact]
    public void No_sign_in_is_kept()
    {
        var tally = new PilotTally(new GroupMembers());
        var passed = Pass(tally);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.DoesNotContain(passed, r => r.IsAlive);
        var erp = Assert.Single(tally.Applications);
        Assert.Equal((3, 1000), (erp.Users.Count, erp.SignIns.Values.Sum(c => c.SignIn)));
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static List<WeakReference> Pass(PilotTally tally)
    {
        var passed = new List<WeakReference>();
        for (var i = 0; i < 1000; i++)
        {
            var signIn = new LoggedSignIn(Erp) { ApplicationName = "ERP", IsSuccess = true, IsInteractive = true, User = Guid.Parse(IdOf($"u{i % 3}")), Proof = SignInProof.Other };
            tally.Add(signIn);
            passed.Add(new WeakReference(signIn));
        }
        return passed;
    }

    private PilotReading Read(int days = 7, int most = 50_000, string[]? groups = null)
    {
        var session = _tenant.Session();
        _tenant.ForgetAsked();
        return new PilotSource(session, session.CreateClient(), Catalog, new PilotOptions(new SignInSpan(days, most)) { Groups = groups ?? [], Announce = _tenant.Estimates.Add, Progress = new Collected(_progress) }).Read(CancellationToken.None);
    }

    private static (PasskeyPilotApplication First, PasskeyPilotApplication Second) Two(PilotReading reading)
    {
        Assert.Equal(2, reading.Applications.Count);
        return (reading.Applications[0], reading.Applications[1]);
    }

    /// <summary>Each a minute before the one that was added before it.</summary>
    private static string Time(int minute) => new DateTime(2026, 11, 26, 8, 0, 0, DateTimeKind.Utc).AddMinutes(-minute).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private JObject SignIn(string user, string application, params string[] steps)
    {
        var signIn = new JObject
        {
            ["id"] = $"50000000-0000-4000-8000-{++_minute:000000000000}",
            ["createdDateTime"] = Time(_minute),
            ["userId"] = IdOf(user),
            ["appId"] = application,
            ["appDisplayName"] = application == Erp ? "ERP" : application,
            ["authenticationDetails"] = new JArray(steps.Select(s => new JObject { ["authenticationMethod"] = s })),
        };
        _tenant.SignIns.Add(signIn);
        return signIn;
    }

    private void Failed(string user, string application, int error)
    {
        var signIn = SignIn(user, application, "Passkey (synced)");
        signIn["status"] = new JObject { ["errorCode"] = error };
    }

    private static JObject Demand(string name) => new()
    {
        ["id"] = Guid.NewGuid().ToString(),
        ["displayName"] = name,
        ["state"] = "enabled",
        ["conditions"] = new JObject { ["users"] = new JObject { ["includeUsers"] = new JArray("All") }, ["applications"] = new JObject { ["includeApplications"] = new JArray("All") } },
        ["grantControls"] = new JObject { ["operator"] = "OR", ["builtInControls"] = new JArray(), ["authenticationStrength"] = new JObject { ["id"] = "00000000-0000-0000-0000-000000000004" } },
    };

    private sealed class Collected(List<ReadProgress> all) : IProgress<ReadProgress>
    {
        public void Report(ReadProgress value) => all.Add(value);
    }
}
