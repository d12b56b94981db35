using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Changes;

/// <summary>Makes plans (design §5.1 to §5.3). It only reads.</summary>
internal sealed class PolicyPlanner(TenantSession tenant, GraphClient client, ProviderCatalog catalog)
{
    private const string Source = "The planned policy";

    private readonly PasskeyPolicySource _source = new(tenant, client, catalog);

    /// <summary>A plan for what an editor worked out.</summary>
    /// <param name="command">The command that makes it.</param>
    public PasskeyPolicyPlan Plan(PasskeyPolicy current, PolicyEditor editor, string command, CancellationToken token) => Plan(current, editor, [], command, token);

    /// <param name="notes">What else to know; sentences, safe to show.</param>
    public PasskeyPolicyPlan Plan(PasskeyPolicy current, PolicyEditor editor, IEnumerable<string> notes, string command, CancellationToken token) =>
        Plan(current, Document(current, editor.Change(), command) with { NewProfiles = editor.NewProfiles }, [.. notes, .. editor.Notes], token);

    /// <summary>A plan that takes a change back, and nothing else.</summary>
    /// <param name="history">All changes that the journal has, the newest first: which profiles have other ids by now.</param>
    /// <exception cref="PasskeyAdminException"><c>ChangeOfOtherTenant</c>, <c>PolicyChangedSinceChange</c>.</exception>
    public PasskeyPolicyPlan Undo(PasskeyPolicy current, PasskeyPolicyChange change, IReadOnlyList<PasskeyPolicyChange> history, string command, CancellationToken token)
    {
        RequireKnown();
        var (key, record) = (PlanDocument.KeyOf(tenant), change.Record);
        if (!record.Plan.Tenant.Equals(key, StringComparison.OrdinalIgnoreCase))
            throw new PasskeyAdminException(ErrorKind.InvalidOperation, "ChangeOfOtherTenant", $"The change was made in the tenant {change.TenantName ?? "(no name)"} ({DisplayText.Excerpt(record.Plan.Tenant, 60)}), and the command works on {tenant} ({key}). Connect to that one, or name it with -Tenant.");
        // What was not made is not there to be taken back: whoever has made the same since, wants it.
        if (!change.MayHaveBeenMade)
            throw new PasskeyAdminException(ErrorKind.InvalidOperation, "ChangeNotMade", $"The change {change.ChangeId} was never made ({change.Outcome}{(change.Detail is { } why ? $": {why.TrimEnd('.')}" : "")}), so there is nothing to undo.");
        var editor = new PolicyEditor(current);
        var ids = ChangeHistory.Ids(history.Any(c => c.ChangeId == change.ChangeId) ? history : [change, .. history], key);
        ids = WithUnmapped(ids, change, history, current);
        var (before, after) = (PolicyRestore.Renamed(record.Plan.Before, ids), PolicyRestore.Renamed(record.After, ids));
        var restore = new PolicyRestore(before, after, current.Raw.Copy(), editor.StandInId);
        if (restore.Conflicts.Count > 0)
        {
            var differences = PolicyDifference.Between(_source.Understand(restore.Expected, current), current).ToList();
            throw new PasskeyAdminException(ErrorKind.InvalidOperation, "PolicyChangedSinceChange", $"The policy was changed since in the same place: {(differences.Count == 0 ? "in a setting that this version does not know" : string.Join("; ", differences))}. Undoing would take that back as well, so nothing was sent. Undo the later change first, or set what you want with Set-PasskeyProfile or Set-PasskeyPolicy.");
        }
        return Plan(current, Document(current, restore.Change, command) with { NewProfiles = [.. restore.Renewed.Values], Renewed = restore.Renewed, Undoes = change.ChangeId }, [], token);
    }

    /// <summary>A plan that was made before, made anew for the tenant as it is.</summary>
    /// <param name="history">All changes that the journal has, the newest first: what a plan says that it undoes is only believed where it does.</param>
    /// <exception cref="PasskeyAdminException"><c>PlanOfOtherTenant</c>, <c>PolicyChangedSincePlan</c>, <c>TenantIdUnknown</c>.</exception>
    public PasskeyPolicyPlan Plan(PlanDocument plan, IReadOnlyList<PasskeyPolicyChange> history, CancellationToken token)
    {
        RequireKnown();
        if (!plan.Tenant.Equals(PlanDocument.KeyOf(tenant), StringComparison.OrdinalIgnoreCase))
            throw new PasskeyAdminException(ErrorKind.InvalidOperation, "PlanOfOtherTenant", $"The plan is for the tenant {DisplayText.Neutralise(plan.TenantName ?? plan.Tenant)} ({DisplayText.Excerpt(plan.Tenant, 60)}), and the command works on {tenant} ({PlanDocument.KeyOf(tenant)}). Connect to that one, or name it with -Tenant.");
        var current = _source.Read(token);
        PolicyEditor.RequireEnrolled(current);
        RequireUnchanged(plan, current);
        if (plan.Undoes is { } undoes && history.FirstOrDefault(c => c.ChangeId == undoes) is { } change && TryUndo(current, change, history, plan, token) is { } undo) return undo;
        var made = Plan(current, plan with { Before = current.Raw.Copy(), TenantName = tenant.TenantName, Undoes = null, Renewed = new Dictionary<string, string>() }, plan.Undoes is null ? [] : [$"The plan says that it undoes the change {plan.Undoes}, which this journal does not have, or which is now undone in another way: it is made as a change of its own. -JournalPath names another journal."], token);
        // Whoever edited the plan by hand has not been asked.
        new GroupLookup(client).RequirePeople(NewGroups(made.Before, made.After), token);
        return made;
    }

