using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Users;

/// <summary>Reads the members of the groups that a policy names.</summary>
internal sealed class GroupMembersSource(GraphClient client)
{
    /// <summary>
    /// Through nested groups, which may go in circles: Graph walks them (reference/graph-passkey-policy.md §7, "transitive groups"). Not with the type in the path: that needs
    /// the index that may be behind (learn.microsoft.com/graph/api/group-list-transitivemembers).
    /// </summary>
    private static string PathOf(string group, string select) => $"/v1.0/groups/{Uri.EscapeDataString(group)}/transitiveMembers?{select}&$top=999";

    /// <summary>The users in a group; other kinds of members are left out.</summary>
    /// <exception cref="PasskeyAdminException">Where they cannot be read; <c>GraphNotFound</c> where there is no such group.</exception>
    public IEnumerable<DirectoryUser> UsersOf(string group, string select, CancellationToken token) =>
        client.GetAll(PathOf(group, select), token).Where(m => JsonText.Of(m, "@odata.type") is null or "#microsoft.graph.user").Select(DirectoryUser.Of).OfType<DirectoryUser>();

    /// <param name="targets">Who is who: by what is asked.</param>
    /// <param name="ids">Which of them to look into.</param>
    /// <param name="isAsked">Whether the people of a group are wanted, and not only who they are.</param>
    /// <param name="person">Gets those people, each as often as they are in such a group.</param>
    public GroupMembers Read(IReadOnlyCollection<(string Id, TargetKind Kind, TargetStatus Status)> targets, IReadOnlyCollection<string> ids, Func<string, bool> isAsked, Action<DirectoryUser> person, CancellationToken token)
    {
        var members = new GroupMembers();
        foreach (var group in targets.Where(t => ids.Contains(t.Id, StringComparer.OrdinalIgnoreCase) && t.Status is not TargetStatus.NotFound && t.Kind is not TargetKind.AllUsers).GroupBy(t => t.Id, StringComparer.OrdinalIgnoreCase).Select(g => g.First()))
        {
            var reason = group.Kind switch
            {
                TargetKind.Group => ReadGroup(group.Id, isAsked(group.Id), members, person, token),
                TargetKind.User => ReadUser(group.Id, isAsked(group.Id), members, person, token),
                _ => "what it is, is not known",
            };
            if (reason is null) members.SetRead(group.Id);
            else members.SetUnread(group.Id, reason);
        }
        return members;
    }

    private string? ReadGroup(string id, bool isAsked, GroupMembers members, Action<DirectoryUser> person, CancellationToken token)
    {
        var isEmpty = true;
        try
        {
            foreach (var user in UsersOf(id, isAsked ? DirectoryUser.Select : "$select=id", token))
            {
                isEmpty = false;
                members.Add(id, user.Id);
                if (isAsked) person(user);
            }
            return null;
        }
        catch (PasskeyAdminException e) when (!GraphErrors.IsAboutSignIn(e))
        {
            // Deleted between two requests: nobody is in it any more. A 404 of a later page is about the page.
            return isEmpty && e.ErrorId == "GraphNotFound" && client.TryGet($"/v1.0/groups/{Uri.EscapeDataString(id)}?$select=id", token).IsGone ? null : e.Message;
        }
    }

    private string? ReadUser(string id, bool isAsked, GroupMembers members, Action<DirectoryUser> person, CancellationToken token)
    {
        members.Add(id, id);
        if (!isAsked) return null;
        var path = $"/v1.0/users/{Uri.EscapeDataString(id)}?{DirectoryUser.Select}";
        var answer = client.TryGet(path, token);
        if (answer.IsGone) return null;
        if (answer.Status == 401) throw client.ErrorOf(answer, path);
        // Who it is, the id says; only the name is missing.
        person(answer is { IsSuccess: true, Body: { } body } && DirectoryUser.Of(body) is { } user ? user : new DirectoryUser(id));
        return null;
    }
}
