using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Core.Tests.Users;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Testing;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Core.Tests.Changes;

/// <summary>Removing passkeys: what is refused, what is sent and written down, and what a fault leaves.</summary>
public sealed class RemovalTests
{
    // Each case: the methods of Ann, of which the first passkey is to be removed, and the verdict. The pilot may use synced passkeys, others only device-bound ones.
    [Theory]
    [InlineData("synced", "TakesLast")]
    [InlineData("synced deviceBound", "KeepsOne")]
    [InlineData("synced hello", "KeepsOne")]
    [InlineData("synced platform", "KeepsOne")]
    [InlineData("synced certificate", "KeepsOne")]
    [InlineData("synced disabled", "Unknown")]
    [InlineData("deviceBound outsider synced", "TakesLast")]
    [InlineData("synced outsider", "TakesLast")]
    [InlineData("synced hello outsider", "KeepsOne")]
    [InlineData("synced disabled outsider", "Unknown")]
    [InlineData("synced deviceBound outsider", "KeepsOne")]
    [InlineData("synced synced outsider", "TakesNothing")]
    [InlineData("deviceBound untyped outsider", "Unknown")]
    public void The_last_method_that_works_is_refused(string methods, string verdict)
    {
        using var tenant = new HelpdeskFixture(t => Ann(t, methods));
        var plan = PlanFirst(tenant, allowsLockout: false);
        var user = Assert.Single(plan.Users);
        Assert.Equal(verdict, user.Verdict.ToString());
        Assert.Equal(verdict is "TakesLast" or "Unknown", user.IsRefused);
        Assert.Equal(user.IsRefused ? "LockoutRefused" : null, plan.Refusal?.ErrorId);
        Assert.Equal(!user.IsRefused, plan.IsDue(revokes: false));
        Assert.True(PlanFirst(tenant, allowsLockout: true).IsDue(revokes: false));
    }

    [Theory]
    [InlineData("/authentication/methods", null)]
    [InlineData("userRegistrationDetails", "Whether the user has another phishing-resistant method is not known. Whether the user has a certificate could not be read.")]
    public void What_could_not_be_read_is_not_known(string part, string? reason)
    {
        using var tenant = new HelpdeskFixture(t => Ann(t, "synced"));
        tenant.Tenant.Fail(part);
        var user = Assert.Single(PlanFirst(tenant, allowsLockout: false).Users);
        // The narrower lists say as much as the list of all methods.
        Assert.Equal(reason is null ? RemovalVerdict.TakesLast : RemovalVerdict.Unknown, user.Verdict);
        Assert.StartsWith(reason ?? "It is the last", user.Reason, StringComparison.Ordinal);
        Assert.True(user.IsRefused);
    }

    [Fact]
    public void Windows_Hello_counts_by_the_narrow_list_too()
    {
        using var tenant = new HelpdeskFixture(t => Ann(t, "synced hello"));
        tenant.Tenant.Fail("/authentication/methods");
        Assert.Equal(RemovalVerdict.KeepsOne, Assert.Single(PlanFirst(tenant, allowsLockout: false).Users).Verdict);
    }

    [Fact]
    public void Two_that_are_the_last_together_are_refused_together()
    {
        using var tenant = new HelpdeskFixture(t => Ann(t, "synced deviceBound"));
        var plan = Planner(tenant, false).OfUsers(["ann@contoso.com"], new RemovalFilter(), CancellationToken.None);
        Assert.Equal(2, plan.LeftAlone(null, revokes: false).Count());
        Assert.False(plan.IsDue(revokes: false));
    }

    [Fact]
    public void A_user_by_name_and_by_id_is_one_and_what_is_not_there_is_gone()
    {
        using var tenant = new HelpdeskFixture(t => Ann(t, "synced deviceBound"));
        var keys = Ids(tenant, "ann");
        var plan = Planner(tenant, false).Plan([new("ann@contoso.com", keys[0]), new(UsersFixture.IdOf("ann"), keys[1]), new("ann@contoso.com", "gone"), new("nobody@contoso.com", "x")], CancellationToken.None);
        var user = Assert.Single(plan.Users);
        Assert.Equal((RemovalVerdict.TakesLast, 2, "gone"), (user.Verdict, user.Chosen.Count, Assert.Single(user.Missing)));
        Assert.Equal(("nobody@contoso.com", "UserNotFound"), (plan.Faults[0].Target, Assert.Single(plan.Faults).Fault.ErrorId));
    }

    [Fact]
    public void Over_a_group_by_the_policy_and_by_use()
    {
        using var tenant = new HelpdeskFixture(t =>
        {
            t.User("ann", true, UsersFixture.Passkey("synced"), UsersFixture.Passkey("deviceBound"));
            t.User("bob", true, Unused(UsersFixture.Passkey("synced")), UsersFixture.Passkey("deviceBound"));
            t.User("cleo", true, NeverUsed(UsersFixture.Passkey("synced")), UsersFixture.Passkey("deviceBound"));
            t.User("dan", false, UsersFixture.Passkey("synced"));
            t.Group("20000000-0000-4000-8000-000000000003", "All", UsersFixture.IdOf("ann"), UsersFixture.IdOf("bob"), UsersFixture.IdOf("cleo"), UsersFixture.IdOf("dan"));
        });
        var unused = Planner(tenant, false).OfGroups(["All"], new RemovalFilter { UnusedFor = TimeSpan.FromDays(90) }, CancellationToken.None);
        Assert.Equal("bob@contoso.com", Assert.Single(unused.Users).Shown);
        Assert.Equal("1 passkey is left alone, because it is not known when they were last used.", Assert.Single(unused.Warnings));
        var outside = Planner(tenant, false).OfGroups(["All", "Nope"], new RemovalFilter { IsNotAllowed = true }, CancellationToken.None);
        // Dan's does not work today, and he has nothing else.
        Assert.Equal(("dan@contoso.com", RemovalVerdict.TakesLast, true), (Assert.Single(outside.Users).Shown, outside.Users[0].Verdict, outside.Users[0].IsRefused));
        Assert.Equal(("Nope", "GroupNotFound"), (outside.Faults[0].Target, outside.Faults[0].Fault.ErrorId));
    }

