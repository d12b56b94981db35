using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Testing;

namespace PasskeyAdmin.Core.Tests.Providers;

/// <summary>What makes a blob Verified, and each thing that does not.</summary>
public sealed class BlobSignatureTests : IDisposable
{
    private static readonly ProviderCatalog Catalog = ProviderCatalog.LoadBuiltIn();
    private const string Ed25519Root = """
        -----BEGIN CERTIFICATE-----
        MIIBRDCB96ADAgECAhQv2WpmuWgfbWmfS6UC2Sbwn1RkOTAFBgMrZXAwFzEVMBMG
        A1UEAwwMRWQyNTUxOSBSb290MCAXDTI2MTEyNjA0NDEzMVoYDzIxMjYxMTAyMDQ0
        MTMxWjAXMRUwEwYDVQQDDAxFZDI1NTE5IFJvb3QwKjAFBgMrZXADIQC5BhAzkPDD
        2ChJwSr24NX0KzTIaoJIKmqUrEM7lVoab6NTMFEwHQYDVR0OBBYEFEW57VQ2Cdxs
        9IiS0qG8KwJy7puWMB8GA1UdIwQYMBaAFEW57VQ2Cdxs9IiS0qG8KwJy7puWMA8G
        A1UdEwEB/wQFMAMBAf8wBQYDK2VwA0EALUP8N6Cn/HmEV4f9fLj9GPAyuuZKN1kM
        SzxlIQZf9COnygssMTQlJZrpX5leuIi1529CBd6Mlufcd676cS4vCQ==
        -----END CERTIFICATE-----
        """;

    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Made once, because that takes a while.</summary>
    private static readonly RSAParameters RsaKey = MakeRsaKey();

    private readonly TestAuthority _root = TestAuthority.Root(Now);
    private readonly TestAuthority _authority;
    private readonly TestAuthority _signer;

    public BlobSignatureTests()
    {
        _authority = _root.Authority();
        _signer = _authority.Signer();
    }

    public void Dispose()
    {
        _root.Dispose();
        _authority.Dispose();
        _signer.Dispose();
    }

