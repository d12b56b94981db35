using System;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox;
using PasskeyAdmin.Troubleshooting;
using static PasskeyAdmin.Core.Tests.Troubleshooting.HelpdeskModel;
using static PasskeyAdmin.Core.Tests.Troubleshooting.HelpdeskPlace;
using static PasskeyAdmin.Core.Tests.Troubleshooting.HelpdeskTenant;

namespace PasskeyAdmin.Core.Tests.Troubleshooting;

/// <summary>What must not be said: an all-clear over something that failed, and a certainty that the evidence does not give.</summary>
public sealed class DiagnosisCautionTests
{
    private const string Synced = "Passkey (synced)";
    private const string Push = "Password+Mobile app notification";

    /// <summary>A reason that no check understands is no all-clear.</summary>
    [Theory]
    [InlineData("Unexpected error 0x80090016", "CannotRegister", "RegistrationFailed")]
    [InlineData("Unexpected error 0x80090016", "Auto", "RegistrationFailed")]
    [InlineData("The creation response of the passkey could not be verified.", "CannotRegister", "RegistrationFailed")]
    [InlineData("", "CannotRegister", "RegistrationFailed")]
    // Of another method it is not ours to tell.
    [InlineData("Mobile Phone SMS: the number is not valid.", "CannotRegister", null)]
    public void A_registration_that_failed_for_an_unknown_reason_is_told(string reason, string symptom, string? cause)
    {
        var diagnosis = Ask(Sound().RegistrationFailed(1, reason), Enum.Parse<PasskeySymptom>(symptom));
        Assert.Equal(cause, diagnosis.Cause is [var first, ..] ? first.CauseId : null);
        Assert.Equal(cause is null, diagnosis.IsClear);
        if (reason.Length > 0 && cause is not null) Assert.Contains(reason.TrimEnd('.'), diagnosis.Cause[0].Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_registration_of_another_method_that_was_broken_off_is_none_of_a_passkey()
    {
        var json = JObject.Parse(Sound().RegistrationCancelled(1).ToJson());
        Assert.Contains("does not say whether it was a passkey", Ask(json, PasskeySymptom.CannotRegister).Cause[0].Summary, StringComparison.Ordinal);
        json["directoryAudits"]!.Last!["resultReason"] = "User canceled registration of Mobile Phone SMS";
        Assert.Empty(Ask(json, PasskeySymptom.CannotRegister).Cause);
    }

    /// <summary>That somebody got in with a password mends no passkey.</summary>
    [Theory]
    [InlineData(500121, "SecondFactorNotCompleted")]
    [InlineData(500133, "SignInFailed")]
    public void A_passkey_that_fails_again_and_again_is_told_although_a_password_worked(int code, string cause)
    {
        var tenant = Sound();
        for (var day = 5; day > 0; day--) tenant.SignIn(day, IPhone, Synced, 500121).SignIn(day - 0.01, IPhone, Push);
        var json = JObject.Parse(tenant.ToJson());
        foreach (var status in json["signIns"]!.Select(s => s["status"]).OfType<JObject>()) status["errorCode"] = code;
        foreach (var symptom in new[] { PasskeySymptom.CannotSignIn, PasskeySymptom.StoppedWorking })
        {
            var diagnosis = Ask(json, symptom);
            Assert.Equal(cause, diagnosis.Cause[0].CauseId);
            Assert.False(diagnosis.IsClear);
        }
    }

    /// <summary>Profiles of which one has a list do not let any passkey in.</summary>
    [Fact]
    public void A_list_for_one_type_is_a_list()
    {
        var tenant = Sound().Profile(Default, HelpdeskTenant.Bound).Group("Pilot", "user").Profile("Pilot", "synced", allow: [Apple, Google]).Target("Pilot", "Pilot");
        var diagnosis = Ask(tenant, PasskeySymptom.CannotRegister);
        var cause = Assert.Single(diagnosis.Cause, c => c.CauseId == "ProviderNotAllowed");
        Assert.Equal(CauseConfidence.Possible, cause.Confidence);
        Assert.Contains("synced passkeys only of Apple Passwords", cause.Summary, StringComparison.Ordinal);
        Assert.DoesNotContain("any passkey be registered", diagnosis.Text, StringComparison.Ordinal);
        Assert.Contains("a synced passkey of Apple Passwords", cause.NextStep[0].Text, StringComparison.Ordinal);
        // What merely may be gets no command that opens the tenant.
        Assert.All(diagnosis.Cause.Where(c => c.Confidence is CauseConfidence.Possible).SelectMany(c => c.NextStep), s => Assert.DoesNotContain("Set-PasskeyProfile", $"{s.Command}", StringComparison.Ordinal));
    }

    /// <summary>An old entry is not for certain what somebody calls about today.</summary>
    [Fact]
    public void An_old_lockout_is_over_and_what_failed_since_comes_first()
    {
        var old = Sound().SignIn(20, new("Linux", "Chrome 100.0.0"), "Password", 50053);
        Assert.All(Ask(old, PasskeySymptom.CannotSignIn).Cause, c => Assert.NotEqual(CauseConfidence.Certain, c.Confidence));
        var diagnosis = Ask(old.SignIn(0.05, IPhone, null, 135010), PasskeySymptom.StoppedWorking);
        Assert.NotEqual("AccountLocked", diagnosis.Cause[0].CauseId);
        Assert.StartsWith("The account was locked on 2026-11-03", Assert.Single(diagnosis.Cause, c => c.CauseId == "AccountLocked").Summary, StringComparison.Ordinal);
        Assert.Equal(("AccountLocked", CauseConfidence.Certain), First(Sound().SignIn(0.02, IPhone, "Password", 50053)));
    }

    [Fact]
    public void An_old_block_is_not_certain_and_what_failed_since_comes_first()
    {
        var tenant = Sound().Access("Countries blocked", "block", conditions: """{"locations":{"includeLocations":["All"],"excludeLocations":["AllTrusted"]}}""").SignIn(26, Edge, Synced, 53003, access: "Countries blocked=failure", country: "FR");
        for (var day = 5; day > 0; day--) tenant.SignIn(day, IPhone, Synced);
        Assert.Equal(("SecondFactorNotCompleted", CauseConfidence.Likely), First(tenant.SignIn(0.05, IPhone, Synced, 500121)));
        Assert.All(Ask(tenant, PasskeySymptom.CannotSignIn).Cause, c => Assert.NotEqual(CauseConfidence.Certain, c.Confidence));
    }

    /// <summary>Only the code of a disabled device tells that it was one, and only the entry tells which.</summary>
    [Fact]
    public void Another_failure_at_a_disabled_device_is_not_explained_by_it()
    {
        var tenant = Sound().Device("Old iPhone", "IPhone", "26.1", 300, 0.1, isEnabled: false).SignIn(0.05, IPhone.On("Old iPhone"), "Password", 50126);
        var diagnosis = Ask(tenant, PasskeySymptom.CannotSignIn);
        Assert.Equal("WrongPassword", diagnosis.Cause[0].CauseId);
        Assert.DoesNotContain(diagnosis.Cause, c => c.CauseId == "DeviceDisabled");
    }

    [Fact]
    public void The_disabled_device_is_the_one_of_the_log()
    {
        var tenant = Sound().Laptop("OLD-LAPTOP", seen: 600, registered: 900, isEnabled: false).SignIn(0.05, Edge.On("SHARED-PC"), "Windows Hello for Business", 135011);
        var cause = Ask(tenant, PasskeySymptom.CannotSignIn).Cause[0];
        Assert.Equal(("DeviceDisabled", CauseConfidence.Certain), (cause.CauseId, cause.Confidence));
        Assert.DoesNotContain("OLD-LAPTOP", $"{cause.Summary} {string.Join(" ", cause.Evidence)}", StringComparison.Ordinal);
        // Enabled again since, it is what it was then.
        var back = Ask(Sound().Laptop("BACK").SignIn(0.05, Edge.On("BACK"), "Windows Hello for Business", 135011), PasskeySymptom.CannotSignIn);
        Assert.Equal(CauseConfidence.Possible, Assert.Single(back.Cause, c => c.CauseId == "DeviceDisabled").Confidence);
    }

    [Fact]
    public void A_device_of_which_it_is_not_known_whether_it_is_enabled_is_not_cleared()
    {
        var json = JObject.Parse(Sound().Laptop("INTUNE").ToJson());
        json["devices"]!.Single(d => (string?)d["displayName"] == "INTUNE").Remove();
        var diagnosis = Ask(json, PasskeySymptom.CannotSignIn, device: "INTUNE");
        Assert.Equal(UserCheckOutcome.NotChecked, Assert.Single(diagnosis.Check, c => c.Id == "DeviceDisabled").Outcome);
        Assert.False(diagnosis.IsClear);
    }

    /// <summary>A browser of which nothing is known offers nothing for certain.</summary>
    [Theory]
    [InlineData("Arc 1.45", UserCheckOutcome.NotChecked)]
    [InlineData("Chrome Mobile WebView 120.0", UserCheckOutcome.NotChecked)]
    [InlineData("Edge 142.0.0", UserCheckOutcome.Clear)]
    [InlineData("Brave Browser 1.8", UserCheckOutcome.Found)]
    public void An_unknown_browser_is_not_known(string browser, UserCheckOutcome outcome)
    {
        var tenant = Sound();
        for (var day = 3; day > 0; day--) tenant.SignIn(day * 0.01, new("Windows11", browser), Push);
        Assert.Equal(outcome, Assert.Single(Ask(tenant, PasskeySymptom.OptionMissing).Check, c => c.Id == "BrowserNotSupported").Outcome);
    }

    /// <summary>A block from which some applications are taken out blocks not every sign-in, and whoever got in since was not met by it.</summary>
    [Theory]
    [InlineData("""{"applications":{"applicationFilter":{"mode":"exclude","rule":"CustomSecurityAttribute.App.Approved -eq \"yes\""}}}""", 90, null)]
    [InlineData(null, 90, CauseConfidence.Certain)]
    [InlineData(null, 1, CauseConfidence.Possible)]
    public void A_block_is_certain_where_nothing_speaks_against_it(string? conditions, int lastSignIn, CauseConfidence? confidence)
    {
        var tenant = new HelpdeskTenant("Kim Key", "kim.key@contoso.com").Passkey(Apple, 100, 20).Push(300).Access("Block all", "block", conditions: conditions);
        if (lastSignIn < 30) tenant.SignIn(lastSignIn, IPhone, Synced);
        var found = Ask(tenant, PasskeySymptom.CannotSignIn).Cause.FirstOrDefault(c => c.CauseId == "BlockedByConditionalAccess");
        Assert.Equal(confidence, found?.Confidence);
    }

    /// <summary>A code of a sign-in is not explained by what keeps somebody from a registration.</summary>
    [Fact]
    public void A_code_is_explained_by_causes_of_its_own_stage()
    {
        var tenant = new HelpdeskTenant("Kim Key", "kim.key@contoso.com").Profile(Default, HelpdeskTenant.Bound).Passkey(YubiKey, 300, 0.1).Push(300).Laptop("LT").SignIn(0.1, Edge.On("LT"), "Passkey (device-bound)");
        var diagnosis = Ask(tenant, PasskeySymptom.Auto, "135016");
        Assert.DoesNotContain(diagnosis.Cause, c => c.CauseId == "PasskeyTypeNotAllowed");
        Assert.False(diagnosis.IsClear);
        var windows = Ask(tenant, PasskeySymptom.CannotRegister, "A passkey is already registered on this Windows device");
        Assert.All(windows.Cause, c => Assert.NotEqual(CauseConfidence.Certain, c.Confidence));
        Assert.DoesNotContain(windows.Cause.Where(c => c.CauseId == "AlreadyRegistered").SelectMany(c => c.NextStep), s => s.IsForCaller);
    }

    [Fact]
    public void A_block_that_the_log_does_not_have_is_told_as_what_the_code_says()
    {
        var cause = Ask(Sound(), PasskeySymptom.Auto, "53003").Cause[0];
        Assert.StartsWith("The code says that Conditional Access", cause.Summary, StringComparison.Ordinal);
        Assert.Contains(cause.Evidence, e => e.Text.StartsWith("The sign-in log has no such sign-in", StringComparison.Ordinal));
        Assert.DoesNotContain(cause.NextStep, s => s.Text.Contains("is all right", StringComparison.Ordinal));
    }

    /// <summary>Of which it is not known when it was seen, it is not known that it was replaced; and a tablet replaces no phone.</summary>
    [Theory]
    [InlineData(false, "iPhone 17", CauseConfidence.Likely)]
    [InlineData(true, "iPhone 17", CauseConfidence.Possible)]
    [InlineData(true, "iPad Air", null)]
    public void A_new_phone_is_one_that_replaced_another(bool isUnseen, string model, CauseConfidence? confidence)
    {
        var tenant = new HelpdeskTenant("Kim Key", "kim.key@contoso.com").Passkey(AuthenticatorForIOS, 200, null).Push(300).IPhone("Old", 90, 210).Device("New", "IPhone", "26.1", 60, 0.1, maker: "Apple", model: model).SignIn(10, Edge, Push);
        var json = JObject.Parse(tenant.ToJson());
        if (isUnseen)
        {
            json["devices"]!.Single(d => (string?)d["displayName"] == "Old")["approximateLastSignInDateTime"] = null;
            json["managedDevices"]!.Single(d => (string?)d["deviceName"] == "Old").Remove();
        }
        var cause = Ask(json, PasskeySymptom.StoppedWorking).Cause.FirstOrDefault(c => c.CauseId == "AuthenticatorNotRestored");
        Assert.Equal(confidence, cause?.Confidence);
        if (isUnseen && cause is not null) Assert.True(cause.NextStep[0].IsForCaller);
    }

    [Fact]
    public void What_is_gone_is_told_by_what_the_log_has_of_it()
    {
        var json = JObject.Parse(new HelpdeskTenant("Kim Key", "kim.key@contoso.com").Passkey(Apple, 13, null).Push(300).ToJson());
        foreach (var method in json["users"]![0]!["authenticationMethods"]!.Where(m => ((string)m["@odata.type"]!).Contains("fido2", StringComparison.Ordinal)).ToList()) method.Remove();
        var cause = Ask(json, PasskeySymptom.CannotSignIn).Cause[0];
        Assert.StartsWith("A passkey was registered on 2026-11-10", cause.Summary, StringComparison.Ordinal);
        Assert.Contains(cause.Evidence, e => e.Text.EndsWith("registered a passkey", StringComparison.Ordinal));
    }

    /// <summary>A command that Set-PasskeyProfile would refuse is none.</summary>
    [Fact]
    public void Attestation_is_not_widened_to_synced_passkeys()
    {
        var tenant = Sound().Profile(Default, HelpdeskTenant.Bound, isAttested: true).SignIn(0.05, IPhone, Synced, 135016).RegistrationFailed(0.04, "Synced passkeys are not enabled for this organization.");
        foreach (var symptom in new[] { PasskeySymptom.StoppedWorking, PasskeySymptom.CannotRegister })
            Assert.DoesNotContain(Ask(tenant, symptom).Cause.SelectMany(c => c.NextStep), s => s.Command?.Contains("Synced", StringComparison.Ordinal) == true);
    }

    /// <summary>A change is told of the profiles that it narrowed for this user, and not of those that it widened.</summary>
    [Fact]
    public void Only_what_was_narrowed_is_called_narrowed()
    {
        var tenant = new HelpdeskTenant("Kim Key", "kim.key@contoso.com").Passkey(Apple, 100, 5).Push(300).Group("Sales").Profile("Sales", HelpdeskTenant.Bound).Target("Sales", "Sales").SignIn(5, IPhone, Synced)
            .Changed(3, t => t.Profile(Default, HelpdeskTenant.Bound).Profile("Sales", Both)).SignIn(0.1, IPhone, Synced, 135016);
        Assert.StartsWith($"The profile '{Default}' was narrowed on", Ask(tenant, PasskeySymptom.StoppedWorking).Cause[0].Summary, StringComparison.Ordinal);
    }

    /// <summary>Whom a pass does not get to the registration, nobody is to lock out.</summary>
    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void The_last_passkey_is_removed_where_there_is_a_way_back(bool isShut, bool allowsLockout)
    {
        var tenant = new HelpdeskTenant("Kim Key", "kim.key@contoso.com").Passkey(Apple, 100, 5).Push(300).IPhone("iPhone of Kim");
        if (isShut) tenant.Strength("Keys only", "fido2").Access("Keys for all", "Keys only");
        Assert.DoesNotContain(Ask(tenant, PasskeySymptom.LostDevice).Cause[0].NextStep, s => s.Command?.Contains("-AllowLockout", StringComparison.Ordinal) == true);
        var steps = Ask(tenant, PasskeySymptom.LostDevice, device: "iPhone of Kim").Cause[0].NextStep.ToList();
        var (recovery, removal) = (steps.FindIndex(s => s.Command?.StartsWith("Test-PasskeyRecovery", StringComparison.Ordinal) == true), steps.FindIndex(s => s.Command?.Contains("-AllowLockout", StringComparison.Ordinal) == true));
        Assert.Equal(allowsLockout, removal >= 0);
        Assert.True(recovery >= 0 && (removal < 0 || recovery < removal));
        Assert.Contains(steps, s => s.IsForCaller && s.Text.StartsWith("Lock or erase the device", StringComparison.Ordinal));
    }

    /// <summary>A pass that leads to no new passkey is no way back.</summary>
    [Fact]
    public void Who_may_register_nothing_is_not_locked_out()
    {
        var tenant = new HelpdeskTenant("Kim Key", "kim.key@contoso.com").Passkey(YubiKey, 100, 5, "My key").Push(300).SelfServiceOff();
        Assert.DoesNotContain(Ask(tenant, PasskeySymptom.LostDevice, device: "My key").Cause[0].NextStep, s => s.Command?.Contains("-AllowLockout", StringComparison.Ordinal) == true);
    }

    /// <summary>The pass that is suggested is one that Conditional Access takes.</summary>
    [Theory]
    [InlineData("fido2,temporaryAccessPassOneTime", true)]
    [InlineData("fido2,temporaryAccessPassOneTime,temporaryAccessPassMultiUse", false)]
    public void The_pass_is_of_the_kind_that_the_strength_takes(string combinations, bool isOnce)
    {
        var tenant = new HelpdeskTenant("Kim Key", "kim.key@contoso.com").Passkey(YubiKey, 100, 5, "My key").Push(300).Strength("Keys or pass", combinations).Access("Registration", "Keys or pass", action: true);
        var commands = Ask(tenant, PasskeySymptom.LostDevice, device: "My key").Cause[0].NextStep.Select(s => s.Command).OfType<string>().ToList();
        Assert.Equal(isOnce, Assert.Single(commands, c => c.StartsWith("New-PasskeyTemporaryAccessPass", StringComparison.Ordinal)).Contains("-UsableOnce", StringComparison.Ordinal));
    }

    [Fact]
    public void An_interrupt_after_a_lockout_does_not_end_it()
    {
        var json = JObject.Parse(Sound().SignIn(0.02, IPhone, "Password", 50053).SignIn(0.01, IPhone, "Password", 50074).ToJson());
        json["signIns"]!.Last!["status"]!["errorCode"] = 50058;
        Assert.Equal(CauseConfidence.Certain, Ask(json, PasskeySymptom.CannotSignIn).Cause.Single(c => c.CauseId == "AccountLocked").Confidence);
    }

    /// <summary>What failed behind a passkey that worked is none of the passkey.</summary>
    [Fact]
    public void A_passkey_that_went_well_did_not_fail()
    {
        var json = JObject.Parse(Sound().SignIn(2, IPhone, Synced, 500121).SignIn(1, IPhone, Push).SignIn(0.5, IPhone, Synced).ToJson());
        var failed = json["signIns"]!.Single(s => (int?)s["status"]?["errorCode"] == 500121);
        failed["status"]!["errorCode"] = 50105;
        failed["authenticationDetails"]![0]!["succeeded"] = true;
        ((JObject)json["signIns"]!.Last!).Remove();
        Assert.True(Ask(json, PasskeySymptom.Auto).IsClear);
    }

    /// <summary>What failed and was registered then is over, where nothing says that it was a passkey.</summary>
    [Fact]
    public void A_failed_registration_is_over_when_something_was_registered()
    {
        var json = JObject.Parse(Sound().RegistrationFailed(1, "Something else").RegistrationFailed(0.9, "").ToJson());
        Assert.NotEmpty(Ask(json, PasskeySymptom.CannotRegister).Cause);
        json["directoryAudits"]!.Last!["result"] = "success";
        Assert.Empty(Ask(json, PasskeySymptom.CannotRegister).Cause);
    }

    /// <summary>A provider is let in where its type can be registered, and nowhere else.</summary>
    [Fact]
    public void A_provider_is_let_in_where_its_type_may_be()
    {
        var tenant = Sound().Profile(Default, HelpdeskTenant.Bound, isAttested: true, allow: [YubiKey]).Group("Pilot", "user").Profile("Pilot", "synced", allow: [Google]).Target("Pilot", "Pilot");
        var json = JObject.Parse(tenant.RegistrationFailed(1, "The provider is not allowed.").ToJson());
        json["directoryAudits"]!.Last!["additionalDetails"] = new JArray(new JObject { ["key"] = "AAGuid", ["value"] = OnePassword.AaGuid });
        var commands = Ask(json, PasskeySymptom.CannotRegister).Cause[0].NextStep.Select(s => s.Command).OfType<string>().ToList();
        Assert.Contains(Id("Pilot"), Assert.Single(commands, c => c.StartsWith("Set-PasskeyProfile", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    private static HelpdeskTenant Sound() => new HelpdeskTenant("Kim Key", "kim.key@contoso.com").Passkey(Apple, 100, 21).Push(300).IPhone("iPhone of Kim").SignIn(21, IPhone, Synced);

    private static (string Cause, CauseConfidence Confidence) First(HelpdeskTenant tenant) => Ask(tenant, PasskeySymptom.CannotSignIn).Cause[0] is var cause ? (cause.CauseId, cause.Confidence) : default;

    private static PasskeyUserDiagnosis Ask(HelpdeskTenant tenant, PasskeySymptom symptom, string? errorCode = null, string? device = null) => Ask(JObject.Parse(tenant.ToJson()), symptom, errorCode, device);

    private static PasskeyUserDiagnosis Ask(JObject json, PasskeySymptom symptom, string? errorCode = null, string? device = null)
    {
        using var tenant = new DiagnosedTenant(SandboxTenant.Parse(json.ToString()));
        return tenant.Ask("kim.key@contoso.com", symptom, errorCode, device);
    }
}
