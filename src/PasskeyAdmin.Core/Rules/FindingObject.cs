namespace PasskeyAdmin.Rules;

/// <summary>What kind of thing a finding is about.</summary>
public enum FindingObjectKind
{
    Policy,
    Profile,
    Target,
    Exclusion,
    User,
    Passkey,
    AuthenticationStrength,
    ConditionalAccessPolicy,
    Application,
    Suppression,
}

/// <summary>One thing that a finding is about.</summary>
public sealed class FindingObject
{
    /// <param name="name">As the tenant has it.</param>
    /// <param name="detail">What is said of it, safe to show.</param>
    internal FindingObject(FindingObjectKind kind, string? id, string name, string? detail = null)
    {
        Kind = kind;
        Id = id is null ? null : DisplayText.Neutralise(id);
        Name = DisplayText.Neutralise(name);
        Detail = detail;
    }

    public FindingObjectKind Kind { get; }

    /// <summary>The id that Graph gives it; null where it has none.</summary>
    public string? Id { get; }

    /// <summary>The name, for users the user principal name; safe to show.</summary>
    public string Name { get; }

    /// <summary>What is said of it and of no other; null where nothing is.</summary>
    public string? Detail { get; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
