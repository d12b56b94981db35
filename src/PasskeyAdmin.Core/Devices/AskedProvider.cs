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
            // Google* means Google Password Manager, not Google's security keys as well: the catalogue is asked only where no row has the name.
            var found = matrix.ProviderNames.Where(name.Matches).Select(row => Row(matrix, row, row, types)).ToList();
            if (found.Count == 0) found.AddRange(name.Find(catalog).Select(p => p.Requirement is null ? new AskedProvider(p.Name, null) : Row(matrix, p.Requirement, p.Name, types)));
            if (found.Count == 0) throw name.NotFound([.. matrix.ProviderNames, .. catalog.Providers.Select(p => p.Name)]);
            asked.AddRange(found.Where(f => !asked.Any(a => a.Name.Equals(f.Name, StringComparison.OrdinalIgnoreCase))));
        }
        return asked;
    }

    private static AskedProvider Row(RequirementMatrix matrix, string row, string shownName, PasskeyTypes? types)
    {
        RequirementCell[] cells = [.. matrix.Cells.Where(c => c.Provider.Equals(row, StringComparison.OrdinalIgnoreCase) && (types is null || (types & c.PasskeyType) != 0))];
        return new AskedProvider(shownName, cells.Length > 0 ? cells : null);
    }
}
