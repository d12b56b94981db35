using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading;

namespace PasskeyAdmin.Devices;

/// <summary>
/// Reads the records of a CSV text (RFC 4180, with any line ends) as places in a buffer: no string is made of a field that nobody asks for. A record
/// with a stray or unclosed quotation mark becomes a fault with its line, and the next line is looked at afresh: a bad row costs that row. Blank lines
/// are left out.
/// </summary>
/// <remarks>
/// CSV libraries give up at the first bad quotation mark, or in their lax modes swallow what follows it. What is well-formed is read as they read it;
/// the tests compare.
/// </remarks>
/// <param name="text">The text in UTF-8.</param>
/// <param name="delimiter">An ASCII character.</param>
/// <param name="onFault">Told the line and the reason of each record that is left out.</param>
/// <param name="cancellationToken">Looked at whenever more bytes are read.</param>
/// <param name="linesBefore">Lines of the file that stand before the text.</param>
internal sealed class CsvRecords(InventoryBytes text, char delimiter, Action<long, string> onFault, CancellationToken cancellationToken, long linesBefore = 0)
{
    /// <summary>In bytes. No record of an inventory comes near; a record that is longer has lost its closing quotation mark.</summary>
    public const int LongestRecord = 1 << 20;
    private const int BufferLength = 1 << 16;
    private const byte Feed = (byte)'\n';
    private const byte Return = (byte)'\r';
    private const byte Quote = (byte)'"';
    private const int WordLength = sizeof(ulong);
    private const ulong EachByte = 0x0101010101010101;

    private readonly byte _delimiter = (byte)delimiter;
    private byte[] _buffer = new byte[BufferLength];
    private ulong[] _words = new ulong[BufferLength / WordLength];
    private int[] _ends = new int[64];
    private int _filled;
    private int _start;
    private int _next;
    private bool _ended;
    private long _nextLine = linesBefore + 1;

    // What Scan found.
    private int _recordEnd;
    private int _lineBreaks;
    private string _fault = "";

    private enum Ending
    {
        Good,
        Bad,

        /// <summary>More must be read to know.</summary>
        Open,
    }

    /// <summary>Where the fields are.</summary>
    public byte[] Buffer => _buffer;

    /// <summary>How many fields the record has.</summary>
    public int Count { get; private set; }

    /// <summary>The table that the records belong to; null before its header is known.</summary>
    public CsvTable? Table { get; set; }

    /// <summary>Whether the record goes over several lines that may be rows of their own.</summary>
    public bool ReadsLikeSeveral { get; private set; }

    /// <summary>How many line breaks are in it.</summary>
    public int LineBreaks => _lineBreaks;

    /// <summary>The line where the record begins.</summary>
    public long Line { get; private set; }

    /// <summary>Lines that were gone through, those before the text among them.</summary>
    public long Lines => _nextLine - 1;

    /// <summary>Goes to the next record; false at the end of the text.</summary>
    public bool Read()
    {
        while (_next < _filled || Fill())
        {
            var ending = Scan();
            // Not what happens to be in the buffer decides, but the record.
            if ((ending is Ending.Open ? _filled : _recordEnd) - _next > LongestRecord) LeaveTooLong();
            else if (ending is Ending.Open) Fill();
            else if (ending is Ending.Bad) LeaveLine(_fault);
            else if (TakeRecord()) return true;
        }
        return false;
    }

    /// <summary>Where a field is. Of a quoted field the quotation marks around it are left out; doubled ones inside stay.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (int Start, int Length, bool IsQuoted) Place(int index)
    {
        var (start, end) = (index == 0 ? _start : _ends[index - 1] + 1, _ends[index]);
        return end > start && _buffer[start] == Quote ? (start + 1, end - start - 2, true) : (start, end - start, false);
    }

    public string Text(int index, Encoding encoding)
    {
        var (start, length, isQuoted) = Place(index);
        var text = encoding.GetString(_buffer, start, length);
        return isQuoted ? text.Replace("\"\"", "\"") : text;
    }

