using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Access;

namespace PasskeyAdmin.Troubleshooting;

/// <summary>What keeps the user from the page on which methods are registered (reference/adoption-and-troubleshooting.md §3 and "order of checks" 7).</summary>
internal sealed class RegistrationAccessCheck() : UserCheck("RegistrationBlockedByConditionalAccess", "Conditional Access lets the user register")
{
    private static readonly string[] DeviceControls = ["compliantDevice", "domainJoinedDevice"];
    private static readonly string[] ApplicationControls = ["approvedApplication", "compliantApplication"];

    public override CheckResult Evaluate(UserCase user)
    {
        var failures = user.Story.OpenWith(53000, 53001, 53003, 530032).Where(s => s.ApplicationId == ConditionalAccessPolicy.SecurityInformation).ToList();
        var told = user.Registrations.FailuresBy(RegistrationObstacle.ConditionalAccess);
        if (!user.Access.IsRead) return failures.Count > 0 || told.Count > 0 ? Found(OfLog(user, failures, told)) : NotChecked(user.Access.Reason!);
        var found = new List<CauseFinding>();
        var open = new List<string>();
        var isExplained = false;
        foreach (var policy in user.Access.Value.Policies.Where(p => p.IsEnabled && p.IsOnTheWayToRegistration != false).OrderBy(p => !p.IsForRegistration))
        {
            var isNamed = failures.Any(f => f.Failed.Any(p => p.Id == policy.Id));
            if (!isNamed && policy.IsOnTheWayToRegistration is null)
            {
                if (user.IsFor(policy) != false && Obstacle(user, policy, isNamed, failures) is not null) open.Add($"Whether '{policy.Shown}' is about the page of registration is not known.");
            }
            // A pass that is used up or over is what the user lacks then: see there.
            else if (LacksPass(user, policy)) isExplained = true;
            else if (user.IsFor(policy) is not { } isFor) open.Add($"Whether '{policy.Shown}' is for the user is not known.");
            else if (isFor && !isNamed && policy.DemandsAlways && (user.Access.Value.StrengthOf(policy) is not { } demanded || user.Fulfils(demanded) is null)) open.Add($"Whether the user has what '{policy.Shown}' demands is not known.");
            else if ((isFor || isNamed) && Obstacle(user, policy, isNamed, failures) is { } obstacle) found.Add(obstacle);
        }
        if (found.Count == 0 && !isExplained && (failures.Count > 0 || told.Count > 0)) found.Add(OfLog(user, failures, told));
        return found.Count > 0 ? Found([.. found.GroupBy(f => f.CauseId).Select(Joined).OrderByDescending(f => f.Confidence)]) : open.Count > 0 ? NotChecked(open[0]) : Clear("It does.");
    }

    /// <summary>Several policies in the way are one cause; that which is about the registration itself is told first.</summary>
    private static CauseFinding Joined(IEnumerable<CauseFinding> same)
    {
        var all = same.ToList();
        return all[0] with { Summary = string.Join(" ", all.Select(f => f.Summary)), Confidence = all.Max(f => f.Confidence), Weight = all.Max(f => f.Weight), Evidence = [.. all.SelectMany(f => f.Evidence).GroupBy(e => (e.Text, e.At)).Select(g => g.First())] };
    }

    /// <summary>Whether a policy takes a Temporary Access Pass, and the user has one that cannot be used, and nothing else that the policy takes.</summary>
    public static bool LacksPass(UserCase user, ConditionalAccessPolicy policy) =>
        policy.DemandsAlways && policy.IsOnTheWayToRegistration == true && user.IsFor(policy) == true && user.Access.Value.StrengthOf(policy) is { TakesPass: true } strength && user.Methods.IsRead && user.Methods.Value.Pass is { IsUsable: false } && user.Fulfils(strength) == false;

    private static CauseFinding? Obstacle(UserCase user, ConditionalAccessPolicy policy, bool isNamed, IReadOnlyList<UserSignIn> failures)
    {
        var strength = user.Access.Value.StrengthOf(policy);
        if (policy.DemandsAlways && strength is not null && user.Fulfils(strength) == false) return Loop(user, policy, strength, isNamed, failures);
        var needsDevice = policy.Controls.Any(DeviceControls.Contains) && (!policy.IsAnyEnough || policy.Controls.All(c => DeviceControls.Contains(c) || ApplicationControls.Contains(c)));
        var needsApplication = policy.Controls.Any(ApplicationControls.Contains) && (!policy.IsAnyEnough || policy.Controls.All(c => DeviceControls.Contains(c) || ApplicationControls.Contains(c)));
        if (!policy.IsForUsualSignIns) return isNamed ? Blocked(user, policy, CauseConfidence.Certain, failures, "blocks this registration under its conditions") : null;
        if (policy.Blocks)
        {
            var isAlways = !policy.IsForSomeSurroundings;
            return policy.IsForRegistration || isNamed ? Blocked(user, policy, isNamed || isAlways ? CauseConfidence.Certain : CauseConfidence.Possible, failures, isAlways ? "blocks the registration of security information" : "blocks the registration of security information under some conditions (places, platforms or devices)") : null;
        }
        if (needsDevice)
        {
            var hasCompliant = HasDevice(user, policy);
            if (!isNamed && hasCompliant == true) return null;
            if (!isNamed && !policy.IsForRegistration && hasCompliant is null) return null;
            return Blocked(user, policy, isNamed ? CauseConfidence.Certain : hasCompliant == false && !policy.IsForSomeLocations ? CauseConfidence.Likely : CauseConfidence.Possible, failures, $"demands a compliant or joined device{(policy.IsForSomeLocations ? ", at some places" : "")}{(hasCompliant == false ? ", and the user has none" : "")}");
        }
        if (needsApplication)
        {
            return new CauseFinding("AppNotApproved", isNamed ? CauseConfidence.Certain : CauseConfidence.Possible, Stage.Registration, $"'{policy.Shown}' demands an approved or protected application, which keeps people from registering a passkey in Microsoft Authenticator.")
            {
                Weight = isNamed ? Weights.Event : Weights.Circumstance,
                Evidence = [Of(policy, $"It demands {string.Join(", ", policy.Controls)}."), .. NextSteps.Evidence(failures)],
                Steps = [NextSteps.Do("Leave the registration out of that policy."), NextSteps.Tell("Register at a computer in the browser meanwhile, or with a security key.")],
            };
        }
        return isNamed ? Blocked(user, policy, CauseConfidence.Certain, failures, "was not satisfied") : null;
    }

