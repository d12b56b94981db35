using System.Linq;
using System.Management.Automation;
using System.Threading;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Rules;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Commands;

/// <summary>Measures whom a Conditional Access policy would shut out, for a command that is about to enable it: nobody waits for long who has not said so.</summary>
internal sealed class GuardedAccess(PSCmdlet cmdlet, ProviderCatalog catalog, CancellationToken token)
{
    private readonly ReadProgressWriter _progress = new(cmdlet);

    /// <summary>Whether it may take longer.</summary>
    public bool Waits { get; init; }

    /// <summary>What was read before; null where nothing was.</summary>
    public string? CheckpointPath { get; init; }

    public AccessImpact Measure(TenantSession session, GraphClient client, AccessPolicyRequest request)
    {
        using var checkpoint = CheckpointPath is null ? null : Checkpoints.Open(cmdlet.SessionState.Path, CheckpointPath, session, cmdlet.WriteWarning);
        try
        {
            var options = new RuleOptions { Waits = Waits, Checkpoint = checkpoint, Announce = _progress.Announce, Notice = cmdlet.WriteWarning, Progress = _progress };
            var measured = new AccessRefusalSource(session, client, catalog, options).Measure([(request.Strength, [request.Users])], token)[0];
            foreach (var reason in measured.NotRead) cmdlet.WriteWarning(reason);
            return new AccessImpact(measured.InScope, [.. measured.Refused.Select(Of)])
            {
                Unknown = measured.Unknown.Count,
                UnknownReason = measured.Unknown.Count > 0 ? measured.Unknown[0].Reason : null,
                Guests = measured.Guests,
                DataAsOf = measured.DataAsOf,
                NotRead = measured.NotRead,
                MayMissPeople = measured.MayMissPeople,
            };
        }
        finally
        {
            if (!token.IsCancellationRequested) _progress.Complete();
        }
    }

    private static GuardedUser Of(PasskeyAccessRefusal refusal) => new(refusal.UserPrincipalName ?? refusal.UserId)
    {
        IsAdministrator = refusal.IsAdministrator == true,
        IsEmergencyAccount = refusal.EmergencyAccount is EmergencyAccountKind.Named or EmergencyAccountKind.Presumed,
    };
}
