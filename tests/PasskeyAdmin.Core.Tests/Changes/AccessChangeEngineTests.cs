using System;
using System.IO;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Core.Tests.Users;
using PasskeyAdmin.Testing;

namespace PasskeyAdmin.Core.Tests.Changes;

public sealed class AccessChangeEngineTests : IDisposable
{
    private static readonly string[] Models = [UsersFixture.YubiKey, UsersFixture.Authenticator];

    private readonly AccessFixture _tenant = new();

    public void Dispose() => _tenant.Dispose();

    [Fact]
    public void A_restricted_strength_takes_two_writes_and_the_journal_has_each_before_it_is_sent()
    {
        var lines = 0;
        _tenant.OnRequest((r, _) =>
        {
            if (r.Method != "GET") Assert.Equal(++lines, Written().Count(l => (string?)l["event"] == "sending"));
            return null;
        });
        var result = _tenant.Apply(AccessFixture.Strength(Models));
        Assert.Equal(PolicyChangeOutcome.Applied, result.Outcome);
        Assert.Equal(["POST", "POST"], _tenant.Writes.Select(w => w.Method));
        Assert.Null(JObject.Parse(_tenant.Writes.First().Body)["combinationConfigurations"]);
        Assert.Equal([null, "sending", "confirmed", "sending", "outcome"], _tenant.Journal().Select(l => (string?)l["event"]));
        var head = _tenant.Journal()[0];
        Assert.Equal((AccessChangeEngine.Mark, "New-Something", "Contoso", result.ChangeId), ((string?)head["format"], (string?)head["command"], (string?)head["tenantName"], (string?)head["id"]));
        Assert.Equal(Models, result.Made!["combinationConfigurations"]![0]!["allowedAAGUIDs"]!.Select(a => (string?)a));
        // What can be undone is looked for beside, and is not disturbed.
        Assert.Empty(new ChangeHistory(_tenant.Folder).Read((_, e) => throw e));
    }

    [Fact]
    public void What_has_no_restriction_takes_few_requests()
    {
        _tenant.Apply(AccessFixture.Strength());
        Assert.Equal(["GET", "POST", "GET"], _tenant.Ours.Select(r => r.Method));
    }

    [Fact]
    public void Without_a_journal_nothing_is_sent()
    {
        var file = Path.Combine(_tenant.Folder, AccessChangeEngine.FolderName);
        File.WriteAllText(file, "");
        Assert.Equal("JournalNotWritable", Assert.Throws<PasskeyAdminException>(() => _tenant.Apply(AccessFixture.Policy())).ErrorId);
        Assert.Empty(_tenant.Ours);
    }

    [Fact]
    public void A_name_that_somebody_took_meanwhile_is_not_taken_twice()
    {
        _tenant.Send("POST", AccessKind.Strength.Path, AccessFixture.StrengthBody(AccessFixture.Name.ToUpperInvariant()));
        var result = _tenant.Apply(AccessFixture.Strength(Models));
        Assert.Equal(("StrengthNameTaken", PolicyChangeOutcome.NotSent), (result.Error!.ErrorId, result.Outcome));
        Assert.Empty(_tenant.Writes);
    }

    [Fact]
    public void What_must_still_hold_is_asked_before_the_first_write()
    {
        var result = _tenant.Apply(AccessFixture.Policy() with { Require = _ => throw new PasskeyAdminException(ErrorKind.NotFound, "StrengthNotFound", "Gone.") });
        Assert.Equal(("StrengthNotFound", PolicyChangeOutcome.NotSent), (result.Error!.ErrorId, result.Outcome));
        Assert.Empty(_tenant.Writes);
    }

    [Fact]
    public void A_half_strength_is_deleted_again_and_the_error_says_why()
    {
        _tenant.OnRequest((r, _) => r.Path.EndsWith("/combinationConfigurations", StringComparison.Ordinal) && r.Method == "POST" ? Fault.Reply(403, """{"error":{"code":"accessDenied","message":"Not you."}}""") : null);
        var result = _tenant.Apply(AccessFixture.Strength(Models));
        Assert.Equal(("AccessDenied", PolicyChangeOutcome.Failed), (result.Error!.ErrorId, result.Outcome));
        Assert.Contains("was deleted again: the tenant is as it was", result.Error.Message, StringComparison.Ordinal);
        Assert.Equal(["POST", "POST", "DELETE"], _tenant.Writes.Select(w => w.Method));
        Assert.Empty(_tenant.All(AccessKind.Strength));
        Assert.Equal(("Failed", "Before"), ((string?)_tenant.Journal()[^1]["outcome"], (string?)_tenant.Journal()[^1]["shows"]));
    }

