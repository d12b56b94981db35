using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Access;

namespace PasskeyAdmin.Troubleshooting;

/// <summary>What authentication strengths demand of the user when they sign in.</summary>
internal sealed class StrengthCheck() : UserCheck("NoMethodForStrength", "The user has what authentication strengths demand")
{
    public override CheckResult Evaluate(UserCase user)
    {
        if (!user.Access.IsRead) return NotChecked(user.Access.Reason!);
        if (!user.Methods.IsRead) return NotChecked(user.Methods.Reason!);
        var found = new List<CauseFinding>();
        var open = new List<string>();
        foreach (var policy in user.Access.Value.Policies.Where(p => p.DemandsAlways))
        {
            var failures = user.Story.Open.Where(s => s.Failed.Any(f => f.Id == policy.Id)).ToList();
            var strength = user.Access.Value.StrengthOf(policy);
            var isFor = failures.Count > 0 ? true : user.IsFor(policy);
            if (isFor == false) continue;
            if (isFor is null || strength is null) open.Add(strength is null ? $"What '{policy.Shown}' demands is not known." : $"Whether '{policy.Shown}' is for the user is not known.");
            else if (Hello(user, policy, strength, failures) is { } hello) found.Add(hello);
            else if (user.Fulfils(strength) is not { } fulfils) open.Add($"Whether the user has what '{policy.Shown}' demands is not known.");
            else if (!fulfils) found.Add(Missing(user, policy, strength, failures));
        }
        return found.Count > 0 ? Found([.. found]) : open.Count > 0 ? NotChecked(open[0]) : Clear("Nothing is demanded that the user does not have.");
    }

    /// <summary>Who signed in with Windows Hello is not offered another method on the way (reference/adoption-and-troubleshooting.md §3 [D]).</summary>
    private static CauseFinding? Hello(UserCase user, ConditionalAccessPolicy policy, AuthenticationStrength strength, IReadOnlyList<UserSignIn> failures)
    {
        var signIns = failures.Where(f => f.TriedWindowsHello).ToList();
        if (strength.TakesWindowsHello || signIns.Count == 0) return null;
        return new CauseFinding("WindowsHelloNotAccepted", CauseConfidence.Certain, Stage.SignIn, $"The user signed in with Windows Hello, and '{policy.Shown}' demands {strength.Shown}, which does not take it.")
        {
            Weight = Weights.Event + 7,
            RestsOn = signIns[0].At,
            Evidence = [Of(policy, strength), .. NextSteps.Evidence(signIns), .. NextSteps.OfCode(user, "WindowsHelloNotAccepted")],
            Steps =
            [
                NextSteps.Tell("Sign out and, at sign-in, choose the security key or passkey from the start."),
                NextSteps.Do("Or let Windows Hello for Business into the strength.", $"Get-PasskeyAuthenticationStrength -Id {CommandText.Quote(strength.Id)}"),
            ],
        };
    }

