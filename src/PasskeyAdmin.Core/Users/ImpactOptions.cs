using System;

namespace PasskeyAdmin.Users;

/// <summary>How a change of policy is measured.</summary>
internal sealed record ImpactOptions
{
    /// <summary>Whether the passkeys of disabled accounts are read, which no report has.</summary>
    public bool IncludesDisabled { get; init; }

    /// <summary>Whether those whom the change takes nothing from get rows, too.</summary>
    public bool KeepsUnaffected { get; init; }

    public ReadCheckpoint? Checkpoint { get; init; }

    /// <summary>Told before each piece of reading what it will take.</summary>
    public Action<ReadEstimate>? Announce { get; init; }

    /// <summary>Told what whoever waits should know of.</summary>
    public Action<string>? Notice { get; init; }

    public IProgress<ReadProgress>? Progress { get; init; }
}
