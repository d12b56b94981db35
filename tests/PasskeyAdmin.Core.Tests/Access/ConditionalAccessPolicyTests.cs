using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Access;

namespace PasskeyAdmin.Core.Tests.Access;

/// <summary>Conditional Access policies as learn.microsoft.com/graph/api/resources/conditionalaccesspolicy has them, and as nobody has them.</summary>
public sealed class ConditionalAccessPolicyTests
{
    private const string Whole = """
        {
          "id": "11111111-0000-0000-0000-000000000001", "templateId": null, "displayName": "Everything", "createdDateTime": "2026-01-01T00:00:00Z", "modifiedDateTime": null, "state": "enabled", "sessionControls": null,
          "conditions": {
            "userRiskLevels": [], "signInRiskLevels": [], "servicePrincipalRiskLevels": [], "insiderRiskLevels": null, "clientAppTypes": ["all"], "clientApplications": null, "authenticationFlows": null,
            "platforms": { "includePlatforms": ["all"], "excludePlatforms": [] },
            "locations": { "includeLocations": ["All"], "excludeLocations": [] },
            "devices": { "includeDevices": [], "excludeDevices": [], "deviceFilter": null },
            "applications": { "includeApplications": ["All"], "excludeApplications": ["app-out"], "includeUserActions": ["urn:user:registersecurityinfo"], "includeAuthenticationContextClassReferences": [], "applicationFilter": null },
            "users": {
              "includeUsers": ["All"], "excludeUsers": ["user-out"], "includeGroups": ["group-in"], "excludeGroups": ["group-out"], "includeRoles": ["role-in"], "excludeRoles": ["role-out"],
              "includeGuestsOrExternalUsers": null, "excludeGuestsOrExternalUsers": null
            }
          },
          "grantControls": { "operator": "AND", "builtInControls": ["compliantDevice"], "customAuthenticationFactors": [], "termsOfUse": [], "authenticationStrength": { "id": "strength", "displayName": "Phishing-resistant MFA" } }
        }
        """;

    [Fact]
    public void A_whole_policy_is_read()
    {
        var policy = Read(_ => { });
        Assert.Equal(("11111111-0000-0000-0000-000000000001", "Everything", AccessState.Enabled, true), (policy.Id, policy.Name, policy.State, policy.IsEnabled));
        var users = policy.Users;
        Assert.Equal(["All user-out", "group-in group-out", "role-in role-out"], [Texts(users.IncludeUsers, users.ExcludeUsers), Texts(users.IncludeGroups, users.ExcludeGroups), Texts(users.IncludeRoles, users.ExcludeRoles)]);
        Assert.True(users is { IncludesAll: true, AreGuestsAtMost: false, IncludesKindsOfGuests: false, ExcludesKindsOfGuests: false });
        Assert.Equal("All app-out urn:user:registersecurityinfo", Texts(policy.IncludeApplications, policy.ExcludeApplications, policy.UserActions));
        Assert.True(policy is { IsForAllApplications: true, IsForRegistration: true, DemandsStrength: true, IsAnyEnough: false, Blocks: false, StrengthId: "strength" });
        Assert.False(policy.HasApplicationFilter || policy.IsAboutRisk || policy.IsForSomePlatforms || policy.IsForSomeLocations || policy.IsForNamedLocations || policy.IsForLegacyClients || policy.HasDeviceFilter || policy.HasOtherControls);
        Assert.Equal(["compliantDevice"], policy.Controls);
    }

    [Theory]
    [InlineData("enabled", "Enabled")]
    [InlineData("enabledForReportingButNotEnforced", "ReportOnly")]
    [InlineData("disabled", "Disabled")]
    [InlineData("Enabled", "Unknown")]
    [InlineData("unknownFutureValue", "Unknown")]
    [InlineData("", "Unknown")]
    [InlineData(null, "Unknown")]
    public void A_state_that_is_not_known_does_nothing(string? word, string state)
    {
        var policy = Read(j => j["state"] = word);
        Assert.Equal((state, state == "Enabled"), (policy.State.ToString(), policy.IsEnabled));
    }

