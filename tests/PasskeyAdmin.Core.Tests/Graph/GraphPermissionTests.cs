using System;
using System.Linq;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Core.Tests.Graph;

/// <summary>Expectations by Microsoft's permission file of 2026-08-07, which the references cite.</summary>
public class GraphPermissionTests
{
    [Theory]
    [InlineData("/v1.0/policies/authenticationMethodsPolicy", "Policy.Read.AuthenticationMethod")]
    [InlineData("/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/fido2", "Policy.Read.AuthenticationMethod")]
    [InlineData("/v1.0/policies/authenticationStrengthPolicies/00000000-0000-0000-0000-000000000004/usage", "Policy.Read.AuthenticationMethod")]
    [InlineData("/v1.0/identity/conditionalAccess/authenticationStrength/policies/x/combinationConfigurations", "Policy.Read.AuthenticationMethod")]
    [InlineData("/v1.0/identity/conditionalAccess/policies", "Policy.Read.All")]
    [InlineData("/v1.0/identity/conditionalAccess/namedLocations", "Policy.Read.All")]
    [InlineData("/beta/users/x/authentication/fido2Methods", "UserAuthMethod-Passkey.Read.All")]
    [InlineData("/v1.0/users/x/authentication/fido2Methods/creationOptions?challengeTimeoutInMinutes=5", "UserAuthMethod-Passkey.ReadWrite.All")]
    [InlineData("/v1.0/users/x/authentication/methods", "UserAuthenticationMethod.Read.All")]
    [InlineData("/v1.0/users/x/authentication/temporaryAccessPassMethods", "UserAuthMethod-TAP.Read.All")]
    [InlineData("/v1.0/users/x/authentication/windowsHelloForBusinessMethods", "UserAuthMethod-WindowsHello.Read.All")]
    [InlineData("/v1.0/users/x/authentication/platformCredentialMethods", "UserAuthMethod-PlatformCred.Read.All")]
    [InlineData("/v1.0/users/x/registeredDevices", "User.Read.All")]
    [InlineData("/v1.0/users/x?$select=id", "User.ReadBasic.All")]
    [InlineData("/v1.0/users", "User.ReadBasic.All")]
    [InlineData("/v1.0/me/transitiveMemberOf/microsoft.graph.directoryRole?$select=id", "User.Read")]
    [InlineData("/v1.0/groups/x/transitiveMembers", "GroupMember.Read.All")]
    [InlineData("/v1.0/directoryRoles/x/members", "RoleManagement.Read.Directory")]
    [InlineData("/v1.0/roleManagement/directory/roleAssignments", "RoleManagement.Read.Directory")]
    [InlineData("/v1.0/roleManagement/directory/roleEligibilitySchedules", "RoleEligibilitySchedule.Read.Directory")]
    [InlineData("/v1.0/servicePrincipals?$filter=appId eq 'x'", "Application.Read.All")]
    [InlineData("/v1.0/organization", "User.Read")]
    [InlineData("/v1.0/reports/authenticationMethods/userRegistrationDetails", "AuditLog.Read.All")]
    [InlineData("/beta/auditLogs/signIns", "AuditLog.Read.All")]
    [InlineData("/v1.0/auditLogs/directoryAudits", "AuditLog.Read.All")]
    [InlineData("/v1.0/devices", "Device.Read.All")]
    [InlineData("/v1.0/deviceManagement/managedDevices", "DeviceManagementManagedDevices.Read.All")]
    [InlineData("/V1.0/POLICIES/AUTHENTICATIONMETHODSPOLICY", "Policy.Read.AuthenticationMethod")]
    public void A_read_needs(string path, string permission) => Assert.Equal(permission, GraphPermission.For(path, isWrite: false, isAppOnly: false)?.Least);

    [Theory]
    [InlineData("/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/fido2", "Policy.ReadWrite.AuthenticationMethod")]
    [InlineData("/beta/policies/authenticationMethodsPolicy", "Policy.ReadWrite.AuthenticationMethod")]
    [InlineData("/v1.0/policies/authenticationStrengthPolicies/x/updateAllowedCombinations", "Policy.ReadWrite.ConditionalAccess")]
    [InlineData("/v1.0/identity/conditionalAccess/authenticationStrength/policies/x/combinationConfigurations", "Policy.ReadWrite.ConditionalAccess")]
    [InlineData("/v1.0/identity/conditionalAccess/policies", "Policy.ReadWrite.ConditionalAccess")]
    [InlineData("/v1.0/users/x/authentication/fido2Methods/y", "UserAuthMethod-Passkey.ReadWrite.All")]
    [InlineData("/v1.0/users/x/authentication/temporaryAccessPassMethods", "UserAuthMethod-TAP.ReadWrite.All")]
    [InlineData("/v1.0/users/x/revokeSignInSessions", "User.RevokeSessions.All")]
    [InlineData("/v1.0/groups/x/members/$ref", "GroupMember.ReadWrite.All")]
    [InlineData("/v1.0/groups", "Group.ReadWrite.All")]
    public void A_write_needs(string path, string permission) => Assert.Equal(permission, GraphPermission.For(path, isWrite: true, isAppOnly: false)?.Least);

