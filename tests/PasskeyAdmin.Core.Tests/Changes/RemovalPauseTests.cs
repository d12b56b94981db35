using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Core.Tests.Users;
using PasskeyAdmin.Providers;
using static PasskeyAdmin.Core.Tests.Changes.Removals;

namespace PasskeyAdmin.Core.Tests.Changes;

/// <summary>A removal that is stopped, or turned away as one too many.</summary>
public sealed class RemovalPauseTests
{
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
}
