using System;
using Newtonsoft.Json;

namespace PasskeyAdmin.Devices;

/// <summary>One file while it is read: its name for messages, what its columns may be called, and where faults go.</summary>
internal sealed class InventoryFile(string shownName, FieldNames names, Action<InventoryRowFault> onFault)
{
    public string ShownName => shownName;

    public FieldNames Names => names;

    /// <summary>Rows that became devices.</summary>
    public long Rows { get; private set; }

    /// <summary>Rows that could not be read.</summary>
    public long Faults { get; private set; }

    /// <summary>Rows over several lines that read like several rows, so that a quotation mark may be lost there.</summary>
    public long DoubtfulRows { get; private set; }

    /// <summary>The line of the first of them; 0 where there is none.</summary>
    public long FirstDoubtfulLine { get; private set; }

    /// <summary>Whether the text was not all UTF-8, so that some of it was taken for Windows-1252.</summary>
    public bool HasWindows1252 { get; set; }

    public void CountRow() => Rows++;

    public void AddRows(long rows) => Rows += rows;

    public void CountDoubtful(long rows, long firstLine)
    {
        if (DoubtfulRows == 0) FirstDoubtfulLine = firstLine;
        DoubtfulRows += rows;
    }

    public void OnFault(long line, string reason)
    {
        Faults++;
        onFault(new InventoryRowFault(shownName, line, reason));
    }

    public static PasskeyAdminException Empty(string shownName) => new(ErrorKind.InvalidData, "FileEmpty", $"{shownName} holds no rows. Export the data again.");

    public PasskeyAdminException ColumnsChanged(long line) =>
        new(ErrorKind.InvalidData, "InventoryColumnsChanged",
            $"{shownName}, line {line}: other names of columns begin here, so different exports were joined in one file. {Rows} devices before it were read; what follows it was not. Give each export as a file of its own.");

    public PasskeyAdminException IsError(string said) =>
        new(ErrorKind.InvalidData, "InventoryIsError", $"{shownName} holds no devices but an error of Microsoft Graph: {DisplayText.Excerpt(said, 300)}. Sign in, or ask for the permission, and save the answer again.");

    public PasskeyAdminException Endless() =>
        new(ErrorKind.InvalidData, "InventoryFileDamaged", $"{shownName}: a value or a line in it has more than {LimitedReader.Longest:N0} characters. {Rows} devices before it were read; what follows it was not. Export the data again.");

    public PasskeyAdminException Damaged(JsonReaderException fault) =>
        new(ErrorKind.InvalidData, "InventoryFileDamaged",
            $"{shownName}, line {JsonFault.Line(fault)}: {JsonFault.Reason(fault)}. {Rows} devices before it were read; what follows it could not be. Export the data again.", fault);
}
