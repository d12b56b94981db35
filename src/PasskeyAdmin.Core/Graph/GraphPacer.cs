using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace PasskeyAdmin.Graph;

#pragma warning disable CA1001 // A semaphore whose wait handle nobody asks for has nothing to give back.
/// <summary>
/// Lets requests of one throttle class leave no faster than Graph allows, and no more of them be under way than is good. Those who wait go in the order in
/// which they came.
/// </summary>
/// <param name="isPaced">Whether there is a limit at all: a sandbox has none.</param>
internal sealed class GraphPacer(ThrottleClass throttleClass, IClock clock, bool isPaced = true)
{
    private readonly SemaphoreSlim _slots = new(GraphTraffic.MaximumInFlight);
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Queue<TimeSpan> _left = new();
    private readonly object _gate = new();
    private readonly (int Requests, TimeSpan Window)? _limit = isPaced ? ThrottleClasses.LimitOf(throttleClass) : null;
    private TimeSpan _holdUntil = TimeSpan.MinValue;

    /// <summary>How many requests can leave at once.</summary>
    public int Burst => _limit?.Requests ?? int.MaxValue;

    /// <summary>Waits until so many requests may leave, and counts them. The slot comes first: whoever is counted leaves at once.</summary>
    /// <param name="count">At most <see cref="Burst"/>. Requests in a batch count one by one.</param>
    /// <returns>Null where they may leave; how long Graph wants nothing of this class, where that is too long to sit and wait.</returns>
    public async Task<TimeSpan?> EnterAsync(int count, GraphLog log, CancellationToken token)
    {
        await _slots.WaitAsync(token).ConfigureAwait(false);
        var isIn = false;
        try
        {
            await _turn.WaitAsync(token).ConfigureAwait(false);
            try
            {
                while (TimeToWait(count) is var wait && wait > TimeSpan.Zero)
                {
                    if (wait > GraphTraffic.LongestWait) return wait;
                    log.AddPause(wait, $"because Microsoft Graph takes no more requests of this kind ({throttleClass}) before");
                    await clock.Delay(wait, token).ConfigureAwait(false);
                }
                if (Burst < int.MaxValue)
                {
                    for (var i = 0; i < count; i++) _left.Enqueue(clock.Elapsed);
                    while (_left.Count > Burst) _left.Dequeue();
                }
                isIn = true;
                return null;
            }
            finally
            {
                _turn.Release();
            }
        }
        finally
        {
            if (!isIn) _slots.Release();
        }
    }

    /// <summary>What entered is answered, or given up.</summary>
    public void Leave() => _slots.Release();

    /// <summary>Graph asked for a pause: nothing of this class leaves before it is over.</summary>
    public void Hold(TimeSpan time)
    {
        var until = clock.Elapsed + time;
        lock (_gate)
            if (until > _holdUntil) _holdUntil = until;
    }

    private TimeSpan TimeToWait(int count)
    {
        TimeSpan free;
        lock (_gate) free = _holdUntil;
        if (_limit is { } limit && _left.Count + count > limit.Requests)
        {
            // The one that must have left the window before the last of these requests may enter it.
            var index = _left.Count + count - limit.Requests - 1;
            foreach (var time in _left)
                if (index-- == 0 && time + limit.Window > free) free = time + limit.Window;
        }
        var now = clock.Elapsed;
        return free > now ? free - now : TimeSpan.Zero;
    }
}
