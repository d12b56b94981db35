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

    /// <summary>What is worth knowing before: sentences, safe to show.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Safe to show.</summary>
    public string Shown => DisplayText.Neutralise(User.Shown);

    /// <summary>Whether somebody has to be asked: whoever has the pass of an administrator is that administrator.</summary>
    public bool Asks => !Standing.IsRead || Standing.Value.IsAdministrator;

    /// <summary>What is done, in words.</summary>
    /// <param name="tenant">Safe to show.</param>
    public string Words(string tenant)
    {
        var once = IsUsableOnce switch { true => ", usable once", false => ", usable several times", null => "" };
        var lifetime = Lifetime is { } minutes ? $"good for {minutes} minutes" : "good for as long as the policy says";
        var standing = !Standing.IsRead ? "\nWhether the user is an administrator could not be read." : Standing.Value.IsAdministrator ? $"\nThe user is an administrator ({NameLists.And(Standing.Value.Roles)}): whoever has the pass can sign in as one." : "";
        return $"Issue a Temporary Access Pass for {Shown} in {tenant}: {lifetime}{once}.\n  Reason: {Wish.Reason}{standing}";
    }
}
