using System;
using System.Collections.Generic;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Prerequisites;

/// <summary>One thing that must be right before an administrator starts, and whether it is.</summary>
public sealed class PrerequisiteCheck
{
    internal PrerequisiteCheck(PrerequisiteRule rule, CheckResult result, IReadOnlyList<TenantCapability> capabilities, string? tenantId)
    {
        Id = rule.Id;
        Title = rule.Title;
        Source = rule.Source;
        Outcome = result.Outcome;
        Evidence = result.Evidence;
        Fix = result.Fix;
        Command = result.Command;
        DueDate = result.DueDate;
        Capability = new JoinedList<TenantCapability>(result.Capabilities ?? capabilities);
        TenantId = tenantId;
    }

    /// <summary>Stable PascalCase id. It is API: scripts match on it.</summary>
    public string Id { get; }

    public string Title { get; }

    public CheckOutcome Outcome { get; }

    /// <summary>What was seen, or why nothing could be seen; safe to show.</summary>
    public string Evidence { get; }

    /// <summary>What to do; null where the check passed, and where the evidence says it already.</summary>
    public string? Fix { get; }

    /// <summary>The PowerShell command that does it; null where there is none.</summary>
    public string? Command { get; }

    /// <summary>The capabilities among those asked about that depend on it; where the check tells them apart, those that it stands in the way of.</summary>
    public IReadOnlyList<TenantCapability> Capability { get; }

    /// <summary>The day of Microsoft's that it is about; null where it is about none.</summary>
    public DateTimeOffset? DueDate { get; }

    /// <summary>The public page that the rule comes from.</summary>
    public string Source { get; }

    /// <summary>Null where no tenant is connected, or its id is not known.</summary>
    public string? TenantId { get; }

    /// <summary>The id.</summary>
    public override string ToString() => Id;
}