    [Fact]
    public void A_half_strength_that_somebody_demands_already_is_left_and_named()
    {
        _tenant.OnRequest((r, _) =>
        {
            if (r.Method != "POST" || !r.Path.EndsWith("/combinationConfigurations", StringComparison.Ordinal)) return null;
            var body = AccessFixture.Policy().Body;
            body["grantControls"]!["authenticationStrength"]!["id"] = _tenant.All(AccessKind.Strength)[0]["id"];
            _tenant.Send("POST", AccessKind.Policy.Path, body);
            return Fault.Reply(400, "");
        });
        var result = _tenant.Apply(AccessFixture.Strength(Models));
        Assert.Equal(("StrengthLeftUnrestricted", PolicyChangeOutcome.Incomplete), (result.Error!.ErrorId, result.Outcome));
        var id = (string)_tenant.All(AccessKind.Strength)[0]["id"]!;
        Assert.Contains($"'Approved keys' demands it already. Demand it nowhere. Get-PasskeyAuthenticationStrength -Id '{id}' shows it; Invoke-MgGraphRequest -Method DELETE", result.Error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_tenant.Writes, w => w.Method == "DELETE");
    }

    [Fact]
    public void Whoever_stops_it_between_the_two_writes_leaves_no_half_strength()
    {
        using var stop = new CancellationTokenSource();
        _tenant.OnRequest((r, n) =>
        {
            if (r.Method == "GET" && n == 2) stop.Cancel();
            return null;
        });
        Assert.ThrowsAny<OperationCanceledException>(() => _tenant.Apply(AccessFixture.Strength(Models), stop.Token));
        Assert.Equal(["POST", "DELETE"], _tenant.Writes.Select(w => w.Method));
        Assert.Empty(_tenant.All(AccessKind.Strength));
    }

    [Fact]
    public void Requests_of_Conditional_Access_leave_no_faster_than_one_in_a_second_and_a_read_that_is_turned_away_backs_off()
    {
        var (times, turnedAway) = (new System.Collections.Generic.List<(TimeSpan At, string Method)>(), 0);
        _tenant.OnRequest((r, n) =>
        {
            times.Add((_tenant.Clock.Elapsed, r.Method));
            // Conditional Access gives no Retry-After (reference/graph-users-and-usage.md §7).
            return r.Method == "GET" && n is 2 or 3 ? Fault.Reply(429, """{"error":{"code":"TooManyRequests","message":"No."}}""").After(() => turnedAway++) : null;
        });
        Assert.Equal(PolicyChangeOutcome.Applied, _tenant.Apply(AccessFixture.Strength(Models)).Outcome);
        var gaps = times.Zip(times.Skip(1), (a, b) => b.At - a.At).ToList();
        Assert.Equal(2, turnedAway);
        Assert.All(gaps, g => Assert.True(g >= TimeSpan.FromSeconds(1), $"{g}"));
        // 1 s, then 2 s, each scattered (here by three quarters), on top of the pace.
        Assert.Contains(TimeSpan.FromSeconds(0.75), _tenant.Clock.Waits);
        Assert.Contains(TimeSpan.FromSeconds(1.5), _tenant.Clock.Waits);
    }

    [Fact]
    public void A_write_that_is_turned_away_for_haste_is_not_sent_again()
    {
        _tenant.OnRequest((r, _) => r.Method == "POST" ? Fault.Reply(429, """{"error":{"code":"TooManyRequests","message":"No."}}""") : null);
        var result = _tenant.Apply(AccessFixture.Policy());
        Assert.Equal(("GraphThrottled", PolicyChangeOutcome.Failed), (result.Error!.ErrorId, result.Outcome));
        Assert.Single(_tenant.Writes);
    }

    [Fact]
    public void What_came_of_it_is_told_although_it_cannot_be_written_down()
    {
        using var full = new FullDisk(2);
        var result = new AccessChangeEngine(_tenant.Session, _tenant.Client) { BeginJournal = (_, _, _, head) => ChangeJournal.BeginIn(full, "journal", head) }.Apply(AccessFixture.Policy(), new ChangeContext(_tenant.Folder, new GuardLimits()), CancellationToken.None);
        Assert.Equal((PolicyChangeOutcome.Applied, "JournalIncomplete"), (result.Outcome, Assert.Single(result.Warnings).ErrorId));
    }

    [Fact]
    public void A_strength_whose_journal_ends_in_the_middle_is_named()
    {
        using var full = new FullDisk(2);
        var result = new AccessChangeEngine(_tenant.Session, _tenant.Client) { BeginJournal = (_, _, _, head) => ChangeJournal.BeginIn(full, "journal", head) }.Apply(AccessFixture.Strength(Models), new ChangeContext(_tenant.Folder, new GuardLimits()), CancellationToken.None);
        Assert.Equal("StrengthLeftUnrestricted", result.Error!.ErrorId);
        Assert.Single(_tenant.Writes);
    }

    private JObject[] Written() => [.. File.ReadAllLines(Directory.GetFiles(Path.Combine(_tenant.Folder, AccessChangeEngine.FolderName)).Single()).Select(JObject.Parse)];

    /// <summary>A disk on which so many lines have room.</summary>
    private sealed class FullDisk(int lines) : MemoryStream
    {
        private int _lines;

        public override void Write(byte[] buffer, int offset, int count)
        {
            if (++_lines > lines) throw new IOException("There is no room.");
            base.Write(buffer, offset, count);
        }
    }
}
