using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Devices;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Troubleshooting;

/// <summary>Second factors that were asked for and not given.</summary>
internal sealed class SecondFactorGivenCheck() : UserCheck("SecondFactorNotCompleted", "Second factors that were asked for were given")
{
    public override CheckResult Evaluate(UserCase user)
    {
        if (!user.SignIns.IsRead && !NextSteps.Names(user, Id) && !NextSteps.Names(user, "SecondFactorToBeRegistered")) return NotChecked(user.SignIns.Reason!);
        var found = new List<CauseFinding>();
        var failed = user.Story.OpenWith(500121);
        if (failed.Count > 0 || NextSteps.Names(user, Id))
        {
            var isNewest = failed.Count > 0 && ReferenceEquals(user.Story.Open[0], failed[0]);
            found.Add(new CauseFinding(Id, isNewest || failed.Count == 0 ? CauseConfidence.Likely : CauseConfidence.Possible, Stage.SignIn, $"A second factor was asked for and not completed{(failed is [{ Methods: [.., { } method] }, ..] ? $": {DisplayText.Excerpt(method, 60)}" : "")}.")
            {
                Weight = Weights.Event - 5,
                RestsOn = NextSteps.DateOf(failed),
                Evidence = [.. NextSteps.Evidence(failed), .. NextSteps.OfCode(user, Id)],
                Steps = [NextSteps.Tell("Try again and look at the device that is asked: a notification, a touch of the key, or the PIN."), NextSteps.ShowRegistrations(user)],
            });
        }
        var demanded = user.Story.OpenWith(50074, 50076);
        if (demanded.Count > 0 && failed.Count == 0)
        {
            found.Add(new CauseFinding(Id, CauseConfidence.Possible, Stage.SignIn, "A second factor or a stronger method was demanded, and the sign-in did not go on.")
            {
                Weight = Weights.Own,
                Evidence = [.. NextSteps.Evidence(demanded)],
                Steps = [NextSteps.Tell("Try again, and use the passkey from the start: Sign-in options."), NextSteps.ShowRegistrations(user)],
            });
        }
        var interrupted = user.Story.OpenWith(50072, 50079);
        if (interrupted.Count > 0 || NextSteps.Names(user, "SecondFactorToBeRegistered"))
        {
            var hasNone = interrupted.Count > 0 && user.Methods.IsRead && user.Methods.Value.SecondFactors.Count == 0 && user.HasUsablePasskey == false;
            found.Add(new CauseFinding("SecondFactorToBeRegistered", hasNone ? CauseConfidence.Certain : CauseConfidence.Likely, Stage.SignIn, "The sign-in stopped where the user was asked to register a second factor.")
            {
                Weight = Weights.Event - 5,
                RestsOn = NextSteps.DateOf(interrupted),
                Evidence = [.. NextSteps.Evidence(interrupted), .. NextSteps.OfCode(user, "SecondFactorToBeRegistered")],
                Steps = [NextSteps.Pass(user, "Second factor to be registered"), NextSteps.Tell("Finish what the page asks for. A passkey is registered at Security info, not in that interruption.")],
            });
        }
        return found.Count > 0 ? Found([.. found]) : Clear("The log has none that is still open.");
    }
}

/// <summary>What no state of a tenant shows, where a code or message, or a circumstance, points to it.</summary>
internal sealed class TransportCheck() : UserCheck("CrossDeviceBlocked", "Phone and computer can reach each other")
{
    public override CheckResult Evaluate(UserCase user)
    {
        if (NextSteps.Names(user, Id)) return Found(Finding(user, CauseConfidence.Likely, []));
        if (!user.Methods.IsRead) return NotChecked(user.Methods.Reason!);
        if (!user.SignIns.IsRead) return NotChecked(user.SignIns.Reason!);
        // The only passkey is in a phone, and what fails is a computer.
        var onPhones = user.Passkeys.Count > 0 && user.Passkeys.All(p => user.IsOf(p, KnownProviders.Authenticator));
        var failures = user.Story.Open.Where(s => s.Platform is DevicePlatform.Windows or DevicePlatform.macOS or DevicePlatform.Linux && (s.ErrorCode is 500121 || s.HasNoMethod)).ToList();
        return onPhones && failures.Count > 0 && user.HasUsablePasskey != false ? Found(Finding(user, CauseConfidence.Possible, failures)) : Clear("Nothing says that they cannot.");
    }

