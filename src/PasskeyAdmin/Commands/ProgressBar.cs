using System;
using System.Diagnostics;
using System.Management.Automation;

namespace PasskeyAdmin.Commands;

/// <summary>A bar of progress that does not flicker: none for what is done within a second, and then four times a second at most. For the pipeline thread.</summary>
internal sealed class ProgressBar(Cmdlet cmdlet, int activityId)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private TimeSpan _next = Patience;
    private string? _activity;

    public TimeSpan Elapsed => _watch.Elapsed;

    /// <summary>Whether it is time to show something; asked very often.</summary>
    public bool IsDue => _watch.Elapsed >= _next;

    /// <param name="percent">Minus one where that is not known.</param>
    /// <param name="secondsRemaining">Minus one where that is not known.</param>
    public void Show(string activity, string status, int percent, int secondsRemaining = -1)
    {
        _next = _watch.Elapsed + Pause;
        _activity = activity;
        cmdlet.WriteProgress(new ProgressRecord(activityId, activity, status) { PercentComplete = percent, SecondsRemaining = secondsRemaining });
    }

    /// <summary>Takes the bar away, if there is one.</summary>
    public void Complete()
    {
        if (_activity is null) return;
        cmdlet.WriteProgress(new ProgressRecord(activityId, _activity, "Done") { RecordType = ProgressRecordType.Completed });
        _activity = null;
    }
}
