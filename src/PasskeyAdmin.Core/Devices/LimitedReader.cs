using System;
using System.IO;
using System.Text;
using System.Threading;

namespace PasskeyAdmin.Devices;

/// <summary>A text reader that refuses to go on where a line or a value does not end, as whoever reads JSON keeps all of it in memory, and where it is stopped.</summary>
internal sealed class LimitedReader(TextReader text, Func<PasskeyAdminException> tooLong, CancellationToken cancellationToken) : TextReader
{
    /// <summary>A hundred times a large device.</summary>
    public const int Longest = 1 << 24;

    private readonly char[] _buffer = new char[1 << 14];
    private int _next;
    private int _filled;
    private int _read;

    /// <summary>Starts to count anew: what was read so far is done with.</summary>
    public void Restart() => _read = 0;

    public override int Read(char[] buffer, int index, int count)
    {
        if (_read > Longest) throw tooLong();
        if (_next == _filled && !Fill()) return 0;
        var part = Math.Min(count, _filled - _next);
        Array.Copy(_buffer, _next, buffer, index, part);
        (_next, _read) = (_next + part, _read + part);
        return part;
    }

    public override int Read() => Peek() < 0 ? -1 : _buffer[_next++];

    public override int Peek() => _next == _filled && !Fill() ? -1 : _buffer[_next];

    public override string? ReadLine()
    {
        if (Peek() < 0) return null;
        var line = new StringBuilder();
        while (_next < _filled || Fill())
        {
            if (line.Length > Longest) throw tooLong();
            var end = Array.IndexOf(_buffer, '\n', _next, _filled - _next);
            line.Append(_buffer, _next, (end < 0 ? _filled : end) - _next);
            _next = end < 0 ? _filled : end + 1;
            if (end < 0) continue;
            if (line.Length > 0 && line[line.Length - 1] is '\r') line.Length--;
            break;
        }
        return line.ToString();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) text.Dispose();
        base.Dispose(disposing);
    }

    private bool Fill()
    {
        cancellationToken.ThrowIfCancellationRequested();
        (_next, _filled) = (0, text.Read(_buffer, 0, _buffer.Length));
        return _filled > 0;
    }
}
