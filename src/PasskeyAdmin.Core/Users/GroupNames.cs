using System;
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
    private const string Select = "$select=id,displayName";

    /// <summary>In the order in which they were asked for.</summary>
    /// <exception cref="PasskeyAdminException">Where they cannot be read.</exception>
    public IReadOnlyList<GroupMatch> Find(IReadOnlyList<string> namesOrIds, CancellationToken token)
    {
        var paths = namesOrIds.Select(PathOf).ToList();
        return [.. client.GetMany(paths, token).Select((answer, index) => new GroupMatch(namesOrIds[index], Of(answer, paths[index], Guid.TryParse(namesOrIds[index], out _), token)))];
    }

    /// <summary>Those of the groups in which nobody is.</summary>
    /// <exception cref="PasskeyAdminException">Where they cannot be read.</exception>
    public IEnumerable<DirectoryGroup> Empty(IEnumerable<DirectoryGroup> groups, CancellationToken token)
    {
        // A device is nobody, and neither is a group in the group.
        var members = new GroupMembersSource(client);
        return groups.Where(g => !members.UsersOf(g.Id, "$select=id", token).Any());
    }

    private static string PathOf(string nameOrId) => Guid.TryParse(nameOrId, out var id) ? $"/v1.0/groups/{id}?{Select}" : $"/v1.0/groups?$filter={Uri.EscapeDataString($"displayName eq '{nameOrId.Replace("'", "''")}'")}&{Select}";

    private List<DirectoryGroup> Of(GraphAnswer answer, string path, bool isById, CancellationToken token)
    {
        if (isById && answer.IsGone) return [];
        var body = client.BodyOf(answer, path);
        return [.. (isById ? [body] : client.ItemsOf(body, path, token)).Select(g => new DirectoryGroup(JsonText.Of(g, "id") ?? "", JsonText.Of(g, "displayName")))];
    }
}