    [Theory]
    [InlineData("conditions.signInRiskLevels", "['high']", nameof(ConditionalAccessPolicy.IsAboutRisk))]
    [InlineData("conditions.userRiskLevels", "['low', 'medium']", nameof(ConditionalAccessPolicy.IsAboutRisk))]
    [InlineData("conditions.servicePrincipalRiskLevels", "['high']", nameof(ConditionalAccessPolicy.IsAboutRisk))]
    [InlineData("conditions.insiderRiskLevels", "'minor,elevated'", nameof(ConditionalAccessPolicy.IsAboutRisk))]
    [InlineData("conditions.platforms", "{ includePlatforms: ['iOS', 'android'], excludePlatforms: [] }", nameof(ConditionalAccessPolicy.IsForSomePlatforms))]
    [InlineData("conditions.platforms", "{ includePlatforms: ['all'], excludePlatforms: ['linux'] }", nameof(ConditionalAccessPolicy.IsForSomePlatforms))]
    [InlineData("conditions.locations", "{ includeLocations: ['All'], excludeLocations: ['AllTrusted'] }", nameof(ConditionalAccessPolicy.IsForSomeLocations))]
    [InlineData("conditions.locations", "{ includeLocations: ['place'], excludeLocations: [] }", nameof(ConditionalAccessPolicy.IsForSomeLocations) + " " + nameof(ConditionalAccessPolicy.IsForNamedLocations))]
    [InlineData("conditions.clientAppTypes", "['exchangeActiveSync', 'other']", nameof(ConditionalAccessPolicy.IsForLegacyClients))]
    [InlineData("conditions.clientAppTypes", "['other']", nameof(ConditionalAccessPolicy.IsForLegacyClients))]
    [InlineData("conditions.clientAppTypes", "['browser', 'other']", "")]
    [InlineData("conditions.clientAppTypes", "[]", "")]
    [InlineData("conditions.devices.deviceFilter", "{ mode: 'exclude', rule: 'device.isCompliant -eq True' }", nameof(ConditionalAccessPolicy.HasDeviceFilter))]
    [InlineData("conditions.applications.applicationFilter", "{ mode: 'include', rule: 'x' }", nameof(ConditionalAccessPolicy.HasApplicationFilter))]
    [InlineData("grantControls.termsOfUse", "['terms']", nameof(ConditionalAccessPolicy.HasOtherControls))]
    [InlineData("grantControls.customAuthenticationFactors", "['factor']", nameof(ConditionalAccessPolicy.HasOtherControls))]
    [InlineData("conditions.platforms", "null", "")]
    [InlineData("conditions.locations", "null", "")]
    [InlineData("conditions.devices", "null", "")]
    [InlineData("conditions.signInRiskLevels", "null", "")]
    public void Conditions_are_told_apart(string path, string value, string flags)
    {
        var policy = Read(j => j.SelectToken(path)!.Replace(JToken.Parse(value)));
        string[] all = [nameof(policy.HasApplicationFilter), nameof(policy.IsAboutRisk), nameof(policy.IsForSomePlatforms), nameof(policy.IsForSomeLocations), nameof(policy.IsForNamedLocations), nameof(policy.IsForLegacyClients), nameof(policy.HasDeviceFilter), nameof(policy.HasOtherControls)];
        Assert.Equal(flags, string.Join(" ", all.Where(n => (bool)typeof(ConditionalAccessPolicy).GetProperty(n)!.GetValue(policy)!)));
    }

    [Theory]
    [InlineData("{ operator: 'OR', builtInControls: [], authenticationStrength: { id: 's' } }", true)]
    [InlineData("{ operator: 'AND', builtInControls: ['compliantDevice'], authenticationStrength: { id: 's' } }", true)]
    [InlineData("{ operator: 'OR', builtInControls: ['compliantDevice'], authenticationStrength: { id: 's' } }", false)]
    [InlineData("{ operator: 'OR', builtInControls: [], termsOfUse: ['t'], authenticationStrength: { id: 's' } }", false)]
    [InlineData("{ operator: 'AND', termsOfUse: ['t'], authenticationStrength: { id: 's' } }", true)]
    [InlineData("{ builtInControls: ['mfa'], authenticationStrength: { id: 's' } }", false)]
    [InlineData("{ authenticationStrength: { id: 's' } }", true)]
    [InlineData("{ operator: 'OR', builtInControls: ['mfa'], authenticationStrength: null }", false)]
    [InlineData("{ operator: 'AND', builtInControls: ['mfa'] }", false)]
    [InlineData("{ authenticationStrength: {} }", false)]
    [InlineData("null", false)]
    public void A_strength_is_demanded_where_nothing_else_does(string grant, bool demands) => Assert.Equal(demands, Read(j => j["grantControls"] = JToken.Parse(grant)).DemandsStrength);

