using System;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Changes;

/// <summary>
/// Makes a change that was planned, measured and let through (design §5.6 to §5.9): journal, compare, write, look. Every change goes this way. It repeats no write, and believes no answer that it
/// has not looked behind.
/// </summary>
internal sealed class PolicyChangeEngine(TenantSession tenant, GraphClient client, ProviderCatalog catalog)
{
    private readonly PasskeyPolicySource _source = new(tenant, client, catalog);
    private readonly PolicyWatch _watch = new(tenant, client, catalog);

    /// <summary>How the file of a change is begun.</summary>
    internal Func<string, string, DateTimeOffset, JObject, ChangeJournal> BeginJournal { get; init; } = ChangeJournal.Begin;

    /// <exception cref="PasskeyAdminException"><c>JournalNotWritable</c>: then nothing was sent. What goes wrong later is in the result.</exception>
    /// <exception cref="OperationCanceledException">Where the command was stopped before anything was sent.</exception>
    public ChangeResult Apply(PasskeyPolicyPlan plan, ChangeContext context, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        var id = Guid.NewGuid().ToString();
        using var journal = BeginJournal(context.Folder, id, tenant.Traffic.Now, Head(plan, id, context));
        var run = new ChangeRun(plan, journal, tenant, token);
        using (var critical = client.EnterCritical(token))
        {
            Write(run, critical);
        }
        if (run.Sent.Count > 0) CheckAudit(run, token);
        var change = ChangeHistory.Of(journal.Text, journal.Path);
        if (journal.Fault is { } fault)
            run.Warnings.Add(fault.As(fault.Kind, "JournalIncomplete", $"What came of the change ({change.Outcome}, {change.ChangeId}) could not be written into '{InputFile.Shown(journal.Path)}': {fault.InnerException?.Message} The file says that the command was interrupted; the object of -PassThru has all of it."));
        return new ChangeResult(change, run.Error?.Describe(change), run.Warnings);
    }

    private static void End(ChangeRun run, PolicyChangeOutcome outcome, PolicySighting shows, string? detail)
    {
        run.Journal.Record("outcome", run.Now, new JObject { ["outcome"] = outcome.ToString(), ["shows"] = shows.ToString(), ["ids"] = IdsOf(run), ["arrived"] = run.Sent.Count, ["detail"] = detail });
    }

    private static JObject IdsOf(ChangeRun run) => new(run.Ids.Select(i => new JProperty(i.Key, i.Value)));

    private void Write(ChangeRun run, CriticalSection critical)
    {
        try
        {
            run.State = Compare(run);
        }
        catch (PasskeyAdminException e)
        {
            End(run, PolicyChangeOutcome.NotSent, PolicySighting.NotRead, e.Message);
            run.Error = new ChangeFault(e, null);
            return;
        }
        catch (OperationCanceledException)
        {
            End(run, PolicyChangeOutcome.NotSent, PolicySighting.NotRead, "The command was stopped before anything was sent.");
            throw;
        }
        for (var number = 0; number < run.Plan.Writes.Count; number++)
            if (!Write(run, number, critical)) return;
        if (_watch.Missing(run) is { Count: > 0 } missing)
        {
            var text = $"The tenant shows the last write, and no longer all that was made before it: {string.Join("; ", missing)}. Somebody else may have changed the policy at the same time.";
            End(run, PolicyChangeOutcome.NotConfirmed, PolicySighting.Other, text);
            run.Error = new ChangeFault(new PasskeyAdminException(ErrorKind.InvalidOperation, "ChangeNotConfirmed", text), null);
            return;
        }
        End(run, PolicyChangeOutcome.Applied, PolicySighting.After, run.Others.Count > 0 ? $"The policy also changed elsewhere, by somebody else or by the service itself: {string.Join("; ", run.Others)}." : null);
    }

    /// <summary>The last look before anything is sent.</summary>
    private JObject Compare(ChangeRun run)
    {
        var now = _source.ReadRaw(run.Stop);
        if (PolicyPlaces.HashOf(now) == run.Plan.Source.Hash) return now;
        throw PolicyPlanner.Changed(PolicyDifference.Between(run.Plan.Before, _source.Understand((JObject)now.DeepClone(), run.Plan.Before, run.Plan.After))).With("Nothing was sent.");
    }

