using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Access;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Changes;

/// <summary>What was seen after a write.</summary>
internal sealed record AccessLook(PolicySighting Shows)
{
    /// <summary>Null where there is none.</summary>
    public JObject? Seen { get; init; }

    public PasskeyAdminException? Fault { get; init; }

    /// <summary>What differs from what was sent, in words.</summary>
    public IReadOnlyList<string> Differences { get; init; } = [];

    /// <summary>Whether a strength has the list of models that was sent, whatever else it has.</summary>
    public bool IsRestricted { get; init; }
}

/// <summary>Looks at what was created (design §5.9): what the tenant shows counts, whatever was answered.</summary>
internal sealed class AccessWatch(TenantSession tenant, GraphClient client)
{
    private readonly AccessSource _source = new(client);
    private readonly PatientLook _patient = new(tenant, client);

    /// <summary>Looks until what was created is there, or the time is up.</summary>
    public AccessLook Created(AccessRun run, CriticalSection critical) => Until(PolicySighting.After, critical, () => run.Id is { } id ? ById(run, id, critical.Token) : ByName(run, critical.Token));

    /// <summary>Looks until a strength has its list of models, or the time is up.</summary>
    public AccessLook Restricted(AccessRun run, CriticalSection critical) => Until(PolicySighting.After, critical, () => Restricted(run, critical.Token));

    /// <summary>Looks until it is gone, or the time is up: then the tenant is as it was before.</summary>
    public AccessLook Gone(AccessRun run, CriticalSection critical) => Until(PolicySighting.Before, critical, () => new AccessLook(IsGone(run, critical.Token) ? PolicySighting.Before : PolicySighting.Other));

    /// <summary>A "not found" may come from a place that does not know it yet: only what the list does not have either is gone.</summary>
    public bool IsGone(AccessRun run, CancellationToken token) =>
        Find(run, run.Id!, withModels: false, token) is null && !client.GetAll(run.Creation.Kind.Path, token).Any(o => run.Id!.Equals(JsonText.Of(o, "id"), StringComparison.OrdinalIgnoreCase));

    /// <summary>A strength as it is now: Before is without its list, with nothing else changed.</summary>
    public AccessLook Restricted(AccessRun run, CancellationToken token)
    {
        if (Find(run, run.Id!, withModels: true, token) is not { } seen) return new AccessLook(PolicySighting.Other) { Differences = ["it is no longer there"] };
        if (AccessDifference.Missing(run.Creation.Whole, seen) is not { Count: > 0 } differences) return new AccessLook(PolicySighting.After) { Seen = seen };
        var isBefore = seen[AccessSource.Configurations] is JArray { Count: 0 } && AccessDifference.Missing(run.Creation.Body, seen).Count == 0;
        var list = new JObject { [AccessSource.Configurations] = new JArray(run.Creation.Restriction!) };
        return new AccessLook(isBefore ? PolicySighting.Before : PolicySighting.Other) { Seen = seen, Differences = differences, IsRestricted = AccessDifference.Missing(list, seen).Count == 0 };
    }

    private AccessLook ById(AccessRun run, string id, CancellationToken token) => Find(run, id, withModels: false, token) is { } seen ? Judge(run, seen) : new AccessLook(PolicySighting.Before);

    /// <summary>The answer was lost: what has the name, and was not there before, may be it.</summary>
    private AccessLook ByName(AccessRun run, CancellationToken token)
    {
        var found = client.GetAll(run.Creation.Kind.Path, token).Where(o => PolicyWatch.IsSameName(JsonText.Of(o, "displayName"), run.Creation.Name) && JsonText.Of(o, "id") is { } id && !run.Before.Contains(id)).ToList();
        if (found.Count == 0) return new AccessLook(PolicySighting.Before);
        var looks = found.ConvertAll(o => Judge(run, o));
        return looks.FindAll(l => l.Shows is PolicySighting.After) switch
        {
            [var one] => one,
            [] => looks[0],
            var several => new AccessLook(PolicySighting.Other) { Differences = [$"{several.Count} of that name were made at the same time ({NameLists.First(several.Select(s => JsonText.Of(s.Seen, "id")!))})"] },
        };
    }

    private static AccessLook Judge(AccessRun run, JObject seen)
    {
        var differences = AccessDifference.Missing(run.Creation.Body, seen);
        return new AccessLook(differences.Count == 0 ? PolicySighting.After : PolicySighting.Other) { Seen = seen, Differences = differences };
    }

    private JObject? Find(AccessRun run, string id, bool withModels, CancellationToken token) => run.Creation.Kind == AccessKind.Strength ? _source.FindStrength(id, withModels, token) : _source.FindPolicy(id, token);

    private AccessLook Until(PolicySighting wanted, CriticalSection critical, Func<AccessLook> see) =>
        _patient.Until(critical, see, fault => new AccessLook(PolicySighting.NotRead) { Fault = fault }, look => look.Shows == wanted);
}
