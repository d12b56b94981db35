using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Graph;

/// <summary>The least permissions for each capability (reference/graph-passkey-policy.md §2, graph-users-and-usage.md, adoption-and-troubleshooting.md §3).</summary>
internal static class CapabilityPermissions
{
    /// <summary>Who is an administrator: the roles that are active show with the other one, too.</summary>
    private const string Roles = "RoleManagement.Read.Directory";
    private const string Directory = "Directory.Read.All";

    private static readonly string[] Read = ["Policy.Read.AuthenticationMethod", "GroupMember.Read.All", "User.ReadBasic.All"];

    /// <summary>What a change is guarded by (design §5): administrators, and emergency accounts, which are presumed from Conditional Access (§1).</summary>
    private static readonly string[] Guard = [Roles, "Policy.Read.All"];

    /// <summary>Newer and narrower names that do as well for what a capability reads. A sign-in asks for the old ones, which every tenant has.</summary>
    private static readonly Dictionary<(TenantCapability Capability, string Permission), string[]> Narrower = new()
    {
        // Which passkeys a user has; the other methods come from the registration report.
        [(TenantCapability.Impact, "UserAuthenticationMethod.Read.All")] = ["UserAuthMethod-Passkey.Read.All"],
        [(TenantCapability.PolicyWrite, "UserAuthenticationMethod.Read.All")] = ["UserAuthMethod-Passkey.Read.All"],
        [(TenantCapability.Rollout, "UserAuthenticationMethod.Read.All")] = ["UserAuthMethod-Passkey.Read.All"],
        // And with which other phishing-resistant method somebody could still get in.
        [(TenantCapability.Helpdesk, "UserAuthenticationMethod.Read.All")] = ["UserAuthMethod-Passkey.Read.All", "UserAuthMethod-WindowsHello.Read.All", "UserAuthMethod-PlatformCred.Read.All"],
    };

    /// <summary>What a sign-in asks for.</summary>
    public static IReadOnlyList<string> Least(TenantCapability capability) => capability switch
    {
        // Whether an account is disabled is not among what User.ReadBasic.All shows.
        TenantCapability.Impact => ["Policy.Read.AuthenticationMethod", "GroupMember.Read.All", "User.Read.All", "AuditLog.Read.All", "UserAuthenticationMethod.Read.All", .. Guard],
        TenantCapability.PolicyWrite =>
        [
            "Policy.Read.AuthenticationMethod", "GroupMember.Read.All", "User.Read.All", "Policy.ReadWrite.AuthenticationMethod", "AuditLog.Read.All", "UserAuthenticationMethod.Read.All", .. Guard,
        ],
        TenantCapability.Helpdesk =>
        [
            "Policy.Read.AuthenticationMethod", "Policy.Read.All", "GroupMember.Read.All", "User.Read.All", "AuditLog.Read.All", "UserAuthenticationMethod.Read.All", "UserAuthMethod-TAP.ReadWrite.All", "UserAuthMethod-Passkey.ReadWrite.All",
            "User.RevokeSessions.All", Roles,
        ],
        TenantCapability.Rollout => ["Policy.ReadWrite.AuthenticationMethod", "GroupMember.ReadWrite.All", "User.Read.All", "AuditLog.Read.All", "UserAuthenticationMethod.Read.All", .. Guard],
        TenantCapability.ConditionalAccess =>
        [
            "Policy.Read.AuthenticationMethod", "GroupMember.Read.All", "User.Read.All", "Policy.Read.All", "Policy.ReadWrite.ConditionalAccess", "Application.Read.All", "AuditLog.Read.All", Roles,
        ],
        // The owners of devices are users.
        TenantCapability.Devices => ["DeviceManagementManagedDevices.Read.All", "Device.Read.All", "User.ReadBasic.All"],
        _ => Read,
    };

    /// <summary>Those of several capabilities together.</summary>
    public static IReadOnlyList<string> Least(IEnumerable<TenantCapability> capabilities) => [.. capabilities.SelectMany(Least).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>What a capability still lacks; a wider permission, or all of the narrower ones together, do as well.</summary>
    public static IReadOnlyList<string> Missing(TenantCapability capability, IReadOnlyCollection<string> granted) =>
        [.. Least(capability).Where(p => !PermissionNames.IsGranted(p, granted) && !IsAsGood(capability, p, granted))];

    private static bool IsAsGood(TenantCapability capability, string permission, IReadOnlyCollection<string> granted) =>
        (permission == Roles && PermissionNames.IsGranted(Directory, granted)) || (Narrower.TryGetValue((capability, permission), out var narrower) && narrower.All(n => PermissionNames.IsGranted(n, granted)));

    public static IReadOnlyList<string> Missing(IEnumerable<TenantCapability> capabilities, IReadOnlyCollection<string> granted) =>
        [.. capabilities.SelectMany(c => Missing(c, granted)).Distinct(StringComparer.OrdinalIgnoreCase)];
}
