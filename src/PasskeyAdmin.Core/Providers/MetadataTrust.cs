using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PasskeyAdmin.Providers;

/// <summary>
/// Whose signature on metadata counts. The service signs with a TLS certificate of its own name below a root of a public authority (GlobalSign Root R46
/// since August 2026, R3 before: fidoalliance.org/metadata, and fido-alliance/conformance-test-tools-resources issues 810 and 855). Below such a root
/// anybody can get a certificate, so the root alone proves nothing: the name is asked for, too.
/// </summary>
/// <param name="roots">The only roots that count; null for those that the operating system trusts.</param>
/// <param name="signerName">The DNS name that the signing certificate must have.</param>
internal sealed class MetadataTrust(IReadOnlyList<X509Certificate2>? roots, string signerName = MetadataTrust.FidoAlliance)
{
    public const string FidoAlliance = "mds.fidoalliance.org";

    /// <summary>Why a chain is not to be believed; null where it is. Nothing is fetched, so whether a certificate was revoked is not known.</summary>
    /// <param name="chain">The signer's certificate, then the others that came with it.</param>
    public string? Fault(IReadOnlyList<X509Certificate2> chain, DateTimeOffset now)
    {
        var signer = chain[0];
        if (signer.Extensions.OfType<X509KeyUsageExtension>().Any(u => !u.KeyUsages.HasFlag(X509KeyUsageFlags.DigitalSignature)))
            return $"its certificate ({CertificateFile.Name(signer)}) must not be used to sign data";
        return ChainFault(signer, chain.Skip(1), now) ?? NameFault(signer);
    }

    private string? ChainFault(X509Certificate2 signer, IEnumerable<X509Certificate2> others, DateTimeOffset now)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        ForbidDownloads(chain.ChainPolicy);
        // A given root that comes with the blob as well, there certified by an older one, is the end and not a step on the way to that (RFC 5280 §6.1:
        // a trust anchor is a name and a key).
        foreach (var other in others.Where(o => roots?.Any(r => IsSameAuthority(o, r)) is not true)) chain.ChainPolicy.ExtraStore.Add(other);
        foreach (var root in roots ?? []) chain.ChainPolicy.ExtraStore.Add(root);
        try
        {
            chain.Build(signer);
        }
        catch (CryptographicException e)
        {
            return $"its certificates cannot be verified: {DisplayText.Excerpt(e.Message, 200)}";
        }
        var last = chain.ChainElements.Cast<X509ChainElement>().LastOrDefault()?.Certificate ?? signer;
        var status = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, s) => all | s.Status);
        // What the operating system thinks of a given root is of no matter; that the chain ends there is proven byte by byte.
        if (roots is not null) status &= ~X509ChainStatusFlags.UntrustedRoot;
        if (status is not X509ChainStatusFlags.NoError) return Reason(status, chain, last, now);
        return roots?.Any(r => r.RawData.SequenceEqual(last.RawData)) is false ? $"its certificates lead to {CertificateFile.Subject(last)}, which is none of the roots given" : null;
    }

    private string? NameFault(X509Certificate2 signer)
    {
        var names = CertificateFile.DnsNames(signer);
        return names.Contains(signerName, StringComparer.OrdinalIgnoreCase) ? null
            : $"it is signed by {CertificateFile.Name(signer)} ({(names.Count > 0 ? DisplayText.Excerpt(string.Join(", ", names), 200) : "without a DNS name")}) and not by {DisplayText.Neutralise(signerName)}";
    }

    private static string Reason(X509ChainStatusFlags status, X509Chain chain, X509Certificate2 last, DateTimeOffset now)
    {
        if (status.HasFlag(X509ChainStatusFlags.InvalidBasicConstraints)) return "one of its certificates was issued by one that must not issue any";
        if (status.HasFlag(X509ChainStatusFlags.NotSignatureValid)) return "the signature of one of its certificates does not match";
        if (status.HasFlag(X509ChainStatusFlags.PartialChain))
            return $"its certificates lead to no root that is trusted: {CertificateFile.Subject(last)} was issued by {DisplayText.Excerpt(last.Issuer, 200)}, whose certificate is missing";
        if (status.HasFlag(X509ChainStatusFlags.UntrustedRoot)) return $"its certificates lead to {CertificateFile.Subject(last)}, which this system does not trust";
        if (status.HasFlag(X509ChainStatusFlags.NotTimeValid)
            && chain.ChainElements.Cast<X509ChainElement>().Select(e => e.Certificate).FirstOrDefault(c => now < c.NotBefore || now > c.NotAfter) is { } outOfTime)
            return FormattableString.Invariant($"the certificate of {CertificateFile.Name(outOfTime)} is valid only from {outOfTime.NotBefore.ToUniversalTime():yyyy-MM-dd} to {outOfTime.NotAfter.ToUniversalTime():yyyy-MM-dd}");
        return $"its certificates do not hold ({status})";
    }

    private static bool IsSameAuthority(X509Certificate2 one, X509Certificate2 other) =>
        one.SubjectName.RawData.SequenceEqual(other.SubjectName.RawData)
        && one.PublicKey.EncodedKeyValue.RawData.SequenceEqual(other.PublicKey.EncodedKeyValue.RawData)
        && one.PublicKey.EncodedParameters.RawData.SequenceEqual(other.PublicKey.EncodedParameters.RawData);

    /// <summary>
    /// Missing certificates would be fetched from where the blob says. .NET has a switch against that, which .NET Standard 2.0 does not know; .NET Framework
    /// has none, and is given no time for it.
    /// </summary>
    private static void ForbidDownloads(X509ChainPolicy policy)
    {
        typeof(X509ChainPolicy).GetProperty("DisableCertificateDownloads")?.SetValue(policy, true);
        policy.UrlRetrievalTimeout = TimeSpan.FromMilliseconds(1);
    }
}
