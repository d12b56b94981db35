using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Changes;

/// <summary>One write of a plan.</summary>
/// <param name="Body">As it is sent, but for ids that the service has still to give.</param>
/// <param name="Expected">The policy as it is afterwards.</param>
/// <param name="Creates">Ids that stand for profiles that this write creates.</param>
internal sealed record PlannedWrite(JObject Body, JObject Expected, IReadOnlyCollection<string> Creates);

/// <summary>
/// Cuts a change into the fewest writes that the service takes (reference/graph-passkey-policy.md §4): a profile is created before a target can name it, since the service gives its id; and whether one
/// write may delete a profile and take it from its targets is not known, so it is taken first. What a broken-off sequence leaves is harmless: a profile that nobody uses. Pure.
/// </summary>
internal static class PlannedWrites
{
    private const string Profiles = "passkeyProfiles";
    private const string Targets = "includeTargets";

    /// <param name="before">The policy as Graph gave it.</param>
    /// <param name="change">The properties that differ, each with its whole value.</param>
    /// <param name="newProfiles">Ids that stand for those that the service will give.</param>
    public static IReadOnlyList<PlannedWrite> Of(JObject before, JObject change, IReadOnlyCollection<string> newProfiles)
    {
        var after = Merged(before, change);
        var (old, wanted) = (Items(before, Profiles), Items(after, Profiles));
        var created = wanted.Where(p => newProfiles.Contains(IdOf(p))).ToList();
        var deleted = old.Where(p => !wanted.Exists(w => IdOf(w) == IdOf(p))).ToList();
        var isDeletedLater = deleted.Exists(p => Items(before, Targets).Exists(t => Uses(t, IdOf(p))));
        var stages = new List<JObject>();
        if (created.Count > 0) stages.Add(With(before, [.. old, .. created]));
        if (isDeletedLater) stages.Add(With(after, [.. wanted, .. deleted]));
        stages.Add(after);

        var writes = new List<PlannedWrite>();
        var from = before;
        foreach (var to in stages)
        {
            var body = new JObject { ["@odata.type"] = PolicyDocument.Type };
            foreach (var property in to.Properties().Where(p => change[p.Name] is not null && !JToken.DeepEquals(p.Value, from[p.Name])))
            {
                if (before[property.Name + "@odata.type"] is { } type) body[property.Name + "@odata.type"] = type.DeepClone();
                body[property.Name] = PolicyDocument.WithoutAnnotations(property.Value);
            }
            string[] creates = ReferenceEquals(from, before) ? [.. created.Select(IdOf)] : [];
            foreach (var profile in Items(body, Profiles).Where(p => creates.Contains(IdOf(p)))) profile.Remove("id");
            if (body.Count > 1) writes.Add(new PlannedWrite(body, to, creates));
            from = to;
        }
        return writes;
    }

    /// <summary>The policy with these properties in the place of its own.</summary>
    public static JObject Merged(JObject before, JObject change)
    {
        var after = (JObject)before.DeepClone();
        foreach (var property in change.Properties()) after[property.Name] = property.Value.DeepClone();
        return after;
    }

    private static JObject With(JObject policy, IEnumerable<JObject> profiles)
    {
        var stage = (JObject)policy.DeepClone();
        stage[Profiles] = new JArray(profiles.Select(p => p.DeepClone()));
        return stage;
    }

    private static List<JObject> Items(JObject policy, string list) => [.. (policy[list] as JArray ?? []).OfType<JObject>()];

    private static string IdOf(JObject item) => (JsonText.Of(item, "id") ?? "").ToLowerInvariant();

    private static bool Uses(JObject target, string profileId) => (target["allowedPasskeyProfiles"] as JArray ?? []).Any(p => p is JValue { Value: string id } && id.Equals(profileId, System.StringComparison.OrdinalIgnoreCase));
}
