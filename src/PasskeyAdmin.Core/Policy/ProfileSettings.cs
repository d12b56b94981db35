using System;
using System.Collections.Generic;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Policy;

/// <summary>What somebody wants of a profile; null leaves it as it is.</summary>
internal sealed record ProfileSettings
{
    public string? Name { get; init; }

    public PasskeyTypes? Types { get; init; }

    public PasskeyAttestation? Attestation { get; init; }

    /// <summary>One after the other.</summary>
    public IReadOnlyList<ProviderListChange> Providers { get; init; } = [];

    public bool IsEmpty => Name is null && Types is null && Attestation is null && Providers.Count == 0;
}

/// <summary>What is to become of the list of providers of a profile.</summary>
internal enum ProviderListAction
{
    /// <summary>Just these pass.</summary>
    Allow,

    /// <summary>All but these pass.</summary>
    Block,

    /// <summary>These are to pass, whatever the list is (design §4, "by intent").</summary>
    Add,

    /// <summary>These are not to pass, whatever the list is.</summary>
    Remove,

    /// <summary>Any provider passes.</summary>
    Clear,

    /// <summary>Any provider passes, and the list that is there is kept.</summary>
    Lift,

    /// <summary>Any provider passes, and this is the list for when it is enforced again: just these pass then.</summary>
    Suspend,
}

/// <param name="AaGuids">Each once.</param>
internal sealed record ProviderListChange(ProviderListAction Action, IReadOnlyList<Guid> AaGuids);
