using System;
using System.Linq;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Policy;

/// <summary>
/// How much of the 20 KB a policy takes, in bytes: an estimate. Microsoft gives sizes of parts (reference/graph-passkey-policy.md §5 [D]), which are about
/// twice the JSON, and in an earlier text says that the JSON comes near to it [D]. The larger of the two counts: a warning that comes too early does no harm.
/// </summary>
internal static class PolicySize
{
    private const double Kilobyte = 1024;
    private const double Base = 1.44 * Kilobyte;
    private const double TargetWithOneProfile = 0.23 * Kilobyte;

    /// <summary>A target with five profiles is given as 0.4 KB.</summary>
    private const double FurtherProfile = (0.4 - 0.23) / 4 * Kilobyte;
    private const double Profile = 0.4 * Kilobyte;
    private const double AaGuid = 0.3 / 10 * Kilobyte;

    public static int Of(JObject policy) => Larger(policy, Base
        + Parts(policy, "passkeyProfiles").Sum(DocumentedProfile) + Parts(policy, "includeTargets").Sum(DocumentedTarget) + Parts(policy, "excludeTargets").Sum(_ => DocumentedExclusion)
        // In a tenant with profiles, this list repeats that of the default profile.
        + (Parts(policy, "passkeyProfiles").Length > 0 ? 0 : Listed(policy) * AaGuid));

    public static int OfProfile(JObject profile) => Larger(profile, DocumentedProfile(profile));

    public static int OfTarget(JObject target) => Larger(target, DocumentedTarget(target));

    public static int OfExclusion(JObject exclusion) => Larger(exclusion, DocumentedExclusion);

    /// <summary>Not documented: taken as a target without profiles.</summary>
    private static double DocumentedExclusion => TargetWithOneProfile - FurtherProfile;

    private static double DocumentedProfile(JObject profile) => Profile + Listed(profile) * AaGuid;

    private static double DocumentedTarget(JObject target) => TargetWithOneProfile + (Math.Max(1, (target["allowedPasskeyProfiles"] as JArray)?.Count ?? 0) - 1) * FurtherProfile;

    private static int Listed(JObject owner) => ((owner["keyRestrictions"] as JObject)?["aaGuids"] as JArray)?.Count ?? 0;

    private static JObject[] Parts(JObject policy, string name) => [.. (policy[name] as JArray ?? []).OfType<JObject>()];

    private static int Larger(JObject json, double documented) =>
        Math.Max((int)Math.Ceiling(documented), Encoding.UTF8.GetByteCount(PolicyDocument.WithoutAnnotations(json).ToString(Formatting.None)));
}
