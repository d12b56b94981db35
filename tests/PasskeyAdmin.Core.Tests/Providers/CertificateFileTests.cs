using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Testing;

namespace PasskeyAdmin.Core.Tests.Providers;

public sealed class CertificateFileTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly TestAuthority _root = TestAuthority.Root(Now);
    private readonly TestAuthority _other = TestAuthority.Root(Now, "Other Root");

    public void Dispose()
    {
        _root.Dispose();
        _other.Dispose();
    }

    [Fact]
    public void Roots_are_read_from_PEM_and_DER()
    {
        using var authority = _root.Authority();
        Assert.Equal(["CN=Test Root"], Subjects(_root.Pem));
        Assert.Equal(["CN=Test Root", "CN=Other Root"], Subjects($"A bundle\r\n{_root.Pem}\r\n{authority.Pem}\n{_other.Pem}"));
        using var file = new TemporaryFile("");
        File.WriteAllBytes(file.Path, _root.Certificate.RawData);
        Assert.Equal("CN=Test Root", Assert.Single(CertificateFile.ReadRoots(file.Path)).Subject);
    }

    [Fact]
    public void What_is_no_certificate_is_refused()
    {
        using var key = ECDsa.Create();
        Assert.Contains("no certificate that can be read", Refusal("hello"), StringComparison.Ordinal);
        Assert.Contains("no certificate that can be read", Refusal(key.ExportPkcs8PrivateKeyPem()), StringComparison.Ordinal);
        Assert.Contains("no certificate that can be read", Refusal(_root.Pem[..100]), StringComparison.Ordinal);
        Assert.Contains("no certificate that can be read", Refusal(_root.Pem + _other.Pem[..100]), StringComparison.Ordinal);
        Assert.Contains("too large", Refusal(new string(' ', 5_000_000)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_root_is_refused()
    {
        using var authority = _root.Authority();
        Assert.Contains("CN=Test Authority was issued by CN=Test Root", Refusal(authority.Pem), StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_without_names_has_none() => Assert.Empty(CertificateFile.DnsNames(_root.Certificate));

    [Theory]
    [InlineData(new byte[] { 0x30, 0x82 })]
    [InlineData(new byte[] { 0x30, 0x85, 1, 1, 1, 1, 1, 0 })]
    [InlineData(new byte[] { 0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF, 0 })]
    [InlineData(new byte[] { 0x30, 0x80, 0x30, 0 })]
    [InlineData(new byte[] { 0x30, 5, 0x82, 9, 65 })]
    [InlineData(new byte[] { 0x30 })]
    [InlineData(new byte[] { })]
    public void Broken_DER_ends_the_reading(byte[] bytes)
    {
        var reader = new DerReader(bytes);
        if (!reader.Read()) return;
        Assert.False(reader.Content.Read());
    }

    private static string[] Subjects(string pem)
    {
        using var file = new TemporaryFile(pem);
        return [.. CertificateFile.ReadRoots(file.Path).Select(c => c.Subject)];
    }

    private static string Refusal(string content)
    {
        using var file = new TemporaryFile(content);
        var error = Assert.Throws<PasskeyAdminException>(() => CertificateFile.ReadRoots(file.Path));
        Assert.Equal(("RootCertificateInvalid", ErrorKind.InvalidData), (error.ErrorId, error.Kind));
        return error.Message;
    }
}