    public IEnumerable<string> Texts(Encoding encoding)
    {
        for (var i = 0; i < Count; i++) yield return Text(i, encoding);
    }

    /// <summary>Finds where the record and its fields end.</summary>
    [MethodImpl(Tiering.None)]
    private Ending Scan()
    {
        var (buffer, words, ends, filled, i, count) = (_buffer, _words, _ends, _filled, _next, 0);
        var (separator, separators) = (_delimiter, _delimiter * EachByte);
        (_lineBreaks, _fault) = (0, "");
        var word = i / WordLength;
        var marks = Marks(words[word], separators) & From(i);
        while (true)
        {
            // A quotation mark inside a field is text.
            if (buffer[i] == Quote && i < filled)
            {
                var close = ClosingQuote(i);
                if (close < 0)
                {
                    _fault = "a quotation mark is not closed";
                    if (!_ended) return Ending.Open;
                    _lineBreaks += CountLineBreaks(i, filled);
                    _recordEnd = filled;
                    return Ending.Bad;
                }
                _lineBreaks += CountLineBreaks(i, close);
                i = close + 1;
                if (i < filled && buffer[i] != separator && buffer[i] != Feed && buffer[i] != Return)
                {
                    _fault = "there is text behind a closing quotation mark";
                    _recordEnd = i;
                    return Ending.Bad;
                }
                word = i / WordLength;
                marks = Marks(words[word], separators) & From(i);
            }
            do
            {
                while (marks == 0) marks = Marks(words[++word], separators);
                i = word * WordLength + FirstMark(marks);
                marks &= marks - 1;
            }
            while (buffer[i] != separator && buffer[i] != Feed && buffer[i] != Return);
            if (count == ends.Length) Array.Resize(ref _ends, count * 2);
            ends = _ends;
            ends[count++] = i;
            if (i >= filled || buffer[i] != separator) break;
            i++;
        }
        Count = count;
        if (i >= filled - 1 && !_ended && (i >= filled || buffer[i] == Return)) return Ending.Open;
        _recordEnd = i >= filled ? filled : i + 1 < filled && buffer[i] == Return && buffer[i + 1] == Feed ? i + 2 : i + 1;
        return Ending.Good;
    }

    /// <summary>
    /// Looks at eight bytes at once, as every byte of the file passes here. The result has the high bit of each byte that is the separator or a control character up
    /// to the carriage return. No sum carries into the next byte, as its high bit is taken out before.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Marks(ulong word, ulong separators)
    {
        const ulong low = 0x7F * EachByte;
        var difference = word ^ separators;
        var isOther = ((difference & low) + low) | difference;
        var isAbove = ((word & low) + (0x7F - Return) * EachByte) | word;
        return ~(isOther & isAbove) & ~low;
    }

    /// <summary>The bytes of a word from a place in the buffer on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong From(int place) => ulong.MaxValue << (place % WordLength * 8);

    /// <summary>The number of the first byte that is marked. The first is the lowest: PowerShell runs on no system of the other order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int FirstMark(ulong marks) => (int)((((marks ^ (marks - 1)) >> 7) & EachByte) * EachByte >> 56) - 1;

    /// <summary>-1 where there is none, or where more must be read to know.</summary>
    [MethodImpl(Tiering.None)]
    private int ClosingQuote(int open)
    {
        for (var i = open + 1; (i = Array.IndexOf(_buffer, Quote, i, _filled - i)) >= 0; i += 2)
        {
            if (i + 1 == _filled) return _ended ? i : -1;
            if (_buffer[i + 1] != Quote) return i;
        }
        return -1;
    }

    /// <summary>Goes behind the record that was found; false where it is a blank line or turns out to be a bad one.</summary>
    [MethodImpl(Tiering.None)]
    private bool TakeRecord()
    {
        _start = _next;
        ReadsLikeSeveral = false;
        if (_lineBreaks > 0 && LostQuote() is { } reason)
        {
            LeaveLine(reason);
            return false;
        }
        Line = _nextLine;
        (_next, _nextLine) = (_recordEnd, _nextLine + _lineBreaks + 1);
        return Count > 1 || !IsBlank(_start, _recordEnd);
    }

