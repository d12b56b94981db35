using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PasskeyAdmin.Access;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Changes;

/// <summary>
/// What stands between a Temporary Access Pass and the page of registration: policies that demand, of whoever signs in there, a strength that takes no such pass, or that block the page; and what is demanded of
/// every sign-in (reference/adoption-and-troubleshooting.md §3). What a policy asks of devices, places or platforms says where somebody registers, and not whether.
/// </summary>
internal static class PassRoads
{
    /// <summary>What a device or an application on it has to be.</summary>
    private static readonly string[] DeviceControls = ["compliantDevice", "domainJoinedDevice", "approvedApplication", "compliantApplication"];

    /// <summary>Policies outlive the licence that they were made with (learn.microsoft.com/entra/identity/conditional-access/overview, "License requirements").</summary>
    private const string Unlicensed = "Conditional Access cannot be read, as the tenant has no premium licence. Most likely it has no such policy, and nothing stands in the way; but those of a licence that has lapsed stay in force.";

    /// <param name="withModels">Whether it is asked as well which models of passkeys strengths take, and not only which passes.</param>
    public static PassRoad Read(GraphClient client, bool withModels, CancellationToken token)
    {
        var isUnlicensed = false;
        var access = GraphReading.Try("Conditional Access", () => new AccessSource(client).Read(withModels, token), e => (isUnlicensed = e.ErrorId == "PremiumLicenceRequired") ? Unlicensed : null);
        if (access.Reason is { } reason)
        {
            // Every strength that is built in takes every method that counts here: what a tenant without a licence can have made of its own is too little to doubt each of them.
            var taken = isUnlicensed ? TakenMethods.All : TakenMethods.Unknown(reason);
            return new PassRoad([], (_, _) => (null, reason)) { NotRead = reason, Taken = _ => taken };
        }
        return Of(access.Value);
    }

    /// <summary>The same, of what was read before.</summary>
    public static PassRoad Of(TenantAccess all)
    {
        var obstacles = all.Policies.Where(p => p.IsEnabled && p.IsOnTheWayToRegistration != false && (p.Blocks || p.DemandsAlways) && !IsPartial(p)).ToList();
        var demands = all.Policies.Where(p => p.DemandsAlways && p.IsForAllApplications && !IsPartial(p)).ToList();
        var surroundings = all.Policies.Where(p => p.IsEnabled && p.IsOnTheWayToRegistration == true && IsAboutSurroundings(all, p)).ToList();
        return new PassRoad([.. obstacles.Concat(demands).Concat(surroundings).SelectMany(p => p.Users.IncludeGroups.Concat(p.Users.ExcludeGroups)).Distinct()], (user, isUsableOnce) => Judge(all, obstacles, user, isUsableOnce))
        {
            Taken = user => TakenOf(all, demands, user),
            Surroundings = user => [.. surroundings.Where(p => IsFor(p, user) != false).Select(p => p.Shown).Distinct()],
        };
    }

    private static (bool? IsOpen, string Reason) Judge(TenantAccess access, IReadOnlyList<ConditionalAccessPolicy> policies, PassTraveller user, bool isUsableOnce)
    {
        var open = ((bool?)true, "");
        foreach (var policy in policies)
        {
            var strength = access.StrengthOf(policy);
            var takes = policy.Blocks ? false : strength?.TakesPassOf(isUsableOnce);
            var isFor = takes == true ? false : IsFor(policy, user);
            if (isFor == false) continue;
            if (policy.IsOnTheWayToRegistration is null) open = (null, $"whether '{policy.Shown}' is about the page of registration is not known.");
            else if (isFor is null) open = (null, $"whether '{policy.Shown}' is for the user is not known.");
            else if (policy.Blocks) return (false, $"'{policy.Shown}' blocks it.");
            else if (takes is null) open = (null, $"what '{policy.Shown}' demands is not known.");
            else return (false, $"'{policy.Shown}' demands {strength!.Shown} there as well, which takes no Temporary Access Pass{(!strength.TakesPass ? "" : isUsableOnce ? " that can be used once" : " that can be used several times")}.");
        }
        return open;
    }

    private static TakenMethods TakenOf(TenantAccess access, IReadOnlyList<ConditionalAccessPolicy> policies, PassTraveller user)
    {
        var demands = policies.Select(p => (Policy: p, Strength: access.StrengthOf(p), IsFor: IsFor(p, user))).Where(d => d.IsFor != false).ToList();
        if (demands.Count == 0) return TakenMethods.All;
        MethodTaking Of(Func<AuthenticationStrength, bool?> takes)
        {
            var taken = MethodTaking.Yes;
            foreach (var (policy, strength, isFor) in demands)
            {
                var isTaken = strength is null ? null : takes(strength);
                if (isTaken == true) continue;
                if (isTaken == false && isFor == true) return new MethodTaking(false, $"'{policy.Shown}' demands {strength!.Shown} on every sign-in.");
                taken = new MethodTaking(null, strength is null ? $"what '{policy.Shown}' demands on every sign-in is not known." : isFor is null ? $"whether '{policy.Shown}' is for the user is not known." : $"which models {strength.Shown} takes is not known.");
            }
            return taken;
        }
        return new TakenMethods(aaGuid => Of(s => s.Takes(aaGuid)), Of(s => s.TakesWindowsHello), Of(s => s.TakesCertificates));
    }

    private static bool? IsFor(ConditionalAccessPolicy policy, PassTraveller user) => policy.Users.Cover(user.UserId, user.IsGuest, user.IsIn, user.HasRole);

    /// <summary>Whether it keeps somebody with a pass from the registration on some devices, or at some places.</summary>
    private static bool IsAboutSurroundings(TenantAccess access, ConditionalAccessPolicy policy) =>
        policy.IsForUsualSignIns &&
        (NeedsDevice(access, policy) || (policy.IsForSomeSurroundings && (policy.Blocks || (policy.DemandsAlways && access.StrengthOf(policy)?.TakesPass != true))));

    /// <summary>Whether a pass alone is not enough; it counts as two factors.</summary>
    private static bool NeedsDevice(TenantAccess access, ConditionalAccessPolicy policy) =>
        policy.Controls.Any(DeviceControls.Contains) && !(policy.IsAnyEnough && (policy.Controls.Contains("mfa") || access.StrengthOf(policy)?.TakesPass == true));

    private static bool IsPartial(ConditionalAccessPolicy policy) => policy.IsForSomeSurroundings || !policy.IsForUsualSignIns;
}
