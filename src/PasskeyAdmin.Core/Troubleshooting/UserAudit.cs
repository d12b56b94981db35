using System;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Troubleshooting;

/// <summary>An event of the audit log that is about the user (reference/graph-users-and-usage.md §4).</summary>
internal sealed record UserAudit(DateTimeOffset At, string Activity)
{
    public bool IsFailure { get; init; }

    public string? Reason { get; init; }

    /// <summary>Who did it, safe to show; null where the log does not say.</summary>
    public string? By { get; init; }

    /// <summary>Whether the user did it; null where the log does not say.</summary>
    public bool? IsOwn { get; init; }

    public Guid? AaGuid { get; init; }

    /// <summary>The group that it is about; null for none.</summary>
    public string? GroupId { get; init; }

    /// <summary>What the user principal name was and became; null where it did not change.</summary>
    public (string Old, string New)? Renamed { get; init; }

    public bool Begins(string text) => Activity.StartsWith(text, StringComparison.OrdinalIgnoreCase);

    /// <summary>Null for an event without a date or name, and for one that is about somebody else.</summary>
    public static UserAudit? Of(JObject json, DirectoryUser user)
    {
        if (GraphDate.Parse(JsonText.Of(json, "activityDateTime")) is not { } at || JsonText.Of(json, "activityDisplayName") is not { } activity) return null;
        var targets = (json["targetResources"] as JArray ?? []).OfType<JObject>().ToList();
        var person = targets.Find(t => "User".Equals(JsonText.Of(t, "type"), StringComparison.OrdinalIgnoreCase));
        var (by, app) = ((json["initiatedBy"] as JObject)?["user"] as JObject, (json["initiatedBy"] as JObject)?["app"] as JObject);
        var isOwn = by is null ? (bool?)(app is null ? null : false) : Is(by, user);
        // What the user did to somebody else is theirs.
        if (person is not null && (JsonText.Of(person, "id") ?? JsonText.Of(person, "userPrincipalName")) is not null && !Is(person, user)) return null;
        return new UserAudit(at, activity)
        {
            IsFailure = JsonText.Of(json, "result") is { } result && !result.Equals("success", StringComparison.OrdinalIgnoreCase),
            Reason = JsonText.Of(json, "resultReason"),
            By = ByOf(json),
            IsOwn = isOwn,
            AaGuid = RegistrationEvents.AaGuidOf(json),
            GroupId = JsonText.Of(targets.Find(t => "Group".Equals(JsonText.Of(t, "type"), StringComparison.OrdinalIgnoreCase)), "id"),
            Renamed = RenamedOf(person),
        };
    }

    /// <summary>Who did it, safe to show; null where the log does not say.</summary>
    public static string? ByOf(JObject json)
    {
        var (user, app) = ((json["initiatedBy"] as JObject)?["user"] as JObject, (json["initiatedBy"] as JObject)?["app"] as JObject);
        var name = JsonText.Of(user, "userPrincipalName") ?? JsonText.Of(user, "id") ?? JsonText.Of(app, "displayName") ?? JsonText.Of(app, "appId");
        return name is null ? null : DisplayText.Excerpt(name, 120);
    }

    private static bool Is(JObject person, DirectoryUser user) =>
        JsonText.Of(person, "id") is { } id ? id.Equals(user.Id, StringComparison.OrdinalIgnoreCase)
        : JsonText.Of(person, "userPrincipalName") is { } name && user.UserPrincipalName is { } own && name.Equals(own, StringComparison.OrdinalIgnoreCase);

    private static (string Old, string New)? RenamedOf(JObject? person)
    {
        var change = (person?["modifiedProperties"] as JArray ?? []).OfType<JObject>().FirstOrDefault(p => "UserPrincipalName".Equals(JsonText.Of(p, "displayName"), StringComparison.OrdinalIgnoreCase));
        return change is not null && Value(change, "oldValue") is { } old && Value(change, "newValue") is { } now && !old.Equals(now, StringComparison.OrdinalIgnoreCase) ? (old, now) : null;
    }

    /// <summary>Values are JSON in a text: <c>["name"]</c> or <c>"name"</c>.</summary>
    private static string? Value(JObject change, string name) => JsonText.Of(change, name)?.Trim('[', ']', '"', ' ') is { Length: > 0 } text ? DisplayText.Excerpt(text, 120) : null;
}
