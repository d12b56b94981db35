using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Changes;

/// <summary>
/// Providers as a file names them: a family of the catalogue by its name, where the list has just the models that the name stands for; else each model as <c>YubiKey 5 NFC (2fc0579f-…)</c>, of which the id
/// counts and the name is for people.
/// </summary>
internal sealed class DesiredProviders(ProviderCatalog catalog)
{
    private const int LengthOfId = 36;

    /// <summary>The names for a list of AAGUIDs, by the alphabet.</summary>
    /// <param name="isToPass">Whether the list lets in: then a name leaves out models that nobody vouches for.</param>
    public IReadOnlyList<string> NamesOf(IEnumerable<Guid> aaGuids, bool isToPass)
    {
        var names = new List<string>();
        foreach (var family in aaGuids.Distinct().Select(a => (AaGuid: a, Provider: catalog.Find(a))).GroupBy(a => a.Provider.IsKnown ? a.Provider.Name : ""))
        {
            var listed = new HashSet<Guid>(family.Select(f => f.AaGuid));
            // What was imported for one session is not known to the next.
            if (family.Key.Length > 0 && family.First().Provider.IsBuiltIn && Stands(family.Key, isToPass) is { } all && listed.SetEquals(all)) names.Add(family.Key);
            else names.AddRange(family.Select(f => f.Provider.IsKnown ? $"{NameOf(f.Provider)} ({f.AaGuid})" : f.AaGuid.ToString()));
        }
        return [.. names.OrderBy(n => n, StringComparer.OrdinalIgnoreCase).ThenBy(n => n, StringComparer.Ordinal)];
    }

    /// <summary>What a name stands for.</summary>
    /// <exception cref="PasskeyAdminException"><c>ProviderNotFound</c>, <c>ProviderNotVerified</c>.</exception>
    public ProviderSelection Find(string text, bool isToPass) => ProviderSelection.Of([Name(IdOf(text) ?? text.Trim())], catalog, isToPass);

    private IReadOnlyList<Guid>? Stands(string family, bool isToPass)
    {
        try
        {
            return ProviderSelection.Of([Name(family)], catalog, isToPass).AaGuids;
        }
        catch (PasskeyAdminException)
        {
            // Nobody vouches for it any more: a name would let nothing in.
            return null;
        }
    }

    private static string NameOf(PasskeyProvider one) => DisplayText.Neutralise(one.Authenticator[0].Name);

    /// <summary>To the letter: a pattern in a file would let in what comes later.</summary>
    private static ProviderName Name(string text) => new(text, IsPattern: false, name => name.Equals(text, StringComparison.OrdinalIgnoreCase));

    private static string? IdOf(string text)
    {
        var trimmed = text.TrimEnd();
        if (trimmed.Length < LengthOfId + 2 || trimmed[trimmed.Length - 1] is not ')' || trimmed[trimmed.Length - LengthOfId - 2] is not '(') return null;
        var id = trimmed.Substring(trimmed.Length - LengthOfId - 1, LengthOfId);
        return Guid.TryParseExact(id, "D", out _) ? id : null;
    }
}
