using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Graph;

/// <summary>What somebody wants to do with a tenant; it decides which permissions a sign-in asks for.</summary>
public enum TenantCapability
{
    /// <summary>Look at policy, profiles and targets.</summary>
    Read,

    /// <summary>Change policy and profiles, and see beforehand whom that affects.</summary>
    PolicyWrite,

    /// <summary>Answer for one user, and issue a Temporary Access Pass.</summary>
    Helpdesk,

    /// <summary>Roll out in waves.</summary>
    Rollout,

    /// <summary>Tie passkeys to applications.</summary>
    ConditionalAccess,
}

/// <summary>The least permissions for each capability (reference/graph-passkey-policy.md §2, graph-users-and-usage.md, adoption-and-troubleshooting.md §3).</summary>
internal static class CapabilityPermissions
{
    private static readonly string[] Read = ["Policy.Read.AuthenticationMethod", "GroupMember.Read.All", "User.ReadBasic.All"];

    public static IReadOnlyList<string> Least(TenantCapability capability) => capability switch
    {
        TenantCapability.PolicyWrite => [.. Read, "Policy.ReadWrite.AuthenticationMethod", "AuditLog.Read.All", "UserAuthenticationMethod.Read.All"],
        TenantCapability.Helpdesk => ["Policy.Read.AuthenticationMethod", "Policy.Read.All", "GroupMember.Read.All", "User.Read.All", "AuditLog.Read.All", "UserAuthenticationMethod.Read.All", "UserAuthMethod-TAP.ReadWrite.All"],
        TenantCapability.Rollout => ["Policy.ReadWrite.AuthenticationMethod", "GroupMember.ReadWrite.All", "User.ReadBasic.All", "AuditLog.Read.All"],
        TenantCapability.ConditionalAccess => [.. Read, "Policy.Read.All", "Policy.ReadWrite.ConditionalAccess", "Application.Read.All"],
        _ => Read,
    };

    /// <summary>Those of several capabilities together.</summary>
    public static IReadOnlyList<string> Least(IEnumerable<TenantCapability> capabilities) => [.. capabilities.SelectMany(Least).Distinct(StringComparer.OrdinalIgnoreCase)];

    public static IReadOnlyList<string> Missing(IEnumerable<TenantCapability> capabilities, IReadOnlyCollection<string> granted) =>
        [.. Least(capabilities).Where(p => !PermissionNames.IsGranted(p, granted))];
}
