using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox.Storage;

namespace PasskeyAdmin.Sandbox.Graph;

/// <summary>
/// What a <c>$filter</c> implies about what a log stores as it is: the user, and from when on. Entries that it rules out need not be made into answers before the filter itself is asked. It decides nothing:
/// where it does not understand, it rules out nothing.
/// </summary>
internal sealed class ImpliedFilter
{
    private readonly string? _user;
    private readonly DateTimeOffset? _from;
    private readonly string _date;

    /// <param name="date">The property that has the date.</param>
    public ImpliedFilter(string filter, string date)
    {
        _date = date;
        var parts = Conjuncts(FilterTokens.Cut(filter));
        foreach (var part in parts)
        {
            if (part.Count != 3 || part[0].Kind is not FilterTokenKind.Name) continue;
            if (part[0].Text == "userId" && part[1].Text is "eq" && part[2].Kind is FilterTokenKind.Text) _user = part[2].Text;
            if (part[0].Text == date && part[1].Text is "ge" or "gt" && part[2].Kind is FilterTokenKind.Value) _from = GraphTime.Parse(part[2].Text);
        }
    }

    public bool MayPass(JObject entry) => (_user is null || JsonText.Of(entry, "userId") is not { } user || user.Equals(_user, StringComparison.OrdinalIgnoreCase)) && (_from is null || !(GraphTime.Parse(JsonText.Of(entry, _date)) < _from));

    /// <summary>The parts that all have to hold; none where the outermost is an "or".</summary>
    private static IReadOnlyList<IReadOnlyList<FilterToken>> Conjuncts(IReadOnlyList<FilterToken> tokens)
    {
        var parts = new List<List<FilterToken>> { new() };
        var depth = 0;
        foreach (var token in tokens.Where(t => t.Kind is not FilterTokenKind.End))
        {
            if (token is { Kind: FilterTokenKind.Sign, Text: "(" }) depth++;
            if (token is { Kind: FilterTokenKind.Sign, Text: ")" }) depth--;
            var isWord = depth == 0 && token.Kind is FilterTokenKind.Name;
            if (isWord && token.Text.Equals("or", StringComparison.OrdinalIgnoreCase)) return [];
            if (isWord && token.Text.Equals("and", StringComparison.OrdinalIgnoreCase)) parts.Add([]);
            else parts[parts.Count - 1].Add(token);
        }
        return parts;
    }
}