    [Fact]
    public void A_chain_to_a_given_root_is_believed()
    {
        var file = Read(Signed(_signer, _authority));
        Assert.Null(file.Origin.Fault);
        var model = Assert.Single(file.Entries);
        Assert.Equal((MetadataVerification.Verified, null), (model.Verification, model.VerificationReason));
        Assert.Equal((290, new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero), false), (model.BlobNumber, model.NextUpdate, model.IsOutdated));
    }

    [Fact]
    public void The_root_may_come_with_the_blob() => Assert.Null(Fault(Signed(_signer, _authority, _root)));

    [Fact]
    public void A_signer_right_below_the_root_is_believed()
    {
        using var signer = _root.Signer();
        Assert.Null(Fault(Signed(signer)));
    }

    [Theory]
    [InlineData("RS256")]
    [InlineData("RS384")]
    [InlineData("RS512")]
    [InlineData("PS256")]
    [InlineData("PS384")]
    [InlineData("PS512")]
    public void RSA_signatures_are_verified(string algorithm)
    {
        using var signer = _authority.Signer(key: NewRsa());
        var blob = TestBlob.Sign(Payload(), [signer, _authority], algorithm);
        Assert.Null(Fault(blob));
        Assert.Contains("signature does not match", Fault(Tampered(blob)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ES256", "1.2.840.10045.3.1.7")]
    [InlineData("ES384", "1.3.132.0.34")]
    [InlineData("ES512", "1.3.132.0.35")]
    public void Elliptic_signatures_are_verified(string algorithm, string curve)
    {
        using var signer = _authority.Signer(key: ECDsa.Create(ECCurve.CreateFromValue(curve)));
        var blob = TestBlob.Sign(Payload(), [signer, _authority], algorithm);
        Assert.Null(Fault(blob));
        Assert.Contains("signature does not match", Fault(Tampered(blob)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_that_was_changed_does_not_match()
    {
        var parts = Signed(_signer, _authority).Split('.');
        var header = TestBlob.Encode($$"""{"alg":"ES256","x5c":["{{Base64(_signer)}}","{{Base64(_authority)}}"]}""");
        Assert.Contains("signature does not match", Fault($"{header}.{parts[1]}.{parts[2]}"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_that_was_exchanged_does_not_match()
    {
        using var forger = _authority.Signer();
        var parts = Signed(forger, _authority).Split('.');
        var header = TestBlob.Encode($$"""{"alg":"ES256","typ":"JWT","x5c":["{{Base64(_signer)}}","{{Base64(_authority)}}"]}""");
        Assert.Contains("signature does not match", Fault($"{header}.{parts[1]}.{parts[2]}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("rs256")]
    [InlineData("")]
    [InlineData("EdDSA")]
    public void Other_algorithms_prove_nothing(string algorithm)
    {
        var header = $$"""{"alg":"{{algorithm}}","x5c":["{{Base64(_signer)}}","{{Base64(_authority)}}"]}""";
        Assert.Contains("proves nothing", Fault(TestBlob.Assemble(header, Payload(), [])), StringComparison.Ordinal);
    }

    [Fact]
    public void A_public_key_is_no_shared_secret()
    {
        using var signer = _authority.Signer(key: NewRsa());
        var header = $$"""{"alg":"HS256","x5c":["{{Base64(signer)}}","{{Base64(_authority)}}"]}""";
        var secret = signer.Certificate.GetRSAPublicKey()!.ExportSubjectPublicKeyInfo();
        var signature = HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes($"{TestBlob.Encode(header)}.{TestBlob.Encode(Payload())}"));
        Assert.Contains("'HS256' proves nothing", Fault(TestBlob.Assemble(header, Payload(), signature)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_key_must_fit_the_algorithm()
    {
        using var rsa = _authority.Signer(key: NewRsa());
        using var larger = _authority.Signer(key: ECDsa.Create(ECCurve.NamedCurves.nistP384));
        using var shortKey = _authority.Signer(key: RSA.Create(1024));
        Assert.Contains("does not fit", Fault(TestBlob.Sign(Payload(), [_signer, _authority], "RS256")), StringComparison.Ordinal);
        Assert.Contains("does not fit", Fault(TestBlob.Sign(Payload(), [rsa, _authority], "ES256")), StringComparison.Ordinal);
        Assert.Contains("does not fit", Fault(TestBlob.Sign(Payload(), [larger, _authority], "ES256")), StringComparison.Ordinal);
        Assert.Contains("too short (1024 bits)", Fault(TestBlob.Sign(Payload(), [shortKey, _authority], "RS256")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"alg":"ES256"}""", "no certificates")]
    [InlineData("""{"alg":"ES256","x5c":[]}""", "no certificates")]
    [InlineData("""{"alg":"ES256","x5c":"MIIB"}""", "no certificates")]
    [InlineData("""{"alg":"ES256","x5c":["!"]}""", "certificate 1 of its header cannot be read")]
    [InlineData("""{"alg":"ES256","x5c":["MIIB"]}""", "certificate 1 of its header cannot be read")]
    [InlineData("""{"alg":"ES256","x5c":["MAMCAQM="]}""", "certificate 1 of its header cannot be read")]
    [InlineData("""{"alg":"ES256","x5c":[7]}""", "certificate 1 of its header cannot be read")]
    [InlineData("""{"alg":"ES256","x5c":["","","","","","","","","","",""]}""", "more than 10")]
    [InlineData("""{"alg":"ES256","crit":["b64"],"b64":false,"x5c":["MIIB"]}""", "demands an extension")]
    [InlineData("""{"typ":"JWT"}""", "'' proves nothing")]
    public void A_header_without_a_usable_chain_proves_nothing(string header, string reason) =>
        Assert.Contains(reason, Fault(TestBlob.Assemble(header, Payload(), new byte[64])), StringComparison.Ordinal);

    [Fact]
    public void A_key_store_is_no_certificate()
    {
        using var key = ECDsa.Create();
        using var own = _signer.Certificate.CopyWithPrivateKey((ECDsa)_signer.Key);
        var header = $$"""{"alg":"ES256","x5c":["{{Convert.ToBase64String(own.Export(X509ContentType.Pkcs12))}}"]}""";
        Assert.Contains("cannot be read", Fault(TestBlob.Assemble(header, Payload(), new byte[64])), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_root_is_none_of_those_given()
    {
        using var other = TestAuthority.Root(Now, "Other Root");
        Assert.Contains("none of the roots given", Fault(Signed(_signer, _authority, _root), other), StringComparison.Ordinal);
        Assert.Contains("lead to no root", Fault(Signed(_signer, _authority), other), StringComparison.Ordinal);
        Assert.Null(Fault(Signed(_signer, _authority), other, _root));
    }

    [Fact]
    public void A_root_of_the_same_name_is_another_root()
    {
        using var other = TestAuthority.Root(Now);
        Assert.NotNull(Fault(Signed(_signer, _authority), other));
        Assert.NotNull(Fault(Signed(_signer, _authority, _root), other));
    }

    [Fact]
    public void A_chain_that_stops_short_is_not_believed() => Assert.Contains("lead to no root", Fault(Signed(_signer)), StringComparison.Ordinal);

    [Fact]
    public void A_signer_that_issues_certificates_is_not_believed()
    {
        foreach (var usage in new[] { X509KeyUsageFlags.DigitalSignature, X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyCertSign })
        {
            using var customer = _authority.Signer("www.contoso.com", usage: usage);
            using var forged = customer.Signer();
            Assert.Contains("must not issue", Fault(Signed(forged, customer, _authority)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Certificates_hold_at_their_time_only()
    {
        using var expired = _authority.Signer(valid: (Now.AddDays(-20), Now.AddDays(-10)));
        using var early = _authority.Signer(valid: (Now.AddDays(10), Now.AddDays(20)));
        Assert.Contains("mds.fidoalliance.org is valid only from 2026-11-03 to 2026-11-13", Fault(Signed(expired, _authority)), StringComparison.Ordinal);
        Assert.Contains("is valid only from 2026-12-03", Fault(Signed(early, _authority)), StringComparison.Ordinal);
        Assert.Null(Fault(Signed(expired, _authority), Now.AddDays(-15)));
        Assert.Null(Fault(Signed(early, _authority), Now.AddDays(15)));
        Assert.Contains("Test Authority is valid only", Fault(Signed(_authority.Signer(valid: (Now, Now.AddYears(9))), _authority), Now.AddYears(3)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_root_that_an_older_one_certified_is_the_end_of_the_chain()
    {
        using var older = TestAuthority.Root(Now, "Older Root");
        using var crossed = _root.CrossCertifiedBy(older);
        var blob = Signed(_signer, _authority, crossed);
        Assert.Null(Fault(blob, _root));
        Assert.Null(Fault(blob, older));
        Assert.Null(Fault(blob, older, _root));
    }

    [Theory]
    [InlineData("mds.fidoalliance.org", true)]
    [InlineData("MDS.FIDOAlliance.org", true)]
    [InlineData("www.contoso.com", false)]
    [InlineData("*.fidoalliance.org", false)]
    [InlineData("mds.fidoalliance.org.contoso.com", false)]
    public void The_signer_must_have_the_name_of_the_service(string dnsName, bool isBelieved)
    {
        using var signer = _authority.Signer(dnsName);
        var fault = Fault(Signed(signer, _authority));
        if (isBelieved) Assert.Null(fault);
        else Assert.Contains($"signed by {dnsName} (other.example.com, {dnsName}) and not by mds.fidoalliance.org", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_signer_can_be_expected()
    {
        using var signer = _authority.Signer("metadata.contoso.com");
        Assert.Null(Read(Signed(signer, _authority), new MetadataTrust([_root.Certificate], "metadata.contoso.com"), Now).Origin.Fault);
        Assert.NotNull(Read(Signed(_signer, _authority), new MetadataTrust([_root.Certificate], "metadata.contoso.com"), Now).Origin.Fault);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("1.3.6.1.5.5.7.3.4")]
    [InlineData("2.5.29.37.0")]
    public void A_signer_must_be_a_server(string? purpose)
    {
        using var signer = _authority.Signer(purpose: purpose);
        Assert.Contains("is not for the server of a name", Fault(Signed(signer, _authority)), StringComparison.Ordinal);
    }

    [Fact]
    public void An_authority_for_mail_certifies_no_server()
    {
        using var authority = _root.Authority(purpose: "1.3.6.1.5.5.7.3.4");
        using var signer = authority.Signer();
        Assert.Contains("for other purposes", Fault(Signed(signer, authority)), StringComparison.Ordinal);
    }

    [Fact]
    public void Weak_keys_and_signatures_of_the_chain_prove_nothing()
    {
        using var shortKey = _root.Authority("Short Authority", RSA.Create(1024));
        using var signer = shortKey.Signer();
        Assert.Contains("Short Authority is too short (1024 bits)", Fault(Signed(signer, shortKey)), StringComparison.Ordinal);
        using var longKey = _root.Authority("Long Authority", NewRsa());
        using var sound = longKey.Signer();
        Assert.Null(Fault(Signed(sound, longKey)));
        using var weak = _authority.Signer(isWeak: true);
        Assert.NotNull(Fault(Signed(weak, _authority)));
        Assert.Contains("mds.fidoalliance.org is signed in a way that is too weak (", CertificateStrength.Fault(weak.Certificate, isRoot: false), StringComparison.OrdinalIgnoreCase);
        Assert.Null(CertificateStrength.Fault(weak.Certificate, isRoot: true));
    }

    [Fact]
    public void Another_curve_of_the_same_length_does_not_fit()
    {
        using var signer = _authority.Signer(key: ECDsa.Create(ECCurve.CreateFromValue("1.3.132.0.10")));
        Assert.Contains("does not fit", Fault(Signed(signer, _authority)), StringComparison.Ordinal);
    }

    /// <summary>A key without parameters.</summary>
    [Fact]
    public void An_Ed25519_root_may_come_with_the_blob()
    {
        using var root = X509Certificate2.CreateFromPem(Ed25519Root);
        var header = $$"""{"alg":"ES256","typ":"JWT","x5c":["{{Base64(_signer)}}","{{Convert.ToBase64String(root.RawData)}}"]}""";
        var signed = $"{TestBlob.Encode(header)}.{TestBlob.Encode(Payload())}";
        var signature = ((ECDsa)_signer.Key).SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256);
        Assert.Contains("lead to no root", Read(TestBlob.Assemble(header, Payload(), signature), new MetadataTrust([root]), Now).Origin.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_for_other_things_signs_no_data()
    {
        using var signer = _authority.Signer(key: NewRsa(), usage: X509KeyUsageFlags.KeyEncipherment);
        Assert.Contains("must not be used to sign", Fault(TestBlob.Sign(Payload(), [signer, _authority], "RS256")), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_given_roots_the_operating_system_decides() =>
        Assert.Contains("which this system does not trust. Get the root certificate from its authority (for the FIDO Alliance that is GlobalSign, see https://fidoalliance.org/metadata/) and pass it with -RootCertificatePath",
            Read(Signed(_signer, _authority, _root), new MetadataTrust(null), Now).Origin.Fault, StringComparison.Ordinal);

    private static RSAParameters MakeRsaKey()
    {
        using var key = RSA.Create(2048);
        return key.ExportParameters(includePrivateParameters: true);
    }

    private static RSA NewRsa() => RSA.Create(RsaKey);

    private static string Payload() => TestBlob.Payload(TestBlob.Entry());

    private static string Signed(params TestAuthority[] chain) => TestBlob.Sign(Payload(), chain);

    private static string Base64(TestAuthority authority) => Convert.ToBase64String(authority.Certificate.RawData);

    /// <summary>With another name for the model.</summary>
    private static string Tampered(string blob)
    {
        var parts = blob.Split('.');
        return $"{parts[0]}.{TestBlob.Encode(TestBlob.Payload(TestBlob.Entry(name: "Fabrikam Key 8")))}.{parts[2]}";
    }

    private string? Fault(string blob, params TestAuthority[] roots) => Fault(blob, Now, roots);

    private string? Fault(string blob, DateTimeOffset now, params TestAuthority[] roots)
    {
        List<X509Certificate2> given = [.. (roots.Length > 0 ? roots : [_root]).Select(r => r.Certificate)];
        var fault = Read(blob, new MetadataTrust(given), now).Origin.Fault;
        // Also where the runtime cannot be told which roots count.
        Assert.Equal(fault is null, Read(blob, new MetadataTrust(given) { PreferGivenRoots = false }, now).Origin.Fault is null);
        return fault;
    }

    private ProviderMetadataFile Read(string blob) => Read(blob, new MetadataTrust([_root.Certificate]), Now);

    private static ProviderMetadataFile Read(string blob, MetadataTrust trust, DateTimeOffset now)
    {
        using var file = new TemporaryFile(blob);
        return new ProviderMetadataReader(Catalog, trust, now).Read(file.Path, CancellationToken.None);
    }
}
