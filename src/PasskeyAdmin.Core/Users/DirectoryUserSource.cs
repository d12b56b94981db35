using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Users;

/// <summary>Reads users, and the groups that one is in.</summary>
internal sealed class DirectoryUserSource(GraphClient client)
{
    /// <exception cref="PasskeyAdminException"><c>UserNotFound</c>, and what <see cref="GraphClient"/> throws.</exception>
    public DirectoryUser Find(string idOrName, CancellationToken token)
    {
        var path = $"/v1.0/users/{Uri.EscapeDataString(idOrName)}?{DirectoryUser.Select}";
        // Dots alone would be a way to another place.
        var answer = idOrName.Trim('.').Length == 0 ? null : client.TryGet(path, token);
        if (answer is null or { IsGone: true })
            throw new PasskeyAdminException(ErrorKind.NotFound, "UserNotFound", $"There is no user {CommandText.Quote(idOrName)} in this tenant. Give the user principal name (as signed in with) or the object id.");
        return DirectoryUser.Of(client.BodyOf(answer, path)) ?? throw new PasskeyAdminException(ErrorKind.ProtocolViolated, "GraphAnswerUnreadable", "The answer about a user has no id. Try again.");
    }

    /// <summary>Everybody.</summary>
    /// <exception cref="PasskeyAdminException">Where they cannot be listed.</exception>
    public IEnumerable<DirectoryUser> All(CancellationToken token) => client.GetAll($"/v1.0/users?{DirectoryUser.Select}&$top=999", token).Select(DirectoryUser.Of).OfType<DirectoryUser>();

    /// <summary>Many users by id or name, each with what it was asked by; null for one who is not there. One who cannot be read is an id and nothing more.</summary>
    public IEnumerable<(string Asked, DirectoryUser? User)> Lookup(IReadOnlyList<string> idsOrNames, CancellationToken token)
    {
        var paths = idsOrNames.Select(i => $"/v1.0/users/{Uri.EscapeDataString(i)}?{DirectoryUser.Select}").ToList();
        foreach (var (answer, index) in client.GetMany(paths, token).Select((a, i) => (a, i)))
        {
            if (answer.Status == 401) throw client.ErrorOf(answer, paths[index]);
            if (answer is { IsSuccess: true, Body: { } body } && DirectoryUser.Of(body) is { } user) yield return (idsOrNames[index], user);
            else yield return (idsOrNames[index], answer.IsGone || !Guid.TryParse(idsOrNames[index], out _) ? null : new DirectoryUser(idsOrNames[index]));
        }
    }

    /// <summary>The groups that the user is in, through other groups as well.</summary>
    /// <exception cref="PasskeyAdminException">Where they cannot be read.</exception>
    public IReadOnlyList<DirectoryGroup> GroupsOf(string userId, bool isTransitive, CancellationToken token) =>
        [.. client.GetAll(isTransitive ? StandingPath(userId) : $"/v1.0/users/{Uri.EscapeDataString(userId)}/memberOf?$select=id,displayName&$top=999", token).Select(GroupOf).OfType<DirectoryGroup>()];

    /// <summary>The groups and the directory roles that the user is in, through groups as well.</summary>
    /// <exception cref="PasskeyAdminException">Where they cannot be read.</exception>
    public DirectoryStanding StandingOf(string userId, CancellationToken token) => DirectoryStanding.Of(client.GetAll(StandingPath(userId), token));

    /// <summary>The same of many users, in their order; or the reason where that could not be read.</summary>
    public IEnumerable<Reading<DirectoryStanding>> StandingsOf(IReadOnlyList<string> userIds, CancellationToken token)
    {
        var paths = userIds.Select(StandingPath).ToList();
        foreach (var (answer, index) in client.GetMany(paths, token).Select((a, i) => (a, i)))
        {
            if (answer.Status == 401) throw client.ErrorOf(answer, paths[index]);
            yield return GraphReading.Try("The roles of the user", () => DirectoryStanding.Of(client.ItemsOf(client.BodyOf(answer, paths[index]), paths[index], token)));
        }
    }

    private static string StandingPath(string userId) => $"/v1.0/users/{Uri.EscapeDataString(userId)}/transitiveMemberOf?$select=id,displayName,roleTemplateId&$top=999";

    /// <summary>For each of these groups, the groups that have it as a member; upwards, because a group is in few and may have very many in it.</summary>
    /// <exception cref="PasskeyAdminException">Where they cannot be read.</exception>
    public ILookup<string, string> GroupsAround(IReadOnlyList<string> groupIds, CancellationToken token)
    {
        var paths = groupIds.Select(id => $"/v1.0/groups/{Uri.EscapeDataString(id)}/memberOf?$select=id,displayName&$top=999").ToList();
        return client.GetMany(paths, token).SelectMany((answer, index) => answer.IsGone ? [] : client.ItemsOf(client.BodyOf(answer, paths[index]), paths[index], token).Select(GroupOf).OfType<DirectoryGroup>().Select(g => (Inner: groupIds[index], Outer: g.Id)))
            .ToLookup(g => g.Outer, g => g.Inner, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Null for what is no group, such as a directory role. The type stands in the answer and not in the path: see <see cref="GroupMembersSource"/>.</summary>
    internal static DirectoryGroup? GroupOf(JObject item) => JsonText.Of(item, "@odata.type") is "#microsoft.graph.group" && JsonText.Of(item, "id") is { } id ? new DirectoryGroup(id, JsonText.Of(item, "displayName")) : null;

    /// <summary>What is known of the groups of one user, for questions about a policy.</summary>
    /// <param name="groups">Null where they could not be read.</param>
    public static Membership MembershipOf(string userId, IEnumerable<DirectoryGroup>? groups)
    {
        var ids = groups is null ? null : new HashSet<string>(groups.Select(g => g.Id), StringComparer.OrdinalIgnoreCase);
        return new Membership(id => id.Equals(userId, StringComparison.OrdinalIgnoreCase) ? true : ids?.Contains(id));
    }
}
