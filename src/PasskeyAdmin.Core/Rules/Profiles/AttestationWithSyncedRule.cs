using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Rules;

internal sealed class AttestationWithSyncedRule() : PolicyRule("PK101", "AttestationWithSynced", RuleSeverity.Error, RuleSources.Policy, "No profile demands attestation of synced passkeys")
{
    public override string LooksAt => "Profiles that allow synced passkeys and enforce attestation.";

    public override string Why => "Synced passkeys have no attestation: with attestation enforced only device-bound ones can be registered, whatever the profile says.";

    public override string Fix => "Take synced out of the profile, or switch attestation off; for both, make two profiles.";

    public override Uri Source { get; } = new("https://learn.microsoft.com/entra/identity/authentication/how-to-synced-passkeys");

    protected override IEnumerable<FindingResult> Judge(RuleContext context) => OrPass(
    [
        .. PolicyGaps.OfProfiles(context.Policy),
        .. from profile in context.Policy.Profile
           let both = PolicyGaps.IsAttested(profile) & PolicyGaps.Allows(profile, PasskeyTypes.Synced)
           where both != false
           select both is null
               ? FindingResult.Unknown($"Whether '{profile.Name}' demands attestation of synced passkeys is not known.")
               : Fail(profile.AsObject(), $"'{profile.Name}' allows synced passkeys and enforces attestation, which they do not have: nobody can register one through it.", $"Set-PasskeyProfile {profile.Parameter()} -TargetType DeviceBound -WhatIf"),
    ], $"{context.Policy.Profile.Count} {(context.Policy.Profile.Count == 1 ? "profile" : "profiles")} looked at.");
}
