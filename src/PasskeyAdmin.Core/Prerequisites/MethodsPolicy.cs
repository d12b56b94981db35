namespace PasskeyAdmin.Prerequisites;

/// <summary>What the authentication methods policy says beside passkeys.</summary>
/// <param name="CampaignState">Of the registration campaign: <c>default</c> is "Microsoft managed"; null where Graph does not say.</param>
internal sealed record MethodsPolicy(PhoneMethods Phone, string? CampaignState);
