using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Sandbox.Graph;

/// <summary>Whether the sign-in of the tenant's settings may ask for something (the permissions of reference/graph-*.md). Roles are not asked: they are facts of the directory.</summary>
internal static class GraphAccess
{
    public static void Require(SandboxRequest request, SandboxSettings settings)
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
