using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Sandbox.Graph;

/// <summary>From path and method to the endpoint.</summary>
internal static class GraphRouter
{
    private static readonly GraphRoute[] Routes =
    [
        .. DirectoryEndpoints.Routes, .. MembershipEndpoints.Routes, .. RoleEndpoints.Routes, .. MethodEndpoints.Routes, .. DeviceEndpoints.Routes, .. ReportEndpoints.Routes, .. LogEndpoints.Routes,
        .. PolicyEndpoints.Routes, .. StrengthEndpoints.Routes, .. ConditionalAccessEndpoints.Routes,
    ];

    /// <param name="path">Behind the version; null where there is no version that we know.</param>
    public static (GraphRoute Route, IReadOnlyList<string> Ids) Find(SandboxRequest request, IReadOnlyList<string>? path)
    {
        var found = path is null ? [] : Routes.Where(r => request.IsBeta || !r.IsBetaOnly).Select(r => (Route: r, Ids: r.Match(path)!)).Where(m => m.Ids is not null).ToList();
        if (found.Count == 0) throw SandboxRefusal.NotKnown($"the path {request.Uri.AbsolutePath}");
        var match = found.FirstOrDefault(m => m.Route.Method == request.Method);
        return match.Route is not null ? match : throw SandboxRefusal.WrongMethod(request.Method, request.Uri.AbsolutePath, string.Join(", ", found.Select(m => m.Route.Method).Distinct()));
    }

    public static bool IsBatch(SandboxRequest request) => request.Path is [var name] && name.Equals("$batch", StringComparison.OrdinalIgnoreCase);
}
