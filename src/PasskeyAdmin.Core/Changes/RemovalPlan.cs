using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Changes;

/// <summary>The passkeys of one user that are to be removed, and what is left then.</summary>
internal sealed record RemovalUser(DirectoryUser User, IReadOnlyList<PasskeyRegistration> Chosen, IReadOnlyList<PasskeyRegistration> Kept)
{
    /// <summary>Why there is nothing to remove where somebody gave an id.</summary>
    public const string Gone = "It was gone before. The journal of this machine knows that the user had it.";

    /// <summary>Why that is no success.</summary>
    public const string NeverSeen = "The user has none with this id. The journal of this machine knows none either.";

    private const string NoId = "Microsoft Graph gives no id for it, by which it could be removed.";

    /// <summary>Asked for by their ids, and not there any more.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>Asked for by ids of which nothing is known.</summary>
    public IReadOnlyList<string> NotFound { get; init; } = [];

    /// <summary>Whether somebody named this very user, or a passkey of the user: then the sessions are ended whatever becomes of the passkeys.</summary>
    public bool IsNamed { get; init; }

    /// <summary>Whether the same command again is about this user once more, also where the passkeys are gone. What Get-PasskeyRegistration finds for it, or a filter over a group, it does not find any more.</summary>
    public bool IsFoundAgain { get; init; }

    /// <summary>Why the passkeys could not be read; null where they were.</summary>
    public PasskeyAdminException? Unread { get; init; }

    public Reading<DirectoryStanding> Standing { get; init; } = Reading<DirectoryStanding>.NotRead("The roles of the user were not read.");

    public EmergencyAccountKind Emergency { get; init; }

    public RemovalVerdict Verdict { get; init; }

    /// <summary>Why they may not be removed, in a sentence; null where nothing speaks against it.</summary>
    public string? Reason { get; init; }

    public bool IsRefused { get; init; }

    /// <summary>Whether nothing is removed at all, since nobody is asked: it is, or may be, an emergency account.</summary>
    public bool IsExempt { get; init; }

    /// <summary>Those that are removed. Of somebody who would have none left, those that do not work anyway, as long as one that may work stays.</summary>
    public IReadOnlyList<PasskeyRegistration> Taken => IsExempt ? [] : [.. Chosen.Where(p => p.Id is not null && !(IsRefused && (RemovalJudge.MayWork(p) || !Chosen.Any(RemovalJudge.MayWork))))];

    /// <summary>The passkeys that the user has afterwards.</summary>
    public IReadOnlyList<PasskeyRegistration> Staying => [.. Kept, .. Chosen.Except(Taken)];

    /// <summary>Those that are left alone, with the reason.</summary>
    public IReadOnlyList<(PasskeyRegistration Passkey, string Reason)> LeftAlone =>
        [.. Chosen.Except(Taken).Select(p => (p, p.Id is null ? NoId : IsExempt ? Exemption : Reason!))];

    private string Exemption => Emergency is EmergencyAccountKind.Unknown
        ? "It may be an emergency account. Which ones there are is not known, and without a question nothing is removed from such an account."
        : "It is an emergency account. It is kept for when nothing else works, and without a question nothing is removed from it.";

    /// <summary>Whether there is something to send.</summary>
    /// <param name="revokes">Whether sessions are revoked as well.</param>
    public bool IsDue(bool revokes) => Taken.Count > 0 || (revokes && IsNamed);

    /// <summary>Whether there is something to tell of.</summary>
    /// <param name="revokes">Whether sessions are revoked as well.</param>
    public bool HasRows(bool revokes) => IsDue(revokes) || Missing.Count > 0 || NotFound.Count > 0;

    public bool IsAdministrator => Standing is { IsRead: true, Value.IsAdministrator: true };

    /// <summary>Safe to show.</summary>
    public string Shown => DisplayText.Neutralise(User.Shown);

    public GuardedUser Guarded => new(Shown) { IsAdministrator = IsAdministrator, IsEmergencyAccount = Emergency is EmergencyAccountKind.Named or EmergencyAccountKind.Presumed };
}

/// <summary>All that one command removes in one tenant.</summary>
/// <param name="Users">Emergency accounts and administrators first.</param>
internal sealed record RemovalPlan(IReadOnlyList<RemovalUser> Users)
{
    /// <summary>Users of whom it could not be found out, with what the command was given.</summary>
    public IReadOnlyList<(string Target, PasskeyAdminException Fault)> Faults { get; init; } = [];

    /// <summary>What is worth knowing before: sentences, safe to show.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The hash of the policy by which it was found out which passkeys work; null where it could not be read.</summary>
    public string? PolicyHash { get; init; }

    /// <summary>False where a journal could not be read, and an id may stand there.</summary>
    public bool IsJournalWhole { get; init; } = true;

    /// <summary>Those who lose a passkey.</summary>
    public IReadOnlyList<RemovalUser> Affected => [.. Users.Where(u => u.Taken.Count > 0)];

    public int Passkeys => Users.Sum(u => u.Taken.Count);

    /// <summary>Whether there is something to send.</summary>
    /// <param name="revokes">Whether sessions are revoked as well.</param>
    public bool IsDue(bool revokes) => Users.Any(u => u.IsDue(revokes));

    /// <summary>The rows of those that are left alone.</summary>
    /// <param name="revokes">Whether sessions are revoked as well: whoever that is due for gets the rows with what became of them.</param>
    public IEnumerable<PasskeyRemoval> LeftAlone(string? tenantId, bool revokes) =>
        Users.Where(u => !revokes || !u.IsDue(revokes)).SelectMany(u => u.LeftAlone.Select(l => new PasskeyRemoval(u.User, l.Passkey.Id, l.Passkey, PasskeyRemovalOutcome.Refused) { Reason = l.Reason, TenantId = tenantId }));

