using System;
using System.IO;
using System.Text;

namespace PasskeyAdmin.Devices;

/// <summary>A text in another encoding, as UTF-8. (The framework's own is not in .NET Standard 2.0.)</summary>
internal sealed class Utf8Stream(Stream source, Encoding encoding) : ReadOnlyStream
{
    private const int BufferLength = 1 << 14;

    private readonly StreamReader _reader = new(source, encoding, detectEncodingFromByteOrderMarks: false, BufferLength * 2);
    private readonly Encoder _encoder = Encoding.UTF8.GetEncoder();
    private readonly char[] _characters = new char[BufferLength];
    private readonly byte[] _bytes = new byte[Encoding.UTF8.GetMaxByteCount(BufferLength)];
    private int _next;
    private int _filled;

    public override int Read(byte[] buffer, int offset, int count)
    {
        while (_next == _filled)
        {
            var read = _reader.Read(_characters, 0, BufferLength);
            (_next, _filled) = (0, _encoder.GetBytes(_characters, 0, read, _bytes, 0, flush: read == 0));
            if (read == 0) break;
        }
        var part = Math.Min(count, _filled - _next);
        Buffer.BlockCopy(_bytes, _next, buffer, offset, part);
        _next += part;
        return part;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _reader.Dispose();
        base.Dispose(disposing);
    }
}
