using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Sandbox.Policy;

/// <summary>
/// Gives a policy its default profile, as Microsoft's migration did (reference/graph-passkey-policy.md §1 [C]): attestation enforced gives device-bound
/// only, otherwise both types; key restrictions and targets are carried over. Whether a PATCH does this is unconfirmed (§4).
/// </summary>
internal static class Enrolment
{
    public static JObject Enrolled(JObject configuration)
    {
        var enrolled = (JObject)configuration.DeepClone();
        var isAttested = configuration["isAttestationEnforced"] is JValue { Value: true };
        enrolled["defaultPasskeyProfile"] = PolicyObjects.DefaultProfileId;
        enrolled["passkeyProfiles"] = new JArray(new JObject
        {
            ["id"] = PolicyObjects.DefaultProfileId,
            ["name"] = "Default passkey profile",
            ["passkeyTypes"] = isAttested ? "deviceBound" : "deviceBound,synced",
        });
        LegacySettings.ToDefaultProfile(enrolled);
        foreach (var target in enrolled.List("includeTargets")) target["allowedPasskeyProfiles"] = new JArray(PolicyObjects.DefaultProfileId);
        return enrolled;
    }
}
