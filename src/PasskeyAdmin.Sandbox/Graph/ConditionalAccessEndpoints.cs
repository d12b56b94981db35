using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox.Policy;
using PasskeyAdmin.Sandbox.Storage;

namespace PasskeyAdmin.Sandbox.Graph;

/// <summary>Conditional Access policies and named locations (reference/adoption-and-troubleshooting.md §3). All need P1.</summary>
internal static class ConditionalAccessEndpoints
{
    private const string Root = "identity/conditionalAccess";
    private static readonly string[] States = ["enabled", "disabled", "enabledForReportingButNotEnforced"];
    private static readonly string[] Declared = ["id", "templateId", "displayName", "createdDateTime", "modifiedDateTime", "state", "conditions", "grantControls", "sessionControls"];
    private static readonly string[] OfUsers = ["includeUsers", "excludeUsers", "includeGroups", "excludeGroups", "includeRoles", "excludeRoles"];
    private static readonly string[] OfApplications = ["includeApplications", "excludeApplications", "includeUserActions", "includeAuthenticationContextClassReferences"];

    public static readonly GraphRoute[] Routes =
    [
        new("GET", $"{Root}/policies", List),
        new("POST", $"{Root}/policies", Create),
        new("GET", $"{Root}/policies/{{}}", c => c.Single(null, $"{Root}/policies", Shown(c, Find(c)))),
        new("PATCH", $"{Root}/policies/{{}}", Change),
        new("DELETE", $"{Root}/policies/{{}}", Delete),
        new("GET", $"{Root}/namedLocations", Locations),
    ];

    /// <summary>The strength that a policy demands, as the policy refers to it; null where it demands none.</summary>
    public static JObject? StrengthOf(JObject policy) => (policy["grantControls"] as JObject)?["authenticationStrength"] as JObject;

    private static SandboxAnswer List(GraphCall call)
    {
        var options = call.Options("$filter", "$select", "$top", "$skiptoken");
        RequirePremium(call);
        var list = DirectoryEndpoints.Filtered(call.Tenant.List("conditionalAccessPolicies"), options, "displayName eq startswith", "state eq", "id eq");
        return call.Page(options, $"{Root}/policies", list, p => options.Selected(Shown(call, p), Declared));
    }

    private static SandboxAnswer Locations(GraphCall call)
    {
        call.Options();
        RequirePremium(call);
        return call.Whole($"{Root}/namedLocations", call.Tenant.Section("namedLocations").Cast<JObject>().Select(l => (JObject)l.DeepClone()));
    }

    private static SandboxAnswer Create(GraphCall call)
    {
        call.Options();
        RequirePremium(call);
        var policy = new JObject { ["id"] = call.NewGuid().ToString(), ["createdDateTime"] = GraphTime.Text(call.Now), ["modifiedDateTime"] = null };
        Read(call, new BodyObject(call.Body(), ""), policy, isNew: true);
        var change = new TenantChange();
        Commit(call, change.Append(call.Tenant.Section("conditionalAccessPolicies", change), policy), "Add conditional access policy", policy);
        return call.Created($"{Root}/policies", Shown(call, policy));
    }

    private static SandboxAnswer Change(GraphCall call)
    {
        call.Options();
        RequirePremium(call);
        var current = Find(call);
        var policy = (JObject)current.DeepClone();
        Read(call, new BodyObject(call.Body(), ""), policy, isNew: false);
        policy["modifiedDateTime"] = GraphTime.Text(call.Now);
        return Commit(call, new TenantChange().Replace(current, policy), "Update conditional access policy", policy);
    }

    private static SandboxAnswer Delete(GraphCall call)
    {
        call.Options();
        RequirePremium(call);
        var policy = Find(call);
        return Commit(call, new TenantChange().Remove((JArray)policy.Parent!, policy), "Delete conditional access policy", policy);
    }

