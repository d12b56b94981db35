using System;
using System.Collections.Generic;

namespace PasskeyAdmin.Core.Tests.Rules;

public sealed class LogsReadableRuleTests
{
    private static readonly Dictionary<string, Action<RuleFacts>> Cases = new()
    {
        ["as it should be"] = _ => { },
        ["no premium licence"] = f => (f.People.Report, f.People.HasNoPremiumLicence) = (Reading<DateTimeOffset>.NotRead("No licence."), true),
        ["near: the report is not allowed"] = f => f.People.Report = Reading<DateTimeOffset>.NotRead("No rights."),
        ["the audit log does not answer"] = f => f.AuditLog = Reading<bool>.NotRead("No rights."),
        ["near: the report was read, though others have no licence"] = f => f.People.HasNoPremiumLicence = true,
        ["a file"] = f => f.IsFile = true,
        ["not enrolled"] = f => f.IsNotEnrolled(),
    };

    [Theory]
    [InlineData("as it should be", "Pass", "")]
    [InlineData("no premium licence", "Fail", "")]
    [InlineData("near: the report is not allowed", "Unknown", "")]
    [InlineData("the audit log does not answer", "Unknown", "")]
    [InlineData("near: the report was read, though others have no licence", "Pass", "")]
    [InlineData("a file", "NotApplicable", "")]
    [InlineData("not enrolled", "Pass", "")]
    public void A_tenant(string state, string outcomes, string subjects)
    {
        var facts = RuleFacts.Good();
        Cases[state](facts);
        Assert.Equal((outcomes, subjects), facts.Judge("PK401"));
    }

    [Fact]
    public void Where_the_report_is_not_allowed_it_says_why_and_what_to_do()
    {
        var facts = RuleFacts.Good();
        facts.People.Report = Reading<DateTimeOffset>.NotRead("No rights.");
        var result = Assert.Single(facts.Results("PK401"));
        Assert.Equal(("No rights.", "Test-PasskeyPrerequisite"), (result.Evidence, result.Command));
        Assert.Contains("AuditLog.Read.All", result.Fix, StringComparison.Ordinal);
    }
}
