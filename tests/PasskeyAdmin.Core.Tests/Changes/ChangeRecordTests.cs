using System;
using System.IO;
using System.Linq;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Core.Tests.Users;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Core.Tests.Changes;

/// <summary>A journal may end anywhere: what is left of it is still true.</summary>
public sealed class ChangeRecordTests : IDisposable
{
    private readonly ChangesFixture _tenant = new();

    public void Dispose() => _tenant.Dispose();

    [Fact]
    public void Wherever_a_journal_breaks_off_it_does_not_say_what_is_not_so()
    {
        var lines = _tenant.Apply(ChangeKinds.AddWithTargets).Change.Document.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(6, lines.Length);
        PolicyChangeOutcome[] expected = [PolicyChangeOutcome.NotSent, PolicyChangeOutcome.Interrupted, PolicyChangeOutcome.Incomplete, PolicyChangeOutcome.Interrupted, PolicyChangeOutcome.Applied, PolicyChangeOutcome.Applied];
        for (var whole = 1; whole <= lines.Length; whole++)
        {
            var text = string.Concat(lines.Take(whole).Select(l => l + "\n"));
            Assert.Equal(expected[whole - 1], ChangeRecord.Parse(text).Outcome);
            // Half a line more was not done yet.
            if (whole < lines.Length) Assert.Equal(expected[whole - 1], ChangeRecord.Parse(text + lines[whole][..^1]).Outcome);
        }
        Assert.Contains("'New' was created and is not yet targeted", ChangeRecord.Parse(string.Join('\n', lines.Take(3))).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_profile_that_somebody_changed_since_is_not_taken_away_with_its_creation()
    {
        var change = _tenant.Apply(ChangeKinds.AddWithTargets).Change;
        _tenant.Apply(e => e.SetProfile(ChangeKinds.Profile(_tenant, "New"), new ProfileSettings { Types = PasskeyTypes.DeviceBound }));
        Assert.Equal("PolicyChangedSinceChange", Assert.Throws<PasskeyAdminException>(() => _tenant.Undo(change)).ErrorId);
    }

    [Fact]
    public void An_entry_of_a_block_list_does_not_become_one_of_an_allow_list()
    {
        ProfileSettings With(ProviderListAction action, string aaGuid) => new() { Providers = [new ProviderListChange(action, [Guid.Parse(aaGuid)])] };
        _tenant.Apply(e => e.SetProfile(ChangeKinds.Profile(_tenant, "Spare"), With(ProviderListAction.Allow, UsersFixture.Apple)));
        var change = _tenant.Apply(e => e.SetProfile(ChangeKinds.Profile(_tenant, "Spare"), With(ProviderListAction.Block, UsersFixture.YubiKey))).Change;
        _tenant.Apply(e => e.SetProfile(ChangeKinds.Profile(_tenant, "Spare"), With(ProviderListAction.Remove, UsersFixture.Bitwarden)));
        // Undone entry by entry, Bitwarden would be allowed.
        Assert.Equal("PolicyChangedSinceChange", Assert.Throws<PasskeyAdminException>(() => _tenant.Undo(change)).ErrorId);
    }

    [Theory]
    [InlineData(ProviderListAction.Allow, ProviderListAction.Add, ProviderListAction.Block)]
    [InlineData(ProviderListAction.Block, ProviderListAction.Remove, ProviderListAction.Allow)]
    public void A_list_that_somebody_turned_round_since_is_theirs(object start, object action, object turned)
    {
        PasskeyPolicyChange Set(ProviderListAction kind, params string[] aaGuids) => _tenant.Apply(e => e.SetProfile(ChangeKinds.Profile(_tenant, "Spare"), new ProfileSettings { Providers = [new ProviderListChange(kind, [.. aaGuids.Select(Guid.Parse)])] })).Change;
        Set((ProviderListAction)start, UsersFixture.YubiKey);
        var change = Set((ProviderListAction)action, UsersFixture.Apple);
        Set((ProviderListAction)turned, UsersFixture.YubiKey, UsersFixture.Apple);
        Assert.Equal("PolicyChangedSinceChange", Assert.Throws<PasskeyAdminException>(() => _tenant.Undo(change)).ErrorId);
    }

    [Fact]
    public void Of_a_change_that_was_made_in_part_only_that_part_is_undone()
    {
        var plan = _tenant.Plan(ChangeKinds.AddWithTargets);
        var isSecond = false;
        _tenant.OnPolicyRequest((r, _) => r.Method != "PATCH" || !isSecond & (isSecond = true) ? null : Testing.Fault.Reply(400, """{"error":{"code":"badRequest","message":"No."}}"""));
        var change = _tenant.Apply(plan).Change;
        Assert.Equal(PolicyChangeOutcome.Incomplete, change.Outcome);
        _tenant.Server.Faults = null;
        Assert.Equal(["- profile New"], _tenant.Undo(change).Difference);
        // Somebody else has found a use for it.
        _tenant.Apply(e => e.AddTarget(ChangesFixture.Third, ChangeKinds.Profile(_tenant, "New").Id!));
        var error = Assert.Throws<PasskeyAdminException>(() => _tenant.Undo(change));
        Assert.Equal("PolicyChangedSinceChange", error.ErrorId);
        Assert.Contains("Third", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_another_change_made_is_not_taken_for_what_was_interrupted()
    {
        var plan = _tenant.Plan(ChangeKinds.AddWithTargets);
        var made = _tenant.Apply(plan).Change;
        // The same, sent before and killed before it arrived.
        var lines = made.Document.Split('\n').Take(2).Select(l => l.Replace(made.ChangeId, "11111111-1111-1111-1111-111111111111", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(_tenant.Folder, "00000000T000000Z-x.jsonl"), string.Join('\n', lines) + "\n");
        var interrupted = new ChangeHistory(_tenant.Folder).Read((_, e) => throw e).Single(c => c.ChangeId.StartsWith("1111", StringComparison.Ordinal));
        Assert.Equal("PolicyChangedSinceChange", Assert.Throws<PasskeyAdminException>(() => _tenant.Undo(interrupted)).ErrorId);
        Assert.Equal(3, _tenant.Undo(made).Difference.Count);
    }

    [Fact]
    public void What_was_so_before_may_be_so_again()
    {
        using var tenant = new ChangesFixture(prepare: t => t.Profiles[2] = UsersFixture.Profile(ChangesFixture.Spare, "Sp\u200bare", "deviceBound", "allow"));
        var change = tenant.Apply(e => e.SetProfile(e.Current.Profile[2], new ProfileSettings { Name = "Good", Providers = [new ProviderListChange(ProviderListAction.Add, [Guid.Parse(UsersFixture.Apple)])] })).Change;
        var start = tenant.Policy();
        Assert.Equal(PolicyChangeOutcome.Applied, tenant.Apply(tenant.Undo(change)).Change.Outcome);
        Assert.False(ChangeKinds.Shows(tenant.Policy(), start));
    }

    [Fact]
    public void Who_knows_less_takes_back_nothing()
    {
        var document = _tenant.Apply(ChangeKinds.NarrowPilot).Change.Document;
        string With(params string[] states) => document + string.Concat(states.Select(s => ChangeJournal.Line("audit", default, new Newtonsoft.Json.Linq.JObject { ["otherEdit"] = s })));
        Assert.Equal(OtherEditState.None, ChangeRecord.Parse(With("Unknown")).OtherEdit);
        Assert.Equal(OtherEditState.Suspected, ChangeRecord.Parse(With("Suspected", "None", "Unknown")).OtherEdit);
    }

    [Fact]
    public void What_stands_behind_a_broken_line_is_not_believed()
    {
        var lines = _tenant.Apply(ChangeKinds.NarrowPilot).Change.Document.Split('\n');
        lines[1] = lines[1][..40];
        Assert.Equal(PolicyChangeOutcome.NotSent, ChangeRecord.Parse(string.Join('\n', lines)).Outcome);
    }

    [Fact]
    public void What_was_never_made_is_not_undone()
    {
        var plan = _tenant.Plan(e => e.SetSelfService(false));
        _tenant.EditElsewhere();
        var change = _tenant.Apply(plan).Change;
        Assert.Equal(PolicyChangeOutcome.NotSent, change.Outcome);
        // Somebody else makes the same edit: that is theirs.
        _tenant.Write(new Newtonsoft.Json.Linq.JObject { ["@odata.type"] = PolicyDocument.Type, ["isSelfServiceRegistrationAllowed"] = false });
        Assert.Equal("ChangeNotMade", Assert.Throws<PasskeyAdminException>(() => _tenant.Undo(change)).ErrorId);
    }

    [Fact]
    public void A_creation_that_was_interrupted_is_undone_all_the_same()
    {
        var start = _tenant.Policy();
        var change = _tenant.Apply(ChangeKinds.AddWithTargets).Change;
        var path = Directory.GetFiles(_tenant.Folder).Single();
        // Killed between the first write and its look.
        File.WriteAllText(path, string.Concat(change.Document.Split('\n').Take(2).Select(l => l + "\n")));
        var interrupted = _tenant.Journalled();
        Assert.Equal((PolicyChangeOutcome.Interrupted, 0), (interrupted.Outcome, interrupted.Record.Ids.Count));
        Assert.Equal(PolicyChangeOutcome.Applied, _tenant.Apply(_tenant.Undo(interrupted)).Change.Outcome);
        Assert.True(ChangeKinds.Shows(_tenant.Policy(), start));
    }

    [Fact]
    public void An_undo_that_was_undone_has_undone_nothing()
    {
        var first = _tenant.Apply(ChangeKinds.NarrowPilot).Change;
        _tenant.Tenant.Graph.Clock.Advance(TimeSpan.FromMinutes(1));
        var undo = _tenant.Apply(_tenant.Undo(first)).Change;
        _tenant.Tenant.Graph.Clock.Advance(TimeSpan.FromMinutes(1));
        var redo = _tenant.Apply(_tenant.Undo(undo)).Change;
        var history = new ChangeHistory(_tenant.Folder).Read((_, e) => throw e);
        Assert.Equal([null, redo.ChangeId, null], history.Select(c => c.UndoneBy));
    }

    [Fact]
    public void A_plan_that_claims_to_undo_something_else_is_not_believed()
    {
        var other = _tenant.Apply(e => e.SetSelfService(false)).Change;
        var history = new ChangeHistory(_tenant.Folder).Read((_, e) => throw e);
        var undo = _tenant.Undo(other).Source;
        Assert.Equal(other.ChangeId, _tenant.Planner.Plan(PlanDocument.Parse(undo.ToText()), history, default).Source.Undoes);
        Assert.Null(_tenant.Planner.Plan(undo, [], default).Source.Undoes);
        Assert.Null(_tenant.Planner.Plan(_tenant.Plan(ChangeKinds.NarrowPilot).Source with { Undoes = other.ChangeId }, history, default).Source.Undoes);
    }

    [Theory]
    [InlineData("x\u001b]0;")]
    [InlineData("7")]
    public void An_id_that_is_none_makes_a_journal_unreadable(string id)
    {
        var document = _tenant.Apply(ChangeKinds.NarrowPilot).Change.Document;
        var edited = Newtonsoft.Json.Linq.JObject.Parse(document.Split('\n')[0]);
        edited["id"] = id;
        Assert.Equal("JournalUnreadable", Assert.Throws<PasskeyAdminException>(() => ChangeHistory.Of(edited.ToString(Newtonsoft.Json.Formatting.None), null)).ErrorId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("nonsense")]
    [InlineData("{\"format\":\"PasskeyAdmin.Change\",\"version\":2,\"id\":\"x\"}")]
    [InlineData("{\"format\":\"PasskeyAdmin.Change\",\"version\":1,\"id\":\"11111111-1111-1111-1111-111111111111\"}")]
    [InlineData("{\"format\":\"PasskeyAdmin.Change\",\"version\":1,\"id\":\"11111111-1111-1111-1111-111111111111\",\"plan\":{}}")]
    public void What_is_no_journal_is_an_error_and_hides_no_other(string text)
    {
        Assert.Equal("JournalUnreadable", Assert.Throws<PasskeyAdminException>(() => ChangeHistory.Of(text, null)).ErrorId);
        _tenant.Apply(ChangeKinds.NarrowPilot);
        File.WriteAllText(Path.Combine(_tenant.Folder, "99999999T000000Z-x.jsonl"), text);
        var faults = 0;
        Assert.Single(new ChangeHistory(_tenant.Folder).Read((_, _) => faults++));
        Assert.Equal(1, faults);
    }

    [Fact]
    public void A_change_that_was_undone_says_by_which()
    {
        var first = _tenant.Apply(ChangeKinds.NarrowPilot).Change;
        var undo = _tenant.Apply(_tenant.Undo(first)).Change;
        var history = new ChangeHistory(_tenant.Folder).Read((_, e) => throw e);
        Assert.Equal(undo.ChangeId, history.Single(c => c.ChangeId == first.ChangeId).UndoneBy);
        Assert.Equal(first.ChangeId, history.Single(c => c.ChangeId == undo.ChangeId).UndoOf);
    }

    [Fact]
    public void Ids_that_undoing_replaced_are_followed()
    {
        var start = _tenant.Policy();
        var untarget = _tenant.Apply(e => e.RemoveTarget(UsersFixture.Pilot, UsersFixture.PilotProfile, "")).Change;
        var remove = _tenant.Apply(e => e.RemoveProfile(ChangeKinds.Profile(_tenant, "Synced pilot"))).Change;
        Assert.Equal(PolicyChangeOutcome.Applied, _tenant.Apply(_tenant.Undo(remove)).Change.Outcome);
        // The target named an id that is gone for good; the profile has another one now.
        Assert.Equal(PolicyChangeOutcome.Applied, _tenant.Apply(_tenant.Undo(untarget)).Change.Outcome);
        Assert.True(ChangeKinds.Shows(_tenant.Policy(), start));
        Assert.True(_tenant.Undo(remove).IsEmpty);
    }

    [Fact]
    public void In_the_same_place_nothing_is_undone_over_somebody_else()
    {
        var change = _tenant.Apply(ChangeKinds.NarrowPilot).Change;
        _tenant.Apply(e => e.SetProfile(ChangeKinds.Profile(_tenant, "Synced pilot"), new ProfileSettings { Types = PasskeyTypes.Synced }));
        var error = Assert.Throws<PasskeyAdminException>(() => _tenant.Undo(change));
        Assert.Equal("PolicyChangedSinceChange", error.ErrorId);
        Assert.Contains("Synced pilot: + passkey type Synced", error.Message, StringComparison.Ordinal);
    }
}
