using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Devices;

/// <summary>
/// The platform matrix in force: provider × platform → requirement. The data and its sources are in <c>requirements.json</c>
/// (reference/device-requirements.md §1, §2 and the updates U1, U2 and U4 to U7; what U3 and U8 leave open is in no cell).
/// </summary>
public sealed class RequirementMatrix
{
    private readonly IReadOnlyList<RequirementCell> _cells;

    private RequirementMatrix(IReadOnlyList<RequirementCell> cells, RequirementBaseline baseline)
    {
        _cells = cells;
        Baseline = baseline;
    }

    public RequirementBaseline Baseline { get; }

    /// <summary>The cells, as objects to show.</summary>
    public IReadOnlyList<DeviceRequirement> Requirements => [.. _cells.Select(c => new DeviceRequirement(c, c.FileName ?? Baseline.ToString()))];

    internal IReadOnlyList<RequirementCell> Cells => _cells;

    /// <summary>The names of the rows, in the order of the matrix.</summary>
    internal IReadOnlyList<string> ProviderNames => [.. _cells.Select(c => c.Provider).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>One of the sets of requirements that are built into the module.</summary>
    public static RequirementMatrix LoadBuiltIn(RequirementBaseline baseline)
    {
        using var stream = typeof(RequirementMatrix).Assembly.GetManifestResourceStream("requirements.json")!;
        using var reader = new StreamReader(stream);
        var data = RequirementJson.ReadBuiltIn(reader);
        return new RequirementMatrix(baseline switch
        {
            RequirementBaseline.Extended => [.. data.Published, .. data.Extended],
            RequirementBaseline.FleetFloor => [.. data.Published.SelectMany(cell => Raise(cell, data.Floors))],
            _ => data.Published,
        }, baseline);
    }

    /// <summary>
    /// This matrix with the cells of a file. A file whose mode is <c>Replace</c> stands alone; one whose mode is <c>Extend</c> (the default)
    /// replaces the cells of the same provider, platform and passkey type and adds the others.
    /// </summary>
    /// <exception cref="PasskeyAdminException"><c>RequirementFileInvalid</c> with line and reason, or the errors of opening a file.</exception>
    public RequirementMatrix With(string path)
    {
        using var reader = new StreamReader(InputFile.Open(path));
        var file = RequirementJson.ReadFile(reader, Path.GetFileName(path));
        if (file.Replaces) return new RequirementMatrix(file.Cells, Baseline);
        var replaced = new HashSet<(string, DevicePlatform, PasskeyTypes)>(file.Cells.Select(c => c.Key));
        return new RequirementMatrix([.. _cells.Where(c => !replaced.Contains(c.Key)), .. file.Cells], Baseline);
    }

    private static IEnumerable<RequirementCell> Raise(RequirementCell cell, IReadOnlyList<RequirementFloor> floors)
    {
        var raised = floors.Where(f => f.Platform == cell.Platform).Select(cell.RaisedTo);
        return cell.Support is SupportKind.NotAvailable
            ? [cell]
            : raised.Where(c => c.BelowVersion is null || c.MinimumVersion is null || c.MinimumVersion < c.BelowVersion);
    }
}