    /// <summary>What to say where nothing was sent at all.</summary>
    public static string NothingSent(bool revokes) => revokes ? "Nothing was sent: the sessions go on as well." : "Nothing was sent.";

    /// <summary>What is left alone, and of whom the sessions go on then.</summary>
    /// <param name="revokes">Whether sessions are revoked as well.</param>
    /// <param name="hasRows">Whether there are rows that say it of each passkey.</param>
    public IEnumerable<PasskeyAdminException> Refusals(bool revokes, bool hasRows)
    {
        var goOn = revokes && Users.Any(u => u.LeftAlone.Count > 0 && !u.IsDue(revokes));
        return new[] { Lockout(hasRows), Exempt(hasRows), WithoutId(hasRows) }.OfType<PasskeyAdminException>().Select(e => goOn ? e.With("The sessions of members of whom nothing is removed go on.") : e);
    }

    /// <summary>Why somebody keeps what was to go, once for all users, since they may be many; null where nobody does.</summary>
    public PasskeyAdminException? Refusal => Lockout(hasRows: true);

    /// <summary>That there are passkeys that cannot be removed, whatever is allowed; null where there are none.</summary>
    public PasskeyAdminException? Unremovable => WithoutId(hasRows: true);

    private PasskeyAdminException? Lockout(bool hasRows) => LeftAloneBecause("LockoutRefused", (u, p) => p.Id is not null && !u.IsExempt, hasRows, " Let them register another method first; -AllowLockout removes them all the same.");

    private PasskeyAdminException? Exempt(bool hasRows) => LeftAloneBecause("EmergencyAccountPasskeyRefused", (u, p) => p.Id is not null && u.IsExempt, hasRows, " Run the command for such a user alone, and without -Confirm:$false.");

    private PasskeyAdminException? WithoutId(bool hasRows) => LeftAloneBecause("PasskeyIdMissing", (_, p) => p.Id is null, hasRows, " Remove them in the Entra admin centre > Users > the user > Authentication methods.");

    private PasskeyAdminException? LeftAloneBecause(string errorId, Func<RemovalUser, PasskeyRegistration, bool> isMeant, bool hasRows, string advice)
    {
        var left = Users.Select(u => (User: u, Reasons: u.LeftAlone.Where(l => isMeant(u, l.Passkey)).Select(l => l.Reason).ToList())).Where(l => l.Reasons.Count > 0).ToList();
        if (left.Count == 0) return null;
        var passkeys = left.Sum(l => l.Reasons.Count);
        var whose = left.Count == 1 ? left[0].User.Shown : $"{GuardWords.People(left.Count)} ({GuardWords.Names([.. left.Select(l => l.User.Guarded)])})";
        var reasons = left.Select(l => l.Reasons[0]).Distinct().ToList();
        return new PasskeyAdminException(ErrorKind.InvalidOperation, errorId,
            $"{passkeys:N0} {(passkeys == 1 ? "passkey" : "passkeys")} of {whose} {(passkeys == 1 ? "is" : "are")} left alone. {(reasons.Count == 1 ? reasons[0] : $"Of {left[0].User.Shown}: {reasons[0]}{(hasRows ? " The rows with the outcome Refused have the reason of each." : "")}")}{advice}");
    }

    /// <summary>This plan, where ids that mean nothing are told from those of passkeys that are gone: a mistyped one, or one of another user, is no success.</summary>
    public RemovalPlan Told(string? tenantId, UserChangeHistory history)
    {
        var had = history.Had(tenantId, [.. Users.SelectMany(u => u.Missing.Select(id => new NamedPasskey(u.User.Id, id)))]);
        bool IsGone(RemovalUser user, string id) => had.Contains(new NamedPasskey(user.User.Id, id));
        return this with { IsJournalWhole = history.IsWhole, Users = [.. Users.Select(u => u with { Missing = [.. u.Missing.Where(id => IsGone(u, id))], NotFound = [.. u.Missing.Where(id => !IsGone(u, id))] })] };
    }

    /// <summary>Those that are not there, where nothing is sent about their user.</summary>
    public IEnumerable<PasskeyRemoval> Gone(string? tenantId) => Users.SelectMany(u => u.Missing.Select(id => new PasskeyRemoval(u.User, id, null, PasskeyRemovalOutcome.AlreadyGone) { Reason = RemovalUser.Gone, TenantId = tenantId })
        .Concat(u.NotFound.Select(id => new PasskeyRemoval(u.User, id, null, PasskeyRemovalOutcome.NotFound) { Reason = RemovalUser.NeverSeen, TenantId = tenantId })));

    /// <summary>Whose ids mean nothing, with the user.</summary>
    public IEnumerable<(string Target, PasskeyAdminException Fault)> NotFound => Users.Where(u => u.NotFound.Count > 0).Select(u => (u.Shown, new PasskeyAdminException(ErrorKind.NotFound, "PasskeyNotFound",
        $"{u.Shown} has no passkey with the id {NameLists.First(u.NotFound.Select(id => CommandText.Quote(DisplayText.Excerpt(id, 80))))}, and {(IsJournalWhole ? "the journal of this machine knows none either" : "not all of the journal of this machine could be read")}: the id is not right, it is of another user, or somebody removed it elsewhere. No passkey was removed for it. Get-PasskeyRegistration shows those of the user.")
    { RecommendedAction = $"Get-PasskeyRegistration -UserId {CommandText.Quote(u.User.Id)}" }));
}
