using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Rules;

internal sealed class ExclusionOfTargetedRule() : PolicyRule("PK111", "ExclusionOfTargeted", RuleSeverity.Error, RuleSources.Groups | RuleSources.Users, "No exclusion shuts out people who are targeted")
{
    public override string LooksAt => "Enabled users who are in an excluded group and in a group that is targeted. Whoever is targeted only as one of all users is not accused.";

    public override string Why => "An exclusion wins over every target, at sign-in as well: such a user registered a passkey, perhaps, and cannot sign in with it (135016).";

    public override string Fix => "Take the user out of the excluded group, or out of the targeted one.";

    public override Uri Source { get; } = new("https://learn.microsoft.com/entra/identity/authentication/how-to-authentication-passkeys-fido2");

    protected override FindingResult? ByPolicyAlone(PasskeyPolicy policy) => policy.Exclusion.Count == 0 && policy.AreExclusionsKnown ? FindingResult.Pass("Nobody is excluded.") : null;

    protected override IEnumerable<FindingResult> Judge(RuleContext context)
    {
        var (policy, groups) = (context.Policy, context.Groups.Value);
        var targets = policy.Target.Where(t => t.Kind is not TargetKind.AllUsers && t.Status is not TargetStatus.NotFound).ToList();
        var shutsOut = policy.Exclusion.Any(e => e.Status is not TargetStatus.NotFound && groups.UsersOf(e.Id) is { Count: > 0 });
        return OrPass(
        [
            .. PolicyGaps.OfExclusions(policy),
            .. PolicyGaps.OfTargets(policy),
            .. from exclusion in policy.Exclusion
               where exclusion.Status is not TargetStatus.NotFound
               let result = Look(context, exclusion, targets)
               where result is not null
               select result,
            .. from target in targets
               where shutsOut && groups.UsersOf(target.Id) is null
               select FindingResult.Unknown($"Who is in {target.DisplayName} could not be read. {groups.WhyUnread(target.Id)}"),
        ], "Nobody is both targeted and excluded.");
    }

    private FindingResult? Look(RuleContext context, PasskeyExclusion exclusion, IReadOnlyList<PasskeyProfileTarget> targets)
    {
        var groups = context.Groups.Value;
        if (exclusion.Kind is TargetKind.AllUsers) return Fail(exclusion.AsObject(), "All users are excluded: nobody can register or use a passkey.");
        if (groups.UsersOf(exclusion.Id) is not { } excluded) return FindingResult.Unknown($"Who is in {exclusion.DisplayName} could not be read. {groups.WhyUnread(exclusion.Id)}");
        HashSet<Guid> shutOut = [.. excluded];
        var targetsOf = new Dictionary<Guid, List<string>>();
        foreach (var target in targets)
        {
            foreach (var user in (groups.UsersOf(target.Id) ?? []).Where(shutOut.Contains))
            {
                if (!targetsOf.TryGetValue(user, out var names)) targetsOf.Add(user, names = []);
                names.Add(target.DisplayName);
            }
        }
        var people = RulePerson.AsObjects(targetsOf.Keys.Select(context.People.Find).OfType<RulePerson>().Where(p => p.IsEnabled != false), p => $"targeted by {NameLists.And(targetsOf[p.Id])}");
        return people.Count == 0 ? null
            : Fail([exclusion.AsObject(), .. people], all => Evidence(exclusion, [.. all.Where(o => o.Kind is FindingObjectKind.User)]), look: "Get-PasskeyEffectivePolicy");
    }

    private static string Evidence(PasskeyExclusion exclusion, IReadOnlyList<FindingObject> people) =>
        $"{exclusion.DisplayName} is excluded, and shuts out {Count(people.Count, "user who is", "users who are")} targeted: {NameLists.First(people.Select(p => $"{p.Name} ({p.Detail})"))}.";
}
