using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Commands;

/// <summary>Reads the names of providers as users type them.</summary>
internal static class ProviderNames
{
    public static ProviderName Parse(string text)
    {
        var pattern = WildcardPattern.Get(text, WildcardOptions.IgnoreCase);
        return new ProviderName(text, WildcardPattern.ContainsWildcardCharacters(text), pattern.IsMatch);
    }

    public static IEnumerable<ProviderName> Parse(IEnumerable<string> texts) => texts.Select(Parse);
}
