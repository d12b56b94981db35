namespace PasskeyAdmin.Policy;

/// <summary>What was seen of the users in a group, those of nested groups included.</summary>
internal sealed record GroupPeople(bool HasUsers)
{
    /// <summary>Whether there are others than guests; null where that is not known.</summary>
    public bool? HasMembers { get; init; }

    /// <summary>Null where not everybody was looked at.</summary>
    public bool? HasGuests { get; init; }

    /// <summary>By roles that are active now; null where that is not known.</summary>
    public bool? HasGlobalAdministrators { get; init; }
}
