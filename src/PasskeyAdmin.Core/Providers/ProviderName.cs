using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Providers;

/// <summary>A provider as a user names it: by name, alias or model, with or without wildcards, or by AAGUID.</summary>
/// <param name="Text">As typed.</param>
/// <param name="IsPattern">Whether it has wildcards.</param>
/// <param name="Matches">Whether a name is meant.</param>
internal sealed record ProviderName(string Text, bool IsPattern, Func<string, bool> Matches)
{
    public IEnumerable<PasskeyProvider> Find(ProviderCatalog catalog)
    {
        if (Guid.TryParse(Text, out var aaGuid)) return catalog.Find(aaGuid) is { IsKnown: true } provider ? [provider] : [];
        var byName = catalog.Providers.Where(p => Matches(p.Name) || p.Alias.Any(Matches)).ToList();
        return byName.Count > 0 ? byName : catalog.Providers.Where(p => p.Authenticator.Any(a => Matches(a.Name)));
    }

    /// <summary>The error for a name that means nobody.</summary>
    /// <param name="candidates">Names that would have been understood.</param>
    public PasskeyAdminException NotFound(IEnumerable<string> candidates)
    {
        var near = candidates.Where(IsNear).Distinct(StringComparer.OrdinalIgnoreCase).Take(3).Select(CommandText.Quote).ToList();
        return new PasskeyAdminException(ErrorKind.NotFound, "ProviderNotFound",
            $"There is no passkey provider '{DisplayText.Neutralise(Text)}'." + (near.Count > 0 ? $" Did you mean {string.Join(" or ", near)}?" : " Get-PasskeyProvider lists those that are known."))
        {
            RecommendedAction = "Get-PasskeyProvider",
        };
    }

    private bool IsNear(string name)
    {
        var (typed, candidate) = (Text.ToUpperInvariant(), name.ToUpperInvariant());
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
