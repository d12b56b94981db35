using System.Linq;
using PasskeyAdmin.Rules;

namespace PasskeyAdmin.Core.Tests.Rules;

public sealed class GoodTenantTests
{
    [Fact]
    public void Nothing_is_wrong_where_everything_is_right() =>
        Assert.Empty(PolicyRules.All.Where(r => r is not SuppressionUnusedRule).SelectMany(r => r.Evaluate(RuleFacts.Good().Build()), (rule, result) => (rule.Id, result)).Where(r => r.result.Outcome is RuleOutcome.Fail or RuleOutcome.Unknown).Select(r => $"{r.Id}: {r.result.Evidence}"));
}
