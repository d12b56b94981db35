using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Access;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Changes;

/// <summary>What a tenant has already of that which is to be created.</summary>
internal sealed class AccessPlanner(GraphClient client)
{
    private const string NotFoundId = "StrengthNotFound";

    private readonly AccessSource _source = new(client);

    /// <summary>The strength that a name or an id means, with the models that it takes.</summary>
    /// <exception cref="PasskeyAdminException"><c>StrengthNotFound</c>, <c>StrengthAmbiguous</c>.</exception>
    public AuthenticationStrength FindStrength(string nameOrId, CancellationToken token)
    {
        var all = client.GetAll(AccessSource.StrengthsPath, token).ToList();
        var found = all.FindAll(s => nameOrId.Trim().Equals(JsonText.Of(s, "id"), StringComparison.OrdinalIgnoreCase));
        if (found.Count == 0) found = Named(all, nameOrId);
        return found.Count switch
        {
            1 => Whole(found[0], token) ?? throw NotFound(nameOrId, all),
            0 => throw NotFound(nameOrId, all),
            _ => throw new PasskeyAdminException(ErrorKind.InvalidArgument, "StrengthAmbiguous", $"{found.Count} authentication strengths are called {CommandText.Quote(nameOrId)}: {NameLists.First(found.Select(IdOf))}. Name one by its id."),
        };
    }

    /// <summary>Throws where a strength is no longer what it was when it was looked at.</summary>
    /// <exception cref="PasskeyAdminException"><c>StrengthNotFound</c>, <c>StrengthChanged</c>.</exception>
    public void RequireUnchanged(AuthenticationStrength strength, CancellationToken token)
    {
        var json = client.TryGet(AccessKind.Strength.PathOf(strength.Id), token) is { IsGone: false } answer ? client.BodyOf(answer, AccessKind.Strength.PathOf(strength.Id)) : null;
        if ((json is null ? null : Whole(json, token)) is not { } now) throw new PasskeyAdminException(ErrorKind.NotFound, NotFoundId, $"The authentication strength {CommandText.Quote(strength.Name)} was deleted meanwhile.");
        if (!AreSame(strength.Combinations, now.Combinations) || (strength.AaGuids is null) != (now.AaGuids is null) || !AreSame(strength.AaGuids ?? [], now.AaGuids ?? []))
            throw new PasskeyAdminException(ErrorKind.InvalidOperation, "StrengthChanged", $"Somebody changed the authentication strength {CommandText.Quote(strength.Name)} meanwhile: look at it, and run the command again.");
    }

    /// <summary>The strength that is there already with just these settings; null where the name is free.</summary>
    /// <exception cref="PasskeyAdminException"><c>StrengthNameTaken</c>.</exception>
    public JObject? Existing(StrengthRequest request, ProviderCatalog catalog, CancellationToken token)
    {
        foreach (var one in Named(client.GetAll(AccessSource.StrengthsPath, token), request.Name))
        {
            // Built-in ones cannot be made, and have no models.
            var whole = JsonText.Of(one, "policyType") is "builtIn" ? one : _source.FindStrength(IdOf(one), withModels: true, token) ?? one;
            var differences = request.DifferencesFrom(whole, catalog);
            return differences.Count == 0 ? whole : throw Taken(AccessKind.Strength, request.Name, IdOf(one), differences);
        }
        return null;
    }

    /// <summary>The policy that is there already with just these settings; null where the name is free.</summary>
    /// <exception cref="PasskeyAdminException"><c>AccessPolicyNameTaken</c>.</exception>
    public JObject? Existing(AccessPolicyRequest request, CancellationToken token)
    {
        var named = Named(client.GetAll(AccessSource.PoliciesPath, token), request.Name);
        if (named.Count == 0) return null;
        return named.Find(p => request.DifferencesFrom(p).Count == 0) ?? throw Taken(AccessKind.Policy, request.Name, IdOf(named[0]), request.DifferencesFrom(named[0]));
    }

    private AuthenticationStrength? Whole(JObject strength, CancellationToken token) =>
        (JsonText.Of(strength, "policyType") is "builtIn" ? strength : _source.FindStrength(IdOf(strength), withModels: true, token)) is { } whole ? AuthenticationStrength.Of(whole) : null;

    private static List<JObject> Named(IEnumerable<JObject> all, string name) => [.. all.Where(s => JsonText.Of(s, "id") is not null && PolicyWatch.IsSameName(JsonText.Of(s, "displayName"), name))];

    private static string IdOf(JObject json) => JsonText.Of(json, "id")!;

    private static bool AreSame<T>(IEnumerable<T> one, IEnumerable<T> other) => new HashSet<T>(one).SetEquals(other);

    private static PasskeyAdminException Taken(AccessKind kind, string name, string id, IReadOnlyList<string> differences) =>
        new(ErrorKind.InvalidOperation, kind.TakenId, $"The name {CommandText.Quote(name)} is that of another {kind.Noun} already ({id}), which differs: {string.Join("; ", differences)}. Give another name, or look at that one first: what it lets in is not what you asked for.") { RecommendedAction = kind.Show(id) };

    private static PasskeyAdminException NotFound(string nameOrId, IEnumerable<JObject> all) =>
        new(ErrorKind.NotFound, NotFoundId, $"There is no authentication strength {CommandText.Quote(nameOrId)} in this tenant. {NearNames.Question(nameOrId, all.Select(s => JsonText.Of(s, "displayName")).OfType<string>().Select(DisplayText.Neutralise), "A name is looked up as a whole, without wildcards; an id does as well.")}") { RecommendedAction = "Get-PasskeyAuthenticationStrength" };
}
