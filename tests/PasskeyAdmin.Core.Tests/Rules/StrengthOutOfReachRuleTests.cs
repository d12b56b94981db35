using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Access;
using PasskeyAdmin.Rules;

namespace PasskeyAdmin.Core.Tests.Rules;

public sealed class StrengthOutOfReachRuleTests
{
    private static readonly Dictionary<string, Action<RuleFacts>> Cases = new()
    {
        ["no strength has a list"] = _ => { },
        ["everybody, and somebody can"] = f => Listed(f, RuleFacts.YubiKey, RuleFacts.OnePassword),
        ["administrators, and none can"] = f => Listed(f, RuleFacts.OnePassword).With(RuleFacts.Demand("demand", RuleFacts.Id("listed")) with { Users = new AccessUsers { IncludeGroups = [RuleFacts.Id("admins")] } }),
        ["administrators, and one model of two"] = f => Listed(f, RuleFacts.YubiKey, RuleFacts.OnePassword).With(RuleFacts.Demand("demand", RuleFacts.Id("listed")) with { Users = new AccessUsers { IncludeGroups = [RuleFacts.Id("admins")] } }),
        ["a policy that only reports"] = f => Listed(f, RuleFacts.OnePassword).With(RuleFacts.Demand("demand", RuleFacts.Id("listed")) with { Users = new AccessUsers { IncludeGroups = [RuleFacts.Id("admins")] }, State = AccessState.ReportOnly }),
        ["administrators are excluded from passkeys"] = f => Listed(f, RuleFacts.YubiKey).With(RuleFacts.Demand("demand", RuleFacts.Id("listed")) with { Users = new AccessUsers { IncludeGroups = [RuleFacts.Id("admins")] } }).Exclude("admins"),
        ["passkeys are off"] = f => Listed(f, RuleFacts.YubiKey).Policy["state"] = "disabled",
        ["a synced one, and attestation"] = f => Listed(f, RuleFacts.OnePassword).Profile("synced", "synced", isAttested: true),
        ["one of two strengths"] = f => { Listed(f, RuleFacts.YubiKey); f.Strengths.Add(new AuthenticationStrength(RuleFacts.Id("other"), "other", ["fido2"]) { AaGuids = [Guid.Parse(RuleFacts.OnePassword)] }); f.Policy["state"] = "enabled"; f.Profile("synced", "synced", block: [RuleFacts.OnePassword]); },
        ["near: an attested profile"] = f => Listed(f, RuleFacts.YubiKey).With(RuleFacts.Demand("demand", RuleFacts.Id("listed")) with { Users = new AccessUsers { IncludeGroups = [RuleFacts.Id("admins")] } }),
        ["near: one of two policies has people who can"] = f => Listed(f, RuleFacts.OnePassword).With(RuleFacts.Demand("demand", RuleFacts.Id("listed")) with { Users = new AccessUsers { IncludeGroups = [RuleFacts.Id("admins")] } }).With(RuleFacts.Demand("pilot", RuleFacts.Id("listed"))),
        ["near: the policy is disabled"] = f => Listed(f, RuleFacts.OnePassword).With(RuleFacts.Demand("demand", RuleFacts.Id("listed")) with { Users = new AccessUsers { IncludeGroups = [RuleFacts.Id("admins")] }, State = AccessState.Disabled }),
        ["near: the policy is for nobody"] = f => Listed(f, RuleFacts.OnePassword).Group("nobody").With(RuleFacts.Demand("demand", RuleFacts.Id("listed")) with { Users = new AccessUsers { IncludeGroups = [RuleFacts.Id("nobody")] } }),
        ["near: the policy is for guests"] = f => Listed(f, RuleFacts.OnePassword).Person("gus", [], [], isGuest: true).With(RuleFacts.Demand("demand", RuleFacts.Id("listed")) with { Users = new AccessUsers { IncludeUsers = ["GuestsOrExternalUsers"] } }),
        ["near: the people are disabled"] = f => Listed(f, RuleFacts.OnePassword).Person("dora", [], [], ["old"], isEnabled: false).With(RuleFacts.Demand("demand", RuleFacts.Id("listed")) with { Users = new AccessUsers { IncludeGroups = [RuleFacts.Id("old")] } }),
        ["near: nobody may register anything"] = f => Listed(f, RuleFacts.YubiKey).Policy["isSelfServiceRegistrationAllowed"] = false,
        ["near: a list, and no passkeys in the strength"] = f => f.Strengths.Add(new AuthenticationStrength(RuleFacts.Id("listed"), "listed", ["x509CertificateMultiFactor"]) { AaGuids = [Guid.Parse(RuleFacts.OnePassword)] }),
        ["near: a group cannot be read, and somebody can"] = f => Listed(f, RuleFacts.YubiKey).With(RuleFacts.Demand("demand", RuleFacts.Id("listed")) with { Users = new AccessUsers { IncludeGroups = [RuleFacts.Id("admins"), RuleFacts.Id("other")] } }).IsUnreadable("other"),
        ["a group cannot be read, and who is known cannot"] = f => Listed(f, RuleFacts.OnePassword).With(RuleFacts.Demand("demand", RuleFacts.Id("listed")) with { Users = new AccessUsers { IncludeGroups = [RuleFacts.Id("admins"), RuleFacts.Id("other")] } }).IsUnreadable("other"),
        ["the group cannot be read"] = f => Listed(f, RuleFacts.YubiKey).With(RuleFacts.Demand("demand", RuleFacts.Id("listed")) with { Users = new AccessUsers { IncludeGroups = [RuleFacts.Id("other")] } }).IsUnreadable("other"),
        ["a target cannot be read"] = f => Listed(f, RuleFacts.YubiKey).With(RuleFacts.Demand("demand", RuleFacts.Id("listed")) with { Users = new AccessUsers { IncludeUsers = [RuleFacts.Id("eve")] } }).Person("eve", [], []).IsUnreadable("staff"),
        ["a target cannot be read, and one model of two is sure"] = f => Listed(f, RuleFacts.YubiKey, RuleFacts.OnePassword).With(RuleFacts.Demand("demand", RuleFacts.Id("listed")) with { Users = new AccessUsers { IncludeUsers = [RuleFacts.Id("eve")] } }).Person("eve", [], [], ["pilot"]).IsUnreadable("staff"),
        ["one model is missing, another hangs on a target that cannot be read"] = f => Listed(f, RuleFacts.YubiKey, RuleFacts.OnePassword).With(RuleFacts.Demand("demand", RuleFacts.Id("listed")) with { Users = new AccessUsers { IncludeUsers = [RuleFacts.Id("eve")] } }).Person("eve", [], []).IsUnreadable("staff"),
        ["Conditional Access not read"] = f => f.WhyNoAccess = "Not allowed.",
        ["groups not read"] = f => f.Groups = Reading<RuleGroups>.NotRead("Not allowed."),
        ["roles not read"] = f => f.Roles = Reading<RuleRoles>.NotRead("Not allowed."),
        ["users not read"] = f => f.People.Users = Reading<int>.NotRead("Not allowed."),
        ["a file"] = f => f.IsFile = true,
    };

