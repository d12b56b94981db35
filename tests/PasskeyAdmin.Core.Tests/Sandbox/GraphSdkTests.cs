using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using Microsoft.Graph;
using Microsoft.Graph.Models;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Abstractions.Serialization;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox;
using PasskeyAdmin.Testing;

namespace PasskeyAdmin.Core.Tests.Sandbox;

/// <summary>
/// The Microsoft Graph SDK, which knows nothing of us, works on the sample tenant over HTTP, and what it understands is what we read. Where it stumbles, the
/// sandbox is wrong until the reference says otherwise.
/// </summary>
public sealed class GraphSdkTests : IDisposable
{
    private static readonly SandboxTenant Contoso = SandboxTenant.CreateContoso();

    private readonly GraphServer _server;
    private readonly SandboxClient _own;
    private readonly HttpClient _http;
    private readonly GraphServiceClient _graph;

    public GraphSdkTests()
    {
        _own = new SandboxClient(Contoso);
        _server = new GraphServer(new SandboxHandler(Contoso) { Now = _own.Now });
        _http = GraphClientFactory.Create();
        _graph = new GraphServiceClient(_http, new AnonymousAuthenticationProvider(), new Uri(_server.Address, "v1.0").ToString());
    }

    [Fact]
    public async Task Users()
    {
        string[] names = ["id", "displayName", "userPrincipalName", "accountEnabled", "userType", "createdDateTime", "department"];
        var users = await AllAsync<User, UserCollectionResponse>(await _graph.Users.GetAsync(r => (r.QueryParameters.Select, r.QueryParameters.Top) = (names, 150)));
        Same(await OwnAsync($"/v1.0/users?$top=999&$select={string.Join(",", names)}"), users, names, u => [u.Id, u.DisplayName, u.UserPrincipalName, u.AccountEnabled, u.UserType, u.CreatedDateTime, u.Department]);
        Assert.True(users.Count > 800);
    }

    [Fact]
    public async Task Groups_and_whoever_is_in_them_through_others()
    {
        var groups = await AllAsync<Group, GroupCollectionResponse>(await _graph.Groups.GetAsync());
        Same(await OwnAsync("/v1.0/groups"), groups, ["id", "displayName", "description", "securityEnabled"], g => [g.Id, g.DisplayName, g.Description, g.SecurityEnabled]);
        foreach (var group in groups)
        {
            var members = await AllAsync<DirectoryObject, DirectoryObjectCollectionResponse>(await _graph.Groups[group.Id].TransitiveMembers.GetAsync(r => r.QueryParameters.Top = 999));
            Same(await OwnAsync($"/v1.0/groups/{group.Id}/transitiveMembers?$top=999"), members, ["id", "@odata.type"], m => [m.Id, m.OdataType]);
            // The SDK makes an object of the kind that the answer names.
            Assert.All(members, m => Assert.True(m is User or Group or Device));
        }
        Assert.Contains(groups, g => g.GroupTypes!.Contains("DynamicMembership"));
    }

    [Fact]
    public async Task Members_of_one_kind_and_their_number()
    {
        var pilot = (await _graph.Groups.GetAsync(r => r.QueryParameters.Filter = "displayName eq 'Passkey pilot'"))!.Value!.Single();
        var users = await AllAsync<User, UserCollectionResponse>(await _graph.Groups[pilot.Id].TransitiveMembers.GraphUser.GetAsync());
        var count = await _graph.Groups[pilot.Id].TransitiveMembers.Count.GetAsync(r => r.Headers.Add("ConsistencyLevel", "eventual"));
        Assert.True(count >= users.Count && users.Count > 0);
        var member = await _graph.Users[users[0].Id].TransitiveMemberOf.GraphGroup.GetAsync();
        Assert.Contains(pilot.Id, member!.Value!.Select(g => g.Id));
    }

