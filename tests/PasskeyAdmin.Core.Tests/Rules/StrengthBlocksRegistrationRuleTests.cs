using System;
using System.Collections.Generic;
using PasskeyAdmin.Access;

namespace PasskeyAdmin.Core.Tests.Rules;

public sealed class StrengthBlocksRegistrationRuleTests
{
    private static readonly Dictionary<string, Action<RuleFacts>> Cases = new()
    {
        ["no policy"] = _ => { },
        ["for all resources"] = f => f.With(RuleFacts.Demand()),
        ["for administrators alone"] = f => f.With(RuleFacts.Demand() with { Users = new AccessUsers { IncludeRoles = [RuleFacts.GlobalAdministrator] } }),
        ["with a managed device as well"] = f => f.With(RuleFacts.Demand() with { IsAnyEnough = false, Controls = ["compliantDevice"] }),
        ["for guests and others"] = f => f.With(RuleFacts.Demand() with { Users = new AccessUsers { IncludeUsers = ["GuestsOrExternalUsers", RuleFacts.Id("ann")] } }),
        ["one of two takes a pass"] = f => { f.Strengths.Add(WithPass); f.With(RuleFacts.Demand("first", WithPass.Id)).With(RuleFacts.Demand("second")); },
        ["near: the strength takes a pass"] = f => { f.Strengths.Add(WithPass); f.With(RuleFacts.Demand(strength: WithPass.Id)); },
        ["near: for some platforms"] = f => f.With(RuleFacts.Demand() with { IsForSomePlatforms = true }),
        ["near: at some places"] = f => f.With(RuleFacts.Demand() with { IsForSomeLocations = true }),
        ["near: for some devices"] = f => f.With(RuleFacts.Demand() with { HasDeviceFilter = true }),
        ["near: an application is excluded"] = f => f.With(RuleFacts.Demand() with { ExcludeApplications = [RuleFacts.Id("app")] }),
        ["near: applications are filtered"] = f => f.With(RuleFacts.Demand() with { HasApplicationFilter = true }),
        ["near: for one application"] = f => f.With(RuleFacts.Demand() with { IncludeApplications = [RuleFacts.Id("app")] }),
        ["near: for the registration only"] = f => f.With(RuleFacts.Demand() with { IncludeApplications = [], UserActions = ["urn:user:registersecurityinfo"] }),
        ["near: reports only"] = f => f.With(RuleFacts.Demand() with { State = AccessState.ReportOnly }),
        ["near: disabled"] = f => f.With(RuleFacts.Demand() with { State = AccessState.Disabled }),
        ["near: at a risk"] = f => f.With(RuleFacts.Demand() with { IsAboutRisk = true }),
        ["near: for old protocols"] = f => f.With(RuleFacts.Demand() with { IsForLegacyClients = true }),
        ["near: something else does as well"] = f => f.With(RuleFacts.Demand() with { Controls = ["mfa"] }),
        ["near: terms of use do as well"] = f => f.With(RuleFacts.Demand() with { HasOtherControls = true }),
        ["near: no strength"] = f => f.With(RuleFacts.Demand() with { StrengthId = null, Controls = ["mfa"] }),
        ["near: for guests alone"] = f => f.With(RuleFacts.Demand() with { Users = new AccessUsers { IncludeUsers = ["GuestsOrExternalUsers"] } }),
        ["near: for kinds of guests"] = f => f.With(RuleFacts.Demand() with { Users = new AccessUsers { IncludesKindsOfGuests = true } }),
        ["near: for nobody"] = f => f.With(RuleFacts.Demand() with { Users = new AccessUsers { IncludeUsers = ["None"] } }),
        ["a strength that a password and an app fulfil"] = f => { f.Strengths.Add(new AuthenticationStrength(RuleFacts.Id("mfa"), "mfa", ["fido2", "password,microsoftAuthenticatorPush"])); f.With(RuleFacts.Demand(strength: RuleFacts.Id("mfa"))); },
        ["an approved app"] = f => f.With(RuleFacts.Demand() with { StrengthId = null, Controls = ["approvedApplication"] }),
        ["near: an approved app, or multifactor authentication"] = f => f.With(RuleFacts.Demand() with { StrengthId = null, Controls = ["approvedApplication", "mfa"] }),
        ["near: a compliant device"] = f => f.With(RuleFacts.Demand() with { StrengthId = null, Controls = ["compliantDevice"] }),
        ["near: with a code on another device only"] = f => f.With(RuleFacts.Demand() with { IsForSomeFlows = true }),
        ["a strength that is not in the list"] = f => f.With(RuleFacts.Demand(strength: RuleFacts.Id("gone"))),
        ["Conditional Access not read"] = f => f.WhyNoAccess = "Not allowed.",
        ["a file"] = f => f.IsFile = true,
    };

    [Theory]
    [InlineData("no policy", "NotApplicable", "")]
    [InlineData("for all resources", "Fail", "demand")]
    [InlineData("for administrators alone", "Fail", "demand")]
    [InlineData("with a managed device as well", "Fail", "demand")]
    [InlineData("for guests and others", "Fail", "demand")]
    [InlineData("one of two takes a pass", "Fail", "second")]
    [InlineData("near: the strength takes a pass", "Pass", "")]
    [InlineData("near: for some platforms", "NotApplicable", "")]
    [InlineData("near: at some places", "NotApplicable", "")]
    [InlineData("near: for some devices", "NotApplicable", "")]
    [InlineData("near: an application is excluded", "NotApplicable", "")]
    [InlineData("near: applications are filtered", "NotApplicable", "")]
    [InlineData("near: for one application", "NotApplicable", "")]
    [InlineData("near: for the registration only", "NotApplicable", "")]
    [InlineData("near: reports only", "NotApplicable", "")]
    [InlineData("near: disabled", "NotApplicable", "")]
    [InlineData("near: at a risk", "NotApplicable", "")]
    [InlineData("near: for old protocols", "NotApplicable", "")]
    [InlineData("near: something else does as well", "Pass", "")]
    [InlineData("near: terms of use do as well", "Pass", "")]
    [InlineData("near: no strength", "NotApplicable", "")]
    [InlineData("near: for guests alone", "NotApplicable", "")]
    [InlineData("near: for kinds of guests", "NotApplicable", "")]
    [InlineData("near: for nobody", "NotApplicable", "")]
    [InlineData("a strength that a password and an app fulfil", "Fail", "demand")]
    [InlineData("an approved app", "Fail", "demand")]
    [InlineData("near: an approved app, or multifactor authentication", "Pass", "")]
    [InlineData("near: a compliant device", "NotApplicable", "")]
    [InlineData("near: with a code on another device only", "NotApplicable", "")]
    [InlineData("a strength that is not in the list", "Unknown", "")]
    [InlineData("Conditional Access not read", "Unknown", "")]
    [InlineData("a file", "NotApplicable", "")]
    public void A_tenant(string state, string outcomes, string subjects)
    {
        var facts = RuleFacts.Good();
        Cases[state](facts);
        Assert.Equal((outcomes, subjects), facts.Judge("PK302"));
    }

    [Fact]
    public void Policy_and_strength_are_named() =>
        Assert.Equal("'demand' demands 'Phishing-resistant MFA' for all resources, also of whoever would register the first method. It takes no Temporary Access Pass.", RuleFacts.Good().With(RuleFacts.Demand()).Evidence("PK302"));

    private static AuthenticationStrength WithPass => new(RuleFacts.Id("pass"), "pass", ["fido2", "windowsHelloForBusiness", "temporaryAccessPassOneTime"]);
}
