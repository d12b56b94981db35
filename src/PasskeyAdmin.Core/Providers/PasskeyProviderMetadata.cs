using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Providers;

/// <summary>What an imported file says of one AAGUID: of a FIDO metadata blob all facts, of a list of AAGUIDs the name.</summary>
public sealed class PasskeyProviderMetadata
{
    /// <summary>Of what one plugs in or holds near.</summary>
    private static readonly HashSet<string> KeyTransports = new(StringComparer.Ordinal) { "usb", "nfc", "lightning" };

    /// <summary>More are judged, and not shown.</summary>
    private const int MostShown = 64;

    /// <param name="known">What the built-in catalogue says of the AAGUID.</param>
    internal PasskeyProviderMetadata(AuthenticatorFacts facts, MetadataOrigin origin, PasskeyProvider known, DateTimeOffset now)
    {
        AaGuid = facts.AaGuid;
        IsNamed = facts.Name is not null || known.IsKnown;
        Name = facts.Name ?? (known.IsKnown ? known.Authenticator[0].Name : AaGuid.ToString());
        Verification = origin.IsVerified ? MetadataVerification.Verified : MetadataVerification.Unverified;
        VerificationReason = origin.Fault;
        var state = new CertificationState(facts.Status, now);
        Certification = state.Certification;
        IsCertified = state.IsCertified;
        IsRevoked = state.IsRevoked;
        IsCompromised = state.IsCompromised;
        Warning = state.Warning;
        Status = Shown(facts.Status);
        AttestationType = Shown(facts.AttestationTypes);
        Transport = Shown(facts.Transports);
        FidoVersion = Shown(facts.FidoVersions);
        UserVerification = facts.UserVerification;
        ResidentKey = facts.ResidentKey;
        HmacSecretOrPrf = facts.HmacSecretOrPrf;
        IsInCatalog = known.IsKnown;
        Provider = known.IsKnown ? known.Name : null;
        IsOutdated = origin.IsOutdated(now);
        (AttestationEligible, EligibilityReason) = AttestationRule.Evaluate(facts, state, Unproven(origin), known);
        IsSecurityKey = IsVerified && state.Warning is null && facts is { ProtocolFamily: "fido2", MultiDevice: null or "unsupported", Transports.Count: > 0 } && facts.Transports.All(KeyTransports.Contains);
        Source = origin.ShownName;
        BlobNumber = origin.Number;
        NextUpdate = origin.NextUpdate;
    }

    public string Name { get; }

    public Guid AaGuid { get; }

    public MetadataVerification Verification { get; }

    /// <summary>Why it is not verified; null where it is.</summary>
    public string? VerificationReason { get; }

    /// <summary>The highest FIDO certification in force, such as <c>FIDO_CERTIFIED_L1</c>, or why there is none (<c>REVOKED</c>, <c>NOT_FIDO_CERTIFIED</c>); null where the source does not say.</summary>
    public string? Certification { get; }

    /// <summary>The certification in words; <c>Unknown</c> where the source does not say.</summary>
    public string CertificationName => Certification ?? "Unknown";

    /// <summary>Null where the source does not say.</summary>
    public bool? IsCertified { get; }

    /// <summary>Null where the source does not say, or has a status report that is not understood.</summary>
    public bool? IsRevoked { get; }

    /// <summary>Whether a way around user verification, or a leak of keys, was reported at any time; null as for <see cref="IsRevoked"/>.</summary>
    public bool? IsCompromised { get; }

    /// <summary>The status reports, the first 64 of them.</summary>
    public IReadOnlyList<PasskeyMetadataStatus> Status { get; }

    /// <summary>The status reports in words; <c>Unknown</c> where there are none.</summary>
    public string StatusName => Status.Count > 0 ? string.Join(", ", Status) : "Unknown";

    public IReadOnlyList<string> AttestationType { get; }

    public IReadOnlyList<string> Transport { get; }

    public IReadOnlyList<string> FidoVersion { get; }

    /// <summary>Whether it can verify its user, by itself or with a client PIN; null where the source does not say.</summary>
    public bool? UserVerification { get; }

    /// <summary>Null where the source does not say.</summary>
    public bool? ResidentKey { get; }

    /// <summary>Null where the source does not say.</summary>
    public bool? HmacSecretOrPrf { get; }

    /// <summary>Whether it can register where a profile enforces attestation; see <see cref="EligibilityReason"/>.</summary>
    public AttestationEligibility AttestationEligible { get; }

    public string EligibilityReason { get; }

    /// <summary>Whether the built-in catalogue has the AAGUID.</summary>
    public bool IsInCatalog { get; }

    /// <summary>The provider of the AAGUID in the built-in catalogue; null where it has none.</summary>
    public string? Provider { get; }

    /// <summary>The name of the file.</summary>
    public string Source { get; }

    /// <summary>The number of the blob, which grows; null for a list.</summary>
    public long? BlobNumber { get; }

    /// <summary>The day by which a newer blob is there; null for a list.</summary>
    public DateTimeOffset? NextUpdate { get; }

    /// <summary>Whether that day is over, so that newer facts exist; null where the source names none.</summary>
    public bool? IsOutdated { get; }

    /// <summary>Whether anybody gives it a name.</summary>
    internal bool IsNamed { get; }

    internal bool IsVerified => Verification is MetadataVerification.Verified;

    /// <summary>What the status reports warn of; null where that is nothing.</summary>
    internal string? Warning { get; }

    /// <summary>Whether it is proven to be a thing of its own, whose keys stay on it, and nobody warns of it.</summary>
    internal bool IsSecurityKey { get; }

    public override string ToString() => Name;

    private string? Unproven(MetadataOrigin origin) => (origin.IsVerified, IsOutdated) switch
    {
        (false, _) => "The file is not verified, so nothing in it is proven.",
        (_, true) => FormattableString.Invariant($"A newer blob was due on {origin.NextUpdate:yyyy-MM-dd}, and it may say otherwise."),
        (_, null) => "The blob names no day of its next update, so whether it is out of date is not known.",
        _ => null,
    };

    private static JoinedList<T> Shown<T>(IReadOnlyList<T>? items) => new((items ?? []).Take(MostShown));
}
