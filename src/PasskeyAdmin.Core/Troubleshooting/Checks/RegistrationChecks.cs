using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Troubleshooting;

/// <summary>Whether there is a passkey at all, and where it went.</summary>
internal sealed class RegisteredCheck() : UserCheck(None, "The user has a passkey")
{
    public const string None = "NoPasskeyRegistered";

    public override CheckResult Evaluate(UserCase user)
    {
        if (!user.Methods.IsRead) return NotChecked(user.Methods.Reason!);
        var story = user.Registrations;
        var removals = story.Removals.Where(r => !IsReplaced(user, r)).ToList();
        if (user.Passkeys.Count > 0)
        {
            // Another one is left: the removal explains the trouble only where what was removed is still being offered.
            var since = removals.Count == 0 ? [] : user.Story.OpenUnknownKey.Where(s => s.At > removals[removals.Count - 1].At).ToList();
            if (since.Count > 0) return Found(Removed(user, removals, since, CauseConfidence.Likely));
            // Nothing was used since: it may be the removed one that is missed.
            var used = new[] { user.Story.LastPasskey?.At, user.Passkeys.Max(p => p.LastUsedAt) }.Max();
            if (removals.Count > 0 && !(used > removals[0].At)) return Found(Removed(user, removals, since, user.Symptom is PasskeySymptom.StoppedWorking or PasskeySymptom.CannotSignIn ? CauseConfidence.Likely : CauseConfidence.Possible));
            return Clear($"{user.Passkeys.Count} registered: {NameLists.And(user.Passkeys.Select(user.NameOf).Take(4))}.");
        }
        if (removals.Count > 0) return Found(Removed(user, removals, user.Story.OpenUnknownKey, CauseConfidence.Certain));
        // What else was removed since may have been it: the log does not say of what kind it was.
        var last = user.Story.LastPasskey?.At ?? story.LastRegistered?.At;
        if (last is not null) return Found(Removed(user, [.. story.OtherRemovals.Where(r => r.At > last)], user.Story.OpenUnknownKey, CauseConfidence.Certain));
        var offered = user.Story.OpenUnknownKey;
        if (offered.Count > 0) return Found(Orphan(user, offered, CauseConfidence.Certain), OfNone(user, CauseConfidence.Likely));
        return Found(OfNone(user, CauseConfidence.Certain));
    }

    /// <summary>Whether a passkey of the same provider was registered after it was removed.</summary>
    private static bool IsReplaced(UserCase user, UserAudit removal) => user.Passkeys.Any(p => p.CreatedAt > removal.At && (removal.AaGuid is null || p.AaGuid is null || user.Data.Catalog.Find(p.AaGuid.Value).Name == user.Data.Catalog.Find(removal.AaGuid.Value).Name));

    private static CauseFinding OfNone(UserCase user, CauseConfidence confidence)
    {
        var hasHello = user.Methods.Value.WindowsHello.Count > 0 || user.Methods.Value.HasPlatformCredential;
        return new CauseFinding(None, confidence, Stage.SignIn, $"The user has no passkey{(user.Audits.IsRead ? $", and the log has none that was removed since {user.Since.UtcDateTime:yyyy-MM-dd}" : "")}{(hasHello ? "; what works is Windows Hello or Platform SSO, on its own device" : "")}.")
        {
            Weight = Weights.Own,
            Evidence = [new PasskeyEvidence(EvidenceSource.Registration, "The list of passkeys is empty."), .. NextSteps.OfCode(user, None)],
            Steps = [NextSteps.Register(user.Policy.IsRead ? Permitted.Words(user) : "a passkey"), NextSteps.Pass(user, "First passkey")],
        };
    }

