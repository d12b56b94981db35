using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Core.Tests.Users;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Testing;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Core.Tests.Changes;

/// <summary>Issuing a Temporary Access Pass: what is refused before anything is sent, what is written down, and what a fault leaves.</summary>
public sealed class TemporaryAccessPassTests
{
    private static readonly string Ann = UsersFixture.IdOf("ann");
    private static readonly string Passes = TemporaryAccessPasses.PathOf(Ann);

    [Fact]
    public void A_pass_is_written_down_before_it_is_asked_for_and_never_itself()
    {
        using var tenant = new HelpdeskFixture();
        var plan = Plan(tenant, new TemporaryAccessPassWish("Ticket 1") { Lifetime = 120, IsUsableOnce = true });
        tenant.OnRequest((r, _) =>
        {
            if (r.Method == "POST") Assert.Equal("sending", (string?)tenant.Journal()[^1]["event"]);
            return null;
        });
        var result = Issue(tenant, plan, asPlainText: true);
        Assert.Null(result.Error);
        var pass = result.Pass!;
        Assert.Equal(["GET", "POST", "GET"], tenant.Ours.Select(r => r.Method));
        Assert.Equal("""{"lifetimeInMinutes":120,"isUsableOnce":true}""", Assert.Single(tenant.Writes).Body);
        Assert.Equal((120L, true, true, "Ticket 1"), (pass.LifetimeInMinutes, pass.UsableOnce, pass.IsConfirmed, pass.Reason));
        Assert.Equal(pass.ValidFrom!.Value.AddMinutes(120), pass.ValidUntil);
        Assert.StartsWith("TAP-", AccessToken.Plain(pass.TemporaryAccessPass), StringComparison.Ordinal);
        Assert.Equal(AccessToken.Plain(pass.TemporaryAccessPass), pass.PlainText);
        Assert.DoesNotContain(pass.PlainText!, $"{pass} {pass.NextStep}", StringComparison.Ordinal);
        Assert.Equal([null, "sending", "outcome"], tenant.Journal().Select(l => (string?)l["event"]));
        var head = tenant.Journal()[0];
        Assert.Equal((UserChangeJournal.Mark, "Ticket 1", Ann, 120, "New-Something"), ((string?)head["format"], (string?)head["reason"], (string?)head["userId"], (int?)head["lifetimeInMinutes"], (string?)head["command"]));
        AssertSecret(tenant, result);
        Assert.DoesNotContain("ann@", File.ReadAllText(tenant.JournalPath), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_wish_the_policy_decides_and_without_being_asked_for_there_is_no_text()
    {
        using var tenant = new HelpdeskFixture();
        var pass = Issue(tenant, Plan(tenant)).Pass!;
        Assert.Equal((60L, false, null), (pass.LifetimeInMinutes, pass.UsableOnce, pass.PlainText));
        Assert.Contains("within ten minutes", pass.NextStep, StringComparison.Ordinal);
        Assert.Contains("signs in with the pass again", pass.NextStep, StringComparison.Ordinal);
    }

    public static TheoryData<string, string, int?, bool?> Refusals => new()
    {
        { """{ "state": "disabled" }""", "TemporaryAccessPassOff", null, null },
        { """{ "excludeTargets": [{ "targetType": "group", "id": "20000000-0000-4000-8000-000000000001" }] }""", "TemporaryAccessPassNotAllowed", null, null },
        { """{ "includeTargets": [{ "targetType": "group", "id": "20000000-0000-4000-8000-000000000002" }] }""", "TemporaryAccessPassNotAllowed", null, null },
        { """{ "includeTargets": [] }""", "TemporaryAccessPassNotAllowed", null, null },
        { "{}", "LifetimeOutOfBounds", 59, null },
        { "{}", "LifetimeOutOfBounds", 481, null },
        { """{ "minimumLifetimeInMinutes": null, "maximumLifetimeInMinutes": null }""", "LifetimeOutOfBounds", 9, null },
        { """{ "isUsableOnce": true }""", "PassMustBeUsableOnce", null, false },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void What_the_policy_does_not_allow_is_refused_before_anything_is_sent(string policy, string error, int? lifetime, bool? once)
    {
        using var tenant = new HelpdeskFixture(t => Prepare(t, policy));
        var refusal = Assert.Throws<PasskeyAdminException>(() => Plan(tenant, new TemporaryAccessPassWish("x") { Lifetime = lifetime, IsUsableOnce = once }));
        Assert.Equal(error, refusal.ErrorId);
        Assert.EndsWith("Nothing was sent.", refusal.Message, StringComparison.Ordinal);
        if (error == "LifetimeOutOfBounds" && policy == "{}") Assert.Contains("60 to 480 minutes", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(tenant.Server.Requests, r => r.Path.EndsWith("temporaryAccessPassMethods", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{ "includeTargets": [{ "targetType": "group", "id": "20000000-0000-4000-8000-000000000001" }] }""", 480, null)]
    [InlineData("""{ "isUsableOnce": true }""", 60, true)]
    [InlineData("""{ "isUsableOnce": true }""", 60, null)]
    public void What_the_policy_allows_is_issued(string policy, int lifetime, bool? once)
    {
        using var tenant = new HelpdeskFixture(t => Prepare(t, policy));
        Assert.True(Issue(tenant, Plan(tenant, new TemporaryAccessPassWish("x") { Lifetime = lifetime, IsUsableOnce = once })).Pass!.IsConfirmed);
    }

    [Fact]
    public void A_pass_that_is_there_is_left_alone_and_one_that_ended_is_not_in_the_way()
    {
        using var tenant = new HelpdeskFixture();
        tenant.Send("POST", Passes, new JObject { ["lifetimeInMinutes"] = 60 });
        var there = Assert.Single(tenant.Methods("ann", "temporaryAccessPassMethods"));
        var error = Assert.Throws<PasskeyAdminException>(() => Plan(tenant));
        Assert.Equal("TemporaryAccessPassExists", error.ErrorId);
        Assert.Contains((string)there["id"]!, error.Message, StringComparison.Ordinal);
        Assert.Equal((string?)there["id"], (string?)Assert.Single(tenant.Methods("ann", "temporaryAccessPassMethods"))["id"]);
        tenant.Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.Null(Issue(tenant, Plan(tenant)).Error);
    }

    [Fact]
    public void One_that_came_meanwhile_is_seen_before_anything_is_sent()
    {
        using var tenant = new HelpdeskFixture();
        var plan = Plan(tenant);
        tenant.Send("POST", Passes, new JObject { ["lifetimeInMinutes"] = 60 });
        tenant.OnRequest((_, _) => null);
        var result = Issue(tenant, plan);
        Assert.Equal("TemporaryAccessPassExists", result.Error!.ErrorId);
        Assert.Empty(tenant.Writes);
        Assert.Equal("NotSent", (string?)tenant.Journal()[^1]["outcome"]);
    }

    [Theory]
    [InlineData(false, "could be seen: that takes the role Authentication Administrator; if the user has a role that does not show")]
    [InlineData(true, "is an administrator (Global Administrator): that takes the role Privileged Authentication Administrator.")]
    [InlineData(null, "for administrators Privileged Authentication Administrator.")]
    public void A_refusal_names_the_role(bool? isAdministrator, string words)
    {
        using var tenant = new HelpdeskFixture(t =>
        {
            t.User("ann");
            if (isAdministrator == true) t.Role(Ann);
        });
        tenant.Server.Faults = (r, _) => isAdministrator is null && r.Path.Contains("transitiveMemberOf", StringComparison.Ordinal) ? Fault.Reply(403, "{}") : null;
        var plan = Plan(tenant);
        Assert.Equal(isAdministrator != false, plan.Asks);
        tenant.OnRequest((r, _) => r.Method == "POST" ? Fault.Reply(403, """{"error":{"code":"accessDenied","message":"No."}}""") : null);
        var error = Issue(tenant, plan).Error!;
        Assert.Equal("AccessDenied", error.ErrorId);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_policy_or_groups_that_cannot_be_read_are_said_and_the_service_decides()
    {
        using var tenant = new HelpdeskFixture();
        tenant.Server.Faults = (r, _) => r.Path.Contains("authenticationMethodsPolicy", StringComparison.Ordinal) ? Fault.Reply(403, "{}") : null;
        var plan = Plan(tenant);
        Assert.Contains("Microsoft Graph decides", Assert.Single(plan.Warnings), StringComparison.Ordinal);
        var pass = Issue(tenant, plan).Pass!;
        Assert.Equal((60L, false), (pass.LifetimeInMinutes, pass.UsableOnce));
        using var other = new HelpdeskFixture(t => Prepare(t, $$"""{ "includeTargets": [{ "targetType": "group", "id": "{{UsersFixture.Pilot}}" }] }"""));
        other.Server.Faults = (r, _) => r.Path.Contains("transitiveMemberOf", StringComparison.Ordinal) ? Fault.Reply(403, "{}") : null;
        Assert.Contains("is not known: Microsoft Graph decides", Assert.Single(Plan(other).Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_journal_nothing_is_sent()
    {
        using var tenant = new HelpdeskFixture();
        var plan = Plan(tenant);
        File.WriteAllText(Path.Combine(tenant.Folder, UserChangeJournal.FolderName), "");
        tenant.OnRequest((_, _) => null);
        Assert.Equal("JournalNotWritable", Assert.Throws<PasskeyAdminException>(() => Issue(tenant, plan)).ErrorId);
        Assert.Empty(tenant.Ours);
    }

    [Theory]
    [InlineData(204, true)]
    [InlineData(403, false)]
    public void Stopped_while_it_is_issued_the_pass_is_taken_back_or_said_to_be_lost(int answer, bool isTakenBack)
    {
        using var tenant = new HelpdeskFixture();
        var plan = Plan(tenant);
        using var stop = new CancellationTokenSource();
        tenant.OnRequest((r, _) =>
        {
            if (r.Method == "POST") stop.Cancel();
            return r.Method == "DELETE" && answer != 204 ? Fault.Reply(answer, "{}") : null;
        });
        var engine = new TemporaryAccessPassEngine(tenant.Session, tenant.Client);
        var issue = () => engine.Issue(plan, tenant.Folder, "New-Something", asPlainText: true, stop.Token);
        if (isTakenBack) Assert.Throws<OperationCanceledException>(issue);
        else Assert.Equal("TemporaryAccessPassLost", issue().Error?.ErrorId);
        Assert.Equal(["POST", "DELETE"], tenant.Writes.Select(w => w.Method));
        Assert.Equal(isTakenBack ? 0 : 1, tenant.Methods("ann", "temporaryAccessPassMethods").Count);
        Assert.Equal([null, "sending", "sending", "outcome"], tenant.Journal().Select(l => (string?)l["event"]));
        Assert.Equal(isTakenBack ? "TakenBack" : "Lost", (string?)tenant.Journal()[^1]["outcome"]);
        Assert.NotNull((string?)tenant.Journal()[^1]["methodId"]);
        Assert.DoesNotContain("TAP-", File.ReadAllText(tenant.JournalPath), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(45, false, "Applied", null)]
    [InlineData(45, true, "NotSent", "TemporaryAccessPassExists")]
    [InlineData(600, false, "Failed", "GraphThrottled")]
    public void A_pass_that_is_turned_away_is_asked_for_again_when_Graph_asks(int seconds, bool isIssuedMeanwhile, string outcome, string? error)
    {
        using var tenant = new HelpdeskFixture();
        var plan = Plan(tenant);
        var times = new List<DateTimeOffset>();
        tenant.OnRequest((r, _) =>
        {
            if (r.Method != "POST") return null;
            times.Add(tenant.Clock.UtcNow);
            if (times.Count > 1) return null;
            var turnedAway = Fault.Reply(429, """{"error":{"code":"TooManyRequests","message":"Slow down."}}""", ("Retry-After", $"{seconds}"));
            return isIssuedMeanwhile ? turnedAway.After(() => tenant.Send("POST", Passes, new JObject { ["lifetimeInMinutes"] = 60 })) : turnedAway;
        });
        var result = Issue(tenant, plan);
        Assert.Equal((outcome, error), ((string?)tenant.Journal()[^1]["outcome"], result.Error?.ErrorId));
        Assert.Equal(error is null, result.Pass is not null);
        Assert.Equal(error is null ? 2 : 1, times.Count);
        if (error is null) Assert.InRange(times[1] - times[0], TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds + 15));
        else Assert.Contains("No pass was issued.", result.Error!.Message, StringComparison.Ordinal);
        if (seconds > 300) Assert.Contains("asks to wait 600 s", result.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pass_without_an_id_is_handed_on()
    {
        using var tenant = new HelpdeskFixture();
        var plan = Plan(tenant);
        tenant.OnRequest((r, _) => r.Method == "POST" ? Fault.Reply(201, tenant.Forward(r).Replace("\"id\"", "\"noId\"", StringComparison.Ordinal)) : null);
        var pass = Issue(tenant, plan, asPlainText: true).Pass!;
        Assert.StartsWith("TAP-", pass.PlainText, StringComparison.Ordinal);
        Assert.Equal((string?)Assert.Single(tenant.Methods("ann", "temporaryAccessPassMethods"))["id"], pass.Id);
    }

    [Theory]
    [InlineData("  ", 0)]
    [InlineData("x", 501)]
    public void A_reason_is_needed_and_short(string text, int times) =>
        Assert.Equal("ReasonInvalid", Assert.Throws<PasskeyAdminException>(() => TemporaryAccessPassWish.RequireReason(times == 0 ? text : string.Concat(Enumerable.Repeat(text, times)))).ErrorId);

    [Theory]
    [InlineData("accountEnabled", "The account is disabled: nobody signs in with it", "it has to be enabled first, or nobody signs in with it. Sign in with the pass at")]
    [InlineData("userType", "The user is a guest: guests cannot register a passkey", "guests cannot register a passkey in the tenant that they visit: the pass does not help with that.")]
    public void For_whom_it_is_in_vain_is_asked_about_and_the_next_step_says_it(string property, string why, string next)
    {
        using var tenant = new HelpdeskFixture(t => t.User("ann")[property] = property == "userType" ? "Guest" : false);
        var plan = Plan(tenant);
        Assert.True(plan is { Asks: true, IsAboutPower: false });
        Assert.Contains(why, plan.Words("Contoso"), StringComparison.Ordinal);
        Assert.Contains(next, Issue(tenant, plan).Pass!.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public void From_the_second_user_on_and_for_emergency_accounts_it_is_asked_about()
    {
        using var tenant = new HelpdeskFixture();
        var plan = Plan(tenant);
        Assert.Equal((false, true), (plan.Asks, (plan with { Number = 2 }).Asks));
        foreach (var kind in new[] { EmergencyAccountKind.Named, EmergencyAccountKind.Presumed, EmergencyAccountKind.Unknown }) Assert.True((plan with { Emergency = kind }) is { Asks: true, IsAboutPower: true });
    }

    [Theory]
    [InlineData(false, null, 50, null)]
    [InlineData(true, null, 0, null)]
    [InlineData(true, null, 1, "this command is about 1 user already, and where nobody is asked, -MaximumAffectedUser is 1 unless you give it.")]
    [InlineData(true, 3, 2, null)]
    [InlineData(true, 3, 3, "this command is about 3 users already, and -MaximumAffectedUser is 3.")]
    [InlineData(false, 0, 0, "There is no pass for 'ann': -MaximumAffectedUser is 0.")]
    public void Beyond_the_limit_there_is_no_pass(bool isSilent, int? most, int issued, string? words)
    {
        var refusal = new TemporaryAccessPassGuard(new GuardLimits { IsSilent = isSilent, MaximumAffectedUser = most }).Refusal(issued, "ann");
        Assert.Equal(words is null ? null : "TooManyAffectedUsers", refusal?.ErrorId);
        if (words is not null) Assert.Contains(words, refusal!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, EmergencyAccountKind.Named, false, true)]
    [InlineData(true, EmergencyAccountKind.Presumed, false, true)]
    [InlineData(true, EmergencyAccountKind.Unknown, true, true)]
    [InlineData(true, EmergencyAccountKind.Unknown, null, true)]
    [InlineData(true, EmergencyAccountKind.Unknown, false, false)]
    [InlineData(true, EmergencyAccountKind.No, true, false)]
    [InlineData(false, EmergencyAccountKind.Named, true, false)]
    public void An_emergency_account_has_no_pass_without_a_question(bool isSilent, EmergencyAccountKind kind, bool? isAdministrator, bool isRefused)
    {
        var standing = isAdministrator is { } power ? Reading<DirectoryStanding>.Of(new([], power ? ["Global Administrator"] : [])) : Reading<DirectoryStanding>.NotRead("x");
        var plan = new TemporaryAccessPassPlan(new DirectoryUser("ann"), new TemporaryAccessPassWish("x"), standing, Reading<TemporaryAccessPassSettings>.NotRead("x")) { Emergency = kind, EmergencyOpen = kind is EmergencyAccountKind.Unknown ? "Which ones they are is not known." : null };
        var refusal = new TemporaryAccessPassGuard(new GuardLimits { IsSilent = isSilent, MaximumAffectedUser = 9 }).Refusal(plan);
        Assert.Equal(isRefused ? "EmergencyAccountPassRefused" : null, refusal?.ErrorId);
        if (isRefused) Assert.EndsWith("without -Confirm:$false. Nothing was sent.", refusal!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TenantConnection.GraphPowerShell, null, "or Invoke-MgGraphRequest -Method DELETE -Uri '/v1.0/users/ann/authentication/temporaryAccessPassMethods/p%2F1'.")]
    [InlineData(TenantConnection.AccessToken, null, "or the request DELETE /v1.0/users/ann/authentication/temporaryAccessPassMethods/p%2F1.")]
    [InlineData(TenantConnection.Sandbox, null, "No command deletes it in a sandbox: it is there until it ends, or until you connect to the sandbox anew.")]
    [InlineData(TenantConnection.Sandbox, "tenant.json", "No command deletes it in a sandbox: it is there until it ends.")]
    public void How_a_pass_is_deleted_hinges_on_the_session(TenantConnection connection, string? path, string words)
    {
        using var tenant = new HelpdeskFixture();
        var session = new TenantSession(new TenantFacts(connection, "x") { Path = path }, tenant.Session.Graph, tenant.Session.Traffic);
        Assert.EndsWith(words, TemporaryAccessPasses.Deletion(session, new DirectoryUser("ann"), "p/1"), StringComparison.Ordinal);
        var error = TemporaryAccessPasses.Exists(session, new DirectoryUser("ann"), new ListedPass("p/1"));
        Assert.Equal(connection is TenantConnection.GraphPowerShell, error.RecommendedAction is not null);
        Assert.EndsWith(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reason_is_neutralised() => Assert.Equal("a\uFFFD[31mb", TemporaryAccessPassWish.RequireReason(" a\u001b[31mb "));

    public static TheoryData<string, bool> Cells()
    {
        var cells = new TheoryData<string, bool>();
        foreach (var fault in HelpdeskFixture.Faults.Keys)
            for (var lasts = 0; lasts < 2; lasts++) cells.Add(fault, lasts == 1);
        return cells;
    }

    /// <summary>Design §8, last row: the tenant has the pass that was handed out, or none, or the error says that there may be one that nobody knows.</summary>
    [Theory]
    [MemberData(nameof(Cells))]
    public void No_fault_leaves_a_pass_unsaid(string fault, bool lasts)
    {
        for (var number = 0; ; number++)
        {
            using var tenant = new HelpdeskFixture();
            var plan = Plan(tenant);
            var hasMet = false;
            tenant.OnRequest((request, n) =>
            {
                if (lasts ? n < number : n != number) return null;
                hasMet = true;
                return HelpdeskFixture.Faults[fault](tenant, request);
            });
            var result = Issue(tenant, plan, asPlainText: true);
            if (!hasMet) return;
            Check(tenant, result, isTurnedAway: fault == "429", $"request {number}: {result.Error?.ErrorId}: {result.Error?.Message}");
        }
    }

    private static void Check(HelpdeskFixture tenant, TemporaryAccessPassResult result, bool isTurnedAway, string about)
    {
        tenant.Server.Faults = null;
        // What was turned away unread may be sent again.
        Assert.True(isTurnedAway || tenant.Writes.Count <= 1, $"It was sent twice: {about}");
        var there = tenant.Methods("ann", "temporaryAccessPassMethods");
        var outcome = (string?)tenant.Journal()[^1]["outcome"];
        Assert.Equal("outcome", (string?)tenant.Journal()[^1]["event"]);
        if (result.Error is { } error) Assert.Contains((string)tenant.Journal()[0]["id"]!, error.Message, StringComparison.Ordinal);
        AssertSecret(tenant, result);
        switch (outcome)
        {
            case "Applied":
                Assert.True(result is { Error: null, Pass.IsConfirmed: true }, about);
                Assert.Equal((string?)Assert.Single(there)["id"], result.Pass!.Id);
                break;
            case "NotSent":
                Assert.True(isTurnedAway || tenant.Writes.Count == 0, about);
                Assert.True(there.Count == 0 && result is { Error: not null, Pass: null }, about);
                break;
            case "Failed":
                Assert.True(there.Count == 0 && result is { Error: not null, Pass: null }, about);
                break;
            case "Lost":
                Assert.Equal("TemporaryAccessPassLost", result.Error!.ErrorId);
                Assert.Contains((string)Assert.Single(there)["id"]!, result.Error.Message, StringComparison.Ordinal);
                break;
            default:
                Assert.Equal(("NotConfirmed", "ChangeNotConfirmed"), (outcome, result.Error!.ErrorId));
                // Whoever may have lost one is told so; whoever has it, has it.
                if (there.Count > 0) Assert.True(result.Pass is { IsConfirmed: false } || result.Error.Message.Contains("nobody knows", StringComparison.Ordinal), about);
                break;
        }
    }

    private static void AssertSecret(HelpdeskFixture tenant, TemporaryAccessPassResult result)
    {
        Assert.DoesNotContain("TAP-", File.ReadAllText(tenant.JournalPath), StringComparison.Ordinal);
        Assert.DoesNotContain(tenant.Log, l => l.Contains("TAP-", StringComparison.Ordinal));
        Assert.DoesNotContain("TAP-", $"{result.Error} {result.Error?.RecommendedAction} {result.Warning}", StringComparison.Ordinal);
    }

    private static void Prepare(UsersFixture tenant, string policy)
    {
        tenant.User("ann");
        foreach (var setting in JObject.Parse(policy).Properties()) tenant.PassPolicy[setting.Name] = setting.Value;
    }

    private static TemporaryAccessPassPlan Plan(HelpdeskFixture tenant, TemporaryAccessPassWish? wish = null) =>
        new TemporaryAccessPassPlanner(tenant.Session, tenant.Client).Plan("ann@contoso.com", wish ?? new TemporaryAccessPassWish("x"), CancellationToken.None);

    private static TemporaryAccessPassResult Issue(HelpdeskFixture tenant, TemporaryAccessPassPlan plan, bool asPlainText = false) =>
        new TemporaryAccessPassEngine(tenant.Session, tenant.Client).Issue(plan, tenant.Folder, "New-Something", asPlainText, CancellationToken.None);
}
