using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Changes;

/// <summary>A Temporary Access Pass as a tenant lists it: without what it is.</summary>
internal sealed record ListedPass(string Id)
{
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>In minutes.</summary>
    public long? Lifetime { get; init; }

    public bool? IsUsableOnce { get; init; }

    /// <summary>Whether a user who has it can have no other one; also where Graph says nothing of that.</summary>
    public bool IsInTheWay { get; init; }

    public DateTimeOffset? EndsAt => StartsAt is { } from && Lifetime is { } minutes ? from.AddMinutes(minutes) : null;

    /// <summary>Null for what has no id.</summary>
    public static ListedPass? Of(JObject json) => JsonText.Of(json, "id") is { Length: > 0 } id ? Of(json, id) : null;

    public static ListedPass Of(JObject json, string id) => new(id)
    {
        StartsAt = GraphDate.Parse(JsonText.Of(json, "startDateTime") ?? JsonText.Of(json, "createdDateTime")),
        Lifetime = json["lifetimeInMinutes"] is JValue { Value: long and > 0 and < int.MaxValue and var minutes } ? minutes : null,
        IsUsableOnce = json["isUsableOnce"] is JValue { Value: bool once } ? once : null,
        // One that expired, was used up or is switched off is the service's own business.
        IsInTheWay = json["isUsable"] is not JValue { Value: false } || JsonText.Of(json, "methodUsabilityReason") is "NotYetValid" or "EnabledByPolicy",
    };
}

/// <summary>The passes of users, as a tenant lists them (reference/graph-users-and-usage.md §5).</summary>
internal sealed class TemporaryAccessPasses(GraphClient client)
{
    public static string PathOf(string userId) => $"/v1.0/users/{Uri.EscapeDataString(userId)}/authentication/temporaryAccessPassMethods";

    public static string PathOf(string userId, string passId) => $"{PathOf(userId)}/{Uri.EscapeDataString(passId)}";

    public IReadOnlyList<ListedPass> Read(string userId, CancellationToken token) => [.. client.GetAll(PathOf(userId), token).Select(ListedPass.Of).OfType<ListedPass>()];

    /// <summary>Why there can be no other one beside it.</summary>
    public static PasskeyAdminException Exists(TenantSession tenant, DirectoryUser user, ListedPass pass)
    {
        var until = pass.EndsAt is { } end ? $", good until {Date(end)}" : "";
        return new PasskeyAdminException(ErrorKind.InvalidOperation, "TemporaryAccessPassExists",
            $"{DisplayText.Neutralise(user.Shown)} has a Temporary Access Pass already{until} ({pass.Id}), and a user has one at a time. It cannot be shown again. Let the user sign in with it; or, where nobody knows it any more, delete it and issue another one. {Deletion(tenant, user, pass.Id)}")
        { RecommendedAction = Command(tenant, user, pass.Id) };
    }

    /// <summary>How a pass is deleted, in a sentence.</summary>
    public static string Deletion(TenantSession tenant, DirectoryUser user, string passId) => tenant.IsSandbox
        ? $"No command deletes it in a sandbox: it is there until it ends{(tenant.Path is null ? ", or until you connect to the sandbox anew" : "")}."
        : $"To delete it: Entra admin centre > Users > the user > Authentication methods > Temporary Access Pass, or {Command(tenant, user, passId) ?? $"the request DELETE {PathOf(user.Id, passId)}"}.";

    /// <summary>The command that deletes a pass; null where it would work on nothing, or as somebody else than this session.</summary>
    public static string? Command(TenantSession tenant, DirectoryUser user, string passId) => tenant.Connection is TenantConnection.GraphPowerShell ? $"Invoke-MgGraphRequest -Method DELETE -Uri {CommandText.Quote(PathOf(user.Id, passId))}" : null;

    public static string Date(DateTimeOffset date) => date.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC";
}
