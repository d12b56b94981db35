using System.Runtime.CompilerServices;

namespace PasskeyAdmin.Devices;

/// <summary>Names of what .NET Standard 2.0 does not name; runtimes that do not know it ignore it.</summary>
internal static class Tiering
{
    /// <summary>
    /// AggressiveOptimization: compiled once and well, and not first badly and with counters in it. A loop over half a gigabyte is over before the
    /// runtime has made up its mind: it cost half of the time.
    /// </summary>
    public const MethodImplOptions None = (MethodImplOptions)512;
}
