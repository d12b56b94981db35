using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading;

namespace PasskeyAdmin.Devices;

/// <summary>Reads the devices of a CSV inventory, or of a part of one: comma, semicolon or tab, with quoted line breaks.</summary>
internal sealed class CsvInventory
{
    private static readonly char[] Delimiters = [',', ';', '\t'];

    private readonly CsvRecords _records;
    private readonly Encoding _encoding;
    private readonly InventoryFile _file;
    private readonly FieldTexts _texts;
    private readonly DeviceFactory _factory;
    private readonly Func<int, string?> _column;
    private DeviceFields _taken = new();

    private CsvInventory(CsvRecords records, Encoding encoding, InventoryFile file, CsvHeader header)
    {
        (_records, _encoding, _file, Header) = (records, encoding, file, header);
        _records.Table = new CsvTable(header.Delimiter, header.Named, header.Count);
        _texts = new FieldTexts(encoding);
        _factory = new DeviceFactory { AssumedPlatform = header.Columns.AssumedPlatform };
        _column = Column;
    }

    public CsvHeader Header { get; }

    /// <summary>Lines that were gone through, those before a part among them.</summary>
    public long Lines => _records.Lines;

    /// <summary>A file, from the names of its columns on.</summary>
    /// <exception cref="PasskeyAdminException"><c>FileEmpty</c>, <c>InventoryColumnsUnrecognised</c>.</exception>
    public static CsvInventory Open(InventoryText text, InventoryFile file, CancellationToken cancellationToken)
    {
        var delimiter = FindDelimiter(text, out var hasLineBefore);
        var records = new CsvRecords(text.Utf8Bytes, delimiter, file.OnFault, cancellationToken);
        if (hasLineBefore) records.Read();
        if (!records.Read()) throw InventoryFile.Empty(file.ShownName);
        return new CsvInventory(records, text.Encoding, file, new CsvHeader([.. records.Texts(text.Encoding)], delimiter, file));
    }

    /// <summary>A later part of a file whose beginning another one reads.</summary>
    public static CsvInventory OpenPart(InventoryBytes part, Encoding encoding, InventoryFile file, CsvHeader header, long linesBefore, CancellationToken cancellationToken) =>
        new(new CsvRecords(part, header.Delimiter, file.OnFault, cancellationToken, linesBefore), encoding, file, header);

    /// <summary>The devices; ends with the token that it was opened with.</summary>
    public IEnumerable<Device> Read()
    {
        while (_records.Read())
        {
            if (ReadRecord() is not { } device) continue;
            _file.CountRow();
            yield return device;
        }
    }

    /// <summary>Null where the record is no device.</summary>
    [MethodImpl(Tiering.None)]
    private Device? ReadRecord()
    {
        if (_records.ReadsLikeSeveral) _file.CountDoubtful(1, _records.Line);
        var reason = WrongFieldCount();
        if (reason is null)
        {
            Header.Columns.Take(_taken, _column);
            if (_taken.IsEmpty && IsEmpty()) return null;
            var device = CreateDevice();
            // Names of columns are no names of operating systems, unless -ColumnMap says so.
            if ((device.Platform is not DevicePlatform.Unknown && !Header.Columns.NamesPlatform) || !MayBeNames() || !(Header.IsSame(Cells()) || Header.IsNames(Cells()))) return device;
        }
        else if (IsEmpty())
        {
            return null;
        }
        if (Header.IsBehindRow(_records.Count, Cells())) _file.OnFault(_records.Line, "the last row of an export and the names of the columns of the next one stand on one line");
        else if (Header.IsSame(Cells())) _file.OnFault(_records.Line, "it repeats the names of the columns");
        else if (Header.IsNames(Cells())) throw _file.ColumnsChanged(_records.Line);
        else _file.OnFault(_records.Line, reason!);
        return null;
    }

    /// <summary>Where only kinds are asked for, as for counting, all devices of a kind are one object.</summary>
    private Device CreateDevice()
    {
        if (Header.Columns.AreKindsOnly) return _factory.Kind(_taken);
        var device = _factory.Create(_taken, _file.ShownName, _records.Line);
        _taken = new DeviceFields();
        return device;
    }

    /// <summary>The clean text of a column of the record.</summary>
    [MethodImpl(Tiering.None)]
    private string? Column(int index)
    {
        if (index >= _records.Count) return null;
        var (start, length, isQuoted) = _records.Place(index);
        if (isQuoted && Array.IndexOf(_records.Buffer, (byte)'"', start, length) >= 0) return DeviceFields.Clean(_records.Text(index, _encoding));
        return Header.IsRepetitive(index) ? _texts.Remembered(_records.Buffer, start, length) : _texts.New(_records.Buffer, start, length);
    }

    /// <summary>Quick, as rows of unknown systems may be many: names do not begin with digits, unless this file's do; dates, numbers, versions and many ids do.</summary>
    private bool MayBeNames()
    {
        var digits = 0;
        for (var i = 0; i < _records.Count; i++)
            if (_records.Place(i) is { Length: > 0 } place && _records.Buffer[place.Start] is >= (byte)'0' and <= (byte)'9') digits++;
        return digits < 2 || digits == Header.NamesWithDigit;
    }

    private IEnumerable<string> Cells() => _records.Texts(_encoding);

    /// <summary>Only delimiters: what spreadsheets write below the last row.</summary>
    private bool IsEmpty() => Cells().All(string.IsNullOrWhiteSpace);

    /// <summary>Fields too many or too few shift values into wrong columns. Only empty ones at the end, which some exporters write or leave out, do not.</summary>
    private string? WrongFieldCount()
    {
        var (count, expected) = (_records.Count, Header.Count);
        if (count == expected) return null;
        return count < Header.Named || Cells().Skip(expected).Any(cell => cell.Length > 0)
            ? $"it has {count} fields instead of {expected}" + (_records.LineBreaks > 0 ? $" (it goes over {_records.LineBreaks + 1} lines)" : "")
            : null;
    }

    /// <summary>The delimiter that the header line has most of. A first line "sep=;" (Excel) decides; it and "#TYPE …" (Export-Csv of Windows PowerShell) are no header.</summary>
    private static char FindDelimiter(InventoryText text, out bool hasLineBefore)
    {
        var lines = text.StartLines().Take(20).ToList();
        var first = lines[0];
        hasLineBefore = first.Length == 5 && first.StartsWith("sep=", StringComparison.OrdinalIgnoreCase)
            && first[4] is '\t' or (> ' ' and < '0' and not '"') or ':' or ';' or '|' or '^' or '~';
        if (hasLineBefore) return first[4];
        hasLineBefore = first.StartsWith("#TYPE ", StringComparison.Ordinal) && lines.Count > 1;
        if (hasLineBefore)
        {
            lines.RemoveAt(0);
            first = lines[0];
        }
        foreach (var line in lines.Skip(1).TakeWhile(_ => first.Count(c => c is '"') % 2 == 1)) first += "\n" + line;
        var outside = first.Split('"').Where((_, i) => i % 2 == 0).ToArray();
        return Delimiters.OrderByDescending(d => outside.Sum(part => part.Count(c => c == d))).First();
    }
}
