using System;
using System.IO;
using System.Text;

namespace PasskeyAdmin.Devices;

/// <summary>A text reader whose beginning was looked at. Every character of an inventory comes through it, so a file that breaks off is noticed here.</summary>
internal sealed class PeekedReader(TextReader text, string fileName) : TextReader
{
    private const int Longest = 1 << 16;

    private char[] _peeked = [];
    private int _filled;
    private int _next;

    /// <summary>A line that is not blank, without its line break, cut where 65,536 characters end.</summary>
    /// <param name="number">0 for the first.</param>
    public string PeekLine(int number = 0)
    {
        var start = Start();
        while (true)
        {
            var end = start;
            while (end < _filled && _peeked[end] is not ('\r' or '\n')) end++;
            if (number-- == 0 || end == _filled) return number >= 0 ? "" : new string(_peeked, start, end - start);
            start = NotBlank(end);
        }
    }

    /// <summary>The first character that is not white space; '\0' in a blank file.</summary>
    public char PeekMark()
    {
        var start = Start();
        return start < _filled ? _peeked[start] : '\0';
    }

    /// <summary>Leaves the line out that <see cref="PeekLine"/> gave.</summary>
    public void SkipPeekedLine()
    {
        _next = Start() + PeekLine().Length;
        if (_next < _filled && _peeked[_next] is '\r') _next++;
        if (_next < _filled && _peeked[_next] is '\n') _next++;
    }

    public override int Read(char[] buffer, int index, int count)
    {
        if (_next >= _filled) return ReadOn(buffer, index, count);
        var part = Math.Min(count, _filled - _next);
        Array.Copy(_peeked, _next, buffer, index, part);
        _next += part;
        return part;
    }

    public override int Read() => Peek() < 0 ? -1 : _peeked[_next++];

    public override int Peek()
    {
        if (_next < _filled) return _peeked[_next];
        if (_peeked.Length == 0) _peeked = new char[Longest];
        (_next, _filled) = (0, ReadOn(_peeked, 0, _peeked.Length));
        return _filled > 0 ? _peeked[0] : -1;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) text.Dispose();
        base.Dispose(disposing);
    }

    private int ReadOn(char[] buffer, int index, int count)
    {
        try
        {
            return text.Read(buffer, index, count);
        }
        catch (DecoderFallbackException e)
        {
            throw new PasskeyAdminException(ErrorKind.InvalidData, "FileNotText",
                $"{fileName} is not in UTF-8, so names in it would be read wrongly. Save it as UTF-8 (in Excel: CSV UTF-8) and try again.", e);
        }
        catch (IOException e)
        {
            throw new PasskeyAdminException(ErrorKind.Unavailable, "FileReadFailed", $"{fileName} cannot be read on: {e.Message} Copy it to a local disk and try again.", e);
        }
    }

    private int Start()
    {
        if (_peeked.Length == 0)
        {
            _peeked = new char[Longest];
            while (_filled < Longest && ReadOn(_peeked, _filled, Longest - _filled) is > 0 and var read) _filled += read;
        }
        return NotBlank(_next);
    }

    private int NotBlank(int start)
    {
        while (start < _filled && char.IsWhiteSpace(_peeked[start]) && _peeked[start] is not '\t') start++;
        return start;
    }
}
