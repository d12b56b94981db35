using System.Collections.Generic;

namespace PasskeyAdmin.Policy;

/// <summary>A group, or all users, with the profiles that its members may use.</summary>
public sealed class PasskeyProfileTarget
{
    internal PasskeyProfileTarget(TargetFacts facts, TargetName name, IReadOnlyList<string> profileNames, string? tenantId)
    {
        Id = facts.Id;
        Kind = facts.Kind;
        RawName = name.Name;
        Name = name.SafeName;
        Status = name.Status;
        ProfileId = new JoinedList<string>(facts.ProfileIds);
        ProfileName = new JoinedList<string>(profileNames);
        AreProfilesKnown = facts.AreProfilesKnown;
        IsRegistrationRequired = facts.IsRegistrationRequired;
        Size = facts.Size;
        UnknownValue = new JoinedList<string>(facts.UnknownValues);
        TenantId = tenantId;
    }

    /// <summary>The object id of the group or user, or <c>all_users</c>.</summary>
    public string Id { get; }

    /// <summary>What the group or user is called in the directory; safe to show; null where it was not found or not read.</summary>
    public string? Name { get; }

    public TargetKind Kind { get; }

    public TargetStatus Status { get; }

    /// <summary>The names of the profiles; an id that no profile has stands as it is.</summary>
    public IReadOnlyList<string> ProfileName { get; }

    /// <summary>The ids of the profiles; empty in a tenant that is not enrolled in passkey profiles.</summary>
    public IReadOnlyList<string> ProfileId { get; }

    /// <summary>Null where Graph does not say. Microsoft advises to leave it false.</summary>
    public bool? IsRegistrationRequired { get; }

    /// <summary>What it takes of the room for the policy, in bytes: an estimate, see <see cref="PasskeyPolicy.Size"/>.</summary>
    public int Size { get; }

    /// <summary>Properties and values that this version does not know. A change of the policy keeps them.</summary>
    public IReadOnlyList<string> UnknownValue { get; }

    /// <summary>The tenant that it was read from; null where its id is not known.</summary>
    public string? TenantId { get; }

    /// <summary>The name, or the id with what is known about it.</summary>
    public string DisplayName => TargetName.Shown(Id, Kind, Name, Status);

    /// <summary>False where Graph does not give the profiles; then the lists are empty, and it is not known what is in them.</summary>
    internal bool AreProfilesKnown { get; }

    /// <summary>The name as the directory has it.</summary>
    internal string? RawName { get; }

    public override string ToString() => DisplayName;
}
