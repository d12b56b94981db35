using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Troubleshooting;

internal sealed class MethodEnabledCheck() : UserCheck("MethodDisabled", "Passkeys are switched on in the tenant")
{
    public override CheckResult Evaluate(UserCase user)
    {
        if (!user.Policy.IsRead) return NotChecked(user.Policy.Reason!);
        if (user.Policy.Value.State is PolicyState.Enabled) return Clear("They are.");
        if (user.Policy.Value.State is PolicyState.Unknown) return NotChecked("The state of the policy is one that this version does not know.");
        var change = user.ChangeOf(c => c.Before.State is PolicyState.Enabled && c.After.State is PolicyState.Disabled);
        return Found(new CauseFinding(Id, CauseConfidence.Certain, Stage.Both, "Passkeys are switched off in this tenant, for everybody.")
        {
            Weight = Weights.Shut + 6,
            Evidence =
            [
                new PasskeyEvidence(EvidenceSource.Policy, "The state of the passkey method is Disabled."),
                .. NextSteps.Evidence(change),
                .. NextSteps.Evidence(user.Story.OpenWith(135016)),
                .. NextSteps.OfCode(user, Id),
            ],
            Steps =
            [
                .. WaysBack.Undo(change),
                NextSteps.Do("Switch them on again, if that was a mistake.", "Set-PasskeyPolicy -State Enabled"),
                NextSteps.Tell("Passkeys are switched off at the moment. Please sign in with another method."),
            ],
        });
    }
}

internal sealed class ExcludedCheck() : UserCheck("UserExcluded", "No exclusion shuts the user out")
{
    public override CheckResult Evaluate(UserCase user)
    {
        if (!user.Policy.IsRead) return NotChecked(user.Policy.Reason!);
        var membership = user.Membership;
        var hits = user.Policy.Value.Exclusion.Where(e => PolicyClauses.Means(e.Kind, e.Status, e.Id, membership) == true).ToList();
        if (hits.Count == 0)
        {
            return PolicyClauses.IsExcluded(user.Policy.Value, membership) is null
                ? NotChecked(user.Groups.IsRead ? "Who is excluded is not known." : $"Whether the user is in an excluded group is not known. {user.Groups.Reason}") : Clear("None does.");
        }
        var added = hits.SelectMany(h => Memberships.Changes(user, h.Id, "Add member")).FirstOrDefault();
        var change = user.ChangeOf(c => PolicyClauses.IsExcluded(c.Before, membership) == false && PolicyClauses.IsExcluded(c.After, membership) == true);
        var name = NameLists.And(hits.Select(h => h.DisplayName));
        return Found(new CauseFinding(Id, CauseConfidence.Certain, Stage.Both, $"The user is in {name}, which is excluded from passkeys: that wins over every profile, also at sign-in.")
        {
            Weight = Weights.Shut + 5,
            Evidence =
            [
                .. hits.Select(h => new PasskeyEvidence(EvidenceSource.Policy, $"The policy excludes {h.DisplayName}, and the user is in it.", objectId: h.Id)),
                .. added is null ? [] : new[] { NextSteps.Evidence(added, $"added the user to {name}") }, .. NextSteps.Evidence(change),
                .. NextSteps.Evidence(user.Story.OpenWith(135016)), .. NextSteps.OfCode(user, Id),
            ],
            Steps =
            [
                .. WaysBack.Undo(change),
                NextSteps.ShowPolicy(user),
                NextSteps.Do($"Take the user out of {name} in the directory, if nothing else needs them there."),
                NextSteps.Do("Or take the exclusion back, for everybody in it.", $"Set-PasskeyPolicy -RemoveExcludedGroup {CommandText.Quote(hits[0].Id)}"),
                NextSteps.Tell("Passkeys are not meant for your account as it is set up. I will ask whether that is right."),
            ],
        });
    }
}

