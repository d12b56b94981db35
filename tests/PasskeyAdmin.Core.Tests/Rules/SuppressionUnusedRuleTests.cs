using System;
using PasskeyAdmin.Rules;

namespace PasskeyAdmin.Core.Tests.Rules;

/// <summary>What it finds is found when all other rules are judged: see <see cref="RuleRunTests"/>.</summary>
public sealed class SuppressionUnusedRuleTests
{
    [Fact]
    public void It_says_nothing_by_itself() => Assert.Empty(RuleFacts.Good().Results("PK001"));

    [Theory]
    [InlineData("PK102", null, "PK102")]
    [InlineData("PK102", "Synced\u001b pilot", "PK102: Synced\uFFFD pilot")]
    public void A_result_names_the_entry_and_its_line(string rule, string? thing, string name)
    {
        var result = new SuppressionUnusedRule().Result(new Suppression(rule, thing, "x", null, null, 12), "is late");
        var subject = Assert.Single(result.Objects);
        Assert.Equal((RuleOutcome.Fail, "The suppression in line 12 is late."), (result.Outcome, result.Evidence));
        Assert.Equal((FindingObjectKind.Suppression, name, "line 12"), (subject.Kind, subject.Name, subject.Detail));
        Assert.StartsWith("Take the entry out", result.Fix, StringComparison.Ordinal);
    }
}
