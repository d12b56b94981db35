using System;
using System.Linq;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox.Policy;
using PasskeyAdmin.Sandbox.Storage;

namespace PasskeyAdmin.Sandbox.Graph;

/// <summary>The authentication methods policy and its configurations (reference/graph-passkey-policy.md §2).</summary>
internal sealed class PolicyEndpoints(SandboxTenant sandbox, Func<Guid> newGuid)
{
    public static GraphAnswer Policy(GraphRequest request, TenantDocument tenant)
    {
        var options = QueryOptions.Of(request, "$select");
        var known = tenant.Policy.Properties().Select(p => p.Name).ToList();
        // §9 [D]: beta only.
        if (!request.IsBeta) known.Remove("optOutSettings");
        var policy = options.Selected(tenant.Policy, known);
        if (!request.IsBeta) policy.Remove("optOutSettings");
        foreach (var method in policy["authenticationMethodConfigurations"] as JArray ?? []) Show(request, (JObject)method);
        return GraphAnswer.Ok(policy, $"{request.Root}/$metadata#authenticationMethodsPolicy");
    }

    /// <summary>§3: profiles and targets come inline, without $expand.</summary>
    public static GraphAnswer Method(GraphRequest request, TenantDocument tenant, string id)
    {
        QueryOptions.Of(request);
        var method = (JObject)Find(tenant, id).DeepClone();
        Show(request, method);
        return GraphAnswer.Ok(method, $"{request.Root}/$metadata#authenticationMethodConfigurations/$entity");
    }

    public GraphAnswer ChangeMethod(GraphRequest request, TenantDocument tenant, string id)
    {
        QueryOptions.Of(request);
        var current = Find(tenant, id);
        var body = ReadBody(request);
        if (MethodBody.IsToBeIgnored(body, current, tenant.Settings)) return GraphAnswer.NoContent;
        var changed = TenantDocument.IsFido2(current)
            ? new Fido2Patch(current, tenant.Settings, newGuid).Apply(body)
            : MethodBody.Merge(current, body);
        sandbox.Replace(current, changed);
        return GraphAnswer.NoContent;
    }

    private static JObject Find(TenantDocument tenant, string id) => tenant.Method(id) ?? throw GraphErrorException.NotFound(id);

    private static void Show(GraphRequest request, JObject method)
    {
        if (method["@odata.type"] is null) method.AddFirst(new JProperty("@odata.type", MethodBody.TypeOf(method)));
        if (!request.Preferences.Contains(EvolvableEnums.Preference, StringComparer.OrdinalIgnoreCase)) EvolvableEnums.HideNewMembers(method);
    }

    private static JObject ReadBody(GraphRequest request)
    {
        try
        {
            return TenantJson.Read(request.Body ?? "") as JObject ?? throw GraphErrorException.BadRequest("The body of the request must be a JSON object.");
        }
        catch (JsonReaderException e)
        {
            throw GraphErrorException.BadRequest($"Unable to read JSON request payload. Line {JsonFault.Line(e)}: {JsonFault.Reason(e)}.");
        }
    }
}
