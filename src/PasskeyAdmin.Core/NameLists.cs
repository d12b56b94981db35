using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin;

/// <summary>Names in a row, as a sentence has them.</summary>
internal static class NameLists
{
    private const int Most = 3;

    /// <summary>A, B or C; empty where there are none.</summary>
    public static string Or(IEnumerable<string> names)
    {
        string[] all = [.. names];
        return all.Length < 2 ? string.Concat(all) : $"{string.Join(", ", all.Take(all.Length - 1))} or {all[all.Length - 1]}";
    }

    /// <summary>A, B and C; empty where there are none.</summary>
    public static string And(IEnumerable<string> names)
    {
        string[] all = [.. names];
        return all.Length < 2 ? string.Concat(all) : $"{string.Join(", ", all.Take(all.Length - 1))} and {all[all.Length - 1]}";
    }

    /// <summary>The first three, and how many more there are.</summary>
    public static string First(IEnumerable<string> names)
    {
        string[] all = [.. names];
        return string.Join(", ", all.Take(Most)) + (all.Length > Most ? $" and {all.Length - Most} more" : "");
    }
}
