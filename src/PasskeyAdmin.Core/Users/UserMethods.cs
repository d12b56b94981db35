using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Users;

/// <summary>The phishing-resistant methods of one user, as they were read.</summary>
/// <param name="Passkeys">Those that are registered.</param>
/// <param name="ReadAt">When.</param>
internal sealed record UserMethods(IReadOnlyList<RegisteredPasskey> Passkeys, DateTimeOffset ReadAt)
{
    private const string WindowsHello = "#microsoft.graph.windowsHelloForBusinessAuthenticationMethod";
    private const string Platform = "#microsoft.graph.platformCredentialAuthenticationMethod";

    private static readonly string[] TypeOnly = ["@odata.type"];

    /// <summary>What is kept of a passkey: no certificates and no keys.</summary>
    private static readonly string[] Kept = ["@odata.type", "id", "displayName", "createdDateTime", "creationDateTime", "lastUsedDateTime", "aaGuid", "model", "attestationLevel", "passkeyType"];

    /// <summary>The other methods; null where only passkeys were read. (Certificates are in no list of methods.)</summary>
    public ReportedMethods? Others { get; init; }

    /// <summary>How many of the other methods are registered, each on a device of its own; null where only passkeys were read.</summary>
    public int? OtherCount { get; init; }

    /// <summary>Whether the last use would show, which only beta has.</summary>
    public bool HasLastUse { get; init; }

    /// <summary>The user is gone.</summary>
    public bool IsGone { get; init; }

    public static UserMethods Of(IEnumerable<JObject> methods, bool isAll, bool isBeta, DateTimeOffset readAt)
    {
        var all = methods.ToList();
        var others = ReportedMethods.None;
        if (all.Exists(m => JsonText.Of(m, "@odata.type") == WindowsHello)) others |= ReportedMethods.WindowsHelloForBusiness;
        if (all.Exists(m => JsonText.Of(m, "@odata.type") == Platform)) others |= ReportedMethods.PlatformCredential;
        return new UserMethods([.. all.Where(m => IsPasskey(m, isAll)).Select(RegisteredPasskey.Of)], readAt) { Others = isAll ? others : null, OtherCount = isAll ? all.Count(m => JsonText.Of(m, "@odata.type") is WindowsHello or Platform) : null, HasLastUse = isBeta };
    }

    /// <summary>Whatever is in the list of passkeys is one; in the list of all methods, what says so, also by a name that is newer than this version.</summary>
    private static bool IsPasskey(JObject method, bool isAll) => !isAll || (JsonText.Of(method, "@odata.type") is { } type && ReportWords.IsAboutPasskeys(type));

    /// <summary>Writes what a checkpoint keeps: nothing about phones, addresses or passwords.</summary>
    public static void Write(IEnumerable<JObject> methods, bool isAll, JsonWriter writer)
    {
        writer.WriteStartArray();
        foreach (var method in methods)
        {
            var isPasskey = IsPasskey(method, isAll);
            if (!isPasskey && JsonText.Of(method, "@odata.type") is not (WindowsHello or Platform)) continue;
            writer.WriteStartObject();
            foreach (var name in isPasskey ? Kept : TypeOnly)
            {
                if (method[name] is not JValue value) continue;
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
