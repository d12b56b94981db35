using System;
using System.Threading;
using System.Threading.Tasks;

namespace PasskeyAdmin.Commands;

/// <summary>The time of this machine.</summary>
internal sealed class SystemClock : IClock
{
    public DateTimeOffset UtcNow => DateTimeOffset.UtcNow;

    public Task Delay(TimeSpan time, CancellationToken token) => Task.Delay(time, token);
}
