using System;
using System.Collections.Generic;

namespace PasskeyAdmin.Providers;

/// <summary>What a file says of one AAGUID. Null stands for what it does not say. Texts are safe to show.</summary>
internal sealed record AuthenticatorFacts(Guid AaGuid)
{
    public string? Name { get; init; }

    public IReadOnlyList<PasskeyMetadataStatus>? Status { get; init; }

    /// <summary>Such as <c>fido2</c> or <c>u2f</c>.</summary>
    public string? ProtocolFamily { get; init; }

    /// <summary>Formats of attestation statements.</summary>
    public IReadOnlyList<string>? AttestationFormats { get; init; }

    /// <summary>Whether its keys can be on several devices, in the words of the specification: unsupported, explicit or implicit.</summary>
    public string? MultiDevice { get; init; }

    public IReadOnlyList<string>? AttestationTypes { get; init; }

    /// <summary>Whether roots are published that attestations of the model lead to.</summary>
    public bool? HasAttestationRoots { get; init; }

    public IReadOnlyList<string>? FidoVersions { get; init; }

    public IReadOnlyList<string> Transports { get; init; } = [];

    /// <summary>Whether it can verify its user, by itself or with a client PIN.</summary>
    public bool? UserVerification { get; init; }

    public bool? ResidentKey { get; init; }

    public bool? HmacSecretOrPrf { get; init; }
}
