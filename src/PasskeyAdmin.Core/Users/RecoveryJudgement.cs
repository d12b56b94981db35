using System.Collections.Generic;

namespace PasskeyAdmin.Users;

/// <summary>What comes of a <see cref="RecoverySituation"/>.</summary>
/// <param name="Why">Sentences, safe to show.</param>
/// <param name="Add">What would make it better, in sentences.</param>
internal sealed record RecoveryJudgement(PasskeyRecoveryVerdict Verdict, IReadOnlyList<string> Why, IReadOnlyList<string> Add)
{
    public bool? Second { get; init; }

    public bool? Other { get; init; }

    public bool? Synced { get; init; }

    public bool? PassObtainable { get; init; }

    public required string Role { get; init; }
}
