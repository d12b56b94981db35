using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Changes;

/// <summary>Compares what was sent with what Graph shows. A list is a set, and nothing is as good as an empty text or list: Graph keeps neither order nor emptiness. Pure.</summary>
internal static class AccessDifference
{
    private const int LongestValue = 80;

    /// <summary>What the service gives by itself, or writes out of what was referred to.</summary>
    private static readonly string[] OfService = ["id", "createdDateTime", "modifiedDateTime", "deletedDateTime", "templateId", "policyType", "requirementsSatisfied", "authenticationStrength"];

    /// <summary>What was sent and is not shown so, in words; what was not sent may be as it likes.</summary>
    public static IReadOnlyList<string> Missing(JObject sent, JObject shown) => [.. Differences(sent, shown, "")];

    /// <summary>The same, with what is shown and was not sent: whether it is the very same thing.</summary>
    public static IReadOnlyList<string> Between(JObject wanted, JObject shown) => [.. Differences(wanted, shown, ""), .. Additions(wanted, shown, "")];

    private static IEnumerable<string> Differences(JObject sent, JObject? shown, string place)
    {
        foreach (var property in sent.Properties().Where(p => !IsAnnotation(p.Name)))
        {
            var (own, other, path) = (property.Value, shown?[property.Name], place + property.Name);
            if (own is JObject inner)
                foreach (var difference in Differences(inner, other as JObject, path + ".")) yield return difference;
            else if (!IsSame(own, other)) yield return $"{path} is {Text(other)} and not {Text(own)}";
        }
    }

    private static IEnumerable<string> Additions(JObject sent, JObject shown, string place)
    {
        foreach (var property in shown.Properties().Where(p => !IsAnnotation(p.Name) && !OfService.Contains(p.Name)))
        {
            var path = place + property.Name;
            if (sent[property.Name] is JObject inner && property.Value is JObject other)
                foreach (var addition in Additions(inner, other, path + ".")) yield return addition;
            else if (sent[property.Name] is null && !IsNothing(property.Value)) yield return $"{path} is {Text(property.Value)}";
        }
    }

    private static bool IsSame(JToken sent, JToken? shown)
    {
        if (IsNothing(sent)) return IsNothing(shown);
        if (sent is not JArray list) return shown is JValue && TextOf(sent).Equals(TextOf(shown), StringComparison.OrdinalIgnoreCase);
        if (shown is not JArray others || others.Count != list.Count) return false;
        return list.All(item => item is JObject one ? others.OfType<JObject>().Any(o => Missing(one, o).Count == 0) : others.Any(o => o is JValue && TextOf(item).Equals(TextOf(o), StringComparison.OrdinalIgnoreCase)));
    }

    private static bool IsNothing(JToken? token) => token switch
    {
        null => true,
        JArray list => list.Count == 0,
        JObject json => json.Properties().All(p => IsAnnotation(p.Name) || IsNothing(p.Value)),
        JValue { Value: string text } => text.Length == 0,
        _ => token.Type is JTokenType.Null,
    };

    private static bool IsAnnotation(string name) => name.Contains('@');

    private static string TextOf(JToken? token) => (string?)(token as JValue) ?? "";

    private static string Text(JToken? token) => IsNothing(token) ? "empty" : token switch
    {
        JArray list when list.All(i => i is JValue) => $"({DisplayText.Excerpt(string.Join(", ", list.Select(TextOf)), LongestValue)})",
        JValue value => CommandText.Quote(DisplayText.Excerpt(TextOf(value), LongestValue)),
        _ => "something else",
    };
}