    private static CauseFinding Removed(UserCase user, IReadOnlyList<UserAudit> removals, IReadOnlyList<UserSignIn> failures, CauseConfidence confidence)
    {
        var last = removals is [var newest, ..] && newest.Begins("Delete Passkey") ? newest : null;
        var who = last?.IsOwn switch { true => " by the user", false => $" by {last.By ?? "somebody else"}", _ => last?.By is { } by ? $" by {by}" : "" };
        var what = last?.AaGuid is { } aaGuid ? $"The passkey of {user.Data.Catalog.Find(aaGuid).Name}" : "The passkey";
        var reason = last?.IsOwn switch
        {
            true => "You removed the passkey from your account yourself. What your device still offers no longer works: delete it there, and register a new one.",
            _ => "The passkey was removed from your account. Delete what your device still offers, and register a new one.",
        };
        return new CauseFinding("PasskeyRemoved", confidence, Stage.SignIn, last is null ? user.Story.LastPasskey is null && user.Registrations.LastRegistered is { } since ? $"A passkey was registered on {since.At.UtcDateTime:yyyy-MM-dd} and is no longer there." : "A passkey was used before and is no longer registered." : $"{what} was removed{who} on {last.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC.")
        {
            Weight = Weights.Event + (failures.Count > 0 ? 8 : 2),
            Evidence =
            [
                .. removals.Take(3).Select(r => NextSteps.Evidence(r, r.Begins("Delete Passkey") ? "removed a passkey" : "removed a method")),
                .. user.Story.LastPasskey is { } used && user.Passkeys.Count == 0 ? [new PasskeyEvidence(EvidenceSource.SignInLog, "A passkey worked the last time.", used.At, used.Id)] : Array.Empty<PasskeyEvidence>(),
                .. user.Registrations.LastRegistered is { } registered && user.Passkeys.Count == 0 ? [NextSteps.Evidence(registered, "registered a passkey")] : Array.Empty<PasskeyEvidence>(),
                .. NextSteps.Evidence(failures),
                .. NextSteps.OfCode(user, "PasskeyRemoved"),
            ],
            Steps =
            [
                NextSteps.Pass(user, "Passkey was removed"),
                NextSteps.Tell(reason),
                NextSteps.Do("See who removes and registers methods of this user.", $"Get-PasskeyAuditEvent -UserId {NextSteps.Quoted(user)}"),
            ],
        };
    }

    public static CauseFinding Orphan(UserCase user, IReadOnlyList<UserSignIn> failures, CauseConfidence confidence) => new("PasskeyNotInEntra", confidence, Stage.SignIn, "The device offers a passkey that is not, or no longer, registered in Microsoft Entra ID.")
    {
        Weight = Weights.Event + 3,
        RestsOn = NextSteps.DateOf(failures),
        Evidence = [.. NextSteps.Evidence(failures), .. NextSteps.OfCode(user, "PasskeyNotInEntra")],
        Steps =
        [
            NextSteps.Tell("Delete the passkey for login.microsoft.com on the device (in the settings of the provider), then register a new one."),
            NextSteps.Register("a passkey"),
            NextSteps.ShowRegistrations(user),
        ],
    };
}

