using System;
using System.IO;

namespace PasskeyAdmin.Devices;

/// <summary>
/// The bytes of an inventory, or of a part of one. The beginning can be looked at; every byte comes through here, so a file that breaks off is noticed
/// here.
/// </summary>
internal sealed class InventoryBytes(Stream source, string shownName) : ReadOnlyStream
{
    private byte[] _start = [];
    private int _filled;
    private int _next;

    /// <summary>Bytes taken from the source so far.</summary>
    public long Taken { get; private set; }

    /// <summary>How many bytes belong to the part that is read.</summary>
    public long End { get; set; } = long.MaxValue;

    /// <summary>Whether what began in the part did not end in it.</summary>
    public bool WentOn { get; private set; }

    /// <summary>A file from some place on.</summary>
    /// <exception cref="PasskeyAdminException">The errors of opening a file.</exception>
    public static InventoryBytes Open(string path, string shownName, long start)
    {
        var file = InputFile.Open(path);
        file.Position = start;
        return new InventoryBytes(file, shownName);
    }

    /// <summary>The first bytes, as many as asked for unless there are fewer. They are still to be read.</summary>
    public ArraySegment<byte> Peek(int length)
    {
        if (_start.Length - _next < length)
        {
            var longer = new byte[length];
            Buffer.BlockCopy(_start, _next, longer, 0, _filled - _next);
            (_start, _filled, _next) = (longer, _filled - _next, 0);
        }
        while (_filled - _next < length && Take(_start, _filled, length - (_filled - _next)) is > 0 and var read) _filled += read;
        return new ArraySegment<byte>(_start, _next, Math.Min(length, _filled - _next));
    }

    /// <summary>Leaves bytes out that were looked at.</summary>
    public void Skip(int count) => _next += count;

    /// <summary>Lets the reader go on behind the end of the part; false where nothing is behind it.</summary>
    public bool GoOn()
    {
        if (End == long.MaxValue) return false;
        End = long.MaxValue;
        return WentOn = true;
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var lookedAt = _filled - _next;
        count = (int)Math.Min(count, Math.Max(0, End - (Taken - lookedAt)));
        if (lookedAt == 0) return count == 0 ? 0 : Take(buffer, offset, count);
        var part = Math.Min(count, lookedAt);
        Buffer.BlockCopy(_start, _next, buffer, offset, part);
        _next += part;
        return part;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) source.Dispose();
        base.Dispose(disposing);
    }

    private int Take(byte[] buffer, int offset, int count)
    {
        try
        {
            var read = source.Read(buffer, offset, count);
            Taken += read;
            return read;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw InputFile.ReadFailed(shownName, e);
        }
    }
}
