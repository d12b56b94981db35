using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Graph;

/// <summary>What a request needs: any one of the permissions, and for a signed-in user any one of the roles (reference/graph-passkey-policy.md §2, graph-users-and-usage.md).</summary>
/// <param name="Prefix">How the path begins behind the version.</param>
/// <param name="Accepted">The least permission first.</param>
/// <param name="Roles">Null where a member's default rights do.</param>
internal sealed record GraphPermission(string Prefix, bool ForWrites, IReadOnlyList<string> Accepted, string? Roles)
{
    private static readonly GraphPermission[] All =
    [
        // Policy.Read.All works for the whole policy but is not listed for one method's configuration (§2).
        new("/policies/authenticationMethodsPolicy/authenticationMethodConfigurations", false, ["Policy.Read.AuthenticationMethod", "Policy.ReadWrite.AuthenticationMethod"],
            "Global Reader or Authentication Policy Administrator"),
        new("/policies/authenticationMethodsPolicy", false, ["Policy.Read.AuthenticationMethod", "Policy.Read.All", "Policy.ReadWrite.AuthenticationMethod"],
            "Global Reader or Authentication Policy Administrator"),
        new("/policies/authenticationMethodsPolicy", true, ["Policy.ReadWrite.AuthenticationMethod"], "Authentication Policy Administrator"),
        new("/groups", false, ["GroupMember.Read.All", "Group.Read.All", "Directory.Read.All", "Group.ReadWrite.All", "Directory.ReadWrite.All"], null),
        new("/users", false, ["User.ReadBasic.All", "User.Read.All", "Directory.Read.All", "User.ReadWrite.All", "Directory.ReadWrite.All"], null),
        new("/organization", false, ["User.Read", "Organization.Read.All", "Directory.Read.All", "Organization.ReadWrite.All", "Directory.ReadWrite.All"], null),
    ];

    /// <summary>Null where nothing is known about the path.</summary>
    public static GraphPermission? For(string path, bool isWrite)
    {
        var version = path.IndexOf('/', 1);
        if (version < 0) return null;
        var rest = path.Substring(version);
        return All.FirstOrDefault(p => p.ForWrites == isWrite && rest.StartsWith(p.Prefix, StringComparison.OrdinalIgnoreCase));
    }

    public bool IsGranted(IReadOnlyCollection<string> permissions) => Accepted.Any(a => permissions.Contains(a, StringComparer.OrdinalIgnoreCase));
}
