using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Access;

/// <summary>An application as Conditional Access names it: by the id of the application, or by a word that means several.</summary>
/// <param name="Name">Null where it is not known.</param>
internal sealed record DirectoryApplication(string AppId, string? Name)
{
    public const string All = "All";

    /// <summary>Safe to show.</summary>
    public string Shown => Name is { Length: > 0 } name ? DisplayText.Neutralise(name) : AppId;
}

/// <summary>Finds applications by what users type: a name to the letter, the id of the application or of its object, or a word that Graph takes as it is. It says of all that are wrong, not of the first.</summary>
internal sealed class ApplicationLookup(GraphClient client)
{
    /// <summary>Words that mean several (learn.microsoft.com/graph/api/resources/conditionalaccessapplications).</summary>
    private static readonly (string Word, string Name)[] Words = [(DirectoryApplication.All, "All resources"), ("Office365", "Office 365"), ("MicrosoftAdminPortals", "Microsoft Admin Portals")];

    private readonly ObjectLookup _lookup = new(client, "/v1.0/servicePrincipals", "$select=id,appId,displayName", "appId");

    /// <summary>Each application once, in the order of the names.</summary>
    /// <exception cref="PasskeyAdminException"><c>ApplicationNotFound</c>, <c>ApplicationAmbiguous</c>, <c>ApplicationAllWithOthers</c>, and what <see cref="GraphClient"/> throws.</exception>
    public IReadOnlyList<DirectoryApplication> Find(IReadOnlyCollection<string> namesOrIds, CancellationToken token)
    {
        List<string> names = [.. namesOrIds.Distinct(StringComparer.OrdinalIgnoreCase)];
        if (names.Count > 1 && names.Contains(DirectoryApplication.All, StringComparer.OrdinalIgnoreCase))
            throw new PasskeyAdminException(ErrorKind.InvalidArgument, "ApplicationAllWithOthers", "-Application All means every application, so that the others add nothing. Give All alone, or leave it away.");
        var found = _lookup.Find(names.FindAll(n => WordOf(n) is null), token).ToDictionary(f => f.Asked, f => f.Found);
        RequireOne(found);
        return [.. names.Select(n => WordOf(n) ?? Of(found[n].First(HasAppId))).GroupBy(a => a.AppId, StringComparer.OrdinalIgnoreCase).Select(g => g.First())];
    }

    private static DirectoryApplication? WordOf(string name) => Words.FirstOrDefault(w => w.Word.Equals(name, StringComparison.OrdinalIgnoreCase)) is { Word: { } word } known ? new DirectoryApplication(word, known.Name) : null;

    private static DirectoryApplication Of(JObject json) => new(JsonText.Of(json, "appId")!, JsonText.Of(json, "displayName"));

    private static void RequireOne(Dictionary<string, IReadOnlyList<JObject>> found)
    {
        var (missing, ambiguous) = (found.Where(f => !f.Value.Any(HasAppId)).ToList(), found.Where(f => f.Value.Count(HasAppId) > 1).ToList());
        if (missing.Count + ambiguous.Count == 0) return;
        var faults = new List<string>();
        if (missing.Count > 0) faults.Add($"In this tenant there is no application {NameLists.Or(missing.Select(m => CommandText.Quote(m.Key)))}. A name is looked up as a whole, without wildcards; the id of the application does as well, and so do the words {NameLists.And(Words.Select(w => w.Word))}.");
        faults.AddRange(ambiguous.Select(a => $"{a.Value.Count} applications are called {CommandText.Quote(a.Key)}: {NameLists.First(a.Value.Select(v => JsonText.Of(v, "appId") ?? ""))}. Name one by its id."));
        throw new PasskeyAdminException(missing.Count > 0 ? ErrorKind.NotFound : ErrorKind.InvalidArgument, missing.Count > 0 ? "ApplicationNotFound" : "ApplicationAmbiguous", string.Join(" ", faults));
    }

    private static bool HasAppId(JObject json) => JsonText.Of(json, "appId") is not null;
}
