using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Rules;

internal sealed class MethodOffWithRegistrationsRule() : PolicyRule("PK116", "MethodOffWithRegistrations", RuleSeverity.Error, RuleSources.Report, "Passkeys are on where people have them")
{
    public override string LooksAt => "The state of the method, and whether the registration report shows passkeys.";

    public override string Why => "With the method off no registered passkey lets anybody in. Whoever has nothing else is locked out.";

    public override string Fix => "Switch the method on; to keep passkeys from some people, use targets and exclusions.";

    public override Uri Source { get; } = new("https://learn.microsoft.com/entra/identity/authentication/how-to-authentication-passkeys-fido2");

    protected override FindingResult? ByPolicyAlone(PasskeyPolicy policy) => policy.State is PolicyState.Enabled ? FindingResult.Pass("Passkeys are on.") : null;

    protected override IEnumerable<FindingResult> Judge(RuleContext context)
    {
        if (context.Policy.State is PolicyState.Unknown) return [FindingResult.Unknown("The policy has a state that this version does not know.")];
        var reported = context.People.Enabled.Where(p => (p.Methods & ReportedMethods.Passkeys) is not (null or ReportedMethods.None)).ToLookup(p => p.IsInDoubt);
        return OrPass(Found(context, RulePerson.AsObjects(reported[false]), [.. reported[true]]), "Passkeys are off, and nobody has one.");
    }

    /// <param name="doubtful">Somebody who removed something since may have no passkey any more.</param>
    private IEnumerable<FindingResult> Found(RuleContext context, IReadOnlyList<FindingObject> people, IReadOnlyList<RulePerson> doubtful)
    {
        if (people.Count > 0) yield return Fail(people, all => $"Passkeys are off, and {Count(all.Count, "user has", "users have")} one that lets nobody in: {NameLists.First(all.Select(p => p.Name))}.", "Set-PasskeyPolicy -State Enabled -WhatIf");
        if (doubtful.Count > 0) yield return PeopleNotKnown(context, doubtful, "whether these still have a passkey");
    }
}
