using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Graph;

/// <summary>The least permissions for each capability (reference/graph-passkey-policy.md §2, graph-users-and-usage.md, adoption-and-troubleshooting.md §3).</summary>
internal static class CapabilityPermissions
{
    private static readonly string[] Read = ["Policy.Read.AuthenticationMethod", "GroupMember.Read.All", "User.ReadBasic.All"];

    /// <summary>Newer and narrower names that do as well for what a capability reads. A sign-in asks for the old ones, which every tenant has.</summary>
    private static readonly Dictionary<(TenantCapability Capability, string Permission), string[]> Narrower = new()
    {
        // Which passkeys a user has; the other methods come from the registration report.
        [(TenantCapability.PolicyWrite, "UserAuthenticationMethod.Read.All")] = ["UserAuthMethod-Passkey.Read.All"],
        // And with which other phishing-resistant method somebody could still get in.
        [(TenantCapability.Helpdesk, "UserAuthenticationMethod.Read.All")] = ["UserAuthMethod-Passkey.Read.All", "UserAuthMethod-WindowsHello.Read.All", "UserAuthMethod-PlatformCred.Read.All"],
    };

    /// <summary>What a sign-in asks for.</summary>
    public static IReadOnlyList<string> Least(TenantCapability capability) => capability switch
    {
        // Whether an account is disabled is not among what User.ReadBasic.All shows.
        TenantCapability.PolicyWrite => ["Policy.Read.AuthenticationMethod", "GroupMember.Read.All", "User.Read.All", "Policy.ReadWrite.AuthenticationMethod", "AuditLog.Read.All", "UserAuthenticationMethod.Read.All"],
        TenantCapability.Helpdesk => ["Policy.Read.AuthenticationMethod", "Policy.Read.All", "GroupMember.Read.All", "User.Read.All", "AuditLog.Read.All", "UserAuthenticationMethod.Read.All", "UserAuthMethod-TAP.ReadWrite.All"],
        TenantCapability.Rollout => ["Policy.ReadWrite.AuthenticationMethod", "GroupMember.ReadWrite.All", "User.Read.All", "AuditLog.Read.All"],
        TenantCapability.ConditionalAccess => [.. Read, "Policy.Read.All", "Policy.ReadWrite.ConditionalAccess", "Application.Read.All"],
        // The owners of devices are users.
        TenantCapability.Devices => ["DeviceManagementManagedDevices.Read.All", "Device.Read.All", "User.ReadBasic.All"],
        _ => Read,
    };

    /// <summary>Those of several capabilities together.</summary>
    public static IReadOnlyList<string> Least(IEnumerable<TenantCapability> capabilities) => [.. capabilities.SelectMany(Least).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>What a capability still lacks; a wider permission, or all of the narrower ones together, do as well.</summary>
    public static IReadOnlyList<string> Missing(TenantCapability capability, IReadOnlyCollection<string> granted) =>
        [.. Least(capability).Where(p => !PermissionNames.IsGranted(p, granted) && !(Narrower.TryGetValue((capability, p), out var narrower) && narrower.All(n => PermissionNames.IsGranted(n, granted))))];

    public static IReadOnlyList<string> Missing(IEnumerable<TenantCapability> capabilities, IReadOnlyCollection<string> granted) =>
        [.. capabilities.SelectMany(c => Missing(c, granted)).Distinct(StringComparer.OrdinalIgnoreCase)];
}
