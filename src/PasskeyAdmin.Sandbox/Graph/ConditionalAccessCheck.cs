using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox.Policy;

namespace PasskeyAdmin.Sandbox.Graph;

/// <summary>
/// The values of a Conditional Access policy (learn.microsoft.com/graph/api/resources/conditionalaccesspolicy and the types below it): a word that does not
/// exist is refused, and so is a name where an id belongs. Whether an id is of something that exists is not asked.
/// </summary>
internal static class ConditionalAccessCheck
{
    private static readonly string[] OfConditions =
    [
        "users", "applications", "clientAppTypes", "platforms", "locations", "userRiskLevels", "signInRiskLevels", "devices", "clientApplications", "servicePrincipalRiskLevels", "insiderRiskLevels", "authenticationFlows",
    ];

    private static readonly string[] Users = ["All", "None", "GuestsOrExternalUsers"];
    private static readonly string[] Applications = ["All", "None", "Office365", "MicrosoftAdminPortals"];
    private static readonly string[] Actions = ["urn:user:registersecurityinfo", "urn:user:registerdevice"];
    private static readonly string[] Clients = ["all", "browser", "mobileAppsAndDesktopClients", "exchangeActiveSync", "easSupported", "other"];
    private static readonly string[] Controls = ["block", "mfa", "compliantDevice", "domainJoinedDevice", "approvedApplication", "compliantApplication", "passwordChange"];
    private static readonly string[] Operators = ["AND", "OR"];

    public static void Check(JObject policy, BodyObject body)
    {
        if (policy["conditions"] is JObject conditions)
        {
            if (conditions.Properties().FirstOrDefault(p => !OfConditions.Contains(p.Name) && !BodyObject.IsAnnotation(p.Name)) is { } stranger) throw body.Error($"conditions.{stranger.Name}", "is not known");
            var (users, applications) = (conditions["users"] as JObject, conditions["applications"] as JObject);
            foreach (var name in new[] { "includeUsers", "excludeUsers" }) Each(body, users, "conditions.users", name, Users, takesIds: true);
            foreach (var name in new[] { "includeGroups", "excludeGroups", "includeRoles", "excludeRoles" }) Each(body, users, "conditions.users", name, [], takesIds: true);
            foreach (var name in new[] { "includeApplications", "excludeApplications" }) Each(body, applications, "conditions.applications", name, Applications, takesIds: true);
            Each(body, applications, "conditions.applications", "includeUserActions", Actions, takesIds: false);
            Each(body, conditions, "conditions", "clientAppTypes", Clients, takesIds: false);
        }
        if (policy["sessionControls"] is not (null or JObject or { Type: JTokenType.Null })) throw body.Error("sessionControls", "must be an object");
        if (policy["grantControls"] is not (null or JObject or { Type: JTokenType.Null })) throw body.Error("grantControls", "must be an object");
        if (policy["grantControls"] is not JObject grant) return;
        if (grant["operator"] is not JValue { Value: string word } || !Operators.Contains(word)) throw body.Error("grantControls.operator", "must be AND or OR");
        Each(body, grant, "grantControls", "builtInControls", Controls, takesIds: false);
    }

    private static void Each(BodyObject body, JObject? owner, string place, string name, IReadOnlyCollection<string> words, bool takesIds)
    {
        if (owner?[name] is not { Type: not JTokenType.Null } list) return;
        if (list is not JArray values) throw body.Error($"{place}.{name}", "must be a list");
        foreach (var value in values)
        {
            if (value is JValue { Value: string text } && (words.Contains(text) || (takesIds && Guid.TryParse(text, out _)))) continue;
            throw body.Error($"{place}.{name}", $"has a value that does not exist there{(words.Count > 0 ? $"; it takes {string.Join(", ", words)}{(takesIds ? " and ids" : "")}" : "; it takes ids")}");
        }
    }
}
