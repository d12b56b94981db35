using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Users;

/// <summary>
/// Whether somebody gets back in after losing any one device (reference/adoption-and-troubleshooting.md §6). Pure. An authenticator holds one passkey of an account, and so does a device with Windows Hello
/// (§4: "already registered"); so two of them are two things, and one is left. What may be on one device counts once. A synced passkey comes back with the account at its provider. Passwords and phones do not count: whether they let somebody in is
/// for Conditional Access to say, and they are what passkeys take the place of. Whether what is registered still exists, nobody but the user knows.
/// </summary>
internal static class RecoveryEvaluator
{
    private const string Issuer = "Authentication Administrator";
    private const string PrivilegedIssuer = "Privileged Authentication Administrator";

    public static RecoveryJudgement Evaluate(RecoverySituation user)
    {
        var role = user.IsAdministrator switch { true => PrivilegedIssuer, false => Issuer, null => $"{Issuer}, or {PrivilegedIssuer} for an administrator" };
        if (user.IsGuest == true)
            return new RecoveryJudgement(PasskeyRecoveryVerdict.Unknown, ["A guest signs in with the methods of another tenant, which do not show here; guests cannot register a passkey in this one."], []) { Role = role };
        var alone = Alone(user);
        var obtainable = user.IsPassAllowed & user.HasIssuer;
        // A pass lets somebody in; only a passkey that can be registered with it brings them back for good.
        var wayBack = obtainable & user.SelfServiceRegistration & user.MayRegister & user.IsRoadOpen;
        var verdict = (alone, wayBack) switch
        {
            // Somebody has to enable the account first.
            (true, _) when user.IsEnabled == false => PasskeyRecoveryVerdict.RecoverableWithHelpdesk,
            (true, _) when user.IsEnabled is null => PasskeyRecoveryVerdict.Unknown,
            (true, _) => PasskeyRecoveryVerdict.RecoverableAlone,
            (_, true) => PasskeyRecoveryVerdict.RecoverableWithHelpdesk,
            (false, false) => PasskeyRecoveryVerdict.Stranded,
            _ => PasskeyRecoveryVerdict.Unknown,
        };
        // Unconfirmed: §6.
        IEnumerable<string> other = verdict is PasskeyRecoveryVerdict.Stranded ? ["Whether Microsoft Entra ID Account Recovery is set up cannot be read: where it is, the user may get back in by it."] : [];
        return new RecoveryJudgement(verdict, [.. WhyMethods(user), .. WhyPass(user, role), .. other], [.. Advice(user, alone, role)])
        {
            Second = AtLeast(user, 2),
            Other = user.OnDevices?.Entries > 0 || user.HasCertificate == true ? true : user.OnDevices is null || user.HasCertificate is null ? null : false,
            Synced = AnySynced(user),
            PassObtainable = obtainable,
            Role = role,
        };
    }

    /// <summary>Whether something is left, whichever device is lost.</summary>
    private static bool? Alone(RecoverySituation user)
    {
        if (AnySynced(user) == true || AtLeastThings(user) >= 2) return true;
        if (user.Passkeys is not { } passkeys || user.OnDevices is not { } devices || AnySynced(user) is null) return null;
        // The key of a certificate may be on the lost device.
        var most = passkeys.Count(p => p.Usable is not PasskeyAnswer.No) + devices.Entries + (user.HasCertificate == false ? 0 : 1);
        return most >= 2 ? null : false;
    }

    /// <summary>How many things there are that are not lost together: what may be on one device is one.</summary>
    private static int AtLeastThings(RecoverySituation user)
    {
        var working = (user.Passkeys ?? []).Where(p => p.Usable is PasskeyAnswer.Yes).ToList();
        // A device with Windows Hello holds one passkey of an account; a browser of a Mac, or a phone that was set up anew, may have several entries.
        var windows = Math.Max(working.Count(p => p.Device is RecoveryPasskey.Windows), user.OnDevices?.Windows ?? 0);
        var mac = Math.Max(working.Exists(p => p.Device is RecoveryPasskey.Mac) ? 1 : 0, user.OnDevices?.Mac ?? 0);
        var elsewhere = working.Where(p => p.Device is not (null or RecoveryPasskey.Windows or RecoveryPasskey.Mac or RecoveryPasskey.Anywhere)).Select(p => p.Device).Distinct(StringComparer.OrdinalIgnoreCase).Count();
        // Those of which nobody tells where they are may all be on one of the devices, and one that is there alone is on some device.
        var devices = Math.Max(windows + mac + elsewhere, working.Exists(p => p.Device is RecoveryPasskey.Anywhere) ? 1 : 0);
        return working.Count(p => p.Device is null) + devices;
    }

    private static bool? AnySynced(RecoverySituation user) =>
        user.Passkeys is not { } passkeys ? null
        : passkeys.Any(p => p is { Usable: PasskeyAnswer.Yes, Type: PasskeyTypes.Synced }) ? true
        : passkeys.Any(p => p.Usable is not PasskeyAnswer.No && p.Type is not PasskeyTypes.DeviceBound) ? null : false;

    private static bool? AtLeast(RecoverySituation user, int number) =>
        user.Passkeys is not { } passkeys ? null : passkeys.Count(p => p.Usable is PasskeyAnswer.Yes) >= number ? true : passkeys.Count(p => p.Usable is not PasskeyAnswer.No) >= number ? null : false;

