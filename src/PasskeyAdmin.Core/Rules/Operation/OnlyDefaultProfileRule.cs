using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Rules;

internal sealed class OnlyDefaultProfileRule() : PolicyRule("PK404", "OnlyDefaultProfile", RuleSeverity.Information, RuleSources.Policy, "Groups get the passkeys that suit them")
{
    public override string LooksAt => "Whether everybody is on the default profile.";

    public override string Why => "One profile for all cannot be strict for administrators and easy for everybody else, and every change hits the whole tenant at once. Microsoft advises profiles by group, rolled out step by step.";

    public override string Fix => "Make a profile for administrators and one for a pilot, and target groups.";

    public override Uri Source { get; } = new("https://learn.microsoft.com/entra/identity/authentication/how-to-synced-passkeys");

    protected override IEnumerable<FindingResult> Judge(RuleContext context)
    {
        var policy = context.Policy;
        if (policy.ProfilesEnrolled is not ProfileEnrolment.Yes) return [FindingResult.NotApplicable("The tenant is not enrolled in passkey profiles.")];
        if (PolicyGaps.OfUses(policy).FirstOrDefault() is { } gap) return [gap];
        var targets = policy.Target.Where(t => t.Status is not TargetStatus.NotFound).ToList();
        if (targets.Count == 0) return [FindingResult.NotApplicable("Nobody is targeted.")];
        if (policy.DefaultProfileId is not { } profile) return [FindingResult.Unknown("The policy does not say which profile is the default one.")];
        if (targets.Exists(t => t.ProfileId.Any(id => !id.Equals(profile, StringComparison.OrdinalIgnoreCase)))) return [FindingResult.Pass("Not everybody is on the default profile.")];
        return targets.Exists(t => t.Kind is TargetKind.AllUsers) ? [Fail("All users are on the default profile, and nobody has another one.", "Get-PasskeyProfileTemplate")] : [FindingResult.Pass("Groups are targeted one by one.")];
    }
}