    /// <summary>Where the journal broke off before the service's id was known, the profile is found by its name.</summary>
    private static Dictionary<string, string> WithUnmapped(IReadOnlyDictionary<string, string> ids, PasskeyPolicyChange change, IReadOnlyList<PasskeyPolicyChange> history, PasskeyPolicy current)
    {
        var (record, all) = (change.Record, ids.ToDictionary(i => i.Key, i => i.Value, StringComparer.OrdinalIgnoreCase));
        // The same plan made twice has the same stand-ins: what another change made is not this one's.
        var claimed = new HashSet<string>(history.Where(c => c.ChangeId != change.ChangeId).SelectMany(c => c.Record.Ids.Values), StringComparer.OrdinalIgnoreCase);
        foreach (var standIn in record.Plan.NewProfiles)
        {
            all.Remove(standIn);
            if (record.Ids.TryGetValue(standIn, out var own))
            {
                for (var steps = 0; steps <= ids.Count && ids.TryGetValue(own, out var newer); steps++) own = newer;
                all[standIn] = own;
                continue;
            }
            var name = JsonText.Of(PolicyItems.Find(record.Plan.Change, PolicyItems.Profiles, standIn), "name");
            var old = new HashSet<string>(PolicyItems.Of(record.Plan.Before, PolicyItems.Profiles).Select(PolicyItems.IdOf), StringComparer.OrdinalIgnoreCase);
            var found = current.Profile.Where(p => p.Id is { } id && !old.Contains(id) && !claimed.Contains(id) && PolicyWatch.IsSameName(p.RawName, name)).ToList();
            if (found.Count > 1) throw new PasskeyAdminException(ErrorKind.InvalidOperation, "ProfileAmbiguous", $"The journal of the change broke off before it had the id of the profile {CommandText.Quote(name ?? "")}, and {found.Count} profiles have that name. Remove the right one with Remove-PasskeyProfile.");
            if (found.Count == 1) all[standIn] = found[0].Id!.ToLowerInvariant();
        }
        return all;
    }

    /// <summary>Null where undoing is something else than the plan.</summary>
    private PasskeyPolicyPlan? TryUndo(PasskeyPolicy current, PasskeyPolicyChange change, IReadOnlyList<PasskeyPolicyChange> history, PlanDocument plan, CancellationToken token)
    {
        try
        {
            var undo = Undo(current, change, history, plan.Command, token);
            return JToken.DeepEquals(undo.Source.Change, plan.Change) ? undo : null;
        }
        catch (PasskeyAdminException e) when (e.ErrorId is "PolicyChangedSinceChange" or "ChangeNotMade" or "ChangeOfOtherTenant" or "ProfileAmbiguous")
        {
            return null;
        }
    }

    /// <summary>Ids such as that of the default profile are the same in every tenant.</summary>
    private void RequireKnown()
    {
        if (tenant.TenantId is null) throw new PasskeyAdminException(ErrorKind.InvalidOperation, "TenantIdUnknown", "The id of the tenant is not known, so it cannot be told whether this was made for it. Connect in a way that tells it, such as Connect-PasskeyTenant without -AccessToken.");
    }

    private PlanDocument Document(PasskeyPolicy current, JObject change, string command) => new()
    {
        Tenant = PlanDocument.KeyOf(tenant),
        TenantName = tenant.TenantName,
        Command = command,
        MadeAt = tenant.Traffic.Now,
        Before = current.Raw.Copy(),
        Change = change,
    };

    private PasskeyPolicyPlan Plan(PasskeyPolicy before, PlanDocument plan, IEnumerable<string> notes, CancellationToken token)
    {
        var after = _source.Propose(before, PolicyProposal.Of(plan.Change, Source), token);
        var checks = new PlanChecks(before, after, plan, catalog);
        checks.Require();
        return new PasskeyPolicyPlan(plan, before, after, PlannedWrites.Of(plan.Before, plan.Change, plan.NewProfiles), [.. notes, .. checks.Warnings()]);
    }

    /// <summary>The difference is told, so that whoever planned can see what somebody else did.</summary>
    private void RequireUnchanged(PlanDocument plan, PasskeyPolicy current)
    {
        if (plan.Hash == PolicyPlaces.HashOf(current.Raw.Copy())) return;
        throw Changed(PolicyDifference.Between(_source.Understand((JObject)plan.Before.DeepClone(), current), current)).With("Nothing was sent.");
    }

    /// <param name="differences">What changed since, in words.</param>
    public static PasskeyAdminException Changed(IEnumerable<string> differences)
    {
        var lines = differences.ToList();
        return new PasskeyAdminException(ErrorKind.InvalidOperation, "PolicyChangedSincePlan", $"The policy was changed since this was planned: {(lines.Count == 0 ? "in a setting that this version does not know" : string.Join("; ", lines))}. Plan anew, from the policy as it is now.");
    }

    /// <summary>The groups that a plan brings in.</summary>
    private static IReadOnlyList<DirectoryGroup> NewGroups(PasskeyPolicy before, PasskeyPolicy after) =>
    [
        .. after.Target.Where(t => t.Kind is TargetKind.Group && !before.Target.Any(b => b.Id.Equals(t.Id, StringComparison.OrdinalIgnoreCase))).Select(t => new DirectoryGroup(t.Id, t.RawName)),
        .. after.Exclusion.Where(e => e.Kind is TargetKind.Group && !before.Exclusion.Any(b => b.Id.Equals(e.Id, StringComparison.OrdinalIgnoreCase))).Select(e => new DirectoryGroup(e.Id, e.Name)),
    ];
}
