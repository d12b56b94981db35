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
/// <param name="revokes">Whether sessions are revoked as well.</param>
internal sealed class RemovalRun(RemovalUser user, UserChangeJournal journal, TenantSession tenant, bool revokes, CancellationToken stop)
{
    private readonly List<(PasskeyRegistration Passkey, PasskeyRemovalOutcome Outcome, PasskeyAdminException? Error)> _ended = [];

    public RemovalUser User { get; } = user;

    public UserChangeJournal Journal { get; } = journal;

    public CancellationToken Stop { get; } = stop;

    /// <summary>The hash of the policy by which it was found out which passkeys work; null where nothing hinges on it, or it could not be read.</summary>
    public string? PolicyHash { get; init; }

    /// <summary>The folder for journals as it was named; null for the usual one.</summary>
    public string? NamedFolder { get; init; }

    public List<SentRemoval> Sent { get; } = [];

    /// <summary>What stands in the way of all users to come; null where nothing does.</summary>
    public PasskeyAdminException? Obstacle { get; private set; }

    public bool IsStopped { get; set; }

    public (SessionRevocation Outcome, PasskeyAdminException? Error) Sessions { get; set; }

    /// <summary>What is wrong with the user as a whole; null where nothing is known to be.</summary>
    public PasskeyAdminException? Alarm { get; set; }

    /// <summary>Those of which the tenant does not have any more what it had.</summary>
    public bool HasRemoved => _ended.Exists(e => e.Outcome is PasskeyRemovalOutcome.Removed);

    /// <summary>Those of which nothing is told yet, and nothing was sent.</summary>
    public IEnumerable<PasskeyRegistration> Open => User.Taken.Where(p => !_ended.Exists(e => e.Passkey == p) && !Sent.Exists(s => s.Passkey == p)).ToList();

    /// <summary>Whether the sessions are to end: of whoever was named always, of a member of a group where something is gone, or may be.</summary>
    public bool IsWorthRevoking => User.IsNamed || Sent.Exists(s => !s.IsRefused) || _ended.Exists(e => e.Outcome is PasskeyRemovalOutcome.Removed or PasskeyRemovalOutcome.AlreadyGone or PasskeyRemovalOutcome.NotConfirmed);

    /// <summary>
    /// What ends the sessions of somebody whom the same command does not find again, as a command; null where it does. Passkeys that are gone come on no pipeline any more, and no filter over a group finds
    /// them; and to name the user alone would mean all passkeys that the user still has. The id of a passkey that is gone means nothing but the sessions.
    /// </summary>
    public string? SessionCommand => !User.IsFoundAgain && (_ended.Find(e => e.Outcome is PasskeyRemovalOutcome.Removed or PasskeyRemovalOutcome.AlreadyGone or PasskeyRemovalOutcome.NotConfirmed).Passkey?.Id ?? (User.Missing.Count > 0 ? User.Missing[0] : null)) is { } id
        ? $"Remove-PasskeyRegistration -UserId {CommandText.Quote(User.User.Id)} -Id {CommandText.Quote(id)} -RevokeSession{(NamedFolder is null ? "" : $" -JournalPath {CommandText.Quote(NamedFolder)}")}"
        : null;

    /// <summary>Where the sign-in has ended, nothing can be written down, or Graph wants nothing more for longer than anybody waits, there is nothing to go on with.</summary>
    public void Hinder(PasskeyAdminException? fault)
    {
        if (fault is not null && (GraphErrors.IsAboutSignIn(fault) || fault.ErrorId is "JournalNotWritable" or "GraphThrottled")) Obstruct(fault);
    }

    /// <summary>What holds for all users to come as well.</summary>
    public void Obstruct(PasskeyAdminException fault) => Obstacle ??= fault;

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
        List<PasskeyRemoval> rows = [.. User.Missing.Select(id => Row(id, null, PasskeyRemovalOutcome.AlreadyGone, RemovalUser.Gone)), .. User.NotFound.Select(id => Row(id, null, PasskeyRemovalOutcome.NotFound, RemovalUser.NeverSeen)), .. _ended.Select(e => Row(e.Passkey.Id, e.Passkey, e.Outcome, e.Error?.Message))];
        if (revokes) rows.AddRange(User.LeftAlone.Select(l => Row(l.Passkey.Id, l.Passkey, PasskeyRemovalOutcome.Refused, l.Reason)));
        if (rows.Count == 0 && User.Chosen.Count == 0) rows.Add(Row(null, null, User.Unread is null ? PasskeyRemovalOutcome.NoneFound : PasskeyRemovalOutcome.Failed, User.Unread?.Message));
        // What became of the sessions is another matter than the passkeys, also where the same went wrong.
        var errors = _ended.Select(e => e.Error).OfType<PasskeyAdminException>().GroupBy(e => e.ErrorId).Select(g => g.First()).Append(Sessions.Error).Append(Alarm).OfType<PasskeyAdminException>().Select(e => e.With(Journal.Place)).ToList();
        return new RemovedUser(User.Shown, rows, errors);
    }

    private PasskeyRemoval Row(string? id, PasskeyRegistration? passkey, PasskeyRemovalOutcome outcome, string? reason) =>
        new(User.User, id, passkey, outcome) { Reason = Sessions.Error is not null && SessionCommand is { } command ? $"{reason} The sessions go on, or may: {command}".TrimStart() : reason, SessionsRevoked = Sessions.Outcome, ChangeId = Journal.Id, JournalPath = Journal.Path, TenantId = tenant.TenantId };
}
