using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Troubleshooting;

/// <summary>Whether the passkeys that the user has may sign in: type and AAGUID count at sign-in, in any profile (reference/graph-passkey-policy.md §7.5).</summary>
internal sealed class PasskeysFitCheck() : UserCheck("PasskeyNotAllowed", "The policy lets the registered passkeys in")
{
    public override CheckResult Evaluate(UserCase user)
    {
        var failures = user.Story.OpenWith(135016);
        if (!user.Methods.IsRead || !user.Policy.IsRead) return OfLogAlone(user, failures, user.Policy.Reason ?? user.Methods.Reason!);
        if (Reach.IsShut(user)) return NotApplicable("No passkey at all passes: see the checks of the policy.");
        var refused = user.Passkeys.Where(p => user.IsUsable(p) == false).ToList();
        var open = user.Passkeys.Where(p => user.IsUsable(p) is null).ToList();
        if (refused.Count == 0)
        {
            if (open.Count > 0) return OfLogAlone(user, failures, user.Text.SignIn(user.Membership, open[0].Traits).Reason);
            if (user.Passkeys.Count > 0 && failures.Count > 0 && !(user.Story.LastPasskey?.At > failures[0].At)) return Found(NowAllowed(failures));
            return user.Passkeys.Count == 0 ? NotApplicable("There is no passkey.") : Clear("It does.");
        }
        var isCertain = user.HasUsablePasskey == false || failures.Count > 0;
        return Found([.. refused.GroupBy(p => FailsByType(user, p)).Select(g => Finding(user, [.. g], g.Key, isCertain, failures)).OrderByDescending(f => f.Weight)]);
    }

    /// <summary>The log says that the policy refused; by what, only the policy and the passkeys would tell.</summary>
    private CheckResult OfLogAlone(UserCase user, IReadOnlyList<UserSignIn> failures, string reason)
    {
        if (failures.Count == 0 && user.Code?.Code != "135016") return NotChecked(reason);
        return Found(new CauseFinding(Id, CauseConfidence.Likely, Stage.SignIn, $"{(failures.Count > 0 ? "The policy refused the user's passkey when they signed in." : "The code says that the policy refused the user's passkey.")} By which rule is not known, as not everything could be read.")
        {
            Weight = Weights.Event,
            Evidence = [.. NextSteps.Evidence(failures), .. user.Code is { Code: "135016" } code ? [new PasskeyEvidence(EvidenceSource.ErrorCode, $"{code}. {code.Meaning}")] : Array.Empty<PasskeyEvidence>(), new PasskeyEvidence(EvidenceSource.Policy, reason)],
            Steps = [NextSteps.ShowPolicy(user), NextSteps.ShowRegistrations(user)],
        });
    }

    /// <summary>The log has it refused and the policy lets it in: the policy was changed since, or it was another passkey.</summary>
    private CauseFinding NowAllowed(IReadOnlyList<UserSignIn> failures) => new(Id, CauseConfidence.Possible, Stage.SignIn, "The policy refused a passkey of the user, and lets all registered ones in now: it was changed since, or another passkey was offered.")
    {
        Weight = Weights.Event,
        Evidence = [.. NextSteps.Evidence(failures)],
        Steps = [NextSteps.Tell("Please try again. If it fails, which passkey does the window name?")],
    };

    private static bool FailsByType(UserCase user, RegisteredPasskey passkey) => user.Profiles.All(p => PolicyClauses.TypePasses(p, passkey.Type) == false);

