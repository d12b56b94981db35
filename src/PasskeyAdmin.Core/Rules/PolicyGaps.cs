using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Rules;

/// <summary>What Microsoft Graph does not say in a policy, or says in words that this version does not know. No rule passes that hinges on it.</summary>
internal static class PolicyGaps
{
    public static IEnumerable<FindingResult> OfProfiles(PasskeyPolicy policy)
    {
        if (policy.IsWithoutItsProfiles) yield return FindingResult.Unknown("The policy names profiles, and does not list them.");
    }

    public static IEnumerable<FindingResult> OfTargets(PasskeyPolicy policy)
    {
        if (!policy.AreTargetsKnown) yield return FindingResult.Unknown("The policy has no list of targets.");
    }

    public static IEnumerable<FindingResult> OfExclusions(PasskeyPolicy policy)
    {
        if (!policy.AreExclusionsKnown) yield return FindingResult.Unknown("The policy has no list of exclusions.");
    }

    /// <summary>Which targets use which profile.</summary>
    public static IEnumerable<FindingResult> OfUses(PasskeyPolicy policy)
    {
        if (!AreUsesKnown(policy)) yield return FindingResult.Unknown("Which targets use which profile is not known.");
    }

    public static bool AreUsesKnown(PasskeyPolicy policy) =>
        policy.AreTargetsKnown && (policy.ProfilesEnrolled is ProfileEnrolment.No || policy.Target.All(t => t.AreProfilesKnown || t.Status is TargetStatus.NotFound));

    public static bool? IsAttested(PasskeyProfile profile) => profile.Attestation switch { PasskeyAttestation.RegistrationOnly => true, PasskeyAttestation.Disabled => false, _ => null };

    /// <summary>Whether a profile allows a type of passkeys; null where it does not say.</summary>
    public static bool? Allows(PasskeyProfile profile, PasskeyTypes type) => PolicyClauses.TypePasses(profile, type);
}
