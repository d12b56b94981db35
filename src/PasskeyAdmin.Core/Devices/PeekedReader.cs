using System;
using System.IO;

namespace PasskeyAdmin.Devices;

/// <summary>A text reader whose beginning was looked at.</summary>
internal sealed class PeekedReader(TextReader text) : TextReader
{
    private const int Longest = 1 << 16;

    private char[] _peeked = [];
    private int _filled;
    private int _next;

    /// <summary>The first line that is not blank, without its line break, cut at 65,536 characters.</summary>
    public string PeekLine()
    {
        var start = Start();
        var end = start;
        while (end < _filled && _peeked[end] is not ('\r' or '\n')) end++;
        return new string(_peeked, start, end - start);
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
        if (_next >= _filled) return text.Read(buffer, index, count);
        var part = Math.Min(count, _filled - _next);
        Array.Copy(_peeked, _next, buffer, index, part);
        _next += part;
        return part;
    }

    public override int Read()
    {
        var one = new char[1];
        return Read(one, 0, 1) == 0 ? -1 : one[0];
    }

    public override int Peek() => _next < _filled ? _peeked[_next] : text.Peek();

    protected override void Dispose(bool disposing)
    {
        if (disposing) text.Dispose();
        base.Dispose(disposing);
    }

    private int Start()
    {
        if (_peeked.Length == 0)
        {
            _peeked = new char[Longest];
            while (_filled < Longest && text.Read(_peeked, _filled, Longest - _filled) is > 0 and var read) _filled += read;
        }
        var start = _next;
        while (start < _filled && char.IsWhiteSpace(_peeked[start]) && _peeked[start] is not '\t') start++;
        return start;
    }
}
