using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Rules;

namespace PasskeyAdmin.Core.Tests.Rules;

public sealed class ProfileDefeatedRuleTests
{
    private static readonly Dictionary<string, Action<RuleFacts>> Cases = new()
    {
        ["as it should be"] = _ => { },
        ["everybody has a wider one"] = f => f.Target("all_users", "default"),
        ["some have a wider one"] = f => f.Person("adam", [], [], ["staff"]),
        ["two wider ones"] = f => f.Profile("wide", "deviceBound,synced").Target("all_users", "default", "wide"),
        ["a target with both"] = f => f.Without("admins").Target("admins", "strict", "default"),
        ["all users have both"] = f => f.Without("staff").Without("admins").Target("all_users", "strict", "default"),
        ["near: nobody has the stricter one"] = f => f.Without("admins").Target("all_users", "default"),
        ["near: the stricter one has an empty target"] = f => f.Without("admins").Group("empty").Target("empty", "strict").Target("all_users", "default"),
        ["near: an exception from what everybody has"] = f => f.Without("admins").Target("all_users", "strict"),
        ["near: an exception that cannot be read"] = f => f.Without("admins").Target("all_users", "strict").IsUnreadable("staff"),
        ["near: equal ones"] = f => f.Profile("strict", "deviceBound").Target("all_users", "default"),
        ["near: an empty block list is no restriction"] = f => f.Profile("strict", "deviceBound", block: []).Target("all_users", "default"),
        ["near: neither is within the other"] = f => f.Target("all_users", "synced"),
        ["near: the wider one has a deleted target"] = f => f.Person("adam", [], [], ["staff"]).IsDeleted("staff"),
        ["near: whoever has both is excluded"] = f => f.Person("adam", [], [], ["staff", "leavers"]).Exclude("leavers"),
        ["near: all users are excluded"] = f => f.Target("all_users", "default").Exclude("all_users"),
        ["near: all users are excluded, some have both"] = f => f.Person("adam", [], [], ["staff"]).Exclude("all_users"),
        ["a target that cannot be read"] = f => f.IsUnreadable("staff"),
        ["near: the stricter one cannot be read, everybody has the wider"] = f => f.Target("all_users", "default").IsUnreadable("admins"),
        ["an exclusion that cannot be read, some have both"] = f => f.Person("adam", [], [], ["staff"]).Exclude("dark").IsUnreadable("dark"),
        ["near: an exclusion that cannot be read, nobody has both"] = f => f.Exclude("dark").IsUnreadable("dark"),
        ["a new attestation"] = f => f.Says("strict", "attestationEnforcement", "somethingNew"),
        ["a new type"] = f => f.Profile("synced", "synced,hybrid"),
        ["near: a new attestation in a profile that nobody has"] = f => f.Profile("spare", "synced").Says("spare", "attestationEnforcement", "somethingNew"),
        ["no list of targets"] = f => f.Lacks("includeTargets"),
        ["a target does not say its profiles"] = f => f.IsSilent("pilot"),
        ["profiles named and not listed"] = f => f.Lacks("passkeyProfiles"),
        ["groups not read"] = f => f.Groups = Reading<RuleGroups>.NotRead("No rights."),
        ["one profile only"] = f => f.Profiles.Where(p => (string?)p["name"] != "default").ToList().ForEach(p => p.Remove()),
        ["a file"] = f => f.Target("all_users", "default").IsFile = true,
        ["not enrolled"] = f => f.IsNotEnrolled(),
    };

    [Theory]
    [InlineData("as it should be", "Pass", "")]
    [InlineData("everybody has a wider one", "Fail", "strict")]
    [InlineData("some have a wider one", "Fail", "strict")]
    [InlineData("two wider ones", "Fail, Fail, Fail, Fail", "default, strict, strict, synced")]
    [InlineData("a target with both", "Fail", "strict")]
    [InlineData("all users have both", "Fail", "strict")]
    [InlineData("near: nobody has the stricter one", "Pass", "")]
    [InlineData("near: the stricter one has an empty target", "Pass", "")]
    [InlineData("near: an exception from what everybody has", "Pass", "")]
    [InlineData("near: an exception that cannot be read", "Pass", "")]
    [InlineData("near: equal ones", "Pass", "")]
    [InlineData("near: an empty block list is no restriction", "Pass", "")]
    [InlineData("near: neither is within the other", "Pass", "")]
    [InlineData("near: the wider one has a deleted target", "Pass", "")]
    [InlineData("near: whoever has both is excluded", "Pass", "")]
    [InlineData("near: all users are excluded", "Pass", "")]
    [InlineData("near: all users are excluded, some have both", "Pass", "")]
    [InlineData("a target that cannot be read", "Unknown", "")]
    [InlineData("near: the stricter one cannot be read, everybody has the wider", "Fail", "strict")]
    [InlineData("an exclusion that cannot be read, some have both", "Unknown", "")]
    [InlineData("near: an exclusion that cannot be read, nobody has both", "Pass", "")]
    [InlineData("a new attestation", "Unknown", "")]
    [InlineData("a new type", "Unknown", "")]
    [InlineData("near: a new attestation in a profile that nobody has", "Pass", "")]
    [InlineData("no list of targets", "Unknown", "")]
    [InlineData("a target does not say its profiles", "Unknown", "")]
    [InlineData("profiles named and not listed", "Unknown", "")]
    [InlineData("groups not read", "Unknown", "")]
    [InlineData("one profile only", "NotApplicable", "")]
    [InlineData("a file", "NotApplicable", "")]
    [InlineData("not enrolled", "NotApplicable", "")]
    public void A_tenant(string state, string outcomes, string subjects)
    {
        var facts = RuleFacts.Good();
        Cases[state](facts);
        Assert.Equal((outcomes, subjects), facts.Judge("PK110"));
    }

    [Fact]
    public void What_everybody_has_is_named_with_what_it_lets_in() =>
        Assert.Equal($"'strict' restricts nobody: everybody has 'default' as well, which lets in passkeys of any provider and passkeys without attestation. > Get-PasskeyProfileTarget -ProfileId '{RuleFacts.Id("default")}'", RuleFacts.Good().Target("all_users", "default").Said("PK110"));

    [Theory]
    [InlineData("adam", "", "any of the 2 users who have it: 'default' is for them as well", "exit")]
    [InlineData("adam", "", "1 of the 2 users who have it: 'default' is for that user as well", "")]
    [InlineData("adam", "exit", "the one user who has it: 'default' is for that user as well", "")]
    public void People_are_counted_without_those_who_are_excluded(string name, string excluded, string people, string other)
    {
        var facts = RuleFacts.Good().Person(name, [], [], ["staff"]);
        if (other.Length > 0) facts.Person(other, [], [], ["staff"]);
        if (excluded.Length > 0) facts.Person(excluded, [], [], ["leavers"]).Exclude("leavers");
        Assert.StartsWith($"'strict' does not restrict {people}, and lets in passkeys of any provider and passkeys without attestation. >", facts.Said("PK110"), StringComparison.Ordinal);
    }
}
