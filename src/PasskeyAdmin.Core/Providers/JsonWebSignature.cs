using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Providers;

/// <summary>A signed text in compact form, header.payload.signature (RFC 7515 §7.1), taken apart and not yet believed.</summary>
internal sealed class JsonWebSignature
{
    private const int DeepestNesting = 16;

    /// <summary>A chain of ten certificates has a tenth of that.</summary>
    private const int LongestHeader = 500_000;

    private JsonWebSignature(JObject header, byte[] signed, byte[] payload, byte[] signature)
    {
        Algorithm = JsonText.Of(header, "alg");
        Certificates = header["x5c"] is JArray chain ? [.. chain.Select(c => (c as JValue)?.Value as string ?? "")] : [];
        IsCritical = header["crit"] is not null;
        (Signed, Payload, Signature) = (signed, payload, signature);
    }

    /// <summary>As the header claims; null where it names none.</summary>
    public string? Algorithm { get; }

    /// <summary>The chain in the header (x5c) in base64, the signer's first.</summary>
    public IReadOnlyList<string> Certificates { get; }

    /// <summary>Whether the header demands that its reader understands extensions, of which none is understood here (RFC 7515 §4.1.11).</summary>
    public bool IsCritical { get; }

    /// <summary>The bytes that the signature is over.</summary>
    public byte[] Signed { get; }

    public byte[] Payload { get; }

    public byte[] Signature { get; }

    /// <exception cref="PasskeyAdminException"><c>ProviderMetadataInvalid</c>.</exception>
    public static JsonWebSignature Parse(string text, MetadataContent content)
    {
        var (first, last) = (text.IndexOf('.'), text.LastIndexOf('.'));
        if (first < 0 || first == last || text.IndexOf('.', first + 1) != last) throw content.Invalid("a blob has three parts with a dot between them, and this has not");
        if (first > LongestHeader) throw content.TooLarge($"a header of more than {LongestHeader:N0} characters");
        var header = Decode(text, 0, first);
        var payload = Decode(text, first + 1, last);
        var signature = Decode(text, last + 1, text.Length);
        if (header is null || payload is null || signature is null) throw content.Invalid("a part of it is not base64url");
        var signed = new byte[last];
        Encoding.ASCII.GetBytes(text, 0, last, signed, 0);
        return new JsonWebSignature(ParseHeader(header, content), signed, payload, signature);
    }

    private static JObject ParseHeader(byte[] header, MetadataContent content)
    {
        using var json = new JsonTextReader(new StreamReader(new MemoryStream(header))) { DateParseHandling = DateParseHandling.None, MaxDepth = DeepestNesting };
        try
        {
            // Two values for one name would let two readers see two headers.
            return JObject.Load(json, new JsonLoadSettings { DuplicatePropertyNameHandling = DuplicatePropertyNameHandling.Error });
        }
        catch (JsonException e)
        {
            throw content.Invalid("its header is not a JSON object", e);
        }
    }

    /// <summary>Null for what is not base64url. The framework's decoder would overlook blanks and line breaks.</summary>
    private static byte[]? Decode(string text, int from, int to)
    {
        var length = to - from;
        if (length % 4 == 1) return null;
        var characters = new char[(length + 3) / 4 * 4];
        for (var i = 0; i < characters.Length; i++)
        {
            var c = i < length ? text[from + i] : '=';
            if (i < length && c is not ((>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '_')) return null;
            characters[i] = c switch { '-' => '+', '_' => '/', _ => c };
        }
        return Convert.FromBase64CharArray(characters, 0, characters.Length);
    }
}
