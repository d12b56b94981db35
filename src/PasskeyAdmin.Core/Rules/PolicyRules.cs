using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Rules;

/// <summary>All rules, in the order of their ids.</summary>
internal static class PolicyRules
{
    public static IReadOnlyList<PolicyRule> All { get; } =
    [
        new SuppressionUnusedRule(),
        new AttestationWithSyncedRule(),
        new AllowListIsNoControlRule(),
        new EmptyAllowListRule(),
        new UnknownAaGuidRule(),
        new ProviderOfOtherTypeRule(),
        new ProfileWithoutPeopleRule(),
        new DeletedTargetRule(),
        new EmptyTargetRule(),
        new UserTargetRule(),
        new ProfileDefeatedRule(),
        new ExclusionOfTargetedRule(),
        new PolicyNearItsLimitsRule(),
        new LegacySettingsDifferRule(),
        new DefaultProfileWiderRule(),
        new SelfServiceOffRule(),
        new MethodOffWithRegistrationsRule(),
        new SyncedForAdministratorsRule(),
        new AdministratorWithoutMethodRule(),
        new AdministratorWithOnePasskeyRule(),
        new AdministratorOnlySyncedRule(),
        new EmergencyWithoutMethodRule(),
        new EmergencyInWaveRule(),
        new EmergencyNotExcludedRule(),
        new PhoneOnlyRule(),
        new RegistrationNotAllowedRule(),
        new PasskeyUnusedRule(),
        new OrphanedByRenameRule(),
        new GuestsTargetedRule(),
        new NoSecondMethodRule(),
        new TemporaryAccessPassRule(),
        new StrengthOutOfReachRule(),
        new StrengthBlocksRegistrationRule(),
        new RegistrationOutOfReachRule(),
        new DemandWithoutMethodRule(),
        new ApplicationWithoutDemandRule(),
        new LogsReadableRule(),
        new LeftToMicrosoftRule(),
        new NoAttestedProfileRule(),
        new OnlyDefaultProfileRule(),
    ];

    /// <summary>Null where there is no rule of that id or name.</summary>
    public static PolicyRule? Find(string idOrName) => All.FirstOrDefault(r => r.Id.Equals(idOrName, StringComparison.OrdinalIgnoreCase) || r.Name.Equals(idOrName, StringComparison.OrdinalIgnoreCase));
}
