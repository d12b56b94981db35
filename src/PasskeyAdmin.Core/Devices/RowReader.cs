using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Devices;

/// <summary>Reads rows that bring their own columns: JSON objects and pipeline objects. The columns of the last row are remembered.</summary>
internal sealed class RowReader
{
    private readonly FieldNames _names;
    private readonly Func<int, string?> _cleanValue;
    private Func<int, string?> _value = _ => null;

    // Of the last row: the names of its columns, and what they are or why they are nothing.
    private string[] _shape = [];
    private InventoryColumns? _columns;
    private PasskeyAdminException? _refusal;
    private DeviceFactory _factory = new();

    public RowReader(FieldNames names)
    {
        _names = names;
        _cleanValue = index => DeviceFields.Clean(_value(index));
    }

    /// <summary>Makes the columns of the next row those that are read. Where they describe no device, the result is the error that says so.</summary>
    public PasskeyAdminException? Expect(IReadOnlyList<string> columns, string rowName)
    {
        if ((_columns ?? (object?)_refusal) is not null && _shape.SequenceEqual(columns, StringComparer.Ordinal)) return _refusal;
        (_columns, _refusal, _shape) = (null, null, [.. columns]);
        try
        {
            _columns = new InventoryColumns(rowName, _shape, _names);
        }
        catch (PasskeyAdminException e)
        {
            return _refusal = e;
        }
        _factory = new DeviceFactory { AssumedPlatform = _columns.AssumedPlatform };
        return null;
    }

    /// <summary>Null where the row only repeats the names of its columns.</summary>
    /// <param name="value">The text of a column of this row.</param>
    public Device? Read(Func<int, string?> value, string? source = null, long? line = null)
    {
        var fields = new DeviceFields();
        _value = value;
        _columns!.Take(fields, _cleanValue);
        var system = _factory.SystemOf(fields);
        return (system.Platform is DevicePlatform.Unknown || _columns.NamesPlatform) && _columns.RepeatsNames(_cleanValue) ? null : new Device(fields, system, source, line);
    }
}
