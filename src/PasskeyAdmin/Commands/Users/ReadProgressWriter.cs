using System;
using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Commands;

/// <summary>Shows how far reading a tenant has come, and says before what it will take. Called on the pipeline thread; no bar for what is done within a second.</summary>
internal sealed class ReadProgressWriter(Cmdlet cmdlet) : IProgress<ReadProgress>
{
    private const int ActivityId = 0x51;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private TimeSpan _next = Patience;
    private string? _activity;

    /// <summary>What takes long is a warning, so that whoever does not want to wait can stop.</summary>
    public void Announce(ReadEstimate estimate)
    {
        if (estimate.IsNoticeable) cmdlet.WriteWarning(estimate.ToString());
        else cmdlet.WriteVerbose(estimate.ToString());
    }

    public void Report(ReadProgress value)
    {
        if (_watch.Elapsed < _next) return;
        _next = _watch.Elapsed + Pause;
        _activity = value.What;
        var done = value.Total is { } total ? string.Format(CultureInfo.CurrentCulture, "{0:N0} of {1:N0}", value.Done, total) : string.Format(CultureInfo.CurrentCulture, "{0:N0}", value.Done);
        cmdlet.WriteProgress(new ProgressRecord(ActivityId, value.What, done) { PercentComplete = value.Total is > 0 and { } of ? (int)Math.Min(100, 100L * value.Done / of) : -1 });
    }

    /// <summary>Takes the bar away, if there is one.</summary>
    public void Complete()
    {
        if (_activity is null) return;
        cmdlet.WriteProgress(new ProgressRecord(ActivityId, _activity, "Done") { RecordType = ProgressRecordType.Completed });
        _activity = null;
    }
}
