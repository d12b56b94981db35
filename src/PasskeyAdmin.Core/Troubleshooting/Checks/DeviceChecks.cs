using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Devices;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Troubleshooting;

/// <summary>Whether the user's devices meet the minimums (design §7), for what the user may register.</summary>
internal sealed class DeviceReadyCheck() : UserCheck("DeviceNotReady", "The device can do passkeys")
{
    /// <summary>A device that was not seen for so long is not the one that the user calls about.</summary>
    private static readonly TimeSpan Used = TimeSpan.FromDays(45);

    public override CheckResult Evaluate(UserCase user)
    {
        if (!user.Devices.IsRead) return NotChecked(user.Devices.Reason!);
        if (user.DeviceName is not null && user.DeviceInQuestion is null) return NotChecked(user.NamedDevices.Count > 1 ? $"The user has {user.NamedDevices.Count} devices called {DisplayText.Excerpt(user.DeviceName, 80)}: name it by its id." : $"The user has no device called {DisplayText.Excerpt(user.DeviceName, 80)}.");
        var types = user.Policy.IsRead && user.Profiles.Count > 0 ? user.Profiles.Aggregate(PasskeyTypes.None, (t, p) => t | p.PasskeyType) : PasskeyTypes.None;
        if (types is PasskeyTypes.None) types = PasskeyTypes.Synced | PasskeyTypes.DeviceBound;
        var devices = user.DeviceInQuestion is { } asked ? [asked] : user.Devices.Value.Where(d => d.LastSeen is null || d.LastSeen > user.Now - Used).ToList();
        if (devices.Count == 0) return user.Devices.Value.Count == 0 ? NotChecked("The directory has no device of the user: people's own devices may not be there.") : NotChecked("None of the user's devices was seen lately.");
        var verdicts = devices.Select(d => (Device: d, Synced: Judge(user, d, PasskeyTypes.Synced), Bound: Judge(user, d, PasskeyTypes.DeviceBound))).ToList();
        var bad = verdicts.Where(v => Status(v.Synced, v.Bound, types) is ReadinessStatus.NotReady).ToList();
        // A security key works where hardly anything else does: that synced passkeys do not is worth telling all the same.
        var poor = verdicts.Where(v => types.HasFlag(PasskeyTypes.Synced) && v.Synced.Status is ReadinessStatus.NotReady && !bad.Contains(v)).ToList();
        if (bad.Count == 0 && poor.Count == 0)
        {
            var unknown = verdicts.Where(v => Status(v.Synced, v.Bound, types) is ReadinessStatus.Unknown).ToList();
            return unknown.Count == verdicts.Count ? NotChecked($"What {unknown[0].Device.Name} can do is not known: {unknown[0].Synced.NextStep}") : Clear($"{NameLists.And(verdicts.Except(unknown).Select(v => v.Device.Name).Take(4))} can.");
        }
        var isAsked = user.DeviceInQuestion is not null;
        var others = verdicts.Count > bad.Count + poor.Count;
        var confidence = bad.Count > 0 ? isAsked && user.DeviceName is not null ? CauseConfidence.Certain : isAsked || !others ? CauseConfidence.Likely : CauseConfidence.Possible : isAsked && !others ? CauseConfidence.Likely : CauseConfidence.Possible;
        // Where nothing synced is allowed, what synced passkeys need is no advice.
        List<(UserDevice Device, DeviceReadiness Readiness)> judged = [.. bad.Concat(poor).Select(v => (v.Device, types.HasFlag(PasskeyTypes.Synced) ? v.Synced : v.Bound))];
        return Found(Finding(user, judged, confidence, isOnlySynced: bad.Count == 0));
    }

    private static DeviceReadiness Judge(UserCase user, UserDevice device, PasskeyTypes type) => new ReadinessEvaluator(AskedProvider.All(user.Data.Requirements, type)).Evaluate(device.Device);

