using System.Collections.Generic;

namespace PasskeyAdmin.Policy;

/// <summary>What the authentication methods policy says beside passkeys.</summary>
/// <param name="Sms">Null where Graph gave none.</param>
/// <param name="Voice">Null where Graph gave none.</param>
/// <param name="MigrationState">How far the settings of the old multifactor portal have come into this policy.</param>
/// <param name="CampaignState">Of the registration campaign: <c>default</c> is "Microsoft managed"; null where Graph does not say.</param>
internal sealed record MethodsPolicy(MethodConfiguration? Sms, MethodConfiguration? Voice, string? MigrationState, string? CampaignState)
{
    /// <summary>The ids of the groups, or users, that the registration campaign is for; null where Graph does not say.</summary>
    public IReadOnlyList<string>? CampaignTargets { get; init; }

    /// <summary>The ids of those whom the campaign leaves out; null where Graph does not say.</summary>
    public IReadOnlyList<string>? CampaignExclusions { get; init; }

    public PhoneMethods Phone(IReadOnlyDictionary<string, GroupPeople> people) => new(this, people);
}
