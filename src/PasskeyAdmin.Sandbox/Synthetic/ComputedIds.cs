using System;
using System.Collections;
using System.Collections.Generic;

namespace PasskeyAdmin.Sandbox.Synthetic;

/// <summary>Ids that are made when somebody looks at them.</summary>
internal sealed class ComputedIds(int count, Func<int, string> at) : IReadOnlyList<string>
{
    public int Count => count;

    public string this[int index] => at(index);

    public IEnumerator<string> GetEnumerator()
    {
        for (var i = 0; i < count; i++) yield return at(i);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
