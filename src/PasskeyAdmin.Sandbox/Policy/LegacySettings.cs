using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Sandbox.Policy;

/// <summary>
/// The deprecated <c>isAttestationEnforced</c> and <c>keyRestrictions</c> of the policy, which show the same data as the default profile until 2027-10-15
/// (reference/graph-passkey-policy.md §1 [U]).
/// </summary>
internal static class LegacySettings
{
    public static void ToDefaultProfile(JObject configuration)
    {
        if (configuration.DefaultProfile() is not { } profile) return;
        profile["attestationEnforcement"] = configuration["isAttestationEnforced"] is JValue { Value: true } ? "registrationOnly" : "disabled";
        profile["keyRestrictions"] = configuration["keyRestrictions"] is JObject restrictions ? restrictions.DeepClone() : KeyRestrictions.None;
    }

    public static void FromDefaultProfile(JObject configuration)
    {
        if (configuration.DefaultProfile() is not { } profile) return;
        configuration["isAttestationEnforced"] = profile.Text("attestationEnforcement") == "registrationOnly";
        configuration["keyRestrictions"] = profile["keyRestrictions"] is JObject restrictions ? restrictions.DeepClone() : KeyRestrictions.None;
    }
}
