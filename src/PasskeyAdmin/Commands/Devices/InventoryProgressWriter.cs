using System;
using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using PasskeyAdmin.Devices;

namespace PasskeyAdmin.Commands;

/// <summary>Shows how far reading has come. Called on the pipeline thread; silent for what is done within a second.</summary>
internal sealed class InventoryProgressWriter(Cmdlet cmdlet) : IProgress<InventoryProgress>
{
    private const int ActivityId = 0x50;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private TimeSpan _next = Patience;
    private string? _activity;

    public void Report(InventoryProgress value)
    {
        if (_watch.Elapsed < _next) return;
        _next = _watch.Elapsed + Pause;
        _activity = $"Reading {value.FileName}";
        var share = value.BytesTotal is > 0 and { } total ? (double)value.BytesRead / total : (double?)null;
        var record = new ProgressRecord(ActivityId, _activity, string.Format(CultureInfo.CurrentCulture, "{0:N0} rows", value.Rows))
        {
            PercentComplete = share is { } s ? (int)Math.Min(100, s * 100) : -1,
        };
        if (share is > 0.01) record.SecondsRemaining = (int)(_watch.Elapsed.TotalSeconds * (1 - share.Value) / share.Value);
        cmdlet.WriteProgress(record);
    }

    /// <summary>Takes the bar away, if there is one.</summary>
    public void Complete()
    {
        if (_activity is null) return;
        cmdlet.WriteProgress(new ProgressRecord(ActivityId, _activity, "Done") { RecordType = ProgressRecordType.Completed });
        _activity = null;
    }
}
