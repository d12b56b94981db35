using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Core.Tests.Rules;

public sealed class DefaultProfileWiderRuleTests
{
    private static readonly Dictionary<string, Action<RuleFacts>> Cases = new()
    {
        ["as it should be"] = _ => { },
        ["wider than the only other one"] = f => Only(f, "strict"),
        ["wider than both"] = f => f.Profile("default", "deviceBound,synced"),
        ["near: as wide as another one"] = f => f.Profile("default", "deviceBound,synced").Profile("synced", "deviceBound,synced"),
        ["near: narrower than another one"] = f => f.Profile("synced", "deviceBound,synced"),
        ["near: an empty block list is no restriction"] = f => Only(f, "strict").Profile("strict", "deviceBound", block: []),
        ["the other one has nothing in its list"] = f => Only(f, "strict").Profile("strict", "deviceBound", allow: []),
        ["nobody is on the default profile"] = f => Only(f, "strict").Without("staff"),
        ["the target of the default profile is deleted"] = f => Only(f, "strict").IsDeleted("staff"),
        ["the other profile is in use by nobody"] = f => Only(f, "strict").Without("admins"),
        ["the target of the other profile is deleted"] = f => Only(f, "strict").IsDeleted("admins"),
        ["a new attestation in the other one"] = f => Only(f, "strict").Says("strict", "attestationEnforcement", "somethingNew"),
        ["a new attestation in the default profile"] = f => Only(f, "strict").Says("default", "attestationEnforcement", "somethingNew"),
        ["near: a new attestation, and one that is certainly not narrower"] = f => f.Says("strict", "attestationEnforcement", "somethingNew"),
        ["no list of targets"] = f => f.Lacks("includeTargets"),
        ["a target does not say its profiles"] = f => f.IsSilent("pilot"),
        ["profiles named and not listed"] = f => f.Lacks("passkeyProfiles"),
        ["the default profile is not named"] = f => f.Lacks("defaultPasskeyProfile"),
        ["the default profile is not listed"] = f => f.Profiles.First(p => (string?)p["name"] == "default").Remove(),
        ["a file"] = f => Only(f, "strict").IsFile = true,
        ["not enrolled"] = f => f.IsNotEnrolled(),
    };

    [Theory]
    [InlineData("as it should be", "Pass", "")]
    [InlineData("wider than the only other one", "Fail", "default")]
    [InlineData("wider than both", "Fail", "default")]
    [InlineData("near: as wide as another one", "Pass", "")]
    [InlineData("near: narrower than another one", "Pass", "")]
    [InlineData("near: an empty block list is no restriction", "Pass", "")]
    [InlineData("the other one has nothing in its list", "Fail", "default")]
    [InlineData("nobody is on the default profile", "NotApplicable", "")]
    [InlineData("the target of the default profile is deleted", "NotApplicable", "")]
    [InlineData("the other profile is in use by nobody", "NotApplicable", "")]
    [InlineData("the target of the other profile is deleted", "NotApplicable", "")]
    [InlineData("a new attestation in the other one", "Unknown", "")]
    [InlineData("a new attestation in the default profile", "Unknown", "")]
    [InlineData("near: a new attestation, and one that is certainly not narrower", "Pass", "")]
    [InlineData("no list of targets", "Unknown", "")]
    [InlineData("a target does not say its profiles", "Unknown", "")]
    [InlineData("profiles named and not listed", "Unknown", "")]
    [InlineData("the default profile is not named", "Unknown", "")]
    [InlineData("the default profile is not listed", "Unknown", "")]
    [InlineData("a file", "Fail", "default")]
    [InlineData("not enrolled", "NotApplicable", "")]
    public void A_tenant(string state, string outcomes, string subjects)
    {
        var facts = RuleFacts.Good();
        Cases[state](facts);
        Assert.Equal((outcomes, subjects), facts.Judge("PK114"));
    }

    [Fact]
    public void Against_one_profile_it_says_what_more_it_lets_in() =>
        Assert.Equal($"'default' lets in more than 'strict': passkeys of any provider and passkeys without attestation. > Get-PasskeyProfileTarget -ProfileId '{RuleFacts.Id("default")}'", Only(RuleFacts.Good(), "strict").Said("PK114"));

    [Fact]
    public void Against_several_it_says_so_of_the_first() =>
        Assert.StartsWith("'default' lets in more than each of the 2 other profiles in use; in addition to what 'strict' lets in, synced passkeys, passkeys of any provider and passkeys without attestation. >", RuleFacts.Good().Profile("default", "deviceBound,synced").Said("PK114"), StringComparison.Ordinal);

    [Fact]
    public void Where_it_is_not_wider_it_says_than_which() => Assert.Equal("'default' is not wider than 'synced'.", RuleFacts.Good().Said("PK114"));

    /// <summary>The default profile and one more.</summary>
    private static RuleFacts Only(RuleFacts facts, string profile)
    {
        foreach (var other in facts.Profiles.Where(p => (string?)p["name"] != "default" && (string?)p["name"] != profile).ToList()) other.Remove();
        return facts.Without("pilot");
    }
}
