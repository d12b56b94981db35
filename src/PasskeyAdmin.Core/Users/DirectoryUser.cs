using System;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Users;

/// <summary>A user as the directory has it.</summary>
/// <param name="Id">The object id.</param>
internal sealed record DirectoryUser(string Id)
{
    /// <summary>What is asked for: none of these but the names is among what Graph gives unasked.</summary>
    public const string Select = "$select=id,userPrincipalName,displayName,accountEnabled,userType,createdDateTime";

    public string? UserPrincipalName { get; init; }

    public string? DisplayName { get; init; }

    /// <summary>Null where the sign-in may not see it, as with User.ReadBasic.All.</summary>
    public bool? IsEnabled { get; init; }

    /// <summary>Null where the sign-in may not see it.</summary>
    public bool? IsGuest { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The name that people know, or the id.</summary>
    public string Shown => UserPrincipalName ?? Id;

    /// <summary>Null for an object without an id.</summary>
    public static DirectoryUser? Of(JObject json) => JsonText.Of(json, "id") is not { } id ? null : new DirectoryUser(id)
    {
        UserPrincipalName = JsonText.Of(json, "userPrincipalName"),
        DisplayName = JsonText.Of(json, "displayName"),
        IsEnabled = json["accountEnabled"] is JValue { Value: bool enabled } ? enabled : null,
        IsGuest = JsonText.Of(json, "userType") is { } type ? type.Equals("Guest", StringComparison.OrdinalIgnoreCase) : null,
        CreatedAt = GraphDate.Parse(JsonText.Of(json, "createdDateTime")),
    };
}
