using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Sandbox.Graph;

/// <summary>A request as the endpoints see it, whether it came alone or in a batch.</summary>
internal sealed record SandboxRequest
{
    private const StringComparison IgnoreCase = StringComparison.OrdinalIgnoreCase;

    /// <summary>In capitals.</summary>
    public required string Method { get; init; }

    /// <summary>Absolute, with the scheme and host that links in the answer take.</summary>
    public required Uri Uri { get; init; }

    /// <summary>Null where there is none.</summary>
    public string? Body { get; init; }

    /// <summary>The Content-Type header; null where there is none.</summary>
    public string? ContentType { get; init; }

    /// <summary>The preferences of the <c>Prefer</c> header.</summary>
    public IReadOnlyList<string> Preferences { get; init; } = [];

    /// <summary>Whether the header ConsistencyLevel asks for the directory's index (learn.microsoft.com/graph/aad-advanced-queries).</summary>
    public bool IsEventual { get; init; }

    public string? ClientRequestId { get; init; }

    /// <summary>The parts of the path behind the version; null where the path has no version that we know.</summary>
    public IReadOnlyList<string>? Path => Parts is [var version, _, ..] parts && IsVersion(version) ? [.. parts.Skip(1)] : null;

    public bool IsBeta => Parts is [var version, ..] && version.Equals("beta", IgnoreCase);

    /// <summary>Scheme, host and version, as links begin.</summary>
    public string Root => $"{Uri.GetLeftPart(UriPartial.Authority)}/{(IsBeta ? "beta" : "v1.0")}";

    private string[] Parts => [.. Uri.AbsolutePath.TrimEnd('/').TrimStart('/').Split('/').Select(Uri.UnescapeDataString)];

    private static bool IsVersion(string part) => part.Equals("v1.0", IgnoreCase) || part.Equals("beta", IgnoreCase);

    /// <summary>A body says what it is, alone as in a batch (learn.microsoft.com/graph/json-batching: a request with a body must have the header).</summary>
    /// <exception cref="SandboxRefusal">400 or 415.</exception>
    public void RequireJson()
    {
        if (ContentType is null) throw new SandboxRefusal(400, "BadRequest", "Write requests (excluding DELETE) must contain the Content-Type header declaration.");
        if (!ContentType.Split(';')[0].Trim().Equals("application/json", IgnoreCase)) throw new SandboxRefusal(415, "UnsupportedMediaType", $"The Content-Type must be application/json, not '{ContentType}'.");
    }

    public static IReadOnlyList<string> ParsePreferences(IEnumerable<string> headers) => [.. headers.SelectMany(h => h.Split(',', ';')).Select(p => p.Trim())];
}
