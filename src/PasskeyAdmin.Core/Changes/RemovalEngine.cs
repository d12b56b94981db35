using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Changes;

/// <summary>What came of the passkeys of one user.</summary>
/// <param name="Errors">One for each kind of error.</param>
internal sealed record RemovedUser(string Shown, IReadOnlyList<PasskeyRemoval> Rows, IReadOnlyList<PasskeyAdminException> Errors);

/// <summary>
/// Removes passkeys, user by user, as every change is made (design §5.6 to §5.9): journal, a last look, each request once (again only where it was turned away unread), look again. What is done stays done
/// when a later user fails or the command is stopped; the same command again does the rest, since what is gone is gone. Sessions of users who were named are revoked whatever became of their passkeys.
/// </summary>
/// <param name="allowsLockout">Whether somebody's last method may go.</param>
/// <param name="revokes">Whether sessions are revoked as well.</param>
internal sealed class RemovalEngine(TenantSession tenant, GraphClient client, bool allowsLockout, bool revokes)
{
    private const string PolicyChanged = "PolicyChangedSincePlan";

    private readonly RemovalWatch _watch = new(tenant, client);
    private readonly SessionRevoker _sessions = new(tenant, client);
    private readonly RemovalRest _rest = new(client);

    /// <summary>How the file of the journal is begun; null for the usual way.</summary>
    internal Func<string, string, DateTimeOffset, JObject, ChangeJournal>? BeginJournal { get; init; }

    /// <summary>The folder for journals as it was named, for commands that are suggested; null for the usual one.</summary>
    public string? NamedFolder { get; init; }

    /// <summary>That not all users were tried, or that the journal is not whole: known when the last of the users is.</summary>
    public IReadOnlyList<PasskeyAdminException> Errors { get; private set; } = [];

    /// <param name="head">What the first line of the journal says beside who, where and when.</param>
    /// <exception cref="PasskeyAdminException"><c>JournalNotWritable</c>, <c>PolicyChangedSincePlan</c>, or the policy cannot be read any more: then nothing was sent.</exception>
    /// <exception cref="OperationCanceledException">Where the command was stopped: what was sent until then is in the journal.</exception>
    public IEnumerable<RemovedUser> Remove(RemovalPlan plan, string folder, string command, JObject head, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        var policyHash = plan.Passkeys > 0 ? plan.PolicyHash : null;
        RequireSamePolicyFirst(plan, policyHash, token);
        using var journal = new UserChangeJournal(tenant, folder, command, UserChangeJournal.Removal, head, BeginJournal);
        List<RemovalUser> users = [.. plan.Users.Where(u => u.HasRows(revokes))];
        for (var i = 0; i < users.Count; i++)
        {
            token.ThrowIfCancellationRequested();
            var run = new RemovalRun(users[i], journal, tenant, revokes, token) { PolicyHash = policyHash, NamedFolder = NamedFolder };
            using (var critical = client.EnterCritical(token)) Remove(run, critical);
            yield return run.End();
            if (run.IsStopped) token.ThrowIfCancellationRequested();
            if (run.Obstacle is not { } obstacle || i == users.Count - 1) continue;
            Errors = [obstacle.As(obstacle.Kind, "RemovalStopped", $"{GuardWords.People(users.Count - i - 1)} were not tried{(revokes ? ", and their sessions go on" : "")}. {obstacle.Message} The same command again does the rest. {journal.Place}")];
            break;
        }
        if (journal.Incomplete is { } incomplete) Errors = [.. Errors, incomplete];
    }

    private void Remove(RemovalRun run, CriticalSection critical)
    {
        if (run.User.Taken.Count > 0 && MayBegin(run))
        {
            while (run.Open.FirstOrDefault() is { } passkey && Send(run, passkey)) { }
            if (run.Sent.Count > 0)
            {
                var look = _watch.Gone(run.User.User.Id, [.. run.Sent.Where(s => !s.IsRefused).Select(s => s.Passkey.Id!)], critical);
                Judge(run, look);
                if (!allowsLockout && run.HasRemoved && look.There is { } there) run.Alarm = _rest.AlarmOf(run.User, there, critical.Token);
            }
        }
        if (revokes && run.IsWorthRevoking) run.Sessions = run is { Obstacle: null or { ErrorId: "GraphThrottled" or PolicyChanged }, IsStopped: false } ? _sessions.Revoke(run, critical) : SessionRevoker.NotTried(run);
    }

