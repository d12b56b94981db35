using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Changes;

/// <summary>Asks the audit log about a change, at once or later, and puts the answer into words.</summary>
internal sealed class AuditReport(TenantSession tenant, GraphClient client, ProviderCatalog catalog)
{
    private readonly PasskeyPolicySource _source = new(tenant, client, catalog);

    /// <param name="before">Policies in which groups have names.</param>
    /// <returns>What the journal gets, and an error where an edit seems to be lost.</returns>
    public (JObject Line, PasskeyAdminException? Warning) Look(AuditInitiator initiator, IReadOnlyList<SentWrite> sent, PasskeyPolicy before, PasskeyPolicy after, CancellationToken token)
    {
        var seen = new PolicyAudit(tenant, client).Look(initiator, sent, token);
        var line = new JObject { ["otherEdit"] = seen.State.ToString(), ["detail"] = seen.Fault };
        if (seen is not { Setting: { } setting, Overwritten: { } lost }) return (line, null);
        // Both states: what was written over, and what it was planned for is in the plan.
        (line["setting"], line["overwritten"]) = (setting, lost);
        var detail = $"Somebody else's edit may have been lost. By the audit log, this had been changed when the change was written, and was written over: {string.Join("; ", Edited(sent, setting, lost, [before, after]))}. Make it again where it is missing.";
        line["detail"] = detail;
        return (line, new PasskeyAdminException(ErrorKind.InvalidOperation, "OtherEditOverwritten", $"{detail} Microsoft Graph has no means to prevent that; the journal has both states."));
    }

    /// <summary>Asks again about a change that was made before, since the log lags; an answer goes into its journal.</summary>
    /// <param name="now">The policy as it is, for the names in it.</param>
    /// <param name="unwritten">Told where the journal cannot take the answer.</param>
    public (PasskeyPolicyChange Change, PasskeyAdminException? Warning) LookAgain(PasskeyPolicyChange change, PasskeyPolicy now, Action<PasskeyAdminException> unwritten, CancellationToken token)
    {
        var initiator = new AuditInitiator(JsonText.Of(change.Record.Head, "account"), change.Record.Head["isAppOnly"] is JValue { Value: true });
        var (line, warning) = Look(initiator, change.Record.Sent, now, now, token);
        // Nothing new is nothing to write down.
        if (JsonText.Of(line, "otherEdit") == nameof(OtherEditState.Unknown)) return (change, null);
        var text = ChangeJournal.Line("audit", tenant.Traffic.Now, line);
        // Behind half a line nothing would be read, and whoever still writes the file is not to be disturbed.
        if (change.Path is { } path && change.Outcome is not PolicyChangeOutcome.Interrupted && change.Document.EndsWith("\n", StringComparison.Ordinal))
        {
            try
            {
                ChangeJournal.Append(path, text);
            }
            catch (PasskeyAdminException e)
            {
                unwritten(e);
            }
        }
        var seen = ChangeHistory.Of(change.Document.Substring(0, change.Document.LastIndexOf('\n') + 1) + text, change.Path);
        seen.UndoneBy = change.UndoneBy;
        return (seen, warning);
    }

    private IEnumerable<string> Edited(IReadOnlyList<SentWrite> sent, string setting, JToken lost, PasskeyPolicy[] known)
    {
        var was = sent.First(s => s.Body[setting] is not null).Before;
        try
        {
            return [.. PolicyDifference.Between(_source.Understand((JObject)was.DeepClone(), known), _source.Understand(PlannedWrites.Merged(was, new JObject { [setting] = lost }), known)).DefaultIfEmpty(setting)];
        }
        catch (PasskeyAdminException)
        {
            // The log has it in a form of its own.
            return [setting];
        }
    }
}
