using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Providers;

/// <summary>
/// Reads an entry of a FIDO metadata blob (FIDO Metadata Service 3.0 "MetadataBLOBPayloadEntry", FIDO Metadata Statement 3.0; reference/aaguids.md §4).
/// What has another form than the specifications say counts as not said.
/// </summary>
internal static class MdsEntryJson
{
    private const int LongestText = 100;

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
            Status = entry["statusReports"] is JArray reports ? [.. reports.Select(ReadStatus)] : null,
            ProtocolFamily = Word(statement, "protocolFamily"),
            // A model that attests in no way at all says none; no type at all is no answer.
            AttestationTypes = Texts(statement, "attestationTypes") is { Count: > 0 } types ? types : null,
            AttestationFormats = Texts(info, "attestationFormats"),
            MultiDevice = Word(statement, "multiDeviceCredentialSupport"),
            HasAttestationRoots = Texts(statement, "attestationRootCertificates")?.Any(r => r.Length > 0),
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

    /// <summary>A report is never left out: one that cannot be read may be a warning.</summary>
    private static PasskeyMetadataStatus ReadStatus(JToken item)
    {
        if (item is not JObject report || JsonText.Of(report, "status") is not { } status)
            return new PasskeyMetadataStatus(Short("unreadable: " + ((item as JObject)?["status"] ?? item).ToString(Formatting.None)), null, null, null) { IsReadable = false };
        var (text, date) = (report["effectiveDate"], Date(JsonText.Of(report, "effectiveDate")));
        return new PasskeyMetadataStatus(Short(status), date, Optional(report, "certificateNumber"), Optional(report, "certificationDescriptor"))
        {
            // Only a date that is not there means that the report is in force.
            IsReadable = date is not null || text is null or JValue { Value: null },
        };
    }

    /// <summary>An option that is named but false means that it can, and is not set up (CTAP 2.1 §6.4: uv, clientPin).</summary>
    private static bool? VerifiesUser(JObject? statement, JObject? options)
    {
        if (options?["uv"] is JValue { Value: bool } || options?["clientPin"] is JValue { Value: bool }) return true;
        var details = statement?["userVerificationDetails"];
        var methods = Methods(details);
        if (methods?.Any(m => m is not null && !NoVerification.Contains(m)) is true) return true;
        var isUnclear = options?["uv"] is not null || options?["clientPin"] is not null || (details is not null && (methods is not { Count: > 0 } || methods.Contains(null)));
        return isUnclear || (options is null && methods is null) ? null : false;
    }

    /// <summary>Null for another form than a list of combinations; a method that cannot be read is null.</summary>
    private static List<string?>? Methods(JToken? details) => details is JArray combinations && combinations.All(c => c is JArray)
        ? [.. combinations.SelectMany(c => c).Select(m => JsonText.Of(m as JObject, "userVerificationMethod"))]
        : null;

    /// <summary>An option that is left out has its default, which is false (CTAP 2.1 §6.4: rk); where all are left out, nobody said anything.</summary>
    private static bool? Option(JObject? options, string name) => options is null ? null : options[name] switch
    {
        null => false,
        JValue { Value: bool value } => value,
        _ => null,
    };

    /// <summary>Null for anything but a list of texts.</summary>
    private static IReadOnlyList<string>? Texts(JObject? json, string name) =>
        json?[name] is JArray array && array.All(v => v is JValue { Value: string }) ? [.. array.Select(v => Short((string)v!))] : null;

    /// <summary>Null where it is not there; what is no text is no word that anybody understands.</summary>
    private static string? Word(JObject? json, string name) => json?[name] is { } value and not JValue { Value: null } ? Short(JsonText.Of(json, name) ?? value.ToString(Formatting.None)) : null;

    private static string? Optional(JObject json, string name) => JsonText.Of(json, name) is { } text ? Short(text) : null;

    private static string Short(string text) => DisplayText.Excerpt(text, LongestText);
}
