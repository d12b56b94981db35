using System;
using System.Collections.Generic;
using PasskeyAdmin.Rules;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Core.Tests.Rules;

public sealed class AdministratorWithoutMethodRuleTests
{
    private static readonly Dictionary<string, Action<RuleFacts>> Cases = new()
    {
        ["as it should be"] = _ => { },
        ["an app only"] = f => f.Person("adam", ["microsoftAuthenticatorPush"], [], ["admins"], [RuleFacts.GlobalAdministrator]),
        ["a certificate that is one factor"] = f => f.Person("adam", ["x509CertificateSingleFactor"], [], ["admins"], [RuleFacts.GlobalAdministrator]),
        ["a passkey that the policy does not let in"] = f => f.Person("adam", ["passKeySynced"], [("synced", RuleFacts.Apple)], ["admins"], [RuleFacts.GlobalAdministrator]),
        ["administrators are excluded"] = f => f.Person("adam", ["passKeyDeviceBound"], [("deviceBound", RuleFacts.YubiKey)], ["admins"]).Exclude("admins"),
        ["passkeys are off"] = f => { f.Person("adam", ["passKeyDeviceBound"], [("deviceBound", RuleFacts.YubiKey)], ["admins"]); f.Policy["state"] = "disabled"; },
        ["near: the account is disabled"] = f => f.Person("dora", ["sms"], [], ["admins"], [RuleFacts.GlobalAdministrator], isEnabled: false),
        ["near: a guest"] = f => f.Person("gus", ["sms"], [], ["admins"], [RuleFacts.GlobalAdministrator], isGuest: true),
        ["near: an emergency account"] = f => f.Person("exit", ["sms"], [], ["admins"]),
        ["near: a role that only reads"] = f => f.Person("rita", ["sms"], [], ["admins"], [RuleFacts.ReportsReader]),
        ["near: a role of a service"] = f => f.Person("sync", ["sms"], [], ["admins"], ["d29b2b05-8046-44ba-8758-1e26182fcf32", "a92aed5d-d78a-4d16-b381-09adb37eb3b0"]),
        ["near: no role at all"] = f => f.Person("nora", ["sms"], [], ["admins"]),
        ["a role of which nobody has heard"] = f => f.Person("newt", ["sms"], [], ["admins"], ["11111111-2222-3333-4444-555555555555"]),
        ["near: Windows Hello alone"] = f => f.Person("adam", ["windowsHelloForBusiness"], [], ["admins"], [RuleFacts.GlobalAdministrator]),
        ["near: a platform credential alone"] = f => f.Person("adam", ["macOsSecureEnclaveKey"], [], ["admins"], [RuleFacts.GlobalAdministrator]),
        ["near: a certificate that is two factors"] = f => f.Person("adam", ["x509CertificateMultiFactor"], [], ["admins"], [RuleFacts.GlobalAdministrator]),
        ["near: passkeys are off, and there is Windows Hello"] = f => f.Policy["state"] = "disabled",
        ["near: one passkey of two works"] = f => f.Person("adam", ["passKeySynced"], [("synced", RuleFacts.Apple), ("deviceBound", RuleFacts.YubiKey)], ["admins"], [RuleFacts.GlobalAdministrator]),
        ["near: registered before attestation was demanded"] = f => f.Person("adam", ["fido2"], [("deviceBound", RuleFacts.YubiKey)], ["admins"], [RuleFacts.GlobalAdministrator]),
        ["a certificate, and not how many factors"] = f => f.Person("adam", ["certificateBasedAuthentication"], [], ["admins"], [RuleFacts.GlobalAdministrator]),
        ["near: such a certificate, and a passkey"] = f => f.Person("adam", ["certificateBasedAuthentication"], [("deviceBound", RuleFacts.YubiKey)], ["admins"], [RuleFacts.GlobalAdministrator]),
        ["something was removed since"] = f => { f.Person("adam", ["windowsHelloForBusiness"], [], ["admins"]); f.Known("adam").IsInDoubt = true; },
        ["near: something was removed since, and a passkey is there"] = f => { f.Person("adam", ["windowsHelloForBusiness"], [("deviceBound", RuleFacts.YubiKey)], ["admins"]); f.Known("adam").IsInDoubt = true; },
        ["not in the report"] = f => f.Person("adam", null, [], ["admins"], [RuleFacts.GlobalAdministrator]),
        ["near: not in the report, with a passkey"] = f => f.Person("adam", null, [("deviceBound", RuleFacts.YubiKey)], ["admins"], [RuleFacts.GlobalAdministrator]),
        ["passkeys not read"] = f => f.Person("adam", ["passKeyDeviceBound"], null, ["admins"], [RuleFacts.GlobalAdministrator]),
        ["near: passkeys not read, and Windows Hello"] = f => f.Person("adam", ["windowsHelloForBusiness"], null, ["admins"], [RuleFacts.GlobalAdministrator]),
        ["a passkey without a type"] = f => f.Person("adam", ["fido2"], [("", RuleFacts.YubiKey)], ["admins"], [RuleFacts.GlobalAdministrator]),
        ["a passkey without an AAGUID"] = f => f.Person("adam", ["fido2"], [("deviceBound", "")], ["admins"], [RuleFacts.GlobalAdministrator]),
        ["a passkey without either"] = f => f.Person("adam", ["fido2"], [("", "")], ["admins"], [RuleFacts.GlobalAdministrator]),
        ["a group cannot be read"] = f => f.Person("eve", ["passKeyDeviceBound"], [("deviceBound", RuleFacts.YubiKey)], roles: [RuleFacts.UserAdministrator]).IsUnreadable("staff"),
        ["one has none, of another that cannot be told"] = f => f.Person("adam", [], [], ["admins"]).Person("eve", null, [], roles: [RuleFacts.UserAdministrator]),
        ["nobody has a role"] = f => f.Roles = Reading<RuleRoles>.Of(new RuleRoles([])),
        ["nobody but the emergency account has a role"] = f => f.Roles = Reading<RuleRoles>.Of(new RuleRoles([new RoleHolders(RuleFacts.GlobalAdministrator, null, [RuleFacts.Id("exit")])])),
        ["roles not read"] = f => f.Roles = Reading<RuleRoles>.NotRead("Not allowed."),
        ["a file"] = f => f.IsFile = true,
    };

