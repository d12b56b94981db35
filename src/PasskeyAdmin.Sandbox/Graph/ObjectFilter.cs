using System;
using System.Linq;
using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Sandbox.Graph;

/// <summary>One comparison of a text: <c>property eq 'text'</c> or <c>startswith(displayName,'text')</c>. The directory does not tell capitals from small letters.</summary>
internal sealed class ObjectFilter
{
    private const string Literal = "'(?<text>(?:[^']|'')*)'";
    private static readonly Regex Equal = new($@"\A\s*(?<property>\w+)\s+eq\s+{Literal}\s*\z", RegexOptions.CultureInvariant);
    private static readonly Regex Start = new($@"\A\s*startswith\s*\(\s*(?<property>\w+)\s*,\s*{Literal}\s*\)\s*\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    private readonly string _property;
    private readonly string _text;
    private readonly bool _isStart;

    private ObjectFilter(Match match, bool isStart)
    {
        _property = match.Groups["property"].Value;
        // OData doubles a quotation mark within a text.
        _text = match.Groups["text"].Value.Replace("''", "'");
        _isStart = isStart;
    }

    /// <param name="comparable">The properties that can be compared with <c>eq</c>.</param>
    public static ObjectFilter Parse(string text, string[] comparable)
    {
        if (text.Count(c => c is '\'') % 2 != 0) throw SandboxRefusal.BadQuery($"Invalid filter clause: There is an unterminated string literal in '{text}'.");
        var filter = Equal.Match(text) is { Success: true } equal ? new ObjectFilter(equal, false)
            : Start.Match(text) is { Success: true } start ? new ObjectFilter(start, true)
            : null;
        string[] known = filter is { _isStart: true } ? ["displayName"] : comparable;
        return filter is not null && known.Contains(filter._property)
            ? filter
            : throw SandboxRefusal.NotKnown($"the filter \"{text}\"; it knows startswith(displayName,'…') and {string.Join(", ", comparable.Select(p => $"{p} eq '…'"))}");
    }

    public bool Matches(JObject item) => (string?)item[_property] is { } value
        && (_isStart ? value.StartsWith(_text, StringComparison.OrdinalIgnoreCase) : value.Equals(_text, StringComparison.OrdinalIgnoreCase));
}
