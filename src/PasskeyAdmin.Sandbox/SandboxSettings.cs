using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox.Storage;

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
    /// <summary>Each setting by its name.</summary>
    public static IReadOnlyDictionary<string, SandboxSetting> All { get; } = new Dictionary<string, SandboxSetting>
    {
        ["maximumProfiles"] = SandboxSetting.Number(10),
        ["maximumPolicySize"] = SandboxSetting.Number(20480),
        ["legacyFollowsDefaultProfile"] = SandboxSetting.Flag(true),
        ["legacyOverridesDefaultProfile"] = SandboxSetting.Flag(false),
        ["defaultProfileCanBeRenamed"] = SandboxSetting.Flag(false),
        ["missingTypeIsIgnored"] = SandboxSetting.Flag(false),
        ["omittedProfileIsDeleted"] = SandboxSetting.Flag(true),
        ["deletesAndUntargetsTogether"] = SandboxSetting.Flag(true),
        ["acceptsProfileIdOfCaller"] = SandboxSetting.Flag(false),
        ["acceptsDuplicateProfileNames"] = SandboxSetting.Flag(false),
        ["targetNeedsProfile"] = SandboxSetting.Flag(true),
        ["acceptsAttestationWithSynced"] = SandboxSetting.Flag(false),
        ["enrolsByPatch"] = SandboxSetting.Flag(false),
        ["acceptsIncompleteItems"] = SandboxSetting.Flag(false),
        ["acceptsUnknownProperties"] = SandboxSetting.Flag(false),
        ["measuresDocumentedSizes"] = SandboxSetting.Flag(true),
        ["now"] = SandboxSetting.Time(),
        ["account"] = SandboxSetting.Text(),
        ["scopes"] = SandboxSetting.Texts(),
        ["isAppOnly"] = SandboxSetting.Flag(false),
        ["enforcesRoles"] = SandboxSetting.Flag(true),
        ["licence"] = SandboxSetting.OneOf(Premium2, Premium2, Premium1, Free),
        ["hasIntune"] = SandboxSetting.Flag(true),
        ["reportLagInHours"] = SandboxSetting.Number(36, 0, 24 * 366),
        ["logRetentionInDays"] = SandboxSetting.Number(30, 1, 3660),
        ["enforcesThrottling"] = SandboxSetting.Flag(false),
        ["reportRequestsPer10Seconds"] = SandboxSetting.Number(5),
        ["conditionalAccessRequestsPerSecond"] = SandboxSetting.Number(1),
        ["directoryUnitsPer10Seconds"] = SandboxSetting.Number(8000),
    };

    private const string Premium1 = "P1";
    private const string Premium2 = "P2";
    private const string Free = "Free";

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

    /// <summary>When the clock of the tenant starts; null for the machine's clock.</summary>
    public string? Now => (string?)_values["now"];

    /// <summary>The user principal name of who is signed in; null for nobody in particular, who may do everything.</summary>
    public string? Account => IsAppOnly ? null : (string?)_values["account"];

    /// <summary>The permissions of the sign-in; null for all there are.</summary>
    public IReadOnlyList<string>? Scopes => _values["scopes"] is JArray list ? [.. list.Select(s => (string)s!)] : null;

    /// <summary>An application is signed in, without a user.</summary>
    public bool IsAppOnly { get => Flag("isAppOnly"); set => Set("isAppOnly", value); }

    /// <summary>Who is signed in needs the directory roles that reference/graph-passkey-policy.md §2 and graph-users-and-usage.md name. Default true; where nobody in particular is signed in, nobody is asked.</summary>
    public bool EnforcesRoles => Flag("enforcesRoles");

    /// <summary>P2, P1 or Free. Default P2.</summary>
    public string Licence => (string)(_values["licence"] ?? Premium2)!;

    /// <summary>Whether the tenant has Microsoft Entra ID P1 or P2: without, the registration report and the sign-in log are refused (reference/graph-users-and-usage.md §2 [D]).</summary>
    public bool HasPremium => Licence != Free;

    /// <summary>Whether the tenant has Intune (reference/graph-devices.md §1: it needs a licence). Default true.</summary>
    public bool HasIntune => Flag("hasIntune");

    /// <summary>How old the registration report is. reference/graph-users-and-usage.md §2 [D]: up to 36 hours. Default 36.</summary>
    public int ReportLagInHours { get => Number("reportLagInHours"); set => Set("reportLagInHours", value); }

    /// <summary>How long sign-ins and audits are kept: reference/graph-users-and-usage.md §3 [D], 30 days with P1 or P2, 7 in a free tenant whatever is set. Default 30.</summary>
    public int LogRetentionInDays => HasPremium ? Number("logRetentionInDays") : Math.Min(7, Number("logRetentionInDays"));

    /// <summary>Requests beyond the limits get 429, as in Graph (reference/graph-users-and-usage.md §7). Default false: who learns should not wait.</summary>
    public bool EnforcesThrottling => Flag("enforcesThrottling");

    public int ReportRequestsPer10Seconds => Number("reportRequestsPer10Seconds");

    public int ConditionalAccessRequestsPerSecond => Number("conditionalAccessRequestsPerSecond");

    public int DirectoryUnitsPer10Seconds => Number("directoryUnitsPer10Seconds");

    /// <summary>What the file has.</summary>
    public JObject ToJson() => (JObject)_values.DeepClone();

    /// <summary>Takes a setting that was typed.</summary>
    /// <exception cref="PasskeyAdminException"><c>SandboxSettingInvalid</c>.</exception>
    public void Take(string name, object? value)
    {
        if (All.Keys.FirstOrDefault(k => k.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } known)
            throw Invalid(name, $"is not there. {NearNames.Question(name, All.Keys, $"The settings are {string.Join(", ", All.Keys)}.")}");
        if (value is null)
        {
            _values.Remove(known);
            return;
        }
        var token = value switch
        {
            DateTime time => GraphTime.Text(time.ToUniversalTime()),
            DateTimeOffset time => GraphTime.Text(time),
            // A list of one arrives as the one.
            string text when All[known].IsRight(new JArray(text)) => new JArray(text),
            int number => (long)number,
            bool or long or string => JToken.FromObject(value),
            object?[] list when list.All(i => i is string) => new JArray(list.Cast<string>()),
            _ => JValue.CreateNull(),
        };
        if (!All[known].IsRight(token)) throw Invalid(known, All[known].Demand + ".");
        _values[known] = token;
    }

    private static PasskeyAdminException Invalid(string name, string reason) => new(ErrorKind.InvalidArgument, "SandboxSettingInvalid", $"The setting '{DisplayText.Neutralise(name)}' {reason}");

    private bool Flag(string name) => (bool)(_values[name] ?? All[name].Default)!;

    private int Number(string name) => (int)(_values[name] ?? All[name].Default)!;

    private void Set(string name, JToken value) => _values[name] = value;
}
