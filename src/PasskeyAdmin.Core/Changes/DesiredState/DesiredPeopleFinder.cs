using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Changes;

/// <summary>Which group of a tenant each name of a file is. All that mean none, several or an empty one are faults.</summary>
/// <param name="find">Finds groups by name or id, many at once.</param>
/// <param name="empty">Those of some groups in which nobody is.</param>
internal sealed class DesiredPeopleFinder(PasskeyPolicy current, DesiredFaults faults, Func<IReadOnlyList<string>, IReadOnlyList<GroupMatch>> find, Func<IEnumerable<DirectoryGroup>, IEnumerable<DirectoryGroup>> empty)
{
    private readonly Dictionary<DesiredPeople, string> _ids = [];

    /// <summary>The id in the tenant.</summary>
    public string IdOf(DesiredPeople people) => _ids[people];

    public void Find(IReadOnlyList<DesiredPeople> targets, IReadOnlyList<DesiredPeople> exclusions)
    {
        bool IsThere(DesiredPeople people, bool isTarget) => isTarget ? current.Target.Any(people.Means) : current.Exclusion.Any(people.Means);
        var all = targets.Select(p => (People: p, IsTarget: true)).Concat(exclusions.Select(p => (People: p, IsTarget: false))).ToList();
        // What is there by its id need not be looked up: it may be deleted.
        var asked = all.Where(p => p.People.Kind is TargetKind.Group && !(p.People.IsById && IsThere(p.People, p.IsTarget))).Select(p => p.People.Name.Value).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var found = (asked.Count == 0 ? [] : find(asked)).ToDictionary(m => m.Asked, m => m.Found, StringComparer.OrdinalIgnoreCase);
        var fresh = new List<(DesiredPeople People, DirectoryGroup Group)>();
        foreach (var (people, isTarget) in all)
        {
            _ids[people] = people.Name.Value;
            if (people.Kind is TargetKind.Group && found.TryGetValue(people.Name.Value, out var groups)) Take(people, isTarget, groups, fresh);
            else if (people.Kind is TargetKind.User && !IsThere(people, isTarget)) faults.Add(people.Name.Place, $"the user {DisplayText.Neutralise(people.Name.Value)} is no {(isTarget ? "target" : "exclusion")} of this tenant, and a policy is meant for groups");
            // The service takes groups there (reference/graph-passkey-policy.md §3: an exclusion has an id and a type, and only a target says all_users).
            else if (people.Kind is TargetKind.AllUsers && !isTarget && !IsThere(people, isTarget)) faults.Add(people.Name.Place, "all users cannot be excluded. To switch passkeys off, say \"state\": \"Disabled\"");
        }
        RefuseTwins(targets);
        RefuseTwins(exclusions);
        // Somebody has to be in a group that comes in: in an empty one, the wrong one was meant.
        var nobody = new HashSet<string>(empty(fresh.Select(f => f.Group).GroupBy(g => g.Id).Select(g => g.First())).Select(g => g.Id), StringComparer.OrdinalIgnoreCase);
        foreach (var (people, group) in fresh.Where(f => nobody.Contains(f.Group.Id))) faults.Add(people.Name.Place, $"nobody is in the group {CommandText.Quote(group.Shown)} ({group.Id})");
    }

    private void Take(DesiredPeople people, bool isTarget, IReadOnlyList<DirectoryGroup> groups, List<(DesiredPeople People, DirectoryGroup Group)> fresh)
    {
        var name = CommandText.Quote(people.Name.Value);
        if (groups.Count == 0) faults.Add(people.Name.Place, $"there is no group {name} in this tenant");
        else if (groups.Count > 1) faults.Add(people.Name.Place, $"{groups.Count} groups of this tenant are called {name}: {NameLists.First(groups.Select(g => g.Id))}. Name one by its id");
        else
        {
            _ids[people] = groups[0].Id;
            if (!(isTarget ? current.Target.Any(t => IsSame(t.Id, groups[0].Id)) : current.Exclusion.Any(e => IsSame(e.Id, groups[0].Id)))) fresh.Add((people, groups[0]));
        }
    }

    private void RefuseTwins(IReadOnlyList<DesiredPeople> list)
    {
        foreach (var same in list.GroupBy(p => $"{p.Kind} {_ids[p]}", StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
            faults.Add(same.Last().Name.Place, $"{CommandText.Quote(same.Last().Name.Value)} is the same group as {CommandText.Quote(same.First().Name.Value)} ({same.First().Name.Place})");
    }

    private static bool IsSame(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
