using System.IO;
using System.IO.Compression;

namespace PasskeyAdmin.Devices;

/// <summary>The text of an archive's entry while it is inflated. It must have just the length that the archive says.</summary>
internal sealed class ZipEntryStream : ReadOnlyStream
{
    private readonly ZipArchive _archive;
    private readonly Stream _inflated;
    private readonly string _shownName;
    private long _read;

    /// <exception cref="InvalidDataException">The entry cannot be read.</exception>
    public ZipEntryStream(ZipArchive archive, ZipArchiveEntry entry, string shownName)
    {
        _archive = archive;
        _inflated = entry.Open();
        _shownName = shownName;
        Length = entry.Length;
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
        if (_read > Length || (read == 0 && count > 0 && _read < Length)) throw InventoryArchive.Damaged(_shownName);
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
