using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace PasskeyAdmin.Commands;

/// <summary>
/// How the rows of a table look: <c>Import-Csv</c> gives each the very same strings as names of its properties. An object with as many properties, the
/// same last one (new ones come last), and the same names where it matters is such a row.
/// </summary>
internal sealed class RowShape
{
    private readonly int _count;
    private readonly (int Index, string Name)[] _used;
    private readonly PSNoteProperty?[] _properties;

    private RowShape(int count, (int, string)[] used)
    {
        (_count, _used) = (count, used);
        _properties = new PSNoteProperty?[count];
    }

    /// <summary>Null for an object whose properties are not all of its own.</summary>
    /// <param name="properties">How many properties it has.</param>
    /// <param name="used">Those that are looked at.</param>
    public static RowShape? Of(PSObject item, int properties, IEnumerable<int> used)
    {
        if (item.BaseObject is not PSCustomObject || !InstanceMembers.AreAvailable || InstanceMembers.Count(item) != properties) return null;
        var names = used.Append(properties - 1).Distinct().Select(index => (index, (InstanceMembers.Member(item, index) as PSNoteProperty)?.Name)).ToList();
        return names.TrueForAll(n => n.Name is not null) ? new RowShape(properties, [.. names.Select(n => (n.index, n.Name!))]) : null;
    }

    /// <summary>Whether an object looks so; then it is the one whose values are asked for.</summary>
    public bool Take(PSObject item)
    {
        if (item.BaseObject is not PSCustomObject || InstanceMembers.Count(item) != _count) return false;
        foreach (var (index, name) in _used)
        {
            if (InstanceMembers.Member(item, index) is not PSNoteProperty property || !ReferenceEquals(property.Name, name)) return false;
            _properties[index] = property;
        }
        return true;
    }

    public object? Value(int index) => _properties[index]!.Value;
}
