using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Policy;

/// <summary>Whether an authentication method is on, and for whom.</summary>
internal sealed record MethodConfiguration(PolicyState State)
{
    private const string Nothing = "a profile that lets nothing in";

    /// <summary>Null where Graph did not give the list.</summary>
    public IReadOnlyList<MethodTarget>? Targets { get; init; }

    /// <summary>Null where Graph did not give the list.</summary>
    public IReadOnlyList<MethodTarget>? Exclusions { get; init; }

    /// <summary>Whether guests of another tenant cannot use it here.</summary>
    public bool IsForMembers { get; init; }

    public bool ReachesAllUsers => Targets?.Any(t => t.Kind is TargetKind.AllUsers) == true;

    /// <summary>Null where the targets are not known.</summary>
    public MethodReach? Reach(IReadOnlyDictionary<string, GroupPeople> people) => Targets is { } targets ? new MethodReach(targets, Exclusions, people, IsForMembers) : null;

    /// <summary>The passkey method of a policy; a target needs a profile that lets something in.</summary>
    public static MethodConfiguration Of(PasskeyPolicy policy)
    {
        var missing = policy.NotRead;
        return new MethodConfiguration(policy.State)
        {
            IsForMembers = true,
            Targets = policy.Target.Count == 0 && missing.Any(n => n.Contains("includeTargets")) ? null : [.. policy.Target.Select(t => Target(policy, t))],
            Exclusions = missing.Any(n => n.Contains("excludeTargets")) ? null : [.. policy.Exclusion.Select(e => new MethodTarget(e.Id, e.Kind, e.Status, e.DisplayName))],
        };
    }

    private static MethodTarget Target(PasskeyPolicy policy, PasskeyProfileTarget target)
    {
        var shown = new MethodTarget(target.Id, target.Kind, target.Status, target.DisplayName);
        if (policy.ProfilesEnrolled is ProfileEnrolment.No) return policy.Profile.All(LetsNothingIn) ? shown with { Hindrance = Nothing } : shown;
        if (!target.AreProfilesKnown) return shown with { Hindrance = "profiles that Microsoft Graph does not give", IsHindranceCertain = false };
        if (target.ProfileId.Count == 0) return shown with { Hindrance = "no profile" };
        var profiles = policy.Profile.Where(p => target.ProfileId.Contains(p.Id, StringComparer.OrdinalIgnoreCase)).ToList();
        // What a profile means that the policy does not list, nobody says.
        if (profiles.Count == 0) return shown with { Hindrance = "a profile that the policy does not have", IsHindranceCertain = false };
        return profiles.TrueForAll(LetsNothingIn) && profiles.Count == target.ProfileId.Count ? shown with { Hindrance = Nothing } : shown;
    }

    /// <summary>An enforced list of nothing lets nothing in (reference/graph-passkey-policy.md §7.6 [D]), nor does a profile without types.</summary>
    private static bool LetsNothingIn(PasskeyProfile profile) =>
        profile.IsShut || profile.PasskeyTypeName == nameof(Providers.PasskeyTypes.None);
}
