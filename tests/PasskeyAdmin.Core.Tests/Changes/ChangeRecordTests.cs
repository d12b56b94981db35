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

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("nonsense")]
    [InlineData("{\"format\":\"PasskeyAdmin.Change\",\"version\":2,\"id\":\"x\"}")]
    [InlineData("{\"format\":\"PasskeyAdmin.Change\",\"version\":1,\"id\":\"x\"}")]
    [InlineData("{\"format\":\"PasskeyAdmin.Change\",\"version\":1,\"id\":\"x\",\"plan\":{}}")]
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
