using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Changes;

/// <summary>An object in a file that people write. What it should not have is a fault, and so is what has another form; nothing is guessed.</summary>
internal sealed class DesiredObject
{
    private readonly JObject _json;
    private readonly PlacedJson _file;
    private readonly DesiredFaults _faults;

    /// <param name="what">What the object is, as a sentence begins: "A profile".</param>
    /// <param name="known">The properties that it may have.</param>
    public DesiredObject(JObject json, PlacedJson file, DesiredFaults faults, string what, params string[] known)
    {
        (_json, _file, _faults) = (json, file, faults);
        foreach (var property in json.Properties().Where(p => !known.Contains(p.Name)))
            faults.Add(file.PlaceOf(property), $"'{DisplayText.Excerpt(property.Name, 60)}' is not known. {NearNames.Question(property.Name, known, $"{what} has {string.Join(", ", known)}.")}");
    }

    public FilePlace Place => _file.PlaceOf(_json);

    public bool Has(string name) => _json[name] is not null;

    public FilePlace PlaceOf(string name) => _json[name] is { } value ? _file.PlaceOf(value) : Place;

    /// <summary>Null where it is not there, or wrong.</summary>
    public Placed<string>? Text(string name) => _json[name] is { } value ? Text(value, $"'{name}'") : null;

    /// <summary>Null where it is not there, or wrong.</summary>
    public bool? Flag(string name)
    {
        if (_json[name] is not { } value) return null;
        if (value is JValue { Value: bool flag }) return flag;
        _faults.Add(_file.PlaceOf(value), $"'{name}' is true or false, and not {Shown(value)}");
        return null;
    }

    /// <summary>Null where it is not there, or wrong.</summary>
    public T? Member<T>(string name, IReadOnlyDictionary<string, T> members) where T : struct => _json[name] is { } value ? Member(value, $"'{name}'", members) : null;

    /// <summary>Null where it is not there, or wrong.</summary>
    public T? Member<T>(JToken value, string what, IReadOnlyDictionary<string, T> members) where T : struct
    {
        if (value is JValue { Value: string text } && members.TryGetValue(text, out var member)) return member;
        _faults.Add(_file.PlaceOf(value), $"{what} is {NameLists.Or(members.Keys)}, and not {Shown(value)}{(value is JValue { Value: string typed } ? Near(typed, members.Keys) : "")}");
        return null;
    }

    /// <summary>Null where it is not there, or wrong.</summary>
    public IReadOnlyList<JToken>? List(string name)
    {
        if (_json[name] is not { } value) return null;
        if (value is JArray list) return [.. list];
        _faults.Add(_file.PlaceOf(value), $"'{name}' is a list, and not {Shown(value)}");
        return null;
    }

    /// <summary>Null where it is wrong.</summary>
    public Placed<string>? Text(JToken value, string what)
    {
        var place = _file.PlaceOf(value);
        if (value is JValue { Value: string text } && text.Trim().Length > 0) return new Placed<string>(text, place);
        _faults.Add(place, $"{what} is a text that is not empty, and not {Shown(value)}");
        return null;
    }

    /// <summary>Null where it is wrong.</summary>
    public JObject? Object(JToken value, string what)
    {
        if (value is JObject json) return json;
        _faults.Add(_file.PlaceOf(value), $"{what} is an object, and not {Shown(value)}");
        return null;
    }

    private static string Near(string typed, IEnumerable<string> members) => NearNames.Question(typed, members, "") is { Length: > 0 } question ? $". {question}" : "";

    private static string Shown(JToken value) => value switch
    {
        JObject => "an object",
        JArray => "a list",
        JValue { Value: null } => "null (leave out what is to stay as it is)",
        JValue { Value: string { Length: 0 } } => "an empty one",
        JValue { Value: string text } => $"'{DisplayText.Excerpt(text, 60)}'",
        JValue { Value: bool flag } => flag ? "true" : "false",
        _ => DisplayText.Excerpt(value.ToString(), 60),
    };
}
