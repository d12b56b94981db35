using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Rollout;

/// <summary>A group by which users are counted.</summary>
/// <param name="Name">As the directory has it, or the id.</param>
internal sealed record PilotGroup(string Id, string Name);

/// <summary>Counts sign-ins as they pass. What stays is one entry for each application and each of its users, whatever the length of the log.</summary>
internal sealed class PilotTally(GroupMembers members)
{
    private readonly Dictionary<string, ApplicationTally> _applications = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<Guid, SignInProof> _bestOf = [];

    /// <summary>Those with the most sign-ins first.</summary>
    public IEnumerable<ApplicationTally> Applications =>
        _applications.Values.OrderByDescending(a => a.SignIns.Values.Sum(c => c.SignIn)).ThenByDescending(a => a.Users.Count).ThenBy(a => a.Name, StringComparer.OrdinalIgnoreCase).ThenBy(a => a.Id, StringComparer.OrdinalIgnoreCase);

    public void Add(LoggedSignIn signIn)
    {
        if (!_applications.TryGetValue(signIn.ApplicationId, out var application)) _applications.Add(signIn.ApplicationId, application = new ApplicationTally(signIn.ApplicationId, signIn.ApplicationName ?? signIn.ApplicationId));
        application.Add(signIn, members);
        if (signIn is not { IsSuccess: true, IsGuest: false, User: { } user }) return;
        _bestOf.TryGetValue(user, out var before);
        if (signIn.Proof > before) _bestOf[user] = signIn.Proof;
    }

    /// <summary>An application's people by the number of those who are in the same groups.</summary>
    public IReadOnlyDictionary<int, PilotCount> CountsOf(ApplicationTally application)
    {
        var counts = application.SignIns.ToDictionary(s => s.Key, s =>
        {
            var count = new PilotCount();
            count.SignIns.Add(s.Value);
            return count;
        });
        foreach (var user in application.Users) counts[members.NumberOf(user)].AddUser(_bestOf.TryGetValue(user, out var best) ? best : SignInProof.NotKnown);
        return counts;
    }

    /// <summary>Those of an application who are in a group, those with the most users first; a group that was not read comes last.</summary>
    public IEnumerable<PasskeyPilotGroup> GroupsOf(IReadOnlyDictionary<int, PilotCount> counts, IEnumerable<PilotGroup> groups) =>
        groups.Select(g => OfGroup(g, counts)).OrderByDescending(g => g.User).ThenByDescending(g => g.SignIn).ThenBy(g => g.Name, StringComparer.OrdinalIgnoreCase);

    public static PilotCount Sum(IEnumerable<PilotCount> counts)
    {
        var sum = new PilotCount();
        foreach (var count in counts) sum.Add(count);
        return sum;
    }

    /// <summary>Of a group that was read in part, nobody knows how much.</summary>
    private PasskeyPilotGroup OfGroup(PilotGroup group, IReadOnlyDictionary<int, PilotCount> counts) => members.IsRead(group.Id)
        ? new PasskeyPilotGroup(group, members.CountOf(group.Id), Sum(counts.Where(c => members.Of(c.Key).Covers(group.Id) == true).Select(c => c.Value)))
        : new PasskeyPilotGroup(group, null, null);
}