    /// <summary>Which passkeys work was found out by a policy: where that is another one by now, so is what users have left. A command over many users runs long, so it is compared again for each of them.</summary>
    /// <param name="hash">Null where nothing hinges on it, or it could not be read.</param>
    private void RequireSamePolicy(string? hash, CancellationToken token)
    {
        if (hash is not null && PolicyPlaces.HashOf(client.Get(PasskeyPolicySource.Path, token)) != hash)
            throw new PasskeyAdminException(ErrorKind.InvalidOperation, PolicyChanged, "The passkey policy was changed since it was found out which passkeys work. Run the command again.");
    }

    /// <summary>A policy that cannot be read now is no reason to let sessions go on: it is read again for each user, and nothing is removed without.</summary>
    private void RequireSamePolicyFirst(RemovalPlan plan, string? hash, CancellationToken token)
    {
        try
        {
            RequireSamePolicy(hash, token);
        }
        catch (PasskeyAdminException e) when (e.ErrorId == PolicyChanged || GraphErrors.IsAboutSignIn(e) || !(revokes && plan.Users.Any(u => u.IsNamed)))
        {
            throw e.With(RemovalPlan.NothingSent(revokes));
        }
        catch (PasskeyAdminException)
        {
            // Each user is told of it.
        }
    }

    /// <summary>The last look before anything is sent: what is gone need not be removed, and what the user was to keep must still be there.</summary>
    private bool MayBegin(RemovalRun run)
    {
        try
        {
            if (!HasSamePolicy(run)) return false;
            var there = _watch.Read(run.User.User.Id, run.Stop);
            foreach (var passkey in run.Open.ToList())
                if (!there.Contains(passkey.Id!)) run.Add(passkey, PasskeyRemovalOutcome.AlreadyGone, null);
            if (allowsLockout || !run.Open.Any() || _rest.Keeps(run.User, there, run.Stop) == true) return true;
            foreach (var passkey in run.Open.ToList()) run.Add(passkey, PasskeyRemovalOutcome.Refused, new PasskeyAdminException(ErrorKind.InvalidOperation, "LockoutRefused", $"What {run.User.Shown} was to keep was removed meanwhile, or cannot be seen any more: this may be the last phishing-resistant method of the user. The passkey was not removed. Look again: Get-PasskeyRegistration -UserId {CommandText.Quote(run.User.User.Id)}."));
            return false;
        }
        catch (PasskeyAdminException e)
        {
            foreach (var passkey in run.Open.ToList()) run.Add(passkey, PasskeyRemovalOutcome.Failed, MethodRole.Named(e, tenant, run.User.Shown, run.User.Standing).With("The passkey was not removed."));
            run.Hinder(e);
            return false;
        }
        catch (OperationCanceledException)
        {
            run.IsStopped = true;
            return false;
        }
    }

    /// <exception cref="OperationCanceledException">Where the command was stopped.</exception>
    private bool HasSamePolicy(RemovalRun run)
    {
        try
        {
            RequireSamePolicy(run.PolicyHash, run.Stop);
            return true;
        }
        catch (PasskeyAdminException e)
        {
            foreach (var passkey in run.Open.ToList()) run.Add(passkey, PasskeyRemovalOutcome.Failed, e.ErrorId == PolicyChanged ? e.With("The passkey was not removed.") : e.With("Whether the passkey policy is still the one by which it was found out which passkeys work could not be read. The passkey was not removed."));
            if (e.ErrorId == PolicyChanged) run.Obstruct(e);
            else run.Hinder(e);
            return false;
        }
    }

