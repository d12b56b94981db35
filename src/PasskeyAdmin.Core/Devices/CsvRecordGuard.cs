using System;
using System.Collections.Generic;
using System.IO;

namespace PasskeyAdmin.Devices;

/// <summary>
/// Stands between a CSV file and the CSV reader and lets only well-formed records through. The reader gives up at the first stray or unclosed
/// quote (or, in its lax mode, swallows what follows); here such a record is reported with its line and reading restarts on the next line, so a
/// bad row costs that row. It also knows the line of each record, which the reader does not, and leaves blank lines out.
/// </summary>
internal sealed class CsvRecordGuard(TextReader text, char delimiter, Action<long, string> onFault) : TextReader
{
    /// <summary>No record of an inventory comes near; a record that is longer has lost its closing quote.</summary>
    public const int LongestRecord = 1 << 20;

    /// <summary>A comment character cannot be switched off in the reader, so it gets one that is never let through.</summary>
    public const char CommentMark = '\uFFFF';

    private readonly Queue<long> _lines = [];
    private char[] _buffer = new char[1 << 16];
    private int _filled;
    private int _next;
    private int _send;
    private int _sendEnd;
    private bool _ended;
    private long _line = 1;
    private int _fieldsExpected;

    private enum State
    {
        FieldStart,
        Plain,
        Quoted,
        QuoteSeen,
    }

    /// <summary>The line on which the next record begins, in the order in which the records were handed on.</summary>
    public long TakeLine() => _lines.Dequeue();

    public override int Read(char[] buffer, int index, int count)
    {
        var written = 0;
        while (written < count && (_send < _sendEnd || FindRecord()))
        {
            var part = Math.Min(count - written, _sendEnd - _send);
            Array.Copy(_buffer, _send, buffer, index + written, part);
            _send += part;
            written += part;
            // Enough for the reader to go on with: rows come out as soon as there are some.
            if (_send == _sendEnd && written >= count / 2) break;
        }
        return written;
    }

    public override int Peek() => throw new NotSupportedException();

    public override int Read() => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) text.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Finds the next well-formed record; false at the end of the file.</summary>
    private bool FindRecord()
    {
        while (true)
        {
            var line = _line;
            var (length, lineBreaks, firstLineLength, fault) = _fieldsExpected > 0 && PlainLine() is > 0 and var plain ? (plain, 1, plain, null) : Scan();
            if (fault is not null && lineBreaks > 0) fault += $" (the row would reach to line {line + lineBreaks}; the lines behind the first are read as rows of their own)";
            if (fault is not null)
            {
                // The culprit is the line on which the record begins: what follows it is read anew.
                if (firstLineLength > 0) _next += firstLineLength;
                else SkipLine(length);
                _line++;
                onFault(line, fault);
                continue;
            }
            if (length == 0) return false;
            _line += lineBreaks;
            (_send, _sendEnd, _next) = (_next, _next + length, _next + length);
            if (IsBlank(_send, _sendEnd)) _send = _sendEnd;
            else
            {
                _lines.Enqueue(line);
                return true;
            }
        }
    }

    /// <summary>
    /// The length of the next line where it is a record as it stands: without a quotation mark, and ending in the buffer. Most lines of most
    /// exports are; the searches run over many characters at a time. 0 where it must be scanned.
    /// </summary>
    private int PlainLine()
    {
        var end = Array.IndexOf(_buffer, '\n', _next, _filled - _next);
        if (end < 0 || Array.IndexOf(_buffer, '"', _next, end - _next) >= 0) return 0;
        var carriageReturn = Array.IndexOf(_buffer, '\r', _next, end - _next);
        return carriageReturn < 0 || carriageReturn == end - 1 ? end - _next + 1 : 0;
    }

    /// <summary>
    /// Scans one record from the current position: its length with the line break (0 at the end of the file), the line breaks in it, and the
    /// length of its first line (0 where that did not end yet).
    /// </summary>
    private (int Length, int LineBreaks, int FirstLineLength, string? Fault) Scan()
    {
        var state = State.FieldStart;
        var (i, lineBreaks, firstLine, fields, named) = (0, 0, 0, 1, 0);
        while (_next + i < _filled || Fill())
        {
            if (i >= LongestRecord) return (i, lineBreaks, firstLine, "a quotation mark is not closed, or the row is longer than a million characters");
            var c = _buffer[_next + i++];
            if (c is '\r' && (_next + i < _filled || Fill()) && _buffer[_next + i] is '\n') c = _buffer[_next + i++];
            if (c is '\n' or '\r')
            {
                lineBreaks++;
                if (firstLine == 0) firstLine = i;
                if (state is not State.Quoted) return (i, lineBreaks, firstLine, WrongFieldCount(fields, named, lineBreaks));
            }
            else if (state is State.QuoteSeen && c is not '"' && c != delimiter)
            {
                return (i, lineBreaks, firstLine, "there is text behind a closing quotation mark");
            }
            if (c == delimiter && state is not State.Quoted) fields++;
            else if (c is not '"' && !char.IsWhiteSpace(c)) named = fields;
            state = (state, c) switch
            {
                (State.Quoted, '"') => State.QuoteSeen,
                (State.Quoted, _) => State.Quoted,
                (State.QuoteSeen, '"') => State.Quoted,
                (State.FieldStart, '"') => State.Quoted,
                _ => c == delimiter ? State.FieldStart : State.Plain,
            };
        }
        return (i, lineBreaks, firstLine, state is State.Quoted ? "a quotation mark is not closed" : WrongFieldCount(fields, named, lineBreaks));
    }

    /// <summary>
    /// A row over several lines that has fewer fields than the first row names has lost a quotation mark, which happened to meet another
    /// one further on. Other rows are counted where they are read.
    /// </summary>
    private string? WrongFieldCount(int fields, int named, int lineBreaks)
    {
        // Columns without a name at the end may be left out.
        if (_fieldsExpected == 0) _fieldsExpected = named;
        return lineBreaks > 1 && fields < _fieldsExpected ? $"a quotation mark is not closed, or it has {fields} fields instead of {_fieldsExpected}" : null;
    }

    /// <summary>Moves behind the end of the current line without keeping it.</summary>
    private void SkipLine(int scanned)
    {
        _next += scanned;
        while (_next < _filled || Fill())
        {
            var c = _buffer[_next++];
            if (c is '\n') return;
            if (c is not '\r') continue;
            if ((_next < _filled || Fill()) && _buffer[_next] is '\n') _next++;
            return;
        }
    }

    private bool IsBlank(int start, int end)
    {
        for (var i = start; i < end; i++)
            if (!char.IsWhiteSpace(_buffer[i]) || _buffer[i] == delimiter) return false;
        return true;
    }

    /// <summary>Reads on, keeping what begins at the current record. Moves it to the front, so positions are kept relative to it.</summary>
    private bool Fill()
    {
        if (_ended) return false;
        var kept = _filled - _next;
        if (_next > 0)
        {
            Array.Copy(_buffer, _next, _buffer, 0, kept);
            (_filled, _next) = (kept, 0);
        }
        if (_filled == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
        var read = text.Read(_buffer, _filled, _buffer.Length - _filled);
        // The reader behind takes this one for the mark of a comment, and drops the row.
        for (var i = _filled; (i = Array.IndexOf(_buffer, CommentMark, i, _filled + read - i)) >= 0;) _buffer[i] = '\uFFFD';
        _filled += read;
        _ended = read == 0;
        return read > 0;
    }
}
