using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Changes;

/// <summary>The groups of a Conditional Access policy, found together.</summary>
internal sealed class AccessGroups(GraphClient client)
{
    /// <exception cref="PasskeyAdminException"><c>GroupNotFound</c>, <c>GroupAmbiguous</c>, <c>GroupEmpty</c>, <c>GroupIncludedAndExcluded</c>.</exception>
    public (IReadOnlyList<DirectoryGroup> Included, IReadOnlyList<DirectoryGroup> Excluded) Find(IReadOnlyCollection<string> included, IReadOnlyCollection<string> excluded, CancellationToken token)
    {
        var found = new GroupsLookup(client).Find([.. included, .. excluded], token);
        var (inside, outside) = (Of(included, found), Of(excluded, found));
        if (inside.FirstOrDefault(i => outside.Any(o => IsSame(i, o))) is { } both)
            throw new PasskeyAdminException(ErrorKind.InvalidArgument, "GroupIncludedAndExcluded", $"The group {CommandText.Quote(both.Shown)} ({both.Id}) is in -IncludeGroup and in -ExcludeGroup: the exclusion would win. Name it in one of them.");
        new GroupLookup(client).RequirePeople(inside, token);
        return (inside, outside);
    }

    private static List<DirectoryGroup> Of(IEnumerable<string> names, IReadOnlyDictionary<string, DirectoryGroup> found)
    {
        var groups = new List<DirectoryGroup>();
        foreach (var group in names.Select(n => found[n]))
            if (!groups.Exists(g => IsSame(g, group))) groups.Add(group);
        return groups;
    }

    private static bool IsSame(DirectoryGroup one, DirectoryGroup other) => one.Id.Equals(other.Id, StringComparison.OrdinalIgnoreCase);
}
