using System.Collections.Generic;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Policy;

/// <summary>Values of the policy's JSON. One of another shape than documented is an error: to guess here would be to guess who can sign in.</summary>
internal static class PolicyValue
{
    private const string Beginning = "The passkey policy has a form that this version does not understand: ";
    private const string End = ". Look for a newer version of PasskeyAdmin.";

    public static PasskeyAdminException Unreadable(string place, string reason) =>
        new(ErrorKind.ProtocolViolated, "PolicyUnreadable", $"{Beginning}{(place.Length > 0 ? DisplayText.Neutralise(place) : "it")} {reason}{End}");

    /// <summary>What such an error complains of, for a policy that is not Graph's own: a newer version would not help.</summary>
    public static string ReasonOf(PasskeyAdminException unreadable) => unreadable.Message.Substring(Beginning.Length, unreadable.Message.Length - Beginning.Length - End.Length);

    public static string? Text(JObject json, string name, string place) => json[name] switch
    {
        null or { Type: JTokenType.Null } => null,
        JValue { Value: string text } => text,
        _ => throw Unreadable(Join(place, name), "is no text"),
    };

    public static bool? Flag(JObject json, string name, string place) => json[name] switch
    {
        null or { Type: JTokenType.Null } => null,
        JValue { Value: bool flag } => flag,
        _ => throw Unreadable(Join(place, name), "is neither true nor false"),
    };

    public static IEnumerable<string> Texts(JObject json, string name, string place)
    {
        foreach (var item in List(json, name, place))
            yield return item is JValue { Value: string text } ? text : throw Unreadable(Join(place, name), "holds something that is no text");
    }

    public static IEnumerable<(JObject Item, string Place)> Objects(JObject json, string name)
    {
        var index = 0;
        foreach (var item in List(json, name, ""))
        {
            var place = $"{name}[{index++}]";
            yield return item is JObject found ? (found, place) : throw Unreadable(place, "is no object");
        }
    }

    private static IEnumerable<JToken> List(JObject json, string name, string place) => json[name] switch
    {
        null or { Type: JTokenType.Null } => [],
        JArray list => list,
        _ => throw Unreadable(Join(place, name), "is no list"),
    };

    private static string Join(string place, string name) => place.Length > 0 ? $"{place}.{name}" : name;
}
