using System.Linq;
using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Sandbox.Storage;

namespace PasskeyAdmin.Sandbox.Graph;

/// <summary>Whether the sign-in of the tenant's settings may ask for something: the permissions and the roles of reference/graph-*.md.</summary>
internal static class GraphAccess
{
    private const string Global = "Global Administrator";
    private const string OfAdministrators = "Privileged Authentication Administrator";

    public static void Require(SandboxRequest request, TenantDocument tenant)
    {
        RequirePermission(request, tenant.Settings);
        if (GraphPermission.For(request.Uri.AbsolutePath, request.Method is not "GET", false)?.Roles is { } roles) RequireRole(tenant, roles);
    }

    /// <summary>What an administrator signs in with is for a few to change (reference/graph-users-and-usage.md §1).</summary>
    public static void RequireForMethodsOf(GraphCall call, JObject user)
    {
        if (call.Directory.IsAdministrator(TenantDocument.IdOf(user))) RequireRole(call.Tenant, OfAdministrators);
    }

    /// <param name="roles">Any of them does; as the table of permissions writes them for people.</param>
    private static void RequireRole(TenantDocument tenant, string roles)
    {
        if (!tenant.Settings.EnforcesRoles || tenant.Settings.Account is not { } account || tenant.Directory.FindUser(account) is not { } user) return;
        var own = tenant.Directory.TransitiveParentsOf(TenantDocument.IdOf(user)).Select(tenant.Directory.Roles.Find).OfType<JObject>().Select(r => JsonText.Of(r, "displayName")).OfType<string>();
        // "Authentication Administrator" is no "Privileged Authentication Administrator".
        if (!own.Any(r => r == Global || Regex.IsMatch(roles, $@"(?<!Privileged ){Regex.Escape(r)}\b"))) throw SandboxRefusal.Denied();
    }

    private static void RequirePermission(SandboxRequest request, SandboxSettings settings)
    {
        if (settings.Scopes is not { } granted) return;
        // A POST that only asks, as for objects by their ids, is allowed to whoever may read what comes of it.
        if (!GraphPermission.IsAllowed(request.Uri.AbsolutePath, request.Method is not "GET", settings.IsAppOnly, granted)) throw SandboxRefusal.Denied();
    }

    /// <summary>
    /// Whether an object of a mixed list is shown with its properties. Graph gives members of a kind that may not be read by kind and id only
    /// (learn.microsoft.com/graph/permissions-overview, limited information for inaccessible member objects).
    /// </summary>
    public static bool Shows(SandboxSettings settings, string type)
    {
        if (settings.Scopes is not { } granted) return true;
        var path = type switch { "directoryRole" => "/v1.0/directoryRoles", "device" => "/v1.0/devices", "group" => "/v1.0/groups", "user" => "/v1.0/users", _ => "/v1.0/servicePrincipals" };
        return GraphPermission.IsAllowed(path, false, settings.IsAppOnly, granted);
    }
}
