using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;

namespace PasskeyAdmin;

/// <summary>
/// A list that reads well where PowerShell turns a property into text (<c>Export-Csv</c>, strings), and that PowerShell can index into, which
/// it cannot with the lists that collection expressions make.
/// </summary>
public sealed class JoinedList<T> : ReadOnlyCollection<T>
{
    internal JoinedList(IEnumerable<T> items)
        : base(items.ToArray())
    {
    }

    public override string ToString() => string.Join(", ", this);
}
