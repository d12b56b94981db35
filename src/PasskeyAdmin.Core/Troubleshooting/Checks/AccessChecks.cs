using System;
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
        foreach (var policy in user.Access.Value.Policies.Where(p => p.IsEnabled && IsOnTheWay(p)).OrderBy(p => !p.IsForRegistration))
        {
            var isNamed = failures.Any(f => f.Failed.Any(p => p.Id == policy.Id));
            // A pass that is used up or over is what the user lacks then: see there.
            if (LacksPass(user, policy)) isExplained = true;
            else if (user.IsFor(policy) is not { } isFor) open.Add($"Whether '{DisplayText.Excerpt(policy.Name, 80)}' is for the user is not known.");
            else if (isFor && !isNamed && policy.DemandsAlways && (user.Access.Value.StrengthOf(policy) is not { } demanded || user.Fulfils(demanded) is null)) open.Add($"Whether the user has what '{DisplayText.Excerpt(policy.Name, 80)}' demands is not known.");
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
        policy.DemandsAlways && IsOnTheWay(policy) && user.IsFor(policy) == true && user.Access.Value.StrengthOf(policy) is { TakesPass: true } strength && user.Methods.IsRead && user.Methods.Value.Pass is { IsUsable: false } && user.Fulfils(strength) == false;

    private static bool IsOnTheWay(ConditionalAccessPolicy policy) => policy.IsForRegistration || policy.IsForApplication(ConditionalAccessPolicy.SecurityInformation) == true;

    private static CauseFinding? Obstacle(UserCase user, ConditionalAccessPolicy policy, bool isNamed, IReadOnlyList<UserSignIn> failures)
    {
        var strength = user.Access.Value.StrengthOf(policy);
        if (policy.DemandsAlways && strength is not null && user.Fulfils(strength) == false) return Loop(user, policy, strength, isNamed, failures);
        var needsDevice = policy.Controls.Any(DeviceControls.Contains) && (!policy.IsAnyEnough || policy.Controls.All(c => DeviceControls.Contains(c) || ApplicationControls.Contains(c)));
        var needsApplication = policy.Controls.Any(ApplicationControls.Contains) && (!policy.IsAnyEnough || policy.Controls.All(c => DeviceControls.Contains(c) || ApplicationControls.Contains(c)));
        if (policy.IsAboutRisk || policy.IsForLegacyClients || policy.IsForSomeFlows) return isNamed ? Blocked(user, policy, CauseConfidence.Certain, failures, "blocks this registration under its conditions") : null;
        if (policy.Blocks)
        {
            var isAlways = !policy.IsForSomeLocations && !policy.IsForSomePlatforms && !policy.HasDeviceFilter && !policy.IsForSomeClients;
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
            return new CauseFinding("AppNotApproved", isNamed ? CauseConfidence.Certain : CauseConfidence.Possible, Stage.Registration, $"'{DisplayText.Excerpt(policy.Name, 80)}' demands an approved or protected application, which keeps people from registering a passkey in Microsoft Authenticator.")
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
        var isSometimes = policy.IsForSomeLocations || policy.IsForSomePlatforms || policy.HasDeviceFilter || policy.IsForSomeClients;
        var canPass = strength.TakesPass && user.MayHavePass != false;
        return new CauseFinding("RegistrationLoop", isNamed || !isSometimes ? canPass && !isNamed ? CauseConfidence.Likely : CauseConfidence.Certain : CauseConfidence.Possible, Stage.Registration,
            $"'{DisplayText.Excerpt(policy.Name, 80)}' demands {DisplayText.Excerpt(strength.Name, 60)} also for the registration, and the user has nothing yet that fulfils it{(canPass ? " but could with a Temporary Access Pass" : "")}: a passkey is needed to register a passkey.")
        {
            Weight = Weights.Gate + 1,
            Evidence = [Of(policy, $"It demands {DisplayText.Excerpt(strength.Name, 60)} ({NameLists.Or(strength.Combinations.Take(5))}){(policy.IsForRegistration ? " for registering security information" : " for all resources, the page of registration among them")}."), .. NextSteps.Evidence(failures)],
            Steps = [.. canPass ? [NextSteps.Pass(user, "First passkey")] : new[] { NextSteps.Do("Let the strength take a Temporary Access Pass, or leave the user out of the policy until the passkey is registered.", $"Get-PasskeyAuthenticationStrength -Id {CommandText.Quote(strength.Id)}") }, NextSteps.Tell("You cannot register yet; that is ours to mend.")],
        };
    }

    private static CauseFinding Blocked(UserCase user, ConditionalAccessPolicy policy, CauseConfidence confidence, IReadOnlyList<UserSignIn> failures, string what) => new("RegistrationBlockedByConditionalAccess", confidence, Stage.Registration, $"'{DisplayText.Excerpt(policy.Name, 80)}' {what}.")
    {
        Weight = failures.Count > 0 ? Weights.Event + 7 : Weights.Gate,
        Evidence = [Of(policy, $"It is enabled and for this user; its controls are {NameLists.Or(policy.Controls.DefaultIfEmpty("an authentication strength"))}."), .. NextSteps.Evidence(failures)],
        Steps = [NextSteps.Tell("Register at a computer of the company, or in the office."), NextSteps.Do("Or leave the user out of that policy until the passkey is registered.", null), NextSteps.Do("See which rules find fault with the policies for registration.", "Test-PasskeyPolicy -RuleId PK302, PK303")],
    };

    private static CauseFinding OfLog(UserCase user, IReadOnlyList<UserSignIn> failures, IReadOnlyList<UserAudit> told) => new("RegistrationBlockedByConditionalAccess", CauseConfidence.Certain, Stage.Registration, $"Conditional Access blocked the registration{(failures.SelectMany(f => f.Failed).Select(p => $"'{p.Name}'").Distinct().ToList() is { Count: > 0 } names ? $": {NameLists.And(names)}" : "")}.")
    {
        Weight = Weights.Event + 7,
        Evidence = [.. NextSteps.Evidence(failures), .. told.Take(1).Select(t => NextSteps.Evidence(t, "a registration failed")), .. NextSteps.OfCode(user, "RegistrationBlockedByConditionalAccess")],
        Steps = [NextSteps.Tell("Register at a computer of the company, or in the office."), NextSteps.Do("Or leave the user out of that policy until the passkey is registered.")],
    };

    private static PasskeyEvidence Of(ConditionalAccessPolicy policy, string text) => new(EvidenceSource.ConditionalAccess, $"{DisplayText.Excerpt(policy.Name, 80)}: {text}", objectId: policy.Id);
}

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
            if (isFor is null || strength is null) open.Add(strength is null ? $"What '{DisplayText.Excerpt(policy.Name, 80)}' demands is not known." : $"Whether '{DisplayText.Excerpt(policy.Name, 80)}' is for the user is not known.");
            else if (Hello(user, policy, strength, failures) is { } hello) found.Add(hello);
            else if (user.Fulfils(strength) is not { } fulfils) open.Add($"Whether the user has what '{DisplayText.Excerpt(policy.Name, 80)}' demands is not known.");
            else if (!fulfils) found.Add(Missing(user, policy, strength, failures));
        }
        return found.Count > 0 ? Found([.. found]) : open.Count > 0 ? NotChecked(open[0]) : Clear("Nothing is demanded that the user does not have.");
    }

    /// <summary>Who signed in with Windows Hello is not offered another method on the way (reference/adoption-and-troubleshooting.md §3 [D]).</summary>
    private static CauseFinding? Hello(UserCase user, ConditionalAccessPolicy policy, AuthenticationStrength strength, IReadOnlyList<UserSignIn> failures)
    {
        var signIns = failures.Where(f => f.TriedWindowsHello).ToList();
        if (strength.TakesWindowsHello || signIns.Count == 0) return null;
        return new CauseFinding("WindowsHelloNotAccepted", CauseConfidence.Certain, Stage.SignIn, $"The user signed in with Windows Hello, and '{DisplayText.Excerpt(policy.Name, 80)}' demands {DisplayText.Excerpt(strength.Name, 60)}, which does not take it.")
        {
            Weight = Weights.Event + 7,
            Evidence = [Of(policy, strength), .. NextSteps.Evidence(signIns), .. NextSteps.OfCode(user, "WindowsHelloNotAccepted")],
            Steps = [NextSteps.Tell("Sign out and, at sign-in, choose the security key or passkey from the start."), NextSteps.Do("Or let Windows Hello for Business into the strength.", $"Get-PasskeyAuthenticationStrength -Id {CommandText.Quote(strength.Id)}")],
        };
    }

    private static CauseFinding Missing(UserCase user, ConditionalAccessPolicy policy, AuthenticationStrength strength, IReadOnlyList<UserSignIn> failures)
    {
        var usable = user.Passkeys.Where(p => user.IsUsable(p) == true).ToList();
        var isRefused = usable.Count > 0 && strength.TakesPasskeys;
        var isSometimes = policy.IsForSomePlatforms || policy.IsForSomeLocations || policy.HasDeviceFilter || policy.IsForSomeClients;
        var isEverywhere = policy.IsForAllApplications && !isSometimes;
        var confidence = failures.Count > 0 || (isEverywhere && policy.ExcludeApplications.Count == 0) ? CauseConfidence.Certain : isSometimes ? CauseConfidence.Possible : CauseConfidence.Likely;
        // What demands something of a single application is not why somebody cannot sign in at all, unless the log says so.
        if (failures.Count == 0 && !policy.IsForAllApplications && user.Story.Open.All(s => s.ApplicationId is null || policy.IsForApplication(s.ApplicationId) != true)) confidence = CauseConfidence.Possible;
        var where = policy.IsForAllApplications ? "everywhere" : "for some applications";
        return isRefused
            ? new CauseFinding("StrengthRefusesPasskey", confidence, Stage.SignIn, $"'{DisplayText.Excerpt(policy.Name, 80)}' demands {DisplayText.Excerpt(strength.Name, 60)} {where}, whose list of models leaves the user's passkey out: {NameLists.And(usable.Select(user.NameOf).Take(3))}.")
            {
                Weight = failures.Count > 0 ? Weights.Event + 6 : Weights.Reach,
                Evidence = [Of(policy, strength), .. usable.Take(3).Select(p => new PasskeyEvidence(EvidenceSource.Registration, $"{user.NameOf(p)} is registered and allowed, and not in the list.", objectId: p.Id)), .. NextSteps.Evidence(failures), .. NextSteps.OfCode(user, "StrengthRefusesPasskey")],
                Steps = [NextSteps.Do("See what the strength takes, and let the model in there.", $"Get-PasskeyAuthenticationStrength -Id {CommandText.Quote(strength.Id)}"), NextSteps.Register($"a passkey of {Models(user, strength)}")],
            }
            : new CauseFinding("NoMethodForStrength", confidence, Stage.SignIn, $"'{DisplayText.Excerpt(policy.Name, 80)}' demands {DisplayText.Excerpt(strength.Name, 60)} {where}, and the user has nothing that fulfils it.")
            {
                Weight = failures.Count > 0 ? Weights.Event + 6 : Weights.Reach,
                Evidence = [Of(policy, strength), new PasskeyEvidence(EvidenceSource.Registration, user.Passkeys.Count == 0 ? "No passkey is registered." : $"No passkey that is registered works: {NameLists.And(user.Passkeys.Select(user.NameOf).Take(3))}."), .. NextSteps.Evidence(failures), .. NextSteps.OfCode(user, "NoMethodForStrength")],
                Steps =
                [
                    .. policy.IsForApplication(ConditionalAccessPolicy.SecurityInformation) == true && !strength.TakesPass ? [NextSteps.Do("The policy demands it for the registration as well, and takes no Temporary Access Pass: leave the user out of it until a passkey is registered, or let the strength take a pass.", $"Get-PasskeyAuthenticationStrength -Id {CommandText.Quote(strength.Id)}")] : Array.Empty<PasskeyNextStep>(),
                    NextSteps.Pass(user, "First method for an authentication strength"), NextSteps.Tell($"You need {Permitted.Words(user)} for this. I will help you to register one."),
                ],
            };
    }

    private static string Models(UserCase user, AuthenticationStrength strength) => strength.AaGuids is { } models ? NameLists.Or(models.Select(m => user.Data.Catalog.Find(m).Name).Distinct().Take(4)) : "any model";

    private static PasskeyEvidence Of(ConditionalAccessPolicy policy, AuthenticationStrength strength) => new(EvidenceSource.ConditionalAccess, $"{DisplayText.Excerpt(policy.Name, 80)} is enabled and for this user; {DisplayText.Excerpt(strength.Name, 60)} takes {NameLists.Or(strength.Combinations.Take(5))}.", objectId: policy.Id);
}