    /// <summary>The better of the two, as far as both are allowed.</summary>
    private static ReadinessStatus Status(DeviceReadiness synced, DeviceReadiness bound, PasskeyTypes types)
    {
        var statuses = new[] { types.HasFlag(PasskeyTypes.Synced) ? synced.Status : (ReadinessStatus?)null, types.HasFlag(PasskeyTypes.DeviceBound) ? bound.Status : null }.OfType<ReadinessStatus>().ToList();
        foreach (var best in new[] { ReadinessStatus.Ready, ReadinessStatus.ActionNeeded, ReadinessStatus.Unknown })
            if (statuses.Contains(best)) return best;
        return ReadinessStatus.NotReady;
    }

    private static CauseFinding Finding(UserCase user, IReadOnlyList<(UserDevice Device, DeviceReadiness Readiness)> devices, CauseConfidence confidence, bool isOnlySynced)
    {
        var names = NameLists.And(devices.Select(d => $"{DisplayText.Excerpt(d.Device.Name, 80)} ({string.Join(" ", new[] { d.Device.Device.OperatingSystem, d.Device.Device.OSVersion, d.Device.Device.Manufacturer, d.Device.Device.Model }.OfType<string>())})").Take(3));
        return new CauseFinding("DeviceNotReady", NextSteps.Names(user, "DeviceNotReady") && confidence is CauseConfidence.Possible ? CauseConfidence.Likely : confidence, Stage.Both, $"{names} {(devices.Count == 1 ? "does" : "do")} not meet the minimum for {(isOnlySynced ? "synced passkeys (a security key would do)" : "passkeys")}: {string.Join(", ", devices.SelectMany(d => d.Readiness.Reason).Distinct().Select(Words))}.")
        {
            Weight = user.DeviceName is not null || user.RegistrationSignIn is not null ? Weights.Event + 4 : Weights.Own + 5,
            Evidence =
            [
                .. devices.Take(3).SelectMany(d => d.Readiness.Provider.Take(3).Select(p => new PasskeyEvidence(EvidenceSource.Device, $"{DisplayText.Excerpt(d.Device.Name, 80)}: {p}", d.Device.LastSeen, d.Device.ObjectId))),
                .. NextSteps.OfCode(user, "DeviceNotReady"),
            ],
            Steps =
            [
                NextSteps.Tell(devices[0].Readiness.NextStep),
                NextSteps.Do("See what is needed.", "Get-PasskeyDeviceRequirement"),
                NextSteps.Tell("Or use another device meanwhile, or a security key."),
            ],
        };
    }

    internal static string Words(ReadinessReason reason) => reason switch
    {
        ReadinessReason.None => "nothing is missing",
        ReadinessReason.ChromeNeeded => "it works in Google Chrome only",
        ReadinessReason.ExtensionNeeded => "an extension of the browser is needed",
        ReadinessReason.AppNeeded => "the application of the provider is needed",
        ReadinessReason.HardwareNeeded => "a security key is needed",
        ReadinessReason.OSTooOld => "the system is too old",
        ReadinessReason.ManufacturerExcluded => "phones of this maker are not supported",
        ReadinessReason.PlatformUnsupported => "the system is not supported",
        ReadinessReason.GoogleServicesMissing => "Google's services are missing",
        ReadinessReason.VersionUnknown => "the version of the system is not known",
        ReadinessReason.ManufacturerUnknown => "the maker is not known",
        ReadinessReason.PlatformUnknown => "the system is not known",
        ReadinessReason.Unconfirmed => "it is not confirmed that it works",
        ReadinessReason.ProviderNotInMatrix => "nothing is known of the provider",
        ReadinessReason.NotInProfile => "the policy does not allow what it could do",
        ReadinessReason.ProfileUnclear => "what the policy allows is not known",
        _ => "the reason has no words here",
    };
}