/// <summary>What the device offers is not known to Microsoft Entra ID, though the user has passkeys there.</summary>
internal sealed class KnownKeyCheck() : UserCheck("PasskeyNotInEntra", "What the device offers is registered")
{
    public override CheckResult Evaluate(UserCase user)
    {
        if (!user.SignIns.IsRead && !NextSteps.Names(user, Id)) return NotChecked(user.SignIns.Reason!);
        var failures = user.Story.OpenUnknownKey.Where(s => !(s.ErrorCode == 135010 && s.TriedWindowsHello)).ToList();
        var isAsked = NextSteps.Names(user, Id) || NextSteps.Names(user, "ProviderNotSyncing");
        if (failures.Count == 0 && !isAsked) return Clear("The log has no sign-in with an unknown passkey that is still open.");
        if (!user.Methods.IsRead) return failures.Count > 0 ? Found(RegisteredCheck.Orphan(user, failures, CauseConfidence.Likely)) : NotChecked(user.Methods.Reason!);
        if (user.Passkeys.Count == 0) return NotApplicable("There is no passkey: see there.");
        var found = new List<CauseFinding>();
        var synced = user.Passkeys.Where(p => p.Type is PasskeyTypes.Synced && user.IsUsable(p) != false).ToList();
        var elsewhere = user.Story.All.Where(s => s.IsWithPasskey && failures.All(f => f.Where != s.Where)).ToList();
        // With one that works elsewhere, this device lacks it; without, what the device has is of no use.
        var lacks = synced.Count > 0 && (elsewhere.Count > 0 || synced.Any(p => failures.Count > 0 && p.LastUsedAt > failures[failures.Count - 1].At));
        var confidence = failures.Count > 0 ? CauseConfidence.Likely : CauseConfidence.Possible;
        if (synced.Count > 0) found.Add(NotSyncing(user, synced, failures, elsewhere, lacks ? confidence : CauseConfidence.Possible));
        found.Add(RegisteredCheck.Orphan(user, failures, lacks ? CauseConfidence.Possible : confidence));
        return Found([.. found.OrderByDescending(f => f.Confidence)]);
    }

    private static CauseFinding NotSyncing(UserCase user, IReadOnlyList<RegisteredPasskey> synced, IReadOnlyList<UserSignIn> failures, IReadOnlyList<UserSignIn> elsewhere, CauseConfidence confidence) => new("ProviderNotSyncing", confidence, Stage.SignIn,
        $"The passkey is registered and allowed ({NameLists.And(synced.Select(user.NameOf).Take(3))}), but the device does not have it: the provider may not sync it there.")
    {
        Weight = Weights.Event + 2,
        Evidence =
        [
            .. NextSteps.Evidence(failures),
            .. elsewhere.Take(1).Select(s => new PasskeyEvidence(EvidenceSource.SignInLog, $"The passkey worked at {s.Where}.", s.At, s.Id)),
            .. NextSteps.OfCode(user, "ProviderNotSyncing"),
        ],
        Steps =
        [
            NextSteps.Tell("On the device, look whether you are signed in to the provider (your Apple or Google account, 1Password, Bitwarden), with syncing of passwords and passkeys switched on, and whether it has internet."),
            NextSteps.Tell("On Android, the work profile and the personal profile do not share passkeys."),
            NextSteps.Tell("Or choose, at sign-in, the phone that has it. If the provider itself does not sync, its support can help."),
        ],
    };
}

internal sealed class RegistrationCompletedCheck() : UserCheck("RegistrationNotCompleted", "No registration was broken off")
{
    public override CheckResult Evaluate(UserCase user)
    {
        if (!user.Audits.IsRead && !NextSteps.Names(user, Id)) return NotChecked(user.Audits.Reason!);
        var broken = user.Registrations.FailuresBy(RegistrationObstacle.NotCompleted);
        if (broken.Count == 0 && !NextSteps.Names(user, Id)) return Clear("The log has none since the last passkey was registered.");
        return Found(new CauseFinding(Id, broken.Count > 0 ? CauseConfidence.Likely : CauseConfidence.Possible, Stage.Registration, broken.Count == 0 || broken.Any(RegistrationStory.IsOfPasskey) ? "The user began to register a passkey and did not finish." : "The user began to register a method, and did not finish; the log does not say whether it was a passkey.")
        {
            Weight = Weights.Event,
            Evidence = [.. broken.Take(1).Select(b => NextSteps.Evidence(b, $"broke off a registration{(broken.Count > 1 ? $", the last of {broken.Count}" : "")}")), .. NextSteps.OfCode(user, Id)],
            Steps =
            [
                NextSteps.Register(user.Policy.IsRead ? Permitted.Words(user) : "a passkey"),
                NextSteps.Tell("If a window asks where to save the passkey, choose the provider or phone that you mean before you go on."),
            ],
        });
    }
}

