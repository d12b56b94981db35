using System;
using System.Collections.Generic;
using PasskeyAdmin.Rules;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Core.Tests.Rules;

public sealed class AdministratorOnlySyncedRuleTests
{
    private static readonly Dictionary<string, Action<RuleFacts>> Cases = new()
    {
        ["as it should be"] = _ => { },
        ["one that is synced"] = f => f.Person("adam", ["passKeySynced"], [("synced", RuleFacts.Apple)], ["admins"], [RuleFacts.GlobalAdministrator]),
        ["two that are synced"] = f => f.Person("adam", ["passKeySynced"], [("synced", RuleFacts.Apple), ("synced", RuleFacts.OnePassword)], ["admins"], [RuleFacts.GlobalAdministrator]),
        ["synced ones, and Windows Hello"] = f => f.Person("adam", ["windowsHelloForBusiness"], [("synced", RuleFacts.Apple)], ["admins"], [RuleFacts.GlobalAdministrator]),
        ["near: the account is disabled"] = f => f.Person("dora", ["passKeySynced"], [("synced", RuleFacts.Apple)], ["admins"], [RuleFacts.GlobalAdministrator], isEnabled: false),
        ["near: a guest"] = f => f.Person("gus", ["passKeySynced"], [("synced", RuleFacts.Apple)], ["admins"], [RuleFacts.GlobalAdministrator], isGuest: true),
        ["near: an emergency account"] = f => f.Person("exit", ["passKeySynced"], [("synced", RuleFacts.Apple)], ["admins"]),
        ["near: a role that only reads"] = f => f.Person("rita", ["passKeySynced"], [("synced", RuleFacts.Apple)], ["admins"], [RuleFacts.ReportsReader]),
        ["near: a role of a service"] = f => f.Person("sync", ["passKeySynced"], [("synced", RuleFacts.Apple)], ["admins"], ["d29b2b05-8046-44ba-8758-1e26182fcf32", "a92aed5d-d78a-4d16-b381-09adb37eb3b0"]),
        ["near: no role at all"] = f => f.Person("nora", ["passKeySynced"], [("synced", RuleFacts.Apple)], ["admins"]),
        ["a role of which nobody has heard"] = f => f.Person("newt", ["passKeySynced"], [("synced", RuleFacts.Apple)], ["admins"], ["11111111-2222-3333-4444-555555555555"]),
        ["near: one of each type"] = f => f.Person("adam", ["passKeySynced"], [("synced", RuleFacts.Apple), ("deviceBound", RuleFacts.YubiKey)], ["admins"], [RuleFacts.GlobalAdministrator]),
        ["near: none"] = f => f.Person("adam", ["sms"], [], ["admins"], [RuleFacts.GlobalAdministrator]),
        ["near: one bound to a device, one without a type"] = f => f.Person("adam", ["fido2"], [("deviceBound", RuleFacts.YubiKey), ("", RuleFacts.YubiKey)], ["admins"], [RuleFacts.GlobalAdministrator]),
        ["one without a type"] = f => f.Person("adam", ["fido2"], [("", RuleFacts.YubiKey)], ["admins"], [RuleFacts.GlobalAdministrator]),
        ["one synced, one without a type"] = f => f.Person("adam", ["fido2"], [("synced", RuleFacts.Apple), ("", RuleFacts.YubiKey)], ["admins"], [RuleFacts.GlobalAdministrator]),
        ["one of a new type"] = f => f.Person("adam", ["fido2"], [("hybrid", RuleFacts.YubiKey)], ["admins"], [RuleFacts.GlobalAdministrator]),
        ["passkeys not read"] = f => f.Person("adam", ["passKeySynced"], null, ["admins"], [RuleFacts.GlobalAdministrator]),
        ["one has, of another they were not read"] = f => f.Person("adam", [], [("synced", RuleFacts.Apple)], ["admins"]).Person("eve", [], null, roles: [RuleFacts.UserAdministrator]),
        ["nobody has a role"] = f => f.Roles = Reading<RuleRoles>.Of(new RuleRoles([])),
        ["nobody but the emergency account has a role"] = f => f.Roles = Reading<RuleRoles>.Of(new RuleRoles([new RoleHolders(RuleFacts.GlobalAdministrator, null, [RuleFacts.Id("exit")])])),
        ["roles not read"] = f => f.Roles = Reading<RuleRoles>.NotRead("Not allowed."),
        ["a file"] = f => f.IsFile = true,
    };

    [Theory]
    [InlineData("as it should be", "Pass", "")]
    [InlineData("one that is synced", "Fail", "adam@contoso.com")]
    [InlineData("two that are synced", "Fail", "adam@contoso.com")]
    [InlineData("synced ones, and Windows Hello", "Fail", "adam@contoso.com")]
    [InlineData("near: the account is disabled", "Pass", "")]
    [InlineData("near: a guest", "Pass", "")]
    [InlineData("near: an emergency account", "Pass", "")]
    [InlineData("near: a role that only reads", "Pass", "")]
    [InlineData("near: a role of a service", "Pass", "")]
    [InlineData("near: no role at all", "Pass", "")]
    [InlineData("a role of which nobody has heard", "Fail", "newt@contoso.com")]
    [InlineData("near: one of each type", "Pass", "")]
    [InlineData("near: none", "Pass", "")]
    [InlineData("near: one bound to a device, one without a type", "Pass", "")]
    [InlineData("one without a type", "Unknown", "")]
    [InlineData("one synced, one without a type", "Unknown", "")]
    [InlineData("one of a new type", "Unknown", "")]
    [InlineData("passkeys not read", "Unknown", "")]
    [InlineData("one has, of another they were not read", "Fail, Unknown", "adam@contoso.com")]
    [InlineData("nobody has a role", "NotApplicable", "")]
    [InlineData("nobody but the emergency account has a role", "NotApplicable", "")]
    [InlineData("roles not read", "Unknown", "")]
    [InlineData("a file", "NotApplicable", "")]
    public void A_tenant(string state, string outcomes, string subjects)
    {
        var facts = RuleFacts.Good();
        Cases[state](facts);
        Assert.Equal((outcomes, subjects), facts.Judge("PK204"));
    }

    [Fact]
    public void The_evidence_counts_and_names() =>
        Assert.Equal("2 administrators have synced passkeys only: adam@contoso.com (Role 62e9), bea@contoso.com (Role fe93).", RuleFacts.Good().Person("adam", [], [("synced", RuleFacts.Apple)]).Person("bea", [], [("synced", RuleFacts.Apple)], roles: [RuleFacts.UserAdministrator]).Evidence("PK204"));
}
