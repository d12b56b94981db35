using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Rules;

internal sealed class DefaultProfileWiderRule() : PolicyRule("PK114", "DefaultProfileWider", RuleSeverity.Warning, RuleSources.Policy, "The default profile lets in no more than the profiles of the tenant's own")
{
    public override string LooksAt => "A default profile that is in use and lets in everything that each profile of the tenant's own lets in, and more.";

    public override string Why => "Whoever made narrower profiles wanted less than everything, and whoever is in none of their groups gets more than anybody chose. A migration of Microsoft's can widen a profile; whether it takes the default one is not documented.";

    public override string Fix => "Narrow the default profile to what somebody without a group shall have, or take all users off it.";

    public override Uri Source { get; } = new("https://learn.microsoft.com/entra/identity/authentication/how-to-authentication-passkeys-fido2");

    protected override IEnumerable<FindingResult> Judge(RuleContext context)
    {
        var policy = context.Policy;
        if (PolicyGaps.OfProfiles(policy).Concat(PolicyGaps.OfUses(policy)).FirstOrDefault() is { } gap) return [gap];
        var own = policy.Profile.Where(p => p is { IsDefault: false, IsImplied: false } && p.Target.Any(t => t.Status is not TargetStatus.NotFound)).ToList();
        if (own.Count == 0) return [FindingResult.NotApplicable("No other profile is in use.")];
        if (policy.Profile.FirstOrDefault(p => p.IsDefault) is not { } profile)
            return [policy.DefaultProfileId is null ? FindingResult.Unknown("The policy does not say which profile is the default one.") : FindingResult.Unknown("The default profile is not in the list of profiles.")];
        if (profile.Target.All(t => t.Status is TargetStatus.NotFound)) return [FindingResult.NotApplicable("The default profile is not in use.")];
        if (own.TrueForAll(p => ProfileWidth.IsNarrower(p, profile)))
        {
            var more = ProfileWidth.More(own[0], profile);
            return [Fail(profile.AsObject(), own.Count == 1 ? $"'{profile.Name}' lets in more than '{own[0].Name}': {more}." : $"'{profile.Name}' lets in more than each of the {own.Count} other profiles in use; in addition to what '{own[0].Name}' lets in, {more}.", $"Get-PasskeyProfileTarget {profile.Parameter()}")];
        }
        // One that certainly lets in something else is enough.
        return own.Find(p => ProfileWidth.IsKnown(p) && ProfileWidth.IsKnown(profile) && !ProfileWidth.IsNarrower(p, profile)) is { } other
            ? [FindingResult.Pass($"'{profile.Name}' is not wider than '{other.Name}'.")]
            : [FindingResult.Unknown($"Whether '{profile.Name}' is wider than the others is not known: not all that a profile says is understood.")];
    }
}
