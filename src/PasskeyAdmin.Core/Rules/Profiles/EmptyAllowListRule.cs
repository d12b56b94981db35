using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Rules;

internal sealed class EmptyAllowListRule() : PolicyRule("PK103", "EmptyAllowList", RuleSeverity.Error, RuleSources.Policy, "No profile has an empty list of allowed providers")
{
    public override string LooksAt => "Profiles that enforce a list of allowed AAGUIDs in which nothing is.";

    public override string Why => "An enforced empty list lets nothing in: nobody can register or use a passkey through such a profile.";

    public override string Fix => "Put the providers that are meant into the list, or do not enforce it.";

    public override Uri Source { get; } = new("https://learn.microsoft.com/entra/identity/authentication/how-to-authentication-passkeys-fido2");

    protected override IEnumerable<FindingResult> Judge(RuleContext context) => OrPass(
    [
        .. PolicyGaps.OfProfiles(context.Policy),
        .. from profile in context.Policy.Profile
           where profile is { Restriction: KeyRestrictionKind.Allow or KeyRestrictionKind.Unknown, AaGuid.Count: 0, UnreadableAaGuids: 0 }
           select profile.Restriction is KeyRestrictionKind.Unknown
               ? FindingResult.Unknown($"Whether '{profile.Name}' enforces a list of allowed providers is not known.")
               : Fail(profile.AsObject(), $"'{profile.Name}' allows no provider at all.", profile.IsImplied ? null : $"Set-PasskeyProfile {profile.Parameter()} -AddProvider '<provider>' -WhatIf"),
    ], "No profile enforces an empty list.");
}
