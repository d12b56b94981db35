using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;

namespace PasskeyAdmin.Devices;

/// <summary>The columns of one file, and what we take from them.</summary>
internal sealed class InventoryColumns
{
    private readonly IReadOnlyList<string> _names;
    private readonly FieldColumns[] _fields;
    private readonly string?[] _idCounters;

    public InventoryColumns(string fileName, IReadOnlyList<string> header, FieldNames names)
    {
        _names = header;
        var columns = names.Resolve(header);
        if (names.ColumnMap is not null)
            foreach (var mapped in names.ColumnMap)
                if (columns[(int)mapped.Key].Length == 0) throw names.Unrecognised(fileName, header, mapped.Value);
        string[] plainNames = [.. header.Select(FieldNames.Normalise)];
        var plain = new HashSet<string>(plainNames);
        if (columns[(int)InventoryField.OperatingSystem].Length + columns[(int)InventoryField.OSVersion].Length == 0)
            throw names.Unrecognised(fileName, header);
        _fields = [.. columns.Select((indexes, field) => new FieldColumns((InventoryField)field, indexes)).Where(f => f.Columns.Length > 0 && names.IsNeeded(f.Field))];
        NamesPlatform = Array.Exists(_fields, f => FieldNames.Decides(f.Field) && Array.Exists(f.Columns, c => PlatformText.Parse(header[c]) is not DevicePlatform.Unknown));
        AreKindsOnly = !names.WantsAll && Array.TrueForAll(_fields, f => FieldNames.Decides(f.Field));
        _idCounters = [.. plainNames.Select(name => name is "jsscomputerid" or "jamfcomputerid" ? "computer" : name is "jssmobiledeviceid" ? "mobile device" : null)];
        // The computers of Jamf Pro are Macs, and its exports need not say so (reference/graph-devices.md §4). Its mobile devices may be an Apple TV
        // as well as an iPad: only the model tells.
        var isJamfComputer = plain.Overlaps(["jsscomputerid", "jamfcomputerid"])
            || plain.IsSupersetOf(["computername", "lastinventoryupdate"])
            || plain.IsSupersetOf(["computername", "serialnumber", "operatingsystemversion", "lastcheckin"])
            || (names.Format is InventoryFormat.Jamf && plain.Contains("operatingsystemversion"));
        AssumedPlatform = isJamfComputer && names.Format is InventoryFormat.Auto or InventoryFormat.Jamf ? DevicePlatform.macOS : DevicePlatform.Unknown;
    }

    /// <summary>The columns that are looked at and hold the same few texts again and again, unlike names, ids and dates.</summary>
    public IEnumerable<int> Repetitive => _fields
        .Where(f => f.Field is not (InventoryField.DeviceName or InventoryField.DeviceId or InventoryField.UserPrincipalName or InventoryField.LastSeen)).SelectMany(f => f.Columns);

    public DevicePlatform AssumedPlatform { get; }

    /// <summary>Whether nothing is wanted of a device but what decides its verdict, so that devices of the same kind do not differ.</summary>
    public bool AreKindsOnly { get; }

    /// <summary>Whether a column that decides is called like a platform, such as "iOS version", so that its name would pass for one.</summary>
    public bool NamesPlatform { get; }

    /// <summary>Takes the fields of a row: of several columns for a field, the first that is not empty.</summary>
    /// <param name="fields">New, or what was taken of another row of the same file.</param>
    /// <param name="column">The clean text of a column of this row, see <see cref="DeviceFields.Clean"/>.</param>
    [MethodImpl(Tiering.None)]
    public void Take(DeviceFields fields, Func<int, string?> column)
    {
        foreach (var field in _fields)
            foreach (var index in field.Columns)
                if (fields.Set(field.Field, column(index)))
                {
                    if (field.Field is InventoryField.DeviceId) fields.IdCountedBy = _idCounters[index];
                    break;
                }
    }

    /// <summary>Whether all texts of a row that decide are but the names of their columns, as where exports were joined before they were read.</summary>
    /// <param name="text">The clean text of a column of this row.</param>
    public bool RepeatsNames(Func<int, string?> text) => Array.TrueForAll(_fields, f => !FieldNames.Decides(f.Field)
        || Array.TrueForAll(f.Columns, c => _names[c].Trim().Equals(text(c), StringComparison.OrdinalIgnoreCase)));

    /// <param name="Columns">Where the field may stand, the best place first.</param>
    private sealed record FieldColumns(InventoryField Field, int[] Columns);
}
