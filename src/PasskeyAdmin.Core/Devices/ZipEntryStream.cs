using System.IO;
using System.IO.Compression;

namespace PasskeyAdmin.Devices;

/// <summary>The text of an archive's entry while it is inflated. It must have just the length and the checksum that the archive says.</summary>
internal sealed class ZipEntryStream : ReadOnlyStream
{
    private readonly ZipArchive _archive;
    private readonly Stream _inflated;
    private readonly string _shownName;
    private readonly Crc32 _checksum = new();
    private readonly uint? _expected;
    private long _read;

    /// <exception cref="InvalidDataException">The entry cannot be read.</exception>
    public ZipEntryStream(ZipArchive archive, ZipArchiveEntry entry, string shownName)
    {
        _archive = archive;
        _inflated = entry.Open();
        _shownName = shownName;
        Length = entry.Length;
        // .NET Standard 2.0 does not name it; .NET Framework, which has it not, leaves the checksum unchecked.
        _expected = (uint?)typeof(ZipArchiveEntry).GetProperty("Crc32")?.GetValue(entry);
    }

    public override long Length { get; }

    public override int Read(byte[] buffer, int offset, int count)
    {
        int read;
        try
        {
            read = _inflated.Read(buffer, offset, count);
        }
        catch (InvalidDataException e)
        {
            throw InventoryArchive.Damaged(_shownName, e);
        }
        _read += read;
        if (_expected is not null) _checksum.Add(buffer, offset, read);
        var isEnd = read == 0 && count > 0;
        if (_read > Length || (isEnd && _read < Length)) throw InventoryArchive.Damaged(_shownName);
        if (isEnd && _expected is { } expected && _checksum.Value != expected) throw InventoryArchive.WrongChecksum(_shownName);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inflated.Dispose();
            _archive.Dispose();
        }
        base.Dispose(disposing);
    }
}
