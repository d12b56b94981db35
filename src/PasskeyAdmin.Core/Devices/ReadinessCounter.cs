using System;
using System.Collections.Generic;

namespace PasskeyAdmin.Devices;

/// <summary>Judges devices and counts the verdicts. Several can count parts of a fleet and be added up.</summary>
internal sealed class ReadinessCounter(IReadOnlyList<AskedProvider> asked, MeasureBy by, DateTimeOffset? staleBefore)
{
    private readonly ReadinessEvaluator _evaluator = new(asked);
    private readonly ReadinessSummarizer _summarizer = new(by, staleBefore);

    /// <summary>Another one for the same question, that has counted nothing.</summary>
    public ReadinessCounter CreateEmpty() => new(asked, by, staleBefore);

    public void Add(Device device) => _summarizer.Add(device, _evaluator.Evaluate(device.System));

    /// <summary>Adds a device that was judged, perhaps by another question.</summary>
    public void Add(Device device, ReadinessVerdict verdict) => _summarizer.Add(device, verdict);

    /// <summary>As the summarizer's.</summary>
    public bool HasOthers => _summarizer.HasOthers;

    public void Add(ReadinessCounter other) => _summarizer.Add(other._summarizer);

    public IReadOnlyList<DeviceReadinessSummary> Summarize() => _summarizer.Summarize();
}
