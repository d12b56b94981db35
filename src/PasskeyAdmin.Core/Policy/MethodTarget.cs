namespace PasskeyAdmin.Policy;

/// <summary>Whom a method is meant for, or from whom it is kept.</summary>
/// <param name="Shown">What it is called; safe to show.</param>
internal sealed record MethodTarget(string Id, TargetKind Kind, TargetStatus Status, string Shown)
{
    private const int ShortId = 8;

    /// <summary>Why it helps nobody, whoever is in it; null where nothing is in the way.</summary>
    public string? Hindrance { get; init; }

    /// <summary>Whether the hindrance is certain.</summary>
    public bool IsHindranceCertain { get; init; } = true;

    /// <summary>With the beginning of the id, since two groups may have one name.</summary>
    public string Labelled => Kind is TargetKind.Group && Status is TargetStatus.Found && Id.Length > ShortId ? $"{Shown} ({Id.Substring(0, ShortId)}…)" : Shown;
}
