using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Troubleshooting;

/// <summary>Somebody in an event. Of one user, some events have the id and others the name only (reference/graph-users-and-usage.md §4 [C]).</summary>
internal sealed record AuditPerson(string? Id, string? Name)
{
    /// <summary>What people call them, to be shown: it tells nobody from another.</summary>
    public string? Display { get; init; }

    public bool IsKnown => Id is not null || Name is not null || Display is not null;

    /// <summary>Whether the two can be told apart.</summary>
    public bool CanCompare(AuditPerson other) => (Id is not null && other.Id is not null) || (Name is not null && other.Name is not null);

    public bool IsSame(AuditPerson other) => Id is not null && other.Id is not null ? Id.Equals(other.Id, StringComparison.OrdinalIgnoreCase) : Name is not null && Name.Equals(other.Name, StringComparison.OrdinalIgnoreCase);

    /// <summary>With what the other one knows of the same person.</summary>
    public AuditPerson With(AuditPerson other) => new(Id ?? other.Id, Name ?? other.Name) { Display = Display ?? other.Display };
}

/// <summary>A directory audit that is about passkeys, or may be (reference/graph-users-and-usage.md §4). Pure.</summary>
internal sealed record AuditEntry(PasskeyAuditKind Kind, string Activity, JObject Json)
{
    public const string Passkey = "Passkey";
    public const string MethodsPolicy = "Authentication Methods Policy";
    public const string Strength = "Authentication Strength";

    /// <summary>loggedByService of passkeys (reference/graph-users-and-usage.md §4).</summary>
    private const string KeyService = "Device Registration Service";

    private const string UserRegistered = "User registered security info";
    private const string AdminRegistered = "Admin registered security info";
    private const string UserDeleted = "User deleted security info";
    private const string AdminDeleted = "Admin deleted security info";

    /// <summary>Activities that do not say of what kind the method is; their twins do.</summary>
    public static readonly IReadOnlyList<string> Unspecific = [UserRegistered, AdminRegistered, UserDeleted, AdminDeleted];

    public string? Id { get; private init; }

    /// <summary>In UTC; null where there is none.</summary>
    public DateTimeOffset? At { get; private init; }

    /// <summary>Null where the log does not say.</summary>
    public bool? IsSuccess { get; private init; }

    public string? Reason { get; private init; }

    /// <summary>Null for what does not say of what kind it is.</summary>
    public string? Method { get; private init; }

    public PasskeyTypes Type { get; private init; }

    public Guid? AaGuid { get; private init; }

    public AuditPerson User { get; private init; } = new(null, null);

    public AuditPerson By { get; private init; } = new(null, null);

    public PasskeyAuditInitiator Initiator { get; private init; }

    /// <summary>Whether it says that it was a Temporary Access Pass; the activity alone does not.</summary>
    public bool IsPass { get; private init; }

    /// <summary>Null for what is about something else.</summary>
    public static AuditEntry? Of(JObject json)
    {
        if (JsonText.Of(json, "activityDisplayName") is not { } activity) return null;
        if (Known(activity) is not var (kind, method)) return null;
        var reason = JsonText.Of(json, "resultReason");
        var (by, initiator) = InitiatorOf(json);
        var user = kind is PasskeyAuditKind.PolicyChange ? new AuditPerson(null, null) : UserOf(json, by, initiator);
        if (initiator is PasskeyAuditInitiator.OtherUser && kind is not PasskeyAuditKind.PolicyChange && user.IsSame(by)) initiator = PasskeyAuditInitiator.Themselves;
        // Where the two cannot be told apart, nobody is accused.
        else if (initiator is PasskeyAuditInitiator.OtherUser && kind is not PasskeyAuditKind.PolicyChange && !user.CanCompare(by)) initiator = PasskeyAuditInitiator.Unknown;
        return new AuditEntry(kind, activity, json)
        {
            Id = JsonText.Of(json, "id"),
            At = GraphDate.Parse(JsonText.Of(json, "activityDateTime")),
            IsSuccess = JsonText.Of(json, "result") switch { "success" => true, "failure" => false, _ => null },
            Reason = reason,
            Method = method,
            Type = method is not Passkey ? PasskeyTypes.None : Has(activity, "synced") ? PasskeyTypes.Synced : Has(activity, "device-bound") ? PasskeyTypes.DeviceBound : PasskeyTypes.None,
            AaGuid = RegistrationEvents.AaGuidOf(json),
            User = user,
            By = by,
            Initiator = initiator,
            // The words of the reason are unconfirmed; where it names the method, it is believed.
            IsPass = kind is PasskeyAuditKind.Registration && method is null && reason is not null && Has(reason, "temporary access pass"),
        };
    }

    private static (PasskeyAuditKind Kind, string? Method)? Known(string activity)
    {
        bool Begins(string text) => activity.StartsWith(text, StringComparison.OrdinalIgnoreCase);
        bool Is(string text) => activity.Equals(text, StringComparison.OrdinalIgnoreCase);
        if (Begins(MethodsPolicy) || Begins(Strength)) return (PasskeyAuditKind.PolicyChange, null);
        if (Is(UserRegistered) || Is(AdminRegistered)) return (PasskeyAuditKind.Registration, null);
        if (Is(UserDeleted) || Is(AdminDeleted)) return (PasskeyAuditKind.Removal, null);
        if (!Begins("Add ") && !Begins("Delete ")) return null;
        var kind = Begins("Add ") ? PasskeyAuditKind.Registration : PasskeyAuditKind.Removal;
        var thing = activity.Substring(activity.IndexOf(' ') + 1);
        bool IsOf(string text) => thing.StartsWith(text, StringComparison.OrdinalIgnoreCase);
        return IsOf("Passkey") ? (kind, Passkey) : IsOf("Windows Hello") ? (kind, "Windows Hello for Business") : IsOf("platform credential") ? (kind, "Platform credential") : null;
    }

    private static (AuditPerson By, PasskeyAuditInitiator Initiator) InitiatorOf(JObject json)
    {
        var by = json["initiatedBy"] as JObject;
        if (by?["user"] is JObject user && new AuditPerson(JsonText.Of(user, "id"), JsonText.Of(user, "userPrincipalName")) { Display = JsonText.Of(user, "displayName") } is { IsKnown: true } person) return (person, PasskeyAuditInitiator.OtherUser);
        // The service that keeps the keys writes for whoever is at the keyboard.
        if (by?["app"] is JObject app)
        {
            var name = JsonText.Of(app, "displayName") ?? JsonText.Of(app, "servicePrincipalName");
            return (new AuditPerson(JsonText.Of(app, "appId"), name), KeyService.Equals(name, StringComparison.OrdinalIgnoreCase) ? PasskeyAuditInitiator.Unknown : PasskeyAuditInitiator.Application);
        }
        return (new AuditPerson(null, null), PasskeyAuditInitiator.Unknown);
    }

    /// <summary>Where the user did it, the event has their id at least there.</summary>
    private static AuditPerson UserOf(JObject json, AuditPerson by, PasskeyAuditInitiator initiator)
    {
        var target = (json["targetResources"] as JArray ?? []).OfType<JObject>().FirstOrDefault(t => "User".Equals(JsonText.Of(t, "type"), StringComparison.OrdinalIgnoreCase));
        var user = new AuditPerson(JsonText.Of(target, "id"), JsonText.Of(target, "userPrincipalName"));
        return initiator is PasskeyAuditInitiator.OtherUser && user.IsSame(by) ? user.With(by) : user;
    }

    private static bool Has(string text, string part) => text.IndexOf(part, StringComparison.OrdinalIgnoreCase) >= 0;
}
