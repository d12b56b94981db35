using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Graph;

/// <summary>
/// Which permissions are as good as a narrower one, wherever that is: said once, for errors, capabilities and prerequisites (Microsoft's permission file of
/// 2026-08-07, by reference/graph-*.md). What is as good for some requests only is in <see cref="GraphPermissions"/>.
/// </summary>
internal static class PermissionNames
{
    private const string MethodRead = "UserAuthenticationMethod.Read.All";
    private const string MethodWrite = "UserAuthenticationMethod.ReadWrite.All";

    private static readonly Dictionary<string, string[]> Wider = new(StringComparer.OrdinalIgnoreCase)
    {
        // Not Policy.Read.All: the permission file does not list it for the passkey policy.
        ["Policy.Read.AuthenticationMethod"] = ["Policy.ReadWrite.AuthenticationMethod"],
        ["GroupMember.Read.All"] = ["Group.Read.All", "GroupMember.ReadWrite.All", "Group.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"],
        ["GroupMember.ReadWrite.All"] = ["Group.ReadWrite.All", "Directory.ReadWrite.All"],
        ["Group.ReadWrite.All"] = ["Directory.ReadWrite.All"],
        ["User.ReadBasic.All"] = ["User.Read.All", "User.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"],
        ["User.Read.All"] = ["User.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"],
        ["User.RevokeSessions.All"] = ["User.ReadWrite.All", "Directory.ReadWrite.All"],
        ["User.Read"] = ["User.ReadBasic.All", "User.Read.All", "User.ReadWrite.All", "Organization.Read.All", "Organization.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"],
        ["Organization.Read.All"] = ["Organization.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"],
        // One family is broad and old, the other narrow and of 2025/26; older tenants may have the broad one only: graph-users-and-usage.md §1.
        [MethodRead] = [MethodWrite],
        ["UserAuthMethod-Passkey.Read.All"] = ["UserAuthMethod-Passkey.ReadWrite.All", MethodRead, MethodWrite],
        ["UserAuthMethod-Passkey.ReadWrite.All"] = [MethodWrite],
        ["UserAuthMethod-TAP.Read.All"] = ["UserAuthMethod-TAP.ReadWrite.All", MethodRead, MethodWrite],
        ["UserAuthMethod-TAP.ReadWrite.All"] = [MethodWrite],
        ["UserAuthMethod-WindowsHello.Read.All"] = ["UserAuthMethod-WindowsHello.ReadWrite.All", MethodRead, MethodWrite],
        ["UserAuthMethod-PlatformCred.Read.All"] = ["UserAuthMethod-PlatformCred.ReadWrite.All", MethodRead, MethodWrite],
        ["Application.Read.All"] = ["Application.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"],
        ["RoleManagement.Read.Directory"] = ["RoleManagement.ReadWrite.Directory"],
        ["RoleEligibilitySchedule.Read.Directory"] = ["RoleEligibilitySchedule.ReadWrite.Directory"],
        ["Directory.Read.All"] = ["Directory.ReadWrite.All"],
        ["Device.Read.All"] = ["Device.ReadWrite.All"],
        ["DeviceManagementManagedDevices.Read.All"] = ["DeviceManagementManagedDevices.ReadWrite.All"],
        ["DeviceManagementConfiguration.Read.All"] = ["DeviceManagementConfiguration.ReadWrite.All"],
    };

    public static bool IsGranted(string permission, IReadOnlyCollection<string> granted) =>
        granted.Contains(permission, StringComparer.OrdinalIgnoreCase) || (Wider.TryGetValue(permission, out var wider) && wider.Any(w => granted.Contains(w, StringComparer.OrdinalIgnoreCase)));
}
