using System;
using System.Globalization;
using System.Linq;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox.Policy;
using PasskeyAdmin.Sandbox.Storage;

namespace PasskeyAdmin.Sandbox.Graph;

/// <summary>The authentication methods policy and its configurations (reference/graph-passkey-policy.md §2).</summary>
internal sealed class PolicyEndpoints(SandboxTenant sandbox, Func<Guid> newGuid, Func<DateTimeOffset> now)
{
    public static SandboxAnswer Policy(SandboxRequest request, TenantDocument tenant)
    {
        var options = QueryOptions.Of(request, "$select");
        var known = tenant.Policy.Properties().Select(p => p.Name).ToList();
        // §9 [D]: beta only.
        if (!request.IsBeta) known.Remove("optOutSettings");
        var policy = options.Selected(tenant.Policy, known);
        if (!request.IsBeta) policy.Remove("optOutSettings");
        foreach (var method in policy["authenticationMethodConfigurations"] as JArray ?? []) Show(request, (JObject)method);
        return SandboxAnswer.Ok(policy, $"{request.Root}/$metadata#authenticationMethodsPolicy");
    }

    /// <summary>§3: profiles and targets come inline, without $expand.</summary>
    public static SandboxAnswer Method(SandboxRequest request, TenantDocument tenant, string id)
    {
        QueryOptions.Of(request);
        var method = (JObject)Find(tenant, id).DeepClone();
        Show(request, method);
        return SandboxAnswer.Ok(method, $"{request.Root}/$metadata#authenticationMethodConfigurations/$entity");
    }

    public SandboxAnswer ChangeMethod(SandboxRequest request, TenantDocument tenant, string id)
    {
        QueryOptions.Of(request);
        var current = Find(tenant, id);
        var body = ReadBody(request);
        if (MethodBody.IsToBeIgnored(body, current, tenant.Settings)) return SandboxAnswer.NoContent;
        var changed = TenantDocument.IsFido2(current)
            ? new Fido2Patch(current, tenant.Settings, newGuid).Apply(body)
            : MethodBody.Merge(current, body, tenant.Settings);
        sandbox.Replace(tenant.Policy, Changed(tenant.Policy, current, changed));
        return SandboxAnswer.NoContent;
    }

    private JObject Changed(JObject policy, JObject method, JObject by)
    {
        var changed = (JObject)policy.DeepClone();
        changed["authenticationMethodConfigurations"]![((JArray)method.Parent!).IndexOf(method)] = by;
        changed["lastModifiedDateTime"] = now().UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture);
        return changed;
    }

    private static JObject Find(TenantDocument tenant, string id) => tenant.Method(id) ?? throw SandboxRefusal.NotFound(id);

    private static void Show(SandboxRequest request, JObject method)
    {
        if (method["@odata.type"] is null) method.AddFirst(new JProperty("@odata.type", MethodBody.TypeOf(method)));
        if (!request.Preferences.Contains(EvolvableEnums.Preference, StringComparer.OrdinalIgnoreCase)) EvolvableEnums.HideNewMembers(method);
    }

    private static JObject ReadBody(SandboxRequest request)
    {
        request.RequireJson();
        try
        {
            return TenantJson.Read(request.Body ?? "", TenantJson.MaximumDepthOfBody) as JObject ?? throw SandboxRefusal.BadRequest("The body of the request must be a JSON object.");
        }
        catch (JsonReaderException e)
        {
            throw SandboxRefusal.BadRequest($"Unable to read JSON request payload. Line {JsonFault.Line(e)}: {TenantJson.Reason(e)}.");
        }
    }
}