    [Fact]
    public void Each_removal_is_written_down_before_it_is_sent_and_looked_at_afterwards()
    {
        using var tenant = Three();
        var plan = Plan(tenant);
        tenant.OnRequest((r, _) =>
        {
            if (r.Method == "DELETE") Assert.Equal(("sending", r.Path), ((string?)tenant.Journal()[^1]["event"], (string?)tenant.Journal()[^1]["path"]));
            return null;
        });
        var removed = Remove(tenant, plan, revokes: true, out var engine);
        Assert.Empty(engine.Errors);
        Assert.Equal(["Removed Revoked", "Removed Revoked", "Removed Revoked"], removed.SelectMany(u => u.Rows).Select(r => $"{r.Outcome} {r.SessionsRevoked}"));
        Assert.Equal(["GET", "DELETE", "DELETE", "GET", "GET", "POST", "GET"], tenant.Ours.Take(7).Select(r => r.Method));
        Assert.Single(tenant.Methods("ann", "fido2Methods"));
        var lines = tenant.Journal();
        Assert.Equal((UserChangeJournal.Mark, "removal of passkeys"), ((string?)lines[0]["format"], (string?)lines[0]["kind"]));
        Assert.Equal(["Applied", "Applied", "Applied", "Applied", "Applied"], lines.Where(l => (string?)l["event"] == "outcome").Select(l => (string?)l["outcome"]));
        Assert.Equal(UsersFixture.Apple, (string?)lines[1]["aaGuid"]);
        var text = File.ReadAllText(tenant.JournalPath);
        Assert.DoesNotContain("contoso.com", text.Replace("\"account\"", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("ANN", text, StringComparison.Ordinal);
        Assert.DoesNotContain("My passkey", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_again_does_the_rest()
    {
        using var tenant = Three();
        var plan = Plan(tenant);
        tenant.OnRequest((r, n) => r.Method == "DELETE" && r.Path.Contains(UsersFixture.IdOf("bob"), StringComparison.Ordinal) ? Fault.Reply(403, "{}") : null);
        var first = Remove(tenant, plan, revokes: false, out _);
        Assert.Equal(["Removed", "Removed", "Failed"], first.SelectMany(u => u.Rows).Select(r => r.Outcome.ToString()));
        var error = Assert.Single(first.SelectMany(u => u.Errors));
        Assert.Equal("AccessDenied", error.ErrorId);
        Assert.Contains("No active directory role of bob@contoso.com could be seen: that takes the role Authentication Administrator; if", error.Message, StringComparison.Ordinal);
        tenant.OnRequest((_, _) => null);
        var again = Remove(tenant, plan, revokes: false, out _);
        Assert.Equal(["AlreadyGone", "AlreadyGone", "Removed"], again.SelectMany(u => u.Rows).Select(r => r.Outcome.ToString()));
        Assert.Single(tenant.Writes);
    }

    [Fact]
    public void What_the_user_was_to_keep_must_still_be_there()
    {
        using var tenant = Three();
        var plan = Plan(tenant);
        var kept = plan.Users.Single(u => u.Shown == "ann@contoso.com").Kept.Single().Id!;
        tenant.Send("DELETE", $"/v1.0/users/{UsersFixture.IdOf("ann")}/authentication/fido2Methods/{kept}");
        tenant.OnRequest((_, _) => null);
        var removed = Remove(tenant, plan, revokes: true, out _);
        var ann = removed.Single(u => u.Shown == "ann@contoso.com");
        Assert.Equal(["Refused Revoked", "Refused Revoked"], ann.Rows.Select(r => $"{r.Outcome} {r.SessionsRevoked}"));
        Assert.Equal("LockoutRefused", Assert.Single(ann.Errors).ErrorId);
        Assert.Equal(2, tenant.Methods("ann", "fido2Methods").Count);
        Assert.Equal("Removed", Assert.Single(removed.Single(u => u.Shown == "bob@contoso.com").Rows).Outcome.ToString());
    }

    [Fact]
    public void When_it_is_stopped_what_was_sent_is_in_the_journal_and_no_more_is_sent()
    {
        using var tenant = Three();
        var plan = Plan(tenant);
        using var stop = new CancellationTokenSource();
        tenant.OnRequest((r, _) =>
        {
            if (r.Method == "DELETE") stop.Cancel();
            return null;
        });
        Assert.Throws<OperationCanceledException>(() => Engine(tenant, revokes: true).Remove(plan, tenant.Folder, "New-Something", [], stop.Token).ToList());
        Assert.Equal("DELETE", Assert.Single(tenant.Writes).Method);
        // What was written down and had not left is written down as that, the sessions too.
        Assert.Equal(["NotSent", "Applied", "NotSent"], tenant.Journal().Where(l => (string?)l["event"] == "outcome").Select(l => (string?)l["outcome"]));
        Assert.Equal("SessionsNotRevoked", (string?)tenant.Journal()[^1]["error"]);
        Assert.Equal(2, tenant.Methods("ann", "fido2Methods").Count);
    }

    [Theory]
    [InlineData("11111111-1111-4111-8111-111111111111", 1, "PasskeyIdInvalid")]
    [InlineData(" 11111111-1111-4111-8111-111111111111 ", 1, "PasskeyIdInvalid")]
    [InlineData("key", 2, "PasskeyUserAmbiguous")]
    public void The_id_of_a_user_is_none_of_a_passkey_and_ids_are_of_one_user(string id, int users, string error) =>
        Assert.Equal(error, Assert.Throws<PasskeyAdminException>(() => NamedPasskey.Of([.. Enumerable.Range(0, users).Select(i => $"user{i}")], ["x", id]).ToList()).ErrorId);

    [Fact]
    public void The_sessions_of_whoever_was_named_end_whatever_becomes_of_the_passkeys()
    {
        using var tenant = new HelpdeskFixture(t =>
        {
            t.User("ann", true, UsersFixture.Passkey("synced"));
            t.User("bob", true);
        });
        var plan = Planner(tenant, allowsLockout: false).OfUsers(["ann@contoso.com", "bob@contoso.com"], new RemovalFilter(), CancellationToken.None);
        Assert.Equal(("LockoutRefused", true), (plan.Refusal?.ErrorId, plan.IsDue(revokes: true)));
        Assert.Empty(plan.LeftAlone(null, revokes: true));
        Assert.Equal("TooManyAffectedUsers", new RemovalGuard(plan, new GuardLimits { IsSilent = true }, "Contoso", isOverGroups: false, revokes: true).Refusal()?.ErrorId);
        for (var time = 0; time < 2; time++)
        {
            Assert.Equal(["ann@contoso.com Refused Revoked", "bob@contoso.com NoneFound Revoked"], Remove(tenant, plan, revokes: true, out _).SelectMany(u => u.Rows).Select(r => $"{r.UserPrincipalName} {r.Outcome} {r.SessionsRevoked}").Order(StringComparer.Ordinal));
            tenant.Clock.Advance(TimeSpan.FromMinutes(1));
        }
    }

    [Fact]
    public void Sessions_that_were_to_end_and_were_not_tried_are_said()
    {
        using var tenant = Three();
        var plan = Plan(tenant);
        tenant.OnRequest((r, _) => r.Method == "DELETE" ? Fault.Reply(401, """{"error":{"code":"InvalidAuthenticationToken","message":"No."}}""") : null);
        var user = Assert.Single(Remove(tenant, plan, revokes: true, out var engine));
        Assert.All(user.Rows, r => Assert.Equal(SessionRevocation.NotRevoked, r.SessionsRevoked));
        Assert.Contains("SessionsNotRevoked", user.Errors.Select(e => e.ErrorId));
        Assert.Contains("their sessions go on", Assert.Single(engine.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_user_whose_passkeys_cannot_be_read_loses_the_sessions_all_the_same()
    {
        using var tenant = Three();
        tenant.OnRequest((r, _) => r.Method == "GET" && (r.Path + r.Body).Contains("fido2Methods", StringComparison.Ordinal) ? Fault.Reply(403, """{"error":{"code":"accessDenied","message":"No."}}""") : null);
        var plan = Planner(tenant, allowsLockout: false, revokes: true).OfUsers(["ann@contoso.com"], new RemovalFilter(), CancellationToken.None);
        Assert.Contains("Authentication Administrator", Assert.Single(plan.Faults).Fault.Message, StringComparison.Ordinal);
        var row = Assert.Single(Assert.Single(Remove(tenant, plan, revokes: true, out _)).Rows);
        Assert.Equal((PasskeyRemovalOutcome.Failed, SessionRevocation.Revoked), (row.Outcome, row.SessionsRevoked));
    }

    [Theory]
    [InlineData(false, 3, null)]
    [InlineData(true, 1, "-MaximumAffectedUser is 1 unless you give it")]
    public void Without_a_question_one_user_is_enough(bool isSilent, int users, string? words)
    {
        using var tenant = Three();
        var refusal = new RemovalGuard(Plan(tenant), new GuardLimits { IsSilent = isSilent }, "Contoso", isOverGroups: false, revokes: false).Refusal();
        Assert.Equal(words is null, refusal is null);
        if (words is not null) Assert.Contains(words, refusal!.Message, StringComparison.Ordinal);
        Assert.Null(new RemovalGuard(Plan(tenant), new GuardLimits { IsSilent = isSilent, MaximumAffectedUser = users + 1 }, "Contoso", isOverGroups: false, revokes: false).Refusal());
        Assert.Equal(isSilent, new RemovalGuard(Plan(tenant), new GuardLimits { IsSilent = isSilent }, "Contoso", isOverGroups: true, revokes: false).Refusal() is not null);
    }

    [Theory]
    [InlineData(true, "PolicyChangedSincePlan")]
    [InlineData(false, "AccessDenied")]
    public void The_policy_is_looked_at_again_before_anything_is_sent(bool isReadable, string error)
    {
        using var tenant = Three();
        var plan = Plan(tenant) with { PolicyHash = isReadable ? "another" : PolicyPlaces.HashOf(tenant.Client.Get(PasskeyPolicySource.Path, CancellationToken.None)) };
        if (!isReadable) Assert.NotEmpty(Remove(tenant, plan with { Users = [.. plan.Users.Take(1)] }, revokes: false, out _));
        tenant.OnRequest((_, _) => null);
        tenant.Server.Faults = (r, _) => !isReadable && r.Path.Contains("authenticationMethodsPolicy", StringComparison.Ordinal) ? Fault.Reply(403, "{}") : null;
        var refusal = Assert.Throws<PasskeyAdminException>(() => Remove(tenant, plan, revokes: isReadable, out _));
        Assert.Equal(error, refusal.ErrorId);
        Assert.EndsWith(isReadable ? "Nothing was sent: the sessions go on as well." : "Nothing was sent.", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(tenant.Writes);
    }

    [Theory]
    [InlineData(403, 0)]
    [InlineData(503, 0)]
    [InlineData(403, 1)]
    [InlineData(503, 1)]
    public void A_policy_that_cannot_be_read_again_costs_passkeys_that_stay_and_no_sessions(int status, int readable)
    {
        using var tenant = Three();
        var plan = Plan(tenant) with { PolicyHash = PolicyPlaces.HashOf(tenant.Client.Get(PasskeyPolicySource.Path, CancellationToken.None)) };
        tenant.OnRequest((_, _) => null);
        var (faults, looks) = (tenant.Server.Faults!, 0);
        tenant.Server.Faults = (r, n) => r.Path == PasskeyPolicySource.Path && looks++ >= readable ? Fault.Reply(status, "{}") : faults(r, n);
        var removed = Remove(tenant, plan, revokes: true, out var engine);
        Assert.Empty(engine.Errors);
        Assert.Equal(2, removed.Count);
        Assert.All(removed.SelectMany(u => u.Rows), r => Assert.Equal((PasskeyRemovalOutcome.Failed, SessionRevocation.Revoked), (r.Outcome, r.SessionsRevoked)));
        Assert.All(removed, u => Assert.EndsWith("could not be read. The passkey was not removed.", u.Rows[0].Reason, StringComparison.Ordinal));
        Assert.DoesNotContain(tenant.Writes, w => w.Method == "DELETE");
    }

    [Theory]
    [InlineData(false, 2, "Removed Removed")]
    [InlineData(true, 1, "Failed Failed")]
    public void Another_policy_meanwhile_ends_the_command_and_no_more_is_removed(bool isInPause, int writes, string outcomes)
    {
        using var tenant = Three();
        var plan = Plan(tenant) with { PolicyHash = PolicyPlaces.HashOf(tenant.Client.Get(PasskeyPolicySource.Path, CancellationToken.None)) };
        var other = "";
        tenant.OnRequest((r, _) =>
        {
            if (r.Method != "DELETE") return null;
            other = tenant.Send("GET", PasskeyPolicySource.Path).Replace("enabled", "disabled", StringComparison.Ordinal);
            return isInPause ? TurnedAway(45) : null;
        });
        var faults = tenant.Server.Faults!;
        tenant.Server.Faults = (r, n) => other.Length > 0 && r.Method == "GET" && r.Path == PasskeyPolicySource.Path && !r.Headers.ContainsKey("X-Bypass") ? Fault.Reply(200, other) : faults(r, n);
        var removed = Remove(tenant, plan, revokes: true, out var engine);
        var ann = removed[0];
        Assert.Equal(outcomes, string.Join(' ', ann.Rows.Select(r => r.Outcome)));
        Assert.All(ann.Rows, r => Assert.Equal(SessionRevocation.Revoked, r.SessionsRevoked));
        Assert.Equal(writes, tenant.Writes.Count(w => w.Method == "DELETE"));
        var last = removed[^1];
        Assert.Equal(isInPause ? 1 : 2, removed.Count);
        Assert.All(last.Rows, r => Assert.Equal(PasskeyRemovalOutcome.Failed, r.Outcome));
        Assert.Equal("PolicyChangedSincePlan", Assert.Single(last.Errors).ErrorId);
        Assert.Equal(isInPause ? "RemovalStopped" : null, engine.Errors.SingleOrDefault()?.ErrorId);
        Assert.Single(tenant.Methods("bob", "fido2Methods"), m => (string?)m["passkeyType"] == "synced");
    }

    [Fact]
    public void An_earlier_end_of_the_sessions_does_not_pass_for_this_one()
    {
        using var tenant = Three();
        var plan = Plan(tenant);
        tenant.Send("POST", $"/v1.0/users/{UsersFixture.IdOf("ann")}/revokeSignInSessions");
        tenant.Clock.Advance(TimeSpan.FromMinutes(1));
        tenant.OnRequest((r, _) => r.Path.EndsWith("/revokeSignInSessions", StringComparison.Ordinal) && r.Path.Contains(UsersFixture.IdOf("ann"), StringComparison.Ordinal) ? Fault.Reply(204, "") : null);
        var removed = Remove(tenant, plan, revokes: true, out _);
        Assert.All(removed[0].Rows, r => Assert.Equal(SessionRevocation.NotConfirmed, r.SessionsRevoked));
        Assert.Equal("SessionsNotConfirmed", Assert.Single(removed[0].Errors).ErrorId);
        Assert.All(removed[1].Rows, r => Assert.Equal(SessionRevocation.Revoked, r.SessionsRevoked));
    }

    [Fact]
    public void Another_method_that_was_to_be_kept_is_looked_at_again()
    {
        using var tenant = new HelpdeskFixture(t => Ann(t, "synced hello"));
        var plan = PlanFirst(tenant, allowsLockout: false);
        Assert.Equal(RemovalVerdict.KeepsOne, Assert.Single(plan.Users).Verdict);
        tenant.OnRequest((r, _) => IsOfOthers(r) ? Fault.Reply(403, "{}") : null);
        var removed = Assert.Single(Remove(tenant, plan, revokes: false, out _));
        Assert.Equal((PasskeyRemovalOutcome.Refused, "LockoutRefused"), (Assert.Single(removed.Rows).Outcome, Assert.Single(removed.Errors).ErrorId));
        Assert.Empty(tenant.Writes);
        tenant.OnRequest((_, _) => null);
        // The folder of the fixture has one journal for one command.
        Directory.Delete(Path.Combine(tenant.Folder, UserChangeJournal.FolderName), recursive: true);
        var again = Assert.Single(Remove(tenant, plan, revokes: false, out _));
        Assert.Equal((PasskeyRemovalOutcome.Removed, 0), (Assert.Single(again.Rows).Outcome, again.Errors.Count));
    }

    [Theory]
    [InlineData("synced deviceBound", "LastMethodGone")]
    [InlineData("synced deviceBound hello", null)]
    [InlineData("synced deviceBound outsider", "LastMethodGone")]
    [InlineData("synced deviceBound outsider hello", null)]
    public void Somebody_who_has_nothing_left_afterwards_is_said(string methods, string? error)
    {
        using var tenant = new HelpdeskFixture(t => Ann(t, methods));
        var plan = PlanFirst(tenant, allowsLockout: false);
        var kept = Assert.Single(plan.Users).Kept.Single().Id!;
        tenant.OnRequest((r, _) =>
        {
            if (r.Method == "DELETE") tenant.Send("DELETE", $"/v1.0/users/{UsersFixture.IdOf("ann")}/authentication/fido2Methods/{kept}");
            return null;
        });
        var removed = Assert.Single(Remove(tenant, plan, revokes: false, out _));
        Assert.Equal(error, removed.Errors.SingleOrDefault()?.ErrorId);
        Assert.Equal(PasskeyRemovalOutcome.Removed, Assert.Single(removed.Rows).Outcome);
    }

    /// <summary>What is taken does not work, and what was to be kept neither: it was the last one that could work again.</summary>
    [Fact]
    public void One_that_does_not_work_must_still_be_there_as_well()
    {
        using var tenant = new HelpdeskFixture(t => t.User("ann", false, UsersFixture.Passkey("synced"), UsersFixture.Passkey("synced")));
        var plan = PlanFirst(tenant, allowsLockout: false);
        var ann = Assert.Single(plan.Users);
        Assert.Equal((RemovalVerdict.TakesNothing, false), (ann.Verdict, ann.IsRefused));
        tenant.Send("DELETE", $"/v1.0/users/{UsersFixture.IdOf("ann")}/authentication/fido2Methods/{ann.Kept.Single().Id}");
        tenant.OnRequest((_, _) => null);
        Assert.Equal(PasskeyRemovalOutcome.Refused, Assert.Single(Assert.Single(Remove(tenant, plan, revokes: false, out _)).Rows).Outcome);
        Assert.Empty(tenant.Writes);
    }

    [Fact]
    public void A_kept_passkey_without_an_id_cannot_be_seen_to_be_there()
    {
        using var tenant = new HelpdeskFixture(t => Ann(t, "synced deviceBound"));
        var plan = PlanFirst(tenant, allowsLockout: false);
        var json = UsersFixture.Passkey("deviceBound");
        json.Remove("id");
        var registered = RegisteredPasskey.Of(json);
        var kept = new PasskeyRegistration(plan.Users[0].User, registered, null, new PasskeyUse(PasskeyAnswer.Yes, [], "x"), new UserMethods([registered], tenant.Clock.UtcNow), null);
        tenant.OnRequest((_, _) => null);
        var removed = Assert.Single(Remove(tenant, plan with { Users = [plan.Users[0] with { Kept = [kept] }] }, revokes: false, out _));
        Assert.Equal((PasskeyRemovalOutcome.Refused, "LockoutRefused"), (Assert.Single(removed.Rows).Outcome, Assert.Single(removed.Errors).ErrorId));
        Assert.Empty(tenant.Writes);
    }

    [Fact]
    public void Without_a_journal_nothing_is_sent()
    {
        using var tenant = Three();
        var plan = Plan(tenant);
        File.WriteAllText(Path.Combine(tenant.Folder, UserChangeJournal.FolderName), "");
        tenant.OnRequest((_, _) => null);
        Assert.Equal("JournalNotWritable", Assert.Throws<PasskeyAdminException>(() => Remove(tenant, plan, revokes: false, out _)).ErrorId);
        Assert.Empty(tenant.Ours);
    }

    [Fact]
    public void A_removal_that_is_turned_away_is_sent_again_when_Graph_asks()
    {
        using var tenant = Three();
        var plan = Plan(tenant);
        var times = new List<DateTimeOffset>();
        tenant.OnRequest((r, _) =>
        {
            if (r.Method != "DELETE") return null;
            times.Add(tenant.Clock.UtcNow);
            return times.Count == 1 ? TurnedAway(45) : null;
        });
        var removed = Remove(tenant, plan, revokes: false, out var engine);
        Assert.Empty(engine.Errors.Concat(removed.SelectMany(u => u.Errors)));
        Assert.All(removed.SelectMany(u => u.Rows), r => Assert.Equal(PasskeyRemovalOutcome.Removed, r.Outcome));
        Assert.Equal(4, times.Count);
        Assert.Equal(tenant.Writes[0].Path, tenant.Writes[1].Path);
        Assert.InRange(times[1] - times[0], TimeSpan.FromSeconds(45), TimeSpan.FromSeconds(60));
        // Each time it is written down first; what came of it is there once.
        Assert.Equal(["sending", "sending", "sending"], tenant.Journal().Skip(1).Take(3).Select(l => (string?)l["event"]));
        Assert.Equal(["Applied", "Applied", "Applied"], tenant.Journal().Where(l => (string?)l["event"] == "outcome").Select(l => (string?)l["outcome"]));
    }

    [Fact]
    public void A_removal_that_is_turned_away_for_long_is_not_waited_for_and_sessions_end_all_the_same()
    {
        using var tenant = Three();
        var plan = Plan(tenant);
        tenant.OnRequest((r, _) => r.Method == "DELETE" ? TurnedAway(600) : null);
        var ann = Assert.Single(Remove(tenant, plan, revokes: true, out var engine));
        Assert.Equal(["Failed Revoked", "Failed Revoked"], ann.Rows.Select(r => $"{r.Outcome} {r.SessionsRevoked}"));
        Assert.Contains("asks to wait 600 s", ann.Rows[0].Reason, StringComparison.Ordinal);
        Assert.EndsWith("It was not tried.", ann.Rows[1].Reason, StringComparison.Ordinal);
        Assert.Equal(["DELETE", "POST"], tenant.Writes.Select(w => w.Method));
        Assert.Equal("RemovalStopped", Assert.Single(engine.Errors).ErrorId);
    }

    [Fact]
    public void In_the_pause_before_it_is_sent_again_what_was_to_be_kept_may_go()
    {
        using var tenant = Three();
        var plan = Plan(tenant);
        var kept = plan.Users.Single(u => u.Shown == "ann@contoso.com").Kept.Single().Id!;
        tenant.OnRequest((r, n) => r.Method == "DELETE" && r.Path.Contains(UsersFixture.IdOf("ann"), StringComparison.Ordinal)
            ? TurnedAway(5).After(() => tenant.Send("DELETE", $"/v1.0/users/{UsersFixture.IdOf("ann")}/authentication/fido2Methods/{kept}")) : null);
        var ann = Remove(tenant, plan, revokes: false, out _).Single(u => u.Shown == "ann@contoso.com");
        Assert.All(ann.Rows, r => Assert.Equal(PasskeyRemovalOutcome.Refused, r.Outcome));
        Assert.Single(tenant.Writes, w => w.Path.Contains(UsersFixture.IdOf("ann"), StringComparison.Ordinal));
        Assert.Equal(2, tenant.Methods("ann", "fido2Methods").Count);
    }

    [Fact]
    public void Stopped_in_that_pause_nothing_more_is_sent()
    {
        using var tenant = Three();
        var plan = Plan(tenant);
        using var stop = new CancellationTokenSource();
        tenant.OnRequest((r, _) => r.Method == "DELETE" ? TurnedAway(60).After(stop.Cancel) : null);
        Assert.Throws<OperationCanceledException>(() => Engine(tenant, revokes: false).Remove(plan, tenant.Folder, "New-Something", [], stop.Token).ToList());
        Assert.Single(tenant.Writes);
        Assert.Equal("NotSent", (string?)tenant.Journal()[^1]["outcome"]);
        Assert.Equal(3, tenant.Methods("ann", "fido2Methods").Count);
    }

    [Fact]
    public void Sessions_whose_end_is_turned_away_are_asked_for_again()
    {
        using var tenant = Three();
        var plan = Plan(tenant);
        var posts = 0;
        tenant.OnRequest((r, _) => r.Method == "POST" && r.Path.EndsWith("/revokeSignInSessions", StringComparison.Ordinal) && posts++ == 0 ? TurnedAway(5) : null);
        Assert.All(Remove(tenant, plan, revokes: true, out _).SelectMany(u => u.Rows), r => Assert.Equal((PasskeyRemovalOutcome.Removed, SessionRevocation.Revoked), (r.Outcome, r.SessionsRevoked)));
        Assert.Equal(3, posts);
    }

    [Fact]
    public void Windows_Hello_that_was_to_be_kept_and_is_gone_meanwhile_stops_the_removal()
    {
        using var tenant = new HelpdeskFixture(t => t.User("ann", true, UsersFixture.Passkey("synced"), UsersFixture.Hello()));
        var plan = PlanFirst(tenant, allowsLockout: false);
        Assert.Equal(RemovalVerdict.KeepsOne, Assert.Single(plan.Users).Verdict);
        var hello = (string)Assert.Single(tenant.Methods("ann", "windowsHelloForBusinessMethods"))["id"]!;
        tenant.Send("DELETE", $"/v1.0/users/{UsersFixture.IdOf("ann")}/authentication/windowsHelloForBusinessMethods/{hello}");
        tenant.OnRequest((_, _) => null);
        var removed = Assert.Single(Remove(tenant, plan, revokes: false, out _));
        Assert.Equal((PasskeyRemovalOutcome.Refused, "LockoutRefused"), (Assert.Single(removed.Rows).Outcome, Assert.Single(removed.Errors).ErrorId));
        Assert.Empty(tenant.Writes);
        Assert.Equal("NotSent", (string?)tenant.Journal()[^1]["outcome"]);
        Assert.Single(tenant.Methods("ann", "fido2Methods"));
    }

    /// <summary>What is gone is no part of the plan any more: the same command again is the way to go on, without a checkpoint.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    public void Stopped_over_a_group_the_same_command_again_removes_exactly_the_rest(int stopAt)
    {
        string[] names = ["ann", "bob", "cleo", "dan", "eve", "fred", "gus"];
        using var tenant = new HelpdeskFixture(t =>
        {
            foreach (var name in names) t.User(name, true, UsersFixture.Passkey("synced"), UsersFixture.Passkey("deviceBound", UsersFixture.YubiKey));
            t.Group("20000000-0000-4000-8000-000000000003", "All", [.. names.Select(UsersFixture.IdOf)]);
        });
        RemovalPlan OfGroup() => Planner(tenant, allowsLockout: false).OfGroups(["All"], new RemovalFilter { Types = PasskeyTypes.Synced }, CancellationToken.None);
        var wanted = names.Select(n => tenant.Methods(n, "fido2Methods").Single(m => (string?)m["passkeyType"] == "synced")).Select(m => (string)m["id"]!).ToList();
        var deleted = new List<string>();
        using var stop = new CancellationTokenSource();
        var first = OfGroup();
        tenant.OnRequest((r, _) =>
        {
            if (r.Method == "DELETE") deleted.Add(r.Path);
            if (deleted.Count == stopAt) stop.Cancel();
            return null;
        });
        var run = () => Engine(tenant, revokes: false).Remove(first, tenant.Folder, "New-Something", [], stop.Token).ToList();
        if (stopAt < names.Length) Assert.Throws<OperationCanceledException>(run);
        else Assert.Equal(names.Length, run().Count);
        Assert.Equal(stopAt, deleted.Count);
        var second = OfGroup();
        Assert.Equal(names.Length - stopAt, second.Passkeys);
        Assert.All(Remove(tenant, second, revokes: false, out _).SelectMany(u => u.Rows), r => Assert.Equal(PasskeyRemovalOutcome.Removed, r.Outcome));
        Assert.Equal(names.Length, deleted.Count);
        Assert.False(OfGroup().IsDue(revokes: false));
        var outcomes = Directory.GetFiles(Path.Combine(tenant.Folder, UserChangeJournal.FolderName)).SelectMany(File.ReadLines).Select(JObject.Parse).Where(l => (string?)l["event"] == "outcome").ToList();
        Assert.Equal(wanted.Order(StringComparer.Ordinal), outcomes.Where(l => (string?)l["outcome"] == "Applied").Select(l => (string)l["methodId"]!).Order(StringComparer.Ordinal));
        Assert.All(names, n => Assert.Single(tenant.Methods(n, "fido2Methods")));
    }

    [Theory]
    [InlineData(403, SessionRevocation.NotRevoked)]
    [InlineData(204, SessionRevocation.NotConfirmed)]
    public void Over_a_group_the_error_and_the_row_say_what_ends_the_sessions(int status, SessionRevocation outcome)
    {
        using var tenant = Three();
        RemovalPlan OfGroup() => Planner(tenant, allowsLockout: false).OfGroups(["Pilot"], new RemovalFilter { Types = PasskeyTypes.Synced }, CancellationToken.None);
        var plan = OfGroup();
        tenant.OnRequest((r, _) => r.Path.EndsWith("/revokeSignInSessions", StringComparison.Ordinal) ? Fault.Reply(status, status == 204 ? "" : "{}") : null);
        var removed = Remove(tenant, plan, revokes: true, out _);
        // The same command again finds nobody.
        Assert.Empty(OfGroup().Users);
        foreach (var user in removed)
        {
            var command = $"Remove-PasskeyRegistration -UserId {CommandText.Quote(user.Rows[0].UserId)} -Id {CommandText.Quote(user.Rows[0].Id!)} -RevokeSession";
            Assert.Contains($"this ends the sessions: {command}.", Assert.Single(user.Errors).Message, StringComparison.Ordinal);
            Assert.All(user.Rows, r => Assert.Equal((PasskeyRemovalOutcome.Removed, outcome, $"The sessions go on, or may: {command}"), (r.Outcome, r.SessionsRevoked, r.Reason)));
        }
        tenant.OnRequest((_, _) => null);
        Directory.Delete(Path.Combine(tenant.Folder, UserChangeJournal.FolderName), recursive: true);
        var row = removed[0].Rows[0];
        var again = Planner(tenant, allowsLockout: false).Plan([.. NamedPasskey.Of([row.UserId], [row.Id!])], CancellationToken.None);
        Assert.Equal("AlreadyGone Revoked", Assert.Single(Assert.Single(Remove(tenant, again, revokes: true, out _)).Rows) is { } ended ? $"{ended.Outcome} {ended.SessionsRevoked}" : null);
        Assert.Equal("POST", Assert.Single(tenant.Writes).Method);
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, null)]
    [InlineData(false, "jour nal")]
    public void What_came_on_the_pipeline_is_not_found_again_and_the_error_says_what_ends_the_sessions(bool isTyped, string? folder)
    {
        using var tenant = Three();
        var id = Ids(tenant, "ann")[0];
        var plan = Planner(tenant, allowsLockout: false, revokes: true, isTyped).Plan([new NamedPasskey("ann@contoso.com", id)], CancellationToken.None);
        tenant.OnRequest((r, _) => r.Path.EndsWith("/revokeSignInSessions", StringComparison.Ordinal) ? Fault.Reply(403, "{}") : null);
        var engine = new RemovalEngine(tenant.Session, tenant.Client, allowsLockout: false, revokes: true) { NamedFolder = folder };
        var user = Assert.Single(engine.Remove(plan, tenant.Folder, "New-Something", [], CancellationToken.None));
        var command = $"Remove-PasskeyRegistration -UserId '{UsersFixture.IdOf("ann")}' -Id '{id}' -RevokeSession{(folder is null ? "" : " -JournalPath 'jour nal'")}";
        Assert.Contains(isTyped ? "The same command again revokes them." : $"this ends the sessions: {command}.", Assert.Single(user.Errors).Message, StringComparison.Ordinal);
        Assert.Equal(isTyped ? null : $"The sessions go on, or may: {command}", Assert.Single(user.Rows).Reason);
    }

    public static TheoryData<string, bool> Cells()
    {
        var cells = new TheoryData<string, bool>();
        foreach (var fault in HelpdeskFixture.Faults.Keys)
            for (var lasts = 0; lasts < 2; lasts++) cells.Add(fault, lasts == 1);
        return cells;
    }

    /// <summary>Design §8, last row: each passkey is gone or there as its row says, what was to stay is there, nothing is sent twice, and the journal says the same.</summary>
    [Theory]
    [MemberData(nameof(Cells))]
    public void Rows_and_journal_say_what_the_tenant_has(string fault, bool lasts)
    {
        for (var number = 0; ; number++)
        {
            using var tenant = Three();
            var plan = Plan(tenant);
            var hasMet = false;
            tenant.OnRequest((request, n) =>
            {
                if (lasts ? n < number : n != number) return null;
                hasMet = true;
                return HelpdeskFixture.Faults[fault](tenant, request);
            });
            var removed = Remove(tenant, plan, revokes: true, out var engine);
            if (!hasMet) return;
            Check(tenant, plan, removed, engine, isTurnedAway: fault == "429", $"request {number}: {string.Join(", ", removed.SelectMany(u => u.Rows).Select(r => $"{r} {r.SessionsRevoked}"))} {string.Join(" ", removed.SelectMany(u => u.Errors).Concat(engine.Errors).Select(e => e.Message))}");
        }
    }

    private static void Check(HelpdeskFixture tenant, RemovalPlan plan, IReadOnlyList<RemovedUser> removed, RemovalEngine engine, bool isTurnedAway, string about)
    {
        tenant.Server.Faults = null;
        var sent = tenant.Writes.Select(w => $"{w.Method} {w.Path}").ToList();
        // What was turned away unread may be sent again.
        Assert.True(isTurnedAway || sent.Distinct().Count() == sent.Count, $"A write was sent twice: {about}");
        var (lines, there) = (tenant.Journal(), Ids(tenant, "ann").Concat(Ids(tenant, "bob")).ToHashSet());
        Assert.True(plan.Users.SelectMany(u => u.Kept).All(k => there.Contains(k.Id!)), $"Something else is gone: {about}");
        var rows = removed.SelectMany(u => u.Rows).ToList();
        // Whoever has no row was not tried, and that is said.
        Assert.True(removed.Count == plan.Users.Count || engine.Errors.Any(e => e.ErrorId == "RemovalStopped"), about);
        Assert.Equal(plan.Users.Take(removed.Count).Sum(u => u.Taken.Count), rows.Count);
        foreach (var row in rows)
        {
            if (row.Outcome is not PasskeyRemovalOutcome.NotConfirmed) Assert.True(there.Contains(row.Id!) == (row.Outcome is PasskeyRemovalOutcome.Failed or PasskeyRemovalOutcome.Refused), $"{row}: {about}");
            // Turned away, and then not even looked up: not sent.
            if (isTurnedAway && lines.Any(l => (string?)l["outcome"] == "NotSent" && (string?)l["methodId"] == row.Id)) continue;
            var outcome = (string?)Assert.Single(lines, l => (string?)l["event"] == "outcome" && (string?)l["methodId"] == row.Id)["outcome"];
            Assert.Equal(row.Outcome switch { PasskeyRemovalOutcome.Removed => "Applied", PasskeyRemovalOutcome.AlreadyGone => "AlreadyDone", PasskeyRemovalOutcome.NotConfirmed => "NotConfirmed", _ => sent.Exists(s => s.EndsWith(row.Id!, StringComparison.Ordinal)) ? "Failed" : "NotSent" }, outcome);
            Assert.Equal(row.Outcome is PasskeyRemovalOutcome.Removed or PasskeyRemovalOutcome.AlreadyGone, row.Reason is null);
        }
        foreach (var user in removed)
        {
            Assert.Equal(user.Rows.All(r => r.Reason is null && r.SessionsRevoked is SessionRevocation.Revoked), user.Errors.Count == 0);
            Assert.All(user.Errors, e => Assert.Contains((string)lines[0]["id"]!, e.Message, StringComparison.Ordinal));
            var isRevoked = (string?)JObject.Parse(tenant.Send("GET", $"/v1.0/users/{user.Rows[0].UserId}?$select=id,signInSessionsValidFromDateTime"))["signInSessionsValidFromDateTime"] is not null;
            if (user.Rows[0].SessionsRevoked is not SessionRevocation.NotConfirmed) Assert.True(isRevoked == (user.Rows[0].SessionsRevoked is SessionRevocation.Revoked), about);
        }
    }

    /// <summary>Ann has two to be removed and one to keep, Bob one of each.</summary>
    private static HelpdeskFixture Three() => new(t =>
    {
        t.User("ann", true, UsersFixture.Passkey("synced"), UsersFixture.Passkey("synced"), UsersFixture.Passkey("deviceBound", UsersFixture.YubiKey));
        t.User("bob", true, UsersFixture.Passkey("synced"), UsersFixture.Passkey("deviceBound", UsersFixture.YubiKey));
    });

    private static Fault TurnedAway(int seconds) => Fault.Reply(429, """{"error":{"code":"TooManyRequests","message":"Slow down."}}""", ("Retry-After", seconds.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    private static RemovalPlan Plan(HelpdeskFixture tenant) =>
        Planner(tenant, allowsLockout: false).OfUsers(["ann@contoso.com", "bob@contoso.com"], new RemovalFilter { Types = PasskeyTypes.Synced }, CancellationToken.None);

    private static RemovalPlan PlanFirst(HelpdeskFixture tenant, bool allowsLockout) => Planner(tenant, allowsLockout).Plan([new NamedPasskey("ann@contoso.com", Ids(tenant, "ann")[0])], CancellationToken.None);

    private static bool IsOfOthers(ArrivedRequest request) => (request.Path + request.Body).Contains("/authentication/methods", StringComparison.Ordinal) || (request.Path + request.Body).Contains("windowsHello", StringComparison.Ordinal);

    private static RemovalPlanner Planner(HelpdeskFixture tenant, bool allowsLockout, bool revokes = true, bool hasTypedIds = true)
    {
        var policy = new PasskeyPolicySource(tenant.Session, tenant.Client, UsersFixture.Catalog).Read(CancellationToken.None);
        return new RemovalPlanner(tenant.Session, tenant.Client, new RegistrationSource(tenant.Session, tenant.Client, UsersFixture.Catalog, policy, new RegistrationOptions(_ => { })), allowsLockout) { Revokes = revokes, HasTypedIds = hasTypedIds };
    }

    private static RemovalEngine Engine(HelpdeskFixture tenant, bool revokes) => new(tenant.Session, tenant.Client, allowsLockout: false, revokes);

    private static IReadOnlyList<RemovedUser> Remove(HelpdeskFixture tenant, RemovalPlan plan, bool revokes, out RemovalEngine engine) => [.. (engine = Engine(tenant, revokes)).Remove(plan, tenant.Folder, "New-Something", [], CancellationToken.None)];

    private static IReadOnlyList<string> Ids(HelpdeskFixture tenant, string user) => [.. tenant.Methods(user, "fido2Methods").Select(m => (string)m["id"]!)];

    private static void Ann(UsersFixture tenant, string words)
    {
        var all = words.Split(' ');
        var user = tenant.User("ann", !all.Contains("outsider"), [.. all.Select(Method).OfType<JObject>()]);
        if (all.Contains("disabled")) user["accountEnabled"] = false;
        if (all.Contains("certificate")) user["x509"] = "multiFactor";
    }

    private static JObject? Method(string word) => word switch
    {
        "synced" or "deviceBound" => UsersFixture.Passkey(word),
        "untyped" => UsersFixture.Passkey(null),
        "hello" => UsersFixture.Hello(),
        "platform" => new JObject { ["@odata.type"] = "#microsoft.graph.platformCredentialAuthenticationMethod", ["id"] = $"platform-{Guid.NewGuid():N}", ["displayName"] = "Mac", ["createdDateTime"] = "2026-01-01T08:00:00Z" },
        _ => null,
    };

    private static JObject Unused(JObject passkey)
    {
        (passkey["createdDateTime"], passkey["lastUsedDateTime"]) = ("2025-01-01T08:00:00Z", "2025-02-01T08:00:00Z");
        return passkey;
    }

    private static JObject NeverUsed(JObject passkey)
    {
        (passkey["createdDateTime"], passkey["lastUsedDateTime"]) = ("2025-01-01T08:00:00Z", null);
        return passkey;
    }
}