    private static IEnumerable<string> WhyMethods(RecoverySituation user)
    {
        if (user.IsEnabled == false) yield return "The account is disabled: nobody can sign in to it until it is enabled.";
        else if (user.IsEnabled is null) yield return "Whether the account is enabled could not be read.";
        if (user.Passkeys is not { } passkeys) yield return "Which methods are registered could not be read.";
        else
        {
            var working = passkeys.Where(p => p.Usable is PasskeyAnswer.Yes).ToList();
            yield return (passkeys.Count, working.Count) switch
            {
                (0, _) => "No passkey is registered.",
                (_, 0) when passkeys.All(p => p.Usable is PasskeyAnswer.No) => "No registered passkey works under the present policy.",
                (_, 0) => "Of no registered passkey it is known that it works under the present policy.",
                (_, 1) => $"One passkey works under the present policy: {Names(working)}.",
                var (_, count) => $"{count} passkeys work under the present policy: {Names(working)}.",
            };
            foreach (var passkey in passkeys.Where(p => p.Usable is not PasskeyAnswer.Yes))
                yield return $"{(passkey.Usable is PasskeyAnswer.No ? $"{passkey.Name} does not work" : $"Whether {passkey.Name} works is not known")}: {passkey.Reason}";
            if (AnySynced(user) == true) yield return $"A synced passkey ({Names(working.Where(p => p.Type is PasskeyTypes.Synced))}) comes back on a new device with the account at its provider. That is outside the control of Microsoft Entra.";
        }
        if (user.OnDevices is { Entries: > 0, Devices: var devices, Entries: var entries })
        {
            yield return $"Windows Hello for Business or the platform credential of macOS is registered on {(devices < entries ? "at least " : "")}{(devices == 1 ? "one device" : $"{devices} devices")}{(devices < entries ? $" ({entries} entries, which may be of devices that were set up anew)" : "")}, and works on {(devices == 1 ? "it" : "each of them")} alone.";
        }
        else if (user.OnDevices is null && user.Passkeys is not null) yield return "Whether Windows Hello for Business or the platform credential of macOS is registered could not be read.";
        if (user.Passkeys is not null && AtLeastThings(user) < Entries(user)) yield return "Some of these may be on the same device, and then are lost together.";
        if (user.HasCertificate == true) yield return "There is a certificate that counts as two factors; whether its key is on the lost device is not known.";
        else if (user.HasCertificate is null) yield return "Whether there is a certificate that counts as two factors could not be read.";
    }

    private static int Entries(RecoverySituation user) => (user.Passkeys ?? []).Count(p => p.Usable is PasskeyAnswer.Yes) + (user.OnDevices?.Entries ?? 0);

    private static IEnumerable<string> WhyPass(RecoverySituation user, string role)
    {
        yield return user.IsPassAllowed switch
        {
            false => $"A Temporary Access Pass cannot be issued: {user.PassReason}",
            null => $"Whether a Temporary Access Pass may be issued is not known: {user.PassReason}",
            true when user.HasIssuer == true => $"A Temporary Access Pass may be issued, by somebody with the role {role}.",
            true => $"A Temporary Access Pass may be issued, by somebody with the role {role}; that anybody else has it now is not known ({user.IssuerReason}).",
        };
        if (user.SelfServiceRegistration == false) yield return "Users may not register passkeys themselves: with a pass the user gets in, and cannot register a new one.";
        else if (user.SelfServiceRegistration is null) yield return "Whether users may register passkeys themselves is not known.";
        if (user.MayRegister == false) yield return "The policy lets this user register no passkey at all: with a pass the user gets in, and cannot register a new one.";
        else if (user.MayRegister is null) yield return "Whether the policy lets this user register a passkey is not known.";
        if (user.IsRoadOpen == false) yield return $"With a pass the user does not get to the registration: {user.RoadReason}";
        else if (user.IsRoadOpen is null) yield return $"Whether Conditional Access lets the user register with a pass is not known: {user.RoadReason}";
        if (user.CanResetPassword == true) yield return "The user can reset the password alone, which restores no passkey.";
        else if (user.CanResetPassword is null) yield return "Whether the user can reset the password alone could not be read; it would restore no passkey.";
    }

    private static IEnumerable<string> Advice(RecoverySituation user, bool? alone, string role)
    {
        var hasNone = AtLeast(user, 1) == false;
        if (hasNone && alone != true) yield return "Register a passkey that the policy allows, and a second one on another authenticator, such as a security key.";
        else if (AtLeast(user, 2) == false && alone != true) yield return "Register a second passkey on another authenticator, such as a security key.";
        else if (AnySynced(user) == true && AtLeast(user, 2) == false && user.OnDevices is not { Entries: > 0 }) yield return "Register a second passkey on another authenticator, so that not everything hangs on the account at the provider.";
        if (user.Passkeys?.Any(p => p.Usable is PasskeyAnswer.No) == true) yield return hasNone ? "Or widen a profile, so that a registered passkey works again." : "Register a passkey that the policy allows in the place of one that does not work, or widen a profile.";
        if (user.IsPassAllowed == false) yield return "Let the user have a Temporary Access Pass: Entra admin centre > Entra ID > Authentication methods > Policies > Temporary Access Pass.";
        if (user is { IsPassAllowed: true, HasIssuer: null, IsAdministrator: true }) yield return $"Give a second person the role {role}.";
        if (user.IsRoadOpen == false) yield return "Let the authentication strength take a Temporary Access Pass, or leave the user out of that policy while a passkey is registered.";
        if (user.SelfServiceRegistration == false) yield return "Allow self-service registration: Set-PasskeyPolicy -SelfServiceRegistration $true.";
    }

    private static string Names(IEnumerable<RecoveryPasskey> passkeys) => NameLists.And(passkeys.Select(p => p.Name));
}
