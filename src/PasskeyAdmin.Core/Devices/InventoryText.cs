using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace PasskeyAdmin.Devices;

/// <summary>
/// The text of an inventory file as UTF-8, however it is packed and written: plain or the one file of a zip archive; in UTF-8, or in UTF-16 or UTF-32
/// with or without a byte order mark. Bytes that are not UTF-8 stay as they are; <see cref="Encoding"/> reads them as Windows-1252.
/// </summary>
internal sealed class InventoryText : IDisposable
{
    private const int StartLength = 1 << 16;
    private const int BufferLength = 1 << 15;

    private readonly Windows1252Fallback _fallback = new();
    private readonly InventoryBytes _file;

    private InventoryText(Stream source, string shownName)
    {
        ShownName = shownName;
        Length = source.CanSeek || source is ZipEntryStream ? source.Length : null;
        Encoding = Utf8(_fallback);
        Utf8Bytes = _file = new InventoryBytes(source, shownName);
        PlainLength = source is FileStream { CanSeek: true } ? source.Length : 0;
        if (OtherEncoding(_file.Peek(4)) is { } other) (Utf8Bytes, PlainLength) = (new InventoryBytes(new Utf8Stream(_file, other), shownName), 0);
        if (Utf8Bytes.Peek(3).SequenceEqual(new byte[] { 0xEF, 0xBB, 0xBF })) Utf8Bytes.Skip(3);
        Start = StartOf(Utf8Bytes.Peek(StartLength));
    }

    /// <summary>The name of the file, for messages.</summary>
    public string ShownName { get; }

    /// <summary>The beginning of the text, to tell what it is.</summary>
    public string Start { get; }

    /// <summary>All of the text, without a byte order mark.</summary>
    public InventoryBytes Utf8Bytes { get; }

    /// <summary>How its bytes are turned into characters.</summary>
    public Encoding Encoding { get; }

    /// <summary>Bytes read so far, of what <see cref="Length"/> counts.</summary>
    public long Position => _file.Taken;

    /// <summary>The bytes of the file, extracted where it is packed; null where they cannot be known.</summary>
    public long? Length { get; }

    /// <summary>The bytes of the text where they stand in the file as they are, so that it can be read from any place; otherwise 0.</summary>
    public long PlainLength { get; }

    /// <summary>Whether bytes that were turned into characters were not UTF-8.</summary>
    public bool HasWindows1252 => _fallback.WasUsed;

    /// <exception cref="PasskeyAdminException">The errors of opening a file, <c>ArchiveRefused</c>, <c>ArchiveDamaged</c>, <c>FileReadFailed</c>.</exception>
    public static InventoryText Open(string path, string? name = null)
    {
        Stream stream = InputFile.Open(path);
        var shownName = DisplayText.Neutralise(name ?? Path.GetFileName(path));
        var isOpen = false;
        try
        {
            // A pipe cannot be looked at twice; what comes through one is text.
            if (stream.CanSeek && InventoryArchive.IsArchive(stream)) stream = InventoryArchive.Open(stream, shownName);
            var text = new InventoryText(stream, shownName);
            isOpen = true;
            return text;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw InputFile.ReadFailed(shownName, e);
        }
        finally
        {
            if (!isOpen) stream.Dispose();
        }
    }

    /// <summary>The lines of <see cref="Start"/> that are not blank.</summary>
    public IEnumerable<string> StartLines()
    {
        using var lines = new StringReader(Start);
        while (lines.ReadLine() is { } line)
            if (!string.IsNullOrWhiteSpace(line)) yield return line;
    }

    public StreamReader CreateReader() => new(Utf8Bytes, Encoding, detectEncodingFromByteOrderMarks: false, BufferLength);

    public void Dispose() => Utf8Bytes.Dispose();

    /// <summary>UTF-8 that reads other bytes as Windows-1252.</summary>
    public static Encoding Utf8(Windows1252Fallback fallback) => Encoding.GetEncoding("utf-8", EncoderFallback.ReplacementFallback, fallback);

    /// <summary>Null for UTF-8. Without a mark, zeros in every other place tell UTF-16: no other text begins with them.</summary>
    private static Encoding? OtherEncoding(ArraySegment<byte> start) => start.ToArray() switch
    {
        [0xFF, 0xFE, 0, 0] => new UTF32Encoding(bigEndian: false, byteOrderMark: true),
        [0, 0, 0xFE, 0xFF] => new UTF32Encoding(bigEndian: true, byteOrderMark: true),
        [0xFF, 0xFE, ..] or [not 0, 0, not 0, 0] => new UnicodeEncoding(bigEndian: false, byteOrderMark: true),
        [0xFE, 0xFF, ..] or [0, not 0, 0, not 0] => new UnicodeEncoding(bigEndian: true, byteOrderMark: true),
        _ => null,
    };

    /// <summary>Without the character that the end may have cut. A fallback of its own: a look at what is not used is no reason for a warning.</summary>
    private static string StartOf(ArraySegment<byte> bytes)
    {
        var characters = new char[bytes.Count];
        return new string(characters, 0, Utf8(new Windows1252Fallback()).GetDecoder().GetChars(bytes.Array!, bytes.Offset, bytes.Count, characters, 0, flush: false));
    }
}
