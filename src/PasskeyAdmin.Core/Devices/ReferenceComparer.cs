using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace PasskeyAdmin.Devices;

/// <summary>Tells objects apart by what they are and not by what is in them: quick, for what is shared anyway.</summary>
internal sealed class ReferenceComparer<T> : IEqualityComparer<T>
    where T : class
{
    public bool Equals(T? x, T? y) => ReferenceEquals(x, y);

    public int GetHashCode(T obj) => RuntimeHelpers.GetHashCode(obj);
}
