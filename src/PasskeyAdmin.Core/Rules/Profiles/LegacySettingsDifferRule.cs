using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Rules;

internal sealed class LegacySettingsDifferRule() : PolicyRule("PK113", "LegacySettingsDiffer", RuleSeverity.Warning, RuleSources.Policy, "The deprecated settings say the same as the default profile")
{
    public override string LooksAt => "The deprecated isAttestationEnforced and keyRestrictions of the policy against the default profile.";

    public override string Why => "Older tools judge and write these two. Microsoft keeps them in step with the default profile; where they differ, a tool shows or changes something else than what counts. They end on 2027-10-15.";

    public override string Fix => "Look which of the two was meant, set the default profile to it, and take tools out of use that write the deprecated settings.";

    public override Uri Source { get; } = new("https://learn.microsoft.com/graph/api/resources/fido2authenticationmethodconfiguration");

    protected override IEnumerable<FindingResult> Judge(RuleContext context)
    {
        var policy = context.Policy;
        if (policy.ProfilesEnrolled is not ProfileEnrolment.Yes) return [FindingResult.NotApplicable("The tenant has no profiles: the settings are what counts.")];
        if (policy.Profile.FirstOrDefault(p => p.IsDefault) is not { } profile) return [FindingResult.Unknown("The default profile is not in the list of profiles.")];
        var legacy = ProfileJson.Implied(policy.Raw.Copy());
        if (legacy is { Attestation: PasskeyAttestation.Unknown, Restriction: KeyRestrictionKind.Unknown }) return [FindingResult.NotApplicable("Microsoft Graph no longer gives them.")];
        var different = new List<string>();
        if (legacy.Attestation is not PasskeyAttestation.Unknown && profile.Attestation is not PasskeyAttestation.Unknown && legacy.Attestation != profile.Attestation) different.Add($"attestation is {legacy.Attestation} by the deprecated setting and {profile.Attestation} by the profile");
        if (legacy.Restriction is not KeyRestrictionKind.Unknown && profile.Restriction is not KeyRestrictionKind.Unknown && IsOther(legacy.Restriction, legacy.AaGuids, profile)) different.Add("the list of AAGUIDs is another one");
        if (different.Count > 0) return [Fail(profile.AsObject(), $"'{profile.Name}' and the deprecated settings differ: {NameLists.And(different)}.", $"Get-PasskeyProfile {profile.Parameter()} | Format-List")];
        var isOpen = (legacy.Attestation is not PasskeyAttestation.Unknown && profile.Attestation is PasskeyAttestation.Unknown)
            || (legacy.Restriction is not KeyRestrictionKind.Unknown && profile.Restriction is KeyRestrictionKind.Unknown)
            || (legacy.Restriction is KeyRestrictionKind.Allow or KeyRestrictionKind.Block && legacy.UnreadableAaGuids + profile.UnreadableAaGuids > 0);
        return [isOpen ? FindingResult.Unknown($"Whether '{profile.Name}' says the same is not known: not all that it says is understood.") : FindingResult.Pass($"They say the same as '{profile.Name}'.")];
    }

    /// <summary>A list that is not enforced means nothing, whatever stands in it.</summary>
    private static bool IsOther(KeyRestrictionKind restriction, IEnumerable<Guid> aaGuids, PasskeyProfile profile) =>
        restriction != profile.Restriction || (restriction is not KeyRestrictionKind.None && !new HashSet<Guid>(aaGuids).SetEquals(profile.AaGuid));
}