    [Theory]
    [InlineData("as it should be", "Pass", "")]
    [InlineData("an app only", "Fail", "adam@contoso.com")]
    [InlineData("a certificate that is one factor", "Fail", "adam@contoso.com")]
    [InlineData("a passkey that the policy does not let in", "Fail", "adam@contoso.com")]
    [InlineData("administrators are excluded", "Fail", "adam@contoso.com")]
    [InlineData("passkeys are off", "Fail", "adam@contoso.com")]
    [InlineData("near: the account is disabled", "Pass", "")]
    [InlineData("near: a guest", "Pass", "")]
    [InlineData("near: an emergency account", "Pass", "")]
    [InlineData("near: a role that only reads", "Pass", "")]
    [InlineData("near: a role of a service", "Pass", "")]
    [InlineData("near: no role at all", "Pass", "")]
    [InlineData("a role of which nobody has heard", "Fail", "newt@contoso.com")]
    [InlineData("near: Windows Hello alone", "Pass", "")]
    [InlineData("near: a platform credential alone", "Pass", "")]
    [InlineData("near: a certificate that is two factors", "Pass", "")]
    [InlineData("near: passkeys are off, and there is Windows Hello", "Pass", "")]
    [InlineData("near: one passkey of two works", "Pass", "")]
    [InlineData("near: registered before attestation was demanded", "Pass", "")]
    [InlineData("a certificate, and not how many factors", "Unknown", "")]
    [InlineData("near: such a certificate, and a passkey", "Pass", "")]
    [InlineData("something was removed since", "Unknown", "")]
    [InlineData("near: something was removed since, and a passkey is there", "Pass", "")]
    [InlineData("not in the report", "Unknown", "")]
    [InlineData("near: not in the report, with a passkey", "Pass", "")]
    [InlineData("passkeys not read", "Unknown", "")]
    [InlineData("near: passkeys not read, and Windows Hello", "Pass", "")]
    [InlineData("a passkey without a type", "Unknown", "")]
    [InlineData("a passkey without an AAGUID", "Unknown", "")]
    [InlineData("a passkey without either", "Unknown", "")]
    [InlineData("a group cannot be read", "Unknown", "")]
    [InlineData("one has none, of another that cannot be told", "Fail, Unknown", "adam@contoso.com")]
    [InlineData("nobody has a role", "NotApplicable", "")]
    [InlineData("nobody but the emergency account has a role", "NotApplicable", "")]
    [InlineData("roles not read", "Unknown", "")]
    [InlineData("a file", "NotApplicable", "")]
    public void A_tenant(string state, string outcomes, string subjects)
    {
        var facts = RuleFacts.Good();
        Cases[state](facts);
        Assert.Equal((outcomes, subjects), facts.Judge("PK202"));
    }

    [Fact]
    public void The_evidence_counts_and_names()
    {
        Assert.Equal("Each of 1 administrator has one.", RuleFacts.Good().Evidence("PK202"));
        var facts = RuleFacts.Good().Person("adam", [], [], ["admins"]).Person("bea", [], [], roles: [RuleFacts.UserAdministrator]).Person("cyd", [], [], roles: [RuleFacts.UserAdministrator]).Person("abe", [], [], roles: [RuleFacts.UserAdministrator]);
        Assert.Equal("4 administrators have no phishing-resistant method that works: abe@contoso.com (Role fe93), adam@contoso.com (Role 62e9), bea@contoso.com (Role fe93) and 1 more.", facts.Evidence("PK202"));
    }
}