/// <summary>Registrations that failed for a reason that no other check understands: they are told as they stand, and are no all-clear.</summary>
internal sealed class OtherRegistrationCheck() : UserCheck("RegistrationFailed", "No registration failed for a reason that nothing explains")
{
    public override CheckResult Evaluate(UserCase user)
    {
        if (!user.Audits.IsRead) return NotChecked(user.Audits.Reason!);
        var failures = user.Registrations.FailuresBy(RegistrationObstacle.NotSaid);
        if (failures.Count == 0) return Clear("The log has none since the last passkey was registered.");
        var last = failures[0];
        // Without a complaint, what failed long ago and may have been another method is none.
        if (user.Symptom is PasskeySymptom.Auto && last.At < user.Now - SignInStory.Fresh && !RegistrationStory.IsOfPasskey(last)) return Clear("The log has none of the last days that may have been of a passkey.");
        var reason = last.Reason is { Length: > 0 } text ? $": {DisplayText.Excerpt(text.TrimEnd('.', ' '), 160)}. This module knows no more of it." : ", and the log does not say why.";
        return Found(new CauseFinding(Id, CauseConfidence.Likely, Stage.Registration, $"A registration{(RegistrationStory.IsOfPasskey(last) ? " of a passkey" : "")} failed{reason}")
        {
            Weight = Weights.Circumstance,
            RestsOn = last.At,
            Evidence = [NextSteps.Evidence(last, $"a registration failed{(failures.Count > 1 ? $", the last of {failures.Count}" : "")}")],
            Steps =
            [
                NextSteps.Tell("What did the window say, on which device, and in which browser or application was it?"),
                NextSteps.Do("See whether the code or message is known.", "Get-PasskeyErrorCode"),
            ],
        });
    }
}

/// <summary>A registration asks for a second factor within the last five minutes (reference/graph-passkey-policy.md §7.4 [D]).</summary>
internal sealed class SecondFactorCheck() : UserCheck("NoSecondFactor", "The user has a second factor to register with")
{
    public override CheckResult Evaluate(UserCase user)
    {
        if (!user.Methods.IsRead) return NotChecked(user.Methods.Reason!);
        var methods = user.Methods.Value;
        var told = user.Registrations.FailuresBy(RegistrationObstacle.SecondFactor);
        var has = methods.SecondFactors.Count > 0 || user.HasUsablePasskey == true || methods.Pass is { IsUsable: true } || user.HasCertificate == true;
        if (has && told.Count == 0) return Clear(methods.SecondFactors.Count > 0 ? $"It has: {NameLists.And(methods.SecondFactors.Select(MethodWords.Of).Take(4))}." : methods.Pass is { IsUsable: true } ? "A Temporary Access Pass that can be used." : user.HasCertificate == true ? "A certificate." : "A passkey that works.");
        if (!has && user.HasUsablePasskey is null) return NotChecked("Whether the user's passkey works is not known, and there is no other second factor.");
        if (methods.Pass is { IsUsable: null } && !has) return NotChecked("Microsoft Graph does not say whether the user's Temporary Access Pass can be used.");
        if (methods.Pass is { } pass && !has) return Found(PassUnusable(user, pass, CauseConfidence.Certain));
        return Found(new CauseFinding(Id, CauseConfidence.Likely, Stage.Registration, has ? "A registration failed because the second factor was not fresh: it must have been given in the last five minutes." : $"The user has a password and nothing else{(user.HasCertificate is null ? " (certificates could not be looked up)" : "")}: a registration asks for a second factor first. (Microsoft is changing that since autumn 2026, tenant by tenant: MC1450133.)")
        {
            Weight = told.Count > 0 ? Weights.Event + 4 : Weights.Gate,
            Evidence =
            [
                new PasskeyEvidence(EvidenceSource.Registration, has ? $"Registered: {NameLists.And(methods.SecondFactors.Select(MethodWords.Of).Take(4))}." : "No second factor is registered."),
                .. told.Take(1).Select(t => NextSteps.Evidence(t, "a registration failed")),
                .. NextSteps.Evidence(user.Story.OpenWith(50072, 50079)),
            ],
            Steps =
            [
                NextSteps.Pass(user, "Second factor for a registration"),
                NextSteps.Tell("I give you a pass that works for a short time. Sign in with it and register the passkey within ten minutes."),
            ],
        });
    }

