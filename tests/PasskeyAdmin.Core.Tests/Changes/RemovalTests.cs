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
    [InlineData("synced outsider", "TakesNothing")]
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
        Assert.Equal(2, plan.LeftAlone(null).Count());
        Assert.False(plan.IsDue(revokes: true));
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
        Assert.Equal(("dan@contoso.com", RemovalVerdict.TakesNothing), (Assert.Single(outside.Users).Shown, outside.Users[0].Verdict));
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
        Assert.Contains("bob@contoso.com is no administrator: that takes the role Authentication Administrator", error.Message, StringComparison.Ordinal);
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
        Assert.Equal(["Refused NotAsked", "Refused NotAsked"], ann.Rows.Select(r => $"{r.Outcome} {r.SessionsRevoked}"));
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
        Assert.Equal("Applied", (string?)Assert.Single(tenant.Journal(), l => (string?)l["event"] == "outcome" && l["methodId"] is not null)["outcome"]);
        Assert.Equal(2, tenant.Methods("ann", "fido2Methods").Count);
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
            Check(tenant, plan, removed, engine, $"request {number}: {string.Join(", ", removed.SelectMany(u => u.Rows).Select(r => $"{r} {r.SessionsRevoked}"))} {string.Join(" ", removed.SelectMany(u => u.Errors).Concat(engine.Errors).Select(e => e.Message))}");
        }
    }

    private static void Check(HelpdeskFixture tenant, RemovalPlan plan, IReadOnlyList<RemovedUser> removed, RemovalEngine engine, string about)
    {
        tenant.Server.Faults = null;
        var sent = tenant.Writes.Select(w => $"{w.Method} {w.Path}").ToList();
        Assert.True(sent.Distinct().Count() == sent.Count, $"A write was sent twice: {about}");
        var (lines, there) = (tenant.Journal(), Ids(tenant, "ann").Concat(Ids(tenant, "bob")).ToHashSet());
        Assert.True(plan.Users.SelectMany(u => u.Kept).All(k => there.Contains(k.Id!)), $"Something else is gone: {about}");
        var rows = removed.SelectMany(u => u.Rows).ToList();
        // Whoever has no row was not tried, and that is said.
        Assert.True(removed.Count == plan.Users.Count || engine.Errors.Any(e => e.ErrorId == "RemovalStopped"), about);
        Assert.Equal(plan.Users.Take(removed.Count).Sum(u => u.Taken.Count), rows.Count);
        foreach (var row in rows)
        {
            if (row.Outcome is not PasskeyRemovalOutcome.NotConfirmed) Assert.True(there.Contains(row.Id!) == (row.Outcome is PasskeyRemovalOutcome.Failed or PasskeyRemovalOutcome.Refused), $"{row}: {about}");
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

    private static RemovalPlan Plan(HelpdeskFixture tenant) =>
        Planner(tenant, allowsLockout: false).OfUsers(["ann@contoso.com", "bob@contoso.com"], new RemovalFilter { Types = PasskeyTypes.Synced }, CancellationToken.None);

    private static RemovalPlan PlanFirst(HelpdeskFixture tenant, bool allowsLockout) => Planner(tenant, allowsLockout).Plan([new NamedPasskey("ann@contoso.com", Ids(tenant, "ann")[0])], CancellationToken.None);

    private static RemovalPlanner Planner(HelpdeskFixture tenant, bool allowsLockout)
    {
        var policy = new PasskeyPolicySource(tenant.Session, tenant.Client, UsersFixture.Catalog).Read(CancellationToken.None);
        return new RemovalPlanner(tenant.Session, tenant.Client, new RegistrationSource(tenant.Session, tenant.Client, UsersFixture.Catalog, policy, new RegistrationOptions(_ => { })), allowsLockout);
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
