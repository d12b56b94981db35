using System;
using System.Collections.Generic;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Policy;

/// <summary>A passkey profile: which passkeys the people in its targets may register and use.</summary>
public sealed class PasskeyProfile
{
    internal PasskeyProfile(ProfileFacts facts, IReadOnlyList<PolicyProvider> providers, IReadOnlyList<PasskeyProfileTarget> targets, string? tenantId)
    {
        Id = facts.Id;
        Name = facts.Name;
        PasskeyType = facts.Types;
        PasskeyTypeName = facts.TypeName;
        Attestation = facts.Attestation;
        Restriction = facts.Restriction;
        AaGuid = new JoinedList<Guid>(facts.AaGuids);
        Provider = new JoinedList<PolicyProvider>(providers);
        Target = new JoinedList<PasskeyProfileTarget>(targets);
        IsDefault = facts.IsDefault;
        IsImplied = facts.IsImplied;
        Size = facts.Size;
        UnknownValue = new JoinedList<string>(facts.UnknownValues);
        TenantId = tenantId;
    }

    /// <summary>A GUID that the service gave; null for the implied profile of a tenant that is not enrolled.</summary>
    public string? Id { get; }

    /// <summary>As the tenant has it; <see cref="DisplayName"/> is safe to show.</summary>
    public string Name { get; }

    /// <summary>The types that this version knows; what else Graph named stands in <see cref="PasskeyTypeName"/>.</summary>
    public PasskeyTypes PasskeyType { get; }

    /// <summary>All types in words, also those that this version does not know.</summary>
    public string PasskeyTypeName { get; }

    /// <summary>Whether registration demands attestation.</summary>
    public PasskeyAttestation Attestation { get; }

    /// <summary>What the list in <see cref="AaGuid"/> means; <see cref="KeyRestrictionKind.None"/> where it is not enforced.</summary>
    public KeyRestrictionKind Restriction { get; }

    /// <summary>The list of AAGUIDs, enforced or not.</summary>
    public IReadOnlyList<Guid> AaGuid { get; }

    /// <summary>The same list by provider.</summary>
    public IReadOnlyList<PolicyProvider> Provider { get; }

    /// <summary>The targets that may use this profile.</summary>
    public IReadOnlyList<PasskeyProfileTarget> Target { get; }

    /// <summary>The profile that cannot be deleted.</summary>
    public bool IsDefault { get; }

    /// <summary>True where the tenant is not enrolled in passkey profiles, and this only shows what its old settings amount to. It cannot be changed.</summary>
    public bool IsImplied { get; }

    /// <summary>What it takes of the room for the policy, in bytes of UTF-8 JSON: an estimate, as Microsoft does not say how it measures.</summary>
    public int Size { get; }

    /// <summary>Properties and values that this version does not know. A change of the policy keeps them.</summary>
    public IReadOnlyList<string> UnknownValue { get; }

    /// <summary>The tenant that it was read from; null where its id is not known.</summary>
    public string? TenantId { get; }

    /// <summary>What the profile lets pass, in words: the types, and the providers where a list is enforced.</summary>
    public string Allows => Restriction switch
    {
        KeyRestrictionKind.None => "any provider",
        KeyRestrictionKind.Allow when AaGuid.Count == 0 => "nothing (the list is empty)",
        KeyRestrictionKind.Allow => $"only {Provider}",
        KeyRestrictionKind.Block when AaGuid.Count == 0 => "any provider (nothing is blocked)",
        KeyRestrictionKind.Block => $"all but {Provider}",
        _ => $"not known ({Provider})",
    };

    /// <summary>The name, safe to show.</summary>
    public string DisplayName => DisplayText.Neutralise(Name);

    public override string ToString() => DisplayName;
}
