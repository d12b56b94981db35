using System.Linq;
using System.Management.Automation;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Commands;

/// <summary>Makes what a command has worked out and asked about, and turns what came of it into the streams.</summary>
internal sealed class AccessMaking(PSCmdlet cmdlet, CancellationToken token)
{
    /// <returns>As the tenant shows it.</returns>
    /// <exception cref="PasskeyAdminException">Where the tenant does not show it, with what to do.</exception>
    public JObject Make(TenantSession session, GraphClient client, AccessCreation creation, GuardLimits limits, string? journalPath)
    {
        var result = new AccessChangeEngine(session, client).Apply(creation, new ChangeContext(Journals.Folder(cmdlet.SessionState.Path, journalPath, session), limits), token);
        // In one error: with -ErrorAction Stop, there is no second one.
        if (result.Error is { } error) throw result.Warnings.Aggregate(error, (all, warning) => all.With(warning.Message));
        foreach (var warning in result.Warnings) cmdlet.WriteError(warning.ToErrorRecord(session));
        cmdlet.WriteVerbose($"The tenant shows the {creation.Kind.Noun} (change {result.ChangeId}, '{DisplayText.Neutralise(result.Path)}').");
        return result.Made!;
    }
}
