using System;
using System.Collections.Generic;
using PasskeyAdmin.Rules;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Core.Tests.Rules;

public sealed class AdministratorWithOnePasskeyRuleTests
{
    private static readonly Dictionary<string, Action<RuleFacts>> Cases = new()
    {
        ["as it should be"] = _ => { },
        ["one"] = f => f.Person("adam", ["passKeyDeviceBound"], [("deviceBound", RuleFacts.YubiKey)], ["admins"], [RuleFacts.GlobalAdministrator]),
        ["one without a type"] = f => f.Person("adam", ["fido2"], [("", RuleFacts.YubiKey)], ["admins"], [RuleFacts.GlobalAdministrator]),
        ["one, and Windows Hello"] = f => f.Person("adam", ["windowsHelloForBusiness"], [("deviceBound", RuleFacts.YubiKey)], ["admins"], [RuleFacts.GlobalAdministrator]),
        ["near: the account is disabled"] = f => f.Person("dora", ["passKeyDeviceBound"], [("deviceBound", RuleFacts.YubiKey)], ["admins"], [RuleFacts.GlobalAdministrator], isEnabled: false),
        ["near: a guest"] = f => f.Person("gus", ["passKeyDeviceBound"], [("deviceBound", RuleFacts.YubiKey)], ["admins"], [RuleFacts.GlobalAdministrator], isGuest: true),
        ["near: an emergency account"] = f => f.Person("exit", ["passKeyDeviceBound"], [("deviceBound", RuleFacts.YubiKey)], ["admins"]),
        ["near: a role that only reads"] = f => f.Person("rita", ["passKeyDeviceBound"], [("deviceBound", RuleFacts.YubiKey)], ["admins"], [RuleFacts.ReportsReader]),
        ["near: a role of a service"] = f => f.Person("sync", ["passKeyDeviceBound"], [("deviceBound", RuleFacts.YubiKey)], ["admins"], ["d29b2b05-8046-44ba-8758-1e26182fcf32", "a92aed5d-d78a-4d16-b381-09adb37eb3b0"]),
        ["near: no role at all"] = f => f.Person("nora", ["passKeyDeviceBound"], [("deviceBound", RuleFacts.YubiKey)], ["admins"]),
        ["a role of which nobody has heard"] = f => f.Person("newt", ["passKeyDeviceBound"], [("deviceBound", RuleFacts.YubiKey)], ["admins"], ["11111111-2222-3333-4444-555555555555"]),
        ["near: one that is synced"] = f => f.Person("adam", ["passKeySynced"], [("synced", RuleFacts.Apple)], ["admins"], [RuleFacts.GlobalAdministrator]),
        ["near: none"] = f => f.Person("adam", ["sms"], [], ["admins"], [RuleFacts.GlobalAdministrator]),
        ["near: one of each type"] = f => f.Person("adam", ["passKeyDeviceBound"], [("deviceBound", RuleFacts.YubiKey), ("synced", RuleFacts.Apple)], ["admins"], [RuleFacts.GlobalAdministrator]),
        ["passkeys not read"] = f => f.Person("adam", ["passKeyDeviceBound"], null, ["admins"], [RuleFacts.GlobalAdministrator]),
        ["one has one, of another they were not read"] = f => f.Person("adam", [], [("deviceBound", RuleFacts.YubiKey)], ["admins"]).Person("eve", [], null, roles: [RuleFacts.UserAdministrator]),
        ["nobody has a role"] = f => f.Roles = Reading<RuleRoles>.Of(new RuleRoles([])),
        ["nobody but the emergency account has a role"] = f => f.Roles = Reading<RuleRoles>.Of(new RuleRoles([new RoleHolders(RuleFacts.GlobalAdministrator, null, [RuleFacts.Id("exit")])])),
        ["roles not read"] = f => f.Roles = Reading<RuleRoles>.NotRead("Not allowed."),
        ["a file"] = f => f.IsFile = true,
    };

    [Theory]
    [InlineData("as it should be", "Pass", "")]
    [InlineData("one", "Fail", "adam@contoso.com")]
    [InlineData("one without a type", "Fail", "adam@contoso.com")]
    [InlineData("one, and Windows Hello", "Fail", "adam@contoso.com")]
    [InlineData("near: the account is disabled", "Pass", "")]
    [InlineData("near: a guest", "Pass", "")]
    [InlineData("near: an emergency account", "Pass", "")]
    [InlineData("near: a role that only reads", "Pass", "")]
    [InlineData("near: a role of a service", "Pass", "")]
    [InlineData("near: no role at all", "Pass", "")]
    [InlineData("a role of which nobody has heard", "Fail", "newt@contoso.com")]
    [InlineData("near: one that is synced", "Pass", "")]
    [InlineData("near: none", "Pass", "")]
    [InlineData("near: one of each type", "Pass", "")]
    [InlineData("passkeys not read", "Unknown", "")]
    [InlineData("one has one, of another they were not read", "Fail, Unknown", "adam@contoso.com")]
    [InlineData("nobody has a role", "NotApplicable", "")]
    [InlineData("nobody but the emergency account has a role", "NotApplicable", "")]
    [InlineData("roles not read", "Unknown", "")]
    [InlineData("a file", "NotApplicable", "")]
    public void A_tenant(string state, string outcomes, string subjects)
    {
        var facts = RuleFacts.Good();
        Cases[state](facts);
        Assert.Equal((outcomes, subjects), facts.Judge("PK203"));
    }

    [Fact]
    public void The_evidence_counts_and_names() => Assert.Equal("1 administrator has a single passkey: adam@contoso.com (Role 62e9).", RuleFacts.Good().Person("adam", [], [("deviceBound", RuleFacts.YubiKey)]).Evidence("PK203"));
}
