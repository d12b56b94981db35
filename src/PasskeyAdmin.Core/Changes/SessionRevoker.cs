using System;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Changes;

/// <summary>
/// Revokes the sign-in sessions of a user: Graph sets the date from which they count (learn.microsoft.com/graph/api/user-revokesigninsessions [D]), and that date is looked at. To ask for it twice does no
/// harm.
/// </summary>
internal sealed class SessionRevoker(TenantSession tenant, GraphClient client)
{
    private const string From = "signInSessionsValidFromDateTime";

    /// <summary>How far the clocks of this machine and of the service may be apart.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(2);

    private readonly PatientLook _patient = new(tenant, client);
    private readonly PatientWrite _write = new(client);

    public (SessionRevocation Outcome, PasskeyAdminException? Error) Revoke(RemovalRun run, CriticalSection critical)
    {
        var user = run.User.User;
        var path = $"/v1.0/users/{Uri.EscapeDataString(user.Id)}/revokeSignInSessions";
        PasskeyAdminException? fault = null;
        var before = RevocationLook.NotRead(null);
        var sentAt = tenant.Traffic.Now;
        try
        {
            before = LookBefore(user, critical.Token);
            _write.Send(() =>
            {
                run.Journal.Announce("POST", path, new JObject { ["userId"] = user.Id });
                return client.Post(path, [], run.Stop);
            }, again: null, run.Stop);
        }
        catch (PasskeyAdminException e) when (!e.IsOutcomeUnknown)
        {
            run.Hinder(e);
            return Ended(run, SessionRevocation.NotRevoked, MethodRole.NamedForSessions(e, tenant, run.User.Shown, run.User.Standing).With($"The sessions of {run.User.Shown} go on. {Again(run)}"));
        }
        catch (PasskeyAdminException e)
        {
            fault = e;
        }
        catch (OperationCanceledException)
        {
            run.IsStopped = true;
            return NotTried(run);
        }
        var look = _patient.Until(critical, () => Look(user, critical.Token), RevocationLook.NotRead, l => IsNew(l, before, sentAt));
        if (IsNew(look, before, sentAt)) return Ended(run, SessionRevocation.Revoked, null);
        var why = look.IsRead ? "the tenant does not show that they are" : $"the tenant could not be read afterwards: {look.Fault?.Message ?? "the command was stopped."}";
        return Ended(run, SessionRevocation.NotConfirmed, new PasskeyAdminException(ErrorKind.InvalidOperation, "SessionsNotConfirmed",
            $"The sign-in sessions of {run.User.Shown} were asked to be revoked, and {why.TrimEnd('.')}. {Again(run)}{(fault is null ? "" : $" ({fault.Message})")}", fault)
        { RecommendedAction = run.SessionCommand });
    }

    /// <summary>The sessions were to end, and something came in the way before that was asked for.</summary>
    public static (SessionRevocation Outcome, PasskeyAdminException? Error) NotTried(RemovalRun run)
    {
        var why = run.Obstacle?.Message ?? "The command was stopped.";
        var error = new PasskeyAdminException(run.Obstacle?.Kind ?? ErrorKind.InvalidOperation, "SessionsNotRevoked", $"The sign-in sessions of {run.User.Shown} go on: to revoke them was not tried. {why} {Again(run)}") { RecommendedAction = run.SessionCommand ?? run.Obstacle?.RecommendedAction };
        run.Journal.Record(UserChangeOutcome.NotSent, error, new JObject { ["userId"] = run.User.User.Id, ["sessions"] = SessionRevocation.NotRevoked.ToString() });
        return (SessionRevocation.NotRevoked, error);
    }

    /// <summary>What ends the sessions, in a sentence.</summary>
    private static string Again(RemovalRun run) => run.SessionCommand is { } command ? $"The same command again does not find passkeys that are gone; this ends the sessions: {command}." : "The same command again revokes them.";

    /// <summary>A date that was there before is none of ours. Where it is not known what was there before, it has to be of this very moment.</summary>
    private static bool IsNew(RevocationLook look, RevocationLook before, DateTimeOffset sentAt) =>
        look.ValidFrom is { } date && (before.IsRead ? date != before.ValidFrom : date >= sentAt - Tolerance);

    /// <summary>That the date cannot be read is no reason to let sessions go on.</summary>
    private RevocationLook LookBefore(DirectoryUser user, CancellationToken token)
    {
        try
        {
            return Look(user, token);
        }
        catch (PasskeyAdminException e) when (!GraphErrors.IsAboutSignIn(e))
        {
            return RevocationLook.NotRead(e);
        }
    }

    private RevocationLook Look(DirectoryUser user, CancellationToken token) =>
        new(IsRead: true) { ValidFrom = GraphDate.Parse(JsonText.Of(client.Get($"/v1.0/users/{Uri.EscapeDataString(user.Id)}?$select=id,{From}", token), From)) };

    private static (SessionRevocation, PasskeyAdminException?) Ended(RemovalRun run, SessionRevocation outcome, PasskeyAdminException? error)
    {
        run.Journal.Record(outcome switch { SessionRevocation.Revoked => UserChangeOutcome.Applied, SessionRevocation.NotConfirmed => UserChangeOutcome.NotConfirmed, _ => UserChangeOutcome.Failed }, error, new JObject { ["userId"] = run.User.User.Id, ["sessions"] = outcome.ToString() });
        return (outcome, error);
    }

    private sealed record RevocationLook(bool IsRead)
    {
        public DateTimeOffset? ValidFrom { get; init; }

        public PasskeyAdminException? Fault { get; init; }

        public static RevocationLook NotRead(PasskeyAdminException? fault) => new(IsRead: false) { Fault = fault };
    }
}
