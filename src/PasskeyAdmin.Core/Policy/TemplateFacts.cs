using System;
using System.Collections.Generic;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Policy;

/// <summary>What the data say about one template.</summary>
internal sealed record TemplateFacts
{
    public required string Scenario { get; init; }

    public required string Description { get; init; }

    public PasskeyTypes Types { get; init; }

    public PasskeyAttestation Attestation { get; init; }

    public KeyRestrictionKind Restriction { get; init; }

    public IReadOnlyList<string> Providers { get; init; } = [];

    public IReadOnlyList<Guid> AaGuids { get; init; } = [];

    public required string Target { get; init; }

    public IReadOnlyList<PasskeyTemplateAdvice> Advice { get; init; } = [];

    public required string Source { get; init; }
}
