using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Core.Tests.Rules;

public sealed class LeftToMicrosoftRuleTests
{
    private static readonly Dictionary<string, Action<RuleFacts>> Cases = new()
    {
        ["as it should be"] = _ => { },
        ["the campaign is managed"] = f => f.Methods = Campaign("default"),
        ["not opted out"] = f => f.IsOptedOut = Reading<bool>.Of(false),
        ["near: not opted out, and the time for it is over"] = f => (f.IsOptedOut, f.At) = (Reading<bool>.Of(false), End),
        ["a second before that"] = f => (f.IsOptedOut, f.At) = (Reading<bool>.Of(false), End.AddSeconds(-1)),
        ["near: not opted out, in another cloud"] = f => (f.IsOptedOut, f.IsPublicCloud) = (Reading<bool>.Of(false), false),
        ["not opted out, in a cloud that is not known"] = f => (f.IsOptedOut, f.IsPublicCloud) = (Reading<bool>.Of(false), null),
        ["near: the campaign is off"] = f => f.Methods = Campaign("disabled"),
        ["the campaign does not show"] = f => f.Methods = Campaign(null),
        ["the opt-out was not read"] = f => f.IsOptedOut = Reading<bool>.NotRead("No rights."),
        ["near: the opt-out was not read, and the time for it is over"] = f => (f.IsOptedOut, f.At) = (Reading<bool>.NotRead("No rights."), End),
        ["the opt-out was not read, and the campaign is managed"] = f => (f.IsOptedOut, f.Methods) = (Reading<bool>.NotRead("No rights."), Campaign("default")),
        ["methods not read"] = f => f.Methods = Reading<MethodsPolicy>.NotRead("No rights."),
        ["everything is allowed"] = f => Wide(f).Methods = Campaign("default"),
        ["near: an empty block list"] = f => Wide(f).Profile("default", "deviceBound,synced", block: []).Methods = Campaign("default"),
        ["near: what is narrow is in use by nobody"] = f => Wide(f).Profile("spare", "deviceBound").Methods = Campaign("default"),
        ["near: what is narrow has a deleted target"] = f => Wide(f).Profile("spare", "deviceBound").Target("gone", "spare").IsDeleted("gone").Methods = Campaign("default"),
        ["a block list"] = f => Wide(f).Profile("default", "deviceBound,synced", block: [RuleFacts.Apple]).Methods = Campaign("default"),
        ["a new attestation"] = f => Wide(f).Says("default", "attestationEnforcement", "somethingNew").Methods = Campaign("default"),
        ["near: a new attestation, and nothing is left to Microsoft"] = f => Wide(f).Says("default", "attestationEnforcement", "somethingNew"),
        ["near: a new attestation in a profile that nobody has"] = f => Wide(f).Profile("spare", "synced").Says("spare", "attestationEnforcement", "somethingNew").Methods = Campaign("default"),
        ["types not said"] = f => Wide(f).Says("default", "passkeyTypes", JValue.CreateNull()).Methods = Campaign("default"),
        ["no list of targets"] = f => f.Lacks("includeTargets").Methods = Campaign("default"),
        ["profiles named and not listed"] = f => f.Lacks("passkeyProfiles").Methods = Campaign("default"),
        ["a file"] = f => f.IsFile = true,
        ["near: not enrolled, and nothing is restricted"] = f => f.IsNotEnrolled().Methods = Campaign("default"),
        ["not enrolled, attested"] = f => { f.IsNotEnrolled().Methods = Campaign("default"); f.Policy["isAttestationEnforced"] = true; },
    };

    [Theory]
    [InlineData("as it should be", "Pass", "")]
    [InlineData("the campaign is managed", "Fail", "")]
    [InlineData("not opted out", "Fail", "")]
    [InlineData("near: not opted out, and the time for it is over", "Pass", "")]
    [InlineData("a second before that", "Fail", "")]
    [InlineData("near: not opted out, in another cloud", "Pass", "")]
    [InlineData("not opted out, in a cloud that is not known", "Fail", "")]
    [InlineData("near: the campaign is off", "Pass", "")]
    [InlineData("the campaign does not show", "Unknown", "")]
    [InlineData("the opt-out was not read", "Unknown", "")]
    [InlineData("near: the opt-out was not read, and the time for it is over", "Pass", "")]
    [InlineData("the opt-out was not read, and the campaign is managed", "Fail", "")]
    [InlineData("methods not read", "Unknown", "")]
    [InlineData("everything is allowed", "NotApplicable", "")]
    [InlineData("near: an empty block list", "NotApplicable", "")]
    [InlineData("near: what is narrow is in use by nobody", "NotApplicable", "")]
    [InlineData("near: what is narrow has a deleted target", "NotApplicable", "")]
    [InlineData("a block list", "Fail", "")]
    [InlineData("a new attestation", "Unknown", "")]
    [InlineData("near: a new attestation, and nothing is left to Microsoft", "Pass", "")]
    [InlineData("near: a new attestation in a profile that nobody has", "NotApplicable", "")]
    [InlineData("types not said", "Unknown", "")]
    [InlineData("no list of targets", "Unknown", "")]
    [InlineData("profiles named and not listed", "Unknown", "")]
    [InlineData("a file", "NotApplicable", "")]
    [InlineData("near: not enrolled, and nothing is restricted", "NotApplicable", "")]
    [InlineData("not enrolled, attested", "Fail", "")]
    public void A_tenant(string state, string outcomes, string subjects)
    {
        var facts = RuleFacts.Good();
        Cases[state](facts);
        Assert.Equal((outcomes, subjects), facts.Judge("PK402"));
    }

    private static readonly DateTimeOffset End = new(2027, 2, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_is_left_to_Microsoft_is_said_with_what_is_narrow()
    {
        var facts = RuleFacts.Good();
        (facts.Methods, facts.IsOptedOut) = (Campaign("default"), Reading<bool>.Of(false));
        Assert.Equal("'default', 'strict', 'synced' are narrow, and the registration campaign is Microsoft managed and the tenant has not opted out of passkeys by default: Microsoft may widen what these people can use. > Test-PasskeyPrerequisite -Capability Rollout", facts.Said("PK402"));
    }

    [Fact]
    public void One_is_narrow()
    {
        var facts = Wide(RuleFacts.Good()).Profile("default", "synced");
        facts.Methods = Campaign("default");
        Assert.StartsWith("'default' is narrow, and the registration campaign is Microsoft managed: Microsoft", facts.Said("PK402"), StringComparison.Ordinal);
    }

    private static Reading<MethodsPolicy> Campaign(string? state) => Reading<MethodsPolicy>.Of(new MethodsPolicy(null, null, "migrationComplete", state));

    /// <summary>One profile, that allows everything.</summary>
    private static RuleFacts Wide(RuleFacts facts)
    {
        foreach (var other in facts.Profiles.Skip(1).ToList()) other.Remove();
        return facts.Without("admins").Without("pilot").Profile("default", "deviceBound,synced");
    }
}
