using System;
using System.Collections.Generic;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Rules;

internal sealed class SelfServiceOffRule() : PolicyRule("PK115", "SelfServiceOff", RuleSeverity.Warning, RuleSources.Policy, "Users can register passkeys themselves")
{
    public override string LooksAt => "The tenant-wide setting for self-service registration.";

    public override string Why => "Without it nobody can register a passkey in the security information, no campaign asks anybody to, and administrators cannot register security keys for others either.";

    public override string Fix => "Switch it on; who may register what is a matter of profiles.";

    public override Uri Source { get; } = new("https://learn.microsoft.com/entra/identity/authentication/how-to-authentication-passkeys-fido2");

    protected override IEnumerable<FindingResult> Judge(RuleContext context) => context.Policy switch
    {
        { State: PolicyState.Disabled } => [FindingResult.NotApplicable("Passkeys are switched off.")],
        { SelfServiceRegistration: true } => [FindingResult.Pass("It is on.")],
        { SelfServiceRegistration: null } => [FindingResult.Unknown("Microsoft Graph does not say whether users may register passkeys themselves.")],
        _ => [Fail("It is off: nobody can register a passkey.", "Set-PasskeyPolicy -SelfServiceRegistration $true -WhatIf")],
    };
}
