using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Prerequisites;

/// <summary>All rules, in the order in which somebody would go through them.</summary>
internal static class PrerequisiteRules
{
    public static IReadOnlyList<PrerequisiteRule> LoadBuiltIn()
    {
        var dates = PrerequisiteDates.LoadBuiltIn();
        return
        [
            new SignedInRule(),
            new TenantRule(),
            new CloudRule(),
            new PermissionRule(),
            new RoleRule(),
            new PremiumLicenceRule(),
            new ProfilesEnrolledRule(),
            new MethodEnabledRule(),
            new SelfServiceRule(),
            new TemporaryAccessPassRule(),
            new EmergencyAccountRule(),
            new ProfileMigrationRule(dates[ProfileMigrationRule.Key]),
            new PasskeysByDefaultRule(dates[PasskeysByDefaultRule.Key], dates[SmsVoiceRetirementRule.Key]),
            new SmsVoiceRetirementRule(dates[SmsVoiceRetirementRule.Key]),
            new SmsVoiceRetirementEndRule(dates[SmsVoiceRetirementEndRule.Key]),
            new LegacyPropertyRetirementRule(dates[LegacyPropertyRetirementRule.Key]),
        ];
    }

    public static IEnumerable<PrerequisiteCheck> Evaluate(PrerequisiteFacts facts) => LoadBuiltIn().Select(r => r.Check(facts)).OfType<PrerequisiteCheck>();
}
