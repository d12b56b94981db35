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
    /// <summary>Whether somebody's last method may go.</summary>
    public bool AllowsLockout { get; init; }

    /// <summary>Whether sessions are revoked as well.</summary>
    public bool Revokes { get; init; }

    /// <summary>Whether somebody typed the ids of the passkeys, and may have mistyped them.</summary>
    public bool HasTypedIds { get; init; }

    /// <summary>Null for the user's own folder.</summary>
    public string? JournalPath { get; init; }

    /// <summary>Whether the first error is the end of the command: then it must be the one that tells the most, and stand after what could be done.</summary>
    public bool StopsAtErrors =>
        LanguagePrimitives.TryConvertTo(cmdlet.MyInvocation.BoundParameters.TryGetValue("ErrorAction", out var given) ? given : cmdlet.SessionState.PSVariable.GetValue("ErrorActionPreference"), out ActionPreference action) && action is ActionPreference.Stop;

    public RemovalPlan Plan(ProviderCatalog catalog, Func<RemovalPlanner, RemovalPlan> plan)
    {
        var progress = new ReadProgressWriter(cmdlet);
        try
        {
            var policy = Policy(catalog, out var isRead);
            var registrations = new RegistrationSource(session, client, catalog, policy, new RegistrationOptions(cmdlet.WriteWarning) { Announce = progress.Announce, Progress = progress });
            return plan(new RemovalPlanner(session, client, registrations, AllowsLockout) { Revokes = Revokes, HasTypedIds = HasTypedIds }) with { PolicyHash = isRead ? PolicyPlaces.HashOf(policy.Raw.Copy()) : null };
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
        foreach (var warning in plan.Warnings.Concat(HasTypedIds ? plan.MissingWarnings : [])) cmdlet.WriteWarning(warning);
        if (!isWhatIf) cmdlet.WriteObject(plan.LeftAlone(session.TenantId, Revokes), enumerateCollection: true);
        if (plan.IsDue(Revokes)) return;
        cmdlet.WriteObject(plan.Gone(session.TenantId), enumerateCollection: true);
        if (plan is { Users.Count: 0, Faults.Count: 0 }) cmdlet.WriteVerbose("There is no such passkey.");
    }

    /// <summary>Who could not be read, and what is left alone: none of it stands in the way of the others.</summary>
    public void TellErrors(RemovalPlan plan, bool isWhatIf)
    {
        foreach (var refusal in plan.Refusals(Revokes))
        {
            if (isWhatIf) cmdlet.WriteWarning($"It would be refused ({refusal.ErrorId}): {refusal.Message}");
            else cmdlet.WriteError(refusal.ToErrorRecord(session));
        }
        foreach (var (target, fault) in plan.Faults) cmdlet.WriteError(fault.ToErrorRecord(target));
    }

    public void Remove(RemovalPlan plan, RemovalGuard guard, GuardLimits limits)
    {
        JObject head = new(guard.ToJson().Properties()) { ["revokesSessions"] = Revokes, ["guard"] = limits.ToJson() };
        var engine = new RemovalEngine(session, client, AllowsLockout, Revokes) { NamedFolder = JournalPath };
        var progress = new ReadProgressWriter(cmdlet);
        var errors = new List<ErrorRecord>();
        var (done, total) = (0, plan.Users.Count(u => u.IsDue(Revokes) || u.Missing.Count > 0));
        foreach (var user in engine.Remove(plan, Journals.Folder(cmdlet.SessionState.Path, JournalPath, session), cmdlet.MyInvocation.MyCommand.Name, head, token))
        {
            cmdlet.WriteObject(user.Rows, enumerateCollection: true);
            // With -ErrorAction Stop, the first error is the end, and an error is to cost its user only.
            errors.AddRange(user.Errors.Select(e => e.ToErrorRecord(user.Shown)));
            if (!token.IsCancellationRequested) client.TellTheSilence();
            progress.Report(new ReadProgress("Removing passkeys", ++done, total));
        }
        progress.Complete();
        foreach (var error in errors.Concat(engine.Errors.Select(e => e.ToErrorRecord(session)))) cmdlet.WriteError(error);
    }
}
