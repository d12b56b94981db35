using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Commands;

/// <summary>Reads what a removal of passkeys is about, and turns what came of it into the streams.</summary>
internal sealed class GuardedRemoval(PSCmdlet cmdlet, TenantSession session, GraphClient client, CancellationToken token)
{
    /// <summary>So many errors are told in one.</summary>
    private const int MostInOne = 5;

    private readonly List<(PasskeyAdminException Error, object Target)> _errors = [];

    /// <summary>Whether somebody's last method may go.</summary>
    public bool AllowsLockout { get; init; }

    /// <summary>Whether sessions are revoked as well.</summary>
    public bool Revokes { get; init; }

    /// <summary>Whether somebody typed the ids of the passkeys.</summary>
    public bool HasTypedIds { get; init; }

    /// <summary>Whether nobody is asked.</summary>
    public bool IsSilent { get; init; }

    /// <summary>Null for the user's own folder.</summary>
    public string? JournalPath { get; init; }

    /// <summary>Whether the first error is the end of the command: then it must be the one that tells the most, and stand after what could be done.</summary>
    public bool StopsAtErrors =>
        LanguagePrimitives.TryConvertTo(cmdlet.MyInvocation.BoundParameters.TryGetValue("ErrorAction", out var given) ? given : cmdlet.SessionState.PSVariable.GetValue("ErrorActionPreference"), out ActionPreference action) && action is ActionPreference.Stop;

    private string Folder => Journals.Folder(cmdlet.SessionState.Path, JournalPath, session);

    public RemovalPlan Plan(ProviderCatalog catalog, Func<RemovalPlanner, RemovalPlan> plan)
    {
        var progress = new ReadProgressWriter(cmdlet);
        try
        {
            var policy = Policy(catalog, out var isRead);
            var registrations = new RegistrationSource(session, client, catalog, policy, new RegistrationOptions(cmdlet.WriteWarning) { Announce = progress.Announce, Progress = progress });
            var found = plan(new RemovalPlanner(session, client, registrations, AllowsLockout) { Revokes = Revokes, HasTypedIds = HasTypedIds, IsSilent = IsSilent }) with { PolicyHash = isRead ? PolicyPlaces.HashOf(policy.Raw.Copy()) : null };
            return found.Users.Any(u => u.Missing.Count > 0) ? found.Told(session.TenantId, new UserChangeHistory(Folder)) : found;
        }
        finally
        {
            if (!token.IsCancellationRequested) progress.Complete();
        }
    }

    /// <summary>Whoever may remove passkeys need not be allowed to read the policy. What hinges on it is not known then, and not known is refused.</summary>
    private PasskeyPolicy Policy(ProviderCatalog catalog, out bool isRead)
    {
        var policy = GraphReading.Try("Which passkeys work is not known, as the passkey policy", () => new PolicyReader(catalog, cmdlet.WriteWarning, token).Read(session, client));
        isRead = policy.IsRead;
        if (policy.Reason is not { } reason) return policy.Value;
        cmdlet.WriteWarning(reason);
        return new PasskeyPolicySource(session, client, catalog).Unread("The passkey policy could not be read.");
    }

    /// <summary>What is known before anything is asked, and is no error.</summary>
    public void Tell(RemovalPlan plan, bool isWhatIf)
    {
        foreach (var warning in plan.Warnings) cmdlet.WriteWarning(warning);
        if (!isWhatIf) cmdlet.WriteObject(plan.LeftAlone(session.TenantId, Revokes), enumerateCollection: true);
        if (plan.IsDue(Revokes)) return;
        cmdlet.WriteObject(plan.Gone(session.TenantId), enumerateCollection: true);
        if (plan is { Users.Count: 0, Faults.Count: 0 }) cmdlet.WriteVerbose("There is no such passkey.");
    }

    /// <summary>What went wrong, who could not be read, and what is left alone: none of it stood in the way of the others.</summary>
    public void TellErrors(RemovalPlan plan, bool isWhatIf)
    {
        foreach (var refusal in plan.Refusals(Revokes, hasRows: !isWhatIf))
        {
            if (isWhatIf) cmdlet.WriteWarning($"It would be refused ({refusal.ErrorId}): {refusal.Message}");
            else _errors.Add((refusal, session));
        }
        _errors.AddRange(plan.Faults.Concat(plan.NotFound).Select(f => (f.Fault, (object)f.Target)));
        if (_errors.Count == 0) return;
        // There would be no second one.
        if (StopsAtErrors) cmdlet.WriteError(InOne().ToErrorRecord(_errors[0].Target));
        else foreach (var (error, target) in _errors) cmdlet.WriteError(error.ToErrorRecord(target));
    }

    private PasskeyAdminException InOne()
    {
        var rest = _errors.Count - 1;
        var told = _errors.Skip(1).Take(MostInOne).Aggregate(_errors[0].Error, (all, e) => all.With(e.Error.Message));
        return rest > MostInOne ? told.With($"There are {rest - MostInOne} errors more.") : told;
    }

    public void Remove(RemovalPlan plan, RemovalGuard guard, GuardLimits limits)
    {
        JObject head = new(guard.ToJson().Properties()) { ["revokesSessions"] = Revokes, ["guard"] = limits.ToJson() };
        var engine = new RemovalEngine(session, client, AllowsLockout, Revokes) { NamedFolder = JournalPath };
        var progress = new ReadProgressWriter(cmdlet);
        var (done, total) = (0, plan.Users.Count(u => u.HasRows(Revokes)));
        foreach (var user in engine.Remove(plan, Folder, cmdlet.MyInvocation.MyCommand.Name, head, token))
        {
            cmdlet.WriteObject(user.Rows, enumerateCollection: true);
            // With -ErrorAction Stop, the first error is the end, and an error is to cost its user only.
            _errors.AddRange(user.Errors.Select(e => (e, (object)user.Shown)));
            if (!token.IsCancellationRequested) client.TellTheSilence();
            progress.Report(new ReadProgress("Removing passkeys", ++done, total));
        }
        progress.Complete();
        _errors.AddRange(engine.Errors.Select(e => (e, (object)session)));
    }
}
