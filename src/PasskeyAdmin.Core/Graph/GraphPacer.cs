using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace PasskeyAdmin.Graph;

/// <summary>Lets requests of one throttle class leave no faster than Graph allows. Those who wait go in the order in which they came.</summary>
internal sealed class GraphPacer(ThrottleClass throttleClass, IClock clock) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Queue<DateTimeOffset> _left = new();
    private readonly object _gate = new();
    private DateTimeOffset _holdUntil = DateTimeOffset.MinValue;

    /// <summary>How many requests can leave at once.</summary>
    public int Burst { get; } = ThrottleClasses.LimitOf(throttleClass)?.Requests ?? int.MaxValue;

    /// <summary>Waits until so many requests may leave, and counts them.</summary>
    /// <param name="count">At most <see cref="Burst"/>. Requests in a batch count one by one.</param>
    public async Task EnterAsync(int count, CancellationToken token)
    {
        await _turn.WaitAsync(token).ConfigureAwait(false);
        try
        {
            while (TimeToWait(count) is var wait && wait > TimeSpan.Zero) await clock.Delay(wait, token).ConfigureAwait(false);
            if (Burst == int.MaxValue) return;
            for (var i = 0; i < count; i++) _left.Enqueue(clock.UtcNow);
            while (_left.Count > Burst) _left.Dequeue();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Graph asked for a pause: nothing of this class leaves before it is over.</summary>
    public void HoldUntil(DateTimeOffset time)
    {
        lock (_gate)
            if (time > _holdUntil) _holdUntil = time;
    }

    public void Dispose() => _turn.Dispose();

    private TimeSpan TimeToWait(int count)
    {
        var now = clock.UtcNow;
        DateTimeOffset free;
        lock (_gate) free = _holdUntil;
        if (ThrottleClasses.LimitOf(throttleClass) is { } limit && _left.Count + count > limit.Requests)
        {
            // The one that must have left the window before the last of these requests may enter it.
            var index = _left.Count + count - limit.Requests - 1;
            foreach (var time in _left)
                if (index-- == 0 && time + limit.Window > free) free = time + limit.Window;
        }
        return free - now;
    }
}
