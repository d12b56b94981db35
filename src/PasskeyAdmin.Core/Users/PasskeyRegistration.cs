using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Users;

/// <summary>A passkey that a user has registered, and whether it works under the present policy.</summary>
public sealed class PasskeyRegistration
{
    internal PasskeyRegistration(DirectoryUser user, RegisteredPasskey passkey, PasskeyProvider? provider, PasskeyUse use, UserMethods read, string? tenantId)
    {
        UserId = user.Id;
        UserPrincipalName = user.UserPrincipalName is { } name ? DisplayText.Neutralise(name) : null;
        UserDisplayName = user.DisplayName is { } display ? DisplayText.Neutralise(display) : null;
        IsEnabled = user.IsEnabled;
        Id = passkey.Id;
        Name = passkey.Name is { } called ? DisplayText.Neutralise(called) : null;
        PasskeyType = passkey.Type;
        PasskeyTypeName = passkey.TypeName;
        AaGuid = passkey.AaGuid;
        Provider = provider?.Name ?? "Unknown provider";
        Model = provider is { IsKnown: true, Authenticator: [var authenticator] } ? authenticator.Name : passkey.Model is { } model ? DisplayText.Neutralise(model) : null;
        Attestation = passkey.Attestation;
        CreatedAt = passkey.CreatedAt;
        LastUsedAt = passkey.LastUsedAt;
        HasLastUse = read.HasLastUse;
        Usable = use.Answer;
        UsableReason = use.Reason;
        Profile = new JoinedList<string>(use.Profiles.Select(p => p.Name));
        ReadAt = read.ReadAt;
        TenantId = tenantId;
    }

    /// <summary>The object id of the user.</summary>
    public string UserId { get; }

    /// <summary>Safe to show; null where it could not be read.</summary>
    public string? UserPrincipalName { get; }

    /// <summary>Safe to show; null where it could not be read.</summary>
    public string? UserDisplayName { get; }

    /// <summary>Whether the account is enabled; null where that could not be read.</summary>
    public bool? IsEnabled { get; }

    /// <summary>The id of the credential: Base64URL with a digit behind it for the padding. Null where Graph gives none.</summary>
    public string? Id { get; }

    /// <summary>What its user calls it, safe to show; null where it has no name.</summary>
    public string? Name { get; }

    /// <summary><see cref="PasskeyTypes.None"/> where it is not known.</summary>
    public PasskeyTypes PasskeyType { get; }

    /// <summary>The type in words, also one that this version does not know; <c>Unknown</c> where Graph does not say it.</summary>
    public string PasskeyTypeName { get; }

    /// <summary>Null where Graph gives none.</summary>
    public Guid? AaGuid { get; }

    /// <summary>The provider of the AAGUID by the catalogue; <c>Unknown provider</c> where the catalogue does not have it. Without attestation, a claim.</summary>
    public string Provider { get; }

    /// <summary>The model by the catalogue, else as Microsoft Graph shows it; null where neither knows it.</summary>
    public string? Model { get; }

    /// <summary>Whether the maker vouched for the AAGUID at registration, or the passkey only says so itself.</summary>
    public PasskeyAttestationLevel Attestation { get; }

    /// <summary>In UTC; null where Graph does not say.</summary>
    public DateTimeOffset? CreatedAt { get; }

    /// <summary>In UTC; null where it was never used, and where that could not be read: see <see cref="HasLastUse"/>.</summary>
    public DateTimeOffset? LastUsedAt { get; }

    /// <summary>Whether the last use could be read: only the beta of Microsoft Graph has it.</summary>
    public bool HasLastUse { get; }

    /// <summary>Whether it can sign its user in under the present policy. Conditional Access and the state of the account are other questions.</summary>
    public PasskeyAnswer Usable { get; }

    /// <summary>Why, in a sentence.</summary>
    public string UsableReason { get; }

    /// <summary>The names of the profiles that allow it.</summary>
    public IReadOnlyList<string> Profile { get; }

    /// <summary>When it was read, in UTC.</summary>
    public DateTimeOffset ReadAt { get; }

    /// <summary>The tenant that it was read from; null where its id is not known.</summary>
    public string? TenantId { get; }

    public override string ToString() => $"{UserPrincipalName ?? UserId}: {Provider} ({PasskeyTypeName})";
}
