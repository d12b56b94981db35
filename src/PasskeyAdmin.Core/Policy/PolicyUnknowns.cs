using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Policy;

/// <summary>Collects what this version does not know in one part of the policy.</summary>
internal sealed class PolicyUnknowns(string place)
{
    private const int LongestValue = 60;

    private readonly List<string> _found = [];

    public IReadOnlyList<string> Found => _found;

    /// <summary>What is not known, wherever it stands: the same may be at another place of a list.</summary>
    public static string WithoutPlace(string found) => found.Substring(found.IndexOf(']') + 1);

    public void Properties(JObject json, string[] known, string? inner = null)
    {
        foreach (var property in json.Properties().Where(p => !known.Contains(p.Name) && p.Name.IndexOf("@odata.", StringComparison.Ordinal) < 0))
            _found.Add(Place(inner is null ? property.Name : $"{inner}.{property.Name}"));
    }

    public void Member(string property, string value) => _found.Add($"{Place(property)}: {DisplayText.Excerpt(value, LongestValue)}");

    private string Place(string name) => DisplayText.Neutralise(place.Length > 0 ? $"{place}.{name}" : name);
}