    [Theory]
    [InlineData("{ includeUsers: ['GuestsOrExternalUsers'] }", true, false, false)]
    [InlineData("{ includeUsers: ['None'] }", true, false, false)]
    [InlineData("{ includeUsers: [], includeGuestsOrExternalUsers: { guestOrExternalUserTypes: 'b2bCollaborationGuest', externalTenants: null } }", true, true, false)]
    [InlineData("{ includeUsers: ['All'], excludeGuestsOrExternalUsers: { guestOrExternalUserTypes: 'internalGuest' } }", false, false, true)]
    [InlineData("{ includeUsers: ['GuestsOrExternalUsers', 'somebody'] }", false, false, false)]
    [InlineData("{ includeUsers: ['GuestsOrExternalUsers'], includeGroups: ['g'] }", false, false, false)]
    [InlineData("{ includeRoles: ['r'] }", false, false, false)]
    [InlineData("null", true, false, false)]
    public void Guests_are_told_apart(string users, bool atMost, bool includes, bool excludes)
    {
        var read = Read(j => j["conditions"]!["users"] = JToken.Parse(users)).Users;
        Assert.Equal((atMost, includes, excludes), (read.AreGuestsAtMost, read.IncludesKindsOfGuests, read.ExcludesKindsOfGuests));
    }

    [Fact]
    public void Ids_and_words_match_in_any_case()
    {
        var policy = Read(j => j["conditions"]!["applications"]!["includeUserActions"] = new JArray("URN:user:RegisterSecurityInfo"));
        Assert.True(policy.IsForRegistration);
        Assert.Contains("GROUP-IN", policy.Users.IncludeGroups);
        Assert.True(Read(j => j["grantControls"]!["builtInControls"] = new JArray("Block")).Blocks);
    }

    [Fact]
    public void A_policy_without_a_name_has_its_id_and_one_without_an_id_is_none()
    {
        Assert.Equal("11111111-0000-0000-0000-000000000001", Read(j => j["displayName"] = null).Name);
        Assert.Null(ConditionalAccessPolicy.Of([]));
        Assert.Null(ConditionalAccessPolicy.Of(new JObject { ["id"] = 5 }));
        Assert.Null(ConditionalAccessPolicy.Of(new JObject { ["id"] = "" }));
        var bare = ConditionalAccessPolicy.Of(new JObject { ["id"] = "x" })!;
        Assert.True(bare is { Name: "x", State: AccessState.Unknown, DemandsStrength: false, IsForAllApplications: false, Users: { IncludesAll: false, AreGuestsAtMost: true } });
    }

    [Fact]
    public void No_part_of_any_kind_makes_it_throw()
    {
        foreach (var changed in OddJson.Changed(JObject.Parse(Whole)))
        {
            var policy = ConditionalAccessPolicy.Of(changed);
            Assert.Equal(changed["id"] is JValue { Value: string { Length: > 0 } }, policy is not null);
            _ = policy is null ? "" : $"{policy} {policy.DemandsStrength} {policy.Users.AreGuestsAtMost}";
        }
    }

    [Fact]
    public void What_is_no_text_in_a_list_is_left_out() => Assert.Equal(["a"], Read(j => j["conditions"]!["users"]!["includeGroups"] = JArray.Parse("['a', null, 5, {}, ['b'], true]")).Users.IncludeGroups);

    private static ConditionalAccessPolicy Read(Action<JObject> change)
    {
        var json = JObject.Parse(Whole);
        change(json);
        return ConditionalAccessPolicy.Of(json)!;
    }

    private static string Texts(params IEnumerable<string>[] lists) => string.Join(" ", lists.SelectMany(l => l));
}
