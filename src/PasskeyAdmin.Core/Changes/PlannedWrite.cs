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
    private const string Profiles = PolicyItems.Profiles;
    private const string Targets = PolicyItems.Targets;

    /// <param name="before">The policy as Graph gave it.</param>
    /// <param name="change">The properties that differ, each with its whole value.</param>
    /// <param name="newProfiles">Ids that stand for those that the service will give.</param>
    public static IReadOnlyList<PlannedWrite> Of(JObject before, JObject change, IReadOnlyCollection<string> newProfiles)
    {
        var after = Merged(before, change);
        var (old, wanted) = (PolicyItems.Of(before, Profiles).ToList(), PolicyItems.Of(after, Profiles).ToList());
        var created = wanted.Where(p => newProfiles.Contains(PolicyItems.IdOf(p))).ToList();
        var deleted = old.Where(p => !wanted.Exists(w => PolicyItems.IdOf(w) == PolicyItems.IdOf(p))).ToList();
        var isDeletedLater = deleted.Exists(p => PolicyItems.Of(before, Targets).Any(t => Uses(t, PolicyItems.IdOf(p))));
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
            string[] creates = ReferenceEquals(from, before) ? [.. created.Select(PolicyItems.IdOf)] : [];
            foreach (var profile in PolicyItems.Of(body, Profiles).Where(p => creates.Contains(PolicyItems.IdOf(p))).ToList()) profile.Remove("id");
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

    private static bool Uses(JObject target, string profileId) => (target["allowedPasskeyProfiles"] as JArray ?? []).Any(p => p is JValue { Value: string id } && id.Equals(profileId, System.StringComparison.OrdinalIgnoreCase));
}