internal sealed class TargetedCheck() : UserCheck("UserNotTargeted", "A target of the policy reaches the user")
{
    public override CheckResult Evaluate(UserCase user)
    {
        if (!user.Policy.IsRead) return NotChecked(user.Policy.Reason!);
        var (policy, membership) = (user.Policy.Value, user.Membership);
        var reached = policy.Target.Where(t => PolicyClauses.Means(t.Kind, t.Status, t.Id, membership) == true).ToList();
        if (reached.Count > 0) return Clear($"{NameLists.And(reached.Select(t => t.DisplayName))} {(reached.Count == 1 ? "does" : "do")}.");
        if (!policy.AreTargetsKnown || policy.Target.Any(t => PolicyClauses.Means(t.Kind, t.Status, t.Id, membership) is null)) return NotChecked(user.Groups.Reason ?? "Whom the policy targets is not known.");
        var left = policy.Target.SelectMany(t => Memberships.Changes(user, t.Id, "Remove member").Select(a => (Target: t, Audit: a))).OrderByDescending(l => l.Audit.At).FirstOrDefault();
        var change = user.ChangeOf(c => user.ReachedBy(c.Before).Count > 0 && user.ReachedBy(c.After).Count == 0);
        return Found(new CauseFinding(Id, CauseConfidence.Certain, Stage.Both, "No target of the passkey policy reaches the user: passkeys are not enabled for this account.")
        {
            Weight = Weights.Shut + 4,
            Evidence =
            [
                new PasskeyEvidence(EvidenceSource.Policy, policy.Target.Count == 0 ? "The policy has no targets." : $"The user is in none of {NameLists.Or(policy.Target.Select(t => t.DisplayName).Take(8))}."),
                .. left.Audit is null ? [] : new[] { NextSteps.Evidence(left.Audit, $"took the user out of {left.Target.DisplayName}") }, .. NextSteps.Evidence(change),
                .. NextSteps.Evidence(user.Story.OpenWith(135016)), .. NextSteps.OfCode(user, Id),
            ],
            Steps =
            [
                .. WaysBack.Undo(change),
                NextSteps.Do("Add the user to a group that the policy targets, or target one that the user is in.", "Get-PasskeyProfileTarget"),
                NextSteps.Tell("Passkeys are not switched on for your account yet."),
            ],
        });
    }
}

/// <summary>What profiles let in, whatever passkey it is.</summary>
internal sealed class UsableProfileCheck() : UserCheck("NoUsableProfile", "A profile of the user lets some passkey in")
{
    public override CheckResult Evaluate(UserCase user)
    {
        if (!user.Policy.IsRead) return NotChecked(user.Policy.Reason!);
        var membership = user.Membership;
        var reached = user.Policy.Value.Target.Where(t => PolicyClauses.Means(t.Kind, t.Status, t.Id, membership) == true).ToList();
        var isOpen = user.Policy.Value.Target.Any(t => PolicyClauses.Means(t.Kind, t.Status, t.Id, membership) is null) || reached.Any(t => user.Evaluator.ProfilesOf(t).Contains(null));
        if (reached.Count == 0 && !isOpen) return NotApplicable("No target reaches the user: see there.");
        var profiles = user.Profiles;
        if (profiles.Any(p => !p.IsShut && p.PasskeyTypeName != nameof(Providers.PasskeyTypes.None)) || isOpen) return isOpen && profiles.Count == 0 ? NotChecked("Which profiles reach the user is not known.") : Clear("One does.");
        var words = profiles.Count == 0 ? $"{NameLists.And(reached.Select(t => t.DisplayName))} has no profile" : NameLists.And(profiles.Select(p => p.IsShut ? $"{p.Name} has an empty list of allowed models" : $"{p.Name} allows no passkey type"));
        return Found(new CauseFinding(Id, CauseConfidence.Certain, Stage.Both, $"Nothing can pass: {words}.")
        {
            Weight = Weights.Shut + 3,
            Evidence =
            [
                .. profiles.Select(p => new PasskeyEvidence(EvidenceSource.Policy, $"{p.Name}: {p.PasskeyTypeName}, {p.Allows}", objectId: p.Id)),
                .. NextSteps.Evidence(user.Story.OpenWith(135016)),
                .. NextSteps.OfCode(user, Id),
            ],
            Steps =
            [
                .. profiles.Where(p => p.IsShut).Select(p => NextSteps.Do($"Let the models in that {p.Name} is meant for (Set-PasskeyProfile -AllowProvider).")).Take(1),
                NextSteps.ShowPolicy(user),
            ],
        });
    }
}

