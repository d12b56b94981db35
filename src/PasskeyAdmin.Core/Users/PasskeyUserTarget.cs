using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Users;

/// <summary>A target or an exclusion of the policy that reaches a user, or may.</summary>
public sealed class PasskeyUserTarget
{
    internal PasskeyUserTarget(string id, string name, PasskeyAnswer reached, IReadOnlyList<string> paths, IEnumerable<string> profiles)
    {
        Id = id;
        Name = name;
        Reached = reached;
        Path = new JoinedList<string>(paths);
        ProfileName = new JoinedList<string>(profiles);
    }

    /// <summary>The object id of the group or user, or <c>all_users</c>.</summary>
    public string Id { get; }

    /// <summary>Safe to show.</summary>
    public string Name { get; }

    public PasskeyAnswer Reached { get; }

    /// <summary>By which groups the user is in it, from the user's own group on: <c>Berlin > Germany > Europe</c>. Empty for all users, for a user who is named outright, and where it is not known.</summary>
    public IReadOnlyList<string> Path { get; }

    /// <summary>The names of the profiles of a target; empty for an exclusion.</summary>
    public IReadOnlyList<string> ProfileName { get; }

    /// <summary>The name, with the ways to it where the user is not in the group itself, and a question mark where it is not known.</summary>
    public override string ToString() => Name + (Reached is PasskeyAnswer.Unknown ? " (not known)" : Path.Any(p => p != Name) ? $" (by {string.Join("; by ", Path)})" : "");
}
