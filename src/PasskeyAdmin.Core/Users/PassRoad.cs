using System;
using System.Collections.Generic;

namespace PasskeyAdmin.Users;

/// <summary>
/// Whether somebody who signs in with a Temporary Access Pass gets to the page on which passkeys are registered. Conditional Access decides, of which this floor knows nothing: it is handed in.
/// </summary>
/// <param name="Groups">The object ids of the groups that decide.</param>
/// <param name="Of">The answer for one user; null where it is not known; with the reason, as a sentence, where it is not yes.</param>
internal sealed record PassRoad(IReadOnlyCollection<string> Groups, Func<PassTraveller, (bool? IsOpen, string Reason)> Of)
{
    /// <summary>Why it could not be read, in a sentence; null where it was.</summary>
    public string? NotRead { get; init; }
}

/// <summary>Somebody with a pass, as far as Conditional Access asks.</summary>
/// <param name="IsGuest">Null where that is not known.</param>
/// <param name="IsIn">Whether the user is in a group; null where that is not known.</param>
/// <param name="HasRole">Whether the user has a role, by its template id; null where that is not known.</param>
internal sealed record PassTraveller(string UserId, bool? IsGuest, Func<string, bool?> IsIn, Func<string, bool?> HasRole);