/// <summary>The browser matrix of reference/device-requirements.md §3.</summary>
internal sealed class BrowserCheck() : UserCheck("BrowserNotSupported", "The browser offers passkeys")
{
    /// <summary>How many of the newest sign-ins tell where somebody signs in.</summary>
    private const int Newest = 5;

    private static string Better(DevicePlatform? platform, bool isFirefoxOut) => platform switch
    {
        DevicePlatform.Android => "Use Chrome or Edge on the phone.",
        DevicePlatform.iOS or DevicePlatform.macOS => "Use Safari, Chrome, Edge or Firefox.",
        _ => isFirefoxOut ? "Use Edge or Chrome." : "Use Edge, Chrome or Firefox.",
    };

    /// <summary>Whether the passkeys of the user are offered in the browser of a sign-in.</summary>
    private static bool? Offers(UserCase user, UserSignIn signIn)
    {
        var without = user.Data.Browsers.NotFrom(signIn.Browser, signIn.Platform);
        var lacksAll = without.Count > 0 && user.Methods.IsRead && user.Passkeys.Count > 0 && user.Passkeys.All(p => without.Any(name => user.IsOf(p, name)));
        return lacksAll ? false : user.Data.Browsers.Offers(signIn.Browser, signIn.Platform);
    }

    /// <summary>An all-clear for the browsers that are known to offer passkeys, or in which one worked; where the newest one is another, nothing is known of it.</summary>
    private static CheckResult OfGood(UserCase user, List<(UserSignIn SignIn, bool? Offers)> seen)
    {
        if (seen.Count == 0) return NotChecked($"The log has no sign-in in a browser since {user.Since.UtcDateTime:yyyy-MM-dd}.");
        var good = seen.Where(s => s.Offers == true || s.SignIn.IsWithPasskey).Select(s => s.SignIn.Browser!).Distinct().ToList();
        if (!good.Contains(seen[0].SignIn.Browser!)) return NotChecked($"Whether {DisplayText.Excerpt(seen[0].SignIn.Browser!, 40)}, in which the user signed in last, offers passkeys is not known.");
        return Clear($"It does: {NameLists.And(good.Select(b => DisplayText.Excerpt(b, 40)).Take(4))}.");
    }

    public override CheckResult Evaluate(UserCase user)
    {
        if (!user.SignIns.IsRead && !NextSteps.Names(user, Id)) return NotChecked(user.SignIns.Reason!);
        var seen = user.Story.All.Where(s => !s.IsApplication && !string.IsNullOrEmpty(s.Browser)).Select(s => (SignIn: s, Offers: Offers(user, s))).ToList();
        // Where a passkey worked, it is offered, whatever the matrix says.
        var bad = seen.Where(s => s.Offers == false && !seen.Any(o => o.SignIn.IsWithPasskey && o.SignIn.Browser == s.SignIn.Browser && o.SignIn.Platform == s.SignIn.Platform)).Select(s => s.SignIn).ToList();
        if (bad.Count == 0 && !NextSteps.Names(user, Id)) return OfGood(user, seen);
        var newest = seen.Take(Newest).Select(s => s.SignIn).ToList();
        var failing = user.Story.Open.Where(bad.Contains).ToList();
        var isNewestOpen = failing.Count > 0 && ReferenceEquals(user.Story.Open[0], failing[0]);
        var isAlways = newest.Count > 0 && newest.All(bad.Contains);
        var isLast = newest.Count > 0 && bad.Contains(newest[0]);
        var worksElsewhere = user.Story.LastPasskey is { } used && bad.Count > 0 && used.At > bad[0].At;
        var confidence = worksElsewhere ? CauseConfidence.Possible : isAlways || isNewestOpen || (isLast && user.Story.Open.Count == 0) || NextSteps.Names(user, Id) ? CauseConfidence.Likely : CauseConfidence.Possible;
        if (worksElsewhere && user.Symptom is not (PasskeySymptom.OptionMissing or PasskeySymptom.CannotRegister)) return Clear($"A passkey worked after the sign-in in {DisplayText.Excerpt(bad[0].Browser!, 40)}, which offers none.");
        var where = bad.FirstOrDefault();
        var withoutAll = where is null ? [] : user.Data.Browsers.NotFrom(where.Browser, where.Platform);
        return Found(new CauseFinding(Id, confidence, Stage.Both, where is null ? "The browser may not offer passkeys." : $"{DisplayText.Excerpt(where.Browser!, 40)} on {where.Platform} is not among the browsers in which Microsoft Entra ID offers {(withoutAll.Count > 0 ? $"passkeys of {NameLists.Or(withoutAll)}" : "passkeys")}.")
        {
            Weight = isNewestOpen ? Weights.Event : Weights.Own + (isAlways ? 8 : 4),
            Evidence =
            [
                .. bad.Take(1).Select(s => new PasskeyEvidence(EvidenceSource.SignInLog, $"{(bad.Count == 1 ? "A sign-in" : $"{bad.Count} sign-ins, the last one")} in {DisplayText.Excerpt(s.Browser!, 40)} on {DisplayText.Excerpt(s.OperatingSystem ?? "", 40)}{(s.IsSuccess ? "" : $" failed with {s.ErrorCode}")}.", s.At, s.Id)),
                .. NextSteps.OfCode(user, Id),
            ],
            Steps =
            [
                NextSteps.Tell(Better(where?.Platform, withoutAll.Count > 0)),
                NextSteps.Tell("If it is the right browser already, close all its windows and clear its cache; that is the last resort, which Microsoft does not mention."),
            ],
        });
    }
}

