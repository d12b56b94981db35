using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace PasskeyAdmin.Rules;

/// <summary>What tells a finding from all others and is the same in the next run: the tenant, the rule and what it is about, and not what is said of it or came of it.</summary>
internal static class FindingFingerprint
{
    /// <summary>One for each finding, SHA-256 in hexadecimal digits. Where a rule says several things of the same, those behind the first have a number, too.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<PasskeyPolicyFinding> findings)
    {
        using var hash = SHA256.Create();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var fingerprints = new List<string>(findings.Count);
        foreach (var finding in findings)
        {
            var fingerprint = Of(finding, hash);
            seen.TryGetValue(fingerprint, out var before);
            seen[fingerprint] = before + 1;
            fingerprints.Add(before is 0 ? fingerprint : $"{fingerprint}:{(before + 1).ToString(CultureInfo.InvariantCulture)}");
        }
        return fingerprints;
    }

    /// <summary>The kind of a thing and its id, which stays where it is renamed; its name where it has no id.</summary>
    public static string Of(FindingObject subject) => $"{subject.Kind}/{subject.Id ?? subject.Name}";

    private static string Of(PasskeyPolicyFinding finding, HashAlgorithm hash)
    {
        // No id and no name has a line break: they are safe to show.
        var text = string.Join("\n", finding.Subject.Select(Of).Distinct(StringComparer.Ordinal).OrderBy(s => s, StringComparer.Ordinal).Prepend(finding.RuleId).Prepend(finding.TenantId ?? ""));
        return string.Concat(hash.ComputeHash(Encoding.UTF8.GetBytes(text)).Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));
    }
}
