using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace PasskeyAdmin.Devices;

/// <summary>
/// Reads devices on a thread of its own while the caller is busy with those before. Devices and faults come to the caller in the order of the file and
/// on the caller's thread.
/// </summary>
internal sealed class InventoryReadAhead : IDisposable
{
    private const int BatchesAhead = 4;

    /// <summary>The first devices come at once, later ones in larger numbers.</summary>
    private const int SmallestBatch = 1;
    private const int LargestBatch = 512;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(500);

    private readonly BlockingCollection<Batch> _batches = new(BatchesAhead);
    private readonly CancellationTokenSource _stop;
    private readonly Task _reading;
    private Batch _batch = new();
    private PasskeyAdminException? _failure;

    private InventoryReadAhead(Func<Action<InventoryRowFault>, CancellationToken, IEnumerable<Device>> read, CancellationToken cancellationToken)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _reading = Task.Run(() => ReadAll(read), CancellationToken.None);
    }

    /// <summary>The devices that a function reads. When the enumeration ends, for whatever reason, nothing is read any more.</summary>
    /// <param name="read">Given where to report faults, and when to stop. It runs on the other thread.</param>
    /// <param name="onFault">Told of faults on the caller's thread.</param>
    /// <exception cref="PasskeyAdminException">What ended the reading, when all that was read before was handed on.</exception>
    public static IEnumerable<Device> Read(
        Func<Action<InventoryRowFault>, CancellationToken, IEnumerable<Device>> read, Action<InventoryRowFault> onFault, CancellationToken cancellationToken)
    {
        using var ahead = new InventoryReadAhead(read, cancellationToken);
        foreach (var batch in ahead._batches.GetConsumingEnumerable(cancellationToken))
        {
            var fault = 0;
            foreach (var device in batch.Devices)
            {
                cancellationToken.ThrowIfCancellationRequested();
                for (; fault < batch.Faults.Count && batch.Faults[fault].Line < device.Line; fault++) onFault(batch.Faults[fault]);
                yield return device;
            }
            for (; fault < batch.Faults.Count; fault++) onFault(batch.Faults[fault]);
        }
        // A bug is not swallowed.
        ahead._reading.GetAwaiter().GetResult();
        if (ahead._failure is not null) throw ahead._failure;
    }

    public void Dispose()
    {
        _stop.Cancel();
        // So long a stop may take. A read that hangs in a pipe or on a share that went away ends when it ends; nobody listens to it any more.
        Task.WaitAny([_reading], LongestWait);
        _batches.Dispose();
        _stop.Dispose();
    }

    private void ReadAll(Func<Action<InventoryRowFault>, CancellationToken, IEnumerable<Device>> read)
    {
        try
        {
            var length = SmallestBatch;
            foreach (var device in read(KeepFault, _stop.Token))
            {
                _batch.Devices.Add(device);
                if (_batch.Devices.Count < length) continue;
                HandOn();
                length = Math.Min(length * 2, LargestBatch);
            }
            HandOn();
        }
        catch (PasskeyAdminException e)
        {
            _failure = e;
            HandOn();
        }
        catch (OperationCanceledException)
        {
            // Nobody waits for more.
        }
        finally
        {
            _batches.CompleteAdding();
        }
    }

    private void KeepFault(InventoryRowFault fault)
    {
        _batch.Faults.Add(fault);
        if (_batch.Faults.Count == LargestBatch) HandOn();
    }

    private void HandOn()
    {
        _batches.Add(_batch, _stop.Token);
        _batch = new Batch();
    }

    private sealed class Batch
    {
        public List<Device> Devices { get; } = [];

        public List<InventoryRowFault> Faults { get; } = [];
    }
}
