using System;

namespace PasskeyAdmin.Sandbox.Graph;

/// <summary>A request is refused as Graph refuses it. Never leaves the sandbox: <see cref="GraphService"/> makes an answer of it.</summary>
internal sealed class SandboxRefusal(int status, string code, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    /// <summary>The methods that the path takes, where the method was wrong.</summary>
    public string? Allow { get; private init; }

    /// <summary>Seconds; null where Graph gives none.</summary>
    public int? RetryAfter { get; private init; }

    /// <summary>400 badRequest: what the policy service says of bodies that it refuses (reference/graph-passkey-policy.md §6 [U]).</summary>
    public static SandboxRefusal BadRequest(string message) => new(400, "badRequest", message);

    /// <summary>400 Request_BadRequest, Request_UnsupportedQuery …: what the directory says of requests that it does not understand.</summary>
    public static SandboxRefusal BadQuery(string message) => new(400, "Request_UnsupportedQuery", message);

    public static SandboxRefusal NotFound(string id) =>
        new(404, "Request_ResourceNotFound", $"Resource '{id}' does not exist or one of its queried reference-property objects are not present.");

    /// <summary>Ours: Graph may well know it, the sandbox does not, and it does not guess.</summary>
    public static SandboxRefusal NotKnown(string what) => new(501, "notImplemented", $"The sandbox does not know {what}.");

    /// <summary>reference/graph-users-and-usage.md §2: the code is what callers can go by.</summary>
    public static SandboxRefusal NotPremium() =>
        new(403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant", "Neither tenant is B2C or tenant doesn't have premium license");

    public static SandboxRefusal Denied(string? message = null) => new(403, "Authorization_RequestDenied", message ?? "Insufficient privileges to complete the operation.");

    /// <summary>§7: 429, with Retry-After but for Conditional Access.</summary>
    public static SandboxRefusal TooMany(int? retryAfter) => new(429, "TooManyRequests", "Too many requests.") { RetryAfter = retryAfter };

    public static SandboxRefusal WrongMethod(string method, string path, string allow) =>
        new(405, "Request_BadRequest", $"Specified HTTP method is not allowed for the request target. The sandbox knows {allow} for {path}, not {method}.") { Allow = allow };
}
