using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Core.Tests.Users;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Testing;
using static PasskeyAdmin.Core.Tests.Changes.Removals;

namespace PasskeyAdmin.Core.Tests.Changes;

/// <summary>Removing passkeys: what is sent and written down, and what a fault leaves.</summary>
public sealed class RemovalTests
{
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
}
