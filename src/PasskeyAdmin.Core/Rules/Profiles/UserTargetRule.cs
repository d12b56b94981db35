using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Rules;

internal sealed class UserTargetRule() : PolicyRule("PK109", "UserTarget", RuleSeverity.Information, RuleSources.Policy, "Targets are groups")
{
    public override string LooksAt => "Targets and exclusions that are a single user.";

    public override string Why => "Microsoft supports groups; single users are a rest of older policies, which nobody who looks at groups will find.";

    public override string Fix => "Put the user into a group and target the group.";

    public override Uri Source { get; } = new("https://learn.microsoft.com/graph/api/resources/passkeyauthenticationmethodtarget");

    protected override IEnumerable<FindingResult> Judge(RuleContext context) => OrPass(
    [
        .. PolicyGaps.OfTargets(context.Policy),
        .. PolicyGaps.OfExclusions(context.Policy),
        .. context.Policy.Target.Where(t => t.Kind is TargetKind.User).Select(t => Fail(t.AsObject(), $"{t.DisplayName} is targeted as a user{t.UsedFor(", for ")}.", $"Get-PasskeyEffectivePolicy {CommandText.Quote(t.Id)}")),
        .. context.Policy.Exclusion.Where(e => e.Kind is TargetKind.User).Select(e => Fail(e.AsObject(), $"{e.DisplayName} is excluded as a user.", $"Get-PasskeyEffectivePolicy {CommandText.Quote(e.Id)}")),
        .. context.Policy.Target.Where(t => t.Kind is TargetKind.Unknown).Select(t => NotKnown(t.DisplayName)),
        .. context.Policy.Exclusion.Where(e => e.Kind is TargetKind.Unknown).Select(e => NotKnown(e.DisplayName)),
    ], "All targets and exclusions are groups, or all users.");

    private static FindingResult NotKnown(string shown) => FindingResult.Unknown($"Whether {shown} is a group or a user is not known.");
}
