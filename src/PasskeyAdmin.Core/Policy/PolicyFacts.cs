using System;
using System.Collections.Generic;

namespace PasskeyAdmin.Policy;

/// <summary>What makes a policy, put together.</summary>
internal sealed record PolicyFacts
{
    public PolicyState State { get; init; }

    public bool? SelfServiceRegistration { get; init; }

    public bool IsEnrolled { get; init; }

    public string? DefaultProfileId { get; init; }

    public IReadOnlyList<PasskeyProfile> Profiles { get; init; } = [];

    public IReadOnlyList<PasskeyProfileTarget> Targets { get; init; } = [];

    public IReadOnlyList<PasskeyExclusion> Exclusions { get; init; } = [];

    /// <summary>False where Graph gave no list of targets: whom a profile is meant for is not known.</summary>
    public bool AreTargetsKnown { get; init; } = true;

    /// <summary>False where Graph gave no list of exclusions.</summary>
    public bool AreExclusionsKnown { get; init; } = true;

    public IReadOnlyList<string> UnknownValues { get; init; } = [];

    public IReadOnlyList<string> NotRead { get; init; } = [];

    public string? TenantId { get; init; }

    public string? TenantName { get; init; }

    public DateTimeOffset ReadAt { get; init; }
}
