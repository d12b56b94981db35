using System;

namespace PasskeyAdmin.Rules;

/// <summary>A best-practice rule: what it looks at, why, and what to do where it fails.</summary>
public sealed class PasskeyPolicyRule
{
    internal PasskeyPolicyRule(PolicyRule rule)
    {
        Id = rule.Id;
        Name = rule.Name;
        Title = rule.Title;
        Severity = rule.Severity;
        Area = rule.Area;
        LooksAt = rule.LooksAt;
        Why = rule.Why;
        Fix = rule.Fix;
        Source = rule.Source;
        NeedsTenant = rule.Needs is not RuleSources.Policy;
    }

    /// <summary>Stable. It is API: suppressions and scripts match on it.</summary>
    public string Id { get; }

    /// <summary>The id in words, PascalCase; stable as well.</summary>
    public string Name { get; }

    /// <summary>What is so where the rule passes.</summary>
    public string Title { get; }

    public RuleSeverity Severity { get; }

    public RuleArea Area { get; }

    /// <summary>What it judges, and by which definition.</summary>
    public string LooksAt { get; }

    public string Why { get; }

    /// <summary>What to do where it fails; a finding has it with names and as a command where there is one.</summary>
    public string Fix { get; }

    /// <summary>The public page that the rule comes from.</summary>
    public Uri Source { get; }

    /// <summary>Whether more than the policy itself is needed: then a policy in a file is not judged by it.</summary>
    public bool NeedsTenant { get; }

    /// <summary>The id.</summary>
    public override string ToString() => Id;
}
