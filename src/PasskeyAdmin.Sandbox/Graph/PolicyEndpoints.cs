using System;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox.Policy;
using PasskeyAdmin.Sandbox.Storage;

namespace PasskeyAdmin.Sandbox.Graph;

/// <summary>The authentication methods policy and its configurations (reference/graph-passkey-policy.md §2).</summary>
internal static class PolicyEndpoints
{
    private const string Root = "policies/authenticationMethodsPolicy";
    private const string Methods = "authenticationMethodConfigurations";

    public static readonly GraphRoute[] Routes =
    [
        new("GET", Root, Policy),
        new("PATCH", Root, ChangePolicy),
        new("GET", $"{Root}/{Methods}", MethodList),
        new("GET", $"{Root}/{Methods}/{{}}", Method),
        new("PATCH", $"{Root}/{Methods}/{{}}", ChangeMethod),
        // §2 [D]: resets the configuration to what Microsoft ships, which nothing tells.
        new("DELETE", $"{Root}/{Methods}/{{}}", c => throw SandboxRefusal.NotKnown($"DELETE for {c.Request.Uri.AbsolutePath}")),
    ];

    private static SandboxAnswer Policy(GraphCall call)
    {
        var options = call.Options("$select");
        var known = call.Tenant.Policy.Properties().Select(p => p.Name).ToList();
        // §9 [D]: beta only.
        if (!call.IsBeta) known.Remove(CampaignPatch.OptOut);
        var policy = options.Selected(call.Tenant.Policy, known);
        if (!call.IsBeta) policy.Remove(CampaignPatch.OptOut);
        // reference/adoption-and-troubleshooting.md §2: not in v1.0 by its metadata.
        if (!call.IsBeta) CampaignPatch.CampaignOf(policy)?.Remove(CampaignPatch.Enforcement);
        if (policy[Methods] is JArray methods) policy[Methods] = new JArray(methods.Cast<JObject>().Where(m => IsOf(call, m)).Select(m => Shown(call, m)));
        return SandboxAnswer.Ok(policy, $"{call.Request.Root}/$metadata#authenticationMethodsPolicy");
    }

    private static SandboxAnswer ChangePolicy(GraphCall call)
    {
        call.Options();
        var changed = CampaignPatch.Apply(call.Tenant.Policy, call.Body(), call.IsBeta);
        return Commit(call, changed, "authenticationMethodsPolicy", AuditLog.Modified(call.Tenant.Policy, changed));
    }

    private static SandboxAnswer MethodList(GraphCall call)
    {
        call.Options();
        return call.Whole($"{Root}/{Methods}", ((JArray)call.Tenant.Policy[Methods]!).Cast<JObject>().Where(m => IsOf(call, m)).Select(m => Shown(call, m)));
    }

    /// <summary>§3: profiles and targets come inline, without $expand.</summary>
    private static SandboxAnswer Method(GraphCall call)
    {
        call.Options();
        return call.Single(null, Methods, Shown(call, Find(call)));
    }

    private static SandboxAnswer ChangeMethod(GraphCall call)
    {
        call.Options();
        var (current, settings) = (Find(call), call.Tenant.Settings);
        var body = call.Body();
        if (MethodBody.IsToBeIgnored(body, current, settings)) return SandboxAnswer.NoContent;
        var changed = TenantDocument.IsFido2(current) ? new Fido2Patch(current, settings, call.NewGuid).Apply(body) : MethodBody.Merge(current, body, settings);
        var policy = (JObject)call.Tenant.Policy.DeepClone();
        policy[Methods]![((JArray)current.Parent!).IndexOf(current)] = changed;
        return Commit(call, policy, TenantDocument.IdOf(current), AuditLog.Modified(current, changed));
    }

    /// <summary>The log gets what changed (reference/graph-users-and-usage.md §4); a PATCH that changes nothing leaves no trace there, as far as is known.</summary>
    private static SandboxAnswer Commit(GraphCall call, JObject policy, string what, JArray modified)
    {
        policy["lastModifiedDateTime"] = GraphTime.Text(call.Now);
        var change = new TenantChange().Replace(call.Tenant.Policy, policy);
        if (modified.Count > 0)
            AuditLog.Add(call, change, "Authentication Methods Policy Update", "ApplicationManagement", "Authentication Methods", [AuditLog.Target(null, "Other", "Authentication Methods Policy", modified)], [new JObject { ["key"] = "PolicyType", ["value"] = what }]);
        return call.Commit(change);
    }

    private static JObject Find(GraphCall call) => call.Tenant.Method(call.Ids[0]) is { } method && IsOf(call, method) ? method : throw SandboxRefusal.NotFound(call.Ids[0]);

    /// <summary>Hardware tokens are known to beta only, by the metadata that the Microsoft Graph SDK for v1.0 is made from.</summary>
    private static bool IsOf(GraphCall call, JObject method) => call.IsBeta || TenantDocument.IdOf(method) is not "HardwareOath";

    private static JObject Shown(GraphCall call, JObject method)
    {
        var shown = (JObject)method.DeepClone();
        Show(call, shown);
        return shown;
    }

    private static void Show(GraphCall call, JObject method)
    {
        if (method["@odata.type"] is null) method.AddFirst(new JProperty("@odata.type", MethodBody.TypeOf(method)));
        if (!call.Request.Preferences.Contains(EvolvableEnums.Preference, StringComparer.OrdinalIgnoreCase)) EvolvableEnums.HideNewMembers(method);
    }
}