/// <summary>Outlook, Teams and OneDrive on Android need a broker (reference/device-requirements.md §3 [D]).</summary>
internal sealed class BrokerCheck() : UserCheck("BrokerMissing", "Applications on Android have a broker")
{
    private static readonly string[] Applications = ["Outlook", "Teams", "OneDrive"];

    public override CheckResult Evaluate(UserCase user)
    {
        if (!user.SignIns.IsRead && !NextSteps.Names(user, Id)) return NotChecked(user.SignIns.Reason!);
        var signIns = user.Story.All.Where(s => s.IsApplication && s.Platform is DevicePlatform.Android && Applications.Any(a => s.ApplicationName?.IndexOf(a, StringComparison.OrdinalIgnoreCase) >= 0)).Where(s => !s.IsWithPasskey).ToList();
        // A passkey that worked in such an application has a broker.
        var works = user.Story.All.Any(s => s.IsApplication && s.Platform is DevicePlatform.Android && s.IsWithPasskey)
            // Authenticator is a broker itself.
            || (user.Methods.IsRead && (user.Methods.Value.SecondFactors.Contains("microsoftAuthenticator") || user.Passkeys.Any(p => user.IsOf(p, KnownProviders.Authenticator))));
        if ((signIns.Count == 0 || works) && !NextSteps.Names(user, Id)) return Clear("The log has no such application without one.");
        var failing = user.Story.Open.Where(signIns.Contains).ToList();
        return Found(new CauseFinding(Id, failing.Count > 0 || NextSteps.Names(user, Id) || user.Symptom is PasskeySymptom.OptionMissing ? CauseConfidence.Likely : CauseConfidence.Possible, Stage.SignIn, "Outlook, Teams and OneDrive on Android offer a passkey only where Microsoft Authenticator or Company Portal is installed.")
        {
            Weight = failing.Count > 0 ? Weights.Event : Weights.Own,
            Evidence =
            [
                .. signIns.Take(1).Select(s => new PasskeyEvidence(EvidenceSource.SignInLog, $"{DisplayText.Excerpt(s.ApplicationName!, 60)} on {DisplayText.Excerpt(s.OperatingSystem ?? "Android", 40)}, without a passkey{(s.IsSuccess ? "" : $"; it failed with {s.ErrorCode}")}.", s.At, s.Id)),
                .. NextSteps.OfCode(user, Id),
            ],
            Steps = [NextSteps.Tell("Install Microsoft Authenticator or Company Portal on the phone, and try again.")],
        });
    }
}

