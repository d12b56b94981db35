using System;
using System.Management.Automation;
using System.Threading;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Commands;

/// <summary>Measures whom a plan affects, for a command that is about to make it: nobody waits for long who has not said so.</summary>
internal sealed class GuardedImpact(PSCmdlet cmdlet, ProviderCatalog catalog, CancellationToken token)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly ReadProgressWriter _progress = new(cmdlet);
    private TimeSpan _least;

    /// <summary>Whether it may take longer.</summary>
    public bool Waits { get; init; }

    /// <summary>What was read before; null where nothing was.</summary>
    public string? CheckpointPath { get; init; }

    /// <exception cref="PasskeyAdminException"><c>ImpactTakesLong</c>, and what <see cref="PolicyImpactSource"/> throws.</exception>
    public ImpactMeasurement Measure(TenantSession session, GraphClient client, PasskeyPolicyPlan plan)
    {
        using var checkpoint = CheckpointPath is null ? null : Checkpoints.Open(cmdlet.SessionState.Path, CheckpointPath, session, cmdlet.WriteWarning);
        try
        {
            var measured = new PolicyImpactSource(session, client, catalog, new ImpactOptions { Checkpoint = checkpoint, Announce = Announce, Notice = cmdlet.WriteWarning, Progress = _progress }).Measure(plan.Before, plan.After, token);
            foreach (var reason in measured.NotRead) cmdlet.WriteWarning(reason);
            return measured;
        }
        finally
        {
            if (!token.IsCancellationRequested) _progress.Complete();
        }
    }

    private void Announce(ReadEstimate estimate)
    {
        _least += estimate.LeastTime;
        if (_least > Patience && !Waits)
            throw new PasskeyAdminException(ErrorKind.LimitExceeded, "ImpactTakesLong", $"To see whom the change affects takes long. {estimate} Say -Wait to wait for it; or read beforehand with Measure-PasskeyPolicyImpact -CheckpointPath, and give the same -CheckpointPath here within 24 hours. Nothing was sent.");
        _progress.Announce(estimate);
    }
}
