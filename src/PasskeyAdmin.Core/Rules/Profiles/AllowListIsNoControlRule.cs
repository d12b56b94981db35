using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Rules;

internal sealed class AllowListIsNoControlRule() : PolicyRule("PK102", "AllowListIsNoControl", RuleSeverity.Warning, RuleSources.Policy, "A list of allowed providers is attested")
{
    public override string LooksAt => "Profiles with an enforced list of allowed AAGUIDs and without attestation.";

    public override string Why => "Without attestation a passkey says itself what it is. Such a list guides people to the right provider; it does not keep out whoever wants to get past it.";

    public override string Fix => "For device-bound passkeys enforce attestation. Synced ones cannot be attested: give a profile with attestation to whoever needs a control, and accept the list as guidance for the rest (with a suppression that says so).";

    public override Uri Source { get; } = new("https://learn.microsoft.com/entra/identity/authentication/how-to-authentication-passkeys-fido2");

    protected override IEnumerable<FindingResult> Judge(RuleContext context) => OrPass(
    [
        .. PolicyGaps.OfProfiles(context.Policy),
        .. from profile in context.Policy.Profile
           where profile.Restriction is KeyRestrictionKind.Allow or KeyRestrictionKind.Unknown && profile.Attestation is not PasskeyAttestation.RegistrationOnly && (profile.AaGuid.Count > 0 || profile.UnreadableAaGuids > 0)
           select Judge(profile),
    ], "No profile has a list of allowed providers without attestation.");

    private FindingResult Judge(PasskeyProfile profile) => profile switch
    {
        { Restriction: KeyRestrictionKind.Unknown } => FindingResult.Unknown($"Whether the list of '{profile.Name}' is one of allowed providers is not known."),
        { Attestation: PasskeyAttestation.Unknown } => FindingResult.Unknown($"Whether '{profile.Name}', which has a list of allowed providers, enforces attestation is not known."),
        // What the profile allows begins with "only" and tells of entries that are no AAGUIDs.
        _ => Fail(profile.AsObject(), $"'{profile.Name}' allows {profile.Allows}, and does not check it: attestation is off.{(profile.PasskeyType.HasFlag(PasskeyTypes.Synced) ? " Synced passkeys cannot be attested." : "")}",
            profile is { IsImplied: false, PasskeyType: PasskeyTypes.DeviceBound } ? $"Set-PasskeyProfile {profile.Parameter()} -Attestation RegistrationOnly -WhatIf" : null),
    };
}
