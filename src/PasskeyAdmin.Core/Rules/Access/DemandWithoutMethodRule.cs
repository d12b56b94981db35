using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Rules;

internal sealed class DemandWithoutMethodRule() : PolicyRule("PK304", "DemandWithoutMethod", RuleSeverity.Error, RuleSources.Access | RuleSources.Groups | RuleSources.Roles | RuleSources.Users | RuleSources.Passkeys, "Whoever must sign in phishing-resistant can")
{
    public override string LooksAt => "Enabled Conditional Access policies with a phishing-resistant strength, and the enabled users whom they are for who have no method that fulfils it and that the passkey policy lets in. Guests bring the methods of their own tenant and are left out, as are policies that hold at a risk only or for special ways of signing in. Where a policy is for some platforms, places or devices, the evidence says so.";

    public override string Why => "These users cannot sign in to what the policy is for (53003).";

    public override string Fix => "Let these users register what the strength takes, with a Temporary Access Pass where they have nothing; until then set the policy to report-only or exclude them.";

    public override Uri Source { get; } = new("https://learn.microsoft.com/entra/identity/authentication/how-to-deploy-phishing-resistant-passwordless-authentication");

    public override RuleSources Wishes => RuleSources.Report;

    protected override IEnumerable<FindingResult> Judge(RuleContext context)
    {
        var demands = AccessDemand.Of(context.Access.Value).ToList();
        var unclear = UnclearDemands(context).ToList();
        return demands.Count + unclear.Count == 0 ? [FindingResult.NotApplicable("No enabled policy demands a phishing-resistant strength.")] : OrPass([.. unclear, .. demands.SelectMany(d => Look(context, d))], $"{demands.Count} {(demands.Count == 1 ? "policy demands" : "policies demand")} a phishing-resistant sign-in, and everybody concerned can.");
    }

    private IEnumerable<FindingResult> Look(RuleContext context, AccessDemand demand)
    {
        var (without, open, all) = (new List<RulePerson>(), new List<RulePerson>(), 0);
        foreach (var person in context.People.Enabled.Where(p => p.IsGuest != true))
        {
            var isFor = AccessDemand.IsFor(demand.Policy, person, context.Groups.Value, context.Roles.Value);
            if (isFor == false) continue;
            var fulfils = demand.IsFulfilledBy(person, context);
            if (isFor == true) all++;
            if (isFor == true && fulfils == false) without.Add(person);
            else if (fulfils != true) open.Add(person);
        }
        var (name, count) = (DisplayText.Neutralise(demand.Policy.Name), all);
        var people = RulePerson.AsObjects(without);
        if (people.Count > 0) yield return Fail([demand.Policy.AsObject(), .. people], o => Evidence($"'{name}' demands '{DisplayText.Neutralise(demand.Strength.Name)}'{demand.Condition}", [.. o.Where(p => p.Kind is FindingObjectKind.User)], count), look: "Get-PasskeyRegistration");
        if (open.Count > 0) yield return PeopleNotKnown(context, open, $"whether these can fulfil what '{name}' demands");
    }

    private static string Evidence(string demand, IReadOnlyList<FindingObject> people, int all) =>
        $"{demand} of {Count(all, "user", "users")}, and {people.Count:N0} of them {(people.Count == 1 ? "has" : "have")} no method that fulfils it and works: {NameLists.First(people.Select(p => p.Name))}.";
}
