using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Users;

/// <summary>Whether a user may do something with a passkey, and why.</summary>
/// <param name="Profiles">The profiles that allow it.</param>
internal sealed record PasskeyUse(PasskeyAnswer Answer, IReadOnlyList<PasskeyProfile> Profiles, string Reason);

/// <summary>Answers a question about one passkey of one user in words. What it says is what <see cref="PolicyEvaluator"/> says.</summary>
internal sealed class PasskeyUseText(PolicyEvaluator policy)
{
    public PolicyEvaluator Evaluator => policy;

    public PasskeyUse SignIn(Membership user, PasskeyTraits passkey) => Explain(user, passkey, policy.MaySignIn(user, passkey), (p, m) => PolicyClauses.AllowsSignIn(p, m), null);

    /// <param name="isAttested">Whether it would bring a valid attestation; null where that is not known.</param>
    public PasskeyUse Registration(Membership user, PasskeyTraits passkey, bool? isAttested)
    {
        var use = Explain(user, passkey, policy.MayRegister(user, passkey, isAttested), (p, m) => PolicyClauses.AllowsRegistration(p, m, isAttested), isAttested);
        return policy.Policy.SelfServiceRegistration switch
        {
            true => use,
            _ when use.Answer is PasskeyAnswer.No => use,
            // Tenant-wide, and also what the provisioning API asks for (reference/graph-passkey-policy.md §3, §7.4 [D]).
            false => new PasskeyUse(PasskeyAnswer.No, [], "Self-service registration is off: nobody can register a passkey."),
            null => use with { Answer = PasskeyAnswer.Unknown, Reason = "Whether users may register passkeys themselves is not known." },
        };
    }

    private PasskeyUse Explain(Membership user, PasskeyTraits passkey, bool? answer, Func<PasskeyProfile, PasskeyModel, bool?> allows, bool? isAttested)
    {
        var reached = Reached(user).ToList();
        var possible = policy.PossibilitiesOf(passkey).ToList();
        if (answer == true)
        {
            List<PasskeyProfile> allowing = [.. reached.Where(r => r.IsCertain && possible.TrueForAll(m => allows(r.Profile, m) == true)).Select(r => r.Profile).Distinct()];
            return new PasskeyUse(PasskeyAnswer.Yes, allowing, allowing.Count > 0 ? $"{Names(allowing)} {(allowing.Count == 1 ? "allows" : "allow")} it." : "The profiles together allow it.");
        }
        return new PasskeyUse(PasskeyAnswers.Of(answer), [], answer is null ? WhyUnknown(user, passkey) : WhyNot(user, passkey, reached, possible, isAttested));
    }

    private string WhyNot(Membership user, PasskeyTraits passkey, List<(PasskeyProfile Profile, bool IsCertain)> reached, List<PasskeyModel> possible, bool? isAttested)
    {
        if (PolicyClauses.IsOn(policy.Policy.State) == false) return "Passkeys are switched off in this tenant.";
        if (policy.Policy.Exclusion.FirstOrDefault(e => PolicyClauses.Means(e.Kind, e.Status, e.Id, user) == true) is { } exclusion) return $"The user is excluded, by {exclusion.DisplayName}; that wins over every profile.";
        if (reached.Count == 0) return policy.Policy.Target.Any(t => PolicyClauses.Means(t.Kind, t.Status, t.Id, user) == true) ? "What targets the user has no profile." : "No target of the policy reaches the user.";
        return string.Join(" ", reached.Select(r => r.Profile).Distinct().Select(p => $"{p.Name} {WhyNot(p, passkey, possible, isAttested)}."));
    }

    private static string WhyNot(PasskeyProfile profile, PasskeyTraits passkey, List<PasskeyModel> possible, bool? isAttested)
    {
        if (possible.TrueForAll(m => PolicyClauses.TypePasses(profile, m.Type) == false)) return profile.PasskeyType is PasskeyTypes.None ? "allows no passkey type" : $"allows {profile.PasskeyTypeName} passkeys only";
        if (possible.TrueForAll(m => PolicyClauses.ListPasses(profile, m.AaGuid) != true))
        {
            // Not the name of the provider: of its other models, it may not be true.
            var name = passkey.AaGuid is null ? "such a passkey" : passkey.AaGuid == Guid.Empty ? "an AAGUID of zeros" : "this AAGUID";
            return profile.Restriction is KeyRestrictionKind.Block ? $"blocks {name}" : profile.AaGuid.Count == 0 ? "has an empty list of allowed AAGUIDs" : $"does not have {name} in its list of allowed ones";
        }
        return profile.Attestation is PasskeyAttestation.RegistrationOnly && isAttested != true ? "demands attestation" : "does not allow it";
    }

    private string WhyUnknown(Membership user, PasskeyTraits passkey)
    {
        if (PolicyClauses.IsOn(policy.Policy.State) is null) return "The state of the policy is one that this version does not know.";
        if (!policy.Policy.AreTargetsKnown || !policy.Policy.AreExclusionsKnown) return string.Join(" ", policy.Policy.NotRead);
        var open = policy.Policy.Exclusion.Where(e => PolicyClauses.Means(e.Kind, e.Status, e.Id, user) is null).Select(e => e.DisplayName)
            .Concat(policy.Policy.Target.Where(t => PolicyClauses.Means(t.Kind, t.Status, t.Id, user) is null).Select(t => t.DisplayName)).Distinct().ToList();
        if (policy.Policy.Target.FirstOrDefault(t => policy.ProfilesOf(t).Contains(null) && PolicyClauses.Means(t.Kind, t.Status, t.Id, user) == true) is { } riddle) return $"Which profiles {riddle.DisplayName} may use is not known.";
        if (open.Count > 0) return $"Whether the user is in {NameLists.Or(open)} is not known.";
        if (passkey.Type is PasskeyTypes.None) return passkey.IsOfOtherType ? "The passkey is of a type that this version does not know." : "The type of the passkey is not known.";
        if (passkey.AaGuid is null) return "Graph gives no AAGUID, and the lists of the profiles ask for it.";
        if (passkey.AaGuid == Guid.Empty) return "Its AAGUID is all zeros; whether a list of blocked AAGUIDs stops it is not documented.";
        return policy.Policy.Profile.Any(p => p.Attestation is not PasskeyAttestation.Disabled) && policy.MaySignIn(user, passkey) == true
            ? "It depends on whether the passkey brings a valid attestation."
            : "The policy has settings that this version does not understand.";
    }

    private IEnumerable<(PasskeyProfile Profile, bool IsCertain)> Reached(Membership user) =>
        from target in policy.Policy.Target
        let means = PolicyClauses.Means(target.Kind, target.Status, target.Id, user)
        where means != false
        from profile in policy.ProfilesOf(target).OfType<PasskeyProfile>()
        select (profile, means == true);

    private static string Names(IEnumerable<PasskeyProfile> profiles) => NameLists.And(profiles.Select(p => p.Name));
}