/// <summary>A passkey in Authenticator does not come along to a new phone (reference/adoption-and-troubleshooting.md §4, §5 [D]).</summary>
internal sealed class AuthenticatorRestoredCheck() : UserCheck("AuthenticatorNotRestored", "The phone of an Authenticator passkey is still in use")
{
    /// <summary>A phone is often registered a little later than the passkey in it.</summary>
    private static readonly TimeSpan Apart = TimeSpan.FromDays(2);

    public override CheckResult Evaluate(UserCase user)
    {
        if (!user.Methods.IsRead) return NotChecked(user.Methods.Reason!);
        var passkeys = user.Passkeys.Where(p => user.IsOf(p, KnownProviders.Authenticator)).ToList();
        if (passkeys.Count == 0 && !NextSteps.Names(user, Id)) return NotApplicable("There is none in Microsoft Authenticator.");
        if (!user.Devices.IsRead && !NextSteps.Names(user, Id)) return NotChecked(user.Devices.Reason!);
        var newest = passkeys.OrderByDescending(p => p.CreatedAt).FirstOrDefault();
        // A tablet beside a phone is no new phone.
        var phones = user.Devices.IsRead ? user.Devices.Value.Where(d => d.IsPhone && d.Device.Model?.StartsWith("iPad", StringComparison.OrdinalIgnoreCase) != true).ToList() : [];
        var newer = phones.Where(d => d.RegisteredAt > newest?.CreatedAt + Apart).OrderByDescending(d => d.RegisteredAt).FirstOrDefault();
        var isUsedSince = newer is not null && (newest?.LastUsedAt > newer.RegisteredAt || user.Story.LastPasskey?.At > newer.RegisteredAt);
        var older = phones.Where(d => d.RegisteredAt is null || d.RegisteredAt <= newest?.CreatedAt + Apart).ToList();
        // A second phone is no replacement as long as the first one is seen.
        var isOffered = newer is not null && user.Story.OpenUnknownKey.Any(s => s.At > newer.RegisteredAt);
        var isReplaced = newer is not null && (older.Count > 0 || isOffered) && older.All(d => d.LastSeen is null || d.LastSeen < newer.RegisteredAt!.Value.AddDays(3));
        // Of which it is not known when it was seen, it is not known that it is gone.
        var isKnown = older.All(d => d.LastSeen is not null) || isOffered;
        if ((newer is null || isUsedSince || !isReplaced) && !NextSteps.Names(user, Id)) return Clear(newer is null ? "No newer phone is known." : "It was used since, or the older phone is still seen.");
        return Found(new CauseFinding(Id, (newer is not null && isReplaced && isKnown && !isUsedSince) || NextSteps.Names(user, Id) ? CauseConfidence.Likely : CauseConfidence.Possible, Stage.SignIn, $"The user {(isKnown ? "has" : "may have")} a new phone{(newer is null ? "" : $" ({newer.Name}, since {newer.RegisteredAt!.Value.UtcDateTime:yyyy-MM-dd})")}; a passkey in Microsoft Authenticator is bound to the old one and does not come with a backup.")
        {
            Weight = isOffered ? Weights.Event + 6 : Weights.Event + 1,
            Evidence =
            [
                .. passkeys.Take(2).Select(p => new PasskeyEvidence(EvidenceSource.Registration, $"{user.NameOf(p)} was registered before{(p.LastUsedAt is { } at ? $", and last used on {at.UtcDateTime:yyyy-MM-dd}" : "")}.", p.CreatedAt, p.Id)),
                .. newer is null ? [] : new[] { new PasskeyEvidence(EvidenceSource.Device, $"{newer.Name} was registered.", newer.RegisteredAt, newer.ObjectId) },
                .. NextSteps.Evidence(user.Story.Open.Where(s => s.TriedPasskey).ToList()),
                .. NextSteps.OfCode(user, Id),
            ],
            Steps =
            [
                .. isKnown ? [] : new[] { NextSteps.Tell("Do you still have the phone on which you used the passkey?") },
                NextSteps.Pass(user, "New phone"),
                NextSteps.Tell("Add the account in Microsoft Authenticator on the new phone and create a passkey there."),
                .. newest?.Id is { } id ? [NextSteps.Do("Then remove the old passkey.", $"Remove-PasskeyRegistration -UserId {NextSteps.Quoted(user)} -Id {CommandText.Quote(id)}")] : Array.Empty<PasskeyNextStep>(),
            ],
        });
    }
}

