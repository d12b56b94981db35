using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Providers;

/// <summary>
/// Makes providers of imported metadata. The file names models and not families, so each name becomes a provider. What is not verified shows it in its
/// name, and no name is that of another provider: a file must not be able to put an AAGUID of its own under a name that people trust.
/// </summary>
internal static class ImportedProviders
{
    private const string Unverified = " (unverified)";
    private const string Imported = " (imported)";

    public static IReadOnlyList<PasskeyProvider> Make(IReadOnlyList<PasskeyProvider> builtIn, ProviderImports imports)
    {
        var known = new HashSet<Guid>(builtIn.SelectMany(p => p.AaGuid));
        var names = new HashSet<string>(builtIn.SelectMany(p => p.Alias.Append(p.Name)), StringComparer.OrdinalIgnoreCase);
        return
        [
            .. imports.Entries.Where(e => !known.Contains(e.AaGuid))
                .GroupBy(e => (e.Verification, Name: e.Name.ToUpperInvariant()))
                .OrderByDescending(g => g.Key.Verification).ThenBy(g => g.Key.Name, StringComparer.Ordinal)
                .Select(g => Make([.. g.OrderBy(e => e.AaGuid)], names)),
        ];
    }

    private static PasskeyProvider Make(IReadOnlyList<PasskeyProviderMetadata> models, HashSet<string> names)
    {
        var plain = models[0].Name;
        var name = models[0].Verification is MetadataVerification.Verified ? plain : plain + Unverified;
        while (!names.Add(name)) name += Imported;
        // It can also be asked for by its plain name, unless that is taken.
        string[] alias = name != plain && names.Add(plain) ? [plain] : [];
        return new PasskeyProvider(name, null, alias, null, [.. models.Select(ToAuthenticator)]);
    }

    /// <summary>Metadata does not say whether the keys of a model are synced.</summary>
    private static PasskeyAuthenticator ToAuthenticator(PasskeyProviderMetadata model) =>
        new(model.AaGuid, model.Name, PasskeyTypes.None, PasskeyTypeBasis.Unknown, model.Source, isPreProduction: false)
        {
            Verification = model.Verification is MetadataVerification.Verified ? AuthenticatorVerification.Verified : AuthenticatorVerification.Unverified,
        };
}
