using System.Collections.Generic;

namespace PasskeyAdmin.Access;

/// <summary>A Conditional Access policy that names an authentication strength.</summary>
public sealed class PasskeyStrengthUse
{
    internal PasskeyStrengthUse(ConditionalAccessPolicy policy)
    {
        PolicyId = policy.Id;
        PolicyName = DisplayText.Neutralise(policy.Name);
        State = policy.State;
        Resource = ResourceOf(policy);
        IsDemanded = policy.DemandsStrength;
    }

    public string PolicyId { get; }

    /// <summary>Safe to show.</summary>
    public string PolicyName { get; }

    public AccessState State { get; }

    /// <summary>What the policy is about, in words.</summary>
    public string Resource { get; }

    /// <summary>False where something else, such as a compliant device, would do in its place.</summary>
    public bool IsDemanded { get; }

    public override string ToString() => State switch
    {
        AccessState.Enabled => PolicyName,
        AccessState.ReportOnly => $"{PolicyName} (report-only)",
        AccessState.Disabled => $"{PolicyName} (disabled)",
        _ => $"{PolicyName} (state not known)",
    };

    private static string ResourceOf(ConditionalAccessPolicy policy)
    {
        List<string> parts = [];
        if (policy.IsForAllApplications) parts.Add(policy.ExcludeApplications.Count == 0 ? "all resources" : $"all resources but {policy.ExcludeApplications.Count}");
        else if (policy.IncludeApplications.Count > 0) parts.Add($"{policy.IncludeApplications.Count} {(policy.IncludeApplications.Count == 1 ? "resource" : "resources")}");
        if (policy.HasApplicationFilter) parts.Add("resources by a filter");
        if (policy.UserActions.Count > 0) parts.Add(policy.IsForRegistration ? "the registration of security information" : "a user action");
        return parts.Count == 0 ? "nothing that this version knows" : NameLists.And(parts);
    }
}
