using System;
using System.Collections.Generic;
using System.Globalization;

namespace PasskeyAdmin.Rules;

/// <summary>What a finding says, for reports that have one text for it.</summary>
internal static class FindingText
{
    /// <summary>The evidence (which says where an acceptance has expired), what to do, and the command, each on a line of its own.</summary>
    public static string Of(PasskeyPolicyFinding finding) => string.Join("\n", Lines(finding));

    /// <summary>Why it is accepted, by whom and until when; null where it is not, and never was.</summary>
    public static string? Acceptance(PasskeyPolicyFinding finding)
    {
        if (finding.Reason is null) return null;
        var owner = finding.Owner is null ? "" : $" Accepted by {finding.Owner}.";
        var expires = finding.Expires is { } date ? $" Until {Moment(date)}." : "";
        return finding.Reason + owner + expires;
    }

    /// <summary>A suppression that no longer holds: what it was for is a failure again.</summary>
    public static bool HasExpired(PasskeyPolicyFinding finding) => finding is { Outcome: RuleOutcome.Fail, Reason: not null };

    public static string Moment(DateTimeOffset date) => date.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static IEnumerable<string> Lines(PasskeyPolicyFinding finding)
    {
        // Nothing in these texts is ours to trust, and a line break is ours alone.
        yield return DisplayText.Neutralise(finding.Evidence);
        if (finding.Fix is { } fix) yield return DisplayText.Neutralise(fix);
        if (finding.Command is { } command) yield return DisplayText.Neutralise(command);
    }
}
