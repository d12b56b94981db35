using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Providers;

/// <summary>
/// Reads an entry of a FIDO metadata blob (FIDO Metadata Service 3.0 "MetadataBLOBPayloadEntry", FIDO Metadata Statement 3.0; reference/aaguids.md §4).
/// What has another form than the specifications say counts as not said.
/// </summary>
internal static class MdsEntryJson
{
    private const int LongestText = 100;
    private const int MostItems = 64;

    /// <summary>Ways that verify nobody (FIDO Registry, "User Verification Methods").</summary>
    private static readonly HashSet<string> NoVerification = new(StringComparer.Ordinal) { "none", "presence_internal" };

    private static readonly string[] HmacSecret = ["hmac-secret", "prf"];

    public static AuthenticatorFacts Read(Guid aaGuid, JObject entry)
    {
        var statement = entry["metadataStatement"] as JObject;
        var info = statement?["authenticatorGetInfo"] as JObject;
        var options = info?["options"] as JObject;
        return new AuthenticatorFacts(aaGuid)
        {
            Name = JsonText.Of(statement, "description") is { } name && !string.IsNullOrWhiteSpace(name) ? MetadataContent.Shown(name) : null,
            Status = [.. (entry["statusReports"] as JArray ?? []).OfType<JObject>().Take(MostItems).Select(ReadStatus).OfType<PasskeyMetadataStatus>()],
            AttestationTypes = Texts(statement, "attestationTypes"),
            HasAttestationRoots = (statement?["attestationRootCertificates"] as JArray)?.Any(r => r is JValue { Value: string { Length: > 0 } }),
            FidoVersions = Texts(info, "versions"),
            Transports = Texts(info, "transports") ?? [],
            UserVerification = VerifiesUser(statement, options),
            ResidentKey = Option(options, "rk"),
            HmacSecretOrPrf = Texts(info, "extensions") is { } extensions ? extensions.Any(HmacSecret.Contains) : null,
        };
    }

    /// <summary>Null for what is no date; the specification has days only.</summary>
    public static DateTimeOffset? Date(string? text) =>
        DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date)
            ? date
            : null;

    private static PasskeyMetadataStatus? ReadStatus(JObject report) =>
        JsonText.Of(report, "status") is { } status
            ? new PasskeyMetadataStatus(Short(status), Date(JsonText.Of(report, "effectiveDate")), Optional(report, "certificateNumber"), Optional(report, "certificationDescriptor"))
            : null;

    /// <summary>An option that is named but false means that it can, and is not set up (CTAP 2.1 §6.4: uv, clientPin).</summary>
    private static bool? VerifiesUser(JObject? statement, JObject? options)
    {
        var methods = (statement?["userVerificationDetails"] as JArray)?.OfType<JArray>().SelectMany(all => all.OfType<JObject>()).Select(m => JsonText.Of(m, "userVerificationMethod")).OfType<string>();
        if (methods is null && options is null) return null;
        return options?["uv"] is not null || options?["clientPin"] is not null || methods?.Any(m => !NoVerification.Contains(m)) is true;
    }

    /// <summary>An option that is left out has its default, which is false (CTAP 2.1 §6.4: rk); where all are left out, nobody said anything.</summary>
    private static bool? Option(JObject? options, string name) => options is null ? null : options[name] is JValue { Value: true };

    private static IReadOnlyList<string>? Texts(JObject? json, string name) =>
        json?[name] is JArray array ? [.. array.OfType<JValue>().Select(v => v.Value).OfType<string>().Take(MostItems).Select(Short)] : null;

    private static string? Optional(JObject json, string name) => JsonText.Of(json, name) is { } text ? Short(text) : null;

    private static string Short(string text) => DisplayText.Excerpt(text, LongestText);
}
