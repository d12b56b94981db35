using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace PasskeyAdmin.Devices;

/// <summary>
/// Counts the devices of a large CSV file on several threads, each a part of it. The file is cut behind line feeds, which may lie inside quotation
/// marks: where the record before a cut does not end there, the later parts are thrown away and the file is read on in one. So the result is always
/// that of reading in one.
/// </summary>
internal sealed class InventoryParts
{
    /// <summary>Below this, a thread is not worth its start.</summary>
    private const long SmallestPart = 8 << 20;
    private const int SearchLength = 1 << 20;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly string _path;
    private readonly InventoryText _text;
    private readonly InventoryFile _file;
    private readonly ReadinessCounter _counter;
    private readonly Action<long, long> _report;
    private readonly CancellationToken _cancellationToken;
    private readonly List<InventoryPart> _parts = [];
    private int _done;
    private InventoryBytes? _rest;

    /// <param name="report">Told rows and bytes that were read, on the caller's thread.</param>
    public InventoryParts(string path, InventoryText text, InventoryFile file, ReadinessCounter counter, Action<long, long> report, CancellationToken cancellationToken)
    {
        (_path, _text, _file, _counter, _report, _cancellationToken) = (path, text, file, counter, report, cancellationToken);
    }

    /// <param name="threads">How many may work, the caller's among them.</param>
    /// <param name="smallestPart">Bytes; smaller in tests only.</param>
    /// <exception cref="PasskeyAdminException">As reading in one.</exception>
    public void Count(int threads, long smallestPart = SmallestPart)
    {
        var cuts = Cuts((int)Math.Min(threads, _text.PlainLength / smallestPart));
        if (cuts.Count > 0) _text.Utf8Bytes.End = cuts[0];
        var first = CsvInventory.Open(_text, _file, _cancellationToken);
        try
        {
            for (var i = 0; i < cuts.Count; i++)
                _parts.Add(new InventoryPart(_path, cuts[i], i + 1 < cuts.Count ? cuts[i + 1] - cuts[i] : long.MaxValue, first.Header, _file, _counter.CreateEmpty(), _cancellationToken));
            CountHere(first, _text.Utf8Bytes);
            AddParts(first.Header, first.Lines);
        }
        finally
        {
            foreach (var part in _parts) part.Close();
        }
    }

    private void AddParts(CsvHeader header, long lines)
    {
        for (; _done < _parts.Count; _done++)
        {
            var part = _parts[_done];
            while (!part.Counting.Wait((int)Pause.TotalMilliseconds, _cancellationToken)) Report();
            if (part.IsWhole)
            {
                foreach (var fault in part.Faults) _file.OnFault(lines + fault.Line, fault.Reason);
                if (part.DoubtfulRows > 0) _file.CountDoubtful(part.DoubtfulRows, lines + part.FirstDoubtfulLine);
                _file.AddRows(part.Rows);
                _file.HasWindows1252 |= part.HasWindows1252;
                _counter.Add(part.Counter);
                lines += part.Lines;
                if (part.WentOn) DropParts(_done + 1);
            }
            else
            {
                DropParts(_done);
                using var rest = _rest = InventoryBytes.Open(_path, _file.ShownName, part.Start);
                CountHere(CsvInventory.OpenPart(rest, _text.Encoding, _file, header, lines, _cancellationToken), rest);
            }
        }
    }

    private void CountHere(CsvInventory inventory, InventoryBytes bytes)
    {
        foreach (var device in inventory.Read())
        {
            _counter.Add(device);
            if (_file.Rows % InventoryReader.RowsBetweenReports != 0) continue;
            if (bytes.WentOn) DropParts(_done);
            Report();
        }
        if (bytes.WentOn) DropParts(_done);
    }

    /// <summary>Ends the parts that begin where no record begins.</summary>
    private void DropParts(int from)
    {
        foreach (var part in _parts.Skip(from)) part.Close();
        _parts.RemoveRange(from, _parts.Count - from);
    }

    private void Report() => _report(_file.Rows + _parts.Skip(_done).Sum(p => p.Rows), _text.Position + _parts.Sum(p => p.BytesRead) + (_rest?.Taken ?? 0));

    /// <summary>Where the later parts begin: behind the first line feed in each.</summary>
    private List<long> Cuts(int parts)
    {
        var cuts = new List<long>();
        if (parts < 2) return cuts;
        using var bytes = InputFile.Open(_path);
        var buffer = new byte[SearchLength];
        for (var i = 1; i < parts; i++)
        {
            bytes.Position = _text.PlainLength / parts * i;
            var start = bytes.Position;
            var feed = Array.IndexOf(buffer, (byte)'\n', 0, bytes.Read(buffer, 0, buffer.Length));
            if (feed >= 0 && start + feed + 1 < _text.PlainLength) cuts.Add(start + feed + 1);
        }
        return cuts;
    }
}
