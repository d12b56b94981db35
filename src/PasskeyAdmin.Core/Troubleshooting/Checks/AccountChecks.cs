using System;
using System.Linq;

namespace PasskeyAdmin.Troubleshooting;

internal sealed class CloudCheck() : UserCheck("CloudNotSupported", "The cloud offers passkeys")
{
    public override CheckResult Evaluate(UserCase user) => !user.IsWithoutPasskeys ? Clear("It does.") : Found(new CauseFinding(Id, CauseConfidence.Certain, Stage.Both, "Microsoft Entra operated by 21Vianet has no passkeys.")
    {
        Weight = Weights.Shut + 9,
        Evidence = [new PasskeyEvidence(EvidenceSource.Policy, "The tenant is in the Chinese cloud.")],
        Steps = [NextSteps.Tell("Passkeys are not available in this cloud. Use another method.")],
    });
}

internal sealed class AccountDisabledCheck() : UserCheck("AccountDisabled", "The account is enabled")
{
    public override CheckResult Evaluate(UserCase user)
    {
        var failures = user.Story.OpenWith(50057);
        if (user.User.IsEnabled == true) return Clear("It is.");
        if (user.User.IsEnabled is null && failures.Count == 0) return NotChecked("Whether the account is enabled could not be read.");
        return Found(new CauseFinding(Id, user.User.IsEnabled == false ? CauseConfidence.Certain : CauseConfidence.Likely, Stage.Both, "The account is disabled: nobody can sign in with it, whatever by.")
        {
            Weight = Weights.Shut + 8,
            Evidence =
            [
                new PasskeyEvidence(EvidenceSource.Account, user.User.IsEnabled == false ? "The account is disabled in the directory." : "Whether it is disabled could not be read.", objectId: user.User.Id),
                .. NextSteps.Evidence(failures),
            ],
            Steps =
            [
                NextSteps.Do("Find out who disabled it and why (the audit log of the directory has it), before anybody enables it again."),
                NextSteps.Tell("Your account is disabled. Your manager or HR can tell you more; I cannot enable it on the phone."),
            ],
        });
    }
}

/// <summary>Guests cannot register in the tenant that they visit; planned to change by the end of 2026 (reference/adoption-and-troubleshooting.md §5, MC1459133).</summary>
internal sealed class GuestCheck() : UserCheck("GuestAccount", "The account is no guest")
{
    public override CheckResult Evaluate(UserCase user)
    {
        if (user.User.IsGuest == false) return Clear("It is a member.");
        if (user.User.IsGuest is null) return NotChecked("Whether the user is a guest could not be read.");
        return Found(new CauseFinding(Id, CauseConfidence.Certain, Stage.Registration, "The user is a guest here, and guests cannot register passkeys in the tenant that they visit.")
        {
            Weight = Weights.Shut + 7,
            Evidence = [new PasskeyEvidence(EvidenceSource.Account, "The type of the user is Guest.", objectId: user.User.Id)],
            Steps =
            [
                NextSteps.Tell("Register the passkey with your own organisation: you sign in there, and come here with it."),
                NextSteps.Do("Microsoft has announced passkeys for guests for the end of 2026 (MC1459133)."),
            ],
        });
    }
}

internal sealed class AccountLockedCheck() : UserCheck("AccountLocked", "The account is not locked")
{
    /// <summary>A lockout grows with each wrong password, from a minute on (Microsoft's page on smart lockout, learn.microsoft.com/entra/identity/authentication/howto-password-smart-lockout); after a day, none is taken for certain.</summary>
    private static readonly TimeSpan Lasts = TimeSpan.FromDays(1);

    public override CheckResult Evaluate(UserCase user)
    {
        var failures = user.Story.OpenWith(50053);
        if (!user.SignIns.IsRead && !NextSteps.Names(user, Id)) return NotChecked(user.SignIns.Reason!);
        if (failures.Count == 0 && !NextSteps.Names(user, Id)) return Clear("The log has no lockout that is still open.");
        // A lockout lasts for minutes, and whatever got further since was not stopped by one.
        // An interrupt comes before anything is proven.
        var isLast = failures.Count > 0 && ReferenceEquals(user.Story.All.First(s => !SignInStory.IsInterrupt(s.ErrorCode)), failures[0]);
        var isOver = failures.Count > 0 && (failures[0].At < user.Now - Lasts || !isLast);
        var when = isOver ? $"The account was locked on {failures[0].At.UtcDateTime:yyyy-MM-dd HH:mm} UTC" : "The account is locked";
        return Found(new CauseFinding(Id, failures.Count == 0 || (isOver && isLast) ? CauseConfidence.Likely : isOver ? CauseConfidence.Possible : CauseConfidence.Certain, Stage.Both, $"{when}, after too many wrong passwords or sign-ins from a bad address{(isOver ? "; a lockout ends by itself" : "")}.")
        {
            Weight = Weights.Event + 5,
            RestsOn = NextSteps.DateOf(failures),
            Evidence = [.. NextSteps.Evidence(failures), .. NextSteps.OfCode(user, Id)],
            Steps =
            [
                NextSteps.Tell("Wait some minutes and then sign in with the passkey, not the password. Is a password saved anywhere that is out of date, such as in a mail application?"),
                NextSteps.Do("See whether the wrong passwords come from the user: where they do not, it is an attack."),
            ],
        });
    }
}