    public static CauseFinding PassUnusable(UserCase user, UserPass pass, CauseConfidence confidence)
    {
        var end = pass.Start is { } start && pass.LifetimeInMinutes is { } minutes and >= 0 and < 100_000 ? start.AddMinutes(minutes) : (DateTimeOffset?)null;
        var why = pass.Reason switch
        {
            "OneTimeUsed" => "was used once, and that was all that it was for",
            "NotYetValid" => $"is not valid yet{(pass.Start is { } from ? $" (from {from.UtcDateTime:yyyy-MM-dd HH:mm} UTC)" : "")}",
            "DisabledByPolicy" => "is no longer allowed by the policy",
            "Expired" => $"is over{(end is { } ended ? $" (since {ended.UtcDateTime:yyyy-MM-dd HH:mm} UTC)" : "")}",
            var other => $"cannot be used{(other is null ? "" : $" ({DisplayText.Excerpt(other, 40)})")}",
        };
        return new CauseFinding("PassNotUsable", confidence, Stage.Registration, $"The Temporary Access Pass of the user {why}.")
        {
            Weight = Weights.Gate + 1,
            Evidence = [new PasskeyEvidence(EvidenceSource.Registration, $"The pass: {pass.Reason ?? "not usable"}, {pass.LifetimeInMinutes?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "an unknown number of"} minutes.", pass.Start)],
            Steps = pass.Reason is "NotYetValid" ? [NextSteps.Tell("The pass works from the time on that I tell you. Please try again then.")] : [NextSteps.Pass(user, "The pass before was used up or over"), NextSteps.Tell("Finish the registration within ten minutes of signing in with the pass.")],
        };
    }
}

internal sealed class PassCheck() : UserCheck("PassNotUsable", "A Temporary Access Pass that the user has can be used")
{
    public override CheckResult Evaluate(UserCase user)
    {
        if (!user.Methods.IsRead) return NotChecked(user.Methods.Reason!);
        if (user.Methods.Value.Pass is not { } pass) return NotApplicable("There is none.");
        if (pass.IsUsable == true) return Clear("It can.");
        if (pass.IsUsable is null) return NotChecked("Microsoft Graph does not say whether it can.");
        // A demand that takes a pass and nothing else that the user has hangs on it.
        if (user.Access.IsRead && user.Access.Value.Policies.Any(p => RegistrationAccessCheck.LacksPass(user, p)))
            return Found(SecondFactorCheck.PassUnusable(user, pass, CauseConfidence.Certain));
        // Who has nothing else, has a check of its own.
        if (user.Methods.Value.SecondFactors.Count == 0 && user.HasUsablePasskey != true) return NotApplicable("It cannot: see the second factor.");
        return Found(SecondFactorCheck.PassUnusable(user, pass, CauseConfidence.Possible));
    }
}

