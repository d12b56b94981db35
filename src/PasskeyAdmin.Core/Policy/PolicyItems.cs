using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Policy;

/// <summary>The items of the lists in a policy's JSON: each is an object with an id.</summary>
internal static class PolicyItems
{
    public const string Profiles = "passkeyProfiles";
    public const string Targets = "includeTargets";
    public const string Exclusions = "excludeTargets";

    public static readonly string[] Lists = [Profiles, Targets, Exclusions];

    /// <summary>Empty where there is no such list.</summary>
    public static IEnumerable<JObject> Of(JObject policy, string list) => (policy[list] as JArray ?? []).OfType<JObject>();

    /// <summary>In small letters; empty for an item without one.</summary>
    public static string IdOf(JObject item) => (JsonText.Of(item, "id") ?? "").ToLowerInvariant();

    /// <param name="id">In small letters.</param>
    public static JObject? Find(JObject policy, string list, string id) => Of(policy, list).FirstOrDefault(i => IdOf(i) == id);
}