    [Theory]
    [InlineData("/v1.0/users", "User.Read.All")]
    [InlineData("/v1.0/organization", "Organization.Read.All")]
    [InlineData("/v1.0/auditLogs/signIns", "AuditLog.Read.All")]
    [InlineData("/v1.0/me", null)]
    [InlineData("/v1.0/reports/authenticationMethods/usersRegisteredByMethod(includedUserTypes='all',includedUserRoles='all')", null)]
    public void An_application_needs(string path, string? permission) => Assert.Equal(permission, GraphPermission.For(path, isWrite: false, isAppOnly: true)?.Least);

    [Theory]
    [InlineData("/v1.0/$batch")]
    [InlineData("/v1.0/groupSettings")]
    [InlineData("/v1.0")]
    [InlineData("nonsense")]
    [InlineData("")]
    public void Of_other_places_nothing_is_known(string path)
    {
        Assert.Null(GraphPermission.For(path, isWrite: false, isAppOnly: false));
        Assert.True(GraphPermission.IsAllowed(path, isWrite: false, isAppOnly: false, []));
    }

    [Theory]
    // Old and broad, new and narrow.
    [InlineData("/users/x/authentication/fido2Methods", "UserAuthenticationMethod.Read.All", true)]
    [InlineData("/users/x/authentication/fido2Methods", "UserAuthMethod-Passkey.Read.All", true)]
    [InlineData("/users/x/authentication/fido2Methods", "userauthmethod-passkey.readwrite.all", true)]
    [InlineData("/users/x/authentication/fido2Methods", "UserAuthMethod-TAP.Read.All", false)]
    [InlineData("/users/x/authentication/methods", "UserAuthMethod-Passkey.Read.All", false)]
    [InlineData("/users/x/authentication/methods", "UserAuthenticationMethod.ReadWrite.All", true)]
    [InlineData("/users/x/authentication/temporaryAccessPassMethods", "UserAuthenticationMethod.Read.All", true)]
    // Policy.Read.All reads the policy as a whole, and not the passkey part by itself.
    [InlineData("/policies/authenticationMethodsPolicy", "Policy.Read.All", true)]
    [InlineData("/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/fido2", "Policy.Read.All", false)]
    [InlineData("/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/fido2", "Policy.ReadWrite.AuthenticationMethod", true)]
    [InlineData("/policies/authenticationStrengthPolicies", "Policy.Read.All", true)]
    [InlineData("/identity/conditionalAccess/policies", "Policy.ReadWrite.ConditionalAccess", false)]
    [InlineData("/groups/x/members", "Group.Read.All", true)]
    [InlineData("/groups/x/members", "GroupMember.ReadBasic.All", true)]
    [InlineData("/groups", "GroupMember.ReadBasic.All", false)]
    [InlineData("/users/x", "User.Read", false)]
    [InlineData("/me/transitiveMemberOf", "User.ReadBasic.All", true)]
    [InlineData("/auditLogs/signIns", "Directory.Read.All", false)]
    [InlineData("/auditLogs/directoryAudits", "Directory.Read.All", true)]
    [InlineData("/directoryRoles", "Directory.Read.All", true)]
    [InlineData("/roleManagement/directory/roleEligibilitySchedules", "Directory.Read.All", false)]
    [InlineData("/deviceManagement/managedDevices", "DeviceManagementManagedDevices.ReadWrite.All", true)]
    public void A_read_is_allowed_by_what_is_as_good(string path, string granted, bool isAllowed) => Assert.Equal(isAllowed, GraphPermission.IsAllowed("/v1.0" + path, isWrite: false, isAppOnly: false, [granted]));

    [Theory]
    [InlineData("/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/fido2", "Policy.Read.AuthenticationMethod", "Policy.ReadWrite.AuthenticationMethod")]
    [InlineData("/policies/authenticationStrengthPolicies", "Policy.ReadWrite.AuthenticationMethod", null)]
    [InlineData("/identity/conditionalAccess/policies", "Policy.ReadWrite.ConditionalAccess", "Policy.Read.All")]
    [InlineData("/identity/conditionalAccess/policies", "Policy.ReadWrite.ConditionalAccess Policy.Read.All", null)]
    [InlineData("/identity/conditionalAccess/policies", "Policy.Read.All", "Policy.ReadWrite.ConditionalAccess")]
    [InlineData("/groups/x/members/$ref", "Group.ReadWrite.All", null)]
    [InlineData("/groups/x/members/$ref", "GroupMember.Read.All", "GroupMember.ReadWrite.All")]
    [InlineData("/users/x/authentication/temporaryAccessPassMethods", "UserAuthMethod-TAP.Read.All", "UserAuthMethod-TAP.ReadWrite.All")]
    [InlineData("/users/x/revokeSignInSessions", "User.ReadWrite.All", null)]
    public void A_write_lacks(string path, string granted, string? missing) => Assert.Equal(missing, GraphPermission.Missing("/v1.0" + path, isWrite: true, isAppOnly: true, granted.Split(' ')));

