using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Benchmarks;

/// <summary>Nobody waits here: time passes by itself.</summary>
/// <param name="start">What it says at first.</param>
internal sealed class SkippingClock(DateTimeOffset start) : IClock
{
    private readonly Stopwatch _running = Stopwatch.StartNew();

    public TimeSpan Waited { get; private set; }

    /// <summary>Without the time that passed here, so that a second run asks for the same.</summary>
    public DateTimeOffset UtcNow => start + Waited;

    public TimeSpan Elapsed => Waited + _running.Elapsed;

    public Task Delay(TimeSpan time, CancellationToken token)
    {
        // Not the limit of a request, which runs beside it.
        if (time == GraphSender.RequestTimeout || time == GraphSender.Grace) return Task.Delay(time, token);
        Waited += time;
        return Task.CompletedTask;
    }
}