    /// <summary>
    /// Why a record over several lines is taken for several rows, in the first of which a quotation mark was lost that happened to meet another one further
    /// on; null where it is not.
    /// </summary>
    private string? LostQuote()
    {
        if (Table is null) return null;
        var wrongCount = $"a quotation mark is not closed, or it has {Count} fields instead of {Table.Columns}";
        if (Count < Table.NamedColumns) return wrongCount;
        var isCertain = false;
        for (var field = 0; field < Count; field++)
        {
            var (start, length, isQuoted) = Place(field);
            if (!isQuoted) continue;
            ReadsLikeSeveral |= Table.HoldsRows(_buffer, start, length, field, out var isCertainOfField);
            isCertain |= isCertainOfField;
        }
        if (ReadsLikeSeveral && Enumerable.Range(Table.Columns, Math.Max(0, Count - Table.Columns)).Any(field => Place(field).Length > 0)) return wrongCount;
        return isCertain ? "a quotation mark is not closed: the lines behind it have the form of rows" : null;
    }

    private bool IsBlank(int start, int end)
    {
        for (var i = start; i < end; i++)
            if (_buffer[i] is > (byte)' ' or 0) return false;
        return true;
    }

    private void LeaveTooLong()
    {
        _lineBreaks = 0;
        LeaveLine($"the row does not end within {LongestRecord:N0} bytes; a quotation mark may not be closed");
    }

    /// <summary>Leaves out the line on which a bad record begins; what follows it is looked at afresh.</summary>
    private void LeaveLine(string reason)
    {
        var end = LineEnd(_next);
        while (end < 0 && !_ended && _filled - _next < LongestRecord && Fill()) end = LineEnd(_next);
        if (_lineBreaks > 0) reason += $" (the row would go over {_lineBreaks + 1} lines; those behind the first are read as rows of their own)";
        onFault(_nextLine++, reason);
        // Of a line without end nothing is kept.
        while (end < 0 && !_ended)
        {
            _next = _buffer[_filled - 1] == Return ? _filled - 1 : _filled;
            if (Fill()) end = LineEnd(_next);
        }
        _next = end < 0 ? _filled : end;
    }

    /// <summary>Behind the line break; -1 where more must be read to know, or where the text ends.</summary>
    private int LineEnd(int from)
    {
        var i = from;
        while (i < _filled && _buffer[i] is not (Feed or Return)) i++;
        if (i == _filled || (i + 1 == _filled && _buffer[i] == Return && !_ended)) return -1;
        return i + 1 < _filled && _buffer[i] == Return && _buffer[i + 1] == Feed ? i + 2 : i + 1;
    }

    [MethodImpl(Tiering.None)]
    private int CountLineBreaks(int from, int to)
    {
        var count = 0;
        for (var i = from; i < to; i++)
            if (_buffer[i] == Feed || (_buffer[i] == Return && _buffer[i + 1] != Feed)) count++;
        return count;
    }

    /// <summary>Reads on, keeping what begins at the current record; false where there is no more.</summary>
    private bool Fill()
    {
        if (_ended) return false;
        cancellationToken.ThrowIfCancellationRequested();
        var kept = _filled - _next;
        if (kept > 0 && _next > 0) System.Buffer.BlockCopy(_buffer, _next, _buffer, 0, kept);
        (_filled, _next) = (kept, 0);
        // One byte stays free, for the end of searches.
        if (_filled + 1 >= _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
            _words = new ulong[_buffer.Length / WordLength];
        }
        var free = _buffer.Length - 1 - _filled;
        var read = text.Read(_buffer, _filled, free);
        if (read == 0 && kept > 0 && text.GoOn()) read = text.Read(_buffer, _filled, free);
        _filled += read;
        _ended = read == 0;
        // A line feed behind what was read ends every search.
        _buffer[_filled] = Feed;
        System.Buffer.BlockCopy(_buffer, 0, _words, 0, _filled + 1);
        return read > 0;
    }
}
