using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Sandbox.Graph;

/// <summary>Whether the sign-in of the tenant's settings may ask for something (the permissions of reference/graph-*.md). Roles are not asked: they are facts of the directory.</summary>
internal static class GraphAccess
{
    public static void Require(SandboxRequest request, SandboxSettings settings)
    {
        if (settings.Scopes is not { } granted) return;
        if (GraphPermission.For(request.Uri.AbsolutePath, request.Method is not "GET", settings.IsAppOnly) is not { } needed) return;
        if (!PermissionNames.IsGranted(needed.Least, granted)) throw SandboxRefusal.Denied();
    }
}