    [Fact]
    public async Task Passkeys_and_other_methods_of_everybody_in_batches()
    {
        var owners = Contoso.ToJson() is var json ? JObject.Parse(json)["users"]!.Where(u => u["authenticationMethods"] is JArray { Count: > 0 }).Select(u => (string)u["id"]!).Take(60).ToList() : [];
        var batch = new BatchRequestContentCollection(_graph);
        var steps = new List<(string User, string Step)>();
        foreach (var id in owners) steps.Add((id, await batch.AddBatchRequestStepAsync(_graph.Users[id].Authentication.Methods.ToGetRequestInformation())));
        var answers = await _graph.Batch.PostAsync(batch);
        foreach (var (id, step) in steps)
        {
            var methods = (await answers.GetResponseByIdAsync<AuthenticationMethodCollectionResponse>(step)).Value!;
            Same(await OwnAsync($"/v1.0/users/{id}/authentication/methods"), methods, ["id", "@odata.type"], m => [m.Id, m.OdataType]);
            Assert.DoesNotContain(methods, m => m.GetType() == typeof(AuthenticationMethod));
            var passkeys = (await _graph.Users[id].Authentication.Fido2Methods.GetAsync())!.Value!;
            Same(await OwnAsync($"/v1.0/users/{id}/authentication/fido2Methods"), passkeys, ["id", "displayName", "aaGuid", "model", "attestationLevel", "passkeyType", "createdDateTime"],
                p => [p.Id, p.DisplayName, p.AaGuid, p.Model, p.AttestationLevel, p.PasskeyType, p.CreatedDateTime]);
        }
    }

    [Fact]
    public async Task The_policy_with_its_profiles()
    {
        var policy = await _graph.Policies.AuthenticationMethodsPolicy.GetAsync();
        var own = await _own.GetAsync("/v1.0/policies/authenticationMethodsPolicy");
        Assert.Equal(own["authenticationMethodConfigurations"]!.Select(c => (string)c["id"]!), policy!.AuthenticationMethodConfigurations!.Select(c => c.Id));
        Assert.DoesNotContain(policy.AuthenticationMethodConfigurations!, c => c.GetType() == typeof(AuthenticationMethodConfiguration));
        Assert.NotNull(policy.RegistrationEnforcement!.AuthenticationMethodsRegistrationCampaign!.State);
        var fido2 = Assert.IsType<Fido2AuthenticationMethodConfiguration>(await _graph.Policies.AuthenticationMethodsPolicy.AuthenticationMethodConfigurations["fido2"].GetAsync());
        var ownFido2 = await _own.GetFido2Async();
        Same(Objects(ownFido2["passkeyProfiles"]!), fido2.PasskeyProfiles!, ["id", "name", "passkeyTypes", "attestationEnforcement"], p => [p.Id, p.Name, p.PasskeyTypes, p.AttestationEnforcement]);
        Assert.Equal(ownFido2["passkeyProfiles"]!.Select(p => p["keyRestrictions"]!["aaGuids"]!.Count()), fido2.PasskeyProfiles!.Select(p => p.KeyRestrictions!.AaGuids!.Count));
        Same(Objects(ownFido2["includeTargets"]!), fido2.IncludeTargets!, ["id", "targetType"], t => [t.Id, t.TargetType]);
        Assert.Equal(ownFido2["includeTargets"]!.Select(t => (string)t["allowedPasskeyProfiles"]![0]!), fido2.IncludeTargets!.Select(t => t.AllowedPasskeyProfiles![0].ToString()));
        Assert.Equal((string?)ownFido2["defaultPasskeyProfile"], fido2.DefaultPasskeyProfile);
    }

    [Fact]
    public async Task A_change_of_the_policy_by_the_SDK()
    {
        using var client = new SandboxClient();
        using var server = new GraphServer(new SandboxHandler(client.Tenant) { Now = client.Now });
        using var graph = new GraphServiceClient(_http, new AnonymousAuthenticationProvider(), new Uri(server.Address, "v1.0").ToString());
        await graph.Policies.AuthenticationMethodsPolicy.AuthenticationMethodConfigurations["fido2"].PatchAsync(new Fido2AuthenticationMethodConfiguration { State = AuthenticationMethodState.Disabled });
        Assert.Equal("disabled", (string?)(await client.GetFido2Async())["state"]);
        var refused = await Assert.ThrowsAsync<ODataError>(() => graph.Users["nobody@contoso.com"].GetAsync());
        Assert.Equal((404, "Request_ResourceNotFound"), (refused.ResponseStatusCode, refused.Error!.Code));
    }

