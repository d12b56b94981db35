using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Providers;

/// <summary>A provider as a user names it: by name, alias or model, with or without wildcards, or by AAGUID.</summary>
/// <param name="Text">As typed.</param>
/// <param name="IsPattern">Whether it has wildcards.</param>
/// <param name="Matches">Whether a name is meant.</param>
internal sealed record ProviderName(string Text, bool IsPattern, Func<string, bool> Matches)
{
    public IEnumerable<PasskeyProvider> Find(ProviderCatalog catalog)
    {
        if (Guid.TryParse(Text, out var aaGuid)) return catalog.Find(aaGuid) is { IsKnown: true } provider ? [provider] : [];
        var byName = catalog.Providers.Where(p => p.IsBuiltIn && (Matches(p.Name) || p.Alias.Any(Matches))).ToList();
        List<PasskeyProvider> builtIn = byName.Count > 0 ? byName : [.. catalog.Providers.Where(p => p.IsBuiltIn && HasModel(p))];
        // A plain name that means something in the catalogue of the module means only that: no file takes it over.
        if (builtIn.Count > 0 && !IsPattern) return builtIn;
        return [.. builtIn, .. catalog.Providers.Where(p => !p.IsBuiltIn && (Matches(p.Name) || p.Alias.Any(Matches) || HasModel(p)))];
    }

    private bool HasModel(PasskeyProvider provider) => provider.Authenticator.Any(a => Matches(a.Name));

    /// <summary>The error for a name that means nobody.</summary>
    /// <param name="candidates">Names that would have been understood.</param>
    public PasskeyAdminException NotFound(IEnumerable<string> candidates) =>
        new(ErrorKind.NotFound, "ProviderNotFound",
            $"There is no passkey provider '{DisplayText.Neutralise(Text)}'. {NearNames.Question(Text, candidates, "Get-PasskeyProvider lists those that are known.")}")
        {
            RecommendedAction = "Get-PasskeyProvider",
        };
}
