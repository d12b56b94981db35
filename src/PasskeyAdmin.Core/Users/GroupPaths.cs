using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Users;

/// <summary>
/// By which ways a user is in a group: from the group that has the user as a member, through the groups that have that group, to the one in question. Groups may
/// go in circles; a way meets each group once.
/// </summary>
/// <param name="direct">Ids of the groups that have the user as a member.</param>
/// <param name="transitive">All groups that the user is in, with their names.</param>
/// <param name="groupsIn">The groups that are members of a group; asked once each, and only for groups that the user is in.</param>
internal sealed class GroupPaths(IEnumerable<string> direct, IEnumerable<DirectoryGroup> transitive, Func<string, IReadOnlyList<string>> groupsIn)
{
    /// <summary>More ways than that help nobody.</summary>
    private const int MostPaths = 10;

    /// <summary>Where groups are woven so densely, the ways that were found have to do.</summary>
    private const int MostSteps = 5000;

    private readonly HashSet<string> _direct = new(direct, StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, DirectoryGroup> _transitive = transitive.GroupBy(g => g.Id, StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => g.First(), StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, IReadOnlyList<string>> _inside = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The ways, shortest first, as names from the user's own group on; empty where the user is not in the group.</summary>
    public IReadOnlyList<string> To(string group)
    {
        if (!_transitive.ContainsKey(group)) return [];
        var found = new List<IReadOnlyList<string>>();
        var open = new Queue<IReadOnlyList<string>>();
        open.Enqueue([group]);
        for (var steps = 0; open.Count > 0 && found.Count < MostPaths && steps < MostSteps; steps++)
        {
            var path = open.Dequeue();
            if (_direct.Contains(path[0])) found.Add(path);
            foreach (var inner in InsideOf(path[0]))
                if (!path.Contains(inner, StringComparer.OrdinalIgnoreCase)) open.Enqueue([inner, .. path]);
        }
        return [.. found.Select(p => string.Join(" > ", p.Select(id => _transitive[id].Shown)))];
    }

    private IReadOnlyList<string> InsideOf(string group)
    {
        if (!_inside.TryGetValue(group, out var inside)) _inside.Add(group, inside = [.. groupsIn(group).Where(_transitive.ContainsKey)]);
        return inside;
    }
}
