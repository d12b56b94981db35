using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace PasskeyAdmin.Devices;

/// <summary>Reads device inventories from files: CSV and JSON exports of Intune, Entra and Jamf, or anything with known or mapped columns.</summary>
internal sealed class InventoryReader
{
    public const int RowsBetweenReports = 100;

    private readonly FieldNames _names;
    private readonly Action<InventoryRowFault> _onFault;
    private readonly string? _shownName;

    /// <param name="onFault">Told of each row that cannot be read, while the rest goes on.</param>
    /// <param name="shownName">What messages and devices call the file; null for its name.</param>
    public InventoryReader(FieldNames names, Action<InventoryRowFault> onFault, string? shownName = null)
    {
        _names = names;
        _onFault = onFault;
        _shownName = shownName;
    }

    /// <summary>The devices of a file, read while they are enumerated.</summary>
    /// <param name="onEnd">Told at the end of the file how many rows were read and how many could not be; null where nobody asks.</param>
    /// <exception cref="PasskeyAdminException">
    /// The errors of opening a file, <c>ArchiveRefused</c>, <c>ArchiveDamaged</c>, <c>FileNotText</c>, <c>FileReadFailed</c>, <c>InventoryColumnsUnrecognised</c>,
    /// <c>InventoryColumnsChanged</c>, or <c>InventoryFileDamaged</c>.
    /// </exception>
    public IEnumerable<Device> Read(string path, IProgress<InventoryProgress>? progress, Action<InventoryFile>? onEnd, CancellationToken cancellationToken)
    {
        using var text = InventoryText.Open(path, _shownName);
        var isJson = IsJson(text);
        var (file, rows) = (default(InventoryFile)!, 0L);
        foreach (var device in InventoryReadAhead.Read(ReadFile, _onFault, cancellationToken))
        {
            if (++rows % RowsBetweenReports == 0) progress?.Report(new InventoryProgress(text.ShownName, rows, text.Position, text.Length));
            yield return device;
        }
        file.HasWindows1252 = text.HasWindows1252;
        onEnd?.Invoke(file);

        IEnumerable<Device> ReadFile(Action<InventoryRowFault> onFault, CancellationToken stop)
        {
            file = new InventoryFile(text.ShownName, _names, onFault);
            return isJson ? JsonInventory.Read(text, file, stop) : CsvInventory.Open(text, file, stop).Read();
        }
    }

    /// <summary>Counts the devices of a file, a large CSV file on several threads.</summary>
    /// <param name="threads">How many may work, the caller's among them. Faults and progress are reported on the caller's.</param>
    /// <exception cref="PasskeyAdminException">As <see cref="Read"/>.</exception>
    public void Count(string path, ReadinessCounter counter, int threads, IProgress<InventoryProgress>? progress, Action<InventoryFile>? onEnd, CancellationToken cancellationToken)
    {
        using var text = InventoryText.Open(path, _shownName);
        var file = new InventoryFile(text.ShownName, _names, _onFault);
        if (IsJson(text))
            foreach (var device in JsonInventory.Read(text, file, cancellationToken))
            {
                counter.Add(device);
                if (file.Rows % RowsBetweenReports == 0) Report(file.Rows, text.Position);
            }
        else new InventoryParts(path, text, file, counter, Report, cancellationToken).Count(threads);
        file.HasWindows1252 |= text.HasWindows1252;
        onEnd?.Invoke(file);

        void Report(long rows, long bytes) => progress?.Report(new InventoryProgress(file.ShownName, rows, bytes, text.Length));
    }

    /// <summary>An object or a list begins here. A column may be called "[Device]", too.</summary>
    private static bool IsJson(InventoryText text)
    {
        var line = text.StartLines().FirstOrDefault()?.TrimStart() ?? throw InventoryFile.Empty(text.ShownName);
        RefuseWhatIsNoText(line, text.ShownName);
        if (line[0] is not '[') return line[0] is '{';
        var end = line.IndexOf(']');
        return end <= 1 || end + 1 == line.Length || line[end + 1] is not (',' or ';' or '\t') || line.IndexOf('"', 0, end) >= 0;
    }

    private static void RefuseWhatIsNoText(string firstLine, string fileName)
    {
        if (firstLine.StartsWith("PK\u0003\u0004", StringComparison.Ordinal))
            throw new PasskeyAdminException(ErrorKind.InvalidData, "ArchiveRefused", $"{fileName} is a zip archive in another one or in a pipe. Extract it and name the file that is in it.");
        if (firstLine.IndexOf('\0') >= 0)
            throw new PasskeyAdminException(ErrorKind.InvalidData, "FileNotText", $"{fileName} is no text. An inventory is CSV or JSON, or a zip archive with one such file.");
    }
}
