using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Providers;

/// <summary>
/// Makes providers of imported metadata. The file names models and not families, so each name becomes a provider. What is not verified shows it in its
/// name, and no name is that of another provider or model: a file must not be able to put an AAGUID of its own under a name that people trust.
/// </summary>
internal static class ImportedProviders
{
    private const string Unverified = " (unverified)";
    private const string Imported = " (imported)";

    public static IReadOnlyList<PasskeyProvider> Make(IReadOnlyList<PasskeyProvider> builtIn, ProviderImports imports)
    {
        var known = new HashSet<Guid>(builtIn.SelectMany(p => p.AaGuid));
        var names = new HashSet<string>(builtIn.SelectMany(p => p.Alias.Append(p.Name).Concat(p.Authenticator.Select(a => a.Name))), StringComparer.OrdinalIgnoreCase);
        return
        [
            .. imports.Entries.Where(e => !known.Contains(e.AaGuid) && e.IsNamed && e.AaGuid != Guid.Empty)
                .GroupBy(e => (e.Verification, Name: e.Name.ToUpperInvariant()))
                .OrderByDescending(g => g.Key.Verification).ThenBy(g => g.Key.Name, StringComparer.Ordinal)
                .Select(g => Make([.. g.OrderBy(e => e.AaGuid)], names)),
        ];
    }

    /// <summary>The providers of the module, with what verified metadata warns of.</summary>
    public static IEnumerable<PasskeyProvider> Warn(IReadOnlyList<PasskeyProvider> builtIn, ProviderImports imports)
    {
        var warnings = imports.Entries.Where(e => e.IsVerified && e.Warning is not null).ToDictionary(e => e.AaGuid, e => e.Warning!);
        return builtIn.Select(p => p.AaGuid.Any(warnings.ContainsKey) ? p.With([.. p.Authenticator.Select(a => warnings.TryGetValue(a.AaGuid, out var w) ? a.Warned(w) : a)]) : p);
    }

    private static PasskeyProvider Make(IReadOnlyList<PasskeyProviderMetadata> models, HashSet<string> names)
    {
        var plain = models[0].Name;
        var name = models[0].IsVerified ? plain : plain + Unverified;
        while (!names.Add(name)) name += Imported;
        // It can also be asked for by its plain name, unless that is taken.
        string[] alias = name != plain && names.Add(plain) ? [plain] : [];
        return new PasskeyProvider(name, null, alias, models.All(m => m.IsSecurityKey) ? KnownProviders.SecurityKeyRequirement : null, [.. models.Select(ToAuthenticator)]);
    }

    /// <summary>Verified metadata of a thing that one plugs in or holds near, and whose keys stay on it: a security key. Of others the type is not said.</summary>
    private static PasskeyAuthenticator ToAuthenticator(PasskeyProviderMetadata model) =>
        new(model.AaGuid, model.Name, model.IsSecurityKey ? PasskeyTypes.DeviceBound : PasskeyTypes.None, model.IsSecurityKey ? PasskeyTypeBasis.Expected : PasskeyTypeBasis.Unknown, model.Source, isPreProduction: false)
        {
            Verification = model.IsVerified ? AuthenticatorVerification.Verified : AuthenticatorVerification.Unverified,
            Warning = model.IsVerified ? model.Warning : null,
        };
}
