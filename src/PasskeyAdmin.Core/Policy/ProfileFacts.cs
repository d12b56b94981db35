using System;
using System.Collections.Generic;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Policy;

/// <summary>What the JSON of one profile says.</summary>
internal sealed record ProfileFacts(string? Id, string Name)
{
    public PasskeyTypes Types { get; init; }

    public string TypeName { get; init; } = "";

    public PasskeyAttestation Attestation { get; init; }

    public KeyRestrictionKind Restriction { get; init; }

    public IReadOnlyList<Guid> AaGuids { get; init; } = [];

    /// <summary>How many entries of the list are no AAGUIDs.</summary>
    public int UnreadableAaGuids { get; init; }

    public bool IsDefault { get; init; }

    public bool IsImplied { get; init; }

    public int Size { get; init; }

    public IReadOnlyList<string> UnknownValues { get; init; } = [];
}
