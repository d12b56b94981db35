using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox.Graph;

namespace PasskeyAdmin.Sandbox.Policy;

/// <summary>The lists of a passkey configuration, which may be null or absent before a tenant has profiles (reference/graph-passkey-policy.md §3 [C]).</summary>
internal static class PolicyObjects
{
    public const string DefaultProfileId = "00000000-0000-0000-0000-000000000001";

    /// <summary>Null where it is something else, as it can be in a file that was written by hand.</summary>
    public static string? Text(this JObject item, string name) => (item[name] as JValue)?.Value as string;

    public static bool HasId(this JObject item, string id) => id.Equals(item.Text("id"), StringComparison.OrdinalIgnoreCase);

    public static IReadOnlyList<JObject> List(this JObject configuration, string name) => [.. (configuration[name] as JArray ?? []).OfType<JObject>()];

    public static IReadOnlyList<string> Texts(this JObject item, string name) => [.. (item[name] as JArray ?? []).Select(t => (t as JValue)?.Value).OfType<string>()];

    public static IReadOnlyList<JObject> Profiles(this JObject configuration) => configuration.List("passkeyProfiles");

    public static JObject? Profile(this JObject configuration, string id) => configuration.Profiles().FirstOrDefault(p => p.HasId(id));

    /// <summary>The profile that cannot be deleted; null where the tenant has none.</summary>
    public static JObject? DefaultProfile(this JObject configuration) => configuration.Profile(configuration.Text("defaultPasskeyProfile") ?? DefaultProfileId);

    /// <summary>The rule by which public tools tell it (§3).</summary>
    public static bool HasProfiles(this JObject configuration) =>
        configuration.Profiles().Count > 0 || configuration.Text("defaultPasskeyProfile") is { Length: > 0 } || configuration.List("includeTargets").Any(t => t.Texts("allowedPasskeyProfiles").Count > 0);

    public static bool IsTargeted(this JObject configuration, string profileId) =>
        configuration.List("includeTargets").Any(t => t.Texts("allowedPasskeyProfiles").Contains(profileId, StringComparer.OrdinalIgnoreCase));

    /// <summary>Members that we know, and those that the tenant has already: Microsoft added them later, and who read them may write them back.</summary>
    public static IReadOnlyCollection<string> MembersInUse(this JObject configuration, string property, IReadOnlyList<string> known) =>
    [
        .. configuration.Descendants().OfType<JProperty>().Where(p => p.Name == property).Select(p => (p.Value as JValue)?.Value).OfType<string>()
            .SelectMany(EvolvableEnums.Members).Where(m => m != EvolvableEnums.Sentinel).Concat(known).Distinct(),
    ];
}
