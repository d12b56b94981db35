using System;

namespace PasskeyAdmin.Users;

/// <summary>What is known of the groups of one user.</summary>
/// <param name="covers">Whether the user is the object of that id, or is in the group of that id, through other groups as well; null where that is not known.</param>
internal sealed class Membership(Func<string, bool?> covers)
{
    public bool? Covers(string id) => covers(id);
}
