using System;
using System.Security;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Changes;

/// <summary>A Temporary Access Pass that was issued: what a user without another method signs in with, to register a passkey.</summary>
public sealed class PasskeyTemporaryAccessPass
{
    /// <summary>Where a user registers a passkey himself.</summary>
    private const string Page = "https://mysignins.microsoft.com/security-info";

    private readonly bool _isDisabled;
    private readonly bool _isGuest;

    internal PasskeyTemporaryAccessPass(DirectoryUser user, ListedPass listed, SecureString pass, string reason)
    {
        UserId = user.Id;
        UserPrincipalName = user.UserPrincipalName is { } name ? DisplayText.Neutralise(name) : null;
        Id = DisplayText.Neutralise(listed.Id);
        TemporaryAccessPass = pass;
        ValidFrom = listed.StartsAt;
        ValidUntil = listed.EndsAt;
        LifetimeInMinutes = listed.Lifetime;
        UsableOnce = listed.IsUsableOnce;
        Reason = reason;
        (_isDisabled, _isGuest) = (user.IsEnabled == false, user.IsGuest == true);
    }

    /// <summary>The object id of the user.</summary>
    public string UserId { get; }

    /// <summary>Safe to show; null where it could not be read.</summary>
    public string? UserPrincipalName { get; }

    /// <summary>The id of the pass among the methods of its user; empty where Graph gives none.</summary>
    public string Id { get; }

    /// <summary>The pass. Microsoft Graph gives it once: whoever loses this has to delete the pass and issue another one.</summary>
    public SecureString TemporaryAccessPass { get; }

    /// <summary>The pass to read aloud; null unless it was asked for.</summary>
    public string? PlainText { get; internal init; }

    /// <summary>In UTC; null where Graph does not say.</summary>
    public DateTimeOffset? ValidFrom { get; }

    /// <summary>In UTC; null where Graph does not say.</summary>
    public DateTimeOffset? ValidUntil { get; }

    /// <summary>Null where Graph does not say.</summary>
    public long? LifetimeInMinutes { get; }

    /// <summary>Whether it is used up by the first sign-in; null where Graph does not say.</summary>
    public bool? UsableOnce { get; }

    /// <summary>Why it was issued, safe to show.</summary>
    public string Reason { get; }

    /// <summary>Whether the tenant showed it after it was issued.</summary>
    public bool IsConfirmed { get; internal init; }

    /// <summary>
    /// What the user has to do. Registering asks for a sign-in that is no older than ten minutes, however long the pass is good (reference/graph-users-and-usage.md §5).
    /// </summary>
    public string NextStep => $"{(_isDisabled ? "The account is disabled: it has to be enabled first, or nobody signs in with it. " : "")}{(_isGuest ? Home : Here)}";

    /// <summary>There is no page that could do it.</summary>
    private static string Home => "The user is a guest, and guests cannot register a passkey in the tenant that they visit: the pass does not help with that. The passkey has to be registered in the user's own tenant.";

    private string Here => $"Sign in with the pass at {Page}{(ValidUntil is { } end ? $" before {TemporaryAccessPasses.Date(end)}" : "")} and finish adding the passkey there within ten minutes of that sign-in. "
        + $"{(UsableOnce == true ? "The pass is used up by then: whoever takes longer needs another one." : "Whoever takes longer signs in with the pass again.")} The page that interrupts a sign-in cannot register a passkey.";

    /// <summary>What the journal calls it by.</summary>
    public string ChangeId { get; internal init; } = "";

    /// <summary>The file of the journal.</summary>
    public string JournalPath { get; internal init; } = "";

    /// <summary>Null where it is not known.</summary>
    public string? TenantId { get; internal init; }

    /// <summary>Never the pass.</summary>
    public override string ToString() => $"Temporary Access Pass of {UserPrincipalName ?? UserId}{(ValidUntil is { } end ? $", until {TemporaryAccessPasses.Date(end)}" : "")}";
}
