using System.Collections.Generic;
using System.Management.Automation;

namespace PasskeyAdmin.Commands;

/// <summary>
/// How the rows of a table look: <c>Import-Csv</c> gives each of them the very same strings as names of its properties, in the same order. Comparing
/// the strings themselves, and not what they say, tells such a row from one that a script has changed.
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
            if (members[i] is not PSNoteProperty property || !ReferenceEquals(property.Name, _names[i])) return false;
            _properties[i] = property;
        }
        return true;
    }

    public object? Value(int index) => _properties[index].Value;
}
