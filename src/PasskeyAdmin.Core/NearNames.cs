using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin;

/// <summary>Names that somebody may have meant, for the message that a name means nothing.</summary>
internal static class NearNames
{
    private const int Shown = 3;

    /// <summary>A question that names them, or what to do where none is near.</summary>
    public static string Question(string typed, IEnumerable<string> candidates, string otherwise)
    {
        var near = candidates.Where(c => IsNear(typed.ToUpperInvariant(), c.ToUpperInvariant())).Distinct(StringComparer.OrdinalIgnoreCase).Take(Shown).Select(CommandText.Quote).ToList();
        return near.Count > 0 ? $"Did you mean {string.Join(" or ", near)}?" : otherwise;
    }

    private static bool IsNear(string typed, string candidate)
    {
        if (typed.Length < 2) return false;
        var tolerance = Math.Max(1, typed.Length / 3);
        return candidate.Contains(typed) || typed.Contains(candidate) || candidate.Split(' ').Append(candidate).Any(word => word.Length > 2 && Distance(typed, word) <= tolerance);
    }

    /// <summary>How many letters must be inserted, removed or replaced to come from one to the other.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var (diagonal, left) = (row[0], i);
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                left = Math.Min(Math.Min(left, row[j]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                (diagonal, row[j]) = (row[j], left);
            }
        }
        return row[b.Length];
    }
}