    /// <returns>Whether the tenant shows it, and the next one may be sent.</returns>
    private bool Write(ChangeRun run, int number, CriticalSection critical)
    {
        var write = run.Plan.Writes[number];
        var body = PolicyRestore.Renamed(write.Body, run.Ids);
        try
        {
            run.Journal.Announce("sending", run.Now, new JObject { ["write"] = number + 1, ["body"] = body });
        }
        catch (PasskeyAdminException e) when (number > 0)
        {
            End(run, PolicyChangeOutcome.Incomplete, PolicySighting.Other, $"{run.Done} The journal could not be written on, so the rest was not sent.");
            run.Error = new ChangeFault(e.As(e.Kind, e.ErrorId, $"The journal could not be written on ({e.InnerException?.Message.TrimEnd('.')}), so the rest of the change was not sent."), run.Done);
            return false;
        }
        var sentAt = run.Now;
        PasskeyAdminException? fault = null;
        try
        {
            client.Patch(PasskeyPolicySource.Path, body, run.Stop);
        }
        catch (PasskeyAdminException e)
        {
            fault = e;
            if (!e.IsOutcomeUnknown) return Refused(run, number, e);
        }
        catch (OperationCanceledException)
        {
            // It had not left.
            End(run, number == 0 ? PolicyChangeOutcome.NotSent : PolicyChangeOutcome.Incomplete, number == 0 ? PolicySighting.NotRead : PolicySighting.Other, $"{run.Done} The command was stopped before this was sent.".Trim());
            throw;
        }
        var look = _watch.Look(run, write, critical);
        run.Sent.Add(new SentWrite(run.State, body, sentAt));
        if (look.Shows is not PolicySighting.After) return NotSeen(run, number, look, fault);
        (run.State, run.Wanted) = (look.Policy!, write.Expected);
        run.Others.AddRange(look.Others);
        if (number + 1 == run.Plan.Writes.Count) return true;
        run.Done = write.Creates.Count > 0 ? $"The profile {string.Join(", ", write.Creates.Select(i => NameOf(run.Plan.After, i)))} was created and is not yet targeted." : "The policy was changed, and the profile that is to go is not yet deleted.";
        run.Journal.Record("confirmed", run.Now, new JObject { ["write"] = number + 1, ["ids"] = IdsOf(run), ["detail"] = run.Done });
        // The next write replaces whole lists: what somebody else did in between must not be lost.
        if (look.Others.Count == 0) return true;
        End(run, PolicyChangeOutcome.Incomplete, PolicySighting.Other, $"{run.Done} Then somebody else changed the policy: {string.Join("; ", look.Others)}.");
        run.Error = new ChangeFault(PolicyPlanner.Changed(look.Others), run.Done);
        return false;
    }

    /// <summary>Graph turned it away, unread or refused.</summary>
    private static bool Refused(ChangeRun run, int number, PasskeyAdminException e)
    {
        End(run, number == 0 ? PolicyChangeOutcome.Failed : PolicyChangeOutcome.Incomplete, number == 0 ? PolicySighting.NotRead : PolicySighting.Other, $"{run.Done} {e.Message}".Trim());
        run.Error = new ChangeFault(e, number == 0 ? "Nothing was changed." : $"{run.Done} The rest was not done.");
        return false;
    }

    private static bool NotSeen(ChangeRun run, int number, Look look, PasskeyAdminException? fault)
    {
        var isFirst = number == 0;
        var seconds = run.Tenant.Traffic.IsPaced ? $" within {PatientLook.Patience.TotalSeconds:0} seconds" : "";
        var asItWas = isFirst ? "the policy as it was" : "the policy as it was after the write before";
        var (outcome, text) = look.Shows switch
        {
            // A success that has no effect is none (reference/graph-passkey-policy.md §6), and a failure may have had one.
            PolicySighting.Before when fault is not null => (isFirst ? PolicyChangeOutcome.Failed : PolicyChangeOutcome.Incomplete, $"The change could not be sent, or was not answered, and{seconds} the tenant still shows {asItWas}. A request that is still under way could arrive later: look again before you repeat it."),
            PolicySighting.Before => (PolicyChangeOutcome.NotConfirmed, $"Microsoft Graph said yes, and{seconds} the tenant still shows {asItWas}."),
            PolicySighting.Other => (PolicyChangeOutcome.NotConfirmed, $"The tenant shows something else than was written: {string.Join("; ", look.Differences)}. Somebody else may have changed the policy at the same time."),
            _ => (PolicyChangeOutcome.NotConfirmed, $"The change was sent, and the policy could not be read afterwards: {look.Fault?.Message ?? "the command was stopped"}"),
        };
        if (!isFirst && outcome is PolicyChangeOutcome.NotConfirmed && look.Shows is PolicySighting.Before) outcome = PolicyChangeOutcome.Incomplete;
        text = $"{run.Done} {text}".Trim();
        End(run, outcome, isFirst || look.Shows is not PolicySighting.Before ? look.Shows : PolicySighting.Other, fault is null ? text : $"{text} ({fault.Message})");
        run.Error = outcome is PolicyChangeOutcome.NotConfirmed || fault is null
            ? new ChangeFault(new PasskeyAdminException(ErrorKind.InvalidOperation, "ChangeNotConfirmed", text, fault), null)
            : new ChangeFault(fault, text);
        return false;
    }

    private static string NameOf(PasskeyPolicy policy, string id) => CommandText.Quote(policy.Profile.FirstOrDefault(p => id.Equals(p.Id, StringComparison.OrdinalIgnoreCase))?.Name ?? id);

    private JObject Head(PasskeyPolicyPlan plan, string id, ChangeContext context)
    {
        var head = ChangeJournal.Head(ChangeJournal.Mark, id, tenant, plan.Command);
        head["difference"] = new JArray(plan.Difference);
        // Numbers only: who they are is nobody's business later on.
        head["impact"] = plan.Impact is { } impact ? new JObject { ["affected"] = impact.Affected, ["stranded"] = impact.Stranded, ["unknown"] = impact.Unknown, ["administrators"] = impact.AffectedAdministrator, ["disabled"] = impact.Disabled, ["isComplete"] = impact.IsComplete } : "not measured";
        head["guard"] = context.Limits.ToJson();
        head["plan"] = plan.Source.ToJson();
        return head;
    }

    private void CheckAudit(ChangeRun run, CancellationToken token)
    {
        var (line, warning) = new AuditReport(tenant, client, catalog).Look(new AuditInitiator(tenant.Account ?? tenant.ClientId, tenant.IsAppOnly), run.Sent, run.Plan.Before, run.Plan.After, token);
        run.Journal.Record("audit", run.Now, line);
        if (warning is not null) run.Warnings.Add(warning);
    }
}
