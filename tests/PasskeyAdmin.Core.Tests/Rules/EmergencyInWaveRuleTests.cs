using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Rules;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Core.Tests.Rules;

public sealed class EmergencyInWaveRuleTests
{
    private static readonly Dictionary<string, Action<RuleFacts>> Cases = new()
    {
        ["as it should be"] = _ => { },
        ["in wave 1"] = f => In(f, "wave 1"),
        ["in Passkey-Waves"] = f => In(f, "Passkey-Waves"),
        ["in Pilot2"] = f => In(f, "Pilot2"),
        ["in SG_RING.0"] = f => In(f, "SG_RING.0"),
        ["in rollout (FR)"] = f => In(f, "rollout (FR)"),
        ["in phase/3"] = f => In(f, "phase/3"),
        ["in Welle 2"] = f => In(f, "Welle 2"),
        ["in one piece"] = f => In(f, "SG-PasskeyWave1"),
        ["in capitals"] = f => In(f, "PASSKEY_PILOT"),
        ["near: in CoPilot users"] = f => In(f, "SG-CoPilotUsers"),
        ["near: in Copilot users"] = f => In(f, "Copilot users"),
        ["near: in Marketing"] = f => In(f, "Marketing"),
        ["near: in Springfield"] = f => In(f, "Springfield"),
        ["near: in Phased out"] = f => In(f, "Phased out"),
        ["near: in Waverley"] = f => In(f, "Waverley"),
        ["the campaign is for its group"] = f => f.Methods = Campaign("enabled", RuleFacts.Id("admins")),
        ["a campaign of Microsoft is for its group"] = f => f.Methods = Campaign("default", RuleFacts.Id("admins")),
        ["near: the campaign is off"] = f => f.Methods = Campaign("disabled", RuleFacts.Id("admins")),
        ["near: the campaign is for another group"] = f => f.Methods = Campaign("enabled", RuleFacts.Id("staff")),
        ["near: somebody else is in a wave"] = f => f.Person("ann", [], [], ["wave 1"]),
        ["near: the campaign leaves the group out"] = f => f.Methods = Reading<MethodsPolicy>.Of(f.Methods.Value with { CampaignTargets = [RuleFacts.Id("admins")], CampaignExclusions = [RuleFacts.Id("admins")] }),
        ["near: the campaign is for all users"] = f => f.Methods = Reading<MethodsPolicy>.Of(f.Methods.Value with { CampaignTargets = ["all_users"], CampaignExclusions = [] }),
        ["the campaign is for the account itself"] = f => f.Methods = Reading<MethodsPolicy>.Of(f.Methods.Value with { CampaignTargets = [RuleFacts.Id("exit")], CampaignExclusions = [] }),
        ["the methods policy was not read"] = f => f.Methods = Reading<MethodsPolicy>.NotRead("Not allowed."),
        ["a wave, and the methods policy was not read"] = f => { In(f, "wave 1"); f.Methods = Reading<MethodsPolicy>.NotRead("Not allowed."); },
        ["near: a campaign that names nobody"] = f => f.Methods = Reading<MethodsPolicy>.Of(new MethodsPolicy(null, null, null, "enabled")),
        ["its groups cannot be read"] = f => f.Emergency = Accounts(("exit", null)),
        ["one is in a wave, of the other it cannot be read"] = f => f.Emergency = Accounts(("exit", ["wave 1"]), ("exit2", null)),
        ["near: a group without a name"] = f => f.Emergency = Reading<RuleEmergency>.Of(new RuleEmergency([new EmergencyAccount(Guid.Parse(RuleFacts.Id("exit")), "exit@contoso.com", [new DirectoryGroup(RuleFacts.Id("g"), null)])], true)),
        ["emergency accounts not known"] = f => f.Emergency = Reading<RuleEmergency>.NotRead("None was named."),
        ["a file"] = f => f.IsFile = true,
    };

    [Theory]
    [InlineData("as it should be", "Pass", "")]
    [InlineData("in wave 1", "Fail", "exit@contoso.com")]
    [InlineData("in Passkey-Waves", "Fail", "exit@contoso.com")]
    [InlineData("in Pilot2", "Fail", "exit@contoso.com")]
    [InlineData("in SG_RING.0", "Fail", "exit@contoso.com")]
    [InlineData("in rollout (FR)", "Fail", "exit@contoso.com")]
    [InlineData("in phase/3", "Fail", "exit@contoso.com")]
    [InlineData("in Welle 2", "Fail", "exit@contoso.com")]
    [InlineData("in one piece", "Fail", "exit@contoso.com")]
    [InlineData("in capitals", "Fail", "exit@contoso.com")]
    [InlineData("near: in CoPilot users", "Pass", "")]
    [InlineData("near: in Copilot users", "Pass", "")]
    [InlineData("near: in Marketing", "Pass", "")]
    [InlineData("near: in Springfield", "Pass", "")]
    [InlineData("near: in Phased out", "Pass", "")]
    [InlineData("near: in Waverley", "Pass", "")]
    [InlineData("the campaign is for its group", "Fail", "exit@contoso.com")]
    [InlineData("a campaign of Microsoft is for its group", "Fail", "exit@contoso.com")]
    [InlineData("near: the campaign is off", "Pass", "")]
    [InlineData("near: the campaign is for another group", "Pass", "")]
    [InlineData("near: somebody else is in a wave", "Pass", "")]
    [InlineData("the methods policy was not read", "Unknown", "")]
    [InlineData("near: the campaign leaves the group out", "Pass", "")]
    [InlineData("near: the campaign is for all users", "Pass", "")]
    [InlineData("the campaign is for the account itself", "Fail", "exit@contoso.com")]
    [InlineData("a wave, and the methods policy was not read", "Fail, Unknown", "exit@contoso.com")]
    [InlineData("near: a campaign that names nobody", "Pass", "")]
    [InlineData("its groups cannot be read", "Unknown", "")]
    [InlineData("one is in a wave, of the other it cannot be read", "Fail, Unknown", "exit@contoso.com")]
    [InlineData("near: a group without a name", "Pass", "")]
    [InlineData("emergency accounts not known", "Unknown", "")]
    [InlineData("a file", "NotApplicable", "")]
    public void A_tenant(string state, string outcomes, string subjects)
    {
        var facts = RuleFacts.Good();
        Cases[state](facts);
        Assert.Equal((outcomes, subjects), facts.Judge("PK206"));
    }

    [Fact]
    public void The_groups_are_named()
    {
        var facts = RuleFacts.Good();
        facts.Emergency = Accounts(("exit", ["admins", "wave 1", "pilot"]), ("exit2", ["ring 0"]));
        Assert.Equal("exit@contoso.com is in wave 1 and pilot, exit2@contoso.com is in ring 0.", facts.Evidence("PK206"));
        Assert.Equal("exit@contoso.com: in no group of a rollout.", RuleFacts.Good().Evidence("PK206"));
    }

    private static void In(RuleFacts facts, string group) => facts.Person("exit", [], [], [group]);

    private static Reading<MethodsPolicy> Campaign(string state, params string[] targets) => Reading<MethodsPolicy>.Of(new MethodsPolicy(null, null, null, state) { CampaignTargets = targets });

    private static Reading<RuleEmergency> Accounts(params (string Name, string[]? Groups)[] accounts) => Reading<RuleEmergency>.Of(new RuleEmergency(
        [.. accounts.Select(a => new EmergencyAccount(Guid.Parse(RuleFacts.Id(a.Name)), $"{a.Name}@contoso.com", a.Groups?.Select(g => new DirectoryGroup(RuleFacts.Id(g), g)).ToList()))], true));
}
