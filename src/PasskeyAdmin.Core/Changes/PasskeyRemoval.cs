using System;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Changes;

/// <summary>What became of a passkey that was to be removed.</summary>
public enum PasskeyRemovalOutcome
{
    /// <summary>The tenant does not have it any more.</summary>
    Removed,

    /// <summary>It was not there any more before it was asked to be removed.</summary>
    AlreadyGone,

    /// <summary>The user has none with this id, and the journal of this machine knows none either: whether there ever was one is not known.</summary>
    NotFound,

    /// <summary>It was left alone: without it, its user would have no phishing-resistant method left, or that is not known.</summary>
    Refused,

    /// <summary>Microsoft Graph refused, or the tenant still has it.</summary>
    Failed,

    /// <summary>It was asked to be removed, and the tenant still shows it, or could not be read.</summary>
    NotConfirmed,

    /// <summary>The user has no such passkey: the row says what became of the sessions.</summary>
    NoneFound,
}

/// <summary>Whether the sign-ins of a user that were there already were ended.</summary>
public enum SessionRevocation
{
    /// <summary>Not wanted; over a group also where nothing of the user was removed.</summary>
    NotAsked,

    /// <summary>The tenant shows it. Applications notice within minutes.</summary>
    Revoked,

    /// <summary>Microsoft Graph refused, or it was not tried: the error says why.</summary>
    NotRevoked,

    /// <summary>It was asked for, and the tenant does not show it, or could not be read.</summary>
    NotConfirmed,
}

/// <summary>One passkey that was to be removed from its user, and what became of it. What is removed cannot be restored: it has to be registered again.</summary>
public sealed class PasskeyRemoval
{
    internal PasskeyRemoval(DirectoryUser user, string? id, PasskeyRegistration? passkey, PasskeyRemovalOutcome outcome)
    {
        UserId = user.Id;
        UserPrincipalName = user.UserPrincipalName is { } name ? DisplayText.Neutralise(name) : null;
        Id = id is null ? null : DisplayText.Neutralise(id);
        Name = passkey?.Name;
        Provider = passkey?.Provider;
        PasskeyType = passkey?.PasskeyType ?? PasskeyTypes.None;
        PasskeyTypeName = passkey?.PasskeyTypeName ?? "Unknown";
        AaGuid = passkey?.AaGuid;
        Outcome = outcome;
    }

    /// <summary>The object id of the user.</summary>
    public string UserId { get; }

    /// <summary>Safe to show; null where it could not be read.</summary>
    public string? UserPrincipalName { get; }

    /// <summary>The id of the credential; null where Graph gives none, or the row is about no passkey.</summary>
    public string? Id { get; }

    /// <summary>What its user called it, safe to show; null where it has no name, or was not there any more.</summary>
    public string? Name { get; }

    /// <summary>By the catalogue; null where it was not there any more.</summary>
    public string? Provider { get; }

    /// <summary><see cref="PasskeyTypes.None"/> where it is not known.</summary>
    public PasskeyTypes PasskeyType { get; }

    /// <summary>The type in words.</summary>
    public string PasskeyTypeName { get; }

    /// <summary>Null where it is not known.</summary>
    public Guid? AaGuid { get; }

    public PasskeyRemovalOutcome Outcome { get; }

    /// <summary>Why it was left alone, is still there, or was not found, and for piped passkeys and over a group what ends sessions that go on, in sentences; else null.</summary>
    public string? Reason { get; internal init; }

    /// <summary>Whether the sign-ins of the user were ended (-RevokeSession).</summary>
    public SessionRevocation SessionsRevoked { get; internal init; }

    /// <summary>What the journal calls the command by; null where nothing was to be sent.</summary>
    public string? ChangeId { get; internal init; }

    /// <summary>The file of the journal; null where nothing was to be sent.</summary>
    public string? JournalPath { get; internal init; }

    /// <summary>Null where it is not known.</summary>
    public string? TenantId { get; internal init; }

    public override string ToString() => $"{UserPrincipalName ?? UserId}: {((Provider ?? Id) is { } passkey ? $"{passkey} " : "")}{Outcome}";
}
