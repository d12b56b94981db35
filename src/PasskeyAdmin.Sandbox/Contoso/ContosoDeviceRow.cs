using System;
using System.Collections.Generic;

namespace PasskeyAdmin.Sandbox.Contoso;

/// <summary>A row of the inventory export: the device, and the texts of its columns.</summary>
/// <param name="Index">Its place in the export, from 0. The first rows are the computers of the people, in their order.</param>
internal sealed record ContosoDeviceRow(int Index, ContosoDevice Device, IReadOnlyList<string> Header, IReadOnlyList<string> Fields)
{
    public string this[string column]
    {
        get
        {
            for (var i = 0; i < Header.Count; i++)
                if (Header[i] == column) return Fields[i];
            throw new ArgumentOutOfRangeException(nameof(column), column, "The export has no such column.");
        }
    }

    /// <summary>A date of the export (<c>2026-08-01 12:34:56.0000000</c>, UTC, reference/graph-devices.md §1) as Graph gives it.</summary>
    public string Date(string column) => this[column].Substring(0, 19).Replace(' ', 'T') + "Z";
}
