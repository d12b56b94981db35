using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Users;

/// <summary>
/// Whether somebody gets back in after losing any one device (reference/adoption-and-troubleshooting.md §6). Pure. An authenticator holds one passkey of an account, and so does a device with Windows Hello
/// (§4: "already registered"); so two of them are two things, and one is left. What may be on one device counts once, and what Conditional Access does not take on any sign-in not at all. A synced passkey comes back with the account at its provider. Passwords and phones do not count: whether they let somebody in is
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
        var wayBack = obtainable & user.SelfServiceRegistration & user.MayRegister & user.Road.IsOpen;
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
            Second = AtLeast(user, 2, IsUsable),
            Other = user.OnDevices?.Entries > 0 || user.HasCertificate == true ? true : user.OnDevices is null || user.HasCertificate is null ? null : false,
            Synced = AnySynced(user, IsUsable),
            PassObtainable = obtainable,
            Role = role,
        };
    }

    /// <summary>Whether something is left, whichever device is lost.</summary>
    private static bool? Alone(RecoverySituation user)
    {
        if (AnySynced(user, GetsIn) == true || AtLeastThings(user) >= 2) return true;
        if (user.Passkeys is not { } passkeys || user.OnDevices is not { } devices || AnySynced(user, GetsIn) is null) return null;
        // The key of a certificate may be on the lost device.
        var most = passkeys.Count(p => GetsIn(p) != false) + (user.OnDevicesTaking.IsTaken == false ? 0 : devices.Entries) + (user.HasCertificate == false || user.CertificateTaking.IsTaken == false ? 0 : 1);
        return most >= 2 ? null : false;
    }

    /// <summary>Whether the passkey policy lets a passkey be used; null where that is not known.</summary>
    private static bool? IsUsable(RecoveryPasskey passkey) => passkey.Usable switch { PasskeyAnswer.Yes => true, PasskeyAnswer.No => false, _ => null };

    /// <summary>Whether it gets the user in: what Conditional Access does not take on any sign-in is no way back.</summary>
    private static bool? GetsIn(RecoveryPasskey passkey) => IsUsable(passkey) & passkey.Taking.IsTaken;

    /// <summary>The methods on devices that get the user in for certain.</summary>
    private static DeviceMethods OnDevices(RecoverySituation user) => user.OnDevicesTaking.IsTaken == true ? user.OnDevices ?? DeviceMethods.None : DeviceMethods.None;

    /// <summary>How many things there are that are not lost together: what may be on one device is one.</summary>
    private static int AtLeastThings(RecoverySituation user)
    {
        var working = (user.Passkeys ?? []).Where(p => GetsIn(p) == true).ToList();
        // A device with Windows Hello holds one passkey of an account; a browser of a Mac, or a phone that was set up anew, may have several entries.
        var windows = Math.Max(working.Count(p => p.Device is RecoveryPasskey.Windows), OnDevices(user).Windows);
        var mac = Math.Max(working.Exists(p => p.Device is RecoveryPasskey.Mac) ? 1 : 0, OnDevices(user).Mac);
        var elsewhere = working.Where(p => p.Device is not (null or RecoveryPasskey.Windows or RecoveryPasskey.Mac or RecoveryPasskey.Anywhere)).Select(p => p.Device).Distinct(StringComparer.OrdinalIgnoreCase).Count();
        // Those of which nobody tells where they are may all be on one of the devices, and one that is there alone is on some device.
        var devices = Math.Max(windows + mac + elsewhere, working.Exists(p => p.Device is RecoveryPasskey.Anywhere) ? 1 : 0);
        return working.Count(p => p.Device is null) + devices;
    }

    private static bool? AnySynced(RecoverySituation user, Func<RecoveryPasskey, bool?> counts) =>
        user.Passkeys is not { } passkeys ? null
        : passkeys.Any(p => p.Type is PasskeyTypes.Synced && counts(p) == true) ? true
        : passkeys.Any(p => p.Type is not PasskeyTypes.DeviceBound && counts(p) != false) ? null : false;

    private static bool? AtLeast(RecoverySituation user, int number, Func<RecoveryPasskey, bool?> counts) =>
        user.Passkeys is not { } passkeys ? null : passkeys.Count(p => counts(p) == true) >= number ? true : passkeys.Count(p => counts(p) != false) >= number ? null : false;

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
            if (AnySynced(user, GetsIn) == true) yield return $"A synced passkey ({Names(working.Where(p => p.Type is PasskeyTypes.Synced && GetsIn(p) == true))}) comes back on a new device with the account at its provider. That is outside the control of Microsoft Entra.";
        }
        if (user.OnDevices is { Entries: > 0, Devices: var devices, Entries: var entries })
        {
            yield return $"Windows Hello for Business or the platform credential of macOS is registered on {(devices < entries ? "at least " : "")}{(devices == 1 ? "one device" : $"{devices} devices")}{(devices < entries ? $" ({entries} entries, which may be of devices that were set up anew)" : "")}, and works on {(devices == 1 ? "it" : "each of them")} alone.";
        }
        else if (user.OnDevices is null && user.Passkeys is not null) yield return "Whether Windows Hello for Business or the platform credential of macOS is registered could not be read.";
        foreach (var sentence in WhyNotTaken(user)) yield return sentence;
        if (user.Passkeys is not null && AtLeastThings(user) < Entries(user)) yield return "Some of these may be on the same device, and then are lost together.";
        if (user.HasCertificate == true) yield return "There is a certificate that counts as two factors; whether its key is on the lost device is not known.";
        else if (user.HasCertificate is null) yield return "Whether there is a certificate that counts as two factors could not be read.";
    }

    private static int Entries(RecoverySituation user) => (user.Passkeys ?? []).Count(p => GetsIn(p) == true) + OnDevices(user).Entries;

    /// <summary>What works by the passkey policy and is no way back all the same, with one sentence for each reason.</summary>
    private static IEnumerable<string> WhyNotTaken(RecoverySituation user)
    {
        IEnumerable<(string Name, MethodTaking Taking)> all =
        [
            .. (user.Passkeys ?? []).Where(p => p.Usable is PasskeyAnswer.Yes).Select(p => (p.Name, p.Taking)),
            .. user.OnDevices is { Entries: > 0 } ? [("Windows Hello for Business or the platform credential of macOS", user.OnDevicesTaking)] : Array.Empty<(string, MethodTaking)>(),
            .. user.HasCertificate == true ? [("the certificate", user.CertificateTaking)] : Array.Empty<(string, MethodTaking)>(),
        ];
        foreach (var same in all.Where(a => a.Taking.IsTaken != true).GroupBy(a => a.Taking, a => a.Name))
        {
            var names = NameLists.And(same.Distinct());
            yield return same.Key.IsTaken == false ? $"Conditional Access does not take {names}: {same.Key.Reason}" : $"Whether Conditional Access takes {names} is not known: {same.Key.Reason}";
        }
    }

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
        if (user.Road.IsOpen == false) yield return $"With a pass the user does not get to the registration: {user.Road.Reason}";
        else if (user.Road.IsOpen is null) yield return $"Whether Conditional Access lets the user register with a pass is not known: {user.Road.Reason}";
        if (user is { IsPassAllowed: true, Road.IsOpen: not false, Surroundings: { Count: > 0 } surroundings }) yield return $"From which devices and places the user gets to the registration is not looked at: that is for {NameLists.And(surroundings.Select(s => $"'{s}'"))} to say.";
        if (user.CanResetPassword == true) yield return "The user can reset the password alone, which restores no passkey.";
        else if (user.CanResetPassword is null) yield return "Whether the user can reset the password alone could not be read; it would restore no passkey.";
    }

    private static IEnumerable<string> Advice(RecoverySituation user, bool? alone, string role)
    {
        var hasNone = AtLeast(user, 1, IsUsable) == false;
        var hasMany = AtLeast(user, 2, GetsIn);
        if (hasNone && alone != true) yield return "Register a passkey that the policy allows, and a second one on another authenticator, such as a security key.";
        else if (hasMany == false && alone != true) yield return "Register a second passkey on another authenticator, such as a security key.";
        else if (hasMany == true && alone != true) yield return "Register a passkey on a security key, or on another device for certain: what is there may be on one device.";
        else if (AnySynced(user, GetsIn) == true && hasMany == false && user.OnDevices is not { Entries: > 0 }) yield return "Register a second passkey on another authenticator, so that not everything hangs on the account at the provider.";
        if (alone != true && IsAnyRefused(user)) yield return "Register a method that the authentication strength takes (Get-PasskeyAuthenticationStrength shows which), or let it take what is registered.";
        if (user.Passkeys?.Any(p => p.Usable is PasskeyAnswer.No) == true) yield return hasNone ? "Or widen a profile, so that a registered passkey works again." : "Register a passkey that the policy allows in the place of one that does not work, or widen a profile.";
        if (user.IsPassAllowed == false) yield return "Let the user have a Temporary Access Pass: Entra admin centre > Entra ID > Authentication methods > Policies > Temporary Access Pass.";
        if (user is { IsPassAllowed: true, HasIssuer: null, IsAdministrator: true }) yield return $"Give a second person the role {role}.";
        if (user.Road.IsOpen == false) yield return user.Road.Fix;
        else if (user is { IsPassAllowed: true, Road: { IsOpen: true, TakesOnlyUsableOnce: { } once } } && alone != true)
            yield return once ? "Issue a pass that can be used once (New-PasskeyTemporaryAccessPass -UsableOnce): Conditional Access takes no other before the registration." : "Issue a pass that can be used several times (New-PasskeyTemporaryAccessPass without -UsableOnce): Conditional Access takes no other before the registration.";
        if (user.SelfServiceRegistration == false) yield return "Allow self-service registration: Set-PasskeyPolicy -SelfServiceRegistration $true.";
    }

    private static bool IsAnyRefused(RecoverySituation user) =>
        user.Passkeys?.Any(p => p is { Usable: PasskeyAnswer.Yes, Taking.IsTaken: false }) == true || (user is { OnDevices.Entries: > 0, OnDevicesTaking.IsTaken: false }) || user is { HasCertificate: true, CertificateTaking.IsTaken: false };

    private static string Names(IEnumerable<RecoveryPasskey> passkeys) => NameLists.And(passkeys.Select(p => p.Name));
}
