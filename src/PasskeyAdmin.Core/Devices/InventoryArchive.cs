using System;
using System.IO;
using System.IO.Compression;
using System.Linq;

namespace PasskeyAdmin.Devices;

/// <summary>
/// Reads the one file of a zip archive, as Intune's portal delivers its exports, without writing it anywhere. An archive that holds more, or that
/// is made to harm whoever opens it, is refused.
/// </summary>
internal static class InventoryArchive
{
    /// <summary>Ten times an export of five million devices.</summary>
    private const long LargestText = 32L << 30;

    /// <summary>Exports shrink to a tenth; a bomb to a thousandth, which is all that the format can do.</summary>
    private const int HighestRatio = 200;

    /// <summary>Below this the ratio says nothing and harms nobody.</summary>
    private const long SmallText = 1 << 20;

    private static readonly char[] Separators = ['/', '\\'];

    /// <summary>Whether a file begins like an archive. Its position stays at the start.</summary>
    public static bool IsArchive(Stream file)
    {
        var start = new byte[4];
        var read = file.Read(start, 0, start.Length);
        file.Position = 0;
        return read == 4 && start is [(byte)'P', (byte)'K', 3, 4] or [(byte)'P', (byte)'K', 5, 6];
    }

    /// <summary>The text in an archive; closing it closes the file.</summary>
    /// <exception cref="PasskeyAdminException"><c>ArchiveRefused</c>, <c>ArchiveDamaged</c>.</exception>
    public static ZipEntryStream Open(Stream file, string shownName)
    {
        try
        {
            var archive = new ZipArchive(file, ZipArchiveMode.Read);
            // What macOS adds to every archive is no content.
            var entries = archive.Entries.Where(e => e.Name.Length > 0 && !e.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal)).ToList();
            if (entries.Exists(e => e.FullName == "[Content_Types].xml")) throw Refused(shownName, "it is an Excel workbook. Save it as CSV (UTF-8)");
            if (entries.Count != 1) throw Refused(shownName, $"it holds {entries.Count:N0} files instead of one. Extract the export and name that file");
            var entry = entries[0];
            var name = DisplayText.Neutralise(entry.FullName);
            if (!IsPlainName(entry.FullName)) throw Refused(shownName, $"the name '{name}' in it points outside of the archive, which no export does");
            if (entry.Length > LargestText) throw Refused(shownName, $"'{name}' in it would be {entry.Length >> 30:N0} GB large. Extract it yourself if it is what you expect");
            if (entry.Length > SmallText && entry.Length / HighestRatio > entry.CompressedLength)
                throw Refused(shownName, $"'{name}' in it grows to more than {HighestRatio} times its packed size, as a zip bomb does. Extract it yourself if it is what you expect");
            return new ZipEntryStream(archive, entry, shownName);
        }
        catch (InvalidDataException e)
        {
            throw Damaged(shownName, e);
        }
    }

    public static PasskeyAdminException Damaged(string shownName, Exception? cause = null) =>
        new(ErrorKind.InvalidData, "ArchiveDamaged", $"{shownName} is a damaged zip archive, or one with a password. Export the data again, or extract it and name the file that is in it.", cause);

    public static PasskeyAdminException WrongChecksum(string shownName) =>
        new(ErrorKind.InvalidData, "ArchiveDamaged", $"{shownName} is a damaged zip archive: what is in it does not have the checksum that it should. What was read of it may be wrong. Export the data again.");

    private static PasskeyAdminException Refused(string shownName, string reason) => new(ErrorKind.InvalidData, "ArchiveRefused", $"{shownName} is a zip archive that is not read: {reason}.");

    private static bool IsPlainName(string name) => !(name.Length > 1 && name[1] is ':') && name[0] is not ('/' or '\\') && !name.Split(Separators).Contains("..");
}
