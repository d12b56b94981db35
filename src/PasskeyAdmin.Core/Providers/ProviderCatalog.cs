using System;
using System.Collections.Generic;
using System.IO;

namespace PasskeyAdmin.Providers;

/// <summary>
/// The providers that the module knows, grouped from published AAGUID lists (reference/aaguids.md), and possibly those of imported metadata. Immutable; load one and pass it on.
/// </summary>
public sealed class ProviderCatalog
{
    private readonly Lazy<Dictionary<Guid, (PasskeyProvider Provider, PasskeyAuthenticator Authenticator)>> _byAaGuid;

    internal ProviderCatalog(IReadOnlyList<PasskeyProvider> providers)
    {
        Providers = providers;
        _byAaGuid = new(ByAaGuid);
    }

    /// <summary>All providers: the big ones first, then by name, then those of imported metadata.</summary>
    public IReadOnlyList<PasskeyProvider> Providers { get; }

    /// <summary>The catalogue that is built into the module.</summary>
    public static ProviderCatalog LoadBuiltIn()
    {
        using var stream = typeof(ProviderCatalog).Assembly.GetManifestResourceStream("providers.json")!;
        using var reader = new StreamReader(stream);
        return new ProviderCatalog(ProviderCatalogJson.Read(reader));
    }

    /// <summary>This catalogue with imported metadata behind it. What it has itself stays as it is, but for what verified metadata warns of.</summary>
    internal ProviderCatalog With(ProviderImports imports) => new([.. ImportedProviders.Warn(Providers, imports), .. ImportedProviders.Make(Providers, imports)]);

    /// <summary>
    /// The provider of an AAGUID, reduced to the one authenticator asked about. An AAGUID that the catalogue does not have is answered by a
    /// provider whose <see cref="PasskeyProvider.IsKnown"/> is false.
    /// </summary>
    public PasskeyProvider Find(Guid aaGuid) =>
        _byAaGuid.Value.TryGetValue(aaGuid, out var found)
            ? found.Provider.Only(found.Authenticator)
            : new PasskeyProvider("Unknown provider", null, [], null,
                [new PasskeyAuthenticator(aaGuid, "Unknown authenticator", PasskeyTypes.None, PasskeyTypeBasis.Unknown, null, false)]);

    private Dictionary<Guid, (PasskeyProvider Provider, PasskeyAuthenticator Authenticator)> ByAaGuid()
    {
        var found = new Dictionary<Guid, (PasskeyProvider Provider, PasskeyAuthenticator Authenticator)>();
        foreach (var provider in Providers)
            foreach (var authenticator in provider.Authenticator)
                found.Add(authenticator.AaGuid, (provider, authenticator));
        return found;
    }
}
