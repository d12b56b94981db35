using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Devices;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Troubleshooting;

/// <summary>A device is gone: what may be on it, and how the user gets back in (reference/adoption-and-troubleshooting.md §6).</summary>
internal sealed class LostDeviceCheck() : UserCheck("LostDevice", "What is on a lost device")
{
    private const int MostDevices = 3;

    public override CheckResult Evaluate(UserCase user)
    {
        if (user.Symptom is not PasskeySymptom.LostDevice) return Clear("No device was reported lost.");
        // Whatever cannot be read: who calls, sessions and the way back are due all the same.
        if (!user.Methods.IsRead) return Found(Finding(user, "What the user has could not be read, so what is lost is not known.", [], [Who(), Sessions(isRemovalAbove: false), .. Back(user)])) with { IsChecked = false };
        var device = user.DeviceName is null ? null : user.DeviceInQuestion;
        var suspects = user.Passkeys.Where(p => device is null || MayBeOn(user, p, device.Device.Platform)).ToList();
        // Without a device, several passkeys are several questions.
        var isTold = device is not null || suspects.Count <= 1;
        var remains = Remains(user, device, suspects).ToList();
        var summary = suspects.Count == 0 ? $"{(user.Passkeys.Count == 0 ? "No passkey is registered." : "No passkey of the user is of a kind that can be on that device.")} Sessions on the device go on until they are ended."
            : $"{(isTold ? "On the lost device may be" : "Which of these was on the lost device is not known")}: {NameLists.And(suspects.Select(user.NameOf).Take(4))}.{(suspects.Any(p => p.Type is PasskeyTypes.Synced) ? " A synced passkey is on the user's other devices as well; whoever can unlock the device can use it." : "")}{(isTold ? remains.Count > 0 ? $" What is left: {NameLists.And(remains.Take(4))}." : " Nothing else that withstands phishing is left." : "")}";
        List<PasskeyEvidence> evidence = [.. suspects.Take(5).Select(p => new PasskeyEvidence(EvidenceSource.Registration, $"{user.NameOf(p)}, registered{(p.CreatedAt is { } at ? $" on {at.UtcDateTime:yyyy-MM-dd}" : "")}{(p.LastUsedAt is { } used ? $", last used on {used.UtcDateTime:yyyy-MM-dd}" : "")}.", objectId: p.Id)), .. device is null ? [] : new[] { new PasskeyEvidence(EvidenceSource.Device, $"{device.Name}, last seen.", device.LastSeen, device.ObjectId) }, .. Others(user)];
        return Found(Finding(user, summary, evidence, [Who(), .. isTold ? Removal(user, suspects, remains.Count == 0) : Which(user), .. device?.ObjectId is { } id ? [NextSteps.Do($"Disable the device in the directory ({DisplayText.Neutralise(id)}), so that what is bound to it ends as well.")] : Array.Empty<PasskeyNextStep>(), Sessions(isRemovalAbove: isTold && suspects.Count > 0), .. Back(user)]));
    }

    private CauseFinding Finding(UserCase user, string summary, IReadOnlyList<PasskeyEvidence> evidence, IReadOnlyList<PasskeyNextStep> steps) => new(Id, CauseConfidence.Certain, Stage.Recovery, summary) { Weight = Weights.Gate, Evidence = [.. evidence, .. NextSteps.OfCode(user, Id)], Steps = steps };

    private static PasskeyNextStep Who() => NextSteps.Do("Before anything else, make sure whom you are talking to: whoever has the phone may be calling.");

    private static PasskeyNextStep Sessions(bool isRemovalAbove) => NextSteps.Do($"End all sessions{(isRemovalAbove ? ", where the removal above has not done it" : "")}: in the Microsoft Entra admin center, or with Microsoft Graph PowerShell (Revoke-MgUserSignInSession).");

