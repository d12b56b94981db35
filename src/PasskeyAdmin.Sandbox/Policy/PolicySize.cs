using System;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox.Storage;

namespace PasskeyAdmin.Sandbox.Policy;

/// <summary>
/// How large a passkey policy is, in bytes. Microsoft documents sizes of its parts (reference/graph-passkey-policy.md §5 [D]) that are about twice what
/// the JSON of Graph has, and says nowhere how the service measures.
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
    private const int FurtherProfileOfTarget = 44;

    /// <summary>Not documented: what is left of a target when its profile is taken away. An exclusion is such a target.</summary>
    private const int TargetWithoutProfile = 190;

    public static int Of(JObject configuration, SandboxSettings settings)
    {
        var size = TenantJson.CompactSize(configuration);
        return settings.MeasuresDocumentedSizes ? Math.Max(size, Documented(configuration)) : size;
    }

    private static int Documented(JObject configuration)
    {
        var profiles = configuration.Profiles();
        // The deprecated key restrictions of the policy are those of the default profile once there is one.
        var aaGuids = profiles.Count > 0 ? profiles.Sum(AaGuids) : AaGuids(configuration);
        return Base
            + (profiles.Count * Profile)
            + (aaGuids * AaGuid)
            + configuration.List("includeTargets").Sum(t => Target(t.Texts("allowedPasskeyProfiles").Count))
            + (configuration.List("excludeTargets").Count * TargetWithoutProfile);
    }

    private static int AaGuids(JObject owner) => owner["keyRestrictions"] is JObject restrictions ? restrictions.Texts("aaGuids").Count : 0;

    private static int Target(int profiles) => profiles == 0 ? TargetWithoutProfile : TargetWithOneProfile + ((profiles - 1) * FurtherProfileOfTarget);
}
