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
    private const string TypeAnnotation = "@odata.type";

    public static readonly IReadOnlyList<string> States = ["enabled", "disabled"];

    public JObject Values { get; } = values;

    /// <summary>A known name in another spelling would be kept as a property of somebody else's, beside the one that was meant.</summary>
    public BodyObject Spelled(IEnumerable<string> known)
    {
        foreach (var name in known)
            if (Values[name] is null && Values.Property(name, StringComparison.OrdinalIgnoreCase) is { } other) throw Error(other.Name, $"is not known; write '{name}'");
        return this;
    }

    /// <summary>
    /// Checks the names: an OData service refuses what a type does not declare. What the same object of the tenant has stays writable, since a tenant may
    /// have properties that are newer than our list, and who read them writes them back. The same holds for annotations, which otherwise are left away.
    /// </summary>
    /// <param name="same">The object that the tenant has now; null for a new one.</param>
    public BodyObject Of(DeclaredType type, JObject? same, SandboxSettings settings)
    {
        Spelled(type.Properties);
        foreach (var property in Values.Properties().ToList())
        {
            if (property.Name == TypeAnnotation) CheckType(property.Value, type, same);
            if (type.Properties.Contains(property.Name) || same?.Property(property.Name) is not null) continue;
            if (IsAnnotation(property.Name)) property.Remove();
            else if (!settings.AcceptsUnknownProperties)
                throw SandboxRefusal.BadRequest($"The property '{property.Name}' does not exist on type '{type.Name}'. Make sure to only use property names that are defined by the type. ({Place(property.Name)})");
        }
        return this;
    }

    /// <summary>Said about an object or a property rather than in it.</summary>
    public static bool IsAnnotation(string name) => name.Contains("@odata.");

    /// <summary>A value that is given and is not null.</summary>
    public bool Has(string name) => Values[name] is { Type: not JTokenType.Null };

    public void Require(params string[] names)
    {
        foreach (var name in names)
            if (!Has(name)) throw Error(name, "is required");
    }

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

    /// <summary>A list of GUIDs, each once, in small letters. For AAGUIDs this is stricter than is known: see <see cref="SandboxSettings"/>.</summary>
    public IReadOnlyList<string> Guids(string name) =>
        [.. Array(name).Select((t, i) => t is JValue { Value: string text } && System.Guid.TryParseExact(text, "D", out var id) ? id.ToString() : throw Error($"{name}[{i}]", "must be a GUID")).Distinct()];

    public IReadOnlyList<BodyObject> Objects(string name) => [.. Array(name).Select((t, i) => new BodyObject(t as JObject ?? throw Error($"{name}[{i}]", "must be an object"), Place($"{name}[{i}]")))];

    public BodyObject Object(string name) => new(Values[name] as JObject ?? throw Error(name, "must be an object"), Place(name));

    public SandboxRefusal Error(string name, string reason) => SandboxRefusal.BadRequest($"Invalid value: '{Place(name)}' {reason}.");

    private void CheckType(JToken given, DeclaredType type, JObject? same)
    {
        // The list of targets has a plainer type in one cloud (reference/graph-passkey-policy.md §10): what the tenant has is right there.
        if (JToken.DeepEquals(given, same?[TypeAnnotation]) || given is JValue { Value: string text } && text.TrimStart('#') == type.Name) return;
        throw Error(TypeAnnotation, $"must be \"#{type.Name}\" here");
    }

    private JArray Array(string name) => Values[name] as JArray ?? throw Error(name, "must be a list");

    public string Place(string name) => place.Length == 0 ? name : $"{place}.{name}";
}