/// <summary>A strength and the profiles with no model in common: "Next" leads nowhere (reference/adoption-and-troubleshooting.md §3, §4 [C]).</summary>
internal sealed class StrengthAgreesCheck() : UserCheck("StrengthAndPolicyDisagree", "What strengths demand can be registered")
{
    public override CheckResult Evaluate(UserCase user)
    {
        if (!user.Access.IsRead) return NotChecked(user.Access.Reason!);
        if (!user.Policy.IsRead) return NotChecked(user.Policy.Reason!);
        if (Reach.IsShut(user)) return Clear("No passkey at all can be registered: see the checks of the policy.");
        string? open = null;
        foreach (var policy in user.Access.Value.Policies.Where(p => p.DemandsAlways && user.IsFor(p) != false))
        {
            if (user.IsFor(policy) is null || user.Access.Value.StrengthOf(policy) is null)
            {
                open ??= $"Whether '{DisplayText.Excerpt(policy.Name, 80)}' is for the user, and what it demands, is not known.";
                continue;
            }
            if (user.Access.Value.StrengthOf(policy) is not { TakesPasskeys: true, AaGuids: { Count: > 0 } models, HasUnreadableAaGuids: false } strength) continue;
            var answers = models.Select(m => user.Evaluator.MayRegister(user.Membership, new Users.PasskeyTraits(Users.ModelReach.TypeOf(user.Data.Catalog, m), m), isAttested: true)).ToList();
            if (answers.Any(a => a != false)) continue;
            var others = strength.Combinations.Any(c => c != "fido2");
            return Found(new CauseFinding(Id, NextSteps.Names(user, Id) || !others ? CauseConfidence.Likely : CauseConfidence.Possible, Stage.Both, $"'{DisplayText.Excerpt(policy.Name, 80)}' demands {DisplayText.Excerpt(strength.Name, 60)}, and no profile of the user lets any of its models be registered: \"Next\" does nothing.")
            {
                Weight = Weights.Reach + 5,
                Evidence = [new PasskeyEvidence(EvidenceSource.ConditionalAccess, $"{DisplayText.Excerpt(strength.Name, 60)} takes {NameLists.Or(models.Select(m => user.Data.Catalog.Find(m).Name).Distinct().Take(4))}.", objectId: strength.Id), .. user.Profiles.Select(p => new PasskeyEvidence(EvidenceSource.Policy, $"{p.Name}: {p.PasskeyTypeName}, {p.Allows}", objectId: p.Id)), .. NextSteps.OfCode(user, Id)],
                Steps = [NextSteps.Do("Let the strength and the profiles agree.", "Test-PasskeyPolicy -RuleId PK301"), NextSteps.Tell("You have done nothing wrong: two settings of ours contradict each other.")],
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
        return new CauseFinding("BlockedByConditionalAccess", failures.Count > 0 ? CauseConfidence.Certain : CauseConfidence.Likely, Stage.SignIn, names.Count > 0 ? $"{NameLists.And(names)} blocked the sign-in{Condition(policies)}." : "Conditional Access blocked the sign-in; the log does not say which policy.")
        {
            Weight = Weights.Event + 4,
            Evidence = [.. NextSteps.Evidence(failures), .. policies.Select(p => new PasskeyEvidence(EvidenceSource.ConditionalAccess, $"{DisplayText.Excerpt(p.Name, 80)}: {(p.Blocks ? "blocks" : $"demands {NameLists.Or(p.Controls.DefaultIfEmpty("an authentication strength"))}")}{Condition([p])}", objectId: p.Id)), .. NextSteps.OfCode(user, "BlockedByConditionalAccess")],
            Steps = [NextSteps.Do("See in the sign-in which condition was met, and whether the policy means this user."), NextSteps.Tell($"{(user.HasUsablePasskey == true ? "The passkey is all right; a" : "A")} rule of the company blocks this sign-in. Are you at another place, or at another device, than usual?")],
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
        Evidence = [.. NextSteps.Evidence(failures), .. NextSteps.OfCode(user, "DeviceNotCompliant")],
        Steps = [NextSteps.Tell("Open Company Portal on the device and let it check; it says what is missing."), NextSteps.Tell("Meanwhile, use a computer of the company.")],
    };

    private static CauseFinding Application(UserCase user, IReadOnlyList<UserSignIn> failures) => new("AppNotApproved", failures.Count > 0 ? CauseConfidence.Certain : CauseConfidence.Likely, Stage.Both, "A policy demands an approved or protected application, and this is none.")
    {
        Weight = Weights.Event + 3,
        Evidence = [.. NextSteps.Evidence(failures), .. NextSteps.OfCode(user, "AppNotApproved")],
        Steps = [NextSteps.Tell("Use the application that the company provides, such as Outlook or Edge.")],
    };

    private static CauseFinding? AlwaysBlocked(UserCase user)
    {
        if (!user.Access.IsRead) return null;
        var policy = user.Access.Value.Policies.FirstOrDefault(p => p.IsEnabled && p.Blocks && p.IsForAllApplications && p.ExcludeApplications.Count == 0 && !p.IsAboutRisk && !p.IsForSomePlatforms && !p.IsForSomeLocations && !p.IsForLegacyClients && !p.IsForSomeClients && !p.HasDeviceFilter && !p.IsForSomeFlows && user.IsFor(p) == true);
        return policy is null ? null : new CauseFinding("BlockedByConditionalAccess", CauseConfidence.Certain, Stage.Both, $"'{DisplayText.Excerpt(policy.Name, 80)}' blocks every sign-in of this user.")
        {
            Weight = Weights.Gate,
            Evidence = [new PasskeyEvidence(EvidenceSource.ConditionalAccess, $"{DisplayText.Excerpt(policy.Name, 80)} is enabled, blocks all resources without a condition, and is for this user.", objectId: policy.Id)],
            Steps = [NextSteps.Do("Find out why the policy means this user.")],
        };
    }
}
