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
    private const int MostPasskeys = 5;

    public override CheckResult Evaluate(UserCase user)
    {
        if (user.Symptom is not PasskeySymptom.LostDevice) return NotApplicable("No device was reported lost.");
        // Whatever cannot be read: who calls, sessions and the way back are due all the same.
        if (!user.Methods.IsRead) return Found(Finding(user, "A device is lost. What the user has could not be read, so what was on it is not known.", [], [Who(), Sessions(isRemovalAbove: false), .. Back(user)])) with { IsChecked = false };
        var device = user.DeviceName is null ? null : user.DeviceInQuestion;
        // What somebody calls their device may be the name of the passkey in it.
        List<RegisteredPasskey> called = device is null && user.DeviceName is { } name ? [.. user.Passkeys.Where(p => name.Equals(p.Name, StringComparison.OrdinalIgnoreCase))] : [];
        var suspects = called.Count > 0 ? called : user.Passkeys.Where(p => device is null || MayBeOn(user, p, device.Device.Platform)).ToList();
        // Nothing is removed for a device of which nobody has said which it is: it may be the laptop, and the passkey is on the phone.
        var isTold = device is not null || called.Count > 0 || suspects.Count == 0;
        var remains = Remains(user, device, suspects).ToList();
        return Found(Finding(user, Summary(user, suspects, isTold, remains), Evidence(user, device, suspects), Steps(user, device, suspects, isTold, remains.Count == 0)));
    }

    private static string Summary(UserCase user, IReadOnlyList<RegisteredPasskey> suspects, bool isTold, IReadOnlyList<string> remains)
    {
        var unknown = user.DeviceName is { } name && user.DeviceInQuestion is null && !isTold
            ? user.NamedDevices.Count > 1 ? $"The user has {user.NamedDevices.Count} devices called {DisplayText.Excerpt(name, 80)}. " : $"Neither a device nor a passkey of the user is called {DisplayText.Excerpt(name, 80)}. " : "";
        if (suspects.Count == 0) return $"{unknown}{(user.Passkeys.Count == 0 ? "No passkey is registered." : "No passkey of the user is of a kind that can be on that device.")} Sessions on the device go on until they are ended.";
        var names = NameLists.And(suspects.Select(user.NameOf).Take(4));
        var synced = suspects.Any(p => p.Type is PasskeyTypes.Synced) ? " A synced passkey is on the user's other devices as well; whoever can unlock the device can use it." : "";
        if (!isTold) return $"{unknown}A device is lost, and {(suspects.Count == 1 ? "whether this passkey was on it" : "which of these passkeys were on it")} is not known: {names}.{synced}";
        return $"On the lost device may be: {names}.{synced} {(remains.Count > 0 ? $"What is left: {NameLists.And(remains.Take(4))}." : "The user has nothing else that withstands phishing.")}";
    }

    private static List<PasskeyEvidence> Evidence(UserCase user, UserDevice? device, IReadOnlyList<RegisteredPasskey> suspects) =>
    [
        .. suspects.Take(5).Select(p => new PasskeyEvidence(EvidenceSource.Registration, $"{user.NameOf(p)}, registered{(p.CreatedAt is { } at ? $" on {at.UtcDateTime:yyyy-MM-dd}" : "")}{(p.LastUsedAt is { } used ? $", last used on {used.UtcDateTime:yyyy-MM-dd}" : "")}.", objectId: p.Id)),
        .. device is null ? [] : new[] { new PasskeyEvidence(EvidenceSource.Device, $"{device.Name}, last seen.", device.LastSeen, device.ObjectId) },
        .. Others(user),
    ];

    private static List<PasskeyNextStep> Steps(UserCase user, UserDevice? device, IReadOnlyList<RegisteredPasskey> suspects, bool isTold, bool isLast) =>
    [
        Who(),
        .. !isTold ? Which(user, suspects) : isLast && suspects.Count > 0 ? LastRemoval(user, suspects) : Removal(user, suspects),
        .. device?.ObjectId is { } id ? [NextSteps.Do($"Disable the device in the directory ({DisplayText.Neutralise(id)}), so that what is bound to it ends as well.")] : Array.Empty<PasskeyNextStep>(),
        Sessions(isRemovalAbove: suspects.Count > 0 && !(isTold && isLast && user.PassLeadsBack != true)),
        .. Back(user, withRecovery: !(isTold && isLast && suspects.Count > 0)),
    ];

    private CauseFinding Finding(UserCase user, string summary, IReadOnlyList<PasskeyEvidence> evidence, IReadOnlyList<PasskeyNextStep> steps) => new(Id, CauseConfidence.Certain, Stage.Recovery, summary) { Weight = Weights.Gate, Evidence = [.. evidence, .. NextSteps.OfCode(user, Id)], Steps = steps };

    private static PasskeyNextStep Who() => NextSteps.Do("Before anything else, make sure whom you are talking to: whoever has the phone may be calling.");

    private static PasskeyNextStep Sessions(bool isRemovalAbove) => NextSteps.Do($"End all sessions{(isRemovalAbove ? ", where the removal above has not done it" : "")}: in the Microsoft Entra admin center, or with Microsoft Graph PowerShell (Revoke-MgUserSignInSession).");

    private static IEnumerable<PasskeyNextStep> Removal(UserCase user, IReadOnlyList<RegisteredPasskey> suspects)
    {
        if (suspects.Count > 0) yield return NextSteps.Do("Remove what is on it, and end all sessions. A removed passkey cannot be restored.", Command(user, suspects, isLast: false));
    }

    /// <summary>The way back first: whom a pass does not get to the registration, nobody can help once the passkey is gone.</summary>
    private static IEnumerable<PasskeyNextStep> LastRemoval(UserCase user, IReadOnlyList<RegisteredPasskey> suspects)
    {
        yield return NextSteps.Do("Nothing that withstands phishing is left without it. Before anything is removed, see how the user gets back in.", $"Test-PasskeyRecovery -UserId {NextSteps.Quoted(user)}");
        if (suspects.Any(p => p.Type is PasskeyTypes.Synced)) yield return NextSteps.Tell("Lock or erase the device from another one, at your provider (Find My, Find Hub): whoever cannot unlock it cannot use the passkey, and on your other devices it goes on working.");
        if (user.PassLeadsBack == true) yield return NextSteps.Do("Then remove what is on it, and end all sessions; -AllowLockout says that you know. Issue the pass below right after it. A removed passkey cannot be restored.", Command(user, suspects, isLast: true));
        else if (user.PassLeadsBack is null) yield return NextSteps.Do("Whether a Temporary Access Pass brings the user back is not known: end all sessions, issue the pass below, and remove what is on the device when the user has registered another passkey with it.", Command(user, suspects, isLast: false));
        else yield return NextSteps.Do("A Temporary Access Pass does not bring the user back: have that mended, or another passkey registered, before this one is removed.");
    }

    private static string Command(UserCase user, IReadOnlyList<RegisteredPasskey> suspects, bool isLast) =>
        $"Remove-PasskeyRegistration -UserId {NextSteps.Quoted(user)} -Id {string.Join(", ", suspects.Select(p => CommandText.Quote(p.Id ?? "")))} -RevokeSession{(isLast ? " -AllowLockout" : "")}";

    /// <summary>A question for each device that the directory has, and for each passkey: phones of people's own are often not in the directory.</summary>
    private static IEnumerable<PasskeyNextStep> Which(UserCase user, IReadOnlyList<RegisteredPasskey> suspects)
    {
        var devices = user.NamedDevices.Count > 0 ? user.NamedDevices : user.Devices.IsRead ? [.. user.Devices.Value.Where(d => d.Device.DeviceName is not null)] : [];
        foreach (var device in devices.Take(MostDevices)) yield return NextSteps.Do($"If it is {device.Name}{(device.LastSeen is { } seen ? $", last seen on {seen.UtcDateTime:yyyy-MM-dd}" : "")}:", $"Test-PasskeyUser -UserId {NextSteps.Quoted(user)} -Symptom LostDevice -DeviceName {CommandText.Quote(device.DeviceId ?? device.Name)}");
        foreach (var passkey in suspects.Take(MostPasskeys)) yield return NextSteps.Do($"If what is lost has {user.NameOf(passkey)}, remove that passkey and end all sessions. It cannot be restored; where it is the last way in, the command refuses and says so.", $"Remove-PasskeyRegistration -UserId {NextSteps.Quoted(user)} -Id {CommandText.Quote(passkey.Id ?? "")} -RevokeSession");
        if (suspects.Count > MostPasskeys) yield return NextSteps.ShowRegistrations(user);
    }

    private static IEnumerable<PasskeyNextStep> Back(UserCase user, bool withRecovery = true)
    {
        // Where a pass does not lead back, the step about it says the same.
        if (withRecovery && (user.MayHavePass == false || user.PassWay is not { IsOpen: false })) yield return NextSteps.Do("See how the user gets back in.", $"Test-PasskeyRecovery -UserId {NextSteps.Quoted(user)}");
        if (withRecovery || user.PassLeadsBack != false) yield return NextSteps.Pass(user, "Lost device");
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
        List<string> kinds = [.. user.Methods.Value.WindowsHello.Select(h => $"Windows Hello for Business{(h.Device is { } d ? $" on {DisplayText.Excerpt(d, 60)}" : "")}"), .. user.Methods.Value.SecondFactors.Where(f => f is "microsoftAuthenticator" or "phone" or "softwareOath").Select(MethodWords.Of)];
        if (kinds.Count > 0) yield return new PasskeyEvidence(EvidenceSource.Registration, $"Also registered, and perhaps on the device: {NameLists.And(kinds.Take(5))}.");
    }

    /// <summary>By the platform of the device; what is not known may be there.</summary>
    private static bool MayBeOn(UserCase user, RegisteredPasskey passkey, DevicePlatform platform)
    {
        if (passkey.AaGuid is not { } aaGuid || platform is DevicePlatform.Unknown or DevicePlatform.Other) return true;
        if (AuthenticatorPlatforms.Of(aaGuid) is { } only) return only == platform;
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
