using System;
using System.Collections.Generic;
using PasskeyAdmin.Access;

namespace PasskeyAdmin.Core.Tests.Rules;

public sealed class RegistrationOutOfReachRuleTests
{
    private static readonly Dictionary<string, Action<RuleFacts>> Cases = new()
    {
        ["no policy"] = _ => { },
        ["multifactor authentication"] = f => f.With(Registration with { Controls = ["mfa"] }),
        ["a compliant device"] = f => f.With(Registration with { Controls = ["compliantDevice"] }),
        ["a hybrid joined device"] = f => f.With(Registration with { Controls = ["domainJoinedDevice"] }),
        ["an approved app"] = f => f.With(Registration with { Controls = ["approvedApplication"] }),
        ["an app with a protection policy"] = f => f.With(Registration with { Controls = ["compliantApplication"] }),
        ["two barriers, one of which is enough"] = f => f.With(Registration with { Controls = ["compliantDevice", "domainJoinedDevice"] }),
        ["a compliant device and multifactor authentication"] = f => f.With(Registration with { Controls = ["compliantDevice", "mfa"], IsAnyEnough = false }),
        ["a compliant device and terms of use"] = f => f.With(Registration with { Controls = ["compliantDevice"], HasOtherControls = true, IsAnyEnough = false }),
        ["blocks"] = f => f.With(Registration with { Controls = ["block"] }),
        ["blocks but in the offices"] = f => f.With(Registration with { Controls = ["block"], IsForSomeLocations = true }),
        ["a strength that takes no pass"] = f => f.With(Registration with { StrengthId = Strong }),
        ["a strength or a compliant device"] = f => f.With(Registration with { StrengthId = Strong, Controls = ["compliantDevice"] }),
        ["a strength that takes a pass, and a compliant device"] = f => { f.Strengths.Add(WithPass); f.With(Registration with { StrengthId = WithPass.Id, IsAnyEnough = false, Controls = ["compliantDevice"] }); },
        ["one of two policies"] = f => f.With(Registration with { Controls = ["mfa"] }).With(Registration with { Name = "second", Controls = ["block"] }),
        ["near: a compliant device or multifactor authentication"] = f => f.With(Registration with { Controls = ["compliantDevice", "mfa"] }),
        ["near: a compliant device or terms of use"] = f => f.With(Registration with { Controls = ["compliantDevice"], HasOtherControls = true }),
        ["near: terms of use alone"] = f => f.With(Registration with { HasOtherControls = true }),
        ["near: nothing but the length of the session"] = f => f.With(Registration),
        ["near: a strength that takes a pass"] = f => { f.Strengths.Add(WithPass); f.With(Registration with { StrengthId = WithPass.Id }); },
        ["near: a strength that takes a pass, or a compliant device"] = f => { f.Strengths.Add(WithPass); f.With(Registration with { StrengthId = WithPass.Id, Controls = ["compliantDevice"] }); },
        ["near: reports only"] = f => f.With(Registration with { Controls = ["compliantDevice"], State = AccessState.ReportOnly }),
        ["near: disabled"] = f => f.With(Registration with { Controls = ["compliantDevice"], State = AccessState.Disabled }),
        ["near: at a risk"] = f => f.With(Registration with { Controls = ["compliantDevice"], IsAboutRisk = true }),
        ["near: for some platforms"] = f => f.With(Registration with { Controls = ["block"], IsForSomePlatforms = true }),
        ["near: at named places"] = f => f.With(Registration with { Controls = ["block"], IsForSomeLocations = true, IsForNamedLocations = true }),
        ["near: for guests alone"] = f => f.With(Registration with { Controls = ["block"], Users = new AccessUsers { IncludeUsers = ["GuestsOrExternalUsers"] } }),
        ["near: for nobody"] = f => f.With(Registration with { Controls = ["block"], Users = new AccessUsers { IncludeUsers = ["None"] } }),
        ["near: for applications"] = f => f.With(Registration with { UserActions = [], IncludeApplications = ["All"], Controls = ["block"] }),
        ["near: for joining a device"] = f => f.With(Registration with { UserActions = ["urn:user:registerdevice"], Controls = ["compliantDevice"] }),
        ["near: for some devices, and multifactor authentication does"] = f => f.With(Registration with { Controls = ["mfa"], HasDeviceFilter = true }),
        ["for some devices"] = f => f.With(Registration with { Controls = ["block"], HasDeviceFilter = true }),
        ["a strength that is not in the list"] = f => f.With(Registration with { StrengthId = RuleFacts.Id("gone") }),
        ["Conditional Access not read"] = f => f.WhyNoAccess = "Not allowed.",
        ["a file"] = f => f.IsFile = true,
    };