    private static CauseFinding Finding(UserCase user, IReadOnlyList<RegisteredPasskey> passkeys, bool isByType, bool isCertain, IReadOnlyList<UserSignIn> failures)
    {
        var id = isByType ? "PasskeyTypeNotAllowed" : "ProviderNotAllowed";
        var change = Culprit(user, passkeys);
        var left = LeftGroup(user, passkeys);
        var names = NameLists.And(passkeys.Select(user.NameOf).Take(4));
        var types = NameLists.And(passkeys.Select(p => TypeWords.Of(p.Type) ?? p.TypeName).Distinct());
        var profiles = user.Profiles.Count == 0 ? "No profile that reaches the user" : NameLists.And(user.Profiles.Select(p => $"'{p.Name}'"));
        var state = isByType ? $"{profiles} {(user.Profiles.Count > 1 ? "allow" : "allows")} no {types} passkeys" : $"{profiles} {(user.Profiles.Count > 1 ? "do" : "does")} not let this model in";
        var narrowed = change is null ? null : Narrowed(change, user, passkeys);
        var summary = change is not null && narrowed is not null ? $"{narrowed} was narrowed on {change.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC by {change.By ?? "somebody whom the log does not name"}, and no longer lets the user's passkey in: {names}."
            : left is { } gone ? $"The user left {gone.Target.DisplayName}, whose profile let the passkey in: {names}." : $"{state}, and the user's passkey is one: {names}.";
        return new CauseFinding(id, isCertain ? CauseConfidence.Certain : CauseConfidence.Possible, Stage.SignIn, summary)
        {
            Weight = failures.Count > 0 ? Weights.Event + 9 : Weights.Gate,
            Evidence =
            [
                .. passkeys.Take(4).Select(p => new PasskeyEvidence(EvidenceSource.Registration, $"{user.NameOf(p)}: {user.Text.SignIn(user.Membership, p.Traits).Reason}", objectId: p.Id)),
                .. NextSteps.Evidence(change),
                .. left is { } l ? [NextSteps.Evidence(l.Audit, $"took the user out of {l.Target.DisplayName}")] : Array.Empty<PasskeyEvidence>(),
                .. NextSteps.Evidence(failures), .. NextSteps.OfCode(user, id),
            ],
            Steps = [.. Ways(user, passkeys, isByType, change)],
        };
    }

    /// <summary>The newest change after which one of the passkeys no longer worked.</summary>
    private static SeenPolicyChange? Culprit(UserCase user, IReadOnlyList<RegisteredPasskey> passkeys)
    {
        var membership = user.Membership;
        return user.ChangeOf(change =>
        {
            var (before, after) = (new PolicyEvaluator(change.Before), new PolicyEvaluator(change.After));
            return passkeys.Any(p => before.MaySignIn(membership, p.Traits) == true && after.MaySignIn(membership, p.Traits) == false);
        });
    }

    /// <summary>What the change narrowed, by the profiles that differ; null where it was something else.</summary>
    private static string? Narrowed(SeenPolicyChange change, UserCase user, IReadOnlyList<RegisteredPasskey> passkeys)
    {
        var narrowed = user.ReachedBy(change.Before).Where(b => change.After.Profile.FirstOrDefault(a => a.Id == b.Id) is { } a && passkeys.Any(p => user.Evaluator.PossibilitiesOf(p.Traits).Any(m => PolicyClauses.AllowsSignIn(b, m) == true && PolicyClauses.AllowsSignIn(a, m) == false))).Select(p => $"'{p.Name}'").ToList();
        return narrowed.Count > 0 ? $"{(narrowed.Count == 1 ? "The profile" : "Each of the profiles")} {NameLists.And(narrowed)}" : user.ReachedBy(change.Before).Count > user.ReachedBy(change.After).Count ? "What reaches the user" : "The policy";
    }

    private static (PasskeyProfileTarget Target, UserAudit Audit)? LeftGroup(UserCase user, IReadOnlyList<RegisteredPasskey> passkeys) =>
        user.Policy.Value.Target.Where(t => passkeys.Any(p => user.Evaluator.PossibilitiesOf(p.Traits).All(m => user.Evaluator.Allows(t, m) == true)))
            .SelectMany(t => Memberships.Changes(user, t.Id, "Remove member").Select(a => ((PasskeyProfileTarget Target, UserAudit Audit)?)(t, a))).OrderByDescending(l => l!.Value.Audit.At).FirstOrDefault();

    /// <summary>The ways out: let the passkey in again, give the user a profile that does, or have another one registered.</summary>
    private static IEnumerable<PasskeyNextStep> Ways(UserCase user, IReadOnlyList<RegisteredPasskey> passkeys, bool isByType, SeenPolicyChange? change)
    {
        foreach (var step in WaysBack.Undo(change)) yield return step;
        var widened = user.Profiles.FirstOrDefault(p => change?.Before.Profile.Any(b => b.Id == p.Id && (b.PasskeyType != p.PasskeyType || b.Restriction != p.Restriction || !b.AaGuid.SequenceEqual(p.AaGuid))) == true) ?? Widen.Narrowest(user.Profiles.Where(p => p.Attestation is PasskeyAttestation.Disabled)) ?? Widen.Narrowest(user.Profiles);
        var isImpossible = widened?.Attestation is PasskeyAttestation.RegistrationOnly && passkeys.Any(p => p.Type is PasskeyTypes.Synced);
        if (change?.ChangeId is null && isImpossible) yield return NextSteps.Do($"'{widened!.Name}' demands attestation, which synced passkeys do not have: it can let them in only without.");
        else if (change?.ChangeId is null && widened?.Id is { } id) yield return NextSteps.Do($"Let the passkey in again, for everybody who has '{widened.Name}'. The command measures whom that concerns and asks.", $"Set-PasskeyProfile -ProfileId {CommandText.Quote(id)} {Widening(user, widened, passkeys, isByType)}");
        if (GroupsThatAllow(user, passkeys) is { } groups) yield return NextSteps.Do($"Or, for this user only: {groups}");
        yield return NextSteps.Pass(user, "Passkey to be replaced by one that the policy allows");
        yield return NextSteps.Tell($"Your passkey is not allowed here any more. Please register {Permitted.Words(user)} instead.");
    }