internal sealed class WrongPasswordCheck() : UserCheck("WrongPassword", "No wrong password in the way")
{
    public override CheckResult Evaluate(UserCase user)
    {
        var failures = user.Story.OpenWith(50126);
        if (!user.SignIns.IsRead && !NextSteps.Names(user, Id)) return NotChecked(user.SignIns.Reason!);
        if (failures.Count == 0 && !NextSteps.Names(user, Id)) return Clear("The log has no wrong password without a sign-in after it.");
        var isNewest = failures.Count > 0 && ReferenceEquals(user.Story.Open[0], failures[0]);
        return Found(new CauseFinding(Id, isNewest || failures.Count == 0 ? CauseConfidence.Likely : CauseConfidence.Possible, Stage.SignIn, "The user typed a password, and it was wrong: the passkey was not used.")
        {
            Weight = Weights.Event,
            RestsOn = NextSteps.DateOf(failures),
            Evidence = [.. NextSteps.Evidence(failures), .. NextSteps.OfCode(user, Id)],
            Steps = [NextSteps.Tell("At sign-in, choose Sign-in options and then Face, fingerprint, PIN or security key: no password is needed."), NextSteps.ShowRegistrations(user)],
        });
    }
}

/// <summary>After a change of the user principal name, passkeys have to be deleted and registered again (reference/adoption-and-troubleshooting.md §5 [D]).</summary>
internal sealed class RenamedCheck() : UserCheck("UserPrincipalNameChanged", "No change of the user name since the passkey was registered")
{
    /// <summary>What was renamed before the log begins does not show there; a passkey that is older than the log, and never worked since, may be such a one.</summary>
    private CheckResult Beyond(UserCase user)
    {
        var failures = user.Story.OpenWith(135010);
        if (failures.Count == 0 || user.Story.LastPasskey is not null || !user.Passkeys.Any(p => p.CreatedAt < user.Since)) return Clear($"The log has no change of the user principal name since {user.Since.UtcDateTime:yyyy-MM-dd}.");
        return Found(new CauseFinding(Id, CauseConfidence.Possible, Stage.SignIn, $"Did the user's name change before {user.Since.UtcDateTime:yyyy-MM-dd}, where the log begins? Then the passkey has to be registered again.")
        {
            Weight = Weights.Circumstance,
            Evidence = [.. NextSteps.Evidence(failures)],
            Steps = [NextSteps.Tell("Did your name or address change since you registered the passkey?"), NextSteps.Pass(user, "Passkey to be registered again after a change of name")],
        });
    }

    public override CheckResult Evaluate(UserCase user)
    {
        if (!user.Audits.IsRead) return NotChecked(user.Audits.Reason!);
        if (!user.Methods.IsRead) return NotChecked(user.Methods.Reason!);
        var renames = user.Audits.Value.Where(a => a is { Renamed: not null, IsFailure: false }).ToList();
        // What was used since works.
        var older = renames.Count == 0 ? [] : user.Passkeys.Where(p => p.CreatedAt < renames[0].At && !(p.LastUsedAt > renames[0].At)).ToList();
        if (older.Count == 0) return renames.Count == 0 ? Beyond(user) : Clear("All passkeys are newer than the change of the user principal name, or were used since.");
        var rename = renames[0];
        if (user.Story.LastPasskey?.At > rename.At && user.Story.OpenUnknownKey.Count == 0) return Clear("A passkey worked since the user principal name changed.");
        var failures = user.Story.OpenUnknownKey.Where(s => s.At > rename.At).ToList();
        return Found(new CauseFinding(Id, failures.Count > 0 ? CauseConfidence.Certain : user.SignIns.IsRead ? CauseConfidence.Likely : CauseConfidence.Possible, Stage.SignIn, $"The user principal name changed after the passkey was registered ({rename.Renamed!.Value.Old} -> {rename.Renamed.Value.New}): it has to be registered again.")
        {
            Weight = Weights.Event + 8,
            Evidence =
            [
                NextSteps.Evidence(rename, $"user principal name {rename.Renamed.Value.Old} -> {rename.Renamed.Value.New}"),
                .. older.Select(p => new PasskeyEvidence(EvidenceSource.Registration, $"{user.NameOf(p)} was registered before that.", p.CreatedAt, p.Id)), .. NextSteps.Evidence(failures), .. NextSteps.OfCode(user, Id),
            ],
            Steps =
            [
                NextSteps.Pass(user, "Passkey to be registered again after a change of name"),
                NextSteps.Do("Then remove the old passkeys.", $"Remove-PasskeyRegistration -UserId {NextSteps.Quoted(user)} -Id {string.Join(", ", older.Select(p => CommandText.Quote(p.Id ?? "")))}"),
                NextSteps.Tell("Delete the passkey for login.microsoft.com on your device as well, so that it is not offered any more."),
            ],
        });
    }
}
