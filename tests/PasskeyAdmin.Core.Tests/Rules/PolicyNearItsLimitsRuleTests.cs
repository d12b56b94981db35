using System;
using System.Collections.Generic;

namespace PasskeyAdmin.Core.Tests.Rules;

public sealed class PolicyNearItsLimitsRuleTests
{
    private static readonly Dictionary<string, Action<RuleFacts>> Cases = new()
    {
        ["as it should be"] = _ => { },
        ["nine profiles"] = f => Add(f, 6),
        ["many"] = f => Add(f, 9),
        ["eight"] = f => Add(f, 5),
        ["four"] = f => Add(f, 1),
        ["near: three"] = _ => { },
        ["full of targets"] = f => Fill(f, 75),
        ["full, four profiles"] = f => Fill(Add(f, 1), 75),
        ["full, nine profiles"] = f => Fill(Add(f, 6), 75),
        ["near: half full"] = f => Fill(f, 30),
        ["profiles named and not listed"] = f => f.Lacks("passkeyProfiles"),
        ["full, profiles named and not listed"] = f => Fill(f, 80).Lacks("passkeyProfiles"),
        ["a file"] = f => Add(f, 6).IsFile = true,
        ["not enrolled"] = f => f.IsNotEnrolled(),
    };

    [Theory]
    [InlineData("as it should be", "Pass", "")]
    [InlineData("nine profiles", "Fail", "")]
    [InlineData("many", "Fail", "")]
    [InlineData("eight", "Fail", "")]
    [InlineData("four", "Fail", "")]
    [InlineData("near: three", "Pass", "")]
    [InlineData("full of targets", "Fail", "")]
    [InlineData("full, four profiles", "Fail, Fail", "")]
    [InlineData("full, nine profiles", "Fail, Fail", "")]
    [InlineData("near: half full", "Pass", "")]
    [InlineData("profiles named and not listed", "Unknown", "")]
    [InlineData("full, profiles named and not listed", "Fail, Unknown", "")]
    [InlineData("a file", "Fail", "")]
    [InlineData("not enrolled", "Pass", "")]
    public void A_tenant(string state, string outcomes, string subjects)
    {
        var facts = RuleFacts.Good();
        Cases[state](facts);
        Assert.Equal((outcomes, subjects), facts.Judge("PK112"));
    }

    [Fact]
    public void The_number_of_profiles_is_said_with_both_of_Microsofts_limits() =>
        Assert.Equal("The policy has 9 profiles. The documentation allows 3, the portal announces 10 as the most. > Get-PasskeyProfile", Add(RuleFacts.Good(), 6).Said("PK112"));

    [Theory]
    [InlineData(92, 93)]
    [InlineData(104, 104)]
    public void The_size_is_said_in_per_cent(int atLeast, int percent)
    {
        var facts = RuleFacts.Good();
        while (facts.Build().Policy.SizePercent < atLeast) Fill(facts, 1);
        Assert.Matches($"^The policy takes about {percent} % of its 20.480 bytes \\(estimated\\)\\. > Get-PasskeyProfileTarget \\| Sort-Object Size -Descending$", facts.Said("PK112"));
    }

    [Fact]
    public void A_file_is_as_full_as_a_tenant_at_ninety_per_cent()
    {
        var facts = RuleFacts.Good();
        while (facts.Judge("PK112") == ("Pass", "")) Fill(facts, 1);
        Assert.InRange(facts.Build().Policy.SizePercent, 90, 91.5);
    }

    private static RuleFacts Add(RuleFacts facts, int count)
    {
        for (var i = 0; i < count; i++) facts.Profile($"more-{i}", "deviceBound");
        return facts;
    }

    private static RuleFacts Fill(RuleFacts facts, int count)
    {
        for (var i = 0; i < count; i++) facts.Target($"g-{facts.Targets.Count}", "default");
        return facts;
    }
}