    private static CauseFinding Missing(UserCase user, ConditionalAccessPolicy policy, AuthenticationStrength strength, IReadOnlyList<UserSignIn> failures)
    {
        // What the strength does not take is refused, whatever the policy says of it.
        var usable = user.Passkeys.Where(p => user.IsUsable(p) != false).ToList();
        var isRefused = usable.Count > 0 && strength.TakesPasskeys;
        var isSometimes = policy.IsForSomeSurroundings;
        // Who got in since the policy became what it is does not meet it everywhere.
        var isEverywhere = policy.IsForAllApplications && !isSometimes && !policy.HasApplicationFilter && !HasWorkedSince(user, policy);
        var confidence = failures.Count > 0 || (isEverywhere && policy.ExcludeApplications.Count == 0) ? CauseConfidence.Certain : isSometimes ? CauseConfidence.Possible : CauseConfidence.Likely;
        // What demands something of a single application is not why somebody cannot sign in at all, unless the log says so.
        var isElsewhere = failures.Count == 0 && !policy.IsForAllApplications && user.Story.Open.All(s => s.ApplicationId is null || policy.IsForApplication(s.ApplicationId) != true);
        if (isElsewhere) confidence = CauseConfidence.Possible;
        var weight = failures.Count > 0 ? Weights.Event + 6 : isElsewhere && user.Story.Open.Count > 0 ? Weights.Circumstance : Weights.Reach;
        var where = policy.IsForAllApplications ? "everywhere" : "for some applications";
        return isRefused
            ? new CauseFinding("StrengthRefusesPasskey", confidence, Stage.SignIn, $"'{policy.Shown}' demands {strength.Shown} {where}, whose list of models leaves the user's passkey out: {NameLists.And(usable.Select(user.NameOf).Take(3))}.")
            {
                Weight = weight,
                Evidence =
                [
                    Of(policy, strength),
                    .. usable.Take(3).Select(p => new PasskeyEvidence(EvidenceSource.Registration, $"{user.NameOf(p)} is registered{(user.IsUsable(p) == true ? " and allowed" : "")}, and not in the list.", objectId: p.Id)),
                    .. NextSteps.Evidence(failures),
                    .. NextSteps.OfCode(user, "StrengthRefusesPasskey"),
                ],
                Steps =
                [
                    NextSteps.Do("See what the strength takes, and let the model in there.", $"Get-PasskeyAuthenticationStrength -Id {CommandText.Quote(strength.Id)}"),
                    NextSteps.Register($"a passkey of {Models(user, strength)}"),
                ],
            }
            : new CauseFinding("NoMethodForStrength", confidence, Stage.SignIn, $"'{policy.Shown}' demands {strength.Shown} {where}, and the user has nothing that fulfils it.")
            {
                Weight = weight,
                Evidence =
                [
                    Of(policy, strength),
                    new PasskeyEvidence(EvidenceSource.Registration, user.Passkeys.Count == 0 ? "No passkey is registered." : usable.Count > 0 ? $"{strength.Shown} takes no passkeys, which is what the user has." : $"No passkey that is registered works: {NameLists.And(user.Passkeys.Select(user.NameOf).Take(3))}."),
                    .. NextSteps.Evidence(failures),
                    .. NextSteps.OfCode(user, "NoMethodForStrength"),
                ],
                Steps =
                [
                    .. policy.IsForApplication(ConditionalAccessPolicy.SecurityInformation) == true && !strength.TakesPass ? [NextSteps.Do("The policy demands it for the registration as well, and takes no Temporary Access Pass: leave the user out of it until a passkey is registered, or let the strength take a pass.", $"Get-PasskeyAuthenticationStrength -Id {CommandText.Quote(strength.Id)}")] : Array.Empty<PasskeyNextStep>(),
                    .. strength.TakesPasskeys ? [NextSteps.Pass(user, "First method for an authentication strength"), NextSteps.Tell($"You need {Permitted.Words(user)} for this. I will help you to register one.")] : new[] { NextSteps.Do("See what the strength takes.", $"Get-PasskeyAuthenticationStrength -Id {CommandText.Quote(strength.Id)}"), NextSteps.Tell("A passkey is not what this asks for. I will find out what it takes.") },
                ],
            };
    }

    /// <summary>Whether the user got in anywhere since a policy was changed last; where that is not known, at all.</summary>
    public static bool HasWorkedSince(UserCase user, ConditionalAccessPolicy policy) => user.Story.All.Any(s => s.IsSuccess && !(s.At <= policy.ChangedAt));

    private static string Models(UserCase user, AuthenticationStrength strength) => strength.AaGuids is { } models ? NameLists.Or(models.Select(m => user.Data.Catalog.Find(m).Name).Distinct().Take(4)) : "any model";

    private static PasskeyEvidence Of(ConditionalAccessPolicy policy, AuthenticationStrength strength) => new(EvidenceSource.ConditionalAccess, $"{policy.Shown} is enabled and for this user; {strength.Shown} takes {NameLists.Or(strength.Combinations.Take(5))}.", objectId: policy.Id);
}

