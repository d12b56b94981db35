using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PasskeyAdmin.Access;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Troubleshooting;

/// <summary>
/// What stands between a Temporary Access Pass and the page of registration: policies that demand, of whoever signs in there, a strength that takes no pass, or that block the page
/// (reference/adoption-and-troubleshooting.md §3). What a policy asks of devices, places or platforms says where somebody registers, and not whether.
/// </summary>
internal static class PassRoads
{
    public static PassRoad Read(GraphClient client, CancellationToken token)
    {
        var access = GraphReading.Try("Conditional Access", () => new AccessSource(client).Read(token));
        if (access.Reason is { } reason) return new PassRoad([], _ => (null, reason)) { NotRead = reason };
        var all = access.Value;
        var policies = all.Policies.Where(p => p.IsEnabled && IsOnTheWay(p) != false && (p.Blocks || p.DemandsAlways) && !IsPartial(p) && !(all.StrengthOf(p)?.TakesPass == true && !p.Blocks)).ToList();
        return new PassRoad([.. policies.SelectMany(p => p.Users.IncludeGroups.Concat(p.Users.ExcludeGroups)).Distinct()], user => Judge(all, policies, user));
    }

    private static (bool? IsOpen, string Reason) Judge(TenantAccess access, IReadOnlyList<ConditionalAccessPolicy> policies, PassTraveller user)
    {
        var open = ((bool?)true, "");
        foreach (var policy in policies)
        {
            var isFor = policy.Users.Cover(user.UserId, user.IsGuest, user.IsIn, user.HasRole);
            if (isFor == false) continue;
            var strength = access.StrengthOf(policy);
            if (isFor is null || IsOnTheWay(policy) is null) open = (null, $"whether '{policy.Shown}' is for the user there is not known.");
            else if (policy.Blocks) return (false, $"'{policy.Shown}' blocks it.");
            else if (strength is null) open = (null, $"what '{policy.Shown}' demands is not known.");
            else return (false, $"'{policy.Shown}' demands {strength.Shown} there as well, which takes no Temporary Access Pass.");
        }
        return open;
    }

    private static bool? IsOnTheWay(ConditionalAccessPolicy policy) => policy.IsForRegistration ? true : policy.IsForApplication(ConditionalAccessPolicy.SecurityInformation);

    private static bool IsPartial(ConditionalAccessPolicy policy) =>
        policy.IsForSomeSurroundings || policy.IsAboutRisk || policy.IsForLegacyClients || policy.IsForSomeFlows;
}
