using System;
using System.Collections.Generic;

namespace PasskeyAdmin.Providers;

/// <summary>What an imported file says of one AAGUID: of a FIDO metadata blob all facts, of a list of AAGUIDs the name.</summary>
public sealed class PasskeyProviderMetadata
{
    /// <param name="known">What the built-in catalogue says of the AAGUID.</param>
    internal PasskeyProviderMetadata(AuthenticatorFacts facts, MetadataOrigin origin, PasskeyProvider known, DateTimeOffset now)
    {
        AaGuid = facts.AaGuid;
        Name = facts.Name ?? (known.IsKnown ? known.Authenticator[0].Name : AaGuid.ToString());
        Verification = origin.IsVerified ? MetadataVerification.Verified : MetadataVerification.Unverified;
        VerificationReason = origin.Fault;
        var state = new CertificationState(facts.Status, now);
        Certification = state.Certification;
        IsCertified = state.IsCertified;
        IsRevoked = state.IsRevoked;
        IsCompromised = state.IsCompromised;
        Status = new JoinedList<PasskeyMetadataStatus>(facts.Status);
        AttestationType = new JoinedList<string>(facts.AttestationTypes ?? []);
        Transport = new JoinedList<string>(facts.Transports);
        FidoVersion = new JoinedList<string>(facts.FidoVersions ?? []);
        UserVerification = facts.UserVerification;
        ResidentKey = facts.ResidentKey;
        HmacSecretOrPrf = facts.HmacSecretOrPrf;
        IsInCatalog = known.IsKnown;
        Provider = known.IsKnown ? known.Name : null;
        (AttestationEligible, EligibilityReason) = AttestationRule.Evaluate(facts, state, origin.IsVerified, Provider);
        Source = origin.ShownName;
        BlobNumber = origin.Number;
        NextUpdate = origin.NextUpdate;
        IsOutdated = IsPast(origin.NextUpdate, now);
    }

    public string Name { get; }

    public Guid AaGuid { get; }

    public MetadataVerification Verification { get; }

    /// <summary>Why it is not verified; null where it is.</summary>
    public string? VerificationReason { get; }

    /// <summary>The highest FIDO certification in force, such as <c>FIDO_CERTIFIED_L1</c>, or why there is none (<c>REVOKED</c>, <c>NOT_FIDO_CERTIFIED</c>); null where the source does not say.</summary>
    public string? Certification { get; }

    /// <summary>Null where the source does not say.</summary>
    public bool? IsCertified { get; }

    public bool IsRevoked { get; }

    /// <summary>Whether a way around user verification, or a leak of keys, was reported at any time.</summary>
    public bool IsCompromised { get; }

    public IReadOnlyList<PasskeyMetadataStatus> Status { get; }

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

    /// <summary>Whether that day is over, so that newer facts exist.</summary>
    public bool IsOutdated { get; }

    public override string ToString() => Name;

    /// <summary>Whether the day of the next blob is over: the blob names a day, and it has all of it.</summary>
    internal static bool IsPast(DateTimeOffset? nextUpdate, DateTimeOffset now) => now >= nextUpdate?.AddDays(1);
}
