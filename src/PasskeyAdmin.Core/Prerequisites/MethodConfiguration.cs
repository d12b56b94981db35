using System.Collections.Generic;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Prerequisites;

/// <summary>Whether an authentication method is on, and for whom.</summary>
internal sealed record MethodConfiguration(PolicyState State)
{
    /// <summary>The groups that it is meant for, by name; safe to show. Null where Graph did not give the list.</summary>
    public IReadOnlyList<string>? Targets { get; init; }

    public bool ReachesAllUsers { get; init; }

    /// <summary>Whether anybody can use it; null where that is not known.</summary>
    public bool? IsUsed => State switch
    {
        PolicyState.Disabled => false,
        PolicyState.Enabled => Targets is null ? null : Targets.Count > 0,
        _ => null,
    };
}
