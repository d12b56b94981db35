using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Sylvan.Data.Csv;

namespace PasskeyAdmin.Devices;

/// <summary>Reads a CSV inventory: comma, semicolon or tab, with quoted line breaks.</summary>
internal static class CsvInventory
{
    private static readonly char[] Delimiters = [',', ';', '\t'];

    public static IEnumerable<Device> Read(PeekedReader text, InventoryFile file, CancellationToken cancellationToken)
    {
        var delimiter = FindDelimiter(text, out var skippedLines);
        using var guard = new CsvRecordGuard(text, delimiter, (line, reason) => file.OnFault(line + skippedLines, reason));
        using var csv = CsvDataReader.Create(guard, new CsvDataReaderOptions
        {
            HasHeaders = false,
            Delimiter = delimiter,
            Comment = CsvRecordGuard.CommentMark,
            BufferSize = 1 << 16,
            MaxBufferSize = CsvRecordGuard.LongestRecord * 2,
            OwnsReader = false,
        });
        if (!csv.Read()) throw file.Empty();
        guard.TakeLine();
        var header = Enumerable.Range(0, csv.RowFieldCount).Select(csv.GetString).ToArray();
        var columns = new InventoryColumns(file.ShownName, header, file.Names);
        var named = header.Length;
        while (named > 0 && string.IsNullOrWhiteSpace(header[named - 1])) named--;
        var factory = new DeviceFactory { AssumedPlatform = columns.AssumedPlatform };
        Func<int, string> column = index => index < csv.RowFieldCount ? csv.GetString(index) : "";
        while (csv.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var line = guard.TakeLine() + skippedLines;
            if (WrongFieldCount(csv, header.Length, named) is { } reason)
            {
                if (!IsEmpty(csv)) file.OnFault(line, reason);
                continue;
            }
            var fields = columns.Take(column);
            if (fields.IsEmpty && IsEmpty(csv)) continue;
            yield return factory.Create(fields, file.ShownName, line);
        }
    }

    /// <summary>Only delimiters: what spreadsheets write below the last row.</summary>
    private static bool IsEmpty(CsvDataReader csv)
    {
        for (var i = 0; i < csv.RowFieldCount; i++)
            if (!string.IsNullOrWhiteSpace(csv.GetString(i))) return false;
        return true;
    }

    /// <summary>Fields too many or too few shift values into wrong columns. Only empty ones at the end, which some exporters write or leave out, do not.</summary>
    private static string? WrongFieldCount(CsvDataReader csv, int expected, int named)
    {
        var count = csv.RowFieldCount;
        if (count == expected) return null;
        if (count < named) return $"it has {count} fields instead of {expected}";
        for (var i = expected; i < count; i++)
            if (csv.GetString(i).Length > 0) return $"it has {count} fields instead of {expected}";
        return null;
    }

    /// <summary>The delimiter that the header line has most of. A first line "sep=;" (Excel) decides and is passed over.</summary>
    private static char FindDelimiter(PeekedReader source, out int skippedLines)
    {
        var first = source.PeekLine();
        skippedLines = 0;
        if (first.Length == 5 && first.StartsWith("sep=", StringComparison.OrdinalIgnoreCase))
        {
            source.SkipPeekedLine();
            skippedLines = 1;
            return first[4];
        }
        for (var next = 1; next < 20 && first.Count(c => c is '"') % 2 == 1; next++) first += "\n" + source.PeekLine(next);
        var outside = first.Split('"').Where((_, i) => i % 2 == 0).ToArray();
        return Delimiters.OrderByDescending(d => outside.Sum(part => part.Count(c => c == d))).First();
    }
}