    /// <summary>Whether a device of the user gives what is demanded; null where that is not known.</summary>
    private static bool? HasDevice(UserCase user, ConditionalAccessPolicy policy)
    {
        if (!user.Devices.IsRead || user.Devices.Value.Count == 0) return null;
        bool? any = false;
        foreach (var device in user.Devices.Value)
        {
            if (policy.Controls.Contains("compliantDevice")) any |= device.IsCompliant;
            if (policy.Controls.Contains("domainJoinedDevice")) any |= device.TrustType is null ? null : device.TrustType is "ServerAd";
        }
        return any;
    }

    private static CauseFinding Loop(UserCase user, ConditionalAccessPolicy policy, AuthenticationStrength strength, bool isNamed, IReadOnlyList<UserSignIn> failures)
    {
        var isSometimes = policy.IsForSomeSurroundings;
        var canPass = strength.TakesPass && user.MayHavePass != false;
        return new CauseFinding("RegistrationLoop", isNamed || !isSometimes ? canPass && !isNamed ? CauseConfidence.Likely : CauseConfidence.Certain : CauseConfidence.Possible, Stage.Registration,
            $"'{policy.Shown}' demands {strength.Shown} also for the registration, and the user has nothing yet that fulfils it{(canPass ? " but could with a Temporary Access Pass" : "")}: a passkey is needed to register a passkey.")
        {
            Weight = Weights.Gate + 1,
            Evidence =
            [
                Of(policy, $"It demands {strength.Shown} ({NameLists.Or(strength.Combinations.Take(5))}){(policy.IsForRegistration ? " for registering security information" : " for all resources, the page of registration among them")}."),
                .. NextSteps.Evidence(failures),
            ],
            Steps =
            [
                .. canPass ? [NextSteps.Pass(user, "First passkey")] : new[] { NextSteps.Do("Let the strength take a Temporary Access Pass, or leave the user out of the policy until the passkey is registered.", $"Get-PasskeyAuthenticationStrength -Id {CommandText.Quote(strength.Id)}") },
                NextSteps.Tell("You cannot register yet; that is ours to mend."),
            ],
        };
    }

    private static CauseFinding Blocked(UserCase user, ConditionalAccessPolicy policy, CauseConfidence confidence, IReadOnlyList<UserSignIn> failures, string what) => new("RegistrationBlockedByConditionalAccess", confidence, Stage.Registration, $"'{policy.Shown}' {what}.")
    {
        Weight = failures.Count > 0 ? Weights.Event + 7 : Weights.Gate,
        RestsOn = NextSteps.DateOf(failures),
        Evidence = [Of(policy, $"It is enabled and for this user; its controls are {NameLists.Or(policy.Controls.DefaultIfEmpty("an authentication strength"))}."), .. NextSteps.Evidence(failures)],
        Steps =
        [
            NextSteps.Tell("Register at a computer of the company, or in the office."),
            NextSteps.Do("Or leave the user out of that policy until the passkey is registered.", null),
            NextSteps.Do("See which rules find fault with the policies for registration.", "Test-PasskeyPolicy -RuleId PK302, PK303"),
        ],
    };

    private static CauseFinding OfLog(UserCase user, IReadOnlyList<UserSignIn> failures, IReadOnlyList<UserAudit> told) => new("RegistrationBlockedByConditionalAccess", CauseConfidence.Certain, Stage.Registration, $"Conditional Access blocked the registration{(failures.SelectMany(f => f.Failed).Select(p => $"'{p.Name}'").Distinct().ToList() is { Count: > 0 } names ? $": {NameLists.And(names)}" : "")}.")
    {
        Weight = Weights.Event + 7,
        RestsOn = NextSteps.DateOf(failures) ?? told[0].At,
        Evidence = [.. NextSteps.Evidence(failures), .. told.Take(1).Select(t => NextSteps.Evidence(t, "a registration failed")), .. NextSteps.OfCode(user, "RegistrationBlockedByConditionalAccess")],
        Steps = [NextSteps.Tell("Register at a computer of the company, or in the office."), NextSteps.Do("Or leave the user out of that policy until the passkey is registered.")],
    };

    private static PasskeyEvidence Of(ConditionalAccessPolicy policy, string text) => new(EvidenceSource.ConditionalAccess, $"{policy.Shown}: {text}", objectId: policy.Id);
}
