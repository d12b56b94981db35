using System.Collections.Generic;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Changes;

/// <summary>A Temporary Access Pass as somebody wants it.</summary>
/// <param name="Reason">Why, as the journal keeps it; safe to show.</param>
internal sealed record TemporaryAccessPassWish(string Reason)
{
    private const int LongestReason = 500;

    /// <summary>In minutes; null for what the policy gives.</summary>
    public int? Lifetime { get; init; }

    /// <summary>Null for what the policy gives.</summary>
    public bool? IsUsableOnce { get; init; }

    /// <exception cref="PasskeyAdminException"><c>ReasonInvalid</c>.</exception>
    public static string RequireReason(string reason)
    {
        var text = DisplayText.Neutralise(reason.Trim());
        if (text.Length == 0) throw Invalid("A reason is needed, such as the number of the ticket and how the caller was identified");
        if (text.Length > LongestReason) throw Invalid($"The reason is {text.Length} characters long, and {LongestReason} are enough");
        return text;
    }

    private static PasskeyAdminException Invalid(string what) => new(ErrorKind.InvalidArgument, "ReasonInvalid", $"{what}: the journal keeps it.");
}

/// <summary>A pass that may be asked for.</summary>
/// <param name="Standing">What the user is in; the reason where that could not be read.</param>
internal sealed record TemporaryAccessPassPlan(DirectoryUser User, TemporaryAccessPassWish Wish, Reading<DirectoryStanding> Standing, Reading<TemporaryAccessPassSettings> Settings)
{
    /// <summary>In minutes; null where the policy, which could not be read, decides.</summary>
    public long? Lifetime => Wish.Lifetime ?? (Settings.IsRead ? Settings.Value.DefaultLifetime : null);

    /// <summary>Null where the policy, which could not be read, decides. Said outright, as a request that leaves it out may mean another thing than the policy.</summary>
    public bool? IsUsableOnce => Wish.IsUsableOnce ?? (Settings.IsRead ? Settings.Value.IsUsableOnce : null);

    /// <summary>Whether the account is kept for when nothing else works; with what could not be read of that.</summary>
    public EmergencyAccountKind Emergency { get; init; }

    /// <summary>Why it is not known whether it is an emergency account, in a sentence; null where it is known.</summary>
    public string? EmergencyOpen { get; init; }

    /// <summary>The how manieth of its command it is, from 1.</summary>
    public int Number { get; init; } = 1;

    /// <summary>What is worth knowing before: sentences, safe to show.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>What could not be found out and is no warning: sentences, safe to show.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Why the user does not get to the registration with this very pass, in sentences; null where that is not so, or not known.</summary>
    public string? Obstacle { get; init; }

    /// <summary>Safe to show.</summary>
    public string Shown => DisplayText.Neutralise(User.Shown);

    /// <summary>Whether somebody has to be asked about this very user: whoever has the pass of an administrator is that administrator. What is not known is no smaller matter.</summary>
    public bool IsAboutPower => !Standing.IsRead || Standing.Value.IsAdministrator || Emergency is not EmergencyAccountKind.No;

    /// <summary>Whether somebody has to be asked. One user who was named is what somebody means; more of them may be what a pipeline made.</summary>
    public bool Asks => IsAboutPower || IsInVain || Number > 1;

    /// <summary>Whether the user cannot register a passkey with it: nobody signs in with a disabled account, and guests register nothing in the tenant that they visit.</summary>
    private bool IsInVain => User.IsEnabled == false || User.IsGuest == true;

    /// <summary>Whether it is an account that is kept for when nothing else works, or one with power of which that is not known.</summary>
    public bool MayBeEmergencyAccount => EmergencyAccounts.MayBe(Emergency, Standing);

    /// <summary>What is done, and why it is asked about, in words.</summary>
    /// <param name="tenant">Safe to show.</param>
    public string Words(string tenant)
    {
        var once = IsUsableOnce switch { true => ", usable once", false => ", usable several times", null => "" };
        var lifetime = Lifetime is { } minutes ? $"good for {minutes} minutes" : "good for as long as the policy says";
        return string.Join("\n", [$"Issue a Temporary Access Pass for {Shown} in {tenant}: {lifetime}{once}.", $"  Reason: {Wish.Reason}", .. Why()]);
    }

    private IEnumerable<string> Why()
    {
        if (!Standing.IsRead) yield return "Whether the user is an administrator could not be read.";
        else if (Standing.Value.IsAdministrator) yield return $"The user is an administrator ({NameLists.And(Standing.Value.Roles)}): whoever has the pass can sign in as one.";
        if (Emergency is EmergencyAccountKind.Named) yield return "The account is an emergency account: it is kept for when nothing else works.";
        else if (Emergency is EmergencyAccountKind.Presumed) yield return "The account is presumed to be an emergency account, since every enabled Conditional Access policy excludes it.";
        else if (EmergencyOpen is { } open) yield return open;
        if (User.IsEnabled == false) yield return "The account is disabled: nobody signs in with it, with a pass or without.";
        if (User.IsGuest == true) yield return "The user is a guest: guests cannot register a passkey in the tenant that they visit.";
        if (Obstacle is { } obstacle) yield return $"With a pass the user does not get to the registration: {obstacle}";
        if (Number <= 1) yield break;
        yield return $"It is user {Number} of this command. {(IsAboutPower ? "A yes to all is a yes to this user only: users like this one are asked about one by one." : "A yes to all is one to all users to come, but for administrators and emergency accounts, who are asked about one by one.")}";
    }
}
