using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Devices;

/// <summary>The names of the columns of a CSV file, and what they mean.</summary>
internal sealed class CsvHeader
{
    private readonly FieldNames _meanings;
    private readonly string[] _plainNames;
    private readonly bool[] _repetitive;

    /// <exception cref="PasskeyAdminException"><c>InventoryColumnsUnrecognised</c>.</exception>
    public CsvHeader(IReadOnlyList<string> names, char delimiter, InventoryFile file)
    {
        _meanings = file.Names;
        Delimiter = delimiter;
        _plainNames = [.. names.Select(FieldNames.Normalise)];
        Count = Named = names.Count;
        while (Named > 0 && string.IsNullOrWhiteSpace(names[Named - 1])) Named--;
        NamesWithDigit = names.Count(name => name.Length > 0 && name[0] is >= '0' and <= '9');
        Columns = new InventoryColumns(file.ShownName, names, file.Names);
        _repetitive = new bool[Count];
        foreach (var column in Columns.Repetitive) _repetitive[column] = true;
    }

    public char Delimiter { get; }

    /// <summary>How many columns there are.</summary>
    public int Count { get; }

    /// <summary>How many there are up to the last that has a name.</summary>
    public int Named { get; }

    public InventoryColumns Columns { get; }

    /// <summary>How many names begin with a digit.</summary>
    public int NamesWithDigit { get; }

    /// <summary>Whether a column holds the same few texts again and again.</summary>
    public bool IsRepetitive(int column) => _repetitive[column];

    /// <summary>Whether a row is no device but the names of columns, as joined exports have in their middle: of this export, or of another one.</summary>
    public bool IsNames(IEnumerable<string> cells)
    {
        var (known, isTelling) = (0, false);
        foreach (var cell in cells)
        {
            if (_meanings.Lookup(cell) is not { } field) continue;
            known++;
            isTelling |= FieldNames.Tells(field);
        }
        return known > 1 && isTelling;
    }

    /// <summary>Whether the names of this file follow a row without a line end, as where exports were joined of which the first lacks the last one.</summary>
    /// <param name="count">How many cells there are; the cells themselves are looked at only where it fits.</param>
    public bool IsBehindRow(int count, IEnumerable<string> cells)
    {
        if (Count < 2 || count != 2 * Count - 1) return false;
        string[] behind = [.. cells.Skip(Count - 1).Select(FieldNames.Normalise)];
        return behind[0].EndsWith(_plainNames[0], StringComparison.Ordinal) && behind.Skip(1).SequenceEqual(_plainNames.Skip(1));
    }

    /// <summary>Whether such a row has the names of this file.</summary>
    public bool IsSame(IEnumerable<string> cells) => cells.Select(FieldNames.Normalise).SequenceEqual(_plainNames);
}
