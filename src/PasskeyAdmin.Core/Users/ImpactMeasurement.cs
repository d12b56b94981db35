using System;
using System.Collections.Generic;

namespace PasskeyAdmin.Users;

/// <summary>What was measured of a change of policy.</summary>
internal sealed record ImpactMeasurement
{
    public IReadOnlyList<string> Changes { get; init; } = [];

    /// <summary>Sorted: administrators and emergency accounts first. Of those who are not affected, only the ones who had to be looked at one by one.</summary>
    public IReadOnlyList<PasskeyUserImpact> Rows { get; init; } = [];

    /// <summary>Enabled users without a row, whom the change takes nothing from.</summary>
    public int UnaffectedBesides { get; init; }

    /// <summary>Whether the change takes sign-in from nobody, whoever is in which group, so that nobody was looked at.</summary>
    public bool IsNothingTaken { get; init; }

    public EmergencyAccountKind? EmergencyAccountBasis { get; init; }

    public DateTimeOffset? DataAsOf { get; init; }

    public DateTimeOffset MeasuredAt { get; init; }

    public IReadOnlyList<string> NotRead { get; init; } = [];

    /// <summary>Whether somebody may be in none of the numbers, because who they are or what they have could not be read.</summary>
    public bool MayMissPeople { get; init; }

    public string? TenantId { get; init; }

    public string? TenantName { get; init; }
}
