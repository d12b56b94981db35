using System.Collections.Generic;

namespace PasskeyAdmin.Policy;

/// <summary>What a part of a policy is.</summary>
public enum PolicyPart
{
    /// <summary>A setting of the policy itself.</summary>
    Policy,
    Profile,
    Target,
    Exclusion,
}

/// <summary>One thing in which two policies differ.</summary>
/// <param name="Name">The profile, target or exclusion, safe to show; <c>policy</c> for the policy itself.</param>
/// <param name="Setting">What of it differs, called as the property is; null where all of it is there only once.</param>
/// <param name="Before">The value in the one policy, in words; null where it has none.</param>
/// <param name="After">The value in the other.</param>
/// <param name="Lines">The same in words: one for each entry that came or went.</param>
internal sealed record PolicyDelta(PolicyPart Part, string Name, string? Setting, string? Before, string? After, IReadOnlyList<string> Lines);
