using System;

namespace PasskeyAdmin.Graph;

/// <summary>Groups of requests that Graph counts together.</summary>
internal enum ThrottleClass
{
    Directory,
    Reports,
    ConditionalAccess,
}

/// <summary>The limits of reference/graph-users-and-usage.md §7 (Microsoft: "subject to change").</summary>
internal static class ThrottleClasses
{
    /// <summary>
    /// Graph counts a request when it arrives, we when it leaves; this much of a difference does not break a limit. It costs 5 % of the pace.
    /// </summary>
    private const double Margin = 1.05;

    /// <summary>How many requests of a class may leave within its window; null where only Graph itself says when it is enough.</summary>
    public static (int Requests, TimeSpan Window)? LimitOf(ThrottleClass throttleClass) =>
        Documented(throttleClass) is { } limit ? (limit.Requests, TimeSpan.FromSeconds(limit.Window.TotalSeconds * Margin)) : null;

    /// <summary>The least time that so many requests take by the documented limit, the answers not counted.</summary>
    public static TimeSpan LeastTime(ThrottleClass throttleClass, int requests) =>
        Documented(throttleClass) is { } limit && requests > 0 ? TimeSpan.FromSeconds((requests - 1) / limit.Requests * limit.Window.TotalSeconds) : TimeSpan.Zero;

    private static (int Requests, TimeSpan Window)? Documented(ThrottleClass throttleClass) => throttleClass switch
    {
        ThrottleClass.Reports => (5, TimeSpan.FromSeconds(10)),
        ThrottleClass.ConditionalAccess => (1, TimeSpan.FromSeconds(1)),
        _ => null,
    };

    /// <param name="path">Rooted, with the version: <c>/v1.0/users/…</c>.</param>
    public static ThrottleClass Of(string path)
    {
        var end = path.IndexOf('?');
        var segments = (end < 0 ? path : path.Substring(0, end)).Split('/');
        string Segment(int index) => index < segments.Length ? segments[index].ToLowerInvariant() : "";
        return (Segment(2), Segment(3), Segment(4)) switch
        {
            // The authenticationMethod resource stands in the documented list of this class, whatever its path.
            ("reports" or "auditlogs", _, _) or ("users", _, "authentication") or ("me", "authentication", _) => ThrottleClass.Reports,
            // The strengths are the same objects under either root; which class /policies counts as is unconfirmed, so the slower one.
            ("identity", "conditionalaccess", _) or ("identityprotection", _, _) or ("policies", "authenticationstrengthpolicies", _) => ThrottleClass.ConditionalAccess,
            _ => ThrottleClass.Directory,
        };
    }
}
