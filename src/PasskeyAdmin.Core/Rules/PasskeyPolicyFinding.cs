using System;
using System.Collections.Generic;

namespace PasskeyAdmin.Rules;

/// <summary>What one rule found.</summary>
public sealed class PasskeyPolicyFinding
{
    internal PasskeyPolicyFinding(PolicyRule rule, FindingResult result, RuleTenant tenant, Suppression? suppression = null)
    {
        RuleId = rule.Id;
        RuleName = rule.Name;
        Title = rule.Title;
        Severity = rule.Severity;
        Area = rule.Area;
        Outcome = result.Outcome;
        Evidence = result.Evidence;
        Fix = result.Fix;
        Command = result.Command;
        Subject = new JoinedList<FindingObject>(result.Objects);
        Reason = suppression?.Reason;
        Owner = suppression?.Owner;
        Expires = suppression?.Expires;
        Why = rule.Why;
        Source = rule.Source;
        TenantId = tenant.Id;
        TenantName = tenant.Name;
        EvaluatedAt = tenant.EvaluatedAt;
    }

    /// <summary>Stable. It is API: suppressions and scripts match on it.</summary>
    public string RuleId { get; }

    public string RuleName { get; }

    /// <summary>What is so where the rule passes.</summary>
    public string Title { get; }

    public RuleSeverity Severity { get; }

    public RuleArea Area { get; }

    public RuleOutcome Outcome { get; }

    /// <summary>What was seen, or why nothing could be seen; safe to show.</summary>
    public string Evidence { get; }

    /// <summary>What to do; null where there is nothing to do.</summary>
    public string? Fix { get; }

    /// <summary>The PowerShell command that does it, or that shows what to do; null where there is none.</summary>
    public string? Command { get; }

    /// <summary>What it is about; empty where the policy as a whole is meant.</summary>
    public IReadOnlyList<FindingObject> Subject { get; }

    /// <summary>Why it is accepted, by the suppression; null where there is none. An expired suppression is named, too.</summary>
    public string? Reason { get; }

    /// <summary>Who accepted it; null where no suppression names somebody.</summary>
    public string? Owner { get; }

    /// <summary>The first moment at which the suppression no longer holds, in UTC; null where there is none.</summary>
    public DateTimeOffset? Expires { get; }

    public string Why { get; }

    /// <summary>The public page that the rule comes from.</summary>
    public Uri Source { get; }

    /// <summary>Null where the policy is from a file, or the id of the tenant is not known.</summary>
    public string? TenantId { get; }

    /// <summary>The name of the tenant, or of the file; null where it is not known.</summary>
    public string? TenantName { get; }

    public DateTimeOffset EvaluatedAt { get; }

    /// <summary>The id of the rule and what came of it.</summary>
    public override string ToString() => $"{RuleId} {Outcome}";
}
