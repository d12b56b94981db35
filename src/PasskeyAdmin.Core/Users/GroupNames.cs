using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Users;

/// <summary>What the directory has for a name or id of a group: none, one, or several of one name.</summary>
internal sealed record GroupMatch(string Asked, IReadOnlyList<DirectoryGroup> Found);

/// <summary>Finds many groups at once, so that everything that is wrong with a list of names can be told at once.</summary>
internal sealed class GroupNames(GraphClient client)
{
    private readonly ObjectLookup _lookup = new(client, "/v1.0/groups", "$select=id,displayName");

    /// <summary>In the order in which they were asked for.</summary>
    /// <exception cref="PasskeyAdminException">Where they cannot be read.</exception>
    public IReadOnlyList<GroupMatch> Find(IReadOnlyList<string> namesOrIds, CancellationToken token) =>
        [.. _lookup.Find(namesOrIds, token).Select(f => new GroupMatch(f.Asked, [.. f.Found.Select(g => new DirectoryGroup(JsonText.Of(g, "id")!, JsonText.Of(g, "displayName")))]))];

    /// <summary>Those of the groups in which nobody is.</summary>
    /// <exception cref="PasskeyAdminException">Where they cannot be read.</exception>
    public IEnumerable<DirectoryGroup> Empty(IEnumerable<DirectoryGroup> groups, CancellationToken token)
    {
        // A device is nobody, and neither is a group in the group.
        var members = new GroupMembersSource(client);
        return groups.Where(g => !members.UsersOf(g.Id, "$select=id", token).Any());
    }
}
