using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Policy;

/// <summary>A provider in a list of AAGUIDs, and how much of it the list holds.</summary>
public sealed class PolicyProvider
{
    internal PolicyProvider(PasskeyProvider provider, IReadOnlyList<Guid> listed)
    {
        Name = provider.Name;
        IsKnown = provider.IsKnown;
        AaGuid = new JoinedList<Guid>(listed);
        AaGuidCount = provider.IsKnown ? provider.AaGuid.Count : listed.Count;
    }

    public string Name { get; }

    /// <summary>False where the module does not know the AAGUID.</summary>
    public bool IsKnown { get; }

    /// <summary>Those of its AAGUIDs that the list holds.</summary>
    public IReadOnlyList<Guid> AaGuid { get; }

    /// <summary>How many AAGUIDs the provider is known by altogether.</summary>
    public int AaGuidCount { get; }

    /// <summary>The AAGUIDs of a list by provider, in the order of the list.</summary>
    internal static IReadOnlyList<PolicyProvider> ListOf(IReadOnlyList<Guid> aaGuids, ProviderCatalog catalog)
    {
        var byName = catalog.Providers.ToDictionary(p => p.Name);
        return
        [
            .. aaGuids.Distinct().Select(a => (AaGuid: a, Provider: catalog.Find(a))).GroupBy(a => a.Provider.IsKnown ? a.Provider.Name : a.AaGuid.ToString())
                .Select(g => new PolicyProvider(byName.TryGetValue(g.Key, out var whole) ? whole : g.First().Provider, [.. g.Select(a => a.AaGuid)])),
        ];
    }

    public override string ToString() => !IsKnown ? $"{Name} ({string.Join(", ", AaGuid)})" : AaGuid.Count == AaGuidCount ? Name : $"{Name} ({AaGuid.Count} of {AaGuidCount} AAGUIDs)";
}