/// <summary>A strength and the profiles with no model in common: "Next" leads nowhere (reference/adoption-and-troubleshooting.md §3, §4 [C]).</summary>
internal sealed class StrengthAgreesCheck() : UserCheck("StrengthAndPolicyDisagree", "What strengths demand can be registered")
{
    public override CheckResult Evaluate(UserCase user)
    {
        if (!user.Access.IsRead) return NotChecked(user.Access.Reason!);
        if (!user.Policy.IsRead) return NotChecked(user.Policy.Reason!);
        if (Reach.IsShut(user)) return NotApplicable("No passkey at all can be registered: see the checks of the policy.");
        string? open = null;
        foreach (var policy in user.Access.Value.Policies.Where(p => p.DemandsAlways && user.IsFor(p) != false))
        {
            if (user.IsFor(policy) is null || user.Access.Value.StrengthOf(policy) is null)
            {
                open ??= $"Whether '{policy.Shown}' is for the user, and what it demands, is not known.";
                continue;
            }
            if (user.Access.Value.StrengthOf(policy) is not { TakesPasskeys: true, AaGuids: { Count: > 0 } models, HasUnreadableAaGuids: false } strength) continue;
            var answers = models.Select(m => user.Evaluator.MayRegister(user.Membership, new Users.PasskeyTraits(Users.ModelReach.TypeOf(user.Data.Catalog, m), m), isAttested: true)).ToList();
            if (answers.Any(a => a != false)) continue;
            var others = strength.Combinations.Any(c => c != "fido2");
            return Found(new CauseFinding(Id, NextSteps.Names(user, Id) || !others ? CauseConfidence.Likely : CauseConfidence.Possible, Stage.Both, $"'{policy.Shown}' demands {strength.Shown}, and no profile of the user lets any of its models be registered: \"Next\" does nothing.")
            {
                Weight = Weights.Reach + 5,
                Evidence =
                [
                    new PasskeyEvidence(EvidenceSource.ConditionalAccess, $"{strength.Shown} takes {NameLists.Or(models.Select(m => user.Data.Catalog.Find(m).Name).Distinct().Take(4))}.", objectId: strength.Id),
                    .. user.Profiles.Select(p => new PasskeyEvidence(EvidenceSource.Policy, $"{p.Name}: {p.PasskeyTypeName}, {p.Allows}", objectId: p.Id)),
                    .. NextSteps.OfCode(user, Id),
                ],
                Steps =
                [
                    NextSteps.Do("Let the strength and the profiles agree.", "Test-PasskeyPolicy -RuleId PK301"),
                    NextSteps.Tell("You have done nothing wrong: two settings of ours contradict each other."),
                ],
            });
        }
        return open is null ? Clear("It can, as far as anything is demanded.") : NotChecked(open);
    }
}

/// <summary>Policies that block, by what the log says of this user.</summary>
internal sealed class BlockedCheck() : UserCheck("BlockedByConditionalAccess", "Conditional Access lets the user in")
{
    public override CheckResult Evaluate(UserCase user)
    {
        if (!user.SignIns.IsRead && !NextSteps.Names(user, Id)) return NotChecked(user.SignIns.Reason!);
        var found = new List<CauseFinding>();
        var blocked = user.Story.OpenWith(53003, 530032).Where(s => s.ApplicationId != ConditionalAccessPolicy.SecurityInformation && !IsExplained(user, s)).ToList();
        if (blocked.Count > 0 || user.Code?.Code is "53003" or "530032") found.Add(Blocked(user, blocked));
        var devices = user.Story.OpenWith(53000, 53001).Where(s => s.ApplicationId != ConditionalAccessPolicy.SecurityInformation).ToList();
        if (devices.Count > 0 || user.Code?.Code is "53000" or "53001") found.Add(Device(user, devices));
        var applications = user.Story.OpenWith(53002);
        if (applications.Count > 0 || NextSteps.Names(user, "AppNotApproved")) found.Add(Application(user, applications));
        if (found.Count == 0 && AlwaysBlocked(user) is { } always) found.Add(always);
        return found.Count > 0 ? Found([.. found]) : Clear("The log has no block that is still open.");
    }

    /// <summary>Whether all that it failed are demands for a strength, which have a check of their own.</summary>
    private static bool IsExplained(UserCase user, UserSignIn signIn) =>
        user.Access.IsRead && user.Methods.IsRead && signIn.Failed.Count > 0 && signIn.Failed.All(f => user.Access.Value.Policies.Any(p => p.Id == f.Id && p.DemandsAlways && user.Access.Value.StrengthOf(p) is { } strength && (user.Fulfils(strength) == false || (signIn.TriedWindowsHello && !strength.TakesWindowsHello))));

