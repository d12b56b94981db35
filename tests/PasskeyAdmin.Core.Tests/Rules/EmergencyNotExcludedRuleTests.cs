using System;
using System.Collections.Generic;
using PasskeyAdmin.Access;
using PasskeyAdmin.Rules;

namespace PasskeyAdmin.Core.Tests.Rules;

public sealed class EmergencyNotExcludedRuleTests
{
    private static readonly Dictionary<string, Action<RuleFacts>> Cases = new()
    {
        ["no policy"] = _ => { },
        ["excluded by name"] = f => f.With(RuleFacts.Demand()),
        ["forgotten"] = f => f.With(RuleFacts.Demand() with { Users = new AccessUsers { IncludeUsers = ["All"] } }),
        ["included by name"] = f => f.With(RuleFacts.Demand() with { Users = new AccessUsers { IncludeUsers = [RuleFacts.Id("exit")] } }),
        ["included by group"] = f => f.With(RuleFacts.Demand() with { Users = new AccessUsers { IncludeGroups = [RuleFacts.Id("admins")] } }),
        ["included by role"] = f => f.With(RuleFacts.Demand() with { Users = new AccessUsers { IncludeRoles = [RuleFacts.GlobalAdministrator] } }),
        ["another group is excluded"] = f => f.With(RuleFacts.Demand() with { Users = new AccessUsers { IncludeUsers = ["All"], ExcludeGroups = [RuleFacts.Id("staff")] } }),
        ["forgotten in one of two"] = f => f.With(RuleFacts.Demand()).With(RuleFacts.Demand("second") with { Users = new AccessUsers { IncludeUsers = ["All"] } }),
        ["one of two accounts is forgotten"] = f => f.Person("exit2", [], []).IsEmergency("exit2").With(RuleFacts.Demand()),
        ["forgotten in what blocks at a risk"] = f => f.With(RuleFacts.Demand() with { Users = new AccessUsers { IncludeUsers = ["All"] }, IsAboutRisk = true, StrengthId = null, Controls = ["block"] }),
        ["near: excluded by group"] = f => f.With(RuleFacts.Demand() with { Users = new AccessUsers { IncludeUsers = ["All"], ExcludeGroups = [RuleFacts.Id("admins")] } }),
        ["near: excluded by role"] = f => f.With(RuleFacts.Demand() with { Users = new AccessUsers { IncludeUsers = ["All"], ExcludeRoles = [RuleFacts.GlobalAdministrator] } }),
        ["near: included by name, excluded by group"] = f => f.With(RuleFacts.Demand() with { Users = new AccessUsers { IncludeUsers = [RuleFacts.Id("exit")], ExcludeGroups = [RuleFacts.Id("admins")] } }),
        ["near: for another role"] = f => f.With(RuleFacts.Demand() with { Users = new AccessUsers { IncludeRoles = [RuleFacts.UserAdministrator] } }),
        ["near: for another group"] = f => f.With(RuleFacts.Demand() with { Users = new AccessUsers { IncludeGroups = [RuleFacts.Id("staff")] } }),
        ["near: for guests"] = f => f.With(RuleFacts.Demand() with { Users = new AccessUsers { IncludeUsers = ["GuestsOrExternalUsers"] } }),
        ["near: for nobody"] = f => f.With(RuleFacts.Demand() with { Users = new AccessUsers { IncludeUsers = ["None"] } }),
        ["near: reports only"] = f => f.With(RuleFacts.Demand() with { Users = new AccessUsers { IncludeUsers = ["All"] }, State = AccessState.ReportOnly }),
        ["near: disabled"] = f => f.With(RuleFacts.Demand() with { Users = new AccessUsers { IncludeUsers = ["All"] }, State = AccessState.Disabled }),
        ["groups not read, and a group is included"] = f => Unread(f).With(RuleFacts.Demand() with { Users = new AccessUsers { IncludeGroups = [RuleFacts.Id("admins")] } }),
        ["groups not read, and a group is excluded"] = f => Unread(f).With(RuleFacts.Demand() with { Users = new AccessUsers { IncludeUsers = ["All"], ExcludeGroups = [RuleFacts.Id("admins")] } }),
        ["groups not read, and nobody is excluded"] = f => Unread(f).With(RuleFacts.Demand() with { Users = new AccessUsers { IncludeUsers = ["All"] } }),
        ["near: groups not read, and excluded by name"] = f => Unread(f).With(RuleFacts.Demand() with { Users = new AccessUsers { IncludeGroups = [RuleFacts.Id("admins")], ExcludeUsers = [RuleFacts.Id("exit")] } }),
        ["emergency accounts not known"] = f => f.Emergency = Reading<RuleEmergency>.NotRead("None was named."),
        ["Conditional Access not read"] = f => f.WhyNoAccess = "Not allowed.",
        ["roles not read"] = f => f.Roles = Reading<RuleRoles>.NotRead("Not allowed."),
        ["a file"] = f => f.IsFile = true,
    };

