using System.Collections.Generic;
using System.IO;
using System.Linq;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Changes;

/// <summary>A setting that an event of the audit log says was changed (modifiedProperties). The form of the values is unofficial: whole or in part, with numbers or with names (reference/graph-users-and-usage.md §4 [U]).</summary>
/// <param name="Old">Null where the log does not say what it was.</param>
/// <param name="New">Null where the log does not say what it became.</param>
internal sealed record LoggedSetting(string Name, JToken? Old, JToken? New)
{
    /// <summary>The members of the enumerations in the order of their numbers (reference/graph-passkey-policy.md §3).</summary>
    private static readonly Dictionary<string, string[]> Members = new()
    {
        ["attestationEnforcement"] = ["disabled", "registrationOnly"],
        ["enforcementType"] = ["allow", "block"],
    };

    private static readonly string[] TypeBits = ["deviceBound", "synced"];

    /// <summary>All of an event, with names in the place of the numbers that the log has for them.</summary>
    public static IEnumerable<LoggedSetting> Of(JObject audit) =>
        from target in (audit["targetResources"] as JArray ?? []).OfType<JObject>()
        from modified in (target["modifiedProperties"] as JArray ?? []).OfType<JObject>()
        let name = JsonText.Of(modified, "displayName")
        where name is not null
        select new LoggedSetting(name, Value(modified["oldValue"]), Value(modified["newValue"]));

    private static JToken? Value(JToken? logged) => logged is JValue { Value: string text } ? Parse(text) : null;

    /// <summary>Values in the log are texts of JSON, or simply texts.</summary>
    private static JToken Parse(string text)
    {
        try
        {
            using var reader = new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None, MaxDepth = 32 };
            return Named(JToken.ReadFrom(reader));
        }
        catch (JsonException)
        {
            return text;
        }
    }

    /// <summary>With names for numbers (reference/graph-passkey-policy.md §3 [U]).</summary>
    private static JToken Named(JToken value)
    {
        foreach (var property in (value is JContainer container ? container.DescendantsAndSelf() : []).OfType<JProperty>().Where(p => p.Value is JValue { Value: long }).ToList())
        {
            var number = (long)property.Value;
            if (property.Name == "passkeyTypes") property.Value = string.Join(",", TypeBits.Where((_, i) => (number & (1L << i)) != 0));
            else if (Members.TryGetValue(property.Name, out var members) && number >= 0 && number < members.Length) property.Value = members[number];
        }
        return value;
    }
}