    private static void Read(GraphCall call, BodyObject body, JObject policy, bool isNew)
    {
        if (body.Values.Properties().FirstOrDefault(p => !Declared.Contains(p.Name) && !BodyObject.IsAnnotation(p.Name)) is { } stranger)
            throw SandboxRefusal.BadRequest($"The property '{stranger.Name}' does not exist on type 'microsoft.graph.conditionalAccessPolicy'.");
        if (isNew) body.Require("displayName", "state", "conditions");
        if (body.Has("displayName")) policy["displayName"] = body.Text("displayName");
        if (body.Has("state")) policy["state"] = body.Enum("state", States);
        if (body.Has("conditions")) policy["conditions"] = body.Object("conditions").Values.DeepClone();
        foreach (var name in new[] { "grantControls", "sessionControls" })
            if (body.Values[name] is { } controls) policy[name] = controls.DeepClone();
        ConditionalAccessCheck.Check(policy, body);
        Check(call, policy, body);
    }

    /// <summary>What makes a policy one: whom it is for, to what it applies, and what it demands or forbids (learn.microsoft.com/graph/api/conditionalaccessroot-post-policies).</summary>
    private static void Check(GraphCall call, JObject policy, BodyObject body)
    {
        var conditions = policy["conditions"] as JObject;
        if (!HasAny(conditions?["users"] as JObject, ["includeUsers", "includeGroups", "includeRoles", "includeGuestsOrExternalUsers"])) throw body.Error("conditions.users", "must include somebody");
        if (!HasAny(conditions?["applications"] as JObject, OfApplications)) throw body.Error("conditions.applications", "must include something");
        if (policy["grantControls"] is not JObject && policy["sessionControls"] is not JObject) throw body.Error("grantControls", "is required where there are no session controls");
        if (StrengthOf(policy) is not { } reference) return;
        // [D]: one or the other.
        if (((policy["grantControls"] as JObject)?["builtInControls"] as JArray ?? []).Any(c => c is JValue { Value: "mfa" })) throw body.Error("grantControls", "cannot demand both multifactor authentication and an authentication strength");
        if (StrengthEndpoints.ById(call, JsonText.Of(reference, "id")) is null) throw body.Error("grantControls.authenticationStrength", "does not exist");
        policy["grantControls"]!["authenticationStrength"] = new JObject { ["id"] = JsonText.Of(reference, "id") };
    }

    private static bool HasAny(JObject? owner, IEnumerable<string> names) => owner is not null && names.Any(n => owner[n] is JArray { Count: > 0 } or JObject);

    private static JObject Shown(GraphCall call, JObject policy)
    {
        var shown = (JObject)policy.DeepClone();
        foreach (var name in Declared) AuditLog.Fill(shown, name, null);
        if (shown["conditions"] is JObject conditions)
        {
            Lists(conditions["users"] as JObject, OfUsers);
            Lists(conditions["applications"] as JObject, OfApplications);
            AuditLog.Fill(conditions, "clientAppTypes", new JArray("all"));
        }
        if (shown["grantControls"] is JObject grant)
        {
            AuditLog.Fill(grant, "operator", "OR");
            Lists(grant, ["builtInControls", "customAuthenticationFactors", "termsOfUse"]);
            grant["authenticationStrength"] = StrengthEndpoints.ById(call, JsonText.Of(StrengthOf(shown), "id")) is { } strength ? StrengthEndpoints.Shown(call, strength) : JValue.CreateNull();
        }
        return shown;
    }

    private static void Lists(JObject? owner, string[] names)
    {
        if (owner is null) return;
        foreach (var name in names) AuditLog.Fill(owner, name, new JArray());
    }

    private static SandboxAnswer Commit(GraphCall call, TenantChange change, string activity, JObject policy) =>
        call.Commit(AuditLog.Add(call, change, activity, "Policy", "Conditional Access", [AuditLog.Target(TenantDocument.IdOf(policy), "Policy", JsonText.Of(policy, "displayName"))]));

    private static JObject Find(GraphCall call)
    {
        call.Options();
        RequirePremium(call);
        return call.Tenant.List("conditionalAccessPolicies").Find(call.Ids[0]) ?? throw SandboxRefusal.NotFound(call.Ids[0]);
    }

    /// <summary>The code that a free tenant gets here is not in the reference; it is taken to be denied (unconfirmed).</summary>
    private static void RequirePremium(GraphCall call)
    {
        if (!call.Tenant.Settings.HasPremium) throw new SandboxRefusal(403, "AccessDenied", "Your tenant is not licensed for this feature.");
    }
}
