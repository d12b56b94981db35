using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Commands;

/// <summary>Reads the names of providers as users type them.</summary>
internal static class ProviderNames
{
    /// <exception cref="PasskeyAdminException"><c>ProviderNameInvalid</c>.</exception>
    public static ProviderName Parse(string text)
    {
        var pattern = WildcardPattern.Get(text, WildcardOptions.IgnoreCase);
        try
        {
            pattern.IsMatch("");
        }
        catch (WildcardPatternException e)
        {
            throw new PasskeyAdminException(ErrorKind.InvalidArgument, "ProviderNameInvalid", $"'{DisplayText.Neutralise(text)}' is no valid pattern: a bracket is not closed. Write `[ for the character itself.", e);
        }
        return new ProviderName(text, WildcardPattern.ContainsWildcardCharacters(text), pattern.IsMatch);
    }

    public static IEnumerable<ProviderName> Parse(IEnumerable<string> texts) => texts.Select(Parse);
}
