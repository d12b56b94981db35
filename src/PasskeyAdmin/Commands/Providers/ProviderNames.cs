using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Commands;

/// <summary>Reads the names of providers as users type them.</summary>
internal static class ProviderNames
{
    /// <exception cref="PasskeyAdminException"><c>ProviderNameInvalid</c>.</exception>
    public static ProviderName Parse(string text) => new(text, WildcardPattern.ContainsWildcardCharacters(text), NamePattern.Matcher(text, "ProviderNameInvalid"));

    public static IEnumerable<ProviderName> Parse(IEnumerable<string> texts) => texts.Select(Parse);
}
