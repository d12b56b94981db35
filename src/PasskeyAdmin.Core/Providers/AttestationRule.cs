using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Providers;

/// <summary>
/// Whether a model can register in Microsoft Entra ID where attestation is enforced (reference/graph-passkey-policy.md §8; Microsoft's page
/// concept-fido2-hardware-vendor). Each clause answers Yes, No or Unknown; one No decides, then one Unknown.
/// </summary>
internal static class AttestationRule
{
    private static readonly Func<AuthenticatorFacts, (AttestationEligibility Answer, string Missing)>[] Clauses =
        [IsOfFido2, IsFido2, VerifiesUser, KeepsResidentKeys, HasHmacSecretOrPrf, AttestsWithChain, AttestsPacked, IsDeviceBound];

    /// <param name="unproven">Why nothing is proven by the file; null where its facts count.</param>
    /// <param name="known">What the built-in catalogue says of the AAGUID.</param>
    public static (AttestationEligibility Answer, string Reason) Evaluate(AuthenticatorFacts facts, CertificationState state, string? unproven, PasskeyProvider known)
    {
        if (facts.AaGuid == Guid.Empty) return (AttestationEligibility.Unknown, "An AAGUID of zeros is that of no model.");
        if (Exception(known) is { } exception) return exception;
        if (unproven is not null) return (AttestationEligibility.Unknown, unproven);
        var answers = Clauses.Select(c => c(facts)).Prepend(IsCertified(state)).Append(IsTrusted(state)).ToList();
        foreach (var decisive in new[] { AttestationEligibility.No, AttestationEligibility.Unknown })
            if (Missing(answers, decisive) is { Length: > 0 } missing) return (decisive, $"{(decisive is AttestationEligibility.No ? "Missing" : "Not certain")}: {missing}.");
        var condition = facts.AttestationFormats is null ? ", provided that it attests in the format packed: the metadata names no formats" : "";
        return (AttestationEligibility.Yes, $"Has all that Microsoft asks for{condition}. Microsoft takes new metadata over once a month, so a new model may wait up to four weeks.");
    }

    private static string Missing(IEnumerable<(AttestationEligibility Answer, string Missing)> answers, AttestationEligibility answer) =>
        string.Join("; ", answers.Where(a => a.Answer == answer).Select(a => a.Missing));

    /// <summary>The exceptions of §8: Authenticator proves itself in ways of its own, and Windows Hello cannot prove itself. Synced passkeys cannot either (§7).</summary>
    private static (AttestationEligibility, string)? Exception(PasskeyProvider known) => known switch
    {
        { PasskeyType: PasskeyTypes.Synced } => (AttestationEligibility.No, $"{known.Name} makes synced passkeys, which cannot be registered where attestation is enforced."),
        { Name: KnownProviders.Authenticator } => (AttestationEligibility.Yes, "Microsoft Authenticator is proven by Apple App Attest, or by Android Play Integrity or key attestation, and not by this metadata."),
        { Name: KnownProviders.WindowsHello } => (AttestationEligibility.No, "An Entra passkey on Windows has no attestation that Microsoft Entra ID accepts."),
        _ => null,
    };

    /// <summary>FIDO2 certified, on any level.</summary>
    private static (AttestationEligibility, string) IsCertified(CertificationState state) => Answer(state.IsCertified, "FIDO certification");

    /// <summary>The statement is about a FIDO2 authenticator, and not about one of U2F or UAF.</summary>
    private static (AttestationEligibility, string) IsOfFido2(AuthenticatorFacts facts) => Answer(facts.ProtocolFamily is { } family ? family == "fido2" : null, "the protocol family fido2");

    /// <summary>Metadata that states FIDO 2.0 or later.</summary>
    private static (AttestationEligibility, string) IsFido2(AuthenticatorFacts facts) =>
        Answer(facts.FidoVersions?.Any(v => v.StartsWith("FIDO_2_", StringComparison.Ordinal)), "FIDO 2.0 or later");

    /// <summary>User verification or a client PIN.</summary>
    private static (AttestationEligibility, string) VerifiesUser(AuthenticatorFacts facts) => Answer(facts.UserVerification, "user verification or a client PIN");

    private static (AttestationEligibility, string) KeepsResidentKeys(AuthenticatorFacts facts) => Answer(facts.ResidentKey, "resident keys");

    private static (AttestationEligibility, string) HasHmacSecretOrPrf(AuthenticatorFacts facts) => Answer(facts.HmacSecretOrPrf, "the extension hmac-secret or prf");

    /// <summary>
    /// A packed statement with a full chain to roots that the metadata publishes. That a chain of an attestation CA (attca) will do where attestation is
    /// enforced is said nowhere: §8 names packed AttCA only for where it is not.
    /// </summary>
    private static (AttestationEligibility, string) AttestsWithChain(AuthenticatorFacts facts)
    {
        bool? isFull = facts.AttestationTypes switch
        {
            null => null,
            var types when types.Contains("basic_full") => true,
            var types when types.Contains("attca") => null,
            _ => false,
        };
        var both = isFull & facts.HasAttestationRoots;
        return Answer(both, "attestation with a full chain to published roots");
    }

    /// <summary>
    /// The format packed. Few statements of FIDO2 keys name their formats, so that one that names none is not held against it, and the answer names the
    /// condition.
    /// </summary>
    private static (AttestationEligibility, string) AttestsPacked(AuthenticatorFacts facts) => Answer(facts.AttestationFormats?.Contains("packed") ?? true, "attestation in the format packed");

    /// <summary>Synced passkeys are excluded (§7). A statement that does not speak of it means that keys stay on the device (FIDO Metadata Statement 3.1 §4).</summary>
    private static (AttestationEligibility, string) IsDeviceBound(AuthenticatorFacts facts) =>
        Answer(facts.MultiDevice switch { null or "unsupported" => true, "implicit" => false, _ => null }, "keys that stay on one device");

    /// <summary>§8 does not say what Microsoft does with a model of which a weakness is reported, so nothing is promised for it.</summary>
    private static (AttestationEligibility, string) IsTrusted(CertificationState state) =>
        state.IsCompromised is true ? (AttestationEligibility.Unknown, "whether Microsoft still takes a model with a reported compromise")
        : state.IsUnclear ? (AttestationEligibility.Unknown, "what a status report means that this version does not understand")
        : (AttestationEligibility.Yes, "");

    private static (AttestationEligibility, string) Answer(bool? isGiven, string demand) =>
        (isGiven switch { true => AttestationEligibility.Yes, false => AttestationEligibility.No, null => AttestationEligibility.Unknown }, demand);
}
