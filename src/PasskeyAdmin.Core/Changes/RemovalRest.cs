using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Changes;

/// <summary>
/// Whether a user still has what was to be left: looked at immediately before passkeys are removed and once more afterwards. What somebody else removes in between can only be seen, not prevented: Graph
/// has no condition for a removal.
/// </summary>
internal sealed class RemovalRest(GraphClient client)
{
    private readonly OtherMethodsSource _others = new(client);

    /// <param name="there">The ids of the passkeys that the user has.</param>
    /// <returns>Null where that cannot be seen, as of a passkey without an id.</returns>
    public bool? Keeps(RemovalUser user, HashSet<string> there, CancellationToken token)
    {
        // Where nothing goes that works, anything that stays registered will do.
        var counting = user.Taken.Any(RemovalJudge.MayWork) ? [.. user.Staying.Where(RemovalJudge.Works)] : user.Staying;
        if (counting.Any(p => p.Id is not null && there.Contains(p.Id))) return true;
        var hasOther = _others.Read([user.User.Id], token)[user.User.Id].HasAny;
        return hasOther == false && counting.Any(p => p.Id is null) ? null : hasOther;
    }

    /// <summary>What is to be said where a user who was to keep something has nothing now, as far as can be seen; null where all is as it was to be.</summary>
    public PasskeyAdminException? AlarmOf(RemovalUser user, HashSet<string> there, CancellationToken token)
    {
        bool? keeps;
        try
        {
            keeps = Keeps(user, there, token);
        }
        catch (PasskeyAdminException)
        {
            keeps = null;
        }
        catch (OperationCanceledException)
        {
            keeps = null;
        }
        if (keeps == true) return null;
        var what = keeps is null
            ? $"Whether {user.Shown} still has the phishing-resistant method that was to be left could not be read after the passkeys were removed."
            : $"{user.Shown} has no phishing-resistant method any more: what was to be left was removed while the passkeys were.";
        return new PasskeyAdminException(ErrorKind.InvalidOperation, "LastMethodGone", $"{what} Where nothing is left: New-PasskeyTemporaryAccessPass -UserId {CommandText.Quote(user.User.Id)} lets the user in.");
    }
}
