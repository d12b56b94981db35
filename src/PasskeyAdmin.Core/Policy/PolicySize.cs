using System;
using System.Collections.Generic;
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
    /// <summary>1.44 KB.</summary>
    private const int Base = 1475;

    /// <summary>0.4 KB, without AAGUIDs.</summary>
    private const int Profile = 410;

    /// <summary>Ten are 0.3 KB.</summary>
    private const int AaGuid = 31;

    /// <summary>0.23 KB.</summary>
    private const int TargetWithOneProfile = 236;

    /// <summary>Five profiles make 0.4 KB of the 0.23 KB.</summary>
    private const int FurtherProfile = 44;

    /// <summary>Not documented: what is left of a target when its profile is taken away. An exclusion is such a target.</summary>
    private const int TargetWithoutProfile = 190;

    public static int Of(JObject policy) => Larger(policy, Documented(policy));

    public static int OfProfile(JObject profile) => Larger(profile, DocumentedProfile(profile));

    public static int OfTarget(JObject target) => Larger(target, DocumentedTarget(target));

    public static int OfExclusion(JObject exclusion) => Larger(exclusion, TargetWithoutProfile);

    /// <summary>What is documented of a policy that is not there yet, its targets apart.</summary>
    /// <param name="listed">How many AAGUIDs each profile has.</param>
    public static int WithoutTargets(IEnumerable<int> listed) => Base + listed.Sum(l => Profile + l * AaGuid);

    /// <summary>What is documented of a target, or of an exclusion, which has no profile.</summary>
    public static int OfTarget(int profiles) => profiles > 0 ? TargetWithOneProfile + (profiles - 1) * FurtherProfile : TargetWithoutProfile;

    /// <summary>The sum of the parts, as far as they have the documented form.</summary>
    public static int Documented(JObject policy)
    {
        var profiles = Parts(policy, "passkeyProfiles");
        return Base
            // The deprecated list of the policy repeats that of the default profile once there is one.
            + (profiles.Length > 0 ? profiles.Sum(DocumentedProfile) : Listed(policy) * AaGuid)
            + Parts(policy, "includeTargets").Sum(DocumentedTarget)
            + Parts(policy, "excludeTargets").Length * TargetWithoutProfile;
    }

    private static int DocumentedProfile(JObject profile) => Profile + Listed(profile) * AaGuid;

    private static int DocumentedTarget(JObject target) => OfTarget((target["allowedPasskeyProfiles"] as JArray)?.Count ?? 0);

    private static int Listed(JObject owner) => ((owner["keyRestrictions"] as JObject)?["aaGuids"] as JArray)?.Count ?? 0;

    private static JObject[] Parts(JObject policy, string name) => [.. PolicyItems.Of(policy, name)];

    private static int Larger(JObject json, int documented) => Math.Max(documented, Encoding.UTF8.GetByteCount(PolicyDocument.WithoutAnnotations(json).ToString(Formatting.None)));
}
