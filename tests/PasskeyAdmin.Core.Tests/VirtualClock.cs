using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace PasskeyAdmin.Core.Tests;

/// <summary>A clock on which a wait is over at once and time has passed all the same. Limits (how long something may take) only pass when a test says so.</summary>
internal sealed class VirtualClock(params TimeSpan[] limits) : IClock
{
    private static readonly DateTimeOffset Start = new(2026, 11, 26, 8, 0, 0, TimeSpan.Zero);

    private readonly object _gate = new();
    private readonly List<(DateTimeOffset Until, TaskCompletionSource Over)> _limits = [];
    private readonly List<TimeSpan> _waits = [];
    private TimeSpan _set;
    private (TimeSpan Limit, Action Action)? _onLimit;
    private DateTimeOffset _now = Start;

    public DateTimeOffset UtcNow
    {
        get
        {
            lock (_gate) return _now;
        }
    }

    public TimeSpan Elapsed => UtcNow - Start - _set;

    /// <summary>The waits so far, limits not among them.</summary>
    public IReadOnlyList<TimeSpan> Waits
    {
        get
        {
            lock (_gate) return [.. _waits];
        }
    }

    public Task Delay(TimeSpan time, CancellationToken token)
    {
        if (token.IsCancellationRequested) return Task.FromCanceled(token);
        lock (_gate)
        {
            if (limits.Contains(time))
            {
                var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                token.Register(() => over.TrySetCanceled(token));
                _limits.Add((_now + time, over));
                if (_onLimit is { } watched && watched.Limit == time) _ = Task.Run(watched.Action, CancellationToken.None);
                return over.Task;
            }
            _waits.Add(time);
            _now += time;
            return Task.CompletedTask;
        }
    }

    /// <summary>Sets the time of day, as a time server does.</summary>
    public void SetTime(TimeSpan difference)
    {
        lock (_gate) _now += difference;
        _set += difference;
    }

    /// <summary>Does something when a limit begins to run.</summary>
    public void OnLimit(TimeSpan limit, Action action) => _onLimit = (limit, action);

    public void Advance(TimeSpan time)
    {
        List<TaskCompletionSource> over;
        lock (_gate)
        {
            _now += time;
            over = [.. _limits.Where(l => l.Until <= _now).Select(l => l.Over)];
        }
        over.ForEach(o => o.TrySetResult());
    }
}
