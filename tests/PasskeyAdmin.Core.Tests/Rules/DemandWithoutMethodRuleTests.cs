using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Access;
using PasskeyAdmin.Rules;

namespace PasskeyAdmin.Core.Tests.Rules;

public sealed class DemandWithoutMethodRuleTests
{
    private static readonly Dictionary<string, Action<RuleFacts>> Cases = new()
    {
        ["no policy"] = _ => { },
        ["everybody can"] = f => f.With(RuleFacts.Demand()),
        ["an app only"] = f => f.Person("ned", ["microsoftAuthenticatorPush"], []).With(RuleFacts.Demand()),
        ["a certificate that is one factor"] = f => f.Person("ned", ["x509CertificateSingleFactor"], []).With(RuleFacts.Demand()),
        ["a passkey that the policy does not let in"] = f => f.Person("ned", ["passKeySynced"], [("synced", RuleFacts.Apple)], ["staff"]).With(RuleFacts.Demand()),
        ["a model that the strength does not take"] = f => Listed(f, RuleFacts.OnePassword).With(RuleFacts.Demand(strength: RuleFacts.Id("listed")) with { Users = new AccessUsers { IncludeUsers = [RuleFacts.Id("ann")] } }),
        ["Windows Hello, which the strength does not take"] = f => Listed(f, RuleFacts.YubiKey).Person("ned", ["windowsHelloForBusiness"], []).With(RuleFacts.Demand(strength: RuleFacts.Id("listed")) with { Users = new AccessUsers { IncludeUsers = [RuleFacts.Id("ned")] } }),
        ["nothing, and the strength takes a pass"] = f => { f.Strengths.Add(new AuthenticationStrength(RuleFacts.Id("pass"), "pass", ["fido2", "windowsHelloForBusiness", "temporaryAccessPassOneTime"])); f.Person("ned", [], []).With(RuleFacts.Demand(strength: RuleFacts.Id("pass"))); },
        ["on some platforms only"] = f => f.Person("ned", [], []).With(RuleFacts.Demand() with { IsForSomePlatforms = true }),
        ["two policies"] = f => f.Person("ned", [], []).With(RuleFacts.Demand()).With(RuleFacts.Demand("second")),
        ["near: Windows Hello alone"] = f => f.Person("ned", ["windowsHelloForBusiness"], []).With(RuleFacts.Demand()),
        ["near: a platform credential alone"] = f => f.Person("ned", ["macOsSecureEnclaveKey"], []).With(RuleFacts.Demand()),
        ["near: a certificate that is two factors"] = f => f.Person("ned", ["x509CertificateMultiFactor"], []).With(RuleFacts.Demand()),
        ["near: a model that the strength takes"] = f => Listed(f, RuleFacts.YubiKey).With(RuleFacts.Demand(strength: RuleFacts.Id("listed")) with { Users = new AccessUsers { IncludeUsers = [RuleFacts.Id("ann")] } }),
        ["near: the account is disabled"] = f => f.Person("ned", [], [], isEnabled: false).With(RuleFacts.Demand()),
        ["near: a guest"] = f => f.Person("ned", [], [], isGuest: true).With(RuleFacts.Demand()),
        ["near: excluded"] = f => f.Person("exit", [], []).With(RuleFacts.Demand()),
        ["near: for another group"] = f => f.Person("ned", [], []).With(RuleFacts.Demand() with { Users = new AccessUsers { IncludeGroups = [RuleFacts.Id("staff")] } }),
        ["near: excluded by role"] = f => f.Person("ned", [], [], roles: [RuleFacts.UserAdministrator]).With(RuleFacts.Demand() with { Users = new AccessUsers { IncludeUsers = ["All"], ExcludeRoles = [RuleFacts.UserAdministrator] } }),
        ["near: reports only"] = f => f.Person("ned", [], []).With(RuleFacts.Demand() with { State = AccessState.ReportOnly }),
        ["near: disabled"] = f => f.Person("ned", [], []).With(RuleFacts.Demand() with { State = AccessState.Disabled }),
        ["near: at a risk"] = f => f.Person("ned", [], []).With(RuleFacts.Demand() with { IsAboutRisk = true }),
        ["near: for old protocols"] = f => f.Person("ned", [], []).With(RuleFacts.Demand() with { IsForLegacyClients = true }),
        ["near: multifactor authentication does as well"] = f => f.Person("ned", [], []).With(RuleFacts.Demand() with { Controls = ["mfa"] }),
        ["a certificate, and not how many factors"] = f => f.Person("ned", ["certificateBasedAuthentication"], []).With(RuleFacts.Demand()),
        ["near: such a certificate, and a passkey"] = f => f.Person("ned", ["certificateBasedAuthentication"], [("deviceBound", RuleFacts.YubiKey)], ["staff"]).With(RuleFacts.Demand()),
        ["something was removed since"] = f => f.Person("ned", ["windowsHelloForBusiness"], []).With(RuleFacts.Demand()).Known("ned").IsInDoubt = true,
        ["not in the report"] = f => f.Person("ned", null, []).With(RuleFacts.Demand()),
        ["near: not in the report, with a passkey"] = f => f.Person("ned", null, [("deviceBound", RuleFacts.YubiKey)], ["staff"]).With(RuleFacts.Demand()),
        ["passkeys not read"] = f => f.Person("ned", ["passKeyDeviceBound"], null).With(RuleFacts.Demand()),
        ["near: passkeys not read, and Windows Hello"] = f => f.Person("ned", ["windowsHelloForBusiness"], null).With(RuleFacts.Demand()),
        ["a passkey without an AAGUID, and a list"] = f => Listed(f, RuleFacts.YubiKey).Person("ned", [], [("deviceBound", "")], ["staff"]).With(RuleFacts.Demand(strength: RuleFacts.Id("listed")) with { Users = new AccessUsers { IncludeUsers = [RuleFacts.Id("ned")] } }),
        ["near: a passkey without an AAGUID, and no list"] = f => f.Person("ned", [], [("deviceBound", "")], ["staff"]).With(RuleFacts.Demand()),
        ["a passkey without a type"] = f => f.Person("ned", [], [("", RuleFacts.YubiKey)], ["staff"]).With(RuleFacts.Demand()),
        ["the group cannot be read"] = f => f.IsUnreadable("other").Person("ned", [], []).With(RuleFacts.Demand() with { Users = new AccessUsers { IncludeGroups = [RuleFacts.Id("other")] } }),
        ["who is excluded cannot be read"] = f => f.IsUnreadable("other").Person("ned", [], []).With(RuleFacts.Demand() with { Users = new AccessUsers { IncludeUsers = ["All"], ExcludeGroups = [RuleFacts.Id("other")] } }),
        ["near: a group cannot be read, and everybody can"] = f => f.IsUnreadable("other").With(RuleFacts.Demand() with { Users = new AccessUsers { IncludeGroups = [RuleFacts.Id("other")] } }),
        ["one cannot, of another it is not known"] = f => f.Person("ned", [], []).Person("oda", null, []).With(RuleFacts.Demand()),
        ["Conditional Access not read"] = f => f.WhyNoAccess = "Not allowed.",
        ["roles not read"] = f => f.Roles = Reading<RuleRoles>.NotRead("Not allowed."),
        ["the report not read"] = f => { f.People.Report = Reading<DateTimeOffset>.NotRead("Not allowed."); f.Person("ned", null, []).With(RuleFacts.Demand()); },
        ["near: the report not read, and a passkey"] = f => { f.People.Report = Reading<DateTimeOffset>.NotRead("Not allowed."); f.Person("ned", null, [("deviceBound", RuleFacts.YubiKey)], ["staff"]).With(RuleFacts.Demand()); },
        ["near: with a code on another device only"] = f => f.Person("ned", [], []).With(RuleFacts.Demand() with { IsForSomeFlows = true }),
        ["a strength that is not in the list"] = f => f.With(RuleFacts.Demand(strength: RuleFacts.Id("gone"))),
        ["a file"] = f => f.IsFile = true,
    };

