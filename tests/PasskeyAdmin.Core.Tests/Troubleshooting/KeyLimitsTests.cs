using System;
using System.Linq;
using PasskeyAdmin.Devices;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Sandbox;
using PasskeyAdmin.Troubleshooting;

namespace PasskeyAdmin.Core.Tests.Troubleshooting;

/// <summary>What a platform or browser does not do with one kind of passkey, and what a code alone explains.</summary>
public sealed class KeyLimitsTests
{
    private const string Name = "kim.key@contoso.com";

    private static readonly HelpdeskPlace Chromebook = new("ChromeOS 142", "Chrome 142.0.0");
    private static readonly HelpdeskPlace Firefox = new("Linux", "Firefox 145.0");

    [Theory]
    [InlineData("an iPhone", "An iPhone or iPad takes no security key by Bluetooth")]
    [InlineData("a Mac", "A Mac takes security keys by USB alone")]
    [InlineData("a Chromebook", "ChromeOS takes security keys by USB alone")]
    [InlineData("a Samsung phone", "a YubiKey may fail while its OTP interface is on")]
    [InlineData("Windows", null)]
    [InlineData("an iPhone, where the key worked before", null)]
    [InlineData("an iPhone, with a synced passkey as well", null)]
    [InlineData("an iPhone, with a wrong password", null)]
    public void A_key_that_fails_where_a_platform_has_limits(string place, string? words)
    {
        var (key, failed) = (User().Passkey(HelpdeskModel.YubiKey, 100, 20), "Passkey (device-bound)");
        var tenant = place switch
        {
            "a Mac" => key.SignIn(0.1, HelpdeskPlace.Mac, failed, 500121),
            "a Chromebook" => key.SignIn(0.1, Chromebook, failed, 500121),
            "a Samsung phone" => key.Device("Galaxy", "Android", "16", 200, 0.1, maker: "samsung", model: "SM-S931B").SignIn(0.1, HelpdeskPlace.Android.On("Galaxy"), failed, 500121),
            "Windows" => key.SignIn(0.1, HelpdeskPlace.Edge, failed, 500121),
            "an iPhone, where the key worked before" => key.SignIn(20, HelpdeskPlace.IPhone, failed).SignIn(0.1, HelpdeskPlace.IPhone, failed, 500121),
            "an iPhone, with a synced passkey as well" => key.Passkey(HelpdeskModel.Apple, 90, 10).SignIn(0.1, HelpdeskPlace.IPhone, failed, 500121),
            "an iPhone, with a wrong password" => key.SignIn(0.1, HelpdeskPlace.IPhone, "Password", 50126),
            _ => key.SignIn(0.1, HelpdeskPlace.IPhone, failed, 500121),
        };
        Says("KeyNotSupportedHere", CauseConfidence.Possible, words, Ask(tenant, PasskeySymptom.CannotSignIn));
    }

    [Theory]
    [InlineData("deviceBound", CauseConfidence.Likely)]
    [InlineData("deviceBound,synced", CauseConfidence.Possible)]
    public void ChromeOS_registers_no_key(string types, CauseConfidence confidence)
    {
        var tenant = User().Profile(HelpdeskTenant.Default, types).Push(300).SignIn(0.2, Chromebook, "Password+Mobile app notification", app: HelpdeskTenant.SecurityInformation).RegistrationFailed(0.19, "The registration failed.");
        Says("KeyNotSupportedHere", confidence, "On ChromeOS no security key can be registered", Ask(tenant, PasskeySymptom.CannotRegister));
    }

    [Fact]
    public void A_code_that_names_a_limit_is_believed() => Says("KeyNotSupportedHere", CauseConfidence.Likely, "OTP interface is on", Ask(User().Passkey(HelpdeskModel.YubiKey, 100, 20), PasskeySymptom.CannotSignIn, "the YubiKey fails on my phone"));

    [Theory]
    [InlineData("Authenticator", "Firefox 145.0 on Linux is not among the browsers in which Microsoft Entra ID offers passkeys of Microsoft Authenticator.")]
    [InlineData("Authenticator and a key", null)]
    [InlineData("a key", null)]
    public void Firefox_on_Linux_offers_none_of_Authenticator(string passkeys, string? words)
    {
        var tenant = User().Push(300);
        if (passkeys.StartsWith("Authenticator", StringComparison.Ordinal)) tenant.Passkey(HelpdeskModel.AuthenticatorForIOS, 100, 20);
        if (passkeys.EndsWith("a key", StringComparison.Ordinal)) tenant.Passkey(HelpdeskModel.YubiKey, 100, 20);
        var diagnosis = Ask(tenant.SignIn(1, Firefox, "Password+Mobile app notification").SignIn(0.2, Firefox, "Password+Mobile app notification"), PasskeySymptom.OptionMissing);
        Says("BrowserNotSupported", CauseConfidence.Likely, words, diagnosis);
        if (words is not null) Assert.Contains(diagnosis.Cause[0].NextStep, s => s.Text == "Use Edge or Chrome.");
    }

    /// <summary>What the table knows and no check does is told, and is no all-clear.</summary>
    [Theory]
    [InlineData("0xC0048585", "A proxy blocks the connectivity probe")]
    [InlineData("SecurityError", "address")]
    public void A_code_without_a_check_is_explained(string code, string words)
    {
        using var tenant = Healthy();
        var diagnosis = tenant.Ask(Name, PasskeySymptom.Auto, code);
        Says("ExplainedByCode", CauseConfidence.Likely, words, diagnosis);
        Assert.False(diagnosis.IsClear);
    }

