using System;
using System.Collections.Generic;
using System.Globalization;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Sandbox.Graph;

/// <summary>
/// The limits of reference/graph-users-and-usage.md §7, for a tenant that enforces them: reports by number, the directory by resource units, Conditional
/// Access once a second and without Retry-After. Within the lock of the tenant.
/// </summary>
internal sealed class GraphThrottle
{
    private const double EarlyWarning = 0.8;
    private static readonly TimeSpan TenSeconds = TimeSpan.FromSeconds(10);

    private readonly Dictionary<ThrottleClass, Queue<(DateTimeOffset At, int Cost)>> _spent = [];

    public void Count(SandboxRequest request, SandboxSettings settings, DateTimeOffset now, Dictionary<string, string> headers)
    {
        if (!settings.EnforcesThrottling) return;
        var throttleClass = ThrottleClasses.Of(request.Uri.AbsolutePath);
        var (limit, window, cost) = throttleClass switch
        {
            ThrottleClass.Reports => (settings.ReportRequestsPer10Seconds, TenSeconds, 1),
            ThrottleClass.ConditionalAccess => (settings.ConditionalAccessRequestsPerSecond, TimeSpan.FromSeconds(1), 1),
            _ => (settings.DirectoryUnitsPer10Seconds, TenSeconds, UnitsOf(request)),
        };
        var spent = Spent(throttleClass, now - window);
        var sum = cost;
        foreach (var (_, units) in spent) sum += units;
        if (sum > limit)
        {
            if (throttleClass is ThrottleClass.ConditionalAccess) throw SandboxRefusal.TooMany(null);
            throw SandboxRefusal.TooMany(spent.Count == 0 ? (int)window.TotalSeconds : Math.Max(1, (int)Math.Ceiling((spent.Peek().At + window - now).TotalSeconds)));
        }
        spent.Enqueue((now, cost));
        if (throttleClass is ThrottleClass.Directory && sum >= EarlyWarning * limit) headers["x-ms-throttle-limit-percentage"] = ((double)sum / limit).ToString("0.##", CultureInfo.InvariantCulture);
    }

    /// <summary>Said of GET users: 2, one less with $select, one more with $expand, one less with $top below 20, at least 1. Taken for all of the directory.</summary>
    private static int UnitsOf(SandboxRequest request)
    {
        if (request.Method is not "GET") return 1;
        var query = Uri.UnescapeDataString(request.Uri.Query);
        bool Has(string option) => query.IndexOf(option, StringComparison.OrdinalIgnoreCase) >= 0;
        var isShort = query.IndexOf("$top=", StringComparison.OrdinalIgnoreCase) is >= 0 and var at && int.TryParse(query.Substring(at + 5).Split('&')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var top) && top < 20;
        return Math.Max(1, 2 - (Has("$select") ? 1 : 0) + (Has("$expand") ? 1 : 0) - (isShort ? 1 : 0));
    }

    private Queue<(DateTimeOffset At, int Cost)> Spent(ThrottleClass throttleClass, DateTimeOffset since)
    {
        if (!_spent.TryGetValue(throttleClass, out var spent)) _spent.Add(throttleClass, spent = new Queue<(DateTimeOffset, int)>());
        while (spent.Count > 0 && spent.Peek().At <= since) spent.Dequeue();
        return spent;
    }
}