    /// <summary>By which groups the user would have a profile that lets the passkeys in; null where there is none.</summary>
    private static string? GroupsThatAllow(UserCase user, IReadOnlyList<RegisteredPasskey> passkeys)
    {
        var allowing = user.Policy.Value.Profile.Where(p => !user.Profiles.Contains(p) && passkeys.All(k => user.Evaluator.PossibilitiesOf(k.Traits).All(m => PolicyClauses.AllowsSignIn(p, m) == true))).ToList();
        var groups = allowing.SelectMany(p => p.Target).Where(t => t is { Kind: TargetKind.Group, Status: TargetStatus.Found }).Select(t => t.DisplayName).Distinct().ToList();
        return groups.Count == 0 ? null : $"put them into {NameLists.Or(groups.Take(4))}, {(groups.Count == 1 ? "whose profile lets" : "whose profiles let")} the passkey in.";
    }

    private static string Widening(UserCase user, PasskeyProfile profile, IReadOnlyList<RegisteredPasskey> passkeys, bool isByType)
    {
        var needed = passkeys.Select(p => p.Type).Aggregate(profile.PasskeyType, (a, b) => a | b);
        var words = isByType || (profile.PasskeyType & needed) != needed ? $"-TargetType {needed}" : "";
        var missing = passkeys.Where(p => p.AaGuid is { } a && PolicyClauses.ListPasses(profile, a) == false).Select(p => user.Data.Catalog.Find(p.AaGuid!.Value)).ToList();
        if (missing.Count == 0) return words;
        return $"{words} -AddProvider {string.Join(", ", missing.Select(m => CommandText.Quote(m.IsKnown ? m.Name : $"{m.AaGuid[0]}")).Distinct())}".Trim();
    }
}

/// <summary>Whether anything passes at all.</summary>
internal static class Reach
{
    public static bool IsShut(UserCase user) =>
        PolicyClauses.IsOn(user.Policy.Value.State) == false || PolicyClauses.IsExcluded(user.Policy.Value, user.Membership) == true
        || user.Evaluator.MaySignIn(user.Membership, new PasskeyTraits(PasskeyTypes.None, null)) == false;
}

/// <summary>The commands that let more in: at the profile that the fewest people have, as far as its targets tell.</summary>
internal static class Widen
{
    public static PasskeyProfile? Narrowest(IEnumerable<PasskeyProfile> profiles) => profiles.Where(p => p.Id is not null).OrderBy(p => p.Target.Any(t => t.Kind is TargetKind.AllUsers)).ThenBy(p => p.Target.Count).FirstOrDefault();

    /// <summary>With attestation, no synced passkey can be let in: then there is no command for it.</summary>
    public static IEnumerable<PasskeyNextStep> Types(IReadOnlyList<PasskeyProfile> profiles)
    {
        if (Narrowest(profiles.Where(p => p.Attestation is PasskeyAttestation.Disabled)) is { } profile) yield return NextSteps.Do($"Or allow both types, for everybody who has '{profile.Name}'.", $"Set-PasskeyProfile -ProfileId {CommandText.Quote(profile.Id!)} -TargetType DeviceBound, Synced");
        else yield return NextSteps.Do("Both types can be allowed only in a profile without attestation, which synced passkeys do not have.");
    }