    [Theory]
    [InlineData("no policy", "NotApplicable", "")]
    [InlineData("everybody can", "Pass", "")]
    [InlineData("an app only", "Fail", "demand, ned@contoso.com")]
    [InlineData("a certificate that is one factor", "Fail", "demand, ned@contoso.com")]
    [InlineData("a passkey that the policy does not let in", "Fail", "demand, ned@contoso.com")]
    [InlineData("a model that the strength does not take", "Fail", "demand, ann@contoso.com")]
    [InlineData("Windows Hello, which the strength does not take", "Fail", "demand, ned@contoso.com")]
    [InlineData("nothing, and the strength takes a pass", "Fail", "demand, ned@contoso.com")]
    [InlineData("on some platforms only", "Fail", "demand, ned@contoso.com")]
    [InlineData("two policies", "Fail, Fail", "demand, ned@contoso.com, second, ned@contoso.com")]
    [InlineData("near: Windows Hello alone", "Pass", "")]
    [InlineData("near: a platform credential alone", "Pass", "")]
    [InlineData("near: a certificate that is two factors", "Pass", "")]
    [InlineData("near: a model that the strength takes", "Pass", "")]
    [InlineData("near: the account is disabled", "Pass", "")]
    [InlineData("near: a guest", "Pass", "")]
    [InlineData("near: excluded", "Pass", "")]
    [InlineData("near: for another group", "Pass", "")]
    [InlineData("near: excluded by role", "Pass", "")]
    [InlineData("near: reports only", "NotApplicable", "")]
    [InlineData("near: disabled", "NotApplicable", "")]
    [InlineData("near: at a risk", "NotApplicable", "")]
    [InlineData("near: for old protocols", "NotApplicable", "")]
    [InlineData("near: multifactor authentication does as well", "NotApplicable", "")]
    [InlineData("a certificate, and not how many factors", "Unknown", "")]
    [InlineData("near: such a certificate, and a passkey", "Pass", "")]
    [InlineData("something was removed since", "Unknown", "")]
    [InlineData("not in the report", "Unknown", "")]
    [InlineData("near: not in the report, with a passkey", "Pass", "")]
    [InlineData("passkeys not read", "Unknown", "")]
    [InlineData("near: passkeys not read, and Windows Hello", "Pass", "")]
    [InlineData("a passkey without an AAGUID, and a list", "Unknown", "")]
    [InlineData("near: a passkey without an AAGUID, and no list", "Pass", "")]
    [InlineData("a passkey without a type", "Unknown", "")]
    [InlineData("the group cannot be read", "Unknown", "")]
    [InlineData("who is excluded cannot be read", "Unknown", "")]
    [InlineData("near: a group cannot be read, and everybody can", "Pass", "")]
    [InlineData("one cannot, of another it is not known", "Fail, Unknown", "demand, ned@contoso.com")]
    [InlineData("Conditional Access not read", "Unknown", "")]
    [InlineData("roles not read", "Unknown", "")]
    [InlineData("the report not read", "Unknown", "")]
    [InlineData("near: the report not read, and a passkey", "Pass", "")]
    [InlineData("near: with a code on another device only", "NotApplicable", "")]
    [InlineData("a strength that is not in the list", "Unknown", "")]
    [InlineData("a file", "NotApplicable", "")]
    public void A_tenant(string state, string outcomes, string subjects)
    {
        var facts = RuleFacts.Good();
        Cases[state](facts);
        Assert.Equal((outcomes, subjects), facts.Judge("PK304"));
    }

    [Fact]
    public void The_evidence_counts_those_concerned()
    {
        var facts = RuleFacts.Good().Person("ned", [], []).Person("gus", [], [], isGuest: true).With(RuleFacts.Demand());
        Assert.Equal("'demand' demands 'Phishing-resistant MFA' of 4 users, and 1 of them has no method that fulfils it and works: ned@contoso.com.", facts.Evidence("PK304"));
        Assert.Equal("1 policy demands a phishing-resistant sign-in, and everybody concerned can.", RuleFacts.Good().With(RuleFacts.Demand()).Evidence("PK304"));
        facts.Person("ned", null, null);
        Assert.Equal("It is not known whether these can fulfil what 'demand' demands: ned@contoso.com. What it hinges on could not be read, or Microsoft Graph does not say it.", facts.Evidence("PK304"));
    }

    private static RuleFacts Listed(RuleFacts facts, params string[] models)
    {
        facts.Strengths.Add(new AuthenticationStrength(RuleFacts.Id("listed"), "listed", ["fido2"]) { AaGuids = [.. models.Select(Guid.Parse)] });
        return facts;
    }
}
