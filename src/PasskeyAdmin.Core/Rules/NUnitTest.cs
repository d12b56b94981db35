using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace PasskeyAdmin.Rules;

/// <summary>A finding as a test of NUnit 3.</summary>
/// <param name="Name">What build systems show.</param>
/// <param name="FullName">What they recognise the test of the last run by; no other test of a run has it.</param>
internal sealed record NUnitTest(PasskeyPolicyFinding Finding, string ClassName, string Name, string FullName)
{
    public const string Passed = "Passed";
    public const string Failed = "Failed";
    public const string Inconclusive = "Inconclusive";
    public const string Skipped = "Skipped";

    public string Result => Finding.Outcome switch
    {
        RuleOutcome.Pass => Passed,
        RuleOutcome.Fail => Failed,
        RuleOutcome.Unknown => Inconclusive,
        _ => Skipped,
    };

    /// <summary>That a rule is met, or is not, is one assertion; nothing is asserted where it could not be told.</summary>
    public int Asserts => Finding.Outcome is RuleOutcome.Pass or RuleOutcome.Fail ? 1 : 0;

    /// <summary>The worst of them, where Unknown is worse than fine; where there is none, nothing was concluded.</summary>
    public static string ResultOf(IReadOnlyList<NUnitTest> tests) =>
        tests.Any(t => t.Result is Failed) ? Failed
        : tests.Count is 0 || tests.Any(t => t.Result is Inconclusive) ? Inconclusive
        : tests.Any(t => t.Result is Passed) ? Passed
        : Skipped;

    /// <summary>In the order of the findings.</summary>
    public static IReadOnlyList<NUnitTest> Of(string root, IReadOnlyList<PasskeyPolicyFinding> findings)
    {
        var names = findings.Select(f => FullNameOf(root, f)).ToList();
        var fingerprints = FindingFingerprint.Of(findings);
        var count = names.GroupBy(n => n, StringComparer.Ordinal).ToDictionary(n => n.Key, n => n.Count(), StringComparer.Ordinal);
        return [.. findings.Select((f, i) => new NUnitTest(f, ClassNameOf(root, f), NameOf(f), count[names[i]] is 1 ? names[i] : $"{names[i]}#{fingerprints[i]}"))];
    }

    private static string ClassNameOf(string root, PasskeyPolicyFinding finding) => $"{root}.{finding.Area}.{finding.RuleId}";

    /// <summary>
    /// Of one thing it has the id. Of many it does not say which: the test "nobody of the administrators is without a passkey" is the same tomorrow, when they are others.
    /// What is accepted is told apart from what is not, so that neither gets another name through the other.
    /// </summary>
    private static string FullNameOf(string root, PasskeyPolicyFinding finding)
    {
        var name = $"{ClassNameOf(root, finding)}.{finding.RuleName}";
        if (finding.Subject.Count is 1) return $"{name}({FindingFingerprint.Of(finding.Subject[0])})";
        return finding.Outcome is RuleOutcome.Suppressed ? $"{name}(accepted)" : name;
    }

    private static string NameOf(PasskeyPolicyFinding finding) => finding.Subject.Count switch
    {
        0 => $"{finding.RuleId} {finding.Title}",
        1 => $"{finding.RuleId} {finding.Title} ({finding.Subject[0].Name})",
        var count => $"{finding.RuleId} {finding.Title} ({finding.Subject[0].Name} and {(count - 1).ToString(CultureInfo.InvariantCulture)} more)",
    };
}
