using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace PasskeyAdmin.Sandbox.Graph;

internal enum FilterTokenKind
{
    Name,
    Text,
    Value,
    Sign,
    End,
}

/// <param name="Text">A text without its quotation marks, anything else as it stands.</param>
internal sealed record FilterToken(FilterTokenKind Kind, string Text);

/// <summary>Cuts the text of a <c>$filter</c> into words.</summary>
internal static class FilterTokens
{
    // Numbers, dates and GUIDs begin with a digit or are GUIDs; names may have a path in them, as status/errorCode.
    private static readonly Regex Word = new(
        @"\G\s*(?:'(?<text>(?:[^']|'')*)'|(?<value>[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|-?\d[\w.:+\-]*)|(?<name>[A-Za-z_@][\w.@]*(?:/[A-Za-z_][\w.]*)*)|(?<sign>[(),:])|(?<end>\z))", RegexOptions.CultureInvariant);

    public static IReadOnlyList<FilterToken> Cut(string filter)
    {
        var tokens = new List<FilterToken>();
        var at = 0;
        while (true)
        {
            var match = Word.Match(filter, at);
            if (!match.Success) throw SandboxRefusal.BadQuery($"Invalid filter clause: there is a syntax error at position {at} in '{filter}'.");
            at += match.Length;
            if (match.Groups["end"].Success) break;
            // OData doubles a quotation mark within a text.
            if (match.Groups["text"] is { Success: true } text) tokens.Add(new FilterToken(FilterTokenKind.Text, text.Value.Replace("''", "'")));
            else if (match.Groups["value"] is { Success: true } value) tokens.Add(new FilterToken(FilterTokenKind.Value, value.Value));
            else if (match.Groups["name"] is { Success: true } name) tokens.Add(new FilterToken(FilterTokenKind.Name, name.Value));
            else tokens.Add(new FilterToken(FilterTokenKind.Sign, match.Groups["sign"].Value));
        }
        tokens.Add(new FilterToken(FilterTokenKind.End, "the end"));
        return tokens;
    }
}
