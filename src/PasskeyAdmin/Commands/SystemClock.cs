using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace PasskeyAdmin.Commands;

/// <summary>The time of this machine.</summary>
internal sealed class SystemClock : IClock
{
    private readonly Stopwatch _running = Stopwatch.StartNew();

    public DateTimeOffset UtcNow => DateTimeOffset.UtcNow;

    public TimeSpan Elapsed => _running.Elapsed;

    public Task Delay(TimeSpan time, CancellationToken token) => Task.Delay(time, token);
}
