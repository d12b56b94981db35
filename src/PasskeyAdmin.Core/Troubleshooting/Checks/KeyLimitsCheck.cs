using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Devices;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Troubleshooting;

/// <summary>
/// What platforms do not do with security keys (reference/device-requirements.md §3 [D], NFC on Android [U]). How somebody holds a key to a device, no log tells: so this is never more than a possibility.
/// </summary>
internal sealed class KeyLimitsCheck() : UserCheck(Cause, "The security key works on the platform")
{
    private const string Cause = "KeyNotSupportedHere";

    private static readonly Dictionary<DevicePlatform, string> Limits = new()
    {
        [DevicePlatform.macOS] = "A Mac takes security keys by USB alone, and not by NFC or Bluetooth.",
        [DevicePlatform.iOS] = "An iPhone or iPad takes no security key by Bluetooth, and by NFC none that is certified for FIPS 140-3.",
        [DevicePlatform.Android] = "Android takes security keys by USB alone: not by Bluetooth, and by NFC not reliably.",
        [DevicePlatform.ChromeOS] = "ChromeOS takes security keys by USB alone, and not by NFC or Bluetooth.",
    };

    public override CheckResult Evaluate(UserCase user)
    {
        var isNamed = NextSteps.Names(user, Id);
        if (!user.Methods.IsRead && !isNamed) return NotChecked(user.Methods.Reason!);
        if (Registers(user) is { } registration) return Found(registration);
        // With a passkey of another kind, a key is not what the sign-in hangs on.
        var passkeys = user.Methods.IsRead ? user.Passkeys.Where(p => user.IsUsable(p) != false).ToList() : [];
        var keys = passkeys.FindAll(user.IsSecurityKey);
        if (!isNamed && (keys.Count == 0 || keys.Count < passkeys.Count)) return NotApplicable("No sign-in hangs on a security key.");
        if (!isNamed && !user.SignIns.IsRead && user.DeviceName is null) return NotChecked(user.SignIns.Reason!);
        var failures = user.Story.Open.Where(s => (s.TriedPasskey || s.ErrorCode is 500121) && Limits.ContainsKey(s.Platform) && !Works(user, s.Platform)).ToList();
        var platform = user.DeviceName is not null ? user.DeviceInQuestion?.Device.Platform : failures is [var failure, ..] ? failure.Platform : null;
        if (!isNamed && (platform is not { } seen || !Limits.ContainsKey(seen) || Works(user, seen))) return Clear("Nothing says that it does not.");
        return Found(SignsIn(user, keys, platform, [.. failures.Where(f => f.Platform == platform)]));
    }

    private static bool Works(UserCase user, DevicePlatform platform) => user.Story.All.Any(s => s.IsWithPasskey && s.Platform == platform);

    private static CauseFinding SignsIn(UserCase user, List<RegisteredPasskey> keys, DevicePlatform? platform, IReadOnlyList<UserSignIn> failures)
    {
        var isNamed = NextSteps.Names(user, Cause);
        var limit = platform is { } known && Limits.TryGetValue(known, out var words) ? words : null;
        // YubiKeys with the OTP interface on may fail on phones of Samsung (§3).
        var mayBeSamsung = platform is DevicePlatform.Android && user.Devices.IsRead && user.Devices.Value.Any(d => d.IsPhone && d.Device.Manufacturer?.IndexOf("samsung", StringComparison.OrdinalIgnoreCase) >= 0);
        var hasYubiKey = keys.Exists(k => user.NameOf(k).IndexOf("YubiKey", StringComparison.OrdinalIgnoreCase) >= 0);
        var otp = isNamed || (mayBeSamsung && hasYubiKey) ? "On phones of Samsung, a YubiKey may fail while its OTP interface is on." : null;
        return new CauseFinding(Cause, isNamed ? CauseConfidence.Likely : CauseConfidence.Possible, Stage.SignIn, string.Join(" ", new[] { limit, otp }.Where(t => t is not null)))
        {
            Weight = Weights.Circumstance,
            Evidence =
            [
                .. keys.Take(2).Select(k => new PasskeyEvidence(EvidenceSource.Registration, $"The user signs in with {user.NameOf(k)}.", k.CreatedAt, k.Id)),
                .. NextSteps.Evidence(failures),
                .. NextSteps.OfCode(user, Cause),
            ],
            Steps =
            [
                NextSteps.Tell("Plug the key in by USB."),
                .. otp is null ? [] : new[] { NextSteps.Tell("If it is a YubiKey and the phone a Samsung: switch OTP off with YubiKey Manager, at a computer.") },
            ],
        };
    }

    /// <summary>ChromeOS registers no security keys; null where the registration is about something else.</summary>
    private static CauseFinding? Registers(UserCase user)
    {
        var named = user.DeviceName is not null ? user.DeviceInQuestion?.Device.Platform : null;
        if ((named ?? user.RegistrationSignIn?.Platform) is not DevicePlatform.ChromeOS) return null;
        // Where nothing but what is bound to a device is allowed, it is a key: ChromeOS has no other such passkey.
        var areKeys = user.Policy.IsRead && user.Profiles.Count > 0 && user.Profiles.All(p => p.PasskeyType is PasskeyTypes.DeviceBound);
        return new CauseFinding(Cause, areKeys ? CauseConfidence.Likely : CauseConfidence.Possible, Stage.Registration, $"{(areKeys ? "" : "If it is a security key: ")}On ChromeOS no security key can be registered; one that is registered works there.")
        {
            Weight = areKeys ? Weights.Reach + 3 : Weights.Circumstance,
            Evidence =
            [
                .. user.RegistrationSignIn is { } at ? [new PasskeyEvidence(EvidenceSource.SignInLog, $"The page of registration was opened at {at.Where}.", at.At, at.Id)] : Array.Empty<PasskeyEvidence>(),
                .. named is null ? [] : new[] { new PasskeyEvidence(EvidenceSource.Device, $"{user.DeviceInQuestion!.Name} has ChromeOS.", user.DeviceInQuestion.LastSeen, user.DeviceInQuestion.ObjectId) },
            ],
            Steps = [NextSteps.Tell("Register the key at a computer with Windows, macOS or Linux; then it works on the Chromebook as well.")],
        };
    }
}
