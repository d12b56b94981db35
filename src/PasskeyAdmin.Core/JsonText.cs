using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin;

/// <summary>Texts in JSON that others made and that may have any form.</summary>
internal static class JsonText
{
    /// <summary>Null where there is no such property, where it is empty, and where it is something else than a text.</summary>
    public static string? Of(JObject? json, string name) => json?[name] is JValue { Value: string { Length: > 0 } text } ? text : null;

    /// <summary>The texts of a list; none where there is no such list, and without what in it is something else.</summary>
    public static IEnumerable<string> AllOf(JObject? json, string name) => (json?[name] as JArray ?? []).OfType<JValue>().Select(v => v.Value).OfType<string>();
}
