using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Access;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Rules;

internal sealed class StrengthOutOfReachRule() : PolicyRule("PK301", "StrengthOutOfReach", RuleSeverity.Error, RuleSources.Access | RuleSources.Groups | RuleSources.Users | RuleSources.Roles, "What a strength demands can be registered")
{
    public override string LooksAt => "Authentication strengths with a list of AAGUIDs, against the profiles of the people whom an enabled or report-only Conditional Access policy demands it of; of everybody where none does.";

    public override string Why => "A model that no profile lets the same people register opens nothing: at the sign-in they are asked to register a passkey, and the button leads nowhere.";

    public override string Fix => "Allow the model in a profile of these people, or take it out of the strength.";

    public override Uri Source { get; } = new("https://learn.microsoft.com/entra/identity/authentication/concept-authentication-strength-advanced-options");

    protected override IEnumerable<FindingResult> Judge(RuleContext context)
    {
        var access = context.Access.Value;
        var listed = access.Strengths.Where(s => s is { TakesPasskeys: true, AaGuids: not null }).ToList();
        if (listed.Count == 0) return [FindingResult.NotApplicable("No strength has a list of AAGUIDs.")];
        return OrPass(listed.SelectMany(s => Look(context, s, [.. access.Policies.Where(p => p.State is AccessState.Enabled or AccessState.ReportOnly && s.Id.Equals(p.StrengthId, StringComparison.OrdinalIgnoreCase))])), $"Each AAGUID of {Count(listed.Count, "strength", "strengths")} can be registered.");
    }

    private IEnumerable<FindingResult> Look(RuleContext context, AuthenticationStrength strength, IReadOnlyList<ConditionalAccessPolicy> policies)
    {
        var judged = context.People.Enabled.Where(p => p.IsGuest != true).Select(p => (Person: p, Is: IsMeant(context, policies, p))).ToList();
        var (people, isOpen) = (judged.Where(j => j.Is == true).Select(j => j.Person).ToList(), judged.Exists(j => j.Is is null));
        var name = DisplayText.Neutralise(strength.Name);
        if (people.Count == 0)
        {
            if (isOpen) yield return FindingResult.Unknown($"Of whom '{name}' is demanded is not known: the members of a group could not be read.");
            else yield return FindingResult.NotApplicable($"'{name}' is demanded of nobody.");
            yield break;
        }
        if (strength.HasUnreadableAaGuids) yield return FindingResult.Unknown($"'{name}' has entries that are no AAGUIDs.");
        var kinds = people.GroupBy(p => p.Number).Select(g => g.First()).ToList();
        var missing = strength.AaGuids!.Where(a => kinds.All(k => May(context, k, a) == false)).ToList();
        var unsure = strength.AaGuids!.Where(a => !missing.Contains(a) && kinds.All(k => May(context, k, a) != true) && kinds.Exists(k => May(context, k, a) is null)).ToList();
        if (missing.Count > 0 && isOpen) yield return FindingResult.Unknown($"Of whom '{name}' is demanded is not known as a whole: the members of a group could not be read.");
        else if (missing.Count > 0)
        {
            var names = Names(context, missing);
            var whom = policies.Count > 0 ? $"Nobody of whom {NameLists.First(policies.Select(p => $"'{DisplayText.Neutralise(p.Name)}'"))} {(policies.Count == 1 ? "demands" : "demand")} it" : "Nobody";
            yield return Fail(strength.AsObject(), $"'{name}' names {NameLists.First(names)}. {whom} has a profile that lets {(names.Count == 1 ? "it" : "them")} be registered.{(missing.Count == strength.AaGuids!.Count && strength.Combinations.Count == 1 ? " Nobody can fulfil it." : "")}", "Get-PasskeyProfile");
        }
        if (unsure.Count > 0) yield return FindingResult.Unknown($"Whether {NameLists.First(Names(context, unsure))}, which '{name}' names, can be registered is not known: a group could not be read, or a profile not be understood.");
    }

    private static IReadOnlyList<string> Names(RuleContext context, IEnumerable<Guid> aaGuids) => [.. aaGuids.Select(a => context.Catalog.Find(a) is { IsKnown: true } provider ? provider.Name : a.ToString()).Distinct()];

    private static bool? IsMeant(RuleContext context, IReadOnlyList<ConditionalAccessPolicy> policies, RulePerson person)
    {
        if (policies.Count == 0) return true;
        bool? any = false;
        foreach (var policy in policies) any |= AccessDemand.IsFor(policy, person, context.Groups.Value, context.Roles.Value);
        return any;
    }

    /// <summary>With attestation it hangs on the model, which is for the maker to say: here it has one.</summary>
    private static bool? May(RuleContext context, RulePerson person, Guid aaGuid)
    {
        bool? any = false;
        foreach (var model in context.Evaluator.PossibilitiesOf(new PasskeyTraits(ModelReach.TypeOf(context.Catalog, aaGuid), aaGuid))) any |= context.Evaluator.MayRegister(context.MembershipOf(person), model, isAttested: true);
        return any;
    }
}
