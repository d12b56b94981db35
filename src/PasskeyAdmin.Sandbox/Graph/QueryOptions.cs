using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Sandbox.Graph;

/// <summary>The query options of a request. What an endpoint does not know is refused, never ignored.</summary>
internal sealed class QueryOptions
{
    public const int DefaultPage = 100;

    /// <summary>reference/graph-users-and-usage.md §7: 999 for users, devices and groups.</summary>
    public const int MaximumPage = 999;

    private readonly IReadOnlyDictionary<string, string> _values;

    private QueryOptions(IReadOnlyDictionary<string, string> values) => _values = values;

    /// <summary>Of a request that has none.</summary>
    public static QueryOptions None { get; } = new(new Dictionary<string, string>());

    public string? Filter => Value("$filter");

    public string? SkipToken => Value("$skiptoken");

    public string? OrderBy => Value("$orderby");

    public string? Expand => Value("$expand");

    /// <summary>Whether the number of all objects is asked for.</summary>
    public bool Count => Value("$count") is { } text && (text is "true" or "false" ? text == "true" : throw SandboxRefusal.BadQuery($"Invalid value '{text}' for $count; it must be true or false."));

    /// <summary>Null: everything.</summary>
    public IReadOnlyList<string>? Select => Value("$select") is { } list ? [.. list.Split(',').Select(p => p.Trim())] : null;

    public int Top(int standard = DefaultPage, int most = MaximumPage) => Value("$top") is not { } text
        ? standard
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var top) && top >= 1 && top <= most
            ? top
            : throw SandboxRefusal.BadQuery($"Invalid page size specified: '{text}'. Must be between 1 and {most} inclusive.");

    /// <param name="known">The options that the endpoint knows, such as <c>$select</c>.</param>
    public static QueryOptions Of(SandboxRequest request, params string[] known)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var option in request.Uri.Query.TrimStart('?').Split(['&'], StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = option.Split(['='], 2);
            var name = Decode(parts[0]);
            if (!known.Contains(name, StringComparer.OrdinalIgnoreCase))
                throw SandboxRefusal.NotKnown($"the query option '{name}' for {request.Uri.AbsolutePath}; it knows {(known.Length == 0 ? "none" : string.Join(", ", known))}");
            if (values.ContainsKey(name)) throw SandboxRefusal.BadQuery($"Query option '{name}' was specified more than once, but it must be specified at most once.");
            values.Add(name, parts.Length == 2 ? Decode(parts[1]) : "");
        }
        return new QueryOptions(values);
    }

    /// <summary>The link to the next page: this request, behind the last object of this page.</summary>
    public string NextLink(SandboxRequest request, string lastId)
    {
        var options = _values.Where(v => !v.Key.Equals("$skiptoken", StringComparison.OrdinalIgnoreCase)).Select(v => $"{v.Key}={Uri.EscapeDataString(v.Value)}");
        return $"{request.Uri.GetLeftPart(UriPartial.Path)}?{string.Join("&", options.Append($"$skiptoken={Uri.EscapeDataString(lastId)}"))}";
    }

    /// <summary>The chosen properties of a copy. What an object could have and has not is null, as in Graph.</summary>
    /// <param name="known">The properties that can be chosen.</param>
    public JObject Selected(JObject item, IReadOnlyCollection<string> known)
    {
        if (Select is not { } names) return (JObject)item.DeepClone();
        var selected = new JObject();
        if (item["@odata.type"] is { } type) selected["@odata.type"] = type.DeepClone();
        foreach (var name in names.Distinct())
            selected[name] = known.Contains(name) ? item[name]?.DeepClone() ?? JValue.CreateNull() : throw SandboxRefusal.NotKnown($"the property '{name}' in $select");
        return selected;
    }

    private string? Value(string name) => _values.TryGetValue(name, out var value) ? value : null;

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
