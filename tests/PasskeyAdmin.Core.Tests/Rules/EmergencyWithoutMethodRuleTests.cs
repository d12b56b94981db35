using System;
using System.Collections.Generic;
using PasskeyAdmin.Rules;

namespace PasskeyAdmin.Core.Tests.Rules;

public sealed class EmergencyWithoutMethodRuleTests
{
    private static readonly Dictionary<string, Action<RuleFacts>> Cases = new()
    {
        ["as it should be"] = _ => { },
        ["a password only"] = f => f.Person("exit", [], []),
        ["a phone and an app"] = f => f.Person("exit", ["sms", "microsoftAuthenticatorPush"], []),
        ["Windows Hello of one computer"] = f => f.Person("exit", ["windowsHelloForBusiness"], []),
        ["a platform credential of one computer"] = f => f.Person("exit", ["macOsSecureEnclaveKey"], []),
        ["a passkey that the policy does not let in"] = f => f.Person("exit", ["passKeySynced"], [("synced", RuleFacts.Apple)]),
        ["excluded from passkeys"] = f => f.Exclude("admins"),
        ["near: one key only"] = f => f.Person("exit", ["passKeyDeviceBound"], [("deviceBound", RuleFacts.YubiKey)]),
        ["near: a certificate that is two factors"] = f => f.Person("exit", ["x509CertificateMultiFactor"], []),
        ["near: somebody else has none"] = f => f.Person("ann", [], []),
        ["near: a passkey, and something was removed since"] = f => f.Known("exit").IsInDoubt = true,
        ["near: not in the report, with a passkey"] = f => f.Person("exit", null, [("deviceBound", RuleFacts.YubiKey)]),
        ["near: passkeys not read, and a certificate"] = f => f.Person("exit", ["x509CertificateMultiFactor"], null),
        ["a certificate, and not how many factors"] = f => f.Person("exit", ["certificateBasedAuthentication"], []),
        ["near: such a certificate, and a passkey"] = f => f.Person("exit", ["certificateBasedAuthentication"], [("deviceBound", RuleFacts.YubiKey)]),
        ["a certificate, and something was removed since"] = f => { f.Person("exit", ["x509CertificateMultiFactor"], []); f.Known("exit").IsInDoubt = true; },
        ["not in the report"] = f => f.Person("exit", null, []),
        ["passkeys not read"] = f => f.Person("exit", ["passKeyDeviceBound"], null),
        ["an account that nobody has met"] = f => f.Emergency = Reading<RuleEmergency>.Of(new RuleEmergency([new EmergencyAccount(Guid.Parse(RuleFacts.Id("ghost")), "ghost@contoso.com", [])], true)),
        ["the second account has none"] = f => f.Person("exit2", [], []).IsEmergency("exit2"),
        ["none, and of the second it is not known"] = f => f.Person("exit", [], []).Person("exit2", null, []).IsEmergency("exit2"),
        ["emergency accounts not known"] = f => f.Emergency = Reading<RuleEmergency>.NotRead("None was named."),
        ["a file"] = f => f.IsFile = true,
    };

    [Theory]
    [InlineData("as it should be", "Pass", "")]
    [InlineData("a password only", "Fail", "exit@contoso.com")]
    [InlineData("a phone and an app", "Fail", "exit@contoso.com")]
    [InlineData("Windows Hello of one computer", "Fail", "exit@contoso.com")]
    [InlineData("a platform credential of one computer", "Fail", "exit@contoso.com")]
    [InlineData("a passkey that the policy does not let in", "Fail", "exit@contoso.com")]
    [InlineData("excluded from passkeys", "Fail", "exit@contoso.com")]
    [InlineData("near: one key only", "Pass", "")]
    [InlineData("near: a certificate that is two factors", "Pass", "")]
    [InlineData("near: somebody else has none", "Pass", "")]
    [InlineData("near: a passkey, and something was removed since", "Pass", "")]
    [InlineData("near: not in the report, with a passkey", "Pass", "")]
    [InlineData("near: passkeys not read, and a certificate", "Pass", "")]
    [InlineData("a certificate, and not how many factors", "Unknown", "")]
    [InlineData("near: such a certificate, and a passkey", "Pass", "")]
    [InlineData("a certificate, and something was removed since", "Unknown", "")]
    [InlineData("not in the report", "Unknown", "")]
    [InlineData("passkeys not read", "Unknown", "")]
    [InlineData("an account that nobody has met", "Unknown", "")]
    [InlineData("the second account has none", "Fail", "exit2@contoso.com")]
    [InlineData("none, and of the second it is not known", "Fail, Unknown", "exit@contoso.com")]
    [InlineData("emergency accounts not known", "Unknown", "")]
    [InlineData("a file", "NotApplicable", "")]
    public void A_tenant(string state, string outcomes, string subjects)
    {
        var facts = RuleFacts.Good();
        Cases[state](facts);
        Assert.Equal((outcomes, subjects), facts.Judge("PK205"));
    }

    [Fact]
    public void It_says_where_nobody_named_the_accounts()
    {
        var facts = RuleFacts.Good().Person("exit", [], []);
        Assert.Equal("exit@contoso.com: no passkey that works, and no certificate that counts as two factors.", facts.Evidence("PK205"));
        facts.AreEmergencyAccountsNamed = false;
        Assert.EndsWith("Presumed: left out by most Conditional Access policies.)", facts.Evidence("PK205"), StringComparison.Ordinal);
    }

    [Fact]
    public void One_account_and_two_are_sentences()
    {
        Assert.Equal("exit@contoso.com: has one.", RuleFacts.Good().Evidence("PK205"));
        var two = RuleFacts.Good().Person("exit2", null, [("deviceBound", RuleFacts.YubiKey)], ["admins"]).IsEmergency("exit2");
        Assert.Equal("exit@contoso.com, exit2@contoso.com: each has one.", two.Evidence("PK205"));
        two.Person("exit", null, null).Person("exit2", null, null);
        Assert.Equal("Whether exit@contoso.com, exit2@contoso.com have a passkey that works, or a certificate, is not known.", two.Evidence("PK205"));
    }
}
