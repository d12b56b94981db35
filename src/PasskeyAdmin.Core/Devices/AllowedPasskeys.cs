using System;
using System.Collections.Generic;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Devices;

/// <summary>What a passkey profile lets in, as far as it decides which providers are worth asking about.</summary>
/// <param name="ProfileName">As messages show it.</param>
internal sealed record AllowedPasskeys(string ProfileName)
{
    public PasskeyTypes Types { get; init; }

    /// <summary>Passkey types that this version does not know, in words; null where there are none.</summary>
    public string? OtherTypes { get; init; }

    /// <summary>Null where that is not known.</summary>
    public bool? DemandsAttestation { get; init; } = false;

    /// <summary>The only AAGUIDs that pass; null where there is no such list.</summary>
    public IReadOnlyCollection<Guid>? Allowed { get; init; }

    /// <summary>AAGUIDs that do not pass.</summary>
    public IReadOnlyCollection<Guid> Blocked { get; init; } = [];

    /// <summary>Entries of the list that are no AAGUIDs: what they let in or keep out is not known.</summary>
    public int UnreadableEntries { get; init; }

    /// <summary>Whether there is a list, and what it does is not known.</summary>
    public bool IsListUnclear { get; init; }
}
