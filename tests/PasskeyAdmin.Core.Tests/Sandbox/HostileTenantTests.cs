using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox;

namespace PasskeyAdmin.Core.Tests.Sandbox;

/// <summary>Files in which some value is something else than it should be: refused with a place, or answered; never an exception of another kind.</summary>
public class HostileTenantTests
{
    private static readonly string[] Paths =
    [
        "users?$top=5", $"users/{RichTenant.Tomas}/authentication/methods", $"users/{RichTenant.Tomas}?$select=id,signInActivity", $"users/{RichTenant.Lee}/transitiveMemberOf", $"groups/{RichTenant.Pilot}/transitiveMembers",
        "directoryRoles", $"directoryRoles/{RichTenant.Role}/members", "roleManagement/directory/roleAssignments", "devices?$expand=registeredOwners", "deviceManagement/managedDevices",
        "reports/authenticationMethods/userRegistrationDetails", "reports/authenticationMethods/usersRegisteredByMethod(includedUserTypes='all',includedUserTypes='all',includedUserRoles='all')", "auditLogs/signIns",
        "auditLogs/signIns?$filter=status/errorCode eq 0", "auditLogs/directoryAudits", "policies/authenticationMethodsPolicy", "policies/authenticationStrengthPolicies", "identity/conditionalAccess/policies",
        "identity/conditionalAccess/namedLocations", "servicePrincipals", "organization", "me/memberOf",
    ];

    private static readonly JToken[] Odd = [JValue.CreateNull(), 5, "x", true, new JObject(), new JArray(), new JArray(new JObject()), 9223372036854775807L];

    [Theory]
    [InlineData("users")]
    [InlineData("groups")]
    [InlineData("directoryRoles")]
    [InlineData("devices")]
    [InlineData("managedDevices")]
    [InlineData("servicePrincipals")]
    [InlineData("authenticationStrengthPolicies")]
    [InlineData("conditionalAccessPolicies")]
    [InlineData("namedLocations")]
    [InlineData("signIns")]
    [InlineData("directoryAudits")]
    [InlineData("organization")]
    [InlineData("authenticationMethodsPolicy")]
    public async Task Whatever_stands_in_a_file(string section)
    {
        using var rich = RichTenant.Client(root =>
        {
            root["settings"]!["account"] = "pradeep.petrova@contoso.com";
            root["settings"]!["now"] = "2026-11-23T09:00:00Z";
            root["settings"]!["enforcesRoles"] = false;
        });
        var text = rich.Tenant.ToJson();
        var answered = 0;
        foreach (var place in Places(SandboxClient.Parse(text)[section]!))
        {
            foreach (var odd in Odd)
            {
                var root = SandboxClient.Parse(text);
                root.SelectToken(place)!.Replace(odd.DeepClone());
                if (Load(root.ToString()) is not { } tenant) continue;
                answered++;
                using var client = new SandboxClient(tenant);
                foreach (var path in Paths) Assert.InRange((int)(await client.SendAsync("GET", $"/beta/{path}")).StatusCode, 200, 501);
            }
        }
        Assert.True(answered > 5);
    }

    /// <summary>Every value of the first entry, and of some that are not alike.</summary>
    private static IEnumerable<string> Places(JToken section)
    {
        var entries = section is JArray list ? list.Where((e, i) => i == 0 || i == list.Count - 1 || (string?)e["id"] is RichTenant.Tomas or RichTenant.Pilot) : (IEnumerable<JToken>)[section];
        return entries.SelectMany(e => ((JContainer)e).Descendants().OfType<JProperty>()).Select(p => p.Value.Path).Distinct().Take(150).ToList();
    }

    private static SandboxTenant? Load(string text)
    {
        try
        {
            return SandboxTenant.Parse(text);
        }
        catch (PasskeyAdminException e) when (e.ErrorId == "SandboxFileInvalid")
        {
            return null;
        }
    }
}
