using System;
using System.Collections.Generic;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Rules;

/// <summary>Who is in the groups that policies name, through nested groups too.</summary>
internal sealed class RuleGroups
{
    private readonly Dictionary<string, List<Guid>> _usersOf = new(StringComparer.OrdinalIgnoreCase);

    public GroupMembers Members { get; } = new();

    public void Add(string group, Guid user)
    {
        Members.Add(group, user.ToString());
        ListOf(group).Add(user);
    }

    public void SetRead(string group)
    {
        ListOf(group);
        Members.SetRead(group);
    }

    public void SetUnread(string group, string reason)
    {
        _usersOf.Remove(group);
        Members.SetUnread(group, reason);
    }

    /// <summary>Null where the group was not read.</summary>
    public IReadOnlyList<Guid>? UsersOf(string group) => Members.IsRead(group) && _usersOf.TryGetValue(group, out var users) ? users : null;

    /// <summary>Whether somebody is in a group; null where the group was not read.</summary>
    public bool? Has(string group, RulePerson person) => Members.Of(person.Number).Covers(group) == true ? true : Members.IsRead(group) ? false : null;

    /// <summary>Why a group was not read.</summary>
    public string WhyUnread(string group) => Members.Unread.TryGetValue(group, out var reason) ? reason : "It was not read.";

    private List<Guid> ListOf(string group)
    {
        if (!_usersOf.TryGetValue(group, out var users)) _usersOf.Add(group, users = []);
        return users;
    }
}
