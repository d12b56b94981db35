using System.Collections.Generic;
using System.Management.Automation;

namespace PasskeyAdmin.Commands;

/// <summary>
/// How the rows of a table look: all have the same properties, in the same order. <c>Import-Csv</c> even gives them the very same strings as names, which
/// are compared at once.
/// </summary>
internal sealed class RowShape
{
    private readonly string[] _names;
    private readonly PSNoteProperty[] _properties;

    private RowShape(string[] names)
    {
        _names = names;
        _properties = new PSNoteProperty[names.Length];
    }

    /// <summary>Null for an object whose properties are not all of its own, and where that cannot be seen.</summary>
    /// <remarks>Not by Take: the object itself may have a further member behind those of its row by now, which the rows that come after it have not.</remarks>
    /// <param name="names">All its properties, in their order.</param>
    public static RowShape? Of(PSObject item, IReadOnlyList<string> names)
    {
        if (item.BaseObject is not PSCustomObject || InstanceMembers.Of(item) is not { } members || members.Count < names.Count) return null;
        var own = new string[names.Count];
        for (var i = 0; i < own.Length; i++)
        {
            if (members[i] is not PSNoteProperty property || property.Name != names[i]) return null;
            own[i] = property.Name;
        }
        return new RowShape(own);
    }

    /// <summary>Whether an object looks so; then it is the one whose values are asked for.</summary>
    public bool Take(PSObject item)
    {
        if (item.BaseObject is not PSCustomObject || InstanceMembers.Of(item) is not { } members || members.Count != _names.Length) return false;
        for (var i = 0; i < _names.Length; i++)
        {
            if (members[i] is not PSNoteProperty property || property.Name != _names[i]) return false;
            _properties[i] = property;
        }
        return true;
    }

    public object? Value(int index) => _properties[index].Value;
}
