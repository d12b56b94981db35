using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Rules;

internal sealed class TemporaryAccessPassRule() : PolicyRule("PK214", "TemporaryAccessPass", RuleSeverity.Warning, RuleSources.Methods | RuleSources.Groups | RuleSources.Users, "A Temporary Access Pass can let everybody in again")
{
    public override string LooksAt => "Whether passes are on, for whom, and from whom they are kept; guests are left out.";

    public override string Why => "Whoever has lost the only passkey, or has none yet, gets in with a pass and registers one. Without it, the way in is a weaker method that somebody else can use, too.";

    public override string Fix => "Switch the pass on for all users, and take groups out of its exclusions: Entra admin centre > Entra ID > Authentication methods > Policies > Temporary Access Pass.";

    public override Uri Source { get; } = new("https://learn.microsoft.com/entra/identity/authentication/howto-authentication-temporary-access-pass");

    protected override IEnumerable<FindingResult> Judge(RuleContext context)
    {
        if (context.TemporaryAccessPass.Reason is { } reason) return [FindingResult.Unknown(reason)];
        var method = context.TemporaryAccessPass.Value.Method;
        if (method.State is PolicyState.Disabled) return [Fail("Passes are off: whoever has no other method cannot be let in to register a passkey.")];
        if (method is not { State: PolicyState.Enabled, Targets: { } targets, Exclusions: { } exclusions }) return [FindingResult.Unknown("Microsoft Graph does not say whether passes are on, and for whom.")];
        var groups = context.Groups.Value;
        var results = new List<FindingResult>();
        foreach (var exclusion in exclusions.Where(e => e.Status is not TargetStatus.NotFound))
        {
            if (exclusion.Kind is TargetKind.AllUsers) results.Add(Fail("Passes are on, and all users are excluded."));
            else if (groups.UsersOf(exclusion.Id) is not { } users) results.Add(FindingResult.Unknown($"Who is in {exclusion.Shown}, which is excluded from passes, could not be read."));
            else if (users.Count(u => context.People.Find(u) is { IsGuest: not true, IsEnabled: not false }) is > 0 and var count)
                results.Add(Fail(new FindingObject(FindingObjectKind.Exclusion, exclusion.Id, exclusion.Shown, Count(count, "user", "users")), $"{exclusion.Shown} is excluded from passes: {Count(count, "user", "users")} cannot be let in again after losing a passkey."));
        }
        if (!targets.Any(t => t.Kind is TargetKind.AllUsers)) results.AddRange(NotReached(context, targets));
        return results.Count > 0 ? results : [FindingResult.Pass("Passes are on for everybody.")];
    }

    private IEnumerable<FindingResult> NotReached(RuleContext context, IReadOnlyList<MethodTarget> targets)
    {
        var reached = new HashSet<Guid>();
        foreach (var target in targets.Where(t => t.Status is not TargetStatus.NotFound))
        {
            if (context.Groups.Value.UsersOf(target.Id) is not { } users)
            {
                yield return FindingResult.Unknown($"Who is in {target.Shown}, which passes are for, could not be read.");
                yield break;
            }
            reached.UnionWith(users);
        }
        var missing = context.People.Enabled.Where(p => p.IsGuest != true && !reached.Contains(p.Id)).OrderBy(p => p.Shown, StringComparer.OrdinalIgnoreCase).ToList();
        if (missing.Count > 0) yield return Fail(targets.Count == 0 ? "Passes are on, and for nobody." : $"Passes are for {NameLists.First(targets.Select(t => t.Shown))} only: {Count(missing.Count, "user is", "users are")} in none of these, such as {DisplayText.Neutralise(missing[0].Shown)}.");
    }
}
