using System;
using System.Collections.Generic;
using System.Security.Cryptography.X509Certificates;

namespace PasskeyAdmin.Providers;

/// <summary>Whether keys and signatures of a chain are such that nobody can forge them. The runtime takes what is weaker, too.</summary>
internal static class CertificateStrength
{
    /// <summary>RFC 7518 §3.3; the least of public authorities, too.</summary>
    private const int ShortestRsaKey = 2048;

    /// <summary>RSA and ECDSA with SHA-256, 384 and 512, Ed25519 and Ed448. Not RSA-PSS, which public authorities do not use and which may hide SHA-1.</summary>
    private static readonly HashSet<string> StrongSignatures = new(StringComparer.Ordinal)
    {
        "1.2.840.113549.1.1.11", "1.2.840.113549.1.1.12", "1.2.840.113549.1.1.13",
        "1.2.840.10045.4.3.2", "1.2.840.10045.4.3.3", "1.2.840.10045.4.3.4",
        "1.3.101.112", "1.3.101.113",
    };

    /// <summary>Why a certificate is not to be believed; null where it is.</summary>
    /// <param name="isRoot">The root is believed for itself, so that its own signature is of no matter.</param>
    public static string? Fault(X509Certificate2 certificate, bool isRoot)
    {
        using var rsa = certificate.GetRSAPublicKey();
        if (rsa?.KeySize < ShortestRsaKey) return $"the key of the certificate of {CertificateFile.Name(certificate)} is too short ({rsa.KeySize} bits)";
        return isRoot || StrongSignatures.Contains(certificate.SignatureAlgorithm.Value ?? "") ? null
            : $"the certificate of {CertificateFile.Name(certificate)} is signed in a way that is too weak ({DisplayText.Excerpt(certificate.SignatureAlgorithm.FriendlyName ?? certificate.SignatureAlgorithm.Value ?? "", 50)})";
    }
}