    [Fact]
    public async Task The_registration_report()
    {
        var rows = await AllAsync<UserRegistrationDetails, UserRegistrationDetailsCollectionResponse>(await _graph.Reports.AuthenticationMethods.UserRegistrationDetails.GetAsync(r => r.QueryParameters.Top = 300));
        var own = await OwnAsync("/v1.0/reports/authenticationMethods/userRegistrationDetails");
        Same(own, rows, ["id", "userPrincipalName", "userType", "isAdmin", "isMfaCapable", "isPasswordlessCapable", "lastUpdatedDateTime"], r => [r.Id, r.UserPrincipalName, r.UserType, r.IsAdmin, r.IsMfaCapable, r.IsPasswordlessCapable, r.LastUpdatedDateTime]);
        Assert.Equal(own.Select(r => string.Join(",", r["methodsRegistered"]!)), rows.Select(r => string.Join(",", r.MethodsRegistered!)));
        var synced = await _graph.Reports.AuthenticationMethods.UserRegistrationDetails.GetAsync(r => r.QueryParameters.Filter = "methodsRegistered/any(m:m eq 'passKeySynced')");
        Assert.Equal(rows.Count(r => r.MethodsRegistered!.Contains("passKeySynced")), synced!.Value!.Count);
    }

    [Fact]
    public async Task The_logs()
    {
        var signIns = await AllAsync<SignIn, SignInCollectionResponse>(await _graph.AuditLogs.SignIns.GetAsync(r => r.QueryParameters.Top = 700));
        Same(await OwnAsync("/v1.0/auditLogs/signIns"), signIns, ["id", "createdDateTime", "userPrincipalName", "appDisplayName", "conditionalAccessStatus"], s => [s.Id, s.CreatedDateTime, s.UserPrincipalName, s.AppDisplayName, s.ConditionalAccessStatus]);
        var failed = signIns.Where(s => s.Status!.ErrorCode == 135016).ToList();
        Assert.NotEmpty(failed);
        Assert.Equal(failed.Count, (await _graph.AuditLogs.SignIns.GetAsync(r => r.QueryParameters.Filter = "status/errorCode eq 135016"))!.Value!.Count);
        var audits = await AllAsync<DirectoryAudit, DirectoryAuditCollectionResponse>(await _graph.AuditLogs.DirectoryAudits.GetAsync());
        Same(await OwnAsync("/v1.0/auditLogs/directoryAudits"), audits, ["id", "activityDateTime", "activityDisplayName", "category", "loggedByService", "result"], a => [a.Id, a.ActivityDateTime, a.ActivityDisplayName, a.Category, a.LoggedByService, a.Result]);
        Assert.All(audits, a => Assert.NotEmpty(a.TargetResources!));
    }

    [Fact]
    public async Task Devices_of_both_kinds()
    {
        var devices = await AllAsync<Device, DeviceCollectionResponse>(await _graph.Devices.GetAsync(r => (r.QueryParameters.Expand, r.QueryParameters.Top) = (["registeredOwners($select=id,userPrincipalName)"], 999)));
        var own = await OwnAsync("/v1.0/devices?$top=999&$expand=registeredOwners($select=id,userPrincipalName)");
        Same(own, devices, ["id", "deviceId", "displayName", "operatingSystem", "operatingSystemVersion", "trustType", "isManaged", "approximateLastSignInDateTime"],
            d => [d.Id, d.DeviceId, d.DisplayName, d.OperatingSystem, d.OperatingSystemVersion, d.TrustType, d.IsManaged, d.ApproximateLastSignInDateTime]);
        Assert.Equal(own.Select(d => (string?)d.SelectToken("registeredOwners[0].userPrincipalName")), devices.Select(d => (d.RegisteredOwners!.FirstOrDefault() as User)?.UserPrincipalName));
        var managed = await AllAsync<ManagedDevice, ManagedDeviceCollectionResponse>(await _graph.DeviceManagement.ManagedDevices.GetAsync());
        Same(await OwnAsync("/v1.0/deviceManagement/managedDevices"), managed, ["id", "azureADDeviceId", "deviceName", "operatingSystem", "osVersion", "userPrincipalName", "complianceState", "managedDeviceOwnerType"],
            d => [d.Id, d.AzureADDeviceId, d.DeviceName, d.OperatingSystem, d.OsVersion, d.UserPrincipalName, d.ComplianceState, d.ManagedDeviceOwnerType]);
        Assert.Equal(1500, managed.Count);
    }

