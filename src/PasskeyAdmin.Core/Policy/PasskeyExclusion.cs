using System;
using System.Collections.Generic;

namespace PasskeyAdmin.Policy;

/// <summary>A group that is shut out of passkeys, from registration and from sign-in; it wins over every target (reference/graph-passkey-policy.md §7.2 [D]).</summary>
public sealed class PasskeyExclusion
{
    internal PasskeyExclusion(TargetFacts facts, TargetName name, string? tenantId)
    {
        Id = facts.Id;
        Kind = facts.Kind;
        RawName = name.Name;
        Name = name.SafeName;
        Status = name.Status;
        UnknownValue = new JoinedList<string>(facts.UnknownValues);
        TenantId = tenantId;
    }

    /// <summary>The object id of the group or user, or <c>all_users</c>.</summary>
    public string Id { get; }

    /// <summary>What the group or user is called in the directory; safe to show; null where it was not found or not read.</summary>
    public string? Name { get; }

    public TargetKind Kind { get; }

    public TargetStatus Status { get; }

    /// <summary>Properties and values that this version does not know. A change of the policy keeps them.</summary>
    public IReadOnlyList<string> UnknownValue { get; }

    /// <summary>The tenant that it was read from; null where its id is not known.</summary>
    public string? TenantId { get; }

    /// <summary>The name, or the id with what is known about it.</summary>
    public string DisplayName => TargetName.Shown(Id, Kind, Name, Status);

    /// <summary>The name as the directory has it.</summary>
    internal string? RawName { get; }

    /// <summary>Whether an exclusion of this kind and id shuts out whoever a target of that id is about.</summary>
    internal static bool ShutsOut(TargetKind kind, string id, string targetId) => kind is TargetKind.AllUsers || id.Equals(targetId, StringComparison.OrdinalIgnoreCase);

    public override string ToString() => DisplayName;
}
