using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox.Graph;

namespace PasskeyAdmin.Sandbox.Policy;

/// <summary>Reads a fido2KeyRestrictions object (reference/graph-passkey-policy.md §3). An enforced allow list may be empty: then nothing passes (§7).</summary>
internal static class KeyRestrictions
{
    private static readonly string[] Properties = ["isEnforced", "enforcementType", "aaGuids"];

    public static JObject None => new() { ["isEnforced"] = false, ["enforcementType"] = "allow", ["aaGuids"] = new JArray() };

    /// <param name="current">The configuration as it is, for enum members that it has.</param>
    /// <returns>A complete object with the properties that we do not know.</returns>
    public static JObject Read(BodyObject owner, JObject current)
    {
        if (!owner.Has("keyRestrictions")) return None;
        var given = owner.Object("keyRestrictions").Spelled(Properties);
        var restrictions = (JObject)given.Values.DeepClone();
        restrictions["isEnforced"] = given.Has("isEnforced") && given.Flag("isEnforced");
        restrictions["enforcementType"] = given.Has("enforcementType") ? given.Enum("enforcementType", current.MembersInUse("enforcementType", EvolvableEnums.Enforcement)) : "allow";
        restrictions["aaGuids"] = given.Has("aaGuids") ? new JArray(given.Guids("aaGuids")) : [];
        return restrictions;
    }
}
