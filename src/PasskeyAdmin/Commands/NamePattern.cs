using System;
using System.Management.Automation;

namespace PasskeyAdmin.Commands;

/// <summary>Patterns with wildcards, checked when they are made and not when they are first used.</summary>
internal static class NamePattern
{
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
