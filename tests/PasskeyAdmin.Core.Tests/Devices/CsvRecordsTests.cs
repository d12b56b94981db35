using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using CsCheck;
using PasskeyAdmin.Devices;
using Sylvan.Data.Csv;

namespace PasskeyAdmin.Core.Tests.Devices;

public class CsvRecordsTests
{
    private static readonly Gen<string> AnyText = Gen.OneOf(
        Gen.Char["ab ,;\t\"\n\rü€"].Array[0, 60].Select(c => new string(c)),
        Gen.Char["a,\"\n"].Array[0, 200].Select(c => new string(c)));

    /// <summary>Also with the neighbours of the characters that count, and longer than the words that the scanner looks at.</summary>
    private static readonly Gen<string> AnyField = Gen.OneOf(
        Gen.Char["ab ,;\t\"\n\rü€#"].Array[0, 8],
        Gen.Char["\0\u0001\b\v\f\u000e+,-:;<\t\"\n\r!\u007f\u0080ÿ"].Array[0, 40]).Select(c => new string(c));

    /// <summary>Blank lines apart, which are rows to the library (or a line feed too many in the next one) and none to us.</summary>
    [Fact]
    public void Well_formed_records_are_those_of_a_CSV_library() =>
        Gen.Select(AnyField.Array[1, 6].Where(row => row.Length > 1 || row[0].Any(c => c is > ' ' or '\0')).Array[1, 8], Gen.Char[",;\t"], Gen.Bool.Select(crlf => crlf ? "\r\n" : "\n"), Gen.Bool)
            .Sample((rows, delimiter, end, isLastComplete) =>
            {
                var text = string.Join(end, rows.Select(row => string.Join(delimiter, row.Select(field => Written(field, delimiter))))) + (isLastComplete ? end : "");
                using var library = CsvDataReader.Create(new StringReader(text), new CsvDataReaderOptions { HasHeaders = false, Delimiter = delimiter, Comment = '\uFFFF' });
                var expected = new List<string[]>();
                while (library.Read()) expected.Add([.. Enumerable.Range(0, library.RowFieldCount).Select(library.GetString)]);
                var records = Read(text, delimiter, out var faults);
                Assert.Empty(faults);
                Assert.Equal(expected, records.Select(r => r.Fields));
            }, iter: 2000);

    [Fact]
    public void It_does_not_matter_how_the_bytes_come_in() => Gen.Select(AnyText, Gen.Int[1, 9]).Sample((text, piece) =>
    {
        var whole = Read(text, ',', out var faults);
        var pieces = Read(text, ',', out var others, piece);
        Assert.Equal(whole.Select(r => $"{r.Line}: {string.Join('|', r.Fields)}"), pieces.Select(r => $"{r.Line}: {string.Join('|', r.Fields)}"));
        Assert.Equal(faults, others);
    }, iter: 2000);

    [Fact]
    public void Every_line_is_in_a_record_a_fault_or_blank() => AnyText.Sample(text =>
    {
        var bytes = new InventoryBytes(new MemoryStream(Encoding.UTF8.GetBytes(text)), "x");
        var faults = new List<long>();
        var records = new CsvRecords(bytes, ',', (line, _) => faults.Add(line), default);
        var lines = new List<long>();
        while (records.Read()) lines.Add(records.Line);
        Assert.Equal(text.ReplaceLineEndings("\n").Split('\n').Length - (text.Length == 0 || text[^1] is '\n' or '\r' ? 1 : 0), records.Lines);
        Assert.Equal(lines, lines.Order().Distinct());
        Assert.Empty(lines.Intersect(faults));
        Assert.Equal(faults, faults.Order().Distinct());
    }, iter: 2000);

