using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Core.Tests.Access;

/// <summary>An object in which, one after the other, each part is missing or of another kind.</summary>
internal static class OddJson
{
    private static readonly Func<JToken?>[] Others = [() => null, () => JValue.CreateNull(), () => "text", () => "", () => 5, () => 1.5, () => true, () => new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc), () => new JArray(), () => new JObject(), () => JArray.Parse("[null, 5, {}, ['x'], 'y']"), () => new JObject { ["id"] = 7, ["x"] = null }];

    public static IEnumerable<JObject> Changed(JObject whole)
    {
        foreach (var path in whole.Descendants().Where(t => t is not JProperty).Select(t => t.Path))
        {
            foreach (var other in Others)
            {
                var copy = (JObject)whole.DeepClone();
                var token = copy.SelectToken(path)!;
                if (other() is { } value) token.Replace(value);
                else if (token.Parent is JProperty property) property.Remove();
                else token.Remove();
                yield return copy;
            }
        }
    }
}
