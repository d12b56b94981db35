using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox.Graph;

namespace PasskeyAdmin.Sandbox.Policy;

/// <summary>Reads a fido2KeyRestrictions object (reference/graph-passkey-policy.md §3). An enforced allow list may be empty: then nothing passes (§7).</summary>
internal static class KeyRestrictions
{
    public static JObject None => new() { ["isEnforced"] = false, ["enforcementType"] = "allow", ["aaGuids"] = new JArray() };

    /// <param name="sameOwner">The policy or the profile as the tenant has it; null for a new profile.</param>
    /// <param name="current">The configuration as it is, for enum members that it has.</param>
    /// <returns>A complete object with the properties that we do not know.</returns>
    public static JObject Read(BodyObject owner, JObject? sameOwner, JObject current, SandboxSettings settings)
    {
        var given = owner.Object("keyRestrictions").Of(DeclaredType.KeyRestrictions, sameOwner?["keyRestrictions"] as JObject, settings);
        var restrictions = (JObject)given.Values.DeepClone();
        restrictions["isEnforced"] = given.Has("isEnforced") && given.Flag("isEnforced");
        restrictions["enforcementType"] = given.Has("enforcementType") ? given.Enum("enforcementType", current.MembersInUse("enforcementType", EvolvableEnums.Enforcement)) : "allow";
        restrictions["aaGuids"] = given.Has("aaGuids") ? new JArray(given.Guids("aaGuids")) : [];
        return restrictions;
    }
}
