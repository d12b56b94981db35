using System;
using System.Collections.Generic;
using System.Management.Automation;
using PasskeyAdmin.Devices;

namespace PasskeyAdmin.Commands;

/// <summary>Counts how ready devices are.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "PasskeyDeviceReadiness", DefaultParameterSetName = InputObjectSet)]
[OutputType(typeof(DeviceReadinessSummary), typeof(DeviceDuplicate))]
public sealed class MeasurePasskeyDeviceReadinessCommand : ReadinessCmdlet
{
    private readonly DuplicateFinder _duplicates = new();
    private ReadinessCounter _counter = null!;

    [Parameter]
    public MeasureBy By { get; set; }

    [Parameter]
    [ValidateRange(1, 36500)]
    public int? StaleAfter { get; set; }

    [Parameter]
    public SwitchParameter DuplicateReport { get; set; }

    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (DuplicateReport && (IsBound(nameof(By)) || StaleAfter is not null))
        {
            ThrowTerminatingError(new PasskeyAdminException(ErrorKind.InvalidArgument, "DuplicateReportAlone",
                "-DuplicateReport gives devices instead of numbers. Leave -By and -StaleAfter out, or run the command once with them and once without.").ToErrorRecord(null));
        }
        _counter = new ReadinessCounter(Asked, By, StaleAfter is { } days ? DateTimeOffset.UtcNow.AddDays(-days) : null);
    }

    protected override void EndProcessing()
    {
        base.EndProcessing();
        if (DuplicateReport)
        {
            WriteObject(_duplicates.Duplicates(), enumerateCollection: true);
            if (_duplicates.NotCompared > 0) WriteWarning($"{_duplicates.NotCompared:N0} devices have neither an id nor a name that tells them from others, and could not be compared.");
        }
        else foreach (var row in _counter.Summarize()) WriteObject(WithView(row));
    }

    /// <summary>Marks the row for the table that has the columns in question; empty columns only confuse.</summary>
    private static PSObject WithView(DeviceReadinessSummary row)
    {
        var view = (row.By is MeasureBy.User ? "User" : "") + (row.Stale is null ? "" : "Stale");
        var marked = PSObject.AsPSObject(row);
        if (view.Length > 0) marked.TypeNames.Insert(0, $"{typeof(DeviceReadinessSummary).FullName}#{view}");
        return marked;
    }

    private protected override IReadOnlyCollection<InventoryField> Fields => DuplicateReport ? DuplicateFinder.Fields : ReadinessSummarizer.FieldsOf(By, StaleAfter is not null);

    private protected override void Write(Device device, ReadinessVerdict verdict, DeviceReadiness? judged)
    {
        if (DuplicateReport) _duplicates.Add(device);
        else _counter.Add(device, verdict);
    }

    private protected override void TakeFiles(InventoryInput input, IEnumerable<string> paths, bool isLiteral)
    {
        if (DuplicateReport) base.TakeFiles(input, paths, isLiteral);
        else input.CountPaths(paths, isLiteral, _counter);
    }
}
