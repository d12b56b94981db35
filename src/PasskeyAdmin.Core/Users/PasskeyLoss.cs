using System;
using System.Collections.Generic;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Users;

/// <summary>A passkey that stops working by a change of policy, or several of one kind of which only the registration report tells.</summary>
public sealed class PasskeyLoss
{
    internal PasskeyLoss(PasskeyTypes type, string typeName, RegisteredPasskey? passkey, string? provider, IEnumerable<string> profiles, bool isCertain)
    {
        PasskeyType = type;
        PasskeyTypeName = typeName;
        Id = passkey?.Id;
        Name = passkey?.Name is { } name ? DisplayText.Neutralise(name) : null;
        AaGuid = passkey?.AaGuid;
        Provider = provider;
        Profile = new JoinedList<string>(profiles);
        IsCertain = isCertain;
    }

    /// <summary><see cref="PasskeyTypes.None"/> where the type is not known.</summary>
    public PasskeyTypes PasskeyType { get; }

    public string PasskeyTypeName { get; }

    /// <summary>The provider by its AAGUID, which is a claim unless the passkey was attested; null where the passkey itself was not read, because nothing hinged on it, and the report does not name it.</summary>
    public string? Provider { get; }

    /// <summary>Null where the passkey itself was not read, and where it has none.</summary>
    public Guid? AaGuid { get; }

    /// <summary>The id of the credential; null where the passkey itself was not read.</summary>
    public string? Id { get; }

    /// <summary>What its user calls it, safe to show; null where that is not known.</summary>
    public string? Name { get; }

    /// <summary>The names of the profiles that let it in so far.</summary>
    public IReadOnlyList<string> Profile { get; }

    /// <summary>False where it may stop working and may not: something that decides about it was not read, because the impact of its user does not hinge on it, or could not be read.</summary>
    public bool IsCertain { get; }

    public override string ToString() => $"{(IsCertain ? "" : "perhaps ")}{(Provider is null ? $"{PasskeyTypeName} (one or more)" : $"{Provider} ({PasskeyTypeName})")}{(Profile.Count > 0 ? $", by {Profile}" : "")}";
}
