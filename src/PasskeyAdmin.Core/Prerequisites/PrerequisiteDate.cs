using System;
using System.Collections.Generic;

namespace PasskeyAdmin.Prerequisites;

/// <summary>A day on which Microsoft changes something (reference/adoption-and-troubleshooting.md §1.4, graph-passkey-policy.md §1 and §9).</summary>
internal sealed record PrerequisiteDate(string Id, string Title, string Event, string Source)
{
    /// <summary>By the name of the cloud: the last day, where it is said to take some.</summary>
    public required IReadOnlyDictionary<string, DateTimeOffset> ByCloud { get; init; }

    /// <summary>Whether Microsoft's own documentation says so.</summary>
    public bool IsConfirmed { get; init; }

    /// <summary>Null for a cloud for which no day is known.</summary>
    public DateTimeOffset? In(string cloud) => ByCloud.TryGetValue(cloud, out var day) ? day : null;
}
