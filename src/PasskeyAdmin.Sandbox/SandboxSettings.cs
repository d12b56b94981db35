using System.Collections.Generic;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Sandbox;

/// <summary>
/// Where nobody but Microsoft knows what Microsoft Graph does, the tenant says what the sandbox does: <c>settings</c> in its file. Each default is
/// the likelier side, or the stricter one where none is likelier. [D] documented, [U] unofficial, as in reference/graph-passkey-policy.md.
/// </summary>
/// <remarks>
/// Stricter than is known, and no setting: nothing in the reference says that Graph refuses these, and who writes to a real tenant is on the safe side
/// without them. A target with a profile id that never was; two targets, or two profiles, with one id in a list; an excluded target whose id is not a
/// GUID (such as <c>all_users</c>); an AAGUID that is not a GUID; another <c>defaultPasskeyProfile</c> than the tenant's; <c>keyRestrictions</c> of null.
/// </remarks>
internal sealed class SandboxSettings
{
    /// <summary>Each setting with its default.</summary>
    public static readonly IReadOnlyDictionary<string, JValue> Defaults = new Dictionary<string, JValue>
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
        ["acceptsIncompleteItems"] = new(false),
        ["acceptsUnknownProperties"] = new(false),
        ["measuresDocumentedSizes"] = new(true),
    };

    private readonly JObject _values;

    public SandboxSettings(JObject values) => _values = values;

    /// <summary>How many profiles a policy may have. §5: 10 as announced in May 2026, the documentation says 3; the service's own number is open. Default 10.</summary>
    public int MaximumProfiles { get => Number("maximumProfiles"); set => Set("maximumProfiles", value); }

    /// <summary>The greatest size of the passkey policy in bytes, as <see cref="MeasuresDocumentedSizes"/> measures. §5 [D]: 20 KB. Default 20480.</summary>
    public int MaximumPolicySize { get => Number("maximumPolicySize"); set => Set("maximumPolicySize", value); }

    /// <summary>The deprecated <c>isAttestationEnforced</c> and <c>keyRestrictions</c> of the policy and the default profile show the same data. §1 [U]. Default true.</summary>
    public bool LegacyFollowsDefaultProfile { get => Flag("legacyFollowsDefaultProfile"); set => Set("legacyFollowsDefaultProfile", value); }

    /// <summary>Where one PATCH has both the deprecated properties and profiles, the deprecated ones win. §4: precedence unconfirmed. Default false.</summary>
    public bool LegacyOverridesDefaultProfile { get => Flag("legacyOverridesDefaultProfile"); set => Set("legacyOverridesDefaultProfile", value); }

    /// <summary>The default profile takes another name. §3 [U]: it does not. Default false.</summary>
    public bool DefaultProfileCanBeRenamed { get => Flag("defaultProfileCanBeRenamed"); set => Set("defaultProfileCanBeRenamed", value); }

    /// <summary>A PATCH without <c>@odata.type</c> is answered with 204 and changes nothing (§6 [U], "reported historically"); otherwise it is refused (§4 [D]: the body must carry it). Default false.</summary>
    public bool MissingTypeIsIgnored { get => Flag("missingTypeIsIgnored"); set => Set("missingTypeIsIgnored", value); }

    /// <summary>A profile that a PATCH leaves out of <c>passkeyProfiles</c> is deleted; otherwise it stays. §4 [U]. Default true.</summary>
    public bool OmittedProfileIsDeleted { get => Flag("omittedProfileIsDeleted"); set => Set("omittedProfileIsDeleted", value); }

    /// <summary>One PATCH may take a profile from its targets and delete it; otherwise the targets before the PATCH count. §4 and §6: refused while a target lists it, nothing is said of one PATCH. Default true.</summary>
    public bool DeletesAndUntargetsTogether { get => Flag("deletesAndUntargetsTogether"); set => Set("deletesAndUntargetsTogether", value); }

    /// <summary>A new profile may bring an id of its own; otherwise an unknown id is refused. §4: unconfirmed. Default false.</summary>
    public bool AcceptsProfileIdOfCaller { get => Flag("acceptsProfileIdOfCaller"); set => Set("acceptsProfileIdOfCaller", value); }

    /// <summary>Two profiles may have one name. The reference is silent. Default false.</summary>
    public bool AcceptsDuplicateProfileNames { get => Flag("acceptsDuplicateProfileNames"); set => Set("acceptsDuplicateProfileNames", value); }

    /// <summary>Once a tenant has profiles, every include target needs one. §4 [U]. Default true.</summary>
    public bool TargetNeedsProfile { get => Flag("targetNeedsProfile"); set => Set("targetNeedsProfile", value); }

    /// <summary>A profile may enforce attestation and allow synced passkeys. §7: unconfirmed. Default false.</summary>
    public bool AcceptsAttestationWithSynced { get => Flag("acceptsAttestationWithSynced"); set => Set("acceptsAttestationWithSynced", value); }

    /// <summary>A PATCH with profiles enrols a tenant that has none; otherwise it is refused. §4: unconfirmed. Default false.</summary>
    public bool EnrolsByPatch { get => Flag("enrolsByPatch"); set => Set("enrolsByPatch", value); }

    /// <summary>
    /// A profile or an include target may leave out what Microsoft marks as required, and gets the weaker value: attestation disabled, no key restrictions,
    /// no registration required, no profiles. What the service does is not known. Default false.
    /// </summary>
    public bool AcceptsIncompleteItems { get => Flag("acceptsIncompleteItems"); set => Set("acceptsIncompleteItems", value); }

    /// <summary>
    /// A PATCH may have properties that are neither declared (§3) nor in the tenant's object already, and they are kept. An OData service refuses them;
    /// the reference is silent. Default false.
    /// </summary>
    public bool AcceptsUnknownProperties { get => Flag("acceptsUnknownProperties"); set => Set("acceptsUnknownProperties", value); }

    /// <summary>The size of the policy is the sum of the sizes that Microsoft documents for its parts (§5 [D]), or that of its compact JSON where it is larger; otherwise always the latter (§5 [D], earlier text). Default true.</summary>
    public bool MeasuresDocumentedSizes { get => Flag("measuresDocumentedSizes"); set => Set("measuresDocumentedSizes", value); }

    /// <summary>What the file has.</summary>
    public JObject ToJson() => (JObject)_values.DeepClone();

    private bool Flag(string name) => (bool)(_values[name] ?? Defaults[name]);

    private int Number(string name) => (int)(_values[name] ?? Defaults[name]);

    private void Set(string name, JToken value) => _values[name] = value;
}
