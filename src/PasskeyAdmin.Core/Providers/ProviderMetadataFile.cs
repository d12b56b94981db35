using System.Collections.Generic;

namespace PasskeyAdmin.Providers;

/// <summary>A file of metadata, read.</summary>
internal sealed record ProviderMetadataFile(MetadataOrigin Origin, IReadOnlyList<PasskeyProviderMetadata> Entries)
{
    /// <summary>The first of them.</summary>
    public IReadOnlyList<ProviderMetadataFault> Faults { get; init; } = [];

    /// <summary>How many there are.</summary>
    public int FaultCount { get; init; }

    /// <summary>Entries without an AAGUID.</summary>
    public int Skipped { get; init; }

    /// <summary>Whether the service has published a newer blob by now.</summary>
    public bool? IsOutdated { get; init; }
}