/// <summary>The same account is on the device already (reference/adoption-and-troubleshooting.md §4).</summary>
internal sealed class AlreadyRegisteredCheck() : UserCheck("AlreadyRegistered", "What the user registers is not there already")
{
    public override CheckResult Evaluate(UserCase user)
    {
        var told = user.Registrations.FailuresBy(RegistrationObstacle.AlreadyThere);
        if (!user.Methods.IsRead && told.Count == 0) return NotChecked(user.Methods.Reason!);
        if (told.Count == 0 && !NextSteps.Names(user, Id)) return Clear("Nothing says that it is.");
        // The message of Windows is about what Windows itself holds.
        var isOfWindows = told.Count == 0 && user.Code?.Text.IndexOf("Windows", StringComparison.Ordinal) >= 0;
        var here = user.Methods.IsRead ? [.. user.Passkeys.Where(p => !isOfWindows || user.IsOf(p, KnownProviders.WindowsHello)).Select(user.NameOf), .. user.Methods.Value.WindowsHello.Select(h => $"Windows Hello for Business{(h.Device is { } d ? $" on {DisplayText.Excerpt(d, 60)}" : "")}")] : new List<string>();
        return Found(new CauseFinding(Id, told.Count > 0 ? CauseConfidence.Certain : here.Count > 0 ? CauseConfidence.Likely : CauseConfidence.Possible, Stage.Registration, Already(user, told.Count > 0, here))
        {
            Weight = Weights.Event + 5,
            Evidence =
            [
                .. told.Take(1).Select(t => NextSteps.Evidence(t, "a registration failed")),
                .. here.Take(4).Select(h => new PasskeyEvidence(EvidenceSource.Registration, $"{h} is registered.")),
                .. NextSteps.OfCode(user, Id),
            ],
            Steps = here.Count > 0 ? [NextSteps.Tell("Try to sign in with it: if that works, there is nothing to do."), NextSteps.ShowRegistrations(user)] : [NextSteps.ShowRegistrations(user)],
        });
    }

    private static string Already(UserCase user, bool isLogged, IReadOnlyList<string> here)
    {
        var said = isLogged ? "The log says that it is registered already" : "It is said to be registered already";
        return !user.Methods.IsRead ? $"{said}; the user's methods could not be read." : here.Count > 0 ? $"{said}; the user has {NameLists.And(here.Take(4))}." : $"{said}, and nothing like it is in the list of the user's methods.";
    }
}

/// <summary>More than three passkeys may break a sign-in by user name on iOS and Safari (reference/adoption-and-troubleshooting.md §5: unconfirmed).</summary>
internal sealed class TooManyCheck() : UserCheck("TooManyPasskeys", "No more passkeys than iOS can show")
{
    private const int MostOnIOS = 3;

    public override CheckResult Evaluate(UserCase user)
    {
        if (!user.Methods.IsRead) return NotChecked(user.Methods.Reason!);
        if (user.Passkeys.Count <= MostOnIOS) return Clear($"{user.Passkeys.Count}.");
        var apple = user.Story.Open.Where(s => s.Platform is Devices.DevicePlatform.iOS || s.Browser?.IndexOf("Safari", StringComparison.OrdinalIgnoreCase) >= 0).ToList();
        // The log has no entry where the page stops before anything is sent: the newest sign-ins without a passkey tell where the user is.
        if (apple.Count == 0 && user.Story.Open.Count == 0 && user.Symptom is not PasskeySymptom.Auto) apple = [.. user.Story.All.Take(3).Where(s => !s.IsWithPasskey && (s.Platform is Devices.DevicePlatform.iOS || s.Browser?.IndexOf("Safari", StringComparison.OrdinalIgnoreCase) >= 0))];
        if (apple.Count == 0) return Clear($"{user.Passkeys.Count}, but no sign-in failed on iOS or in Safari.");
        return Found(new CauseFinding(Id, CauseConfidence.Possible, Stage.SignIn, $"The user has {user.Passkeys.Count} passkeys; with more than three, sign-in by user name can fail on iOS and in Safari (Microsoft's current pages do not confirm it).")
        {
            Weight = Weights.Own,
            Evidence =
            [
                new PasskeyEvidence(EvidenceSource.Registration, $"{user.Passkeys.Count} passkeys are registered."),
                new PasskeyEvidence(EvidenceSource.SignInLog, $"A sign-in at {apple[0].Where}, {(apple[0].IsSuccess ? "without a passkey" : $"failed with {apple[0].ErrorCode}")}.", apple[0].At, apple[0].Id),
            ],
            Steps = [NextSteps.Tell("At sign-in, choose Sign-in options first, and do not type the name."), NextSteps.ShowRegistrations(user)],
        });
    }
}
