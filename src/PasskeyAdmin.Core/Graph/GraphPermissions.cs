using System.Collections.Generic;

namespace PasskeyAdmin.Graph;

/// <summary>
/// The requests of this module and what they need, the most specific first. Permissions by Microsoft's permission file of 2026-08-07
/// (reference/graph-passkey-policy.md §2, graph-users-and-usage.md §1 to §5, graph-devices.md, adoption-and-troubleshooting.md §3), roles by the same pages.
/// </summary>
internal static class GraphPermissions
{
    private const string PolicyReaders = "Global Reader or Authentication Policy Administrator";
    private const string PolicyWriters = "Authentication Policy Administrator";
    private const string MethodReaders = "Global Reader, Authentication Administrator or Privileged Authentication Administrator";
    private const string MethodWriters = "Authentication Administrator (for administrators: Privileged Authentication Administrator)";
    private const string LogReaders = "Reports Reader, Security Reader, Security Administrator or Global Reader";
    private const string AccessReaders = "Security Reader, Global Reader or Conditional Access Administrator";
    private const string AccessWriters = "Conditional Access Administrator or Security Administrator";

    // Owners of a group need none.
    private const string GroupWriters = "Groups Administrator or User Administrator";

    private const string PolicyRead = "Policy.Read.AuthenticationMethod";
    private const string PolicyWrite = "Policy.ReadWrite.AuthenticationMethod";
    private const string AccessWrite = "Policy.ReadWrite.ConditionalAccess";
    private const string MethodRead = "UserAuthenticationMethod.Read.All";
    private const string MethodWrite = "UserAuthenticationMethod.ReadWrite.All";

    // What shows members without their other properties is new, and enough for who is a member.
    private static readonly string[] BasicGroups = ["Group.ReadBasic.All"];
    private static readonly string[] BasicMembers = ["Group.ReadBasic.All", "GroupMember.ReadBasic.All"];