    private static IEnumerable<PasskeyNextStep> Removal(UserCase user, IReadOnlyList<RegisteredPasskey> suspects, bool isLast)
    {
        if (suspects.Count == 0) yield break;
        var ids = string.Join(", ", suspects.Select(p => CommandText.Quote(p.Id ?? "")));
        yield return NextSteps.Do(isLast ? "Remove what is on it, and end all sessions. Nothing that withstands phishing is left then, and -AllowLockout says that you know; issue the pass below right after it. A removed passkey cannot be restored." : "Remove what is on it, and end all sessions. A removed passkey cannot be restored.",
            $"Remove-PasskeyRegistration -UserId {NextSteps.Quoted(user)} -Id {ids} -RevokeSession{(isLast ? " -AllowLockout" : "")}");
    }

    private static IEnumerable<PasskeyNextStep> Which(UserCase user)
    {
        var devices = user.Devices.IsRead ? user.Devices.Value.Where(d => d.Device.DeviceName is not null).Take(MostDevices).ToList() : [];
        if (devices.Count == 0) yield return NextSteps.Do("Ask which passkey it was, and remove that one by its id.", $"Get-PasskeyRegistration {NextSteps.Quoted(user)}");
        foreach (var device in devices) yield return NextSteps.Do($"If it is {device.Name}:", $"Test-PasskeyUser -UserId {NextSteps.Quoted(user)} -Symptom LostDevice -DeviceName {CommandText.Quote(device.DeviceId ?? device.Name)}");
    }

    private static IEnumerable<PasskeyNextStep> Back(UserCase user)
    {
        yield return NextSteps.Do("See how the user gets back in.", $"Test-PasskeyRecovery -UserId {NextSteps.Quoted(user)}");
        yield return NextSteps.Pass(user, "Lost device");
        yield return NextSteps.Do("See what was registered and used since.", $"Get-PasskeyAuditEvent -UserId {NextSteps.Quoted(user)}");
    }

    /// <summary>What else withstands phishing and is not on the device.</summary>
    private static IEnumerable<string> Remains(UserCase user, UserDevice? device, IReadOnlyList<RegisteredPasskey> suspects)
    {
        foreach (var passkey in user.Passkeys.Except(suspects).Where(p => user.IsUsable(p) == true)) yield return user.NameOf(passkey);
        foreach (var (name, _) in user.Methods.Value.WindowsHello.Where(h => h.Device is { } d && !d.Equals(device?.Device.DeviceName, StringComparison.OrdinalIgnoreCase))) yield return $"Windows Hello for Business on {DisplayText.Excerpt(name!, 60)}";
        if (user.HasCertificate == true) yield return "a certificate";
    }

    /// <summary>Second factors that may be gone with the device.</summary>
    private static IEnumerable<PasskeyEvidence> Others(UserCase user)
    {
        List<string> kinds = [.. user.Methods.Value.WindowsHello.Select(h => $"Windows Hello for Business{(h.Device is { } d ? $" on {DisplayText.Excerpt(d, 60)}" : "")}"), .. user.Methods.Value.SecondFactors.Where(f => f is "microsoftAuthenticator" or "phone" or "softwareOath").Select(f => f switch { "phone" => "a phone number", "softwareOath" => "a code application", _ => "Microsoft Authenticator (notifications)" })];
        if (kinds.Count > 0) yield return new PasskeyEvidence(EvidenceSource.Registration, $"Also registered, and perhaps on the device: {NameLists.And(kinds.Take(5))}.");
    }

    /// <summary>By the platform of the device; what is not known may be there.</summary>
    private static bool MayBeOn(UserCase user, RegisteredPasskey passkey, DevicePlatform platform)
    {
        if (passkey.AaGuid is not { } aaGuid || platform is DevicePlatform.Unknown or DevicePlatform.Other) return true;
        return user.Data.Catalog.Find(aaGuid) switch
        {
            { Requirement: KnownProviders.SecurityKeyRequirement } => false,
            { Name: KnownProviders.WindowsHello } => platform is DevicePlatform.Windows,
            { Name: KnownProviders.Apple } => platform is DevicePlatform.iOS or DevicePlatform.macOS,
            { Name: KnownProviders.Authenticator } => platform is DevicePlatform.iOS or DevicePlatform.Android,
            { Name: KnownProviders.Samsung } => platform is DevicePlatform.Android,
            _ => true,
        };
    }
}
