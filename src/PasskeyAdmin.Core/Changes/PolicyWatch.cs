using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Changes;

/// <summary>What was seen after a write.</summary>
internal sealed record Look(PolicySighting Shows)
{
    /// <summary>Null where it was not read.</summary>
    public JObject? Policy { get; init; }

    public PasskeyAdminException? Fault { get; init; }

    /// <summary>What differs from what was written, in words.</summary>
    public IReadOnlyList<string> Differences { get; init; } = [];

    /// <summary>What somebody else changed elsewhere, in words.</summary>
    public IReadOnlyList<string> Others { get; init; } = [];
}

/// <summary>Looks at the policy after a write (design §5.9): what the tenant shows counts, whatever was answered.</summary>
internal sealed class PolicyWatch(TenantSession tenant, GraphClient client, ProviderCatalog catalog)
{
    private readonly PasskeyPolicySource _source = new(tenant, client, catalog);
    private readonly PatientLook _patient = new(tenant, client);

    /// <summary>Looks until the tenant shows what was written, or the time is up.</summary>
    public Look Look(ChangeRun run, PlannedWrite write, CriticalSection critical) =>
        _patient.Until(critical, () => Sight(run, write, _source.ReadRaw(critical.Token)), fault => new Look(PolicySighting.NotRead) { Fault = fault }, look => look.Shows is PolicySighting.After);

    /// <summary>What of the whole change the policy does not show, in words, when it was last seen.</summary>
    public List<string> Missing(ChangeRun run)
    {
        if (run.Plan.Writes.Count < 2) return [];
        var expected = PolicyRestore.Renamed(run.Wanted, run.Ids);
        var (after, current) = (PolicyPlaces.Of(expected), PolicyPlaces.Of(run.State));
        var missing = PolicyPlaces.Of(run.Plan.Source.Before).DifferencesTo(after).Where(p => current[p] != after[p]).ToList();
        if (missing.Count == 0) return [];
        return [.. PolicyDifference.Between(_source.Understand(expected, run.Plan.Before, run.Plan.After), _source.Understand((JObject)run.State.DeepClone(), run.Plan.Before, run.Plan.After)).DefaultIfEmpty(string.Join(", ", missing))];
    }

    private Look Sight(ChangeRun run, PlannedWrite write, JObject now)
    {
        Learn(run, write, now);
        var expected = PolicyRestore.Renamed(write.Expected, run.Ids);
        var (before, after, current) = (PolicyPlaces.Of(run.State), PolicyPlaces.Of(expected), PolicyPlaces.Of(now));
        // What the service added meanwhile is in neither, and need not go.
        var places = PolicyPlaces.Of(PolicyRestore.Renamed(run.Wanted, run.Ids)).DifferencesTo(after).ToList();
        // What the service adds by itself to what is new, or to the policy, is nobody's edit.
        var made = write.Creates.Select(i => run.Ids.TryGetValue(i, out var id) ? PolicyPlaces.PlaceOf(PolicyItems.Profiles, id) + "/" : null).OfType<string>().ToList();
        foreach (var list in new[] { PolicyItems.Targets, PolicyItems.Exclusions })
            made.AddRange(PolicyItems.Of(expected, list).Select(PolicyItems.IdOf).Except(PolicyItems.Of(run.State, list).Select(PolicyItems.IdOf)).Select(i => PolicyPlaces.PlaceOf(list, i) + "/"));
        var elsewhere = before.DifferencesTo(current).Except(places).Where(p => PolicyPlaces.IsKnown(p) || (p.Contains('/') && !made.Exists(m => p.StartsWith(m, StringComparison.Ordinal)))).ToList();
        var shows = places.TrueForAll(p => current[p] == after[p]) ? PolicySighting.After
            : elsewhere.Count == 0 && places.TrueForAll(p => current[p] == before[p]) ? PolicySighting.Before
            : PolicySighting.Other;
        // Only where it matters is it put into words.
        if (shows is PolicySighting.Before || (shows is PolicySighting.After && elsewhere.Count == 0)) return new Look(shows) { Policy = now };
        PasskeyPolicy[] known = [run.Plan.Before, run.Plan.After];
        var differences = PolicyDifference.Between(_source.Understand(expected, known), _source.Understand((JObject)now.DeepClone(), known)).DefaultIfEmpty($"{string.Join(", ", elsewhere)} differ").ToList();
        return new Look(shows) { Policy = now, Differences = differences, Others = shows is PolicySighting.After ? differences : [] };
    }

    /// <summary>The ids that the service gave: of profiles that were not there, by their names.</summary>
    private static void Learn(ChangeRun run, PlannedWrite write, JObject now)
    {
        var old = PolicyItems.Of(run.State, PolicyItems.Profiles).Select(PolicyItems.IdOf).ToList();
        foreach (var standIn in write.Creates)
        {
            var name = JsonText.Of(PolicyItems.Find(write.Expected, PolicyItems.Profiles, standIn), "name");
            var found = PolicyItems.Of(now, PolicyItems.Profiles).Where(p => IsSameName(JsonText.Of(p, "name"), name) && PolicyItems.IdOf(p) is { Length: > 0 } id && !old.Contains(id)).ToList();
            if (found.Count == 1) run.Ids[standIn] = PolicyItems.IdOf(found[0]);
            else run.Ids.Remove(standIn);
        }
    }

    /// <summary>A service may spell a name its own way; whether that is what was wanted, the comparison says.</summary>
    public static bool IsSameName(string? one, string? other) => one is not null && one.Trim().Equals(other?.Trim(), StringComparison.OrdinalIgnoreCase);
}
