using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Users;

/// <summary>Asks one policy about users and passkeys: the union of all profiles that reach a user, an exclusion before all (reference/graph-passkey-policy.md §7.2 to §7.5, §7.7).</summary>
internal sealed class PolicyEvaluator
{
    private readonly Dictionary<PasskeyProfileTarget, IReadOnlyList<PasskeyProfile?>> _profiles = [];

    public PolicyEvaluator(PasskeyPolicy policy)
    {
        Policy = policy;
        var byId = policy.Profile.Where(p => p.Id is not null).GroupBy(p => p.Id!, StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => g.First(), StringComparer.OrdinalIgnoreCase);
        foreach (var target in policy.Target)
        {
            // Before profiles, one set of rules counted for every target.
            _profiles[target] = policy.ProfilesEnrolled is ProfileEnrolment.No
                ? [policy.Profile.Count > 0 ? policy.Profile[0] : null]
                : !target.AreProfilesKnown ? [null]
                : [.. target.ProfileId.Distinct(StringComparer.OrdinalIgnoreCase).Select(id => byId.TryGetValue(id, out var profile) ? profile : null)];
        }
        ListedAaGuids = [.. policy.Profile.Where(p => p.Restriction is not KeyRestrictionKind.None).SelectMany(p => p.AaGuid)];
    }

    public PasskeyPolicy Policy { get; }

    /// <summary>Whether a profile names types that this version does not know.</summary>
    public bool HasOtherTypes => Policy.Profile.Any(p => p.PasskeyTypeName != p.PasskeyType.ToString());

    /// <summary>Everything that a passkey may be, as far as this policy tells passkeys apart.</summary>
    public IEnumerable<PasskeyModel> PossibilitiesOf(PasskeyTraits passkey) => passkey.Possibilities(ListedAaGuids, HasOtherTypes);

    /// <summary>The AAGUIDs for which it may make a difference that they are listed.</summary>
    public HashSet<Guid> ListedAaGuids { get; }

    /// <summary>The profiles of a target; null in it for one that the policy names and does not list.</summary>
    public IReadOnlyList<PasskeyProfile?> ProfilesOf(PasskeyProfileTarget target) => _profiles[target];

    /// <summary>Whether a target lets its people sign in with a passkey: any of its profiles is enough, and there is no order (§7.5, §7.7 [D]).</summary>
    public bool? Allows(PasskeyProfileTarget target, PasskeyModel passkey)
    {
        bool? allowed = false;
        foreach (var profile in _profiles[target]) allowed |= profile is null ? null : PolicyClauses.AllowsSignIn(profile, passkey);
        return allowed;
    }

    /// <summary>§7.1, §7.2 and §7.5 together.</summary>
    public bool? MaySignIn(Membership user, PasskeyModel passkey) => PolicyClauses.IsOn(Policy.State) & !PolicyClauses.IsExcluded(Policy, user) & AnyTarget(user, t => Allows(t, passkey));

    /// <summary>§7.1, §7.2 and §7.4 together. Whether users may register anything themselves is a question of its own (<see cref="PasskeyPolicy.SelfServiceRegistration"/>).</summary>
    /// <param name="isAttested">Whether it would bring a valid attestation; null where that is not known.</param>
    public bool? MayRegister(Membership user, PasskeyModel passkey, bool? isAttested) =>
        PolicyClauses.IsOn(Policy.State) & !PolicyClauses.IsExcluded(Policy, user) & AnyTarget(user, t => AnyProfile(t, p => PolicyClauses.AllowsRegistration(p, passkey, isAttested)));

    /// <summary>Whether what is known of a passkey is enough to say that it works, or that it does not.</summary>
    public bool? MaySignIn(Membership user, PasskeyTraits passkey) => Combined(PossibilitiesOf(passkey).Select(m => MaySignIn(user, m)));

    /// <summary>Whether there is any passkey, attested where that is demanded, that the user may register.</summary>
    public bool? MayRegisterAny(Membership user)
    {
        bool? any = false;
        foreach (var model in PossibilitiesOf(new PasskeyTraits(PasskeyTypes.None, null))) any |= MayRegister(user, model, isAttested: true);
        return any;
    }

    /// <summary>The same of registration.</summary>
    public bool? MayRegister(Membership user, PasskeyTraits passkey, bool? isAttested) => Combined(PossibilitiesOf(passkey).Select(m => MayRegister(user, m, isAttested)));

    /// <summary>What holds in every case; null where they differ.</summary>
    public static bool? Combined(IEnumerable<bool?> cases)
    {
        bool? first = null;
        var isFirst = true;
        foreach (var one in cases)
        {
            if (one is null || (!isFirst && one != first)) return null;
            (first, isFirst) = (one, false);
        }
        return first;
    }

    private bool? AnyTarget(Membership user, Func<PasskeyProfileTarget, bool?> allows)
    {
        bool? any = Policy.AreTargetsKnown ? false : null;
        foreach (var target in Policy.Target)
        {
            any |= PolicyClauses.Means(target.Kind, target.Status, target.Id, user) is not false and var meant ? meant & allows(target) : false;
            if (any == true) break;
        }
        return any;
    }

    private bool? AnyProfile(PasskeyProfileTarget target, Func<PasskeyProfile, bool?> allows)
    {
        bool? any = false;
        foreach (var profile in _profiles[target]) any |= profile is null ? null : allows(profile);
        return any;
    }
}
