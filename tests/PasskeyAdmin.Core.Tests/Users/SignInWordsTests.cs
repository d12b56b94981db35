using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Core.Tests.Users;

public sealed class SignInWordsTests
{
    [Theory]
    [InlineData("Passkey (device-bound)", "Passkey")]
    [InlineData("Passkey (synced)", "Passkey")]
    [InlineData("passkey (synced)", "Passkey")]
    [InlineData("Passkey (Microsoft Authenticator)", "Passkey")]
    [InlineData("FIDO2 security key", "Passkey")]
    [InlineData("Windows Hello for Business", "PhishingResistant")]
    [InlineData("Platform Credential", "PhishingResistant")]
    [InlineData("macOS secure enclave key", "PhishingResistant")]
    [InlineData("X.509 Certificate", "NotKnown")]
    [InlineData("Certificate-based authentication", "NotKnown")]
    [InlineData("Password", "Other")]
    [InlineData("SMS", "Other")]
    [InlineData("Text message", "Other")]
    [InlineData("Voice", "Other")]
    [InlineData("Phone call approval (Authentication phone)", "Other")]
    [InlineData("Authenticator App", "Other")]
    [InlineData("Mobile app notification", "Other")]
    [InlineData("Software OATH token", "Other")]
    [InlineData("OATH verification code", "Other")]
    [InlineData("Passwordless phone sign-in", "Other")]
    [InlineData("Temporary Access Pass", "Other")]
    [InlineData("Previously satisfied", "NotKnown")]
    [InlineData("Satisfied by token", "NotKnown")]
    [InlineData("Windows Hello for Consumers", "NotKnown")]
    [InlineData("Passwordmatic", "NotKnown")]
    [InlineData("Telepathy", "NotKnown")]
    [InlineData("", "NotKnown")]
    public void A_word_counts_as(string method, string proof) => Assert.Equal(proof, SignInWords.Of([Step(method)]).ToString());

    [Theory]
    [InlineData("Multifactor", "PhishingResistant")]
    [InlineData("User certificate authentication level: MultiFactorAuthentication", "PhishingResistant")]
    [InlineData("Single-factor", "Other")]
    [InlineData("Issuer CN=Contoso", "NotKnown")]
    public void Of_a_certificate_the_detail_decides(string detail, string proof)
    {
        var step = Step("X.509 Certificate");
        step["authenticationMethodDetail"] = detail;
        Assert.Equal(proof, SignInWords.Of([step]).ToString());
    }

    [Theory]
    [InlineData("Password, Passkey (synced)", "Passkey")]
    [InlineData("Password, Windows Hello for Business, Passkey (synced)", "Passkey")]
    [InlineData("Password, Mobile app notification", "Other")]
    [InlineData("Password, Previously satisfied", "NotKnown")]
    [InlineData("Previously satisfied, Windows Hello for Business", "PhishingResistant")]
    [InlineData("Password, !Passkey (synced)", "Other")] // It failed: the password alone let them in.
    [InlineData("!Password", "NotKnown")]
    public void Steps_count_together(string steps, string proof) =>
        Assert.Equal(proof, SignInWords.Of([.. steps.Split(", ").Select(s => Step(s.TrimStart('!'), s[0] != '!'))]).ToString());

    [Fact]
    public void A_factor_from_a_token_says_nothing_of_this_sign_in()
    {
        var step = Step("Mobile app notification");
        step["authenticationStepResultDetail"] = "MFA requirement satisfied by claim in the token";
        Assert.Equal(SignInProof.NotKnown, SignInWords.Of([step]));
    }

    [Fact]
    public void What_is_not_there_or_of_another_form_is_not_known() => Assert.All<JArray?>(
        [null, [], [JValue.CreateNull()], [new JObject()], [new JObject { ["authenticationMethod"] = "Passkey (synced)" }], [new JObject { ["authenticationMethod"] = 7, ["succeeded"] = true }], ["Password"]],
        steps => Assert.Equal(SignInProof.NotKnown, SignInWords.Of(steps)));

    private static JObject Step(string method, bool succeeded = true) => new() { ["authenticationMethod"] = method, ["succeeded"] = succeeded };
}
