using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Policy;

/// <summary>What a proposed policy must not say, beside what its form demands: the service would not take it, or nobody could tell what it does. What is odd in the present policy may stay.</summary>
/// <param name="proposed">The present policy with the proposal over it.</param>
internal sealed class ProposalRules(PasskeyPolicy proposed, PasskeyPolicy current)
{
    private bool IsEnrolled => proposed.ProfilesEnrolled is ProfileEnrolment.Yes;

    /// <summary>Why it is refused: what comes after "The proposed policy".</summary>
    public IEnumerable<string> Faults() => [.. Unknown(), .. Enrolment(), .. Profiles(), .. Targets()];

    /// <summary>What may not be taken or not be documented, and is measured all the same: sentences.</summary>
    public IEnumerable<string> Objections()
    {
        if (current.ProfilesEnrolled is ProfileEnrolment.No && IsEnrolled) yield return "The tenant is not enrolled in passkey profiles, and the proposal has some: whether a change alone enrols a tenant is not documented.";
        if (!IsSame(current.DefaultProfileId, proposed.DefaultProfileId) && current.DefaultProfileId is not null) yield return "The proposal changes which profile is the default one: what that does is not documented, and is not measured.";
        if (current.ProfilesEnrolled is ProfileEnrolment.Yes && proposed.Profile.FirstOrDefault(p => p.Id is { } id && !Has(current, id)) is { } own)
            yield return $"The proposal gives the new profile {CommandText.Quote(own.Name)} an id of its own: the service gives ids, and whether it takes this one is not documented. If it does not, a target that names it has no profile.";
        if (proposed.SizePercent > 100 && proposed.Size > current.Size) yield return $"The proposed policy takes about {proposed.SizePercent:0} % of the room that a policy has: the service would probably not take it.";
    }

    private IEnumerable<string> Unknown()
    {
        List<string> unknown =
        [
            .. New(OfPolicy(proposed), OfPolicy(current)),
            .. proposed.Profile.SelectMany(p => New(p.UnknownValue, Before(p)?.UnknownValue)),
            .. proposed.Target.SelectMany(t => New(t.UnknownValue, Before(t)?.UnknownValue)),
            .. proposed.Exclusion.SelectMany(e => New(e.UnknownValue, current.Exclusion.FirstOrDefault(c => IsSame(c.Id, e.Id))?.UnknownValue)),
        ];
        if (unknown.Count > 0)
            yield return $"has values that are not known: {string.Join("; ", unknown)}. Types are deviceBound and synced, attestation is disabled or registrationOnly, a list is allow or block, states are enabled and disabled, and groups and profiles are named by id";
    }

    private IEnumerable<string> Enrolment()
    {
        if (current.ProfilesEnrolled is ProfileEnrolment.Yes && !IsEnrolled) yield return "takes away all profiles: what is left to a tenant that has had them is not documented. To stop passkeys, set state to disabled";
        // §4 [D]: it cannot be deleted.
        if (current.DefaultProfileId is { } id && Has(current, id) && !Has(proposed, id)) yield return "leaves out the default profile, which cannot be deleted. To let nobody use it, take it out of the targets";
    }

    private IEnumerable<string> Profiles()
    {
        foreach (var profile in proposed.Profile)
        {
            var before = Before(profile);
            // A part of a profile may have its id only.
            var name = CommandText.Quote(profile.RawName.Length == 0 && before is not null ? before.Name : profile.Name);
            if (profile.PasskeyTypeName == ProfileJson.TypeNotSaid && before?.PasskeyTypeName != ProfileJson.TypeNotSaid) yield return $"does not say which passkey types the profile {name} allows: each profile must be whole";
            if (profile.Restriction is KeyRestrictionKind.Unknown && before?.Restriction is not KeyRestrictionKind.Unknown) yield return $"does not say which AAGUIDs the profile {name} allows (keyRestrictions): each profile must be whole";
            // What the service does with this is not what it says, so what it says is not worth measuring (§3, §7 [D]).
            if (profile.AttestsSynced && before?.AttestsSynced != true)
                yield return $"lets the profile {name} allow synced passkeys and demand attestation, which they do not have: take synced out of its passkeyTypes, or leave attestation off";
        }
    }

    private IEnumerable<string> Targets()
    {
        foreach (var target in proposed.Target)
        {
            var before = Before(target);
            if (target.Status is TargetStatus.NotFound && before is null) yield return $"targets {target.DisplayName}: is the id right, and of this tenant?";
            if (!IsEnrolled) continue;
            if (!target.AreProfilesKnown && !(current.ProfilesEnrolled is ProfileEnrolment.Yes && before is { AreProfilesKnown: false })) yield return $"does not say which profiles the target {target.DisplayName} may use (allowedPasskeyProfiles)";
            // §4 [D]: a target needs a profile.
            if (target.ProfileId.Count == 0 && target.AreProfilesKnown && !(before is { AreProfilesKnown: true, ProfileId.Count: 0 })) yield return $"gives the target {target.DisplayName} no profile: the service wants one at least. To stop passkeys for its users, take the target out, or exclude the group";
            if (target.ProfileId.FirstOrDefault(id => !Has(proposed, id) && !(before is not null && before.ProfileId.Contains(id, StringComparer.OrdinalIgnoreCase) && !Has(current, id))) is { } missing)
                yield return $"lets {target.DisplayName} use the profile {DisplayText.Neutralise(missing)}, which it does not have{(proposed.Profile.Any(p => p.RawName == missing) ? ": profiles are named by id, not by name" : "")}";
        }
        foreach (var exclusion in proposed.Exclusion.Where(e => e.Status is TargetStatus.NotFound && !current.Exclusion.Any(c => IsSame(c.Id, e.Id)))) yield return $"excludes {exclusion.DisplayName}: is the id right, and of this tenant?";
    }

    private PasskeyProfile? Before(PasskeyProfile profile) => current.Profile.FirstOrDefault(c => profile.IsImplied ? c.IsImplied : IsSame(c.Id, profile.Id));

    private PasskeyProfileTarget? Before(PasskeyProfileTarget target) => current.Target.FirstOrDefault(c => IsSame(c.Id, target.Id));

    /// <summary>What is not known of the policy itself, and of none of its parts.</summary>
    private static IEnumerable<string> OfPolicy(PasskeyPolicy policy) =>
        policy.UnknownValue.Except(policy.Profile.SelectMany(p => p.UnknownValue).Concat(policy.Target.SelectMany(t => t.UnknownValue)).Concat(policy.Exclusion.SelectMany(e => e.UnknownValue)));

    private static IEnumerable<string> New(IEnumerable<string> values, IEnumerable<string>? before)
    {
        var known = new HashSet<string>((before ?? []).Select(PolicyUnknowns.WithoutPlace));
        return values.Where(v => !known.Contains(PolicyUnknowns.WithoutPlace(v)));
    }

    private static bool Has(PasskeyPolicy policy, string id) => policy.Profile.Any(p => IsSame(p.Id, id));

    private static bool IsSame(string? one, string? other) => one is not null && one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
