using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Changes;

namespace PasskeyAdmin.Commands;

/// <summary>Finds changes by their ids, or by as much of the beginning of one as tells it from the others.</summary>
internal static class ChangeIds
{
    /// <param name="users">The journals beside those of the policy.</param>
    /// <exception cref="PasskeyAdminException"><c>ChangeNotFound</c>, <c>ChangeAmbiguous</c>, <c>ChangeNotOfPolicy</c>.</exception>
    public static PasskeyPolicyChange Find(string id, IEnumerable<PasskeyPolicyChange> changes, UserChangeHistory users)
    {
        // An empty text begins every id.
        var found = id.Trim() is { Length: > 0 } typed ? changes.Where(c => c.ChangeId.StartsWith(typed, StringComparison.OrdinalIgnoreCase)).ToList() : [];
        return found.Count switch
        {
            1 => found[0],
            0 when users.Find(id) is { } file => throw new PasskeyAdminException(ErrorKind.InvalidArgument, "ChangeNotOfPolicy", $"The change {CommandText.Quote(id)} is none of the passkey policy: it removed passkeys of users, or issued a Temporary Access Pass. What was sent and what came of it stands in '{InputFile.Shown(file)}'. It cannot be undone: a removed passkey has to be registered again, and a pass ends by itself or is deleted."),
            0 => throw new PasskeyAdminException(ErrorKind.NotFound, "ChangeNotFound", $"The journal has no change {CommandText.Quote(id)}. Get-PasskeyPolicyChange lists those that it has; journals elsewhere are named with -JournalPath.") { RecommendedAction = "Get-PasskeyPolicyChange" },
            _ => throw new PasskeyAdminException(ErrorKind.InvalidArgument, "ChangeAmbiguous", $"{found.Count} changes have ids that begin with {CommandText.Quote(id)}. Give more of it."),
        };
    }
}
