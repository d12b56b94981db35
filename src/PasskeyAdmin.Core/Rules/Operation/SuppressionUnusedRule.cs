using System;
using System.Collections.Generic;

namespace PasskeyAdmin.Rules;

internal sealed class SuppressionUnusedRule() : PolicyRule("PK001", "SuppressionUnused", RuleSeverity.Information, RuleSources.Policy, "Every suppression is needed")
{
    public override string LooksAt => "The entries of the suppression file, where one is given: those that silence nothing although their rule was judged, and those of rules that do not exist.";

    public override string Why => "A suppression that silences nothing waits to silence something that nobody has looked at.";

    public override string Fix => "Take the entry out of the file, or correct the rule or the object in it.";

    public override Uri Source { get; } = new("https://github.com/microsoft/PSRule");

    /// <summary>It is judged when all others are: see <see cref="RuleRun"/>.</summary>
    protected override IEnumerable<FindingResult> Judge(RuleContext context) => [];

    public FindingResult Result(Suppression suppression, string why) =>
        Fail(new FindingObject(FindingObjectKind.Suppression, suppression.Rule, suppression.Object is null ? suppression.Rule : $"{suppression.Rule}: {suppression.Object}", $"line {suppression.Line}"), $"The suppression in line {suppression.Line} {why}.");
}
