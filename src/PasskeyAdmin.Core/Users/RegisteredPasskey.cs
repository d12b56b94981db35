using System;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Users;

/// <summary>Whether a passkey proved at its registration what it was made by (Graph: <c>attestationLevel</c>).</summary>
public enum PasskeyAttestationLevel
{
    /// <summary>Graph does not say, or gave a value that this version does not know.</summary>
    Unknown,

    /// <summary>It says its AAGUID itself: a claim, and no proof.</summary>
    NotAttested,

    /// <summary>Its maker vouches for its AAGUID.</summary>
    Attested,
}

/// <summary>A passkey as Graph has it (<c>fido2AuthenticationMethod</c>, reference/graph-users-and-usage.md §1).</summary>
internal sealed record RegisteredPasskey(string? Id)
{
    public const string GraphType = "#microsoft.graph.fido2AuthenticationMethod";

    public string? Name { get; init; }

    public string? Model { get; init; }

    /// <summary>Null where Graph gives none, or something that is none.</summary>
    public Guid? AaGuid { get; init; }

    /// <summary><see cref="PasskeyTypes.None"/> where it is not known.</summary>
    public PasskeyTypes Type { get; init; }

    /// <summary>What Graph calls a type that this version does not know; null for one that it knows, and for none.</summary>
    public string? OtherType { get; init; }

    public PasskeyAttestationLevel Attestation { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Beta only; null where it is not known or was never.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>What a policy asks of it.</summary>
    public PasskeyTraits Traits => new(Type, AaGuid) { IsOfOtherType = OtherType is not null };

    public string TypeName => Type is not PasskeyTypes.None ? Type.ToString() : OtherType is { } other ? DisplayText.Excerpt(other, 60) : "Unknown";

    public static RegisteredPasskey Of(JObject json)
    {
        var type = JsonText.Of(json, "passkeyType");
        return new RegisteredPasskey(JsonText.Of(json, "id"))
        {
            Name = JsonText.Of(json, "displayName"),
            Model = JsonText.Of(json, "model"),
            AaGuid = Guid.TryParse(JsonText.Of(json, "aaGuid"), out var aaGuid) ? aaGuid : null,
            // Not the flags of a profile: one of two, or null on old registrations (unconfirmed), of which nothing is assumed.
            Type = type switch { "deviceBound" => PasskeyTypes.DeviceBound, "synced" => PasskeyTypes.Synced, _ => PasskeyTypes.None },
            OtherType = type is null or "deviceBound" or "synced" ? null : type,
            Attestation = JsonText.Of(json, "attestationLevel") switch { "attested" => PasskeyAttestationLevel.Attested, "notAttested" => PasskeyAttestationLevel.NotAttested, _ => PasskeyAttestationLevel.Unknown },
            // Older answers have another name for it.
            CreatedAt = GraphDate.Parse(JsonText.Of(json, "createdDateTime") ?? JsonText.Of(json, "creationDateTime")),
            LastUsedAt = GraphDate.Parse(JsonText.Of(json, "lastUsedDateTime")),
        };
    }
}
