using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Rules;

internal sealed class DeletedTargetRule() : PolicyRule("PK107", "DeletedTarget", RuleSeverity.Warning, RuleSources.Groups, "Targets and exclusions are in the directory")
{
    public override string LooksAt => "Targets and exclusions whose group or user is not in the directory any more.";

    public override string Why => "A deleted target reaches nobody. A deleted exclusion shuts nobody out any more: whoever was kept from passkeys may use them now.";

    public override string Fix => "Take it out; where the people are still meant, target the group that they are in now.";

    public override Uri Source { get; } = new("https://learn.microsoft.com/entra/identity/authentication/how-to-authentication-passkeys-fido2");

    protected override IEnumerable<FindingResult> Judge(RuleContext context) => OrPass(Found(context.Policy), "All targets and exclusions are in the directory.");

    private IEnumerable<FindingResult> Found(PasskeyPolicy policy)
    {
        foreach (var gap in PolicyGaps.OfTargets(policy).Concat(PolicyGaps.OfExclusions(policy))) yield return gap;
        foreach (var target in policy.Target.Where(t => t.Status is TargetStatus.NotFound))
            yield return Fail(target.AsObject(), $"The target {target.DisplayName}{target.UsedFor(" of ")} reaches nobody.", $"Remove-PasskeyProfileTarget -Group {CommandText.Quote(target.Id)} -WhatIf");
        foreach (var exclusion in policy.Exclusion.Where(e => e.Status is TargetStatus.NotFound))
            yield return Fail(exclusion.AsObject(), $"The exclusion {exclusion.DisplayName} shuts out nobody.", $"Set-PasskeyPolicy -RemoveExcludedGroup {CommandText.Quote(exclusion.Id)} -WhatIf");
        var unread = policy.Target.Where(t => t.Status is TargetStatus.NotRead).Select(t => t.DisplayName).Concat(policy.Exclusion.Where(e => e.Status is TargetStatus.NotRead).Select(e => e.DisplayName)).ToList();
        if (unread.Count > 0) yield return FindingResult.Unknown($"Whether these are in the directory could not be read: {NameLists.First(unread)}.");
    }
}