    [Fact]
    public async Task Conditional_Access_and_strengths()
    {
        var policies = await AllAsync<ConditionalAccessPolicy, ConditionalAccessPolicyCollectionResponse>(await _graph.Identity.ConditionalAccess.Policies.GetAsync());
        var own = await OwnAsync("/v1.0/identity/conditionalAccess/policies");
        Same(own, policies, ["id", "displayName", "state"], p => [p.Id, p.DisplayName, p.State]);
        Assert.Equal(own.Select(p => p["conditions"]!["users"]!["excludeGroups"]!.Count()), policies.Select(p => p.Conditions!.Users!.ExcludeGroups!.Count));
        Assert.Equal(own.Select(p => (string?)p.SelectToken("grantControls.authenticationStrength.id")), policies.Select(p => p.GrantControls?.AuthenticationStrength?.Id));
        var strengths = (await _graph.Policies.AuthenticationStrengthPolicies.GetAsync())!.Value!;
        Same(await OwnAsync("/v1.0/policies/authenticationStrengthPolicies"), strengths, ["id", "displayName", "policyType", "requirementsSatisfied"], s => [s.Id, s.DisplayName, s.PolicyType, s.RequirementsSatisfied]);
        Assert.All(strengths, s => Assert.DoesNotContain(null, s.AllowedCombinations!));
        var keys = strengths.SelectMany(s => s.CombinationConfigurations!).OfType<Fido2CombinationConfiguration>().ToList();
        Assert.NotEmpty(keys);
        Assert.All(keys, k => Assert.NotEmpty(k.AllowedAAGUIDs!));
        var used = policies.First(p => p.GrantControls?.AuthenticationStrength is not null);
        var usage = await _graph.Policies.AuthenticationStrengthPolicies[used.GrantControls!.AuthenticationStrength!.Id].Usage.GetAsync();
        Assert.Contains(used.Id, usage!.Mfa!.Select(p => p.Id));
    }

    [Fact]
    public async Task Roles_and_applications()
    {
        var roles = (await _graph.DirectoryRoles.GetAsync())!.Value!;
        Same(await OwnAsync("/v1.0/directoryRoles"), roles, ["id", "displayName", "roleTemplateId"], r => [r.Id, r.DisplayName, r.RoleTemplateId]);
        foreach (var role in roles) Assert.NotNull((await _graph.DirectoryRoles[role.Id].Members.GetAsync())!.Value);
        var assignments = (await _graph.RoleManagement.Directory.RoleAssignments.GetAsync())!.Value!;
        Same(await OwnAsync("/v1.0/roleManagement/directory/roleAssignments"), assignments, ["id", "principalId", "roleDefinitionId"], a => [a.Id, a.PrincipalId, a.RoleDefinitionId]);
        var applications = await AllAsync<ServicePrincipal, ServicePrincipalCollectionResponse>(await _graph.ServicePrincipals.GetAsync());
        Same(await OwnAsync("/v1.0/servicePrincipals"), applications, ["id", "appId", "displayName"], a => [a.Id, a.AppId, a.DisplayName]);
    }

    public void Dispose()
    {
        _graph.Dispose();
        _http.Dispose();
        _server.Dispose();
        _own.Dispose();
    }

    /// <summary>All pages, by the SDK's own iterator.</summary>
    private async Task<List<T>> AllAsync<T, TPage>(TPage? first)
        where TPage : class, IParsable, IAdditionalDataHolder, new()
    {
        var all = new List<T>();
        await PageIterator<T, TPage>.CreatePageIterator(_graph, first!, item =>
        {
            all.Add(item);
            return true;
        }).IterateAsync();
        return all;
    }

    /// <summary>The same, as our own code reads it.</summary>
    private async Task<List<JObject>> OwnAsync(string path)
    {
        var all = new List<JObject>();
        for (string? next = path; next is not null;)
        {
            var page = await _own.GetAsync(next);
            all.AddRange(Objects(page["value"]!));
            next = (string?)page["@odata.nextLink"];
        }
        return all;
    }

    private static List<JObject> Objects(JToken list) => [.. list.Cast<JObject>()];

    /// <summary>Object by object, property by property.</summary>
    private static void Same<T>(IReadOnlyList<JObject> own, IReadOnlyList<T> theirs, string[] names, Func<T, object?[]> values)
    {
        Assert.Equal(own.Count, theirs.Count);
        for (var i = 0; i < own.Count; i++) Assert.Equal(names.Select(n => $"{n}: {Text(own[i][n])}"), names.Zip(values(theirs[i]), (n, v) => $"{n}: {Text(v)}"));
    }

    private static string? Text(JToken? value) => value is JValue { Value: { } plain } ? Text(plain) : null;

    private static string? Text(object? value) => value switch
    {
        null => null,
        DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture),
        // The SDK spells members of enums with a capital, and a list of them with blanks.
        Enum member => string.Join(",", member.ToString().Split(", ").Select(m => char.ToLowerInvariant(m[0]) + m[1..])),
        bool flag => flag ? "true" : "false",
        string text => text,
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
