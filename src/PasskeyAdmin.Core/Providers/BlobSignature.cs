using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PasskeyAdmin.Providers;

/// <summary>Verifies the signature of a FIDO metadata blob (FIDO Metadata Service 3.0, "Metadata BLOB object processing rules").</summary>
internal static class BlobSignature
{
    /// <summary>A chain has three or four.</summary>
    private const int MostCertificates = 10;

    /// <summary>
    /// RFC 7518 §3.1, with the curve (§3.4) as the key of a certificate names it: others have keys of the same length. Not among them: none, and HS, whose key is a shared secret. A forger would otherwise take the public key of the certificate for it.
    /// </summary>
    private static readonly Dictionary<string, (HashAlgorithmName Hash, RSASignaturePadding? Padding, string? Curve)> Algorithms = new(StringComparer.Ordinal)
    {
        ["RS256"] = (HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1, null),
        ["RS384"] = (HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1, null),
        ["RS512"] = (HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1, null),
        ["PS256"] = (HashAlgorithmName.SHA256, RSASignaturePadding.Pss, null),
        ["PS384"] = (HashAlgorithmName.SHA384, RSASignaturePadding.Pss, null),
        ["PS512"] = (HashAlgorithmName.SHA512, RSASignaturePadding.Pss, null),
        ["ES256"] = (HashAlgorithmName.SHA256, null, "06082A8648CE3D030107"),
        ["ES384"] = (HashAlgorithmName.SHA384, null, "06052B81040022"),
        ["ES512"] = (HashAlgorithmName.SHA512, null, "06052B81040023"),
    };

    /// <summary>Why a blob is not to be believed; null where it is.</summary>
    public static string? Fault(JsonWebSignature blob, MetadataTrust trust, DateTimeOffset now)
    {
        if (blob.Algorithm is null || !Algorithms.ContainsKey(blob.Algorithm))
            return $"its signature algorithm '{DisplayText.Excerpt(blob.Algorithm ?? "", 20)}' proves nothing (RS, PS and ES with 256, 384 and 512 do)";
        if (blob.IsCritical) return "its header demands an extension that this version does not know";
        if (blob.Certificates.Count == 0) return "its header has no certificates (x5c), so nothing tells who signed it";
        if (blob.Certificates.Count > MostCertificates) return $"its header has more than {MostCertificates} certificates";
        List<X509Certificate2?> chain = [.. blob.Certificates.Select(CertificateFile.FromBase64)];
        try
        {
            if (chain.Contains(null)) return $"certificate {chain.IndexOf(null) + 1} of its header cannot be read";
            return Matches(blob, chain[0]!) ?? trust.Fault([.. chain.OfType<X509Certificate2>()], now);
        }
        finally
        {
            foreach (var certificate in chain) certificate?.Dispose();
        }
    }

    private static string? Matches(JsonWebSignature blob, X509Certificate2 signer)
    {
        var (hash, padding, curve) = Algorithms[blob.Algorithm!];
        try
        {
            using var rsa = signer.GetRSAPublicKey();
            using var ecdsa = signer.GetECDsaPublicKey();
            if (padding is null ? ecdsa is null || Curve(signer) != curve : rsa is null) return $"the key of its certificate does not fit its signature algorithm {blob.Algorithm}";
            var isValid = padding is null ? ecdsa!.VerifyData(blob.Signed, blob.Signature, hash) : rsa!.VerifyData(blob.Signed, blob.Signature, hash, padding);
            return isValid ? null : "the signature does not match: it was changed after it was signed, or signed with another key";
        }
        catch (CryptographicException e)
        {
            return $"its signature cannot be verified: {DisplayText.Excerpt(e.Message, 200)}";
        }
    }

    /// <summary>The object identifier of the curve of a key, in DER; null for a key of another kind.</summary>
    private static string? Curve(X509Certificate2 certificate) => certificate.PublicKey.EncodedParameters?.RawData is { } curve ? BitConverter.ToString(curve).Replace("-", "") : null;
}