    [Theory]
    [InlineData("no strength has a list", "NotApplicable", "")]
    [InlineData("everybody, and somebody can", "Pass", "")]
    [InlineData("administrators, and none can", "Fail", "listed")]
    [InlineData("administrators, and one model of two", "Fail", "listed")]
    [InlineData("a policy that only reports", "Fail", "listed")]
    [InlineData("administrators are excluded from passkeys", "Fail", "listed")]
    [InlineData("passkeys are off", "Fail", "listed")]
    [InlineData("a synced one, and attestation", "Fail", "listed")]
    [InlineData("one of two strengths", "Fail", "other")]
    [InlineData("near: an attested profile", "Pass", "")]
    [InlineData("near: one of two policies has people who can", "Pass", "")]
    [InlineData("near: the policy is disabled", "Pass", "")]
    [InlineData("near: the policy is for nobody", "NotApplicable", "")]
    [InlineData("near: the policy is for guests", "NotApplicable", "")]
    [InlineData("near: the people are disabled", "NotApplicable", "")]
    [InlineData("near: nobody may register anything", "Pass", "")]
    [InlineData("near: a list, and no passkeys in the strength", "NotApplicable", "")]
    [InlineData("near: a group cannot be read, and somebody can", "Pass", "")]
    [InlineData("a group cannot be read, and who is known cannot", "Unknown", "")]
    [InlineData("the group cannot be read", "Unknown", "")]
    [InlineData("a target cannot be read", "Unknown", "")]
    [InlineData("a target cannot be read, and one model of two is sure", "Unknown", "")]
    [InlineData("one model is missing, another hangs on a target that cannot be read", "Fail, Unknown", "listed")]
    [InlineData("Conditional Access not read", "Unknown", "")]
    [InlineData("groups not read", "Unknown", "")]
    [InlineData("roles not read", "Unknown", "")]
    [InlineData("users not read", "Unknown", "")]
    [InlineData("a file", "NotApplicable", "")]
    public void A_tenant(string state, string outcomes, string subjects)
    {
        var facts = RuleFacts.Good();
        Cases[state](facts);
        Assert.Equal((outcomes, subjects), facts.Judge("PK301"));
    }