    /// <returns>Whether to go on with the next one.</returns>
    private bool Send(RemovalRun run, PasskeyRegistration passkey)
    {
        PasskeyAdminException? fault = null;
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                fault = Delete(run, passkey);
                if (fault is null || !client.WaitToRepeat(fault, attempt, run.Stop)) break;
                // Turned away unread; and there was a pause, in which what the user was to keep may have gone.
                if (MayBegin(run) && !run.Open.Contains(passkey)) return true;
                if (run.IsStopped) throw new OperationCanceledException(run.Stop);
                if (!run.Open.Contains(passkey)) return false;
            }
        }
        catch (PasskeyAdminException e)
        {
            foreach (var rest in run.Open.ToList()) run.Add(rest, PasskeyRemovalOutcome.Failed, e);
            run.Hinder(e);
            return false;
        }
        catch (OperationCanceledException)
        {
            // It had not left, or was turned away.
            run.IsStopped = true;
            run.Journal.Record(UserChangeOutcome.NotSent, null, new JObject { ["userId"] = run.User.User.Id, ["methodId"] = passkey.Id });
            return false;
        }
        run.Sent.Add(new SentRemoval(passkey, fault is null ? null : MethodRole.Named(fault, tenant, run.User.Shown, run.User.Standing)));
        run.Hinder(fault);
        return run.Obstacle is null;
    }

    /// <returns>What was answered; null for success.</returns>
    /// <exception cref="PasskeyAdminException"><c>JournalNotWritable</c>: then it was not sent.</exception>
    /// <exception cref="OperationCanceledException">It had not left.</exception>
    private PasskeyAdminException? Delete(RemovalRun run, PasskeyRegistration passkey)
    {
        var path = RemovalWatch.PathOf(run.User.User.Id, passkey.Id!);
        run.Journal.Announce("DELETE", path, new JObject { ["userId"] = run.User.User.Id, ["methodId"] = passkey.Id, ["passkeyType"] = passkey.PasskeyTypeName, ["aaGuid"] = passkey.AaGuid?.ToString() });
        try
        {
            client.Delete(path, run.Stop);
            return null;
        }
        catch (PasskeyAdminException e)
        {
            return e;
        }
    }

    /// <summary>What the tenant shows counts, whatever was answered.</summary>
    private static void Judge(RemovalRun run, RemovalLook look)
    {
        foreach (var (passkey, fault) in run.Sent.Select(s => (s.Passkey, s.Fault)))
        {
            var isThere = look.There?.Contains(passkey.Id!);
            var isGoneBefore = fault is { ErrorId: "GraphNotFound" };
            if (fault is { IsOutcomeUnknown: false } && !isGoneBefore) run.Add(passkey, PasskeyRemovalOutcome.Failed, fault);
            else if (isThere == false) run.Add(passkey, isGoneBefore ? PasskeyRemovalOutcome.AlreadyGone : PasskeyRemovalOutcome.Removed, null);
            else if (isThere == true && fault is not null) run.Add(passkey, PasskeyRemovalOutcome.Failed, fault.With("The tenant still has the passkey. A request that is still under way could arrive later: look again before you repeat it."));
            else run.Add(passkey, PasskeyRemovalOutcome.NotConfirmed, NotConfirmed(run, passkey, look, fault));
        }
        // What had not left when the command was stopped, or something stood in the way, is not told of.
        if (!run.IsStopped && run.Obstacle is { } obstacle) foreach (var passkey in run.Open.ToList()) run.Add(passkey, PasskeyRemovalOutcome.Failed, obstacle.With("It was not tried."));
    }

    private static PasskeyAdminException NotConfirmed(RemovalRun run, PasskeyRegistration passkey, RemovalLook look, PasskeyAdminException? fault)
    {
        var what = $"The passkey {CommandText.Quote(passkey.Id!)} of {run.User.Shown} was asked to be removed, and";
        return new PasskeyAdminException(ErrorKind.InvalidOperation, "ChangeNotConfirmed", look.There is null
            ? $"{what} the tenant could not be read afterwards: {look.Fault?.Message ?? "the command was stopped."} It may be gone.{(fault is null ? "" : $" ({fault.Message})")}"
            : $"{what} the tenant still shows it, although Microsoft Graph said that it removed it. Look again in some minutes.", fault);
    }
}
