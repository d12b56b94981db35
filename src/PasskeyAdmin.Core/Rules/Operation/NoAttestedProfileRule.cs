using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Rules;

internal sealed class NoAttestedProfileRule() : PolicyRule("PK403", "NoAttestedProfile", RuleSeverity.Information, RuleSources.Policy, "A profile gives high assurance")
{
    public override string LooksAt => "Whether a profile in use enforces attestation.";

    public override string Why => "Only attestation proves that a passkey is in the hardware that it says it is in. Administrators, and whoever the regulator looks at, need such a profile.";

    public override string Fix => "Make a profile for them, for example from a template.";

    public override Uri Source { get; } = new("https://learn.microsoft.com/entra/identity/authentication/how-to-authentication-passkeys-fido2");

    protected override IEnumerable<FindingResult> Judge(RuleContext context)
    {
        var used = context.Policy.Profile.Where(p => p.Target.Any(t => t.Status is not TargetStatus.NotFound)).ToList();
        if (used.Find(p => p.Attestation is PasskeyAttestation.RegistrationOnly) is { } attested) return [FindingResult.Pass($"'{attested.Name}' enforces attestation.")];
        if (used.Exists(p => p.Attestation is PasskeyAttestation.Unknown) || context.Policy.IsWithoutItsProfiles || !PolicyGaps.AreUsesKnown(context.Policy)) return [FindingResult.Unknown("Whether a profile in use enforces attestation is not known.")];
        return [Fail("No profile in use enforces attestation.", context.Policy.ProfilesEnrolled is ProfileEnrolment.Yes ? "New-PasskeyProfile 'High security' -Template HighSecurity -Group '<group>' -WhatIf" : null)];
    }
}
