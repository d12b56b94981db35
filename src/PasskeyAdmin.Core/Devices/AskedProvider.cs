using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Devices;

/// <summary>A provider that a readiness question is about, with the cells that speak for it.</summary>
/// <param name="Name">What the user called it.</param>
/// <param name="Cells">Null where the matrix says nothing about it.</param>
internal sealed record AskedProvider(string Name, IReadOnlyList<RequirementCell>? Cells)
{
    /// <summary>All rows of the matrix that are about these passkey types.</summary>
    public static IReadOnlyList<AskedProvider> All(RequirementMatrix matrix, PasskeyTypes types) =>
        [.. matrix.ProviderNames.Select(name => Row(matrix, name, name, types)).Where(p => p.Cells is not null)];

    /// <summary>The rows that some names mean, directly or through the catalogue (1Password stands in the row of the other providers).</summary>
    /// <param name="types">Null to take the types that the providers have.</param>
    /// <exception cref="PasskeyAdminException"><c>ProviderNotFound</c>.</exception>
    public static IReadOnlyList<AskedProvider> Named(RequirementMatrix matrix, ProviderCatalog catalog, IEnumerable<ProviderName> names, PasskeyTypes? types)
    {
        var asked = new List<AskedProvider>();
        foreach (var name in names)
        {
            var rows = matrix.ProviderNames.Where(name.Matches).Select(row => Row(matrix, row, row, types)).ToList();
            var known = rows.Select(r => r.Name).ToList();
            // A name in full means that provider, also where it stands in a row with others; a pattern does not repeat rows it has found.
            var others = name.Find(catalog).Where(p => !known.Contains(p.Requirement ?? p.Name, StringComparer.OrdinalIgnoreCase))
                .Select(p => p.Requirement is null ? new AskedProvider(p.Name, null) : Row(matrix, p.Requirement, p.Name, types)).ToList();
            if (rows.Count + others.Count == 0) throw name.NotFound([.. matrix.ProviderNames, .. catalog.Providers.Select(p => p.Name)]);
            rows.AddRange(name.IsPattern && (rows.Count > 0 || others.Any(o => o.Cells is not null)) ? others.Where(o => o.Cells is not null) : others);
            asked.AddRange(rows.Where(r => !asked.Any(a => a.Name.Equals(r.Name, StringComparison.OrdinalIgnoreCase))));
        }
        return asked;
    }

    private static AskedProvider Row(RequirementMatrix matrix, string row, string shownName, PasskeyTypes? types)
    {
        RequirementCell[] cells = [.. matrix.Cells.Where(c => c.Provider.Equals(row, StringComparison.OrdinalIgnoreCase) && (types is null || (types & c.PasskeyType) != 0))];
        return new AskedProvider(shownName, cells.Length > 0 ? cells : null);
    }
}