    [Theory]
    [InlineData("no policy", "NotApplicable", "")]
    [InlineData("excluded by name", "Pass", "")]
    [InlineData("forgotten", "Fail", "demand, exit@contoso.com")]
    [InlineData("included by name", "Fail", "demand, exit@contoso.com")]
    [InlineData("included by group", "Fail", "demand, exit@contoso.com")]
    [InlineData("included by role", "Fail", "demand, exit@contoso.com")]
    [InlineData("another group is excluded", "Fail", "demand, exit@contoso.com")]
    [InlineData("forgotten in one of two", "Fail", "second, exit@contoso.com")]
    [InlineData("one of two accounts is forgotten", "Fail", "demand, exit2@contoso.com")]
    [InlineData("forgotten in what blocks at a risk", "Fail", "demand, exit@contoso.com")]
    [InlineData("near: excluded by group", "Pass", "")]
    [InlineData("near: excluded by role", "Pass", "")]
    [InlineData("near: included by name, excluded by group", "Pass", "")]
    [InlineData("near: for another role", "Pass", "")]
    [InlineData("near: for another group", "Pass", "")]
    [InlineData("near: for guests", "Pass", "")]
    [InlineData("near: for nobody", "Pass", "")]
    [InlineData("near: reports only", "NotApplicable", "")]
    [InlineData("near: disabled", "NotApplicable", "")]
    [InlineData("groups not read, and a group is included", "Unknown", "")]
    [InlineData("groups not read, and a group is excluded", "Unknown", "")]
    [InlineData("groups not read, and nobody is excluded", "Fail", "demand, exit@contoso.com")]
    [InlineData("near: groups not read, and excluded by name", "Pass", "")]
    [InlineData("emergency accounts not known", "Unknown", "")]
    [InlineData("Conditional Access not read", "Unknown", "")]
    [InlineData("roles not read", "Unknown", "")]
    [InlineData("a file", "NotApplicable", "")]
    public void A_tenant(string state, string outcomes, string subjects)
    {
        var facts = RuleFacts.Good();
        Cases[state](facts);
        Assert.Equal((outcomes, subjects), facts.Judge("PK207"));
    }

    [Fact]
    public void The_evidence_names_policy_and_accounts()
    {
        Assert.Equal("1 enabled policy leaves out exit@contoso.com.", RuleFacts.Good().With(RuleFacts.Demand()).Evidence("PK207"));
        var facts = RuleFacts.Good().IsEmergency("adam").With(RuleFacts.Demand() with { Users = new AccessUsers { IncludeUsers = ["All"] } });
        Assert.Equal("'demand' does not exclude exit@contoso.com, adam@contoso.com.", facts.Evidence("PK207"));
        Assert.Equal("Whether 'demand' is for exit@contoso.com is not known: its groups could not be read.", Unread(RuleFacts.Good()).With(RuleFacts.Demand() with { Users = new AccessUsers { IncludeGroups = [RuleFacts.Id("admins")] } }).Evidence("PK207"));
    }

    private static RuleFacts Unread(RuleFacts facts)
    {
        facts.Emergency = Reading<RuleEmergency>.Of(new RuleEmergency([new EmergencyAccount(Guid.Parse(RuleFacts.Id("exit")), "exit@contoso.com", null)], true));
        return facts;
    }
}
