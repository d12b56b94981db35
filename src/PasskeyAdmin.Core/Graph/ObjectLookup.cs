using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Graph;

/// <summary>Finds many objects of one kind by what users type, in batches: an id, or a name to the letter.</summary>
/// <param name="collection">Where they are listed.</param>
/// <param name="idProperties">What a GUID may be beside the id of the object, such as the id of an application.</param>
internal sealed class ObjectLookup(GraphClient client, string collection, string select, params string[] idProperties)
{
    /// <summary>Each with what it may mean; each object once.</summary>
    /// <exception cref="PasskeyAdminException">Where one of them cannot be read.</exception>
    public IReadOnlyList<(string Asked, IReadOnlyList<JObject> Found)> Find(IReadOnlyList<string> namesOrIds, CancellationToken token)
    {
        var asked = namesOrIds.SelectMany(n => PathsOf(n).Select(p => (Name: n, Path: p))).ToList();
        var found = namesOrIds.ToDictionary(n => n, _ => new List<JObject>());
        foreach (var (answer, index) in client.GetMany(asked.Select(a => a.Path), token).Select((a, i) => (a, i)))
        {
            var (name, path) = asked[index];
            if (answer.IsGone) continue;
            var body = client.BodyOf(answer, path);
            foreach (var item in body["value"] is JArray ? client.ItemsOf(body, path, token) : [body])
                if (JsonText.Of(item, "id") is { } id && !found[name].Exists(f => id.Equals(JsonText.Of(f, "id"), StringComparison.OrdinalIgnoreCase))) found[name].Add(item);
        }
        return [.. namesOrIds.Select(n => (n, (IReadOnlyList<JObject>)found[n]))];
    }

    private IEnumerable<string> PathsOf(string nameOrId) => Guid.TryParse(nameOrId, out var id)
        ? [$"{collection}/{id}?{select}", .. idProperties.Select(p => Filtered($"{p} eq '{id}'"))]
        : [Filtered($"displayName eq '{nameOrId.Replace("'", "''")}'")];

    private string Filtered(string filter) => $"{collection}?$filter={Uri.EscapeDataString(filter)}&{select}";
}
