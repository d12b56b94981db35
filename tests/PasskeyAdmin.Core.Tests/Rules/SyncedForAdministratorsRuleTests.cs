using System;
using System.Collections.Generic;
using PasskeyAdmin.Rules;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Core.Tests.Rules;

public sealed class SyncedForAdministratorsRuleTests
{
    private static readonly Dictionary<string, Action<RuleFacts>> Cases = new()
    {
        ["as it should be"] = _ => { },
        ["in the pilot"] = f => f.Person("adam", ["passKeyDeviceBound"], [("deviceBound", RuleFacts.YubiKey)], ["pilot"], [RuleFacts.GlobalAdministrator]),
        ["both types for administrators"] = f => f.Profile("strict", "deviceBound,synced"),
        ["everybody gets synced ones"] = f => f.Target("all_users", "synced"),
        ["near: the account is disabled"] = f => f.Person("dora", ["passKeyDeviceBound"], [("deviceBound", RuleFacts.YubiKey)], ["pilot"], [RuleFacts.GlobalAdministrator], isEnabled: false),
        ["near: a guest"] = f => f.Person("gus", ["passKeyDeviceBound"], [("deviceBound", RuleFacts.YubiKey)], ["pilot"], [RuleFacts.GlobalAdministrator], isGuest: true),
        ["near: an emergency account"] = f => f.Person("exit", ["passKeyDeviceBound"], [("deviceBound", RuleFacts.YubiKey)], ["pilot"]),
        ["near: a role that only reads"] = f => f.Person("rita", ["passKeyDeviceBound"], [("deviceBound", RuleFacts.YubiKey)], ["pilot"], [RuleFacts.ReportsReader]),
        ["near: a role of a service"] = f => f.Person("sync", ["passKeyDeviceBound"], [("deviceBound", RuleFacts.YubiKey)], ["pilot"], ["d29b2b05-8046-44ba-8758-1e26182fcf32", "a92aed5d-d78a-4d16-b381-09adb37eb3b0"]),
        ["near: no role at all"] = f => f.Person("nora", ["passKeyDeviceBound"], [("deviceBound", RuleFacts.YubiKey)], ["pilot"]),
        ["a role of which nobody has heard"] = f => f.Person("newt", ["passKeyDeviceBound"], [("deviceBound", RuleFacts.YubiKey)], ["pilot"], ["11111111-2222-3333-4444-555555555555"]),
        ["near: synced ones cannot be attested"] = f => f.Profile("strict", "deviceBound,synced", isAttested: true),
        ["near: excluded"] = f => f.Person("adam", [], [], ["pilot"]).Exclude("admins"),
        ["near: passkeys are off"] = f => { f.Person("adam", [], [], ["pilot"]); f.Policy["state"] = "disabled"; },
        ["near: who has one may not register one"] = f => f.Person("adam", ["passKeySynced"], [("synced", RuleFacts.Apple)], ["admins"], [RuleFacts.GlobalAdministrator]),
        ["the pilot cannot be read"] = f => f.IsUnreadable("pilot"),
        ["near: a group cannot be read that gets device-bound ones"] = f => f.IsUnreadable("staff"),
        ["who is excluded cannot be read"] = f => f.Person("adam", [], [], ["pilot"]).Exclude("leavers").IsUnreadable("leavers"),
        ["one is in the pilot, of another that cannot be read"] = f => f.Person("adam", [], [], ["pilot"]).Person("eve", [], [], roles: [RuleFacts.UserAdministrator]).IsUnreadable("pilot"),
        ["a state that is not known"] = f => { f.Person("adam", [], [], ["pilot"]); f.Policy["state"] = "paused"; },
        ["nobody has a role"] = f => f.Roles = Reading<RuleRoles>.Of(new RuleRoles([])),
        ["nobody but the emergency account has a role"] = f => f.Roles = Reading<RuleRoles>.Of(new RuleRoles([new RoleHolders(RuleFacts.GlobalAdministrator, null, [RuleFacts.Id("exit")])])),
        ["roles not read"] = f => f.Roles = Reading<RuleRoles>.NotRead("Not allowed."),
        ["a file"] = f => f.IsFile = true,
    };

    [Theory]
    [InlineData("as it should be", "Pass", "")]
    [InlineData("in the pilot", "Fail", "adam@contoso.com")]
    [InlineData("both types for administrators", "Fail", "adam@contoso.com")]
    [InlineData("everybody gets synced ones", "Fail", "adam@contoso.com")]
    [InlineData("near: the account is disabled", "Pass", "")]
    [InlineData("near: a guest", "Pass", "")]
    [InlineData("near: an emergency account", "Pass", "")]
    [InlineData("near: a role that only reads", "Pass", "")]
    [InlineData("near: a role of a service", "Pass", "")]
    [InlineData("near: no role at all", "Pass", "")]
    [InlineData("a role of which nobody has heard", "Fail", "newt@contoso.com")]
    [InlineData("near: synced ones cannot be attested", "Pass", "")]
    [InlineData("near: excluded", "Pass", "")]
    [InlineData("near: passkeys are off", "Pass", "")]
    [InlineData("near: who has one may not register one", "Pass", "")]
    [InlineData("the pilot cannot be read", "Unknown", "")]
    [InlineData("near: a group cannot be read that gets device-bound ones", "Pass", "")]
    [InlineData("who is excluded cannot be read", "Unknown", "")]
    [InlineData("one is in the pilot, of another that cannot be read", "Fail, Unknown", "adam@contoso.com")]
    [InlineData("a state that is not known", "Unknown", "")]
    [InlineData("nobody has a role", "NotApplicable", "")]
    [InlineData("nobody but the emergency account has a role", "NotApplicable", "")]
    [InlineData("roles not read", "Unknown", "")]
    [InlineData("a file", "NotApplicable", "")]
    public void A_tenant(string state, string outcomes, string subjects)
    {
        var facts = RuleFacts.Good();
        Cases[state](facts);
        Assert.Equal((outcomes, subjects), facts.Judge("PK201"));
    }

    [Fact]
    public void Administrators_are_named_with_their_roles()
    {
        var facts = RuleFacts.Good().Person("adam", [], [], ["pilot"]).Person("eve", [], [], ["pilot"], [RuleFacts.UserAdministrator, RuleFacts.GlobalAdministrator, RuleFacts.ReportsReader]);
        Assert.Equal("2 administrators may register synced passkeys: adam@contoso.com (Role 62e9), eve@contoso.com (Role 62e9, Role fe93).", facts.Evidence("PK201"));
        Assert.Equal("None of 1 administrator may register one.", RuleFacts.Good().Evidence("PK201"));
    }

    [Fact]
    public void Where_emergency_accounts_are_not_known_they_count_as_administrators()
    {
        var facts = RuleFacts.Good().Person("exit", [], [], ["pilot"]);
        facts.Emergency = Reading<RuleEmergency>.NotRead("None was named.");
        Assert.Equal(("Fail", "exit@contoso.com"), facts.Judge("PK201"));
    }
}