    [Theory]
    [InlineData("fido2", " Nobody can fulfil it.")]
    [InlineData("fido2 windowsHelloForBusiness", "")]
    [InlineData("fido2 x509CertificateMultiFactor", "")]
    [InlineData("fido2 temporaryAccessPassOneTime", "")]
    [InlineData("fido2 password,sms", "")]
    public void Nobody_can_fulfil_it_only_where_nothing_else_does(string combinations, string end)
    {
        var facts = RuleFacts.Good().With(RuleFacts.Demand("demand", RuleFacts.Id("listed")) with { Users = new AccessUsers { IncludeGroups = [RuleFacts.Id("admins")] } });
        facts.Strengths.Add(new AuthenticationStrength(RuleFacts.Id("listed"), "listed", combinations.Split(' ')) { AaGuids = [Guid.Parse(RuleFacts.OnePassword)] });
        Assert.Equal($"'listed' names 1Password. Nobody of whom 'demand' demands it has a profile that lets it be registered.{end}", facts.Evidence("PK301"));
    }

    [Fact]
    public void Models_that_nobody_knows_are_named_by_their_id()
    {
        var facts = Listed(RuleFacts.Good(), RuleFacts.OnePassword, "12345678-0000-4000-8000-000000000000", RuleFacts.YubiKey).With(RuleFacts.Demand("demand", RuleFacts.Id("listed")) with { Users = new AccessUsers { IncludeGroups = [RuleFacts.Id("admins")] } }).With(RuleFacts.Demand("second", RuleFacts.Id("listed")) with { Users = new AccessUsers { IncludeGroups = [RuleFacts.Id("admins")] } });
        Assert.Equal("'listed' names 1Password, 12345678-0000-4000-8000-000000000000. Nobody of whom 'demand', 'second' demand it has a profile that lets them be registered.", facts.Evidence("PK301"));
        Assert.Equal("Each AAGUID of 1 strength can be registered.", Listed(RuleFacts.Good(), RuleFacts.YubiKey).Evidence("PK301"));
        var off = Listed(RuleFacts.Good(), RuleFacts.YubiKey);
        off.Policy["state"] = "disabled";
        Assert.Equal("'listed' names YubiKey 5 FIPS Series. Nobody has a profile that lets it be registered. Nobody can fulfil it.", off.Evidence("PK301"));
    }

    private static RuleFacts Listed(RuleFacts facts, params string[] models)
    {
        facts.Strengths.Add(new AuthenticationStrength(RuleFacts.Id("listed"), "listed", ["fido2"]) { AaGuids = [.. models.Select(Guid.Parse)] });
        return facts;
    }
}
