using System;
using System.Buffers.Text;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace PasskeyAdmin.Testing;

/// <summary>Makes FIDO metadata blobs, sound ones and others.</summary>
internal static class TestBlob
{
    /// <summary>A model that the catalogue of the module does not have.</summary>
    public const string NewKey = "0a1b2c3d-0000-4000-8000-00000000c0de";

    /// <summary>An entry that fulfils all that Microsoft asks for.</summary>
    public static string Entry(string aaGuid = NewKey, string name = "Fabrikam Key 7", string status = """{"status": "FIDO_CERTIFIED_L1", "effectiveDate": "2025-02-03", "certificateNumber": "FIDO20020250203001"}""") => $$"""
        {
          "aaguid": "{{aaGuid}}",
          "metadataStatement": {
            "description": {{JsonSerializer.Serialize(name)}},
            "protocolFamily": "fido2",
            "attestationTypes": ["basic_full"],
            "userVerificationDetails": [[{"userVerificationMethod": "passcode_external"}], [{"userVerificationMethod": "presence_internal"}]],
            "attestationRootCertificates": ["MIIB"],
            "icon": "data:image/png;base64,AAAA",
            "authenticatorGetInfo": {
              "versions": ["U2F_V2", "FIDO_2_0", "FIDO_2_1"],
              "extensions": ["credProtect", "hmac-secret"],
              "options": {"rk": true, "up": true, "clientPin": false},
              "transports": ["usb", "nfc"]
            }
          },
          "statusReports": [{{status}}],
          "timeOfLastStatusChange": "2025-02-03"
        }
        """;

    /// <param name="entries">JSON, with commas between.</param>
    public static string Payload(string entries, string nextUpdate = "2026-12-01") => $$"""{"legalHeader": "…", "no": 290, "nextUpdate": "{{nextUpdate}}", "entries": [{{entries}}]}""";

    /// <param name="chain">The signer, and who is to come with the blob.</param>
    /// <param name="algorithm">What the header claims, and what is signed with where it fits the key.</param>
    public static string Sign(string payload, IReadOnlyList<TestAuthority> chain, string algorithm = "ES256")
    {
        var certificates = chain.Select(c => Convert.ToBase64String(c.Certificate.RawData));
        var signed = $"{Encode(JsonSerializer.Serialize(new { alg = algorithm, typ = "JWT", x5c = certificates }))}.{Encode(payload)}";
        return $"{signed}.{Base64Url.EncodeToString(Signature(Encoding.ASCII.GetBytes(signed), chain[0].Key, algorithm))}";
    }

    /// <summary>With a header and a signature of the test's own.</summary>
    public static string Assemble(string header, string payload, byte[] signature) => $"{Encode(header)}.{Encode(payload)}.{Base64Url.EncodeToString(signature)}";

    public static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static byte[] Signature(byte[] signed, AsymmetricAlgorithm key, string algorithm)
    {
        var hash = algorithm[2..] switch { "384" => HashAlgorithmName.SHA384, "512" => HashAlgorithmName.SHA512, _ => HashAlgorithmName.SHA256 };
        return key is RSA rsa ? rsa.SignData(signed, hash, algorithm.StartsWith("PS", StringComparison.Ordinal) ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1) : ((ECDsa)key).SignData(signed, hash);
    }
}
