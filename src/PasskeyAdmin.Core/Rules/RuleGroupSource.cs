using System;
using System.Collections.Generic;
using System.Threading;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Rules;

/// <summary>Reads who is in the groups that rules ask about, each group once. One that cannot be read costs itself only.</summary>
internal sealed class RuleGroupSource(GraphClient client)
{
    public RuleGroups Read(IEnumerable<(string Id, bool IsUser)> asked, CancellationToken token)
    {
        var groups = new RuleGroups();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var source = new GroupMembersSource(client);
        foreach (var (id, isUser) in asked)
        {
            if (!seen.Add(id)) continue;
            // A user who is named outright is a group of one.
            if (isUser)
            {
                if (Guid.TryParse(id, out var user)) groups.Add(id, user);
                groups.SetRead(id);
                continue;
            }
            try
            {
                foreach (var member in source.UsersOf(id, "$select=id", token))
                    if (Guid.TryParse(member.Id, out var user)) groups.Add(id, user);
                groups.SetRead(id);
            }
            catch (PasskeyAdminException e) when (!GraphErrors.IsAboutSignIn(e))
            {
                // One that was deleted has nobody in it.
                if (e.ErrorId == "GraphNotFound") groups.SetRead(id);
                else groups.SetUnread(id, e.Message);
            }
        }
        return groups;
    }
}
