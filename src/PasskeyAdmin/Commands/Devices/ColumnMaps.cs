using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PasskeyAdmin.Devices;

namespace PasskeyAdmin.Commands;

/// <summary>Reads <c>-ColumnMap @{ OSVersion = 'Version of the system' }</c>.</summary>
internal static class ColumnMaps
{
    /// <summary>What columns and properties may be called.</summary>
    /// <param name="map">The value of <c>-ColumnMap</c>; null where it is not given.</param>
    /// <param name="fields">The fields that are needed beside those that decide a verdict; null for all.</param>
    /// <exception cref="PasskeyAdminException"><c>ColumnMapInvalid</c>.</exception>
    public static FieldNames Names(InventoryFormat format, IDictionary? map, IReadOnlyCollection<InventoryField>? fields = null) => new(format, Parse(map), fields);

    private static Dictionary<InventoryField, string>? Parse(IDictionary? map)
    {
        if (map is null) return null;
        var columns = new Dictionary<InventoryField, string>();
        foreach (DictionaryEntry entry in map)
        {
            var key = LanguagePrimitives.ConvertTo<string>(entry.Key);
            var column = LanguagePrimitives.ConvertTo<string>(entry.Value);
            if (Enum.GetNames(typeof(InventoryField)).FirstOrDefault(n => n.Equals(key, StringComparison.OrdinalIgnoreCase)) is not { } name)
                throw Invalid($"'{DisplayText.Neutralise(key)}' is no field. Use {string.Join(", ", Enum.GetNames(typeof(InventoryField)))} = the name of the column");
            if (string.IsNullOrWhiteSpace(column)) throw Invalid($"{name} names no column");
            if (columns.Values.Contains(column, StringComparer.OrdinalIgnoreCase)) throw Invalid($"the column '{DisplayText.Neutralise(column)}' stands twice");
            columns.Add((InventoryField)Enum.Parse(typeof(InventoryField), name), column);
        }
        return columns;
    }

    private static PasskeyAdminException Invalid(string reason) => new(ErrorKind.InvalidArgument, "ColumnMapInvalid", $"-ColumnMap: {reason}.");
}
