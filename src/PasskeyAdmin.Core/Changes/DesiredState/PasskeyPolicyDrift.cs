using System.Collections.Generic;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Changes;

/// <summary>How a tenant differs from a file of desired state.</summary>
public enum PolicyDriftKind
{
    /// <summary>Both have it, with another value.</summary>
    Different,

    /// <summary>The file has it, and the tenant does not.</summary>
    Missing,

    /// <summary>The tenant has it, and the file does not.</summary>
    Unexpected,
}

/// <summary>One thing in which the passkey policy of a tenant is not what a file wants.</summary>
public sealed class PasskeyPolicyDrift
{
    internal PasskeyPolicyDrift(PolicyDelta delta, PasskeyPolicy policy, string path)
    {
        Kind = delta.Setting is not null ? PolicyDriftKind.Different : delta.Before is null ? PolicyDriftKind.Missing : PolicyDriftKind.Unexpected;
        Part = delta.Part;
        Name = delta.Name;
        Setting = delta.Setting;
        Tenant = delta.Before;
        File = delta.After;
        Difference = new JoinedList<string>(delta.Lines);
        Path = path;
        TenantId = policy.TenantId;
        TenantName = policy.TenantName;
    }

    public PolicyDriftKind Kind { get; }

    /// <summary>Of which part of the policy it is.</summary>
    public PolicyPart Part { get; }

    /// <summary>The profile, target or exclusion, by name; <c>policy</c> for a setting of the policy itself.</summary>
    public string Name { get; }

    /// <summary>What of it differs, called as the property of the profile, target or policy is; null where all of it is missing or unexpected.</summary>
    public string? Setting { get; }

    /// <summary>What the tenant has, in words; null where it has nothing.</summary>
    public string? Tenant { get; }

    /// <summary>What the file wants, in words; null where it wants nothing.</summary>
    public string? File { get; }

    /// <summary>What applying the file would do about it, in words: <c>Synced pilot: - passkey type Synced</c>.</summary>
    public IReadOnlyList<string> Difference { get; }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Null where the id of the tenant is not known.</summary>
    public string? TenantId { get; }

    public string? TenantName { get; }

    public override string ToString() => string.Join("; ", Difference);
}
