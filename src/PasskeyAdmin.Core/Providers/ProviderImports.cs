using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace PasskeyAdmin.Providers;

/// <summary>The metadata that was imported so far, by file. Immutable: an import makes a new one.</summary>
internal sealed class ProviderImports
{
    private static readonly StringComparison PathComparison = Path.DirectorySeparatorChar is '\\' ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    private readonly IReadOnlyList<Import> _files;

    private readonly Lazy<IReadOnlyList<PasskeyProviderMetadata>> _entries;

    private ProviderImports(IReadOnlyList<Import> files)
    {
        _files = files;
        // A catalogue is made for each command, and a file may hold 100,000 entries.
        _entries = new(() => [.. files.Reverse().SelectMany(f => f.Entries).GroupBy(e => e.AaGuid).Select(g => g.OrderByDescending(e => e.IsVerified).ThenByDescending(Number).First())]);
    }

    public static ProviderImports None { get; } = new([]);

    /// <summary>Each AAGUID once: what is verified goes before what is not, then the blob with the higher number, then the later import.</summary>
    public IReadOnlyList<PasskeyProviderMetadata> Entries => _entries.Value;

    /// <summary>
    /// With a file more, in the place of an earlier import of the same file; but what is verified stays beside what is not, and a newer blob beside an
    /// older one, so that exchanging a file takes no warning back.
    /// </summary>
    /// <param name="path">In full.</param>
    public ProviderImports With(string path, IReadOnlyList<PasskeyProviderMetadata> entries) =>
        new([.. _files.Where(f => !f.Path.Equals(path, PathComparison) || Outranks(f.Entries, entries)), new Import(path, entries)]);

    /// <summary>Whether something of a file is in force.</summary>
    public bool Has(string path) => _files.Any(f => f.Path.Equals(path, PathComparison));

    /// <summary>What an administrator must know who imports a file now, before <see cref="With"/>: sentences.</summary>
    public IEnumerable<string> Objections(string path, ProviderMetadataFile file)
    {
        var name = file.Origin.ShownName;
        if (_files.FirstOrDefault(f => file.Origin.IsVerified && file.Entries.Count > 0 && Outranks(f.Entries, file.Entries))?.Entries is { } newer)
            yield return $"{name} is older (number {file.Origin.Number}) than what was imported of {newer[0].Source} (number {newer[0].BlobNumber}), which goes on holding for the AAGUIDs that it has. {ClearHint}";
        else if (_files.FirstOrDefault(f => f.Path.Equals(path, PathComparison) && Outranks(f.Entries, file.Entries)) is not null)
            yield return $"{name} was verified when it was imported before, and what it said then goes on holding. {ClearHint}";
        var earlier = _files.Where(f => !f.Path.Equals(path, PathComparison)).SelectMany(f => f.Entries).GroupBy(e => e.AaGuid).ToDictionary(g => g.Key, g => g.Last());
        var others = file.Entries.Where(e => earlier.TryGetValue(e.AaGuid, out var old) && old.IsVerified == e.IsVerified && Number(old) == Number(e) && !old.Name.Equals(e.Name, StringComparison.OrdinalIgnoreCase)).ToList();
        if (others.Count > 0)
            yield return $"{name} names {(others.Count == 1 ? "an AAGUID" : $"{others.Count:N0} AAGUIDs")} otherwise than {earlier[others[0].AaGuid].Source}, and the later import counts: {others[0].AaGuid} is {others[0].Name}, not {earlier[others[0].AaGuid].Name}.";
    }

    /// <summary>How to be rid of what was imported, for messages.</summary>
    public static string ClearHint => $"{ClearCommand} forgets all imports.";

    public static string ClearCommand => "Import-PasskeyProviderMetadata -Clear";

    private static bool Outranks(IReadOnlyList<PasskeyProviderMetadata> one, IReadOnlyList<PasskeyProviderMetadata> other) =>
        one.Count > 0 && one[0].IsVerified && (other.Count == 0 || !other[0].IsVerified || Number(one[0]) > Number(other[0]));

    private static long Number(PasskeyProviderMetadata entry) => entry.BlobNumber ?? -1;

    private sealed record Import(string Path, IReadOnlyList<PasskeyProviderMetadata> Entries);
}