    [Theory]
    [InlineData("\"a\" b,1\nc,2\n", "2: c|2", "1: there is text behind a closing quotation mark")]
    [InlineData("\"a,1\nc,2\n", "2: c|2", "1: a quotation mark is not closed (the row would go over 3 lines; those behind the first are read as rows of their own)")]
    [InlineData("\"a,1\rc,2", "2: c|2", "1: a quotation mark is not closed (the row would go over 2 lines; those behind the first are read as rows of their own)")]
    [InlineData("a,\"x\n\"\nb,\"\"\n", "1: a|x\n / 3: b|", "")]
    [InlineData("a \"b\",1\n", "1: a \"b\"|1", "")]
    [InlineData("\"\"\"\",\"\"\"a\"\"\"\n", "1: \"|\"a\"", "")]
    [InlineData("a,\n,\n\n \n,b", "1: a| / 2: | / 5: |b", "")]
    [InlineData("a,1\r\rb,2\n\rc,3\r\n", "1: a|1 / 3: b|2 / 5: c|3", "")]
    [InlineData("\"a\"", "1: a", "")]
    [InlineData("\"\na\",1\n", "1: \na|1", "")]
    [InlineData("b,1\r\n\"\na\"\r\n", "1: b|1 / 2: \na", "")]
    [InlineData("\"", "", "1: a quotation mark is not closed")]
    [InlineData(",", "1: |", "")]
    [InlineData("", "", "")]
    public void Records_and_faults(string text, string expected, string expectedFaults)
    {
        var records = Read(text, ',', out var faults);
        Assert.Equal(expected, string.Join(" / ", records.Select(r => $"{r.Line}: {string.Join('|', r.Fields)}")));
        Assert.Equal(expectedFaults, string.Join(" / ", faults));
    }

    [Fact]
    public void A_stray_quotation_mark_early_in_a_large_file_costs_its_row()
    {
        var text = string.Concat(Enumerable.Range(1, 200_000).Select(i => i == 6 ? "\"r6,iOS\n" : $"r{i},iOS\n"));
        var records = Read(text, ',', out var faults);
        Assert.Equal(199_999, records.Count);
        Assert.Equal((200_000L, "r200000"), (records[^1].Line, records[^1].Fields[0]));
        Assert.Equal(["6: the row does not end within 1,048,576 bytes; a quotation mark may not be closed"], faults);
    }

    [Theory]
    [InlineData(3_000_000, false)]
    [InlineData(900_000, true)]
    public void A_row_may_be_long_but_not_without_end(int length, bool isRow)
    {
        var records = Read($"a,1\n{new string('x', length)},2\r\nb,3\n", ',', out var faults);
        Assert.Equal(isRow ? [1L, 2, 3] : [1L, 3], records.Select(r => r.Line));
        Assert.Equal(isRow ? [] : ["2: the row does not end within 1,048,576 bytes; a quotation mark may not be closed"], faults);
    }

    [Theory]
    [InlineData(1_000_000, true)]
    [InlineData(1_500_000, false)]
    [InlineData(2_500_000, false)]
    public void The_length_of_a_record_and_not_how_its_bytes_come_decides(int length, bool isRow)
    {
        foreach (var piece in new[] { 10_000, 49_152, int.MaxValue })
        {
            var text = $"a,1\n\"{string.Concat(Enumerable.Repeat("row,17\n", length / 7))}\",2\nb,3\n";
            var records = Read(text, ',', out var faults, piece);
            Assert.Equal(isRow ? 3 : length / 7 + 1, records.Count);
            Assert.Equal(isRow ? [] : ["2: the row does not end", $"{length / 7 + 2}: a quotation mark is not closed"], faults.Select(f => f[..f.IndexOf(f.StartsWith("2:", StringComparison.Ordinal) ? " within" : " (", StringComparison.Ordinal)]));
        }
    }

    private static string Written(string field, char delimiter) =>
        field.AsSpan().IndexOfAny(delimiter, '"', '\n') >= 0 || field.Contains('\r', StringComparison.Ordinal) ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;

    private static List<(long Line, string[] Fields)> Read(string text, char delimiter, out List<string> faults, int piece = int.MaxValue)
    {
        var found = faults = [];
        var read = new List<(long, string[])>();
        using var bytes = new InventoryBytes(new PieceStream(Encoding.UTF8.GetBytes(text), piece), "x");
        var records = new CsvRecords(bytes, delimiter, (line, reason) => found.Add($"{line}: {reason}"), default);
        while (records.Read()) read.Add((records.Line, [.. records.Texts(Encoding.UTF8)]));
        return read;
    }

    /// <summary>Gives a few bytes at a time, as a slow share does.</summary>
    private sealed class PieceStream(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, piece));
    }
}
