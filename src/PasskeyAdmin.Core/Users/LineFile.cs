using System;
using System.IO;
using System.Text;

namespace PasskeyAdmin.Users;

/// <summary>A file of lines that grows at its end and is read at any line. What a line says is in the file, as far as the system goes, when it was appended.</summary>
internal sealed class LineFile(FileStream file) : IDisposable
{
    private const byte LineFeed = (byte)'\n';

    private readonly byte[] _buffer = new byte[16 * 1024];
    private readonly MemoryStream _line = new();
    private long _at = -1;

    public long Length { get; private set; } = file.Length;

    public void Dispose()
    {
        file.Dispose();
        _line.Dispose();
    }

    public void Truncate(long length)
    {
        file.SetLength(length);
        (Length, _at) = (length, -1);
    }

    /// <summary>Appends a line, and says where it begins.</summary>
    /// <param name="write">Writes the line without its end.</param>
    /// <exception cref="IOException">What was written of it may break off.</exception>
    public long Append(Action<TextWriter> write)
    {
        _line.SetLength(0);
        using (var writer = new StreamWriter(_line, new UTF8Encoding(false), 1024, leaveOpen: true)) write(writer);
        _line.WriteByte(LineFeed);
        var start = Length;
        if (_at != start) file.Seek(start, SeekOrigin.Begin);
        _at = -1;
        file.Write(_line.GetBuffer(), 0, (int)_line.Length);
        file.Flush();
        return (_at = Length = start + _line.Length) - _line.Length;
    }

    /// <summary>The line that begins there; null where it breaks off.</summary>
    /// <param name="next">Where the line behind it begins.</param>
    public string? Read(long at, out long next)
    {
        _line.SetLength(0);
        file.Seek(at, SeekOrigin.Begin);
        _at = -1;
        int read;
        while ((read = file.Read(_buffer, 0, _buffer.Length)) > 0)
        {
            var end = Array.IndexOf(_buffer, LineFeed, 0, read);
            _line.Write(_buffer, 0, end < 0 ? read : end);
            if (end < 0) continue;
            next = at + _line.Length + 1;
            return Encoding.UTF8.GetString(_line.GetBuffer(), 0, (int)_line.Length);
        }
        next = Length;
        return null;
    }

    /// <summary>All of a file that is short and has no whole line; null where it is longer, or has one.</summary>
    public byte[]? Fragment(int longest)
    {
        if (Length > longest) return null;
        file.Seek(0, SeekOrigin.Begin);
        _at = -1;
        var all = new byte[Length];
        return file.Read(all, 0, all.Length) == all.Length && Array.IndexOf(all, LineFeed) < 0 ? all : null;
    }
}