    public static IReadOnlyList<GraphPermission> OfReads { get; } =
    [
        // Policy.Read.All is listed for the whole policy, and not for its parts: graph-passkey-policy.md §2 [M].
        new("/policies/authenticationMethodsPolicy/authenticationMethodConfigurations", PolicyRead, PolicyReaders),
        new("/policies/authenticationMethodsPolicy", PolicyRead, PolicyReaders) { OrElse = ["Policy.Read.All"] },
        new("/policies/authenticationStrengthPolicies", PolicyRead, AccessReaders) { OrElse = ["Policy.Read.All", AccessWrite] },
        new("/identity/conditionalAccess/authenticationStrength", PolicyRead, AccessReaders) { OrElse = ["Policy.Read.All", AccessWrite] },
        new("/identity/conditionalAccess", "Policy.Read.All", AccessReaders),

        // A read that hands out what a write needs.
        new("/users/*/authentication/fido2Methods/creationOptions", "UserAuthMethod-Passkey.ReadWrite.All", MethodWriters),
        new("/users/*/authentication/fido2Methods", "UserAuthMethod-Passkey.Read.All", MethodReaders),
        new("/users/*/authentication/temporaryAccessPassMethods", "UserAuthMethod-TAP.Read.All", MethodReaders),
        new("/users/*/authentication/windowsHelloForBusinessMethods", "UserAuthMethod-WindowsHello.Read.All", MethodReaders),
        new("/users/*/authentication/platformCredentialMethods", "UserAuthMethod-PlatformCred.Read.All", MethodReaders),
        new("/users/*/authentication", MethodRead, MethodReaders),
        new("/users/*/memberOf", "GroupMember.Read.All") { OrElse = [.. BasicMembers, "User.Read.All"] },
        new("/users/*/transitiveMemberOf", "GroupMember.Read.All") { OrElse = [.. BasicMembers, "User.Read.All"] },
        new("/users/*/registeredDevices", "User.Read.All"),
        new("/users/*/ownedDevices", "User.Read.All"),
        // For applications, User.ReadBasic.All is newer than User.Read.All.
        new("/users", "User.ReadBasic.All") { Application = "User.Read.All", OrElse = ["User.ReadBasic.All"] },
        new("/me", "User.Read") { IsDelegatedOnly = true },

        new("/groups/*/members", "GroupMember.Read.All") { OrElse = BasicMembers },
        new("/groups/*/transitiveMembers", "GroupMember.Read.All") { OrElse = BasicMembers },
        new("/groups", "GroupMember.Read.All") { OrElse = BasicGroups },
        new("/directoryRoles", "RoleManagement.Read.Directory") { OrElse = ["Directory.Read.All"] },
        // Who could become an administrator is not a matter of the directory's own permissions.
        new("/roleManagement/directory/roleEligibilitySchedules", "RoleEligibilitySchedule.Read.Directory") { OrElse = ["RoleManagement.Read.Directory", "RoleManagement.Read.All"] },
        new("/roleManagement/directory/roleEligibilityScheduleInstances", "RoleEligibilitySchedule.Read.Directory") { OrElse = ["RoleManagement.Read.Directory", "RoleManagement.Read.All"] },
        new("/roleManagement/directory", "RoleManagement.Read.Directory") { OrElse = ["Directory.Read.All", "RoleManagement.Read.All"] },
        new("/servicePrincipals", "Application.Read.All"),
        // User.Read is of users only.
        new("/organization", "User.Read") { Application = "Organization.Read.All" },

        new("/reports/authenticationMethods/usersRegisteredByMethod", "AuditLog.Read.All", LogReaders) { IsDelegatedOnly = true },
        new("/reports/authenticationMethods/usersRegisteredByFeature", "AuditLog.Read.All", LogReaders) { IsDelegatedOnly = true },
        // The sign-in summary (beta) is not in the permission file: unconfirmed.
        new("/reports/authenticationMethods", "AuditLog.Read.All", LogReaders),
        new("/auditLogs/directoryAudits", "AuditLog.Read.All", LogReaders) { OrElse = ["Directory.Read.All"] },
        new("/auditLogs", "AuditLog.Read.All", LogReaders),

        new("/devices", "Device.Read.All") { OrElse = ["Directory.Read.All"] },
        new("/deviceManagement", "DeviceManagementManagedDevices.Read.All", "Intune Administrator or Global Reader") { OrElse = ["DeviceManagementConfiguration.Read.All"] },
    ];

    public static IReadOnlyList<GraphPermission> OfWrites { get; } =
    [
        // Passkeys, Temporary Access Pass and campaign alike.
        new("/policies/authenticationMethodsPolicy", PolicyWrite, PolicyWriters),
        // The portal's steps name the Authentication Policy Administrator, too: adoption-and-troubleshooting.md §1.3.
        new("/policies/authenticationStrengthPolicies", AccessWrite, "Conditional Access Administrator or Authentication Policy Administrator") { OrElse = [PolicyWrite] },
        new("/identity/conditionalAccess/authenticationStrength", AccessWrite, "Conditional Access Administrator or Authentication Policy Administrator") { OrElse = [PolicyWrite] },
        // Application.Read.All is needed as well where a policy names applications; the path does not tell.
        new("/identity/conditionalAccess", AccessWrite, AccessWriters) { Beside = "Policy.Read.All" },

        new("/users/*/authentication/fido2Methods", "UserAuthMethod-Passkey.ReadWrite.All", MethodWriters),
        new("/users/*/authentication/temporaryAccessPassMethods", "UserAuthMethod-TAP.ReadWrite.All", MethodWriters),
        new("/users/*/authentication", MethodWrite, MethodWriters),
        // Which roles is unconfirmed; these are documented for passwords of the same users.
        new("/users/*/revokeSignInSessions", "User.RevokeSessions.All", "Authentication Administrator, Helpdesk Administrator or User Administrator (for administrators: Privileged Authentication Administrator)")
        {
            OrElse = ["User.ReadWrite.All", "Directory.ReadWrite.All"],
        },

        // A group that can be assigned to a role needs more: RoleManagement.ReadWrite.Directory and Privileged Role Administrator.
        new("/groups/*/members", "GroupMember.ReadWrite.All", GroupWriters),
        new("/groups", "Group.ReadWrite.All", GroupWriters),
    ];
}