/// <summary>Windows Hello for Business: its key or the registration of the device (13000x, 50097).</summary>
internal sealed class WindowsHelloCheck() : UserCheck("WindowsHelloKeyMissing", "Windows Hello for Business works where it is used")
{
    public override CheckResult Evaluate(UserCase user)
    {
        if (!user.SignIns.IsRead && !NextSteps.Names(user, Id) && !NextSteps.Names(user, "DeviceRegistrationBroken")) return NotChecked(user.SignIns.Reason!);
        var found = new List<CauseFinding>();
        IReadOnlyList<UserSignIn> keys = [.. user.Story.OpenWith(130004, 130005), .. user.Story.OpenWith(135010).Where(s => s.TriedWindowsHello)];
        if (keys.Count > 0 || user.Code?.Code is "130004" or "130005")
        {
            found.Add(new CauseFinding(Id, keys.Count > 0 ? CauseConfidence.Certain : CauseConfidence.Likely, Stage.SignIn, "The key of Windows Hello for Business on the computer is not, or no longer, valid in Microsoft Entra ID.")
            {
                Weight = Weights.Event + 6,
                RestsOn = keys.Count > 0 ? keys.Max(k => k.At) : null,
                Evidence = [.. NextSteps.Evidence(keys), .. NextSteps.OfCode(user, Id)],
                Steps =
                [
                    NextSteps.Tell("Sign in with another method, then set up Windows Hello again: Settings, Accounts, Sign-in options, PIN: I forgot my PIN."),
                    NextSteps.Do("If that fails: certutil -deletehellocontainer as the user, and sign out and in again."),
                ],
            });
        }
        IReadOnlyList<UserSignIn> devices = [.. user.Story.OpenWith(130006, 130007, 130008), .. user.Story.OpenWith(50097).Where(s => s.Platform is DevicePlatform.Windows)];
        var isInterrupt = devices.Count > 0 && devices.All(d => d.ErrorCode == 50097);
        if (devices.Count > 0 || NextSteps.Names(user, "DeviceRegistrationBroken"))
        {
            found.Add(new CauseFinding("DeviceRegistrationBroken", devices.Count > 0 && !isInterrupt ? CauseConfidence.Certain : CauseConfidence.Likely, Stage.SignIn, "The computer is not registered in Microsoft Entra ID as it should be, so that it cannot prove who it is.")
            {
                Weight = Weights.Event + 6,
                RestsOn = devices.Count > 0 ? devices.Max(d => d.At) : null,
                Evidence = [.. NextSteps.Evidence(devices), .. NextSteps.OfCode(user, "DeviceRegistrationBroken")],
                Steps =
                [
                    NextSteps.Tell("Run dsregcmd /status on the computer and read out what it says of AzureAdJoined and of the device state."),
                    NextSteps.Do("Register the device again where it is broken (dsregcmd /leave, then join)."),
                ],
            });
        }
        return found.Count > 0 ? Found([.. found]) : Clear("The log has no failure of it that is still open.");
    }
}
