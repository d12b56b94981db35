using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Users;

/// <summary>
/// Reads the events of the audit log that the registration report cannot have yet (reference/graph-users-and-usage.md §4). A registration writes two events;
/// "Add Passkey" is the one that says what it was.
/// </summary>
internal sealed class RegistrationEvents(GraphClient client)
{
    /// <summary>The name for removed synced passkeys is unconfirmed, so what users and administrators remove by hand counts as well.</summary>
    private static readonly string[] Beginnings =
    [
        "Add Passkey", "Delete Passkey", "Add Windows Hello", "Delete Windows Hello", "Add platform", "Delete platform", "User deleted security info", "Admin deleted security info",
    ];

    /// <summary>How far back the log reaches in a tenant that has the report (reference/graph-users-and-usage.md §3: 30 days with a premium licence).</summary>
    public static readonly TimeSpan Reach = TimeSpan.FromDays(30);

    private readonly Dictionary<string, RecentMethods> _byUser = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _seen = [];
    private DateTimeOffset? _newestNameless;
    private readonly HashSet<string> _met = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>How many events do not say whom they are about.</summary>
    public int Nameless { get; private set; }

    /// <summary>The users that events are about and whom nobody asked for yet, by id or by user principal name.</summary>
    public IReadOnlyList<string> Unmet => [.. _byUser.Keys.Where(k => !_met.Contains(k))];

    public static string PathSince(DateTimeOffset since) =>
        $"/v1.0/auditLogs/directoryAudits?$filter={Uri.EscapeDataString($"activityDateTime ge {GraphDate.Text(since)} and ({string.Join(" or ", Beginnings.Select(b => $"startswith(activityDisplayName,'{b}')"))})")}";

    /// <summary>What is missing where a report is older than the log; null where it is not.</summary>
    public static string? GapSince(DateTimeOffset? report, DateTimeOffset now) => report is { } date && date < now - Reach
        ? $"The registration report is of {date.UtcDateTime.ToString("u", CultureInfo.InvariantCulture)}, and the audit log may not reach back so far: what was registered or removed in between is missing." : null;

    /// <summary>What is missing where there are events about nobody who is known.</summary>
    public static string Unassigned(int events) => $"{events:N0} {(events == 1 ? "event" : "events")} of the audit log could not be assigned to a user: the name is not, or no longer, in the directory. What they registered or removed since the report is missing.";

    /// <summary>Adds what the log has since then; what it gave before counts once.</summary>
    /// <exception cref="PasskeyAdminException">Where the log cannot be read.</exception>
    public void Read(DateTimeOffset since, CancellationToken token)
    {
        foreach (var audit in client.GetAll(PathSince(since), token)) Take(audit);
    }

    /// <summary>What is known of a user, who counts as met then; null where there is no event. Of one user, some events have the id and others the name only (§4 [C]).</summary>
    /// <param name="userPrincipalName">The name that the user has.</param>
    /// <param name="formerName">One that the user may have had before.</param>
    public RecentMethods? Of(string? id, string? userPrincipalName, string? formerName = null)
    {
        // In most tenants, nobody of a page has any: this is asked for each of them.
        if (_byUser.Count == 0) return null;
        var recent = Joined(Met(id), Met(userPrincipalName));
        return formerName is null || formerName.Equals(userPrincipalName, StringComparison.OrdinalIgnoreCase) ? recent : Joined(recent, Met(formerName));
    }

    /// <summary>The date of the newest event of these, and of those that do not say whom they are about: whatever was read before may be out of date, of anybody. Null where there is none.</summary>
    /// <param name="unknown">Names that nobody has.</param>
    public DateTimeOffset? NewestUnassigned(IEnumerable<string> unknown) =>
        unknown.Select(n => _byUser.TryGetValue(n, out var recent) ? recent.Newest : null).Append(_newestNameless).Max();

    private static RecentMethods? Joined(RecentMethods? one, RecentMethods? other) => one is null ? other : other is null ? one : one.With(other);

    private RecentMethods? Met(string? key)
    {
        if (key is null || !_byUser.TryGetValue(key, out var recent)) return null;
        _met.Add(key);
        return recent;
    }

    private void Take(JObject audit)
    {
        if (JsonText.Of(audit, "result") is { } result && !result.Equals("success", StringComparison.OrdinalIgnoreCase)) return;
        if (JsonText.Of(audit, "activityDisplayName") is not { } activity) return;
        if (JsonText.Of(audit, "id") is { } eventId && !_seen.Add(eventId)) return;
        // What has no date may have been just now.
        var date = GraphDate.Parse(JsonText.Of(audit, "activityDateTime")) ?? DateTimeOffset.MaxValue;
        if (UserOf(audit) is not { } key)
        {
            Nameless++;
            if (_newestNameless is null || date > _newestNameless) _newestNameless = date;
            return;
        }
        if (!_byUser.TryGetValue(key, out var recent)) _byUser.Add(key, recent = new RecentMethods());
        recent.SetDate(date);
        bool Is(string text) => activity.IndexOf(text, StringComparison.OrdinalIgnoreCase) >= 0;
        if (activity.StartsWith("Add Passkey", StringComparison.OrdinalIgnoreCase))
            recent.Add(new PasskeyTraits(Is("synced") ? PasskeyTypes.Synced : Is("device-bound") ? PasskeyTypes.DeviceBound : PasskeyTypes.None, AaGuidOf(audit)));
        else if (activity.StartsWith("Add Windows Hello", StringComparison.OrdinalIgnoreCase)) recent.Add(ReportedMethods.WindowsHelloForBusiness);
        else if (activity.StartsWith("Add platform", StringComparison.OrdinalIgnoreCase)) recent.Add(ReportedMethods.PlatformCredential);
        else recent.SetRemoval();
    }

    /// <summary>The id can be null on these events (§4 [C]): then the name is all there is, unless the user did it, whose id the event has.</summary>
    private static string? UserOf(JObject audit)
    {
        var user = (audit["targetResources"] as JArray ?? []).OfType<JObject>().FirstOrDefault(t => "User".Equals(JsonText.Of(t, "type"), StringComparison.OrdinalIgnoreCase));
        if (JsonText.Of(user, "id") is { } id) return id;
        var by = (audit["initiatedBy"] as JObject)?["user"] as JObject;
        var name = JsonText.Of(user, "userPrincipalName");
        return name is not null && name.Equals(JsonText.Of(by, "userPrincipalName"), StringComparison.OrdinalIgnoreCase) ? JsonText.Of(by, "id") ?? name : name;
    }

    /// <summary>Looked up by key: their order is not guaranteed.</summary>
    public static Guid? AaGuidOf(JObject audit) =>
        (audit["additionalDetails"] as JArray ?? []).OfType<JObject>().Where(d => "AAGuid".Equals(JsonText.Of(d, "key"), StringComparison.OrdinalIgnoreCase)).Select(d => Guid.TryParse(JsonText.Of(d, "value"), out var aaGuid) ? aaGuid : (Guid?)null).FirstOrDefault();
}
