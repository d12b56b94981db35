using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Prerequisites;

/// <summary>
/// The roles that a capability needs (reference/graph-passkey-policy.md §2, adoption-and-troubleshooting.md §1.3). Template ids:
/// learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference.
/// </summary>
internal static class CapabilityRoles
{
    public static readonly KnownRole GlobalAdministrator = new(Users.RoleHoldersSource.GlobalAdministrator, "Global Administrator");
    private static readonly KnownRole GlobalReader = new("f2ef992c-3afb-46b9-b7cf-a126ee74c451", "Global Reader");
    private static readonly KnownRole PolicyAdministrator = new("0526716b-113d-4c15-b2c8-68e3c22b9f80", "Authentication Policy Administrator");
    private static readonly KnownRole MethodAdministrator = new("c4e39bd9-1100-46d3-8c65-fb160da0071f", "Authentication Administrator");
    private static readonly KnownRole PrivilegedMethodAdministrator = new("7be44c8a-adaf-4e2a-84d6-ab2649e08a13", "Privileged Authentication Administrator");
    private static readonly KnownRole AccessAdministrator = new("b1be1c3e-b65d-4f19-8427-f6fa0d97feb9", "Conditional Access Administrator");
    private static readonly KnownRole SecurityAdministrator = new("194ae4cb-b126-40b2-bd5b-6091b380977d", "Security Administrator");
    private static readonly KnownRole SecurityReader = new("5d6b6bb7-de71-4623-b4af-96380a352509", "Security Reader");
    private static readonly KnownRole ReportsReader = new("4a5d8f65-41da-4de4-8968-e035b65339cf", "Reports Reader");
    private static readonly KnownRole IntuneAdministrator = new("3a2c62db-5318-420d-8d74-23affee5d9d5", "Intune Administrator");
    private static readonly KnownRole GroupsAdministrator = new("fdd7a751-b60b-444a-984c-02652fe8fa1c", "Groups Administrator");
    private static readonly KnownRole UserAdministrator = new("fe930be7-5e62-47db-91af-98c3a49a38b1", "User Administrator");

    private static readonly RoleNeed ReadPolicy = new("read the policy", GlobalReader, PolicyAdministrator, GlobalAdministrator);
    private static readonly RoleNeed WritePolicy = new("change the policy", PolicyAdministrator, GlobalAdministrator);
    private static readonly RoleNeed ReadLogs = new("read reports and logs", ReportsReader, SecurityReader, SecurityAdministrator, GlobalReader, GlobalAdministrator);
    private static readonly RoleNeed ReadMethods = new("read the passkeys of users", GlobalReader, MethodAdministrator, PrivilegedMethodAdministrator, GlobalAdministrator);
    private static readonly RoleNeed WriteMethods = new("issue a Temporary Access Pass and remove passkeys (the first one for users who are no administrators)", MethodAdministrator, PrivilegedMethodAdministrator, GlobalAdministrator);
    private static readonly RoleNeed ReadDevices = new("read the devices of Intune", IntuneAdministrator, GlobalReader, GlobalAdministrator);
    private static readonly RoleNeed WriteAccess = new("change Conditional Access", AccessAdministrator, SecurityAdministrator, GlobalAdministrator);
    private static readonly RoleNeed WriteMembers = new("add members to groups of others", GroupsAdministrator, UserAdministrator, GlobalAdministrator);

    private static readonly HashSet<string> Known = new(
        new[]
        {
            GlobalAdministrator, GlobalReader, PolicyAdministrator, MethodAdministrator, PrivilegedMethodAdministrator, AccessAdministrator, SecurityAdministrator, SecurityReader, ReportsReader, IntuneAdministrator,
            GroupsAdministrator, UserAdministrator,
        }.Select(r => r.TemplateId), StringComparer.OrdinalIgnoreCase);

    /// <summary>All of them are needed: to change a policy without seeing whom that affects is not what the capability is about.</summary>
    public static IReadOnlyList<RoleNeed> Essential(TenantCapability capability) => capability switch
    {
        TenantCapability.PolicyWrite or TenantCapability.Rollout => [WritePolicy, ReadLogs, ReadMethods],
        TenantCapability.Impact => [ReadPolicy, ReadLogs, ReadMethods],
        TenantCapability.Helpdesk => [WriteMethods],
        TenantCapability.ConditionalAccess => [WriteAccess],
        TenantCapability.Devices => [ReadDevices],
        _ => [ReadPolicy],
    };

    /// <summary>Without these, a part is missing that somebody may do without.</summary>
    public static IReadOnlyList<RoleNeed> Beside(TenantCapability capability) => capability switch
    {
        TenantCapability.Helpdesk => [ReadPolicy, ReadLogs],
        TenantCapability.Rollout => [WriteMembers],
        TenantCapability.ConditionalAccess => [ReadPolicy, ReadLogs],
        _ => [],
    };

    /// <summary>Whether it is known what a role allows.</summary>
    public static bool IsKnown(string templateId) => Known.Contains(templateId);
}
