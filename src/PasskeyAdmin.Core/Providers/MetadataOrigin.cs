using System;

namespace PasskeyAdmin.Providers;

/// <summary>Where metadata comes from.</summary>
/// <param name="ShownName">The name of the file, safe to show.</param>
/// <param name="Fault">Why it is not verified; null where it is.</param>
internal sealed record MetadataOrigin(string ShownName, string? Fault)
{
    /// <summary>The number of the blob; null for a list.</summary>
    public long? Number { get; init; }

    public DateTimeOffset? NextUpdate { get; init; }

    public bool IsVerified => Fault is null;

    /// <summary>Whether the day of the next blob is over: the blob names a day, and it has all of it. Null where it names none.</summary>
    public bool? IsOutdated(DateTimeOffset now) => NextUpdate is { } day ? now.AddDays(-1) >= day : null;
}
