using System;
using System.Collections.Generic;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Core.Tests.Rules;

public sealed class UnknownAaGuidRuleTests
{
    private static readonly Dictionary<string, Action<RuleFacts>> Cases = new()
    {
        ["as it should be"] = _ => { },
        ["mistyped in an allow list"] = f => f.Profile("strict", "deviceBound", isAttested: true, allow: [RuleFacts.YubiKey, Unknown]),
        ["mistyped in a block list"] = f => f.Profile("default", "deviceBound", block: [Unknown]),
        ["an entry that is no AAGUID"] = f => f.Profile("strict", "deviceBound", isAttested: true, allow: [RuleFacts.YubiKey, "YubiKey 5"]),
        ["near: in a list that is not enforced"] = f => f.Profiles[0]["keyRestrictions"]!["aaGuids"] = new JArray(Unknown),
        ["near: written in capitals"] = f => f.Profile("strict", "deviceBound", isAttested: true, allow: [RuleFacts.YubiKey.ToUpperInvariant()]),
        ["near: empty lists"] = f => f.Profile("strict", "deviceBound", allow: []).Profile("default", "deviceBound", block: []),
        ["in a new kind of list"] = f => f.Says("strict", "keyRestrictions", RuleFacts.List("prefer", Unknown)),
        ["near: a known one in a new kind of list"] = f => f.Says("strict", "keyRestrictions", RuleFacts.List("prefer", RuleFacts.YubiKey)),
        ["profiles named and not listed"] = f => f.Lacks("passkeyProfiles"),
        ["a file"] = f => f.Profile("default", "deviceBound", block: [Unknown]).IsFile = true,
        ["not enrolled"] = f => f.IsNotEnrolled(),
        ["not enrolled, mistyped"] = f => f.IsNotEnrolled().Policy["keyRestrictions"] = RuleFacts.List("block", Unknown),
    };

    [Theory]
    [InlineData("as it should be", "Pass", "")]
    [InlineData("mistyped in an allow list", "Fail", "strict")]
    [InlineData("mistyped in a block list", "Fail", "default")]
    [InlineData("an entry that is no AAGUID", "Fail", "strict")]
    [InlineData("near: in a list that is not enforced", "Pass", "")]
    [InlineData("near: written in capitals", "Pass", "")]
    [InlineData("near: empty lists", "Pass", "")]
    [InlineData("in a new kind of list", "Unknown", "")]
    [InlineData("near: a known one in a new kind of list", "Pass", "")]
    [InlineData("profiles named and not listed", "Unknown", "")]
    [InlineData("a file", "Fail", "default")]
    [InlineData("not enrolled", "Pass", "")]
    [InlineData("not enrolled, mistyped", "Fail", "Legacy settings")]
    public void A_tenant(string state, string outcomes, string subjects)
    {
        var facts = RuleFacts.Good();
        Cases[state](facts);
        Assert.Equal((outcomes, subjects), facts.Judge("PK104"));
    }

    private const string Unknown = "12345678-0000-0000-0000-00000000000a";
    private const string Another = "12345678-0000-0000-0000-00000000000b";

    [Fact]
    public void One_is_named_with_the_command_that_looks_it_up() =>
        Assert.Equal($"'strict' lists {Unknown}, which is not known. > Get-PasskeyProvider -AaGuid '{Unknown}'", RuleFacts.Good().Profile("strict", "deviceBound", allow: [RuleFacts.YubiKey, Unknown, Unknown]).Said("PK104"));

    [Fact]
    public void Several_and_entries_that_are_none_are_told_apart() =>
        Assert.Equal($"'strict' lists {Unknown}, {Another}, which are not known, and 2 entries that are no AAGUID. > Get-PasskeyProvider -AaGuid '{Unknown}'", RuleFacts.Good().Profile("strict", "deviceBound", allow: [Unknown, Another, "", "x"]).Said("PK104"));

    [Fact]
    public void Entries_that_are_none_have_nothing_to_look_up() =>
        Assert.Equal("'strict' lists 1 entry that is no AAGUID.", RuleFacts.Good().Profile("strict", "deviceBound", allow: ["x"]).Said("PK104"));
}
