using System;
using System.Collections.Generic;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Changes;

/// <summary>The passkey policy as a file wants it, by names. What the file leaves out stays as it is; a list in it is the whole list.</summary>
/// <param name="Source">What the file is called in messages, safe to show.</param>
internal sealed record DesiredPolicy(string Source)
{
    public PolicyState? State { get; init; }

    public bool? SelfService { get; init; }

    /// <summary>Null where the file does not say.</summary>
    public IReadOnlyList<DesiredProfile>? Profiles { get; init; }

    /// <summary>Null where the file does not say.</summary>
    public IReadOnlyList<DesiredTarget>? Targets { get; init; }

    /// <summary>Null where the file does not say.</summary>
    public IReadOnlyList<DesiredExclusion>? Exclusions { get; init; }

    /// <summary>What is worth knowing about the names in it; sentences, safe to show.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>A profile in the file. What it leaves out stays as it is; a new one leaves out nothing.</summary>
internal sealed record DesiredProfile(Placed<string> Name)
{
    /// <summary>What it was called before it was renamed; null where the file does not say.</summary>
    public Placed<string>? PreviousName { get; init; }

    /// <summary>Whether it is the one that cannot be deleted, whatever that is called.</summary>
    public bool IsDefault { get; init; }

    public PasskeyTypes? Types { get; init; }

    public PasskeyAttestation? Attestation { get; init; }

    public ProviderListChange? Providers { get; init; }
}

/// <summary>Who a target or an exclusion is about: a group by name or id, a user by id, or all users.</summary>
/// <param name="Name">As the file has it; <see cref="TargetFacts.AllUsers"/> for all users.</param>
internal sealed record DesiredPeople(TargetKind Kind, Placed<string> Name)
{
    public bool IsById => Kind is not TargetKind.Group || Guid.TryParse(Name.Value, out _);

    /// <summary>Whether a target is about these people, as far as that shows before groups are looked up.</summary>
    public bool Means(PasskeyProfileTarget target) => Means(target.Kind, target.Id, target.RawName);

    /// <summary>Whether an exclusion is about these people, as far as that shows before groups are looked up.</summary>
    public bool Means(PasskeyExclusion exclusion) => Means(exclusion.Kind, exclusion.Id, exclusion.RawName);

    private bool Means(TargetKind kind, string id, string? name) => Kind == kind && Name.Value.Equals(IsById ? id : name, StringComparison.OrdinalIgnoreCase);
}

/// <summary>A target in the file.</summary>
internal sealed record DesiredTarget(DesiredPeople People)
{
    /// <summary>By name; by id where a profile is not there. Null where the file does not say.</summary>
    public IReadOnlyList<Placed<string>>? Profiles { get; init; }

    public bool? IsRegistrationRequired { get; init; }
}

/// <summary>An exclusion in the file.</summary>
internal sealed record DesiredExclusion(DesiredPeople People);
