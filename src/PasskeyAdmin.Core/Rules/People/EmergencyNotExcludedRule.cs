using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Rules;

internal sealed class EmergencyNotExcludedRule() : PolicyRule("PK207", "EmergencyNotExcluded", RuleSeverity.Error, RuleSources.Emergency | RuleSources.Access | RuleSources.Roles, "Conditional Access leaves emergency accounts out")
{
    public override string LooksAt => "Enabled Conditional Access policies that are for an emergency account, by name, group, role or as one of all users, and do not exclude it.";

    public override string Why => "An emergency account is for the day on which a policy shuts everybody out by mistake. A policy that holds for it shuts it out, too.";

    public override string Fix => "Exclude the emergency accounts from the policy, best with one group for all policies.";

    public override Uri Source { get; } = new("https://learn.microsoft.com/entra/identity/role-based-access-control/security-emergency-access");

    protected override IEnumerable<FindingResult> Judge(RuleContext context)
    {
        var emergency = context.Emergency.Value;
        var enabled = context.Access.Value.Policies.Where(p => p.IsEnabled).ToList();
        if (enabled.Count == 0) return [FindingResult.NotApplicable("No Conditional Access policy is enabled.")];
        var results = new List<FindingResult>();
        foreach (var policy in enabled)
        {
            var judged = emergency.Accounts.Select(a => (Account: a, Is: AccessDemand.IsFor(policy.Users, a.Id, isGuest: false, g => a.Groups?.Any(i => i.Id.Equals(g, StringComparison.OrdinalIgnoreCase)), context.Roles.Value))).ToList();
            var found = judged.Where(j => j.Is == true).Select(j => j.Account.AsObject($"not excluded from {DisplayText.Neutralise(policy.Name)}")).ToList();
            if (found.Count > 0) results.Add(Fail([policy.AsObject(), .. found], all => $"'{DisplayText.Neutralise(policy.Name)}' does not exclude {NameLists.First(all.Where(o => o.Kind is FindingObjectKind.User).Select(a => a.Name))}.{emergency.Basis}"));
            var open = judged.Where(j => j.Is is null).Select(j => DisplayText.Neutralise(j.Account.Shown)).ToList();
            if (open.Count > 0) results.Add(FindingResult.Unknown($"Whether '{DisplayText.Neutralise(policy.Name)}' is for {NameLists.First(open)} is not known: {(open.Count == 1 ? "its" : "their")} groups could not be read."));
        }
        return results.Count > 0 ? results : [FindingResult.Pass($"{Count(enabled.Count, "enabled policy leaves", "enabled policies leave")} out {NameLists.First(emergency.Accounts.Select(a => DisplayText.Neutralise(a.Shown)))}.{emergency.Basis}")];
    }
}
