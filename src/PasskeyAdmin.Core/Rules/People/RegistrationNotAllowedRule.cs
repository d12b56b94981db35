using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Rules;

internal sealed class RegistrationNotAllowedRule() : PolicyRule("PK209", "RegistrationNotAllowed", RuleSeverity.Warning, RuleSources.Passkeys | RuleSources.Groups, "The policy lets registered passkeys in")
{
    public override string LooksAt => "Enabled users with a registered passkey that no profile of theirs lets in, or who are excluded.";

    public override string Why => "Such a passkey stays in the list of the user and does not open anything: sign-in fails with 135016, and nobody told the user why. Narrowing a profile makes many of them at once.";

    public override string Fix => "Widen a profile that the user has, or have an allowed passkey registered and the dead one removed. Undo-PasskeyPolicyChange takes back a change that was not meant.";

    public override Uri Source { get; } = new("https://learn.microsoft.com/entra/identity/authentication/how-to-authentication-passkeys-fido2");

    public override RuleSources Wishes => RuleSources.Report | RuleSources.Users;

    protected override FindingResult? ByPolicyAlone(PasskeyPolicy policy) => policy.State is PolicyState.Disabled ? FindingResult.NotApplicable("Passkeys are switched off (PK116).") : null;

    protected override IEnumerable<FindingResult> Judge(RuleContext context)
    {
        var holders = context.People.Enabled.Where(p => p.Passkeys is { Count: > 0 }).ToList();
        var dead = RulePerson.AsObjects(holders.Where(p => p.Passkeys!.Any(k => context.IsUsable(p, k) == false)), p => Details(context, p));
        var stuck = holders.Where(p => p.Passkeys!.Any(k => context.IsUsable(p, k) == false) && context.HasUsableMethod(p) == false).Select(p => p.Id.ToString()).ToList();
        HashSet<string> without = new(stuck, StringComparer.OrdinalIgnoreCase);
        var open = holders.Where(p => p.Passkeys!.Any(k => context.IsUsable(p, k) is null)).ToList();
        if (dead.Count > 0) yield return Fail(dead, all => Evidence(all, all.Count(p => without.Contains(p.Id!))), look: "Get-PasskeyRegistration");
        if (open.Count > 0) yield return PeopleNotKnown(context, open, "whether the passkeys of these are let in");
        if (context.People.Passkeys.Value > 0) yield return PasskeysUnread(context);
        if (dead.Count == 0 && open.Count == 0 && context.People.Passkeys.Value == 0) yield return holders.Count == 0 ? FindingResult.NotApplicable("No enabled user has a passkey.") : FindingResult.Pass($"All passkeys of {Count(holders.Count, "user", "users")} are let in.");
    }

    private static string Details(RuleContext context, RulePerson person) =>
        string.Join(", ", person.Passkeys!.Where(k => context.IsUsable(person, k) == false).Select(k => $"{context.ModelOf(k)} ({k.TypeName})").Distinct());

    private static string Evidence(IReadOnlyList<FindingObject> people, int without) =>
        $"{Count(people.Count, "user has", "users have")} a passkey that the policy does not let in: {NameLists.First(people.Select(p => $"{p.Name} ({p.Detail})"))}.{(without > 0 ? $" {without:N0} of them {(without == 1 ? "has" : "have")} no other phishing-resistant method." : "")}";
}