    private static CauseFinding Blocked(UserCase user, IReadOnlyList<UserSignIn> failures)
    {
        var names = failures.SelectMany(f => f.Failed).Select(p => $"'{p.Name}'").Distinct().ToList();
        var policies = user.Access.IsRead ? user.Access.Value.Policies.Where(p => failures.Any(f => f.Failed.Any(x => x.Id == p.Id))).ToList() : [];
        return new CauseFinding("BlockedByConditionalAccess", failures.Count > 0 ? CauseConfidence.Certain : CauseConfidence.Likely, Stage.SignIn, names.Count > 0 ? $"{NameLists.And(names)} blocked the sign-in{Condition(policies)}." : failures.Count > 0 ? "Conditional Access blocked the sign-in; the log does not say which policy." : "The code says that Conditional Access blocked the sign-in; the log does not tell by which policy.")
        {
            Weight = Weights.Event + 4,
            RestsOn = NextSteps.DateOf(failures),
            Evidence =
            [
                .. NextSteps.EvidenceOrGap(user, failures),
                .. policies.Select(p => new PasskeyEvidence(EvidenceSource.ConditionalAccess, $"{DisplayText.Excerpt(p.Name, 80)}: {(p.Blocks ? "blocks" : $"demands {NameLists.Or(p.Controls.DefaultIfEmpty("an authentication strength"))}")}{Condition([p])}", objectId: p.Id)),
                .. NextSteps.OfCode(user, "BlockedByConditionalAccess"),
            ],
            Steps =
            [
                failures.Count > 0 ? NextSteps.Do("See in the sign-in which condition was met, and whether the policy means this user.") : NextSteps.Do("Ask when and where it was, and look again when the log has it."),
                NextSteps.Tell($"{(user.HasUsablePasskey == true && failures.Count > 0 ? "The passkey is all right; a" : "A")} rule of the company blocks this sign-in. Are you at another place, or at another device, than usual?"),
            ],
        };
    }

    private static string Condition(IReadOnlyList<ConditionalAccessPolicy> policies)
    {
        string?[] conditions = [policies.Any(p => p.IsForSomeLocations) ? "the place" : null, policies.Any(p => p.IsAboutRisk) ? "the risk" : null, policies.Any(p => p.IsForSomePlatforms) ? "the platform" : null, policies.Any(p => p.HasDeviceFilter) ? "the device" : null, policies.Any(p => p.IsForSomeClients) ? "the kind of application" : null];
        return conditions.OfType<string>().ToList() is { Count: > 0 } names ? $", by {NameLists.Or(names)}" : "";
    }

    private static CauseFinding Device(UserCase user, IReadOnlyList<UserSignIn> failures) => new("DeviceNotCompliant", failures.Count > 0 ? CauseConfidence.Certain : CauseConfidence.Likely, Stage.SignIn, $"A policy demands a compliant or joined device, and this one is not{(failures.SelectMany(f => f.Failed).Select(p => $"'{p.Name}'").Distinct().ToList() is { Count: > 0 } names ? $" ({NameLists.And(names)})" : "")}.")
    {
        Weight = Weights.Event + 4,
        RestsOn = NextSteps.DateOf(failures),
        Evidence = [.. NextSteps.EvidenceOrGap(user, failures), .. NextSteps.OfCode(user, "DeviceNotCompliant")],
        Steps = [NextSteps.Tell("Open Company Portal on the device and let it check; it says what is missing."), NextSteps.Tell("Meanwhile, use a computer of the company.")],
    };

    private static CauseFinding Application(UserCase user, IReadOnlyList<UserSignIn> failures) => new("AppNotApproved", failures.Count > 0 ? CauseConfidence.Certain : CauseConfidence.Likely, Stage.Both, "A policy demands an approved or protected application, and this is none.")
    {
        Weight = Weights.Event + 3,
        RestsOn = NextSteps.DateOf(failures),
        Evidence = [.. NextSteps.EvidenceOrGap(user, failures), .. NextSteps.OfCode(user, "AppNotApproved")],
        Steps = [NextSteps.Tell("Use the application that the company provides, such as Outlook or Edge.")],
    };

    private static CauseFinding? AlwaysBlocked(UserCase user)
    {
        if (!user.Access.IsRead) return null;
        var policy = user.Access.Value.Policies.FirstOrDefault(p => p.IsEnabled && p.Blocks && p.IsForAllApplications && !p.HasApplicationFilter && p.ExcludeApplications.Count == 0 && p.IsForUsualSignIns && !p.IsForSomeSurroundings && user.IsFor(p) == true);
        return policy is null ? null : new CauseFinding("BlockedByConditionalAccess", StrengthCheck.HasWorkedSince(user, policy) ? CauseConfidence.Possible : CauseConfidence.Certain, Stage.Both, StrengthCheck.HasWorkedSince(user, policy) ? $"'{policy.Shown}' is to block every sign-in of this user, and one has worked since it was changed." : $"'{policy.Shown}' blocks every sign-in of this user.")
        {
            Weight = Weights.Gate,
            Evidence = [new PasskeyEvidence(EvidenceSource.ConditionalAccess, $"{policy.Shown} is enabled, blocks all resources without a condition, and is for this user.", objectId: policy.Id)],
            Steps = [NextSteps.Do("Find out why the policy means this user.")],
        };
    }
}
