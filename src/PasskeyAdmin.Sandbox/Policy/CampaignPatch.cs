using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox.Graph;

namespace PasskeyAdmin.Sandbox.Policy;

/// <summary>PATCH of the authentication methods policy itself: the registration campaign (reference/adoption-and-troubleshooting.md §2), and in beta the opt-out of what Microsoft switches on (reference/graph-passkey-policy.md §9).</summary>
internal static class CampaignPatch
{
    public const string OptOut = "optOutSettings";
    public const string Enforcement = "enforceRegistrationAfterAllowedSnoozes";

    private const string Registration = "registrationEnforcement";
    private const string Campaign = "authenticationMethodsRegistrationCampaign";
    private static readonly string[] States = ["default", "enabled", "disabled"];
    private static readonly string[] Methods = ["microsoftAuthenticator", "fido2"];
    private static readonly string[] TargetTypes = ["user", "group"];

    public static JObject? CampaignOf(JObject policy) => (policy[Registration] as JObject)?[Campaign] as JObject;

    public static JObject Apply(JObject current, JObject body, bool isBeta)
    {
        var changed = (JObject)current.DeepClone();
        foreach (var property in body.Properties())
        {
            if (BodyObject.IsAnnotation(property.Name)) continue;
            if (property.Name == OptOut && isBeta) changed[OptOut] = ReadOptOut(new BodyObject(body, "").Object(OptOut));
            else if (property.Name == Registration) ChangeCampaign(changed, new BodyObject(body, "").Object(Registration), isBeta);
            else throw SandboxRefusal.NotKnown($"a change of '{property.Name}' of the authentication methods policy");
        }
        return changed;
    }

    private static JObject ReadOptOut(BodyObject given)
    {
        const string migration = "passkeyDynamicMigration";
        Only(given, [migration]);
        return new JObject { [migration] = given.Flag(migration) };
    }

    private static void ChangeCampaign(JObject policy, BodyObject given, bool isBeta)
    {
        Only(given, [Campaign]);
        var body = given.Object(Campaign);
        Only(body, ["state", "snoozeDurationInDays", "includeTargets", "excludeTargets", Enforcement]);
        // Microsoft's page shows it in v1.0, its metadata does not have it there: refused, so that nobody relies on it (§2).
        if (!isBeta && body.Values[Enforcement] is not null) throw SandboxRefusal.BadRequest($"The property '{Enforcement}' does not exist on type 'microsoft.graph.{Campaign}'.");
        if (CampaignOf(policy) is not { } campaign) policy[Registration] = new JObject { [Campaign] = campaign = [] };
        if (body.Has("state")) campaign["state"] = body.Enum("state", States);
        if (body.Has(Enforcement)) campaign[Enforcement] = body.Flag(Enforcement);
        if (body.Has("snoozeDurationInDays"))
            campaign["snoozeDurationInDays"] = body.Values["snoozeDurationInDays"] is JValue { Value: long and >= 0 and <= 14 and var days } ? days : throw body.Error("snoozeDurationInDays", "must be a whole number from 0 to 14");
        if (body.Values["includeTargets"] is not null) campaign["includeTargets"] = new JArray(body.Objects("includeTargets").Select(t => Target(t, withMethod: true)));
        if (body.Values["excludeTargets"] is not null) campaign["excludeTargets"] = new JArray(body.Objects("excludeTargets").Select(t => Target(t, withMethod: false)));
        var methods = (campaign["includeTargets"] as JArray ?? []).Select(t => JsonText.Of(t as JObject, "targetedAuthenticationMethod")).Distinct();
        if (methods.Count() > 1) throw body.Error("includeTargets", "must name one method for the whole campaign");
    }

    private static JObject Target(BodyObject given, bool withMethod)
    {
        Only(given, withMethod ? ["id", "targetType", "targetedAuthenticationMethod"] : ["id", "targetType"]);
        var target = new JObject { ["id"] = given.Text("id") is "all_users" && withMethod ? "all_users" : given.Guid("id"), ["targetType"] = given.Enum("targetType", TargetTypes) };
        if (withMethod) target["targetedAuthenticationMethod"] = given.Enum("targetedAuthenticationMethod", Methods);
        return target;
    }

    private static void Only(BodyObject given, IReadOnlyCollection<string> known)
    {
        if (given.Values.Properties().FirstOrDefault(p => !known.Contains(p.Name) && !BodyObject.IsAnnotation(p.Name)) is { } stranger) throw given.Error(stranger.Name, "is not known");
    }
}
