using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;

namespace PasskeyAdmin.Providers;

/// <summary>
/// Reads a list of AAGUIDs that is a table (comma, semicolon or tab, a line of column names, quotation marks as in RFC 4180), or has one AAGUID a line.
/// </summary>
internal sealed class AaGuidTable
{
    private const int LongestHeader = 10_000;
    private const int MostColumns = 1000;

    private static readonly char[] Delimiters = [',', ';', '\t'];
    private static readonly char[] LineBreaks = ['\r', '\n'];
    private static readonly string[] NameColumns = ["name", "description", "model", "displayname"];

    private readonly string _text;
    private readonly char _delimiter;
    private int _next;
    private int _line = 1;

    /// <summary>Whether the text ended inside of quotation marks.</summary>
    private bool _isCut;

    private AaGuidTable(string text, char delimiter) => (_text, _delimiter) = (text, delimiter);

    /// <summary>Whether a text begins with several columns. Nothing else that is read has their delimiters in its first line.</summary>
    public static bool IsTable(string text) => Header(text)?.IndexOfAny(Delimiters) >= 0;

    /// <summary>Whether a text begins with an AAGUID alone on its line, or with the name of such a column.</summary>
    public static bool IsPlain(string text) => Header(text)?.Trim().Trim('"') is { } line && (Guid.TryParse(line, out _) || Normalise(line) == "aaguid");

    /// <summary>Reads one AAGUID a line; their names are not known.</summary>
    /// <exception cref="PasskeyAdminException"><c>ProviderMetadataTooLarge</c>.</exception>
    public static void ReadPlain(string text, MetadataContent content, CancellationToken cancellationToken)
    {
        using var lines = new StringReader(text);
        var isFirst = true;
        for (var (line, number) = (lines.ReadLine(), 1); line is not null; line = lines.ReadLine(), number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (string.IsNullOrWhiteSpace(line)) continue;
            if (!isFirst || Normalise(line) != "aaguid") content.AddNameless(line, Place(number));
            isFirst = false;
        }
    }

    /// <exception cref="PasskeyAdminException"><c>ProviderMetadataInvalid</c>.</exception>
    public static void Read(string text, MetadataContent content, CancellationToken cancellationToken)
    {
        var header = Header(text)!;
        var table = new AaGuidTable(text, Delimiters.OrderByDescending(d => header.Count(c => c == d)).First());
        int aaGuid = -1, name = -1;
        while (table.ReadRecord() is { } record)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (line, fields) = record;
            if (table._isCut) content.Fault(Place(line), "a quotation mark is not closed, and what follows it was not read");
            if (table._isCut || (fields.Count == 1 && string.IsNullOrWhiteSpace(fields[0]))) continue;
            if (aaGuid >= 0)
            {
                content.Add(fields.ElementAtOrDefault(aaGuid), fields.ElementAtOrDefault(name), Place(line));
                continue;
            }
            var columns = fields.Select(Normalise).ToList();
            aaGuid = columns.IndexOf("aaguid");
            name = NameColumns.Select(n => columns.IndexOf(n)).Where(i => i >= 0).DefaultIfEmpty(-1).First();
            if (aaGuid < 0 || name < 0) throw content.Invalid($"a list needs the columns aaguid and name; found {DisplayText.Excerpt(string.Join(", ", fields), 200)}");
        }
    }

    private static string? Header(string text)
    {
        var start = text.TrimStart();
        var end = start.IndexOfAny(LineBreaks);
        // No line of column names is longer than that, and a blob is one line of millions.
        if (end < 0) end = start.Length;
        return end > LongestHeader ? null : start.Substring(0, end);
    }

    private static string Normalise(string column) => new([.. column.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);

    private static string Place(int line) => $"line {line.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Null at the end.</summary>
    private (int Line, List<string> Fields)? ReadRecord()
    {
        if (_next >= _text.Length) return null;
        var (line, fields) = (_line, new List<string>());
        do
        {
            var field = _next < _text.Length && _text[_next] is '"' ? ReadQuoted() : ReadPlain();
            if (fields.Count < MostColumns) fields.Add(field);
        }
        while (_next < _text.Length && _text[_next++] == _delimiter);
        if (_next < _text.Length && _text[_next - 1] is '\r' && _text[_next] is '\n') _next++;
        _line++;
        return (line, fields);
    }

    private string ReadPlain()
    {
        var start = _next;
        while (_next < _text.Length && _text[_next] != _delimiter && _text[_next] is not ('\r' or '\n')) _next++;
        return _text.Substring(start, _next - start);
    }

    /// <summary>Stops at what ends the field; what stands between the closing mark and that is taken along.</summary>
    private string ReadQuoted()
    {
        var field = new StringBuilder();
        for (_next++; _next < _text.Length; _next++)
        {
            if (_text[_next] is '\n') _line++;
            if (_text[_next] is '"')
            {
                if (++_next >= _text.Length || _text[_next] is not '"') return field.Append(ReadPlain()).ToString();
            }
            field.Append(_text[_next]);
        }
        _isCut = true;
        return field.ToString();
    }
}
