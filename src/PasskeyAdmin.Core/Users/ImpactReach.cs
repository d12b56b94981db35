using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Users;

/// <summary>Whom a change can reach, by the groups that somebody is in.</summary>
internal sealed class ImpactReach(PolicyChange change, GroupMembers members)
{
    private readonly Dictionary<int, bool> _mayAffect = [];

    /// <summary>Whether the change can take anything from somebody with these groups, whichever passkey it is.</summary>
    public bool MayAffect(string userId) => MayAffect(members.NumberOf(userId));

    public bool MayAffect(int number)
    {
        if (!_mayAffect.TryGetValue(number, out var may)) _mayAffect.Add(number, may = change.MayAffect(members.Of(number)));
        return may;
    }

    /// <summary>Whether it takes something for certain, if that is registered. Where not, only the groups could tell.</summary>
    public bool AffectsForCertain(int number) => change.Models.Any(m => change.Of(members.Of(number), m).IsLost == true);
}
