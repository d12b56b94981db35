using System;
using System.Reflection;
using System.Security.Authentication;

namespace PasskeyAdmin.Graph;

/// <summary>
/// Tells exceptions of somebody else's sign-in code, which runs inside an HttpClient that is not ours. Its libraries are not referenced, so their
/// exceptions are known by namespace.
/// </summary>
internal static class SignInFault
{
    private static readonly string[] Libraries = ["Azure.Identity", "Microsoft.Identity.Client", "Microsoft.Graph.PowerShell"];

    /// <remarks>A time-out or broken connection behind it is still a failed sign-in: no request has left.</remarks>
    public static bool IsOne(Exception exception)
    {
        if (exception is AuthenticationException) return true;
        if (exception is TargetInvocationException { InnerException: { } inner }) return IsOne(inner);
        for (var type = exception.GetType(); type is not null; type = type.BaseType)
            if (type.Namespace is { } name && Array.Exists(Libraries, l => name.StartsWith(l, StringComparison.Ordinal))) return true;
        return false;
    }
}