    [Fact]
    public void An_application_has_no_reads_of_its_own_account()
    {
        Assert.False(GraphPermission.IsAllowed("/v1.0/me", isWrite: false, isAppOnly: true, ["User.Read", "Directory.Read.All"]));
        Assert.True(GraphPermission.IsAllowed("/v1.0/me", isWrite: false, isAppOnly: false, ["Directory.Read.All"]));
    }

    [Fact]
    public void No_row_hides_another() => Assert.All(new[] { GraphPermissions.OfReads, GraphPermissions.OfWrites }, rows =>
        Assert.All(rows.Select((row, i) => (row, i)), r => Assert.Same(r.row, rows.First(o => (r.row.Pattern + "/").StartsWith(o.Pattern + "/", StringComparison.OrdinalIgnoreCase)))));

    [Theory]
    [InlineData(TenantCapability.Read, "Policy.Read.AuthenticationMethod GroupMember.Read.All User.ReadBasic.All", "")]
    [InlineData(TenantCapability.Read, "Policy.Read.All Directory.Read.All", "Policy.Read.AuthenticationMethod")]
    [InlineData(TenantCapability.Impact, "Policy.Read.AuthenticationMethod GroupMember.Read.All User.Read.All AuditLog.Read.All UserAuthMethod-Passkey.Read.All RoleManagement.Read.Directory Policy.Read.All", "")]
    [InlineData(TenantCapability.Impact, "Policy.Read.AuthenticationMethod GroupMember.Read.All User.ReadBasic.All", "User.Read.All AuditLog.Read.All UserAuthenticationMethod.Read.All RoleManagement.Read.Directory Policy.Read.All")]
    [InlineData(TenantCapability.PolicyWrite, "Policy.ReadWrite.AuthenticationMethod Directory.Read.All AuditLog.Read.All UserAuthMethod-Passkey.Read.All Policy.Read.All", "")]
    [InlineData(TenantCapability.PolicyWrite, "Policy.ReadWrite.AuthenticationMethod Directory.Read.All AuditLog.Read.All UserAuthMethod-TAP.Read.All", "UserAuthenticationMethod.Read.All Policy.Read.All")]
    [InlineData(TenantCapability.PolicyWrite, "Policy.ReadWrite.AuthenticationMethod GroupMember.Read.All User.Read.All AuditLog.Read.All UserAuthenticationMethod.Read.All Policy.Read.All", "RoleManagement.Read.Directory")]
    [InlineData(TenantCapability.Rollout, "Policy.ReadWrite.AuthenticationMethod Group.ReadWrite.All User.Read.All AuditLog.Read.All", "UserAuthenticationMethod.Read.All RoleManagement.Read.Directory Policy.Read.All")]
    [InlineData(TenantCapability.Rollout, "Policy.ReadWrite.AuthenticationMethod Group.ReadWrite.All User.Read.All AuditLog.Read.All UserAuthMethod-Passkey.Read.All RoleManagement.ReadWrite.Directory Policy.Read.All", "")]
    [InlineData(TenantCapability.Helpdesk, "Policy.Read.AuthenticationMethod Policy.Read.All Directory.Read.All AuditLog.Read.All UserAuthMethod-Passkey.ReadWrite.All UserAuthMethod-TAP.ReadWrite.All User.RevokeSessions.All", "UserAuthenticationMethod.Read.All")]
    [InlineData(TenantCapability.Helpdesk, "Policy.Read.AuthenticationMethod Policy.Read.All Directory.Read.All AuditLog.Read.All UserAuthMethod-Passkey.ReadWrite.All UserAuthMethod-WindowsHello.Read.All UserAuthMethod-PlatformCred.Read.All UserAuthMethod-TAP.ReadWrite.All User.RevokeSessions.All", "")]
    [InlineData(TenantCapability.Helpdesk, "Policy.Read.AuthenticationMethod Policy.Read.All Directory.Read.All AuditLog.Read.All UserAuthenticationMethod.ReadWrite.All User.ReadWrite.All", "")]
    [InlineData(TenantCapability.Helpdesk, "Policy.Read.AuthenticationMethod Policy.Read.All Directory.Read.All AuditLog.Read.All UserAuthenticationMethod.Read.All UserAuthMethod-TAP.ReadWrite.All", "UserAuthMethod-Passkey.ReadWrite.All User.RevokeSessions.All")]
    [InlineData(TenantCapability.ConditionalAccess, "Policy.Read.AuthenticationMethod Directory.Read.All Policy.ReadWrite.ConditionalAccess", "Policy.Read.All AuditLog.Read.All")]
    public void A_capability_lacks(TenantCapability capability, string granted, string missing) => Assert.Equal(missing, string.Join(" ", CapabilityPermissions.Missing(capability, granted.Split(' '))));
}
