using System;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PasskeyAdmin.Testing;

/// <summary>Somebody with a key and a certificate: a root, an authority below it, or one who signs.</summary>
internal sealed class TestAuthority : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private TestAuthority(X509Certificate2 certificate, AsymmetricAlgorithm key, DateTimeOffset now) => (Certificate, Key, Now) = (certificate, key, now);

    public X509Certificate2 Certificate { get; }

    public AsymmetricAlgorithm Key { get; }

    public string Pem => Certificate.ExportCertificatePem();

    private DateTimeOffset Now { get; }

    /// <param name="now">In the middle of the time in which its certificates are valid.</param>
    public static TestAuthority Root(DateTimeOffset now, string name = "Test Root")
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        AddAuthority(request);
        return new TestAuthority(request.CreateSelfSigned(now.AddYears(-5), now.AddYears(5)), key, now);
    }

    /// <summary>The same root, certified by an older one: another certificate for the same name and key.</summary>
    public TestAuthority CrossCertifiedBy(TestAuthority older)
    {
        var request = new CertificateRequest(Certificate.SubjectName, (ECDsa)Key, HashAlgorithmName.SHA256);
        AddAuthority(request);
        return older.Certify(request, Key, (Now.AddYears(-2), Now.AddYears(2)));
    }

    /// <param name="key">An elliptic curve where none is given.</param>
    /// <param name="purpose">What it may issue certificates for; everything where none is given.</param>
    public TestAuthority Authority(string name = "Test Authority", AsymmetricAlgorithm? key = null, string? purpose = null)
    {
        key ??= ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var subject = new X500DistinguishedName($"CN={name}");
        var request = key is RSA rsa ? new CertificateRequest(subject, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) : new CertificateRequest(subject, (ECDsa)key, HashAlgorithmName.SHA256);
        AddAuthority(request);
        if (purpose is not null) request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], critical: false));
        return Certify(request, key, (Now.AddYears(-2), Now.AddYears(2)));
    }

    /// <summary>Somebody who may sign data, and nothing else.</summary>
    /// <param name="key">An elliptic curve where none is given.</param>
    /// <param name="isWeak">Whether its certificate is signed with SHA-1.</param>
    public TestAuthority Signer(string dnsName = "mds.fidoalliance.org", AsymmetricAlgorithm? key = null, (DateTimeOffset From, DateTimeOffset To)? valid = null, X509KeyUsageFlags usage = X509KeyUsageFlags.DigitalSignature, string? purpose = ServerAuthentication, bool isWeak = false)
    {
        key ??= ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var subject = new X500DistinguishedName($"CN={dnsName}");
        var request = key is RSA rsa ? new CertificateRequest(subject, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) : new CertificateRequest(subject, (ECDsa)key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, critical: true));
        if (purpose is not null) request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], critical: false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddEmailAddress("somebody@example.com");
        names.AddDnsName("other.example.com");
        names.AddDnsName(dnsName);
        request.CertificateExtensions.Add(names.Build());
        return Certify(request, key, valid ?? (Now.AddYears(-1), Now.AddYears(1)), isWeak);
    }

    public void Dispose()
    {
        Certificate.Dispose();
        Key.Dispose();
    }

    private static void AddAuthority(CertificateRequest request)
    {
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
    }

    private TestAuthority Certify(CertificateRequest request, AsymmetricAlgorithm key, (DateTimeOffset From, DateTimeOffset To) valid, bool isWeak = false) =>
        new(request.Create(Certificate.SubjectName, isWeak ? new WeakGenerator((ECDsa)Key) : Key is RSA rsa ? X509SignatureGenerator.CreateForRSA(rsa, RSASignaturePadding.Pkcs1) : X509SignatureGenerator.CreateForECDsa((ECDsa)Key), valid.From, valid.To, RandomNumberGenerator.GetBytes(8)), key, Now);

    /// <summary>ECDSA with SHA-1, which the framework does not make any more.</summary>
    private sealed class WeakGenerator(ECDsa key) : X509SignatureGenerator
    {
        public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) => [0x30, 0x09, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x01];

        public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) => key.SignData(data, HashAlgorithmName.SHA1, DSASignatureFormat.Rfc3279DerSequence);

        protected override PublicKey BuildPublicKey() => new(key);
    }
}
