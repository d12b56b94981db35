using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Troubleshooting;

namespace PasskeyAdmin.Core.Tests.Troubleshooting;

/// <summary>Entries as Graph gives them, and the facts of a small tenant.</summary>
internal static class AuditLogEntries
{
    public const string Apple = "fbfc3007-154e-4ecc-8c0b-6e020557d7bd";
    public const string YubiKey = "2fc0579f-8113-47ea-b116-bb5a8db9202a";
    public const string DefaultProfile = "00000000-0000-0000-0000-000000000001";

    public static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    public static ProviderCatalog Catalog { get; } = ProviderCatalog.LoadBuiltIn();

    public static string IdOf(string name) => $"id-{name}";

    /// <param name="by">Who did it: the name of a user, or <c>app:</c> and a name; null where the log does not say.</param>
    public static JObject Entry(string activity, string? user, double minutes, string? by = "self", string? aaGuid = null, bool hasId = true, string result = "success", string? reason = null)
    {
        by = by == "self" ? user : by;
        var target = new JObject { ["id"] = hasId && user is not null ? IdOf(user) : null, ["type"] = "User", ["userPrincipalName"] = user is null ? null : $"{user}@contoso.com" };
        return new JObject
        {
            ["id"] = Guid.NewGuid().ToString(),
            ["activityDateTime"] = Noon.AddMinutes(minutes).UtcDateTime.ToString("o"),
            ["activityDisplayName"] = activity,
            ["result"] = result,
            ["resultReason"] = reason,
            ["initiatedBy"] = by is null ? new JObject() : by.StartsWith("app:", StringComparison.Ordinal)
                ? new JObject { ["user"] = null, ["app"] = new JObject { ["appId"] = IdOf(by), ["displayName"] = by[4..] } }
                : new JObject { ["user"] = new JObject { ["id"] = IdOf(by), ["userPrincipalName"] = $"{by}@contoso.com", ["ipAddress"] = "203.0.113.7" }, ["app"] = null },
            ["targetResources"] = new JArray(target),
            ["additionalDetails"] = aaGuid is null ? [] : new JArray(new JObject { ["key"] = "WebAuthnInfo", ["value"] = "x" }, new JObject { ["key"] = "AAGuid", ["value"] = aaGuid }),
        };
    }

    /// <summary>The two entries of one registration, the twin first, as the log has them.</summary>
    public static JObject[] Registered(string user, double minutes, string by = "self", string aaGuid = YubiKey, string type = "device-bound") =>
    [
        Entry(by == "self" ? "User registered security info" : "Admin registered security info", user, minutes + 0.05, by),
        Entry($"Add Passkey ({type})", user, minutes, by, aaGuid, hasId: false),
    ];

    public static JObject Changed(string setting, JToken? old, JToken? now, string? policyType = "Fido2", string activity = "Authentication Methods Policy Update", string target = "Authentication Methods Policy") => new()
    {
        ["id"] = Guid.NewGuid().ToString(),
        ["activityDateTime"] = "2026-11-20T12:00:00Z",
        ["activityDisplayName"] = activity,
        ["result"] = "success",
        ["initiatedBy"] = new JObject { ["user"] = new JObject { ["id"] = IdOf("ann"), ["userPrincipalName"] = "ann@contoso.com" } },
        ["targetResources"] = new JArray(new JObject { ["type"] = "Other", ["displayName"] = target, ["modifiedProperties"] = new JArray(new JObject { ["displayName"] = setting, ["oldValue"] = Logged(old), ["newValue"] = Logged(now) }) }),
        ["additionalDetails"] = policyType is null ? [] : new JArray(new JObject { ["key"] = "PolicyType", ["value"] = policyType }),
    };

    public static JObject Profile(string id, string name, object types, string? kind = null, params string[] aaGuids) => new()
    {
        ["id"] = id,
        ["name"] = name,
        ["passkeyTypes"] = JToken.FromObject(types),
        ["attestationEnforcement"] = "disabled",
        ["keyRestrictions"] = new JObject { ["isEnforced"] = kind is not null, ["enforcementType"] = kind ?? "allow", ["aaGuids"] = new JArray(aaGuids) },
    };

    /// <summary>With a policy of these profiles, for all users.</summary>
    public static AuditFacts Facts(params JObject[] profiles)
    {
        JObject[] all = profiles.Length > 0 ? profiles : [Profile(DefaultProfile, "Default passkey profile", "deviceBound,synced")];
        var policy = Understand(new JObject
        {
            ["id"] = "Fido2",
            ["state"] = "enabled",
            ["isSelfServiceRegistrationAllowed"] = true,
            ["defaultPasskeyProfile"] = DefaultProfile,
            ["includeTargets"] = new JArray(new JObject { ["id"] = "all_users", ["targetType"] = "group", ["allowedPasskeyProfiles"] = new JArray(all.Select(p => p["id"]!.DeepClone())) }),
            ["excludeTargets"] = new JArray(),
            ["passkeyProfiles"] = new JArray(all.Select(p => p.DeepClone())),
        });
        return new AuditFacts(Catalog) { Policy = policy, Understand = Understand };
    }

    /// <summary>Newest first.</summary>
    public static List<PasskeyAuditEvent> Events(IEnumerable<JObject> entries, AuditFacts? facts = null) =>
        [.. AuditEvents.Of(entries.OrderByDescending(e => (string)e["activityDateTime"]!, StringComparer.Ordinal), facts ?? Facts())];

    private static PasskeyPolicy Understand(JObject json) => new PolicyJson(json).ToPolicy(Catalog, new Dictionary<string, TargetName>(), new PolicyFacts());

    private static JToken Logged(JToken? value) => value is null ? JValue.CreateNull() : value is JValue { Value: string text } ? text : value.ToString(Formatting.None);
}
