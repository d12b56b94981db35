using System.Collections.Generic;

namespace PasskeyAdmin.Policy;

/// <summary>What the JSON of one target or exclusion says.</summary>
internal sealed record TargetFacts(string Id, TargetKind Kind)
{
    public const string AllUsers = "all_users";

    public IReadOnlyList<string> ProfileIds { get; init; } = [];

    /// <summary>False where Graph does not give the profiles, as some clouds may not (reference/graph-passkey-policy.md §10).</summary>
    public bool AreProfilesKnown { get; init; } = true;

    public bool? IsRegistrationRequired { get; init; }

    public int Size { get; init; }

    public IReadOnlyList<string> UnknownValues { get; init; } = [];
}

/// <summary>What the directory says about a target.</summary>
internal sealed record TargetName(TargetStatus Status, string? Name)
{
    public static TargetName NotRead { get; } = new(TargetStatus.NotRead, null);

    public static TargetName AllUsers { get; } = new(TargetStatus.Found, "All users");

    /// <summary>Safe to show.</summary>
    public string? SafeName => Name is { } text ? DisplayText.Neutralise(text) : null;

    /// <param name="name">Safe to show.</param>
    public static string Shown(string id, TargetKind kind, string? name, TargetStatus status)
    {
        if (name is { Length: > 0 }) return name;
        var what = kind switch { TargetKind.Group => "group ", TargetKind.User => "user ", _ => "" };
        return $"{what}{DisplayText.Neutralise(id)} ({(status switch { TargetStatus.NotFound => "not in the directory", TargetStatus.Found => "without a name", _ => "name not read" })})";
    }
}
