using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace PasskeyAdmin.Providers;

/// <summary>Reads certificates, and nothing else that the framework would take for one (key stores, PKCS #7).</summary>
internal static class CertificateFile
{
    private const int LargestFile = 1 << 22;
    private const string Begin = "-----BEGIN CERTIFICATE-----";
    private const string End = "-----END CERTIFICATE-----";
    private const string AlternativeNames = "2.5.29.17";

    /// <summary>The tag of a dNSName (RFC 5280 §4.2.1.6).</summary>
    private const int DnsName = 0x82;

    /// <summary>The root certificates in a file, PEM (one or several) or DER. Others that it holds beside them are left out: a chain is built without them.</summary>
    /// <exception cref="PasskeyAdminException">The errors of opening a file; <c>RootCertificateInvalid</c>.</exception>
    public static IReadOnlyList<X509Certificate2> ReadRoots(string path)
    {
        var bytes = ReadBytes(path);
        var text = Encoding.ASCII.GetString(bytes);
        List<X509Certificate2?> read = text.Contains(Begin) ? [.. Blocks(text).Select(FromBase64)] : [FromDer(bytes)];
        if (read.Count == 0 || read.Contains(null)) throw Invalid(path, "holds no certificate that can be read. Save it as PEM (Base-64) or DER");
        var roots = read.OfType<X509Certificate2>().Where(c => c.SubjectName.RawData.SequenceEqual(c.IssuerName.RawData)).ToList();
        return roots.Count > 0 ? roots : throw Invalid(path, $"holds no root certificate: that of {Subject(read[0]!)} was issued by {DisplayText.Excerpt(read[0]!.Issuer, 200)}. Name the root that the chain leads to");
    }

    /// <summary>Null for what is no certificate.</summary>
    public static X509Certificate2? FromBase64(string text)
    {
        try
        {
            return FromDer(Convert.FromBase64String(text));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>The DNS names that a certificate is issued to (RFC 5280 §4.2.1.6).</summary>
    public static IReadOnlyList<string> DnsNames(X509Certificate2 certificate)
    {
        var names = new List<string>();
        foreach (var extension in certificate.Extensions.Cast<X509Extension>().Where(e => e.Oid?.Value == AlternativeNames))
        {
            var list = new DerReader(extension.RawData);
            if (!list.Read() || list.Tag != DerReader.Sequence) continue;
            for (var name = list.Content; name.Read();)
                if (name.Tag == DnsName) names.Add(Encoding.ASCII.GetString(extension.RawData, name.Start, name.Length));
        }
        return names;
    }

    /// <summary>The short name of whom a certificate is issued to, safe to show.</summary>
    public static string Name(X509Certificate2 certificate) => DisplayText.Excerpt(certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false), 100);

    /// <summary>Whom a certificate is issued to in full: authorities have many with the same short name.</summary>
    public static string Subject(X509Certificate2 certificate) => DisplayText.Excerpt(certificate.Subject, 200);

    private static X509Certificate2? FromDer(byte[] bytes)
    {
        var outer = new DerReader(bytes);
        // A certificate is a sequence that begins with a sequence. A key store begins with a number, PKCS #7 with an object identifier.
        if (!outer.Read() || outer.Tag != DerReader.Sequence || outer.Content is var inner && !(inner.Read() && inner.Tag == DerReader.Sequence)) return null;
        try
        {
            return new X509Certificate2(bytes);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Blocks(string text)
    {
        for (var begin = text.IndexOf(Begin, StringComparison.Ordinal); begin >= 0;)
        {
            var end = text.IndexOf(End, begin, StringComparison.Ordinal);
            // One that breaks off is no certificate.
            yield return end < 0 ? "!" : text.Substring(begin + Begin.Length, end - begin - Begin.Length);
            begin = end < 0 ? -1 : text.IndexOf(Begin, end, StringComparison.Ordinal);
        }
    }

    private static byte[] ReadBytes(string path)
    {
        using var stream = InputFile.Open(path);
        using var bytes = new MemoryStream();
        var buffer = new byte[1 << 14];
        try
        {
            for (int read; (read = stream.Read(buffer, 0, buffer.Length)) > 0 && bytes.Length <= LargestFile;) bytes.Write(buffer, 0, read);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw InputFile.ReadFailed(InputFile.Shown(path), e);
        }
        return bytes.Length <= LargestFile ? bytes.ToArray() : throw Invalid(path, "is too large for certificates");
    }

    private static PasskeyAdminException Invalid(string path, string reason) => new(ErrorKind.InvalidData, "RootCertificateInvalid", $"'{InputFile.Shown(path)}' {reason}.");
}