    [Theory]
    [InlineData("no policy", "NotApplicable", "")]
    [InlineData("multifactor authentication", "Pass", "")]
    [InlineData("a compliant device", "Fail", "registration")]
    [InlineData("a hybrid joined device", "Fail", "registration")]
    [InlineData("an approved app", "Fail", "registration")]
    [InlineData("an app with a protection policy", "Fail", "registration")]
    [InlineData("two barriers, one of which is enough", "Fail", "registration")]
    [InlineData("a compliant device and multifactor authentication", "Fail", "registration")]
    [InlineData("a compliant device and terms of use", "Fail", "registration")]
    [InlineData("blocks", "Fail", "registration")]
    [InlineData("blocks but in the offices", "Fail", "registration")]
    [InlineData("a strength that takes no pass", "Fail", "registration")]
    [InlineData("a strength or a compliant device", "Fail", "registration")]
    [InlineData("a strength that takes a pass, and a compliant device", "Fail", "registration")]
    [InlineData("one of two policies", "Fail", "second")]
    [InlineData("near: a compliant device or multifactor authentication", "Pass", "")]
    [InlineData("near: a compliant device or terms of use", "Pass", "")]
    [InlineData("near: terms of use alone", "Pass", "")]
    [InlineData("near: nothing but the length of the session", "Pass", "")]
    [InlineData("near: a strength that takes a pass", "Pass", "")]
    [InlineData("near: a strength that takes a pass, or a compliant device", "Pass", "")]
    [InlineData("near: reports only", "NotApplicable", "")]
    [InlineData("near: disabled", "NotApplicable", "")]
    [InlineData("near: at a risk", "NotApplicable", "")]
    [InlineData("near: for some platforms", "NotApplicable", "")]
    [InlineData("near: at named places", "NotApplicable", "")]
    [InlineData("near: for guests alone", "NotApplicable", "")]
    [InlineData("near: for nobody", "NotApplicable", "")]
    [InlineData("near: for applications", "NotApplicable", "")]
    [InlineData("near: for joining a device", "NotApplicable", "")]
    [InlineData("near: for some devices, and multifactor authentication does", "Pass", "")]
    [InlineData("for some devices", "Unknown", "")]
    [InlineData("a strength that is not in the list", "Unknown", "")]
    [InlineData("Conditional Access not read", "Unknown", "")]
    [InlineData("a file", "NotApplicable", "")]
    public void A_tenant(string state, string outcomes, string subjects)
    {
        var facts = RuleFacts.Good();
        Cases[state](facts);
        Assert.Equal((outcomes, subjects), facts.Judge("PK303"));
    }

    [Fact]
    public void The_evidence_says_what_is_in_the_way()
    {
        static string Said(ConditionalAccessPolicy policy) => RuleFacts.Good().With(policy).Evidence("PK303");
        Assert.Equal("'registration' blocks the registration of security information: a newcomer cannot register a first method, not even with a Temporary Access Pass.", Said(Registration with { Controls = ["block"] }));
        Assert.Equal("'registration' lets security information be registered only with a compliant device, but for some places: a newcomer elsewhere cannot register a first method, not even with a Temporary Access Pass.", Said(Registration with { Controls = ["compliantDevice"], IsForSomeLocations = true }));
        Assert.StartsWith("'registration' lets security information be registered only with a hybrid joined device or the strength 'Phishing-resistant MFA': a newcomer", Said(Registration with { Controls = ["domainJoinedDevice"], StrengthId = Strong }), StringComparison.Ordinal);
        Assert.StartsWith("'registration' lets security information be registered only with an approved app and an app with a protection policy: a newcomer", Said(Registration with { Controls = ["approvedApplication", "compliantApplication", "mfa"], IsAnyEnough = false }), StringComparison.Ordinal);
        Assert.Equal("1 policy demands nothing that a newcomer cannot have.", Said(Registration));
    }

    private const string Strong = "00000000-0000-0000-0000-000000000004";

    private static AuthenticationStrength WithPass => new(RuleFacts.Id("pass"), "pass", ["fido2", "temporaryAccessPassMultiUse"]);

    private static ConditionalAccessPolicy Registration => new(RuleFacts.Id("registration"), "registration", AccessState.Enabled)
    {
        Users = new AccessUsers { IncludeUsers = ["All"] },
        UserActions = ["urn:user:registersecurityinfo"],
        IsAnyEnough = true,
    };
}
