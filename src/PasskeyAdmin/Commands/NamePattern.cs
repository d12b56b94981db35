using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace PasskeyAdmin.Commands;

/// <summary>Patterns with wildcards, checked when they are made and not when they are first used.</summary>
internal static class NamePattern
{
    /// <summary>Whether a name is meant by what was typed: by itself, as the escaped form of a name, or as a pattern.</summary>
    /// <exception cref="PasskeyAdminException">With the id given, for a pattern that cannot be understood and is no name either.</exception>
    public static List<T> Find<T>(string typed, IEnumerable<T> items, Func<T, IEnumerable<string?>> names, string errorId)
    {
        // Something may be called "Admins [EU]": its own name always means it.
        var plain = WildcardPattern.Unescape(typed);
        var exact = items.Where(i => names(i).Any(n => string.Equals(n, typed, StringComparison.OrdinalIgnoreCase) || string.Equals(n, plain, StringComparison.OrdinalIgnoreCase))).ToList();
        if (exact.Count > 0 || !WildcardPattern.ContainsWildcardCharacters(typed)) return exact;
        var matches = Matcher(typed, errorId);
        return [.. items.Where(i => names(i).OfType<string>().Any(matches))];
    }

    /// <exception cref="PasskeyAdminException">With the id given, for a pattern that cannot be understood.</exception>
    public static Func<string, bool> Matcher(string text, string errorId)
    {
        var pattern = WildcardPattern.Get(text, WildcardOptions.IgnoreCase);
        try
        {
            pattern.IsMatch("");
        }
        catch (WildcardPatternException e)
        {
            throw new PasskeyAdminException(ErrorKind.InvalidArgument, errorId, $"'{DisplayText.Neutralise(text)}' is no valid pattern: a bracket is not closed. Write `[ for the character itself.", e);
        }
        return pattern.IsMatch;
    }
}
