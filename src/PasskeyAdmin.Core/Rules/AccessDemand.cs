using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Access;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Rules;

/// <summary>An enabled policy that lets nobody in without a phishing-resistant method.</summary>
internal sealed record AccessDemand(ConditionalAccessPolicy Policy, AuthenticationStrength Strength)
{
    /// <summary>Those of a tenant.</summary>
    public static IEnumerable<AccessDemand> Of(TenantAccess access) =>
        from policy in access.Policies
        where policy.DemandsAlways
        let strength = access.StrengthOf(policy)
        where strength is { IsPhishingResistant: true }
        select new AccessDemand(policy, strength);

    /// <summary>Policies whose strength is not in the list: what they demand is not known.</summary>
    public static IEnumerable<ConditionalAccessPolicy> Unclear(TenantAccess access) => access.Policies.Where(p => p.DemandsAlways && access.StrengthOf(p) is null);

    /// <summary>Where the policy does not hold always, as a sentence goes on; empty where it does.</summary>
    public string Condition
    {
        get
        {
            string?[] conditions = [Policy.IsForSomePlatforms ? "platforms" : null, Policy.IsForSomeLocations ? "places" : null, Policy.HasDeviceFilter ? "devices" : null, Policy.IsForSomeClients ? "kinds of applications" : null];
            var names = conditions.OfType<string>().ToList();
            return names.Count == 0 ? "" : $", on some {NameLists.And(names)} only,";
        }
    }

    /// <summary>Whether a policy is for somebody; null where that is not known. An exclusion wins.</summary>
    public static bool? IsFor(ConditionalAccessPolicy policy, RulePerson person, RuleGroups groups, RuleRoles roles) => IsFor(policy.Users, person.Id, person.IsGuest, g => groups.Has(g, person), roles);

    /// <param name="isGuest">Null where that is not known.</param>
    /// <param name="isIn">Whether the user is in a group; null where that is not known.</param>
    /// <param name="roles">Null where they could not be read.</param>
    public static bool? IsFor(AccessUsers users, Guid user, bool? isGuest, Func<string, bool?> isIn, RuleRoles? roles) => users.Cover(user.ToString(), isGuest, isIn, role => roles?.Has(user, role));

    public bool? IsFulfilledBy(RulePerson person, RuleContext context) => IsFulfilledBy(Strength, person, context);

    /// <summary>Whether somebody has a method that fulfils a strength, and that works; null where that is not known.</summary>
    public static bool? IsFulfilledBy(AuthenticationStrength strength, RulePerson person, RuleContext context)
    {
        var any = IsFulfilledWithoutPasskey(strength, person);
        if (!strength.TakesPasskeys || any == true) return any;
        if (person.Passkeys is not { } passkeys) return null;
        foreach (var passkey in passkeys) any |= Takes(strength, passkey) & context.IsUsable(person, passkey);
        return any;
    }

    /// <summary>The same by what is registered besides passkeys: where that is enough, nobody need be asked for passkeys.</summary>
    public static bool? IsFulfilledWithoutPasskey(AuthenticationStrength strength, RulePerson person)
    {
        bool? any = false;
        if (strength.TakesWindowsHello) any |= Has(person, ReportedMethods.WindowsHelloForBusiness | ReportedMethods.PlatformCredential);
        if (strength.TakesCertificates) any |= person.Methods is { } methods && methods.HasFlag(ReportedMethods.Certificate) && !methods.HasFlag(ReportedMethods.MultifactorCertificate) ? null : Has(person, ReportedMethods.MultifactorCertificate);
        return any;
    }

    private static bool? Has(RulePerson person, ReportedMethods any) => person.Methods is not { } methods || person.IsInDoubt ? null : (methods & any) != 0;

    /// <summary>Whether a strength takes a passkey by its model; null where that is not known.</summary>
    public static bool? Takes(AuthenticationStrength strength, RegisteredPasskey passkey) => strength.Takes(passkey.AaGuid);
}
