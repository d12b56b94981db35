using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Sandbox.Graph;

/// <summary>
/// Enums that Microsoft may add members to (reference/graph-passkey-policy.md §3). Who does not ask for newer members with
/// <c>Prefer: include-unknown-enum-members</c> gets <c>unknownFutureValue</c> for them (learn.microsoft.com/graph/best-practices-concept).
/// </summary>
internal static class EvolvableEnums
{
    public const string Preference = "include-unknown-enum-members";
    public const string Sentinel = "unknownFutureValue";

    public static readonly IReadOnlyList<string> PasskeyTypes = ["deviceBound", "synced"];
    public static readonly IReadOnlyList<string> Attestation = ["disabled", "registrationOnly"];
    public static readonly IReadOnlyList<string> Enforcement = ["allow", "block"];

    /// <summary>The members of a flags value, which is one text with commas.</summary>
    public static IReadOnlyList<string> Members(string flags) => [.. flags.Split(',').Select(m => m.Trim())];

    public static void HideNewMembers(JObject method)
    {
        HideInRestrictions(method);
        foreach (var profile in (method["passkeyProfiles"] as JArray ?? []).OfType<JObject>())
        {
            Hide(profile, "passkeyTypes", PasskeyTypes);
            Hide(profile, "attestationEnforcement", Attestation);
            HideInRestrictions(profile);
        }
    }

    private static void HideInRestrictions(JObject owner)
    {
        if (owner["keyRestrictions"] is JObject restrictions) Hide(restrictions, "enforcementType", Enforcement);
    }

    private static void Hide(JObject owner, string property, IReadOnlyList<string> known)
    {
        if (owner[property] is JValue { Value: string text })
            owner[property] = string.Join(",", Members(text).Select(m => known.Contains(m) ? m : Sentinel).Distinct());
    }
}
