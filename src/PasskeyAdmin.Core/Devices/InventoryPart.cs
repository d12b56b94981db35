using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace PasskeyAdmin.Devices;

/// <summary>
/// A later part of a CSV file, counted on a thread of its own in the hope that a record begins where it begins. Whether that is so, the part before it
/// knows when it has come there.
/// </summary>
internal sealed class InventoryPart
{
    /// <summary>So many faults are kept until they can be reported in their order; a part with more is read again when its turn comes.</summary>
    private const int MostFaults = 1000;

    private readonly Windows1252Fallback _fallback = new();
    private readonly InventoryBytes _bytes;
    private readonly CsvInventory _inventory;
    private readonly InventoryFile _file;
    private readonly List<InventoryRowFault> _faults = [];
    private readonly CancellationTokenSource _stop;

    public InventoryPart(string path, long start, long length, CsvHeader header, InventoryFile whole, ReadinessCounter counter, CancellationToken cancellationToken)
    {
        (Start, Counter) = (start, counter);
        _bytes = InventoryBytes.Open(path, whole.ShownName, start);
        _bytes.End = length;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _file = new InventoryFile(whole.ShownName, whole.Names, KeepFault);
        _inventory = CsvInventory.OpenPart(_bytes, InventoryText.Utf8(_fallback), _file, header, linesBefore: 0, _stop.Token);
        Counting = Task.Run(Count, CancellationToken.None);
    }

    public Task Counting { get; }

    public long Start { get; }

    /// <summary>Whether all of it was read; where not, it must be read again.</summary>
    public bool IsWhole { get; private set; }

    public ReadinessCounter Counter { get; }

    public IReadOnlyList<InventoryRowFault> Faults => _faults;

    public bool HasWindows1252 => _fallback.WasUsed;

    /// <summary>Whether its last record ended behind its end.</summary>
    public bool WentOn => _bytes.WentOn;

    public long Lines => _inventory.Lines;

    public long DoubtfulRows => _file.DoubtfulRows;

    public long FirstDoubtfulLine => _file.FirstDoubtfulLine;

    public long Rows => _file.Rows;

    public long BytesRead => _bytes.Taken;

    /// <summary>Ends the counting, where it goes on, and closes the file.</summary>
    public void Close()
    {
        _stop.Cancel();
        Task.WaitAny(Counting);
        _bytes.Dispose();
        _stop.Dispose();
    }

    private void Count()
    {
        try
        {
            foreach (var device in _inventory.Read()) Counter.Add(device);
            IsWhole = !Counter.HasOthers;
        }
        catch (OperationCanceledException)
        {
            // Not whole.
        }
        catch (PasskeyAdminException)
        {
            // Not whole: the error comes again where it belongs, behind what stands before it.
        }
    }

    private void KeepFault(InventoryRowFault fault)
    {
        _faults.Add(fault);
        if (_faults.Count == MostFaults) throw new OperationCanceledException();
    }
}
