using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Users;

/// <summary>A group as the directory has it.</summary>
/// <param name="Name">As the directory has it; null where it may not be seen.</param>
internal sealed record DirectoryGroup(string Id, string? Name)
{
    /// <summary>Safe to show.</summary>
    public string Shown => Name is { Length: > 0 } name ? DisplayText.Neutralise(name) : Id;
}

/// <summary>Finds groups by what users type: an id, or a name to the letter. Two groups of one name are an error and never a choice.</summary>
internal sealed class GroupLookup(GraphClient client)
{
    private const string Select = "$select=id,displayName";

    /// <exception cref="PasskeyAdminException"><c>GroupNotFound</c>, <c>GroupAmbiguous</c>, and what <see cref="GraphClient"/> throws.</exception>
    public DirectoryGroup Find(string nameOrId, CancellationToken token)
    {
        if (Guid.TryParse(nameOrId, out var id))
        {
            var path = $"/v1.0/groups/{id}?{Select}";
            var answer = client.TryGet(path, token);
            return answer.IsGone ? throw NotFound(nameOrId) : Of(client.BodyOf(answer, path));
        }
        var found = client.GetAll($"/v1.0/groups?$filter={Uri.EscapeDataString($"displayName eq '{nameOrId.Replace("'", "''")}'")}&{Select}", token).Select(Of).ToList();
        return found.Count switch
        {
            1 => found[0],
            0 => throw NotFound(nameOrId),
            _ => throw new PasskeyAdminException(ErrorKind.InvalidArgument, "GroupAmbiguous",
                $"{found.Count} groups are called {CommandText.Quote(nameOrId)}: {NameLists.First(found.Select(g => g.Id))}. Name one by its id."),
        };
    }

    /// <summary>A group in which nobody is, is hardly the one that was meant.</summary>
    /// <exception cref="PasskeyAdminException"><c>GroupEmpty</c>.</exception>
    public void RequirePeople(IReadOnlyList<DirectoryGroup> groups, CancellationToken token)
    {
        if (new GroupNames(client).Empty(groups, token).FirstOrDefault() is { } empty)
            throw new PasskeyAdminException(ErrorKind.InvalidArgument, "GroupEmpty", $"Nobody is in the group {CommandText.Quote(empty.Shown)} ({empty.Id}). Add its members first, or name another group.");
    }

    private static DirectoryGroup Of(JObject json) => new(JsonText.Of(json, "id") ?? "", JsonText.Of(json, "displayName"));

    private static PasskeyAdminException NotFound(string nameOrId) =>
        new(ErrorKind.NotFound, "GroupNotFound", $"There is no group {CommandText.Quote(nameOrId)} in this tenant. A name is looked up as a whole, without wildcards; an id does as well.");
}
