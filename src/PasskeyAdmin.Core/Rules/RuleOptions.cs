using System;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Rules;

/// <summary>How the facts for rules are read.</summary>
internal sealed record RuleOptions
{
    /// <summary>Reading that takes longer has to be asked for (design §5.4).</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Whether it may take longer.</summary>
    public bool Waits { get; init; }

    /// <summary>What an earlier run read; null where there is none.</summary>
    public ReadCheckpoint? Checkpoint { get; init; }

    /// <summary>Told before each piece of reading what it will take.</summary>
    public Action<ReadEstimate>? Announce { get; init; }

    /// <summary>Told what may make an answer less than whole.</summary>
    public Action<string> Notice { get; init; } = _ => { };

    public IProgress<ReadProgress>? Progress { get; init; }
}
