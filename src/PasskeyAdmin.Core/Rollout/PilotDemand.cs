using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Access;

namespace PasskeyAdmin.Rollout;

/// <summary>Whether Conditional Access demands a phishing-resistant sign-in to an application.</summary>
/// <param name="OfAnybody">Null where that is not known.</param>
/// <param name="OfAll">Of everybody but those who are left out, always and everywhere; null where that is not known.</param>
/// <param name="Policies">The names of the policies that do.</param>
internal sealed record PilotDemand(bool? OfAnybody, bool? OfAll, IReadOnlyList<string> Policies)
{
    public static PilotDemand NotKnown { get; } = new(null, null, []);

    public static PilotDemand Of(TenantAccess access, string appId)
    {
        var (ofAnybody, ofAll) = ((bool?)false, (bool?)false);
        var names = new List<string>();
        foreach (var policy in access.Policies.Where(p => p.DemandsAlways))
        {
            // What a strength that is not in the list takes is not known.
            var isDemanded = policy.IsForApplication(appId) & access.StrengthOf(policy)?.IsPhishingResistant;
            ofAnybody |= isDemanded;
            ofAll |= isDemanded & (policy.Users.IncludesAll && !policy.IsForSomeSurroundings);
            if (isDemanded == true) names.Add(policy.Name);
        }
        return new PilotDemand(ofAnybody, ofAll, names);
    }
}
