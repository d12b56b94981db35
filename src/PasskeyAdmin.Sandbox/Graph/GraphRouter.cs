using System;
using PasskeyAdmin.Sandbox.Storage;

namespace PasskeyAdmin.Sandbox.Graph;

/// <summary>From path and method to the endpoint. Graph does not tell capitals from small letters in its own names.</summary>
internal sealed class GraphRouter(PolicyEndpoints policies)
{
    private const string PolicyName = "authenticationMethodsPolicy";
    private const string MethodsName = "authenticationMethodConfigurations";

    public SandboxAnswer Answer(SandboxRequest request, TenantDocument tenant)
    {
        var path = request.Path ?? throw Unknown(request);
        return path switch
        {
            [var a] when Is(a, "organization") => Get(request, () => DirectoryEndpoints.Organization(request, tenant)),
            [var a] when Is(a, "users") => Get(request, () => DirectoryEndpoints.Users(request, tenant)),
            [var a, var id] when Is(a, "users") => Get(request, () => DirectoryEndpoints.User(request, tenant, id)),
            [var a] when Is(a, "groups") => Get(request, () => DirectoryEndpoints.Groups(request, tenant)),
            [var a, var id] when Is(a, "groups") => Get(request, () => DirectoryEndpoints.Group(request, tenant, id)),
            [var a, var id, var b] when Is(a, "groups") && Is(b, "members") => Get(request, () => DirectoryEndpoints.Members(request, tenant, id)),
            [var a, var id, var b] when Is(a, "groups") && Is(b, "transitiveMembers") => Get(request, () => DirectoryEndpoints.TransitiveMembers(request, tenant, id)),
            [var a, var b] when Is(a, "policies") && Is(b, PolicyName) => request.Method switch
            {
                // §2: Graph changes the registration campaign here; a 405 would say that it does not.
                "PATCH" => throw SandboxRefusal.NotKnown($"PATCH for {request.Uri.AbsolutePath}"),
                _ => Get(request, () => PolicyEndpoints.Policy(request, tenant)),
            },
            [var a, var b, var c, var id] when Is(a, "policies") && Is(b, PolicyName) && Is(c, MethodsName) => request.Method switch
            {
                "GET" => PolicyEndpoints.Method(request, tenant, id),
                "PATCH" => policies.ChangeMethod(request, tenant, id),
                // §2 [D]: resets the configuration to what Microsoft ships, which nothing tells.
                "DELETE" => throw SandboxRefusal.NotKnown($"DELETE for {request.Uri.AbsolutePath}"),
                _ => throw SandboxRefusal.WrongMethod(request.Method, request.Uri.AbsolutePath, "GET, PATCH"),
            },
            _ => throw Unknown(request),
        };
    }

    public static bool IsBatch(SandboxRequest request) => request.Path is [var name] && Is(name, "$batch");

    private static SandboxAnswer Get(SandboxRequest request, Func<SandboxAnswer> answer) =>
        request.Method is "GET" ? answer() : throw SandboxRefusal.WrongMethod(request.Method, request.Uri.AbsolutePath, "GET");

    private static SandboxRefusal Unknown(SandboxRequest request) => SandboxRefusal.NotKnown($"the path {request.Uri.AbsolutePath}");

    private static bool Is(string part, string name) => part.Equals(name, StringComparison.OrdinalIgnoreCase);
}
