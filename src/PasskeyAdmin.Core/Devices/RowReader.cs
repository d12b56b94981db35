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
    private string[] _shape = [];
    private DeviceFactory _factory = new();

    public RowReader(FieldNames names)
    {
        _names = names;
        _cleanValue = index => DeviceFields.Clean(_value(index));
    }

    /// <summary>The columns of the last row that could be read; null before the first.</summary>
    public InventoryColumns? Columns { get; private set; }

    /// <summary>The names of the columns of the last row.</summary>
    public IReadOnlyList<string> Shape => _shape;

    /// <summary>Makes the columns of the next row those that are read.</summary>
    /// <exception cref="PasskeyAdminException"><c>InventoryColumnsUnrecognised</c>.</exception>
    public void Expect(IReadOnlyList<string> columns, string rowName)
    {
        if (Columns is not null && _shape.SequenceEqual(columns, StringComparer.Ordinal)) return;
        Columns = null;
        _shape = [.. columns];
        Columns = new InventoryColumns(rowName, _shape, _names);
        _factory = new DeviceFactory { AssumedPlatform = Columns.AssumedPlatform };
    }

    /// <param name="value">The text of a column of this row.</param>
    public Device Read(Func<int, string?> value, string? source = null, long? line = null)
    {
        var fields = new DeviceFields();
        _value = value;
        Columns!.Take(fields, _cleanValue);
        return new Device(fields, _factory.SystemOf(fields), source, line);
    }
}
