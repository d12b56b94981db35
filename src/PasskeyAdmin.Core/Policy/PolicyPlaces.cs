using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Policy;

/// <summary>
/// A policy as places with values: one for each setting, profile, AAGUID of a list, target and profile of a target. The order of lists, the spelling of ids, the order of flags, empty values and
/// what an answer says about itself make no difference. Two policies are compared, and one change is told from another, by places. Pure.
/// </summary>
internal sealed class PolicyPlaces
{
    private const string Present = "";

    /// <summary>Views of the default profile in a tenant that has one (reference/graph-passkey-policy.md §1 [U]): they follow it, or do not matter.</summary>
    private static readonly string[] Deprecated = ["isAttestationEnforced", "keyRestrictions"];

    private readonly SortedDictionary<string, string> _values = new(StringComparer.Ordinal);

    private PolicyPlaces(JObject policy, bool hasDeprecated)
    {
        foreach (var property in policy.Properties().Where(IsOwn))
        {
            if (PolicyItems.Lists.Contains(property.Name) && property.Value is JArray list) AddItems(property.Name, list);
            else if (hasDeprecated || !Deprecated.Contains(property.Name)) _values[property.Name] = Canonical(property.Value);
        }
    }

    /// <summary>The places that a change may be about: those of deprecated settings are not among them.</summary>
    public static PolicyPlaces Of(JObject policy) => new(policy, hasDeprecated: false);

    /// <summary>A part of a policy, as the audit log has it.</summary>
    public static PolicyPlaces OfProperty(string name, JToken value) => new(new JObject { [name] = value }, hasDeprecated: false);

    /// <summary>A fingerprint of everything in a policy, also of what this version does not know: 64 hexadecimal digits.</summary>
    public static string HashOf(JObject policy)
    {
        var text = new StringBuilder();
        foreach (var place in new PolicyPlaces(policy, hasDeprecated: true)._values) text.Append(place.Key).Append('=').Append(place.Value).Append('\n');
        using var hash = SHA256.Create();
        return string.Concat(hash.ComputeHash(Encoding.UTF8.GetBytes(text.ToString())).Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));
    }

    /// <summary>Null where there is nothing.</summary>
    public string? this[string place] => _values.TryGetValue(place, out var value) ? value : null;

    /// <summary>The places that have another value, or one only here or only there.</summary>
    public IEnumerable<string> DifferencesTo(PolicyPlaces other) => _values.Keys.Union(other._values.Keys).Where(p => this[p] != other[p]).OrderBy(p => p, StringComparer.Ordinal);

    /// <summary>The places at or below one.</summary>
    public IEnumerable<string> Below(string place) => _values.Keys.Where(k => k == place || k.StartsWith(place + "/", StringComparison.Ordinal));

    /// <summary>The place of a profile, target or exclusion.</summary>
    public static string PlaceOf(string list, string id) => $"{list}/{id.ToLowerInvariant()}";

    /// <summary>Whether a place is of a setting that this version knows. The service may add others to what it makes.</summary>
    public static bool IsKnown(string place)
    {
        var parts = place.Split('/');
        return PolicyJson.KnownProperties.Contains(parts[0]) && (parts.Length < 3 || (parts[0] == "passkeyProfiles" ? ProfileJson.ProfileProperties : ProfileJson.TargetProperties).Contains(parts[2]));
    }

    /// <summary>Whether a property belongs to the policy and says something.</summary>
    private static bool IsOwn(JProperty property) => property.Name.IndexOf("@odata.", StringComparison.Ordinal) < 0 && property.Value.Type is not JTokenType.Null;

    private void AddItems(string list, JArray items)
    {
        foreach (var (item, index) in items.Select((item, index) => (item, index)))
        {
            if (item is not JObject json)
            {
                _values[$"{list}/#{index}"] = Canonical(item);
                continue;
            }
            var place = PlaceOf(list, JsonText.Of(json, "id") ?? $"({JsonText.Of(json, "name")})");
            _values[place] = Present;
            foreach (var property in json.Properties().Where(p => IsOwn(p) && p.Name != "id")) AddProperty($"{place}/{property.Name}", property);
        }
    }

    private void AddProperty(string place, JProperty property)
    {
        switch (property.Name, property.Value)
        {
            case ("keyRestrictions", JObject restrictions):
                foreach (var part in restrictions.Properties().Where(IsOwn)) AddProperty($"{place}/{part.Name}", part);
                break;
            case ("aaGuids" or "allowedPasskeyProfiles", JArray ids):
                foreach (var id in ids) _values[$"{place}/{(id is JValue { Value: string text } ? text.ToLowerInvariant() : Canonical(id))}"] = Present;
                break;
            case ("passkeyTypes", JValue types):
                _values[place] = string.Join(",", (types.Value as string ?? Canonical(types)).Split(',').Select(n => n.Trim()).Where(n => n.Length > 0).Distinct().OrderBy(n => n, StringComparer.Ordinal));
                break;
            default:
                _values[place] = Canonical(property.Value);
                break;
        }
    }

    private static string Canonical(JToken value) => Sorted(PolicyDocument.WithoutAnnotations(value)).ToString(Formatting.None);

    private static JToken Sorted(JToken value) => value switch
    {
        JObject json => new JObject(json.Properties().OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => new JProperty(p.Name, Sorted(p.Value)))),
        JArray list => new JArray(list.Select(Sorted)),
        _ => value,
    };
}