    /// <param name="aaGuid">The model that was refused; null where the log does not say. Only a profile is named that would let its type be registered.</param>
    public static IEnumerable<PasskeyNextStep> Provider(UserCase user, Guid? aaGuid)
    {
        var type = aaGuid is { } model ? ModelReach.TypeOf(user.Data.Catalog, model) : PasskeyTypes.None;
        var narrowest = Narrowest(user.Profiles.Where(p => p.Restriction is not KeyRestrictionKind.None && (type is PasskeyTypes.None || Permitted.Lets(p, type))));
        if (narrowest is not { } profile) yield break;
        yield return aaGuid is null ? NextSteps.Do($"Or ask which provider it was, and let it in for everybody who has '{profile.Name}', with Set-PasskeyProfile and -AddProvider.")
            : NextSteps.Do($"Or let the provider in, for everybody who has '{profile.Name}'.", $"Set-PasskeyProfile -ProfileId {CommandText.Quote(profile.Id!)} -AddProvider {CommandText.Quote($"{aaGuid}")}");
    }
}

/// <summary>Whether a registration failed, or would, because of its type, its model or attestation (§7.4).</summary>
internal sealed class RegistrationFitCheck() : UserCheck("RegistrationNotAllowed", "The policy lets the user register what they try")
{
    public override CheckResult Evaluate(UserCase user)
    {
        if (!user.Policy.IsRead) return NotChecked(user.Policy.Reason!);
        if (Reach.IsShut(user)) return NotApplicable("No passkey at all passes: see the checks of the policy.");
        var profiles = user.Profiles;
        if (profiles.Count == 0) return NotChecked(user.Groups.Reason ?? "Which profiles reach the user is not known.");
        List<CauseFinding> found = [.. Attestation(user, profiles), .. Provider(user, profiles), .. Type(user, profiles)];
        return found.Count > 0 ? Found([.. found]) : Clear($"{NameLists.And(profiles.Select(p => p.Name))} {(profiles.Count == 1 ? "lets" : "let")} {(Permitted.ByType(user) is { Count: 2 } types && types.All(t => !t.IsListed) ? "any passkey" : Permitted.Words(user))} be registered.");
    }

    private static IEnumerable<CauseFinding> Attestation(UserCase user, IReadOnlyList<PasskeyProfile> profiles)
    {
        var failures = user.Registrations.FailuresBy(RegistrationObstacle.Attestation);
        var isDemanded = profiles.All(p => p.Attestation is PasskeyAttestation.RegistrationOnly);
        if (failures.Count == 0 && !isDemanded) yield break;
        // A profile that wants both lets no synced passkey in.
        yield return new CauseFinding("AttestationRequired", failures.Count > 0 ? isDemanded ? CauseConfidence.Certain : CauseConfidence.Likely : NextSteps.Names(user, "AttestationRequired", Stage.Registration) ? CauseConfidence.Likely : CauseConfidence.Possible, Stage.Registration,
            $"{(profiles.Count == 1 ? $"'{profiles[0].Name}' demands" : "All profiles that reach the user demand")} attestation: synced passkeys and authenticators without it cannot be registered, and Microsoft Authenticator only in the app itself, not by a QR code.")
        {
            Weight = failures.Count > 0 ? Weights.Event + 6 : Weights.Reach + 2,
            Evidence =
            [
                .. profiles.Where(p => p.Attestation is PasskeyAttestation.RegistrationOnly).Select(p => new PasskeyEvidence(EvidenceSource.Policy, $"{p.Name} demands attestation{(p.AttestsSynced ? ", and names synced passkeys, which have none" : "")}.", objectId: p.Id)),
                .. Of(failures),
                .. NextSteps.OfCode(user, "AttestationRequired"),
            ],
            Steps =
            [
                NextSteps.Tell("Register an attested security key, or the passkey in the Microsoft Authenticator app on the phone itself: Add account, Work or school account, Create a passkey."),
                NextSteps.ShowPolicy(user),
            ],
        };
    }

