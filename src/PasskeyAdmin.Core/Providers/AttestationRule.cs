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
    private const string Authenticator = "Microsoft Authenticator";
    private const string WindowsHello = "Windows Hello";

    private static readonly Func<AuthenticatorFacts, (AttestationEligibility Answer, string Missing)>[] Clauses =
        [IsFido2, VerifiesUser, KeepsResidentKeys, HasHmacSecretOrPrf, AttestsWithChain];

    /// <param name="provider">The name of the provider in the built-in catalogue; null where it has none for this AAGUID.</param>
    public static (AttestationEligibility Answer, string Reason) Evaluate(AuthenticatorFacts facts, CertificationState state, bool isVerified, string? provider)
    {
        if (Exception(provider) is { } exception) return exception;
        if (!isVerified) return (AttestationEligibility.Unknown, "The file is not verified, so nothing in it is proven.");
        var answers = Clauses.Select(c => c(facts)).Prepend(IsCertified(state)).Append(IsTrusted(state)).ToList();
        foreach (var decisive in new[] { AttestationEligibility.No, AttestationEligibility.Unknown })
            if (Missing(answers, decisive) is { Length: > 0 } missing) return (decisive, $"{(decisive is AttestationEligibility.No ? "Missing" : "Not certain")}: {missing}.");
        return (AttestationEligibility.Yes, "Has all that Microsoft asks for. Microsoft takes new metadata over once a month, so a new model may wait up to four weeks.");
    }

    private static string Missing(IEnumerable<(AttestationEligibility Answer, string Missing)> answers, AttestationEligibility answer) =>
        string.Join("; ", answers.Where(a => a.Answer == answer).Select(a => a.Missing));

    /// <summary>The exceptions of §8: Authenticator proves itself in ways of its own, and Windows Hello cannot prove itself.</summary>
    private static (AttestationEligibility, string)? Exception(string? provider) => provider switch
    {
        Authenticator => (AttestationEligibility.Yes, "Microsoft Authenticator is proven by Apple App Attest, or by Android Play Integrity or key attestation, and not by this metadata."),
        WindowsHello => (AttestationEligibility.No, "An Entra passkey on Windows has no attestation that Microsoft Entra ID accepts."),
        _ => null,
    };

    /// <summary>FIDO2 certified, on any level.</summary>
    private static (AttestationEligibility, string) IsCertified(CertificationState state) => Answer(state.IsCertified, "FIDO certification");

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

    /// <summary>§8 does not say what Microsoft does with a model of which a weakness is reported, so nothing is promised for it.</summary>
    private static (AttestationEligibility, string) IsTrusted(CertificationState state) =>
        state.IsCompromised ? (AttestationEligibility.Unknown, "whether Microsoft still takes a model with a reported compromise") : (AttestationEligibility.Yes, "");

    private static (AttestationEligibility, string) Answer(bool? isGiven, string demand) =>
        (isGiven switch { true => AttestationEligibility.Yes, false => AttestationEligibility.No, null => AttestationEligibility.Unknown }, demand);
}
