using System.Collections.Generic;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Sandbox;

/// <summary>
/// Where nobody but Microsoft knows what Microsoft Graph does, the tenant says what the sandbox does: <c>settings</c> in its file. Each default is
/// the likelier side, or the stricter one where none is likelier. [D] documented, [U] unofficial, as in reference/graph-passkey-policy.md.
/// </summary>
public sealed class SandboxSettings
{
    /// <summary>Each setting with its default.</summary>
    internal static readonly IReadOnlyDictionary<string, JValue> Defaults = new Dictionary<string, JValue>
    {
        ["maximumProfiles"] = new(10),
        ["maximumPolicySize"] = new(20480),
        ["legacyFollowsDefaultProfile"] = new(true),
        ["legacyOverridesDefaultProfile"] = new(false),
        ["defaultProfileCanBeRenamed"] = new(false),
        ["missingTypeIsIgnored"] = new(false),
        ["omittedProfileIsDeleted"] = new(true),
        ["deletesAndUntargetsTogether"] = new(true),
        ["acceptsProfileIdOfCaller"] = new(false),
        ["acceptsDuplicateProfileNames"] = new(false),
        ["targetNeedsProfile"] = new(true),
        ["acceptsAttestationWithSynced"] = new(false),
        ["enrolsByPatch"] = new(false),
    };

    private readonly JObject _values;

    internal SandboxSettings(JObject values) => _values = values;

    /// <summary>How many profiles a policy may have. §5: 10 as announced in May 2026, the documentation says 3; the service's own number is open. Default 10.</summary>
    public int MaximumProfiles { get => Number("maximumProfiles"); internal set => Set("maximumProfiles", value); }

    /// <summary>The greatest size of the passkey policy, in bytes of its compact JSON. §5 [D]: 20 KB; how the service measures is not said. Default 20480.</summary>
    public int MaximumPolicySize { get => Number("maximumPolicySize"); internal set => Set("maximumPolicySize", value); }

    /// <summary>The deprecated <c>isAttestationEnforced</c> and <c>keyRestrictions</c> of the policy and the default profile show the same data. §1 [U]. Default true.</summary>
    public bool LegacyFollowsDefaultProfile { get => Flag("legacyFollowsDefaultProfile"); internal set => Set("legacyFollowsDefaultProfile", value); }

    /// <summary>Where one PATCH has both the deprecated properties and profiles, the deprecated ones win. §4: precedence unconfirmed. Default false.</summary>
    public bool LegacyOverridesDefaultProfile { get => Flag("legacyOverridesDefaultProfile"); internal set => Set("legacyOverridesDefaultProfile", value); }

    /// <summary>The default profile takes another name. §3 [U]: it does not. Default false.</summary>
    public bool DefaultProfileCanBeRenamed { get => Flag("defaultProfileCanBeRenamed"); internal set => Set("defaultProfileCanBeRenamed", value); }

    /// <summary>A PATCH without <c>@odata.type</c> is answered with 204 and changes nothing (§6 [U], "reported historically"); otherwise it is refused (§4 [D]: the body must carry it). Default false.</summary>
    public bool MissingTypeIsIgnored { get => Flag("missingTypeIsIgnored"); internal set => Set("missingTypeIsIgnored", value); }

    /// <summary>A profile that a PATCH leaves out of <c>passkeyProfiles</c> is deleted; otherwise it stays. §4 [U]. Default true.</summary>
    public bool OmittedProfileIsDeleted { get => Flag("omittedProfileIsDeleted"); internal set => Set("omittedProfileIsDeleted", value); }

    /// <summary>One PATCH may take a profile from its targets and delete it; otherwise the targets before the PATCH count. §4 and §6: refused while a target lists it, nothing is said of one PATCH. Default true.</summary>
    public bool DeletesAndUntargetsTogether { get => Flag("deletesAndUntargetsTogether"); internal set => Set("deletesAndUntargetsTogether", value); }

    /// <summary>A new profile may bring an id of its own; otherwise an unknown id is refused. §4: unconfirmed. Default false.</summary>
    public bool AcceptsProfileIdOfCaller { get => Flag("acceptsProfileIdOfCaller"); internal set => Set("acceptsProfileIdOfCaller", value); }

    /// <summary>Two profiles may have one name. The reference is silent. Default false.</summary>
    public bool AcceptsDuplicateProfileNames { get => Flag("acceptsDuplicateProfileNames"); internal set => Set("acceptsDuplicateProfileNames", value); }

    /// <summary>Once a tenant has profiles, every include target needs one. §4 [U]. Default true.</summary>
    public bool TargetNeedsProfile { get => Flag("targetNeedsProfile"); internal set => Set("targetNeedsProfile", value); }

    /// <summary>A profile may enforce attestation and allow synced passkeys. §7: unconfirmed. Default false.</summary>
    public bool AcceptsAttestationWithSynced { get => Flag("acceptsAttestationWithSynced"); internal set => Set("acceptsAttestationWithSynced", value); }

    /// <summary>A PATCH with profiles enrols a tenant that has none; otherwise it is refused. §4: unconfirmed. Default false.</summary>
    public bool EnrolsByPatch { get => Flag("enrolsByPatch"); internal set => Set("enrolsByPatch", value); }

    /// <summary>What the file has, with settings that we do not know.</summary>
    internal JObject ToJson() => (JObject)_values.DeepClone();

    private bool Flag(string name) => (bool)(_values[name] ?? Defaults[name]);

    private int Number(string name) => (int)(_values[name] ?? Defaults[name]);

    private void Set(string name, JToken value) => _values[name] = value;
}
