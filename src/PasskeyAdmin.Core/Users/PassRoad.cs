using System;
using System.Collections.Generic;

namespace PasskeyAdmin.Users;

/// <summary>
/// Whether somebody who signs in with a Temporary Access Pass gets to the page on which passkeys are registered, and what gets somebody in at all. Conditional Access decides, of which this floor knows nothing:
/// it is handed in.
/// </summary>
/// <param name="Groups">The object ids of the groups that decide.</param>
/// <param name="Of">The answer for one user and one kind of pass, usable once or several times: strengths tell these apart. Null where it is not known; with the reason, as a sentence, where it is not yes.</param>
internal sealed record PassRoad(IReadOnlyCollection<string> Groups, Func<PassTraveller, bool, (bool? IsOpen, string Reason)> Of)
{
    private const string OtherKind = "Let the authentication strength take a pass that can be used once, or let passes be used several times: Entra admin centre > Entra ID > Authentication methods > Policies > Temporary Access Pass.";

    /// <summary>Why it could not be read, in a sentence; null where it was.</summary>
    public string? NotRead { get; init; }

    /// <summary>What gets somebody in on every sign-in.</summary>
    public Func<PassTraveller, TakenMethods> Taken { get; init; } = _ => TakenMethods.All;

    /// <summary>The names of policies that say from which devices or places one user gets to the registration: what they ask is not looked at.</summary>
    public Func<PassTraveller, IReadOnlyList<string>> Surroundings { get; init; } = _ => [];

    /// <summary>The way of somebody with any pass that may be issued.</summary>
    /// <param name="isOnlyOnce">Whether the policy of the pass allows only passes that can be used once; null where it does not say.</param>
    public PassWay WayOf(PassTraveller user, bool? isOnlyOnce)
    {
        var (once, often) = (Of(user, true), Of(user, false));
        var isOpen = once.IsOpen | (often.IsOpen & !isOnlyOnce);
        if (isOpen == true) return new PassWay(true) { TakesOnlyUsableOnce = isOnlyOnce == true ? null : often.IsOpen == false ? true : once.IsOpen == false ? false : null };
        if (isOpen is null && (once.IsOpen is null || often.IsOpen is null)) return new PassWay(null, once.IsOpen is null ? once.Reason : often.Reason);
        if (often.IsOpen == true) return new PassWay(isOpen, $"{once.Reason} {(isOpen is null ? "Whether another pass may be issued is not known." : "The policy of the pass allows no other.")}") { Fix = OtherKind };
        return new PassWay(isOpen, isOnlyOnce == true || once.Reason == often.Reason ? once.Reason : $"{once.Reason} {often.Reason}");
    }

    /// <summary>The way of somebody with one very pass.</summary>
    /// <param name="isUsableOnce">Null where that is not known.</param>
    /// <param name="isOnlyOnce">Whether the policy of the pass allows only passes that can be used once; null where it does not say.</param>
    public PassWay WayOf(PassTraveller user, bool? isUsableOnce, bool? isOnlyOnce)
    {
        if (isUsableOnce is not { } isOnce) return WayOf(user, isOnlyOnce);
        var (isOpen, reason) = Of(user, isOnce);
        if (isOpen != false || Of(user, !isOnce).IsOpen != true) return new PassWay(isOpen, reason);
        var other = !isOnce ? " One that can be used once does: -UsableOnce." : isOnlyOnce switch { false => " One that can be used several times does: leave out -UsableOnce.", true => " The policy of the pass allows no other.", _ => " Whether the policy of the pass allows others is not known." };
        return new PassWay(false, $"{reason}{other}");
    }
}

/// <summary>Whether a pass that may be issued gets somebody to the page on which passkeys are registered.</summary>
/// <param name="IsOpen">Null where it is not known.</param>
/// <param name="Reason">Why, in a sentence, where it is not yes.</param>
internal sealed record PassWay(bool? IsOpen, string Reason = "")
{
    /// <summary>Whether only a pass opens it that can be used once, or else only one that can be used several times; null where either does, or there is no choice.</summary>
    public bool? TakesOnlyUsableOnce { get; init; }

    /// <summary>What would open it, in a sentence.</summary>
    public string Fix { get; init; } = "Let the authentication strength take a Temporary Access Pass, or leave the user out of that policy while a passkey is registered.";
}

/// <summary>Somebody with a pass, as far as Conditional Access asks.</summary>
/// <param name="IsGuest">Null where that is not known.</param>
/// <param name="IsIn">Whether the user is in a group; null where that is not known.</param>
/// <param name="HasRole">Whether the user has a role, by its template id; null where that is not known.</param>
internal sealed record PassTraveller(string UserId, bool? IsGuest, Func<string, bool?> IsIn, Func<string, bool?> HasRole);
