using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading;

namespace PasskeyAdmin.Devices;

/// <summary>Reads device inventories from files: CSV and JSON exports of Intune, Entra and Jamf, or anything with known or mapped columns.</summary>
internal sealed class InventoryReader
{
    private const int RowsBetweenReports = 100;

    private readonly FieldNames _names;
    private readonly Action<InventoryRowFault> _onFault;

    /// <param name="columnMap">Field → column, for files whose columns have other names; null where there is none.</param>
    /// <param name="onFault">Told of each row that cannot be read, while the rest goes on.</param>
    public InventoryReader(InventoryFormat format, IReadOnlyDictionary<InventoryField, string>? columnMap, Action<InventoryRowFault> onFault)
    {
        _names = new FieldNames(format, columnMap);
        _onFault = onFault;
    }

    /// <summary>The devices of a file, read while they are enumerated.</summary>
    /// <param name="onEnd">Told at the end of the file how many rows were read and how many could not be; null where nobody asks.</param>
    /// <exception cref="PasskeyAdminException">
    /// The errors of opening a file, <c>InventoryColumnsUnrecognised</c>, or <c>InventoryFileDamaged</c>.
    /// </exception>
    public IEnumerable<Device> Read(string path, IProgress<InventoryProgress>? progress, Action<InventoryFile>? onEnd, CancellationToken cancellationToken)
    {
        var file = new InventoryFile(DisplayText.Neutralise(Path.GetFileName(path)), _names, _onFault);
        using var stream = InputFile.Open(path);
        using var text = new PeekedReader(new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true, 1 << 16), file.ShownName);
        if (text.PeekMark() is '\0') throw file.Empty();
        RefuseWhatIsNoText(text.PeekLine(), file.ShownName);
        var length = stream.CanSeek ? stream.Length : (long?)null;
        foreach (var device in IsJson(text.PeekLine()) ? JsonInventory.Read(text, file, cancellationToken) : CsvInventory.Read(text, file, cancellationToken))
        {
            file.CountRow();
            if (file.Rows % RowsBetweenReports == 0) progress?.Report(new InventoryProgress(file.ShownName, file.Rows, stream.Position, length));
            yield return device;
        }
        onEnd?.Invoke(file);
    }

    /// <summary>An object or a list begins here. A column may be called "[Device]", too.</summary>
    private static bool IsJson(string firstLine)
    {
        if (firstLine[0] is not '[') return firstLine[0] is '{';
        var end = firstLine.IndexOf(']');
        return end <= 1 || end + 1 == firstLine.Length || firstLine[end + 1] is not (',' or ';' or '\t') || firstLine.IndexOf('"', 0, end) >= 0;
    }

    private static void RefuseWhatIsNoText(string firstLine, string fileName)
    {
        if (firstLine.StartsWith("PK\u0003\u0004", StringComparison.Ordinal))
            throw new PasskeyAdminException(ErrorKind.InvalidData, "FileIsArchive", $"{fileName} is a zip archive. Extract it and name the file that is in it.");
        if (firstLine.IndexOf('\0') >= 0)
            throw new PasskeyAdminException(ErrorKind.InvalidData, "FileNotText", $"{fileName} is no text in UTF-8, nor in UTF-16 with a byte order mark. Save it as UTF-8.");
    }
}
