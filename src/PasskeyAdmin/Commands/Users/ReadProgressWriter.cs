using System;
using System.Globalization;
using System.Management.Automation;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Commands;

/// <summary>Shows how far reading a tenant has come, and says before what it will take. Called on the pipeline thread; no bar for what is done within a second.</summary>
internal sealed class ReadProgressWriter(Cmdlet cmdlet) : IProgress<ReadProgress>
{
    private readonly ProgressBar _bar = new(cmdlet, 0x51);

    /// <summary>What takes long is a warning, so that whoever does not want to wait can stop.</summary>
    public void Announce(ReadEstimate estimate)
    {
        if (estimate.IsNoticeable) cmdlet.WriteWarning(estimate.ToString());
        else cmdlet.WriteVerbose(estimate.ToString());
    }

    public void Report(ReadProgress value)
    {
        if (!_bar.IsDue) return;
        var done = value.Total is { } total ? string.Format(CultureInfo.CurrentCulture, "{0:N0} of {1:N0}", value.Done, total) : string.Format(CultureInfo.CurrentCulture, "{0:N0}", value.Done);
        _bar.Show(value.What, done, value.Total is > 0 and { } of ? (int)Math.Min(100, 100L * value.Done / of) : -1);
    }

    /// <summary>Takes the bar away, if there is one.</summary>
    public void Complete() => _bar.Complete();
}