internal sealed class SelfServiceCheck() : UserCheck("SelfServiceOff", "Users may register passkeys themselves")
{
    public override CheckResult Evaluate(UserCase user)
    {
        if (!user.Policy.IsRead) return NotChecked(user.Policy.Reason!);
        if (user.Policy.Value.SelfServiceRegistration is null) return NotChecked("Microsoft Graph does not say whether they may.");
        if (user.Policy.Value.SelfServiceRegistration == true) return Clear("They may.");
        var change = user.ChangeOf(c => c.Before.SelfServiceRegistration == true && c.After.SelfServiceRegistration == false);
        return Found(new CauseFinding(Id, CauseConfidence.Certain, Stage.Registration, "Self-service registration is off: nobody in this tenant can register a passkey.")
        {
            Weight = Weights.Shut + 2,
            Evidence = [new PasskeyEvidence(EvidenceSource.Policy, "Allow self-service set up is off."), .. NextSteps.Evidence(change)],
            Steps =
            [
                .. WaysBack.Undo(change),
                NextSteps.Do("Switch it on.", "Set-PasskeyPolicy -SelfServiceRegistration $true"),
                NextSteps.Tell("Passkeys cannot be registered at the moment. That is not your device."),
            ],
        });
    }
}

/// <summary>Synced passkeys need passkey profiles (seed, "Requirements"; reference/graph-passkey-policy.md §3).</summary>
internal sealed class EnrolledCheck() : UserCheck("ProfilesNotEnrolled", "The tenant has passkey profiles")
{
    public override CheckResult Evaluate(UserCase user)
    {
        if (!user.Policy.IsRead) return NotChecked(user.Policy.Reason!);
        if (user.Policy.Value.ProfilesEnrolled is ProfileEnrolment.Yes) return Clear("It has.");
        var failures = user.Registrations.FailuresBy(RegistrationObstacle.PasskeyType).Concat(user.Registrations.FailuresBy(RegistrationObstacle.Provider)).OrderByDescending(f => f.At).ToList();
        return Found(new CauseFinding(Id, failures.Count > 0 ? CauseConfidence.Certain : CauseConfidence.Likely, Stage.Registration, "The tenant is not enrolled in passkey profiles, so that a synced passkey (Apple Passwords, Google Password Manager and others) cannot be registered; security keys and Microsoft Authenticator can.")
        {
            Weight = failures.Count > 0 ? Weights.Event + 6 : Weights.Reach + 6,
            Evidence = [new PasskeyEvidence(EvidenceSource.Policy, "The policy has no passkey profiles."), .. failures.Take(1).Select(f => NextSteps.Evidence(f, "a registration failed"))],
            Steps = [NextSteps.Do("See what enrolment takes; it is one-way.", "Test-PasskeyPrerequisite"), NextSteps.Tell("Register a security key, or a passkey in Microsoft Authenticator.")],
        });
    }
}

/// <summary>What the audit log says of the groups that the user came into or left.</summary>
internal static class Memberships
{
    public static IEnumerable<UserAudit> Changes(UserCase user, string groupId, string activity) =>
        user.Audits.IsRead ? user.Audits.Value.Where(a => !a.IsFailure && a.Begins(activity) && groupId.Equals(a.GroupId, System.StringComparison.OrdinalIgnoreCase)) : [];
}

/// <summary>The way back from a change that is in the journal.</summary>
internal static class WaysBack
{
    public static IEnumerable<PasskeyNextStep> Undo(SeenPolicyChange? change)
    {
        if (change?.ChangeId is { } id) yield return NextSteps.Do("Take the change back.", $"Undo-PasskeyPolicyChange {CommandText.Quote(id)}");
    }
}
