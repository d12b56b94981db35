using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox.Graph;

namespace PasskeyAdmin.Sandbox.Policy;

/// <summary>An object of a request's body: its values in the types that reference/graph-passkey-policy.md §3 names, or 400 with the place.</summary>
/// <param name="place">Where it stands, such as <c>passkeyProfiles[1]</c>; empty for the body itself.</param>
internal sealed class BodyObject(JObject values, string place)
{
    public static readonly IReadOnlyList<string> States = ["enabled", "disabled"];

    public JObject Values { get; } = values;

    /// <summary>A known name in another spelling would be kept as a property of somebody else's, beside the one that was meant.</summary>
    public BodyObject Spelled(IEnumerable<string> known)
    {
        foreach (var name in known)
            if (Values[name] is null && Values.Property(name, StringComparison.OrdinalIgnoreCase) is { } other) throw Error(other.Name, $"is not known; write '{name}'");
        return this;
    }

    /// <summary>A value that is given and is not null.</summary>
    public bool Has(string name) => Values[name] is { Type: not JTokenType.Null };

    public string Text(string name) => Values[name] is JValue { Value: string text } && text.Trim().Length > 0 ? text : throw Error(name, "must be a text that is not empty");

    public bool Flag(string name) => Values[name] is JValue { Value: bool flag } ? flag : throw Error(name, "must be true or false");

    /// <summary>The one member, with its spelling checked.</summary>
    public string Enum(string name, IReadOnlyCollection<string> members)
    {
        var text = Text(name);
        return members.Contains(text) ? text : throw Error(name, $"is '{text}', which is no member; use one of {string.Join(", ", members)}");
    }

    /// <summary>One or more members with commas between them, each once.</summary>
    public string Flags(string name, IReadOnlyCollection<string> members)
    {
        var given = EvolvableEnums.Members(Text(name));
        return given.FirstOrDefault(m => !members.Contains(m)) is { } stranger
            ? throw Error(name, $"has '{stranger}', which is no member; use one or more of {string.Join(", ", members)}, with commas between them")
            : string.Join(",", given.Distinct());
    }

    /// <summary>In small letters, as Graph keeps them.</summary>
    public string Guid(string name) => Text(name) is var text && System.Guid.TryParseExact(text, "D", out var id) ? id.ToString() : throw Error(name, $"is '{text}', which is not a GUID");

    /// <summary>A list of GUIDs, each once, in small letters.</summary>
    public IReadOnlyList<string> Guids(string name) =>
        [.. Array(name).Select((t, i) => t is JValue { Value: string text } && System.Guid.TryParseExact(text, "D", out var id) ? id.ToString() : throw Error($"{name}[{i}]", "must be a GUID")).Distinct()];

    public IReadOnlyList<BodyObject> Objects(string name) => [.. Array(name).Select((t, i) => new BodyObject(t as JObject ?? throw Error($"{name}[{i}]", "must be an object"), Place($"{name}[{i}]")))];

    public BodyObject Object(string name) => new(Values[name] as JObject ?? throw Error(name, "must be an object"), Place(name));

    public GraphErrorException Error(string name, string reason) => GraphErrorException.BadRequest($"Invalid value: '{Place(name)}' {reason}.");

    private JArray Array(string name) => Values[name] as JArray ?? throw Error(name, "must be a list");

    private string Place(string name) => place.Length == 0 ? name : $"{place}.{name}";
}
