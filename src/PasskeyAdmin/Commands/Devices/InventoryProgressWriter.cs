using System;
using System.Globalization;
using System.Management.Automation;
using PasskeyAdmin.Devices;

namespace PasskeyAdmin.Commands;

/// <summary>Shows how far reading has come. Called on the pipeline thread; silent for what is done within a second.</summary>
internal sealed class InventoryProgressWriter(Cmdlet cmdlet) : IProgress<InventoryProgress>
{
    private readonly ProgressBar _bar = new(cmdlet, 0x50);

    public void Report(InventoryProgress value)
    {
        if (!_bar.IsDue) return;
        var share = value.BytesTotal is > 0 and { } total ? (double)value.BytesRead / total : (double?)null;
        _bar.Show($"Reading {value.FileName}", string.Format(CultureInfo.CurrentCulture, "{0:N0} rows", value.Rows), share is { } s ? (int)Math.Min(100, s * 100) : -1,
            share is > 0.01 ? (int)(_bar.Elapsed.TotalSeconds * (1 - share.Value) / share.Value) : -1);
    }

    /// <summary>Takes the bar away, if there is one.</summary>
    public void Complete() => _bar.Complete();
}
