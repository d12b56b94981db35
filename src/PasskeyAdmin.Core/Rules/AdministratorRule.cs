using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Rules;

/// <summary>A rule that finds administrators, one by one. (Emergency accounts have rules of their own.)</summary>
/// <param name="needs">Beside roles, users and passkeys.</param>
internal abstract class AdministratorRule(string id, string name, RuleSeverity severity, RuleSources needs, string title) : PolicyRule(id, name, severity, RuleSources.Roles | RuleSources.Users | RuleSources.Passkeys | needs, title)
{
    public override RuleSources Wishes => RuleSources.Emergency;

    /// <summary>What is found, as it goes on after a number of one or more.</summary>
    protected abstract (string One, string Many) Found { get; }

    /// <summary>What is not known, as it goes on after "It is not known".</summary>
    protected abstract string Open { get; }

    /// <summary>Null where it is not known.</summary>
    protected abstract bool? IsFound(RuleContext context, RulePerson person);

    /// <param name="count">How many administrators there are.</param>
    protected abstract string Passed(int count);

    protected sealed override IEnumerable<FindingResult> Judge(RuleContext context)
    {
        var judged = context.Administrators().Select(p => (Person: p, Is: IsFound(context, p))).ToList();
        var found = RulePerson.AsObjects(judged.Where(j => j.Is == true).Select(j => j.Person), p => context.Roles.Value.RolesOf(p.Id));
        var open = judged.Where(j => j.Is is null).Select(j => j.Person).ToList();
        if (found.Count > 0) yield return Fail(found, all => $"{Count(all.Count, Found.One, Found.Many)}: {NameLists.First(all.Select(a => $"{a.Name} ({a.Detail})"))}.", look: "Get-PasskeyRegistration");
        if (open.Count > 0) yield return PeopleNotKnown(context, open, Open);
        if (found.Count == 0 && open.Count == 0) yield return judged.Count == 0 ? NoAdministrators : FindingResult.Pass(Passed(judged.Count));
    }
}
