using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Troubleshooting;

/// <summary>The device object is disabled (135011). Only a sign-in that failed with that code says at which device.</summary>
internal sealed class DeviceDisabledCheck() : UserCheck("DeviceDisabled", "The device is enabled in the directory")
{
    public override CheckResult Evaluate(UserCase user)
    {
        var failures = user.Story.OpenWith(135011);
        var isTold = failures.Count > 0 || NextSteps.Names(user, Id);
        if (!user.Devices.IsRead && !isTold) return NotChecked(user.Devices.Reason!);
        IReadOnlyList<UserDevice> devices = user.Devices.IsRead ? user.Devices.Value : [];
        List<UserDevice> disabled = [.. devices.Where(d => d.IsEnabled == false)];
        if (failures.Count > 0) return Found(OfLog(user, failures, devices));
        if (isTold) return Found(OfCode(user, disabled));
        if (user.DeviceInQuestion is { } asked)
        {
            if (asked.IsEnabled == true) return Clear($"{asked.Name} is.");
            if (asked.IsEnabled is null) return NotChecked(asked.ObjectId is null ? $"Intune alone knows {asked.Name}: whether it is enabled in the directory is not known." : $"Whether {asked.Name} is enabled could not be read.");
        }
        if (user.NamedDevices.Count > 1 && user.NamedDevices.Any(d => d.IsEnabled != true)) return NotChecked($"The user has {user.NamedDevices.Count} devices called {DisplayText.Excerpt(user.DeviceName!, 80)}, and not all are known to be enabled: name it by its id.");
        if (Suspect(user, devices, disabled) is { } suspect) return Found(Finding(user, suspect.Confidence, $"{suspect.Device.Name} is disabled in the directory: nobody signs in with what is bound to it.", suspect.Device, []));
        if (disabled.Count > 0) return Clear($"{NameLists.And(disabled.Select(d => d.Name).Take(3))} {(disabled.Count == 1 ? "is" : "are")} disabled, but nothing says that the user signs in there with what is bound to it.");
        // What Intune alone knows has no such switch.
        return devices.FirstOrDefault(d => d.IsEnabled is null && d.ObjectId is not null) is { } unknown ? NotChecked($"Whether {unknown.Name} is enabled could not be read.") : Clear("No device of the user is disabled.");
    }

    /// <summary>The log says where; what the directory has of that device now may be something else.</summary>
    private CauseFinding OfLog(UserCase user, IReadOnlyList<UserSignIn> failures, IReadOnlyList<UserDevice> devices)
    {
        var last = failures[0];
        var device = last.DeviceId is { Length: > 0 } id ? devices.FirstOrDefault(d => id.Equals(d.DeviceId, StringComparison.OrdinalIgnoreCase)) : null;
        var name = device?.Name ?? (last.DeviceName is { Length: > 0 } seen ? DisplayText.Excerpt(seen, 80) : "The device");
        var isBack = device?.IsEnabled == true;
        var summary = isBack ? $"{name} was disabled in the directory when the user signed in there, and is enabled now." : $"{name} is disabled in the directory: nobody signs in with what is bound to it.";
        return Finding(user, isBack ? CauseConfidence.Possible : CauseConfidence.Certain, summary, device, failures) with { RestsOn = device?.IsEnabled == false ? null : last.At };
    }

    /// <summary>A code alone does not say where.</summary>
    private CauseFinding OfCode(UserCase user, IReadOnlyList<UserDevice> disabled)
    {
        var device = user.DeviceInQuestion is { IsEnabled: false } asked ? asked : user.DeviceName is null && disabled.Count == 1 ? disabled[0] : null;
        return Finding(user, CauseConfidence.Likely, device is null ? "The device is disabled in the directory: nobody signs in with what is bound to it." : $"The device is disabled in the directory, and {(device == user.DeviceInQuestion ? "" : "the only such one of the user is ")}{device.Name}{(device == user.DeviceInQuestion ? " is" : "")}: nobody signs in with what is bound to it.", device, []);
    }

    private static (UserDevice Device, CauseConfidence Confidence)? Suspect(UserCase user, IReadOnlyList<UserDevice> devices, IReadOnlyList<UserDevice> disabled)
    {
        // What else failed at a disabled device has another reason first.
        if (user.DeviceName is not null) return user.DeviceInQuestion is { IsEnabled: false } named ? (named, MayHold(user, named) ? CauseConfidence.Certain : CauseConfidence.Possible) : null;
        var failing = user.Story.Open.Select(s => s.DeviceId).Where(i => !string.IsNullOrEmpty(i)).ToList();
        if (disabled.FirstOrDefault(d => failing.Contains(d.DeviceId, StringComparer.OrdinalIgnoreCase) && MayHold(user, d)) is { } hit) return (hit, CauseConfidence.Possible);
        return disabled.Count == 1 && devices.Count == 1 && MayHold(user, disabled[0]) && !(user.Story.LastPasskey?.At > disabled[0].LastSeen) ? (disabled[0], CauseConfidence.Likely) : null;
    }

    private CauseFinding Finding(UserCase user, CauseConfidence confidence, string summary, UserDevice? device, IReadOnlyList<UserSignIn> failures) => new(Id, confidence, Stage.SignIn, summary)
    {
        Weight = Weights.Event + 6,
        Evidence =
        [
            .. device is null ? [] : new[] { new PasskeyEvidence(EvidenceSource.Device, $"{device.Name} is {(device.IsEnabled switch { true => "enabled", false => "disabled", _ => "in the directory, which does not say whether it is enabled" })}.", device.LastSeen, device.ObjectId) },
            .. NextSteps.Evidence(failures),
            .. NextSteps.OfCode(user, Id),
        ],
        Steps =
        [
            NextSteps.Do("Find out why it is disabled (lost, replaced, not used for long), before anybody enables it again."),
            NextSteps.Tell("This device is switched off for sign-in. Please use another one."),
        ],
    };

    /// <summary>Whether anything may be bound to the device: a security key is not, and a synced passkey is elsewhere as well.</summary>
    private static bool MayHold(UserCase user, UserDevice device) =>
        !user.Methods.IsRead || user.Passkeys.Count == 0 || (!device.IsPhone && (user.Methods.Value.WindowsHello.Count > 0 || user.Methods.Value.HasPlatformCredential))
        || user.Passkeys.Any(p => p.Type is not PasskeyTypes.Synced && !user.IsSecurityKey(p));
}
