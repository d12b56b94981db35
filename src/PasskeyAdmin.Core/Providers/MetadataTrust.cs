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

    /// <summary>The purpose of a TLS certificate (RFC 5280 §4.2.1.12). A public authority also issues certificates for mail or code, by other rules.</summary>
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>False in tests only, for what a runtime does that cannot be told which roots count.</summary>
    internal bool PreferGivenRoots { get; init; } = true;

    /// <summary>Why a chain is not to be believed; null where it is. Nothing is fetched, so whether a certificate was revoked is not known.</summary>
    /// <param name="chain">The signer's certificate, then the others that came with it.</param>
    public string? Fault(IReadOnlyList<X509Certificate2> chain, DateTimeOffset now)
    {
        var signer = chain[0];
        if (signer.Extensions.OfType<X509KeyUsageExtension>().Any(u => !u.KeyUsages.HasFlag(X509KeyUsageFlags.DigitalSignature)))
            return $"its certificate ({CertificateFile.Name(signer)}) must not be used to sign data";
        if (!signer.Extensions.OfType<X509EnhancedKeyUsageExtension>().Any(u => u.EnhancedKeyUsages.Cast<Oid>().Any(o => o.Value == ServerAuthentication)))
            return $"its certificate ({CertificateFile.Name(signer)}) is not for the server of a name (serverAuth)";
        return ChainFault(signer, chain.Skip(1), now) ?? NameFault(signer);
    }

    private string? ChainFault(X509Certificate2 signer, IEnumerable<X509Certificate2> others, DateTimeOffset now)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        ForbidDownloads(chain.ChainPolicy);
        // A given root that comes with the blob as well, there certified by an older one, is the end and not a step on the way to that (RFC 5280 §6.1:
        // a trust anchor is a name and a key).
        foreach (var other in others.Where(o => !IsGiven(o))) chain.ChainPolicy.ExtraStore.Add(other);
        var onlyGivenCount = roots is not null && PreferGivenRoots && CustomRoots.Trust(chain.ChainPolicy, roots);
        if (!onlyGivenCount) foreach (var root in roots ?? []) chain.ChainPolicy.ExtraStore.Add(root);
        try
        {
            chain.Build(signer);
        }
        catch (CryptographicException e)
        {
            return $"its certificates cannot be verified: {DisplayText.Excerpt(e.Message, 200)}";
        }
        List<X509ChainElement> elements = [.. chain.ChainElements.Cast<X509ChainElement>()];
        // The operating system may know a longer way, past a given root to an older one. What stands behind the given root is of no matter, and neither is
        // what the operating system thinks of that.
        var anchor = elements.FindIndex(e => IsGiven(e.Certificate));
        if (anchor >= 0) elements.RemoveRange(anchor + 1, elements.Count - anchor - 1);
        var status = (anchor >= 0 ? elements.SelectMany(e => e.ChainElementStatus) : chain.ChainStatus).Aggregate(X509ChainStatusFlags.NoError, (all, s) => all | s.Status);
        if (anchor >= 0) status &= ~(X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain);
        var last = elements.LastOrDefault()?.Certificate ?? signer;
        if (status is not X509ChainStatusFlags.NoError) return Reason(status, elements, last, now);
        if (roots is not null && anchor < 0) return $"its certificates lead to {CertificateFile.Subject(last)}, which is none of the roots given";
        return elements.Select((e, i) => CertificateStrength.Fault(e.Certificate, isRoot: i == elements.Count - 1)).FirstOrDefault(f => f is not null);
    }

    private string? NameFault(X509Certificate2 signer)
    {
        var names = CertificateFile.DnsNames(signer);
        return names.Contains(signerName, StringComparer.OrdinalIgnoreCase) ? null
            : $"it is signed by {CertificateFile.Name(signer)} ({(names.Count > 0 ? DisplayText.Excerpt(string.Join(", ", names), 200) : "without a DNS name")}) and not by {DisplayText.Neutralise(signerName)}";
    }

    private string Reason(X509ChainStatusFlags status, List<X509ChainElement> elements, X509Certificate2 last, DateTimeOffset now)
    {
        if (status.HasFlag(X509ChainStatusFlags.InvalidBasicConstraints)) return "one of its certificates was issued by one that must not issue any";
        if (status.HasFlag(X509ChainStatusFlags.NotSignatureValid)) return "the signature of one of its certificates does not match";
        if (status.HasFlag(X509ChainStatusFlags.PartialChain))
            return $"its certificates lead to no root that is trusted: {CertificateFile.Subject(last)} was issued by {DisplayText.Excerpt(last.Issuer, 200)}, whose certificate is missing{Hint}";
        if (status.HasFlag(X509ChainStatusFlags.UntrustedRoot)) return $"its certificates lead to {CertificateFile.Subject(last)}, which {(roots is null ? $"this system does not trust{Hint}" : "is none of the roots given")}";
        if (status.HasFlag(X509ChainStatusFlags.NotValidForUsage)) return "one of its certificates was issued for other purposes than the server of a name (serverAuth)";
        if (status.HasFlag(X509ChainStatusFlags.NotTimeValid)
            && elements.Select(e => e.Certificate).FirstOrDefault(c => now < c.NotBefore || now > c.NotAfter) is { } outOfTime)
            return FormattableString.Invariant($"the certificate of {CertificateFile.Name(outOfTime)} is valid only from {outOfTime.NotBefore.ToUniversalTime():yyyy-MM-dd} to {outOfTime.NotAfter.ToUniversalTime():yyyy-MM-dd}");
        return $"its certificates do not hold ({status})";
    }

    /// <summary>Windows fetches roots that it trusts only once they are met, and no download is allowed here.</summary>
    private string Hint => roots is null ? ". Get the root certificate from its authority (for the FIDO Alliance that is GlobalSign, see https://fidoalliance.org/metadata/) and pass it with -RootCertificatePath" : "";

    private bool IsGiven(X509Certificate2 certificate) => roots?.Any(r => IsSameAuthority(certificate, r)) is true;

    private static bool IsSameAuthority(X509Certificate2 one, X509Certificate2 other) =>
        one.SubjectName.RawData.SequenceEqual(other.SubjectName.RawData)
        && one.PublicKey.Oid.Value == other.PublicKey.Oid.Value
        && one.PublicKey.EncodedKeyValue.RawData.SequenceEqual(other.PublicKey.EncodedKeyValue.RawData)
        // Keys of some kinds have none (RFC 8410 §3).
        && (one.PublicKey.EncodedParameters?.RawData ?? []).SequenceEqual(other.PublicKey.EncodedParameters?.RawData ?? []);

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