    private static IEnumerable<CauseFinding> Provider(UserCase user, IReadOnlyList<PasskeyProfile> profiles)
    {
        var failures = user.Registrations.FailuresBy(RegistrationObstacle.Provider);
        var types = Permitted.ByType(user);
        var isListed = types.Any(t => t.IsListed);
        var isNamed = NextSteps.Names(user, "ProviderNotAllowed", Stage.Registration);
        // Where one type is free, a list for the other is worth a word to whoever cannot register, and to nobody else.
        if (failures.Count == 0 && !isNamed && !types.All(t => t.IsListed) && !(isListed && user.Symptom is PasskeySymptom.CannotRegister)) yield break;
        if (failures.Count == 0 && !isListed) yield break;
        yield return new CauseFinding("ProviderNotAllowed", failures.Count > 0 ? isListed ? CauseConfidence.Certain : CauseConfidence.Likely : isNamed ? CauseConfidence.Likely : CauseConfidence.Possible, Stage.Registration,
            failures.Count > 0 ? $"The user tried to register a provider that the policy does not let in. It lets in {Permitted.Words(user)}." : $"Not every provider can be registered: {string.Join("; ", types.Select(t => $"{TypeWords.Of(t.Type)} passkeys {(t.Only is null ? "of" : "only of")} {t.Providers}"))}.")
        {
            Weight = failures.Count > 0 ? Weights.Event + 5 : types.All(t => t.IsListed) ? Weights.Reach + 1 : Weights.Circumstance,
            Evidence =
            [
                .. profiles.Where(p => p.Restriction is not KeyRestrictionKind.None).Select(p => new PasskeyEvidence(EvidenceSource.Policy, $"{p.Name}: {p.Allows}", objectId: p.Id)),
                .. Of(failures),
                .. isNamed ? NextSteps.OfCode(user, "ProviderNotAllowed") : [],
            ],
            Steps =
            [
                NextSteps.Tell($"Register {Permitted.Words(user)}."),
                .. failures.Count == 0 ? [] : Widen.Provider(user, failures.Select(f => f.AaGuid).FirstOrDefault(a => a is not null)),
                NextSteps.ShowPolicy(user),
            ],
        };
    }

    private static IEnumerable<CauseFinding> Type(UserCase user, IReadOnlyList<PasskeyProfile> profiles)
    {
        var types = profiles.Aggregate(PasskeyTypes.None, (t, p) => t | p.PasskeyType);
        var isNarrow = types is PasskeyTypes.DeviceBound or PasskeyTypes.Synced && profiles.All(p => p.PasskeyTypeName == p.PasskeyType.ToString());
        // Where no list keeps any provider out, a provider that is "not allowed" is of the other type.
        List<UserAudit> failures = [.. user.Registrations.FailuresBy(RegistrationObstacle.PasskeyType), .. isNarrow && profiles.All(p => p.Restriction is KeyRestrictionKind.None) ? user.Registrations.FailuresBy(RegistrationObstacle.Provider) : []];
        // Without passkey profiles, no synced passkey can be: that is the cause then.
        if ((failures.Count == 0 && !isNarrow) || user.Policy.Value.ProfilesEnrolled is ProfileEnrolment.No) yield break;
        var isTried = user.Registrations.FailuresBy(RegistrationObstacle.NotSaid).Count > 0;
        var confidence = failures.Count > 0 ? isNarrow ? CauseConfidence.Certain : CauseConfidence.Likely : isTried || NextSteps.Names(user, "PasskeyTypeNotAllowed", Stage.Registration) ? CauseConfidence.Likely : CauseConfidence.Possible;
        yield return new CauseFinding("PasskeyTypeNotAllowed", confidence, Stage.Registration,
            $"Only {TypeWords.Of(types)} passkeys can be registered here{(types is PasskeyTypes.DeviceBound ? ": none of Apple Passwords, Google Password Manager or another provider that syncs" : ": no security key, and none in Microsoft Authenticator")}.")
        {
            Weight = failures.Count > 0 ? Weights.Event + 5 : Weights.Reach,
            Evidence =
            [
                .. profiles.Select(p => new PasskeyEvidence(EvidenceSource.Policy, $"{p.Name} allows {p.PasskeyTypeName} passkeys.", objectId: p.Id)),
                .. Of(failures.Count > 0 ? failures : user.Registrations.FailuresBy(RegistrationObstacle.NotSaid)),
                .. NextSteps.Names(user, "PasskeyTypeNotAllowed", Stage.Registration) ? NextSteps.OfCode(user, "PasskeyTypeNotAllowed") : [],
            ],
            Steps =
            [
                NextSteps.Tell($"Register {Permitted.Words(user)}."),
                .. confidence is CauseConfidence.Possible ? [] : Widen.Types(profiles),
                NextSteps.ShowPolicy(user),
            ],
        };
    }

    private static IEnumerable<PasskeyEvidence> Of(IReadOnlyList<UserAudit> failures) => failures.Take(1).Select(f => NextSteps.Evidence(f, $"a registration failed{(failures.Count > 1 ? $", the last of {failures.Count}" : "")}"));
}
