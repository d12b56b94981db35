using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Changes;

/// <summary>A passkey whose removal was asked for.</summary>
/// <param name="Fault">What was answered; null for success.</param>
internal sealed record SentRemoval(PasskeyRegistration Passkey, PasskeyAdminException? Fault)
{
    /// <summary>Whether Graph has turned it away, so that nothing is to be waited for.</summary>
    public bool IsRefused => Fault is { IsOutcomeUnknown: false } and not { ErrorId: "GraphNotFound" };
}

/// <summary>Removing the passkeys of one user, under way.</summary>
internal sealed class RemovalRun(RemovalUser user, UserChangeJournal journal, TenantSession tenant, CancellationToken stop)
{
    private readonly List<(PasskeyRegistration Passkey, PasskeyRemovalOutcome Outcome, PasskeyAdminException? Error)> _ended = [];

    public RemovalUser User { get; } = user;

    public UserChangeJournal Journal { get; } = journal;

    public CancellationToken Stop { get; } = stop;

    public List<SentRemoval> Sent { get; } = [];

    /// <summary>What stands in the way of all users to come; null where nothing does.</summary>
    public PasskeyAdminException? Obstacle { get; private set; }

    public bool IsStopped { get; set; }

    public (SessionRevocation Outcome, PasskeyAdminException? Error) Sessions { get; set; }

    /// <summary>Those of which nothing is told yet, and nothing was sent.</summary>
    public IEnumerable<PasskeyRegistration> Open => User.Taken.Where(p => !_ended.Exists(e => e.Passkey == p) && !Sent.Exists(s => s.Passkey == p)).ToList();

    /// <summary>Whether something of the user is gone, or may be: sessions of somebody who keeps everything go on.</summary>
    public bool IsWorthRevoking => User.Missing.Count > 0 || _ended.Exists(e => e.Outcome is PasskeyRemovalOutcome.Removed or PasskeyRemovalOutcome.AlreadyGone or PasskeyRemovalOutcome.NotConfirmed);

    /// <summary>Where the sign-in has ended, or nothing can be written down, there is nothing to go on with.</summary>
    public void Hinder(PasskeyAdminException? fault)
    {
        if (fault is not null && (GraphErrors.IsAboutSignIn(fault) || fault.ErrorId == "JournalNotWritable")) Obstacle ??= fault;
    }

    public void Add(PasskeyRegistration passkey, PasskeyRemovalOutcome outcome, PasskeyAdminException? error)
    {
        _ended.Add((passkey, outcome, error));
        Journal.Record(outcome switch
        {
            PasskeyRemovalOutcome.Removed => UserChangeOutcome.Applied,
            PasskeyRemovalOutcome.AlreadyGone => UserChangeOutcome.AlreadyDone,
            PasskeyRemovalOutcome.NotConfirmed => UserChangeOutcome.NotConfirmed,
            _ => Sent.Exists(s => s.Passkey == passkey) ? UserChangeOutcome.Failed : UserChangeOutcome.NotSent,
        }, error, new JObject { ["userId"] = User.User.Id, ["methodId"] = passkey.Id });
    }

    /// <summary>The rows and the errors of the user.</summary>
    public RemovedUser End()
    {
        List<PasskeyRemoval> rows = [.. User.Missing.Select(id => Row(id, null, PasskeyRemovalOutcome.AlreadyGone, null)), .. _ended.Select(e => Row(e.Passkey.Id, e.Passkey, e.Outcome, e.Error?.Message))];
        var errors = _ended.Select(e => e.Error).Append(Sessions.Error).OfType<PasskeyAdminException>().GroupBy(e => e.ErrorId).Select(g => g.First().With(Journal.Place)).ToList();
        return new RemovedUser(User.Shown, rows, errors);
    }

    private PasskeyRemoval Row(string? id, PasskeyRegistration? passkey, PasskeyRemovalOutcome outcome, string? reason) =>
        new(User.User, id, passkey, outcome) { Reason = reason, SessionsRevoked = Sessions.Outcome, ChangeId = Journal.Id, JournalPath = Journal.Path, TenantId = tenant.TenantId };
}
