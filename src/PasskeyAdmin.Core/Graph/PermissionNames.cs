using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Graph;

/// <summary>Which permissions are as good as a narrower one: said once, for errors and for capabilities (Microsoft's permission file of 2026-08-07, by reference/graph-*.md).</summary>
internal static class PermissionNames
{
    private static readonly Dictionary<string, string[]> Wider = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Policy.Read.AuthenticationMethod"] = ["Policy.ReadWrite.AuthenticationMethod"],
        ["GroupMember.Read.All"] = ["Group.Read.All", "GroupMember.ReadWrite.All", "Group.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"],
        ["GroupMember.ReadWrite.All"] = ["Group.ReadWrite.All", "Directory.ReadWrite.All"],
        ["User.ReadBasic.All"] = ["User.Read.All", "User.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"],
        ["User.Read.All"] = ["User.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"],
        ["User.Read"] = ["User.ReadBasic.All", "User.Read.All", "User.ReadWrite.All", "Organization.Read.All", "Organization.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"],
        ["Organization.Read.All"] = ["Organization.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"],
        ["UserAuthenticationMethod.Read.All"] = ["UserAuthenticationMethod.ReadWrite.All"],
        ["UserAuthMethod-TAP.ReadWrite.All"] = ["UserAuthenticationMethod.ReadWrite.All"],
        ["Application.Read.All"] = ["Application.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"],
    };

    public static bool IsGranted(string permission, IReadOnlyCollection<string> granted) =>
        granted.Contains(permission, StringComparer.OrdinalIgnoreCase) || (Wider.TryGetValue(permission, out var wider) && wider.Any(w => granted.Contains(w, StringComparer.OrdinalIgnoreCase)));
}
