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
        RawName = facts.Name;
        Name = facts.Name.Length > 0 ? DisplayText.Neutralise(facts.Name) : "(no name)";
        PasskeyType = facts.Types;
        PasskeyTypeName = facts.TypeName;
        Attestation = facts.Attestation;
        Restriction = facts.Restriction;
        AaGuid = new JoinedList<Guid>(facts.AaGuids);
        Provider = new JoinedList<PolicyProvider>(providers);
        Target = new JoinedList<PasskeyProfileTarget>(targets);
        UnreadableAaGuids = facts.UnreadableAaGuids;
        IsDefault = facts.IsDefault;
        IsImplied = facts.IsImplied;
        Size = facts.Size;
        UnknownValue = new JoinedList<string>(facts.UnknownValues);
        TenantId = tenantId;
    }

    /// <summary>A GUID that the service gave; null for the implied profile of a tenant that is not enrolled.</summary>
    public string? Id { get; }

    /// <summary>The name, safe to show.</summary>
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

    /// <summary>What it takes of the room for the policy, in bytes: an estimate, see <see cref="PasskeyPolicy.Size"/>.</summary>
    public int Size { get; }

    /// <summary>Properties and values that this version does not know. A change of the policy keeps them.</summary>
    public IReadOnlyList<string> UnknownValue { get; }

    /// <summary>The tenant that it was read from; null where its id is not known.</summary>
    public string? TenantId { get; }

    /// <summary>Which providers pass, in words.</summary>
    public string Allows => Restriction switch
    {
        KeyRestrictionKind.None => "any provider",
        KeyRestrictionKind.Allow => Listed.Length == 0 ? "nothing (the list is empty)" : $"only {Listed}",
        KeyRestrictionKind.Block => Listed.Length == 0 ? "any provider (nothing is blocked)" : $"all but {Listed}",
        _ => Listed.Length == 0 ? "not known" : $"not known (the list has {Listed})",
    };

    /// <summary>The name as the tenant has it.</summary>
    internal string RawName { get; }

    /// <summary>Whether it enforces an allow list in which nothing is: then nobody passes.</summary>
    internal bool IsShut => Restriction is KeyRestrictionKind.Allow && AaGuid.Count == 0 && UnreadableAaGuids == 0;

    /// <summary>Whether it allows synced passkeys and demands attestation, which they do not have (reference/graph-passkey-policy.md §7).</summary>
    internal bool AttestsSynced => Attestation is PasskeyAttestation.RegistrationOnly && PasskeyType.HasFlag(PasskeyTypes.Synced);

    /// <summary>How many entries of the list are no AAGUIDs.</summary>
    internal int UnreadableAaGuids { get; }

    public override string ToString() => Name;

    private string Listed => UnreadableAaGuids == 0 ? Provider.ToString() : $"{Provider}{(AaGuid.Count > 0 ? ", " : "")}{UnreadableAaGuids} {(UnreadableAaGuids == 1 ? "entry" : "entries")} that cannot be read";
}