    private static CauseFinding Finding(UserCase user, CauseConfidence confidence, IReadOnlyList<UserSignIn> failures) => new("CrossDeviceBlocked", confidence, Stage.Both, "The passkey is in a phone and the sign-in at another device: the two may not reach each other.")
    {
        Weight = Weights.Circumstance + 5,
        Evidence = [.. NextSteps.Evidence(failures), .. NextSteps.OfCode(user, "CrossDeviceBlocked")],
        Steps =
        [
            NextSteps.Tell("Bluetooth must be on and both devices need internet. Scan the QR code with the camera of the phone."),
            NextSteps.Do("The network must let cable.ua5v.com and cable.auth.com through; where Bluetooth is restricted by policy, passkey pairing can be allowed by itself."),
        ],
    };
}

/// <summary>Causes that an error code or message alone tells.</summary>
internal sealed class ToldCheck() : UserCheck(Name, "What the error code or message says")
{
    public const string Name = "ErrorCode";

    private static readonly Dictionary<string, (Stage Stage, string Summary, string Words)> Told = new()
    {
        ["AppDemandsPassword"] = (Stage.SignIn, "The application demands a password in its request, and refuses a sign-in with a passkey.", "Its vendor has to take RequestedAuthnContext out of the request. Sign in to it with the password meanwhile."),
        ["RemoteDesktopRedirection"] = (Stage.SignIn, "The security key is redirected to the virtual desktop as a USB device, and not as FIDO2.", "Switch the WebAuthn redirection of the virtual desktop on, and USB redirection of the key off."),
        ["KeyPinBlocked"] = (Stage.SignIn, "The security key is blocked after too many wrong PINs.", "It must be reset with the tool of its maker, which erases all passkeys on it; then register it again."),
        ["KeyNeedsPin"] = (Stage.Registration, "The security key has no PIN yet, and browsers on macOS and iOS cannot set one.", "Set a PIN on a Windows computer or with the tool of the maker, then register the key."),
    };

    public override CheckResult Evaluate(UserCase user)
    {
        var failures = user.Story.OpenWith(75011);
        var ids = (user.Code?.CauseId ?? []).Where(Told.ContainsKey).ToList();
        if (failures.Count > 0 && !ids.Contains("AppDemandsPassword")) ids.Add("AppDemandsPassword");
        if (user.Code is { CauseId.Count: 0 } code) return Found(Explained(user, code));
        if (ids.Count == 0 && Pinless(user) is { } pinless) return Found(pinless);
        if (ids.Count == 0) return user.Code is { } known ? Clear($"{known}.") : NotApplicable("None was given.");
        return Found([.. ids.Select(id => new CauseFinding(id, id == "AppDemandsPassword" && failures.Count > 0 ? CauseConfidence.Certain : CauseConfidence.Likely, Told[id].Stage, Told[id].Summary)
        {
            Weight = Weights.Event + 3,
            RestsOn = id == "AppDemandsPassword" ? NextSteps.DateOf(failures) : null,
            Evidence = [.. id == "AppDemandsPassword" ? NextSteps.Evidence(failures) : [], .. NextSteps.OfCode(user, id)],
            Steps = [NextSteps.Tell(Told[id].Words)],
        })]);
    }

