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

    public void CountRow() => Rows++;

    public void OnFault(long line, string reason)
    {
        Faults++;
        onFault(new InventoryRowFault(shownName, line, reason));
    }

    public PasskeyAdminException Empty() => new(ErrorKind.InvalidData, "FileEmpty", $"{shownName} holds no rows. Export the data again.");

    public PasskeyAdminException Damaged(JsonReaderException fault) =>
        new(ErrorKind.InvalidData, "InventoryFileDamaged",
            $"{shownName}, line {JsonFault.Line(fault)}: {JsonFault.Reason(fault)}. {Rows} devices before it were read; what follows it could not be. Export the data again.", fault);
}
