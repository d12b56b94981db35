using System;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Users;

/// <summary>A sign-in as the log has it.</summary>
/// <param name="ApplicationId">The id of the application (the client id, the same in every tenant).</param>
internal sealed record LoggedSignIn(string ApplicationId)
{
    /// <summary>As the log has it; null where it has none.</summary>
    public string? ApplicationName { get; init; }

    /// <summary>Null where the log names nobody, as where the name was typed wrong.</summary>
    public Guid? User { get; init; }

    /// <summary>Whether the log calls the user a guest. It does in beta alone, and not of everybody.</summary>
    public bool IsGuest { get; init; }

    public bool IsSuccess { get; init; }

    /// <summary>False for what went on without anybody at the keyboard. Graph lists these apart, where they are asked for.</summary>
    public bool IsInteractive { get; init; }

    public DateTimeOffset? At { get; init; }

    /// <summary>Told in beta alone (reference/graph-users-and-usage.md §3).</summary>
    public SignInProof Proof { get; init; }

    /// <summary>Null for an entry without an application.</summary>
    public static LoggedSignIn? Of(JObject json) => JsonText.Of(json, "appId") is not { } application ? null : new LoggedSignIn(application)
    {
        ApplicationName = JsonText.Of(json, "appDisplayName"),
        User = Guid.TryParse(JsonText.Of(json, "userId"), out var user) && user != Guid.Empty ? user : null,
        IsGuest = "guest".Equals(JsonText.Of(json, "userType"), StringComparison.OrdinalIgnoreCase),
        // An error of 0 is none.
        IsSuccess = (json["status"] as JObject)?["errorCode"] is JValue { Value: 0L },
        IsInteractive = json["isInteractive"] is not JValue { Value: false },
        At = GraphDate.Parse(JsonText.Of(json, "createdDateTime")),
        Proof = SignInWords.Of(json["authenticationDetails"] as JArray),
    };
}