    /// <summary>
    /// Why a code or message that was given is no all-clear; null where none was given, and where a cause explains it. Whoever reports one saw something fail, or at least stop
    /// (an interrupt), and that nothing is wrong now explains neither.
    /// </summary>
    /// <param name="hasCauses">Whether any cause was found.</param>
    /// <param name="isNamed">Whether one of them is what the code or message names.</param>
    public static string? LeftOpen(UserCase user, bool hasCauses, bool isNamed)
    {
        if (user.HasUnknownCode) return "It is not among the codes and messages that this module knows.";
        if (user.Code is null || isNamed) return null;
        return hasCauses ? "None of the causes that were found is one that it names." : "Nothing that could be read explains it now.";
    }

    /// <summary>What the table of codes says, where nothing that is read can tell more.</summary>
    private static CauseFinding Explained(UserCase user, PasskeyErrorCode code) => new("ExplainedByCode", CauseConfidence.Likely, Stage.Both | Stage.Recovery, code.Meaning)
    {
        Weight = Weights.Event + 3,
        Evidence = [new PasskeyEvidence(EvidenceSource.ErrorCode, $"{code} ({code.Where}).")],
        Steps = [NextSteps.Do(code.Remedy)],
    };

    /// <summary>Where only security keys are let in and all devices are Apple's, a key without a PIN is the usual stumbling block.</summary>
    private static CauseFinding? Pinless(UserCase user)
    {
        if (!user.Policy.IsRead || !user.Devices.IsRead || user.Devices.Value.Count == 0 || user.Profiles.Count == 0) return null;
        if (user.Profiles.Any(p => p.PasskeyType is not PasskeyTypes.DeviceBound) || !user.Devices.Value.All(d => d.Device.Platform is DevicePlatform.macOS or DevicePlatform.iOS)) return null;
        // Where only keys are listed, it is a key that the user has in hand.
        var areKeys = user.Profiles.All(p => p.Restriction is KeyRestrictionKind.Allow && p.AaGuid.Count > 0 && p.AaGuid.All(a => user.Data.Catalog.Find(a).Requirement == KnownProviders.SecurityKeyRequirement));
        return new CauseFinding("KeyNeedsPin", CauseConfidence.Possible, Stage.Registration, $"If it is a new security key: {char.ToLowerInvariant(Told["KeyNeedsPin"].Summary[0])}{Told["KeyNeedsPin"].Summary.Substring(1)}")
        {
            Weight = areKeys ? Weights.Reach + 3 : Weights.Circumstance,
            Evidence = [new PasskeyEvidence(EvidenceSource.Device, "All devices of the user that the directory has are of Apple.")],
            Steps = [NextSteps.Tell(Told["KeyNeedsPin"].Words)],
        };
    }
}

/// <summary>Failures of the log that no other check knows: they are told as they stand, and are no all-clear.</summary>
internal sealed class OtherFailureCheck() : UserCheck("SignInFailed", "The log has no failure that nothing explains")
{
    public override CheckResult Evaluate(UserCase user)
    {
        if (!user.SignIns.IsRead) return NotChecked(user.SignIns.Reason!);
        var failures = user.Story.OpenOther;
        if (failures.Count == 0) return Clear("It has none that is still open.");
        var last = failures[0];
        return Found(new CauseFinding(Id, CauseConfidence.Likely, Stage.SignIn, $"A sign-in failed with {(last.ErrorCode < 0 ? "a code that cannot be read" : $"{last.ErrorCode}")}{(last.Reason is { } reason ? $": {DisplayText.Excerpt(reason.TrimEnd('.', ' '), 160)}" : "")}. This module knows no more of it.")
        {
            Weight = Weights.Event - 10,
            RestsOn = last.At,
            Evidence = [.. failures.GroupBy(f => f.ErrorCode).SelectMany(g => NextSteps.Evidence([.. g])).Take(3)],
            Steps = [NextSteps.Do($"Look the code up at https://login.microsoftonline.com/error?code={Math.Max(0, last.ErrorCode)}, and the sign-in in the log of the user.")],
        });
    }
}
