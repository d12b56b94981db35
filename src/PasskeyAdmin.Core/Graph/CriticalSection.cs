using System;
using System.Threading;
using System.Threading.Tasks;

namespace PasskeyAdmin.Graph;

/// <summary>The time between a write and knowing what came of it: when the user stops the command, it still goes on for a while.</summary>
internal sealed class CriticalSection : IDisposable
{
    private readonly CancellationTokenSource _over = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly CancellationTokenRegistration _registration;
    private readonly Action _left;

    public CriticalSection(GraphTraffic traffic, Action left, CancellationToken stop)
    {
        _left = left;
        _registration = stop.Register(() => _ = EndAsync(traffic));
    }

    /// <summary>Cancelled when the command was stopped and the time after that is up.</summary>
    public CancellationToken Token => _over.Token;

    public void Dispose()
    {
        _registration.Dispose();
        _ended.Cancel();
        _left();
    }

    private async Task EndAsync(GraphTraffic traffic)
    {
        try
        {
            await traffic.DelayAsync(GraphSender.Grace, _ended.Token).ConfigureAwait(false);
            _over.Cancel();
        }
        catch (OperationCanceledException)
        {
            // It was over before.
        }
    }
}
