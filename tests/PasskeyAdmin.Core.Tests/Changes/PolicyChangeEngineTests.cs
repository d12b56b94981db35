using System;
using System.IO;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Core.Tests.Graph;
using PasskeyAdmin.Core.Tests.Users;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Testing;

namespace PasskeyAdmin.Core.Tests.Changes;

/// <summary>The road of design §5 from the journal on, over HTTP.</summary>
public sealed class PolicyChangeEngineTests : IDisposable
{
    private readonly ChangesFixture _tenant = new();

    public void Dispose() => _tenant.Dispose();

    [Fact]
    public void A_change_is_read_compared_written_and_looked_at_once_each()
    {
        var result = _tenant.Apply(ChangeKinds.NarrowPilot);
        Assert.Equal((null, PolicyChangeOutcome.Applied, PolicySighting.After, OtherEditState.None), (result.Error, result.Change.Outcome, result.Change.TenantShows, result.Change.OtherEdit));
        Assert.Equal("GET GET PATCH GET", string.Join(' ', _tenant.OnPolicy.Select(r => r.Method)));
        Assert.Equal("deviceBound", (string?)_tenant.Policy()["passkeyProfiles"]![1]!["passkeyTypes"]);
    }

    [Fact]
    public void A_profile_is_created_looked_up_and_then_targeted()
    {
        var result = _tenant.Apply(ChangeKinds.AddWithTargets);
        Assert.Equal(PolicyChangeOutcome.Applied, result.Change.Outcome);
        Assert.Equal("GET GET PATCH GET PATCH GET", string.Join(' ', _tenant.OnPolicy.Select(r => r.Method)));
        var policy = _tenant.Policy();
        var id = (string?)policy["passkeyProfiles"]!.Last()["id"];
        Assert.Equal([id], result.Change.Record.Ids.Values);
        Assert.Equal(2, policy["includeTargets"]!.Count(t => t["allowedPasskeyProfiles"]!.Any(p => (string?)p == id)));
        Assert.DoesNotContain(_tenant.Writes.First().Body, "\"id\":\"" + result.Change.Record.Ids.Keys.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_what_changes_is_sent_and_with_its_type()
    {
        _tenant.Apply(e => e.SetState(PolicyState.Disabled));
        Assert.Equal($$"""{"@odata.type":"{{PolicyDocument.Type}}","state":"disabled"}""", Assert.Single(_tenant.Writes).Body);
    }

    [Fact]
    public void What_this_version_does_not_know_is_written_back()
    {
        using var tenant = new ChangesFixture(prepare: t =>
        {
            t.Profiles[1]["futureSetting"] = new JObject { ["a"] = 1 };
            t.Targets[0]["other"] = "x";
        });
        Assert.Equal(PolicyChangeOutcome.Applied, tenant.Apply(ChangeKinds.AddWithTargets).Change.Outcome);
        var policy = tenant.Policy();
        Assert.Equal(("""{"a":1}""", "x"), (policy["passkeyProfiles"]![1]!["futureSetting"]!.ToString(Newtonsoft.Json.Formatting.None), (string?)policy["includeTargets"]![0]!["other"]));
    }

    [Fact]
    public void Somebody_elses_edit_before_the_last_look_stops_the_change()
    {
        var plan = _tenant.Plan(ChangeKinds.NarrowPilot);
        _tenant.EditElsewhere();
        var result = _tenant.Apply(plan);
        Assert.Equal(("PolicyChangedSincePlan", PolicyChangeOutcome.NotSent, OtherEditState.NotApplicable), (result.Error!.ErrorId, result.Change.Outcome, result.Change.OtherEdit));
        Assert.Contains($"Spare: name -> {_tenant.OtherEdit}", result.Error.Message, StringComparison.Ordinal);
        Assert.Empty(_tenant.Writes);
    }

    [Fact]
    public void An_edit_in_the_gap_is_lost_and_said()
    {
        var plan = _tenant.Plan(ChangeKinds.NarrowPilot);
        _tenant.OnPolicyRequest((r, _) =>
        {
            if (r.Method == "PATCH") _tenant.EditElsewhere();
            return null;
        });
        var result = _tenant.Apply(plan);
        Assert.False(_tenant.HasOtherEdit());
        Assert.Equal((PolicyChangeOutcome.Applied, OtherEditState.Suspected, "OtherEditOverwritten"), (result.Change.Outcome, result.Change.OtherEdit, Assert.Single(result.Warnings).ErrorId));
        Assert.Contains($"Spare: name -> {_tenant.OtherEdit}", result.Warnings[0].Message, StringComparison.Ordinal);
        Assert.Contains(_tenant.OtherEdit, JObject.Parse(_tenant.Journalled().Document.Split('\n')[^2])["overwritten"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_edit_of_another_setting_in_the_gap_is_not_lost()
    {
        var plan = _tenant.Plan(ChangeKinds.NarrowPilot);
        _tenant.OnPolicyRequest((r, _) =>
        {
            if (r.Method == "PATCH") _tenant.Write(new JObject { ["@odata.type"] = PolicyDocument.Type, ["excludeTargets"] = new JArray() });
            return null;
        });
        var result = _tenant.Apply(plan);
        Assert.Equal((PolicyChangeOutcome.Applied, OtherEditState.None), (result.Change.Outcome, result.Change.OtherEdit));
        Assert.Contains("- exclusion Shut out", result.Change.Detail, StringComparison.Ordinal);
        Assert.Empty(_tenant.Policy()["excludeTargets"]!);
    }

    [Fact]
    public void What_was_made_first_must_still_be_there_at_the_end()
    {
        var plan = _tenant.Plan(ChangeKinds.AddWithTargets);
        var writes = 0;
        _tenant.OnPolicyRequest((r, _) =>
        {
            if (r.Method != "PATCH" || ++writes < 2) return null;
            var profiles = _tenant.Policy()["passkeyProfiles"]!;
            profiles.First(p => (string?)p["name"] == "New")["passkeyTypes"] = "deviceBound";
            _tenant.Write(new JObject { ["@odata.type"] = PolicyDocument.Type, ["passkeyProfiles"] = profiles });
            return null;
        });
        var result = _tenant.Apply(plan);
        Assert.Equal(("ChangeNotConfirmed", PolicyChangeOutcome.NotConfirmed, PolicySighting.Other), (result.Error!.ErrorId, result.Change.Outcome, result.Change.TenantShows));
        Assert.Contains("New: - passkey type Synced", result.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_edit_after_the_write_that_takes_it_back_is_seen()
    {
        var before = _tenant.Policy();
        var plan = _tenant.Plan(ChangeKinds.NarrowPilot);
        _tenant.OnPolicyRequest((_, n) =>
        {
            if (n == 2) _tenant.Write(new JObject { ["@odata.type"] = PolicyDocument.Type, ["passkeyProfiles"] = before["passkeyProfiles"] });
            return null;
        });
        var result = _tenant.Apply(plan);
        Assert.Equal(("ChangeNotConfirmed", PolicyChangeOutcome.NotConfirmed, PolicySighting.Before), (result.Error!.ErrorId, result.Change.Outcome, result.Change.TenantShows));
    }

    [Fact]
    public void Without_the_audit_log_it_is_not_known_whether_an_edit_was_lost()
    {
        var plan = _tenant.Plan(ChangeKinds.NarrowPilot);
        _tenant.Tenant.Fail("directoryAudits");
        var result = _tenant.Apply(plan);
        Assert.Equal((PolicyChangeOutcome.Applied, OtherEditState.Unknown), (result.Change.Outcome, result.Change.OtherEdit));
        Assert.Contains("the audit log could not be read", result.Change.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, OtherEditState.None)]
    [InlineData(true, OtherEditState.Suspected)]
    public void Later_on_the_audit_log_knows_more(bool hasOther, OtherEditState expected)
    {
        var plan = _tenant.Plan(ChangeKinds.AddWithTargets);
        var isLate = true;
        _tenant.Server.Faults = (r, _) =>
        {
            if (hasOther && r.Method == "PATCH" && !_tenant.HasOtherEdit() && r.Body.Contains("\"New\"", StringComparison.Ordinal) && !r.Headers.ContainsKey("X-Bypass")) _tenant.EditElsewhere();
            return isLate && r.Path.Contains("directoryAudits", StringComparison.Ordinal) ? Fault.Reply(200, "{\"value\":[]}") : null;
        };
        Assert.Equal(OtherEditState.Unknown, _tenant.Apply(plan).Change.OtherEdit);
        isLate = false;
        var report = new AuditReport(_tenant.Session, _tenant.Client, UsersFixture.Catalog);
        var (change, warning) = report.LookAgain(_tenant.Journalled(), _tenant.Source.Read(CancellationToken.None), e => throw e, CancellationToken.None);
        Assert.Equal((expected, PolicyChangeOutcome.Applied), (change.OtherEdit, change.Outcome));
        Assert.Equal(expected is OtherEditState.Suspected ? "OtherEditOverwritten" : null, warning?.ErrorId);
        if (hasOther) Assert.Contains($"Spare: name -> {_tenant.OtherEdit}", change.Detail, StringComparison.Ordinal);
        Assert.Equal(expected, _tenant.Journalled().OtherEdit);
    }

    [Fact]
    public void The_tenant_is_looked_at_until_it_shows_the_change()
    {
        var before = _tenant.Policy().ToString();
        var plan = _tenant.Plan(ChangeKinds.NarrowPilot);
        _tenant.OnPolicyRequest((r, n) => n is 2 or 3 or 4 ? Fault.Reply(200, before) : null);
        Assert.Equal(PolicyChangeOutcome.Applied, _tenant.Apply(plan).Change.Outcome);
        Assert.Equal([2, 2, 4, 8], _tenant.Tenant.Graph.Clock.Waits.Select(w => w.TotalSeconds));
    }

    [Fact]
    public void Without_a_journal_nothing_is_sent()
    {
        var plan = _tenant.Plan(ChangeKinds.NarrowPilot);
        var sent = _tenant.OnPolicy.Count;
        File.WriteAllText(Path.Combine(_tenant.Folder, "file"), "");
        var engine = new PolicyChangeEngine(_tenant.Session, _tenant.Client, UsersFixture.Catalog);
        var error = Assert.Throws<PasskeyAdminException>(() => engine.Apply(plan, new ChangeContext(Path.Combine(_tenant.Folder, "file"), new GuardLimits()), CancellationToken.None));
        Assert.Equal("JournalNotWritable", error.ErrorId);
        Assert.Equal(sent, _tenant.OnPolicy.Count);
    }

    [Fact]
    public void A_journal_on_a_full_disk_stops_the_write()
    {
        if (!File.Exists("/dev/full")) return;
        // The file of the change is a link to a disk that is always full.
        var plan = _tenant.Plan(ChangeKinds.NarrowPilot);
        var journal = Record.Exception(() => ChangeJournal.Begin(_tenant.Folder, "x", default, JObject.FromObject(new { a = 1 })));
        Assert.Null(journal);
        var path = Directory.GetFiles(_tenant.Folder).Single();
        File.Delete(path);
        File.CreateSymbolicLink(path, "/dev/full");
        Assert.Equal("JournalNotWritable", Assert.Throws<PasskeyAdminException>(() => ChangeJournal.Begin(_tenant.Folder, "x", default, JObject.FromObject(new { a = 1 }))).ErrorId);
        Assert.Empty(_tenant.Writes);
        Assert.False(plan.IsEmpty);
    }

    [Fact]
    public void Where_the_disk_fills_up_before_the_write_nothing_is_sent()
    {
        var plan = _tenant.Plan(ChangeKinds.NarrowPilot);
        using var disk = new SmallDisk();
        _tenant.OnPolicyRequest((_, n) =>
        {
            if (n == 0) disk.IsFull = true;
            return null;
        });
        var engine = new PolicyChangeEngine(_tenant.Session, _tenant.Client, UsersFixture.Catalog) { BeginJournal = (_, _, _, head) => ChangeJournal.BeginIn(disk, "x", head) };
        Assert.Equal("JournalNotWritable", Assert.Throws<PasskeyAdminException>(() => engine.Apply(plan, new ChangeContext("x", new GuardLimits()), CancellationToken.None)).ErrorId);
        Assert.Empty(_tenant.Writes);
    }

    [Fact]
    public void Where_the_disk_fills_up_after_the_write_the_truth_is_told_all_the_same()
    {
        var plan = _tenant.Plan(ChangeKinds.NarrowPilot);
        using var disk = new SmallDisk();
        _tenant.OnPolicyRequest((r, _) =>
        {
            if (r.Method == "PATCH") disk.IsFull = true;
            return null;
        });
        var engine = new PolicyChangeEngine(_tenant.Session, _tenant.Client, UsersFixture.Catalog) { BeginJournal = (_, _, _, head) => ChangeJournal.BeginIn(disk, "x", head) };
        var result = engine.Apply(plan, new ChangeContext("x", new GuardLimits()), CancellationToken.None);
        Assert.Equal((PolicyChangeOutcome.Applied, "JournalIncomplete", null), (result.Change.Outcome, Assert.Single(result.Warnings).ErrorId, result.Error));
        Assert.Equal(PolicyChangeOutcome.Applied, ChangeRecord.Parse(result.Change.Document).Outcome);
        Assert.Equal(PolicyChangeOutcome.Interrupted, ChangeRecord.Parse(disk.Text).Outcome);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Where_the_disk_fills_up_between_two_writes_the_second_is_not_sent(int lines)
    {
        var plan = _tenant.Plan(ChangeKinds.AddWithTargets);
        using var disk = new SmallDisk { Lines = lines - 1 };
        var engine = new PolicyChangeEngine(_tenant.Session, _tenant.Client, UsersFixture.Catalog) { BeginJournal = (_, _, _, head) => ChangeJournal.BeginIn(disk, "x", head) };
        // Either what was done cannot be written down, or what is to come.
        disk.Lines = lines == 4 ? 2 : 3;
        var result = engine.Apply(plan, new ChangeContext("x", new GuardLimits()), CancellationToken.None);
        Assert.Equal((PolicyChangeOutcome.Incomplete, "JournalNotWritable"), (result.Change.Outcome, result.Error!.ErrorId));
        Assert.Contains("'New' was created and is not yet targeted", result.Error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("othing was sent", result.Error.Message, StringComparison.Ordinal);
        Assert.Single(_tenant.Writes);
        Assert.Single(result.Change.Record.Ids);
        Assert.NotEqual(PolicyChangeOutcome.Applied, ChangeRecord.Parse(disk.Text).Outcome);
    }

    [Fact]
    public void What_the_service_adds_by_itself_is_nobodys_edit()
    {
        void Added(JObject policy)
        {
            policy["lastModifiedDateTime"] = $"2026-11-26T08:00:0{_tenant.OnPolicy.Count % 10}Z";
            foreach (var profile in policy["passkeyProfiles"]!.Where(p => (string?)p["name"] == "New")) profile["isDefault"] = false;
        }

        _tenant.OnPolicyRequest((r, n) =>
        {
            if (r.Method != "GET") return null;
            var policy = _tenant.Policy();
            if (n > 1) Added(policy);
            return Fault.Reply(200, policy.ToString());
        });
        Assert.Equal((null, PolicyChangeOutcome.Applied), (_tenant.Apply(ChangeKinds.AddWithTargets) is var result ? result.Error?.Message : null, result.Change.Outcome));
    }

    [Fact]
    public void A_profile_that_the_service_calls_a_little_differently_is_found_again()
    {
        _tenant.OnPolicyRequest((r, _) =>
        {
            if (r.Method != "GET") return null;
            var policy = _tenant.Policy();
            foreach (var profile in policy["passkeyProfiles"]!.Where(p => (string?)p["name"] == "New")) profile["name"] = "NEW";
            return Fault.Reply(200, policy.ToString());
        });
        var result = _tenant.Apply(ChangeKinds.AddWithTargets);
        Assert.Equal((PolicyChangeOutcome.NotConfirmed, PolicySighting.Other), (result.Change.Outcome, result.Change.TenantShows));
        Assert.Single(result.Change.Record.Ids);
    }

    [Fact]
    public void Before_anything_is_sent_the_journal_has_it_and_only_the_user_can_read_it()
    {
        var plan = _tenant.Plan(ChangeKinds.NarrowPilot);
        string? journal = null;
        _tenant.OnPolicyRequest((r, _) =>
        {
            if (r.Method == "PATCH") journal = File.ReadAllText(Directory.GetFiles(_tenant.Folder).Single());
            return null;
        });
        _tenant.Apply(plan);
        var record = ChangeRecord.Parse(journal!);
        Assert.Equal((PolicyChangeOutcome.Interrupted, PolicySighting.NotRead), (record.Outcome, record.Shows));
        Assert.Equal(["sending"], journal!.Split('\n').Skip(1).Where(l => l.Length > 0).Select(l => (string?)JObject.Parse(l)["event"]));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Directory.GetFiles(_tenant.Folder).Single()));
        Assert.DoesNotContain(GraphFixture.Token, _tenant.Journalled().Document, StringComparison.Ordinal);
    }

    [Fact]
    public void Stopped_before_the_write_nothing_is_sent_and_the_journal_says_so()
    {
        using var stop = new CancellationTokenSource();
        var plan = _tenant.Plan(ChangeKinds.NarrowPilot);
        _tenant.OnPolicyRequest((_, n) =>
        {
            if (n == 0) stop.Cancel();
            return null;
        });
        Assert.ThrowsAny<OperationCanceledException>(() => _tenant.Apply(plan, stop.Token));
        Assert.Equal(PolicyChangeOutcome.NotSent, _tenant.Journalled().Outcome);
        Assert.Empty(_tenant.Writes);
    }

    [Fact]
    public void Stopped_while_it_is_written_it_is_still_looked_at()
    {
        using var stop = new CancellationTokenSource();
        var plan = _tenant.Plan(ChangeKinds.NarrowPilot);
        _tenant.OnPolicyRequest((r, _) =>
        {
            if (r.Method == "PATCH") stop.Cancel();
            return null;
        });
        var result = _tenant.Apply(plan, stop.Token);
        Assert.Equal((PolicyChangeOutcome.Applied, PolicySighting.After), (result.Change.Outcome, _tenant.Journalled().TenantShows));
    }

    [Fact]
    public void Stopped_and_without_an_answer_it_ends_after_thirty_seconds()
    {
        using var stop = new CancellationTokenSource();
        var plan = _tenant.Plan(ChangeKinds.NarrowPilot);
        _tenant.OnPolicyRequest((r, n) =>
        {
            if (r.Method == "PATCH") return null;
            if (n < 2) return null;
            stop.Cancel();
            _tenant.Tenant.Graph.Clock.Advance(GraphSender.Grace);
            return Fault.Silence;
        });
        var result = _tenant.Apply(plan, stop.Token);
        Assert.Equal((PolicyChangeOutcome.NotConfirmed, PolicySighting.NotRead, "ChangeNotConfirmed"), (result.Change.Outcome, result.Change.TenantShows, result.Error!.ErrorId));
    }

    [Theory]
    [InlineData("omittedProfileIsDeleted", false)]
    [InlineData("deletesAndUntargetsTogether", false)]
    [InlineData("legacyFollowsDefaultProfile", false)]
    [InlineData("legacyOverridesDefaultProfile", true)]
    [InlineData("defaultProfileCanBeRenamed", true)]
    [InlineData("acceptsProfileIdOfCaller", true)]
    [InlineData("acceptsDuplicateProfileNames", true)]
    [InlineData("targetNeedsProfile", false)]
    [InlineData("acceptsAttestationWithSynced", true)]
    [InlineData("acceptsIncompleteItems", true)]
    [InlineData("acceptsUnknownProperties", true)]
    [InlineData("missingTypeIsIgnored", true)]
    [InlineData("measuresDocumentedSizes", false)]
    public void What_nobody_knows_of_the_service_changes_no_truth(string setting, bool value)
    {
        foreach (var kind in ChangeKinds.All)
        {
            using var tenant = new ChangesFixture(new JObject { [setting] = value });
            var plan = kind.Plan(tenant);
            // What was not deleted need not come back.
            if (plan.IsEmpty) continue;
            var result = tenant.Apply(plan);
            var isAfter = ChangeKinds.Shows(tenant.Policy(), plan.Writes[^1].Expected);
            Assert.True(isAfter == (result.Change.Outcome is PolicyChangeOutcome.Applied), $"{kind.Name}: {result.Change.Outcome}");
            // Only where the service keeps what is left out can a profile not be deleted, and that is said.
            if (setting != "omittedProfileIsDeleted") Assert.True(isAfter, $"{kind.Name}: {result.Error?.Message}");
            Assert.Equal(result.Error is null, isAfter);
        }
    }

    /// <summary>A disk that fills up when a test says so: the next line goes in by half.</summary>
    private sealed class SmallDisk : MemoryStream
    {
        public bool IsFull { get; set; }

        /// <summary>How many lines still go in.</summary>
        public int Lines { get; set; } = int.MaxValue;

        public string Text => System.Text.Encoding.UTF8.GetString(ToArray());

        public override void Write(byte[] buffer, int offset, int count)
        {
            IsFull |= --Lines < 0;
            base.Write(buffer, offset, IsFull ? count / 2 : count);
            if (IsFull) throw new IOException("There is not enough space on the disk.");
        }
    }
}
