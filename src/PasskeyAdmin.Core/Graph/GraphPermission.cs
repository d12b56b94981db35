using System;
using System.Linq;

namespace PasskeyAdmin.Graph;

/// <summary>What a request needs at least: a permission, and for a signed-in user any one of the roles (reference/graph-passkey-policy.md §2, graph-users-and-usage.md).</summary>
/// <param name="Prefix">How the path begins behind the version.</param>
/// <param name="Application">The least permission of an application, where that is another than <paramref name="Delegated"/>.</param>
/// <param name="Roles">Null where a member's default rights do.</param>
internal sealed record GraphPermission(string Prefix, bool ForWrites, string Delegated, string? Application, string? Roles)
{
    private const string Readers = "Global Reader or Authentication Policy Administrator";

    private static readonly GraphPermission[] All =
    [
        new("/policies/authenticationMethodsPolicy", false, "Policy.Read.AuthenticationMethod", null, Readers),
        new("/policies/authenticationMethodsPolicy", true, "Policy.ReadWrite.AuthenticationMethod", null, "Authentication Policy Administrator"),
        new("/groups", false, "GroupMember.Read.All", null, null),
        new("/users", false, "User.ReadBasic.All", "User.Read.All", null),
        // User.Read is of users only.
        new("/organization", false, "User.Read", "Organization.Read.All", null),
    ];

    /// <summary>The permission and the roles; null where nothing is known about the path.</summary>
    public static (string Least, string? Roles)? For(string path, bool isWrite, bool isAppOnly)
    {
        var version = path.IndexOf('/', 1);
        if (version < 0) return null;
        var rest = path.Substring(version);
        return All.FirstOrDefault(p => p.ForWrites == isWrite && rest.StartsWith(p.Prefix, StringComparison.OrdinalIgnoreCase)) is { } found
            ? (isAppOnly ? found.Application ?? found.Delegated : found.Delegated, found.Roles)
            : null;
    }
}
