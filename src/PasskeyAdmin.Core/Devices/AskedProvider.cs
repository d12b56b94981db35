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
        [.. matrix.ProviderNames.Select(name => new AskedProvider(name, [.. matrix.Cells.Where(c => c.Provider.Equals(name, StringComparison.OrdinalIgnoreCase))]).Only(types)).OfType<AskedProvider>()];

    /// <summary>The rows that some names mean, directly or through the catalogue (1Password stands in the row of the other providers).</summary>
    /// <param name="types">Null to take the types that the providers have.</param>
    /// <exception cref="PasskeyAdminException"><c>ProviderNotFound</c>, <c>ProviderTypeMismatch</c>.</exception>
    public static IReadOnlyList<AskedProvider> Named(RequirementMatrix matrix, ProviderCatalog catalog, IEnumerable<ProviderName> names, PasskeyTypes? types)
    {
        var asked = new List<AskedProvider>();
        foreach (var name in names)
        {
            // Google* means Google Password Manager, not Google's security keys as well: the catalogue is asked only where no row has the name.
            var found = matrix.ProviderNames.Where(name.Matches).Select(row => new AskedProvider(row, CellsOf(matrix, row, RequirementOf(catalog, row)))).ToList();
            if (found.Count == 0) found.AddRange(name.Find(catalog).Select(p => new AskedProvider(p.Name, CellsOf(matrix, p.Name, p.Requirement))));
            if (found.Count == 0) throw name.NotFound([.. matrix.ProviderNames, .. catalog.Providers.Select(p => p.Name)]);
            var ofType = found.Select(f => f.Only(types)).OfType<AskedProvider>().ToList();
            if (ofType.Count == 0)
                throw new PasskeyAdminException(ErrorKind.InvalidArgument, "ProviderTypeMismatch", $"{found[0].Name} makes no {types} passkeys. Leave -TargetType out, or name another provider.");
            asked.AddRange(ofType.Where(f => !asked.Any(a => a.Name.Equals(f.Name, StringComparison.OrdinalIgnoreCase))));
        }
        return asked;
    }

    private static string? RequirementOf(ProviderCatalog catalog, string name) =>
        catalog.Providers.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Requirement;

    /// <summary>The cells of a provider's own name, and where it has none for a platform, those of the row that it stands in; null where there are none.</summary>
    public static IReadOnlyList<RequirementCell>? CellsOf(RequirementMatrix matrix, string name, string? requirement)
    {
        var own = matrix.Cells.Where(c => c.Provider.Equals(name, StringComparison.OrdinalIgnoreCase)).ToList();
        var shared = matrix.Cells.Where(c => c.Provider.Equals(requirement, StringComparison.OrdinalIgnoreCase) && !own.Any(o => o.Platform == c.Platform && o.PasskeyType == c.PasskeyType));
        RequirementCell[] cells = [.. own, .. shared];
        return cells.Length > 0 ? cells : null;
    }

    /// <summary>With the cells of some types only; null where it has cells, and none of these types.</summary>
    public AskedProvider? Only(PasskeyTypes? types) => types is null ? this : Where(c => (types & c.PasskeyType) != 0 ? c : null);

    /// <summary>With its cells changed.</summary>
    public AskedProvider With(Func<RequirementCell, RequirementCell> change) => this with { Cells = Cells is null ? null : [.. Cells.Select(change)] };

    /// <summary>With what is left of its cells; null where it has cells, and none of them is left.</summary>
    public AskedProvider? Where(Func<RequirementCell, RequirementCell?> leave)
    {
        if (Cells is null) return this;
        RequirementCell[] cells = [.. Cells.Select(leave).OfType<RequirementCell>()];
        return cells.Length > 0 ? this with { Cells = cells } : null;
    }
}