    /// <summary>Every code and message of the table leads to a cause, or to the words that nothing explains it: never to an all-clear, of somebody who has one without it.</summary>
    [Fact]
    public void No_code_or_message_of_the_table_ends_in_an_all_clear()
    {
        using var tenant = Healthy();
        Assert.True(tenant.Ask(Name).IsClear);
        Assert.All(ErrorCodes.LoadBuiltIn().All, code =>
        {
            var diagnosis = tenant.Ask(Name, PasskeySymptom.Auto, code.Code ?? code.Text);
            Assert.False(diagnosis.IsClear);
            if (diagnosis.Cause.Any(c => code.CauseId.Contains(c.CauseId) || c.CauseId == "ExplainedByCode")) return;
            Assert.Equal(UserCheckOutcome.NotChecked, Told(diagnosis).Outcome);
            Assert.NotEmpty(Told(diagnosis).Detail);
        });
    }

    [Theory]
    [InlineData("135016", "The code 135016 says: FIDO sign-in is disabled by policy; another method is needed. Nothing that could be read explains it now. What may help: Compare the passkey")]
    [InlineData("50074", "The code 50074 says: Strong authentication is required. Nothing that could be read explains it now. What may help: Where it did not go on,")]
    [InlineData("passkey could not be added; unknown error", "The message says: The passkey could not be added; unknown error. Nothing that could be read explains it now.")]
    [InlineData("999999", "Nothing found in what could be read, and the code or message that was given is not known.")]
    public void A_code_that_nothing_explains_is_said_to_be_so(string code, string words)
    {
        using var tenant = Healthy();
        var diagnosis = tenant.Ask(Name, PasskeySymptom.Auto, code);
        Assert.Empty(diagnosis.Cause);
        Assert.False(diagnosis.IsClear);
        Assert.StartsWith(words, diagnosis.Summary, StringComparison.Ordinal);
        Assert.DoesNotContain("checks could not be made", diagnosis.Summary, StringComparison.Ordinal);
        Assert.Contains("Not checked, so this is no all-clear:\n   What the error code or message says:", diagnosis.Text, StringComparison.Ordinal);
    }

    /// <summary>What was found stands; that it is not what the code names is said beside it.</summary>
    [Theory]
    [InlineData("0x5B4", UserCheckOutcome.Found, "redirected")]
    [InlineData("50057", UserCheckOutcome.NotChecked, "None of the causes that were found is one that it names.")]
    [InlineData("50126", UserCheckOutcome.Clear, "50126: Wrong user name or password.")]
    [InlineData("999999", UserCheckOutcome.NotChecked, "It is not among the codes and messages that this module knows.")]
    public void A_cause_that_the_code_does_not_name_does_not_explain_it(string code, UserCheckOutcome outcome, string words)
    {
        var diagnosis = Ask(User().Passkey(HelpdeskModel.Apple, 100, 20).Push(300).IPhone("iPhone of Kim").SignIn(0.1, HelpdeskPlace.IPhone, "Password", 50126), PasskeySymptom.CannotSignIn, code);
        Assert.Contains(diagnosis.Cause, c => c.CauseId == "WrongPassword");
        Assert.Equal(outcome, Told(diagnosis).Outcome);
        Assert.Contains(words, Told(diagnosis).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_providers_that_rules_hang_on_are_in_the_catalogue()
    {
        var catalog = ProviderCatalog.LoadBuiltIn();
        foreach (var name in new[] { KnownProviders.Authenticator, KnownProviders.WindowsHello, KnownProviders.Apple, KnownProviders.Samsung, KnownProviders.ChromeOnMac, KnownProviders.EdgeOnMac }) Assert.Contains(catalog.Providers, p => p.Name == name);
        Assert.Contains(catalog.Providers, p => p.Requirement == KnownProviders.SecurityKeyRequirement);
        Assert.Equal([KnownProviders.Authenticator], DiagnosedTenant.Data.Browsers.NotFrom("Firefox 145.0", DevicePlatform.Linux));
        Assert.Empty(DiagnosedTenant.Data.Browsers.NotFrom("Firefox 145.0", DevicePlatform.Windows));
    }

    private static void Says(string causeId, CauseConfidence confidence, string? words, PasskeyUserDiagnosis diagnosis)
    {
        var cause = diagnosis.Cause.FirstOrDefault(c => c.CauseId == causeId);
        if (words is null)
        {
            Assert.Null(cause);
            return;
        }
        Assert.Equal(confidence, cause!.Confidence);
        Assert.Contains(words, cause.Summary, StringComparison.OrdinalIgnoreCase);
        Assert.NotEmpty(cause.NextStep);
    }

    private static PasskeyUserCheck Told(PasskeyUserDiagnosis diagnosis) => Assert.Single(diagnosis.Check, c => c.Id == "ErrorCode");

    private static DiagnosedTenant Healthy() => new(SandboxTenant.Parse(User().Passkey(HelpdeskModel.Apple, 100, 1).Push(300).IPhone("iPhone of Kim").SignIn(1, HelpdeskPlace.IPhone.On("iPhone of Kim"), "Passkey (synced)").ToJson()));

    private static HelpdeskTenant User() => new("Kim Key", Name);

    private static PasskeyUserDiagnosis Ask(HelpdeskTenant tenant, PasskeySymptom symptom, string? code = null)
    {
        using var diagnosed = new DiagnosedTenant(SandboxTenant.Parse(tenant.ToJson()));
        return diagnosed.Ask(tenant.UserPrincipalName, symptom, code);
    }
}
