using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace PasskeyAdmin.Providers;

/// <summary>The metadata that was imported so far, by file. Immutable: an import makes a new one.</summary>
internal sealed class ProviderImports
{
    private static readonly StringComparison PathComparison = Path.DirectorySeparatorChar is '\\' ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    private readonly IReadOnlyList<(string Path, IReadOnlyList<PasskeyProviderMetadata> Entries)> _files;

    private ProviderImports(IReadOnlyList<(string, IReadOnlyList<PasskeyProviderMetadata>)> files) => _files = files;

    public static ProviderImports None { get; } = new([]);

    /// <summary>Each AAGUID once: what is verified goes before what is not, then the later import before the earlier.</summary>
    public IReadOnlyList<PasskeyProviderMetadata> Entries =>
        [.. _files.Reverse().SelectMany(f => f.Entries).GroupBy(e => e.AaGuid).Select(g => g.OrderByDescending(e => e.Verification).First())];

    /// <summary>With a file more, in the place of an earlier import of the same file.</summary>
    /// <param name="path">In full.</param>
    public ProviderImports With(string path, IReadOnlyList<PasskeyProviderMetadata> entries) => new([.. _files.Where(f => !f.Path.Equals(path, PathComparison)), (path, entries)]);
}
