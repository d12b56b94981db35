using System;
using System.Linq;
using PasskeyAdmin.Devices;
using PasskeyAdmin.Sandbox;
using PasskeyAdmin.Troubleshooting;

namespace PasskeyAdmin.Core.Tests.Troubleshooting;

/// <summary>What is said of a lost device: nothing that may not be lost is to be removed without a question.</summary>
public sealed class LostDeviceTests
{
    [Theory]
    // A security key is not in the phone that was lost.
    [InlineData("a key", null, "A device is lost, and whether this passkey was on it is not known: YubiKey", 1, false)]
    // Nor may it be told which device it was, as long as nobody has said.
    [InlineData("Authenticator", null, "A device is lost, and whether this passkey was on it is not known: Microsoft Authenticator", 1, false)]
    [InlineData("Authenticator", "iPhone of Kim", "On the lost device may be: Microsoft Authenticator", 1, true)]
    [InlineData("a key and Authenticator", null, "A device is lost, and which of these passkeys were on it is not known: ", 2, false)]
    [InlineData("a key and Authenticator", "Microsoft Authenticator", "On the lost device may be: Microsoft Authenticator", 1, false)]
    [InlineData("a key and Authenticator", "the moon", "Neither a device nor a passkey of the user is called the moon.", 2, false)]
    [InlineData("a key and Authenticator", "iPhone of Kim", "On the lost device may be: Microsoft Authenticator", 1, false)]
    [InlineData("a key", "iPhone of Kim", "No passkey of the user is of a kind that can be on that device.", 0, false)]
    // Authenticator for iOS is on no Android phone, of which the user has one.
    [InlineData("a key and Authenticator", "Pixel of Kim", "No passkey of the user is of a kind that can be on that device.", 0, false)]
    [InlineData("a key and Authenticator", "Twin", "The user has 2 devices called Twin.", 2, false)]
    public void What_is_removed_was_lost(string passkeys, string? device, string words, int removals, bool allowsLockout)
    {
        var tenant = new HelpdeskTenant("Kim Key", "kim.key@contoso.com").IPhone("iPhone of Kim").Laptop("Twin").IPhone("Twin 2").Device("Pixel of Kim", "Android", "16", 300, 0.1, maker: "Google", model: "Pixel 9");
        if (passkeys.Contains("a key", StringComparison.Ordinal)) tenant.Passkey(HelpdeskModel.YubiKey, 100, 20);
        if (passkeys.Contains("Authenticator", StringComparison.Ordinal)) tenant.Passkey(HelpdeskModel.AuthenticatorForIOS, 100, 20);
        using var diagnosed = new DiagnosedTenant(SandboxTenant.Parse(tenant.ToJson().Replace("\"Twin 2\"", "\"Twin\"", StringComparison.Ordinal)));
        var cause = Assert.Single(diagnosed.Ask("kim.key@contoso.com", PasskeySymptom.LostDevice, device: device).Cause);
        Assert.Contains(words, cause.Summary, StringComparison.Ordinal);
        var commands = cause.NextStep.Select(s => s.Command).OfType<string>().ToList();
        Assert.Equal(removals, commands.Count(c => c.StartsWith("Remove-PasskeyRegistration", StringComparison.Ordinal)));
        Assert.Equal(allowsLockout, commands.Any(c => c.Contains("-AllowLockout", StringComparison.Ordinal)));
        Assert.All(commands.Where(c => c.StartsWith("Remove-", StringComparison.Ordinal)), c => Assert.Contains("-RevokeSession", c, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_reason_of_a_device_has_words() =>
        Assert.All(Enum.GetValues<ReadinessReason>(), r => Assert.NotEqual(DeviceReadyCheck.Words((ReadinessReason)(-1)), DeviceReadyCheck.Words(r)));

    /// <summary>The newest failure may lie behind many sign-ins: what was not read is no all-clear.</summary>
    [Theory]
    [InlineData(300, "PasskeyNotInEntra", false)]
    [InlineData(700, null, true)]
    public void A_long_log_is_read_on_and_where_it_ends_is_said(int signIns, string? cause, bool isCut)
    {
        var tenant = new HelpdeskTenant("Kim Key", "kim.key@contoso.com").Passkey(HelpdeskModel.Apple, 100, 20).IPhone("iPhone of Kim").SignIn(10, HelpdeskPlace.IPhone.On("iPhone of Kim"), null, 135010);
        for (var i = 0; i < signIns; i++) tenant.SignIn(9 - (i * 0.01), HelpdeskPlace.Edge, "Password");
        using var diagnosed = new DiagnosedTenant(SandboxTenant.Parse(tenant.ToJson()));
        var diagnosis = diagnosed.Ask("kim.key@contoso.com", PasskeySymptom.StoppedWorking);
        Assert.Equal(cause, diagnosis.Cause is [var first, ..] ? first.CauseId : null);
        Assert.Equal(isCut, diagnosis.NotRead.Any(n => n.StartsWith("The user has more sign-ins than the newest 600", StringComparison.Ordinal)));
        Assert.False(diagnosis.IsClear);
    }

    /// <summary>Who can register nothing is not told to.</summary>
    [Fact]
    public void A_guest_without_a_passkey_is_not_told_to_register_one()
    {
        var tenant = new HelpdeskTenant("Gus Guest", "gus.guest@contoso.com").Guest().Push(300);
        using var diagnosed = new DiagnosedTenant(SandboxTenant.Parse(tenant.ToJson()));
        var diagnosis = diagnosed.Ask("gus.guest@contoso.com", PasskeySymptom.CannotSignIn);
        Assert.Equal("GuestAccount", diagnosis.Cause[0].CauseId);
        Assert.DoesNotContain(diagnosis.Cause.Where(c => c.CauseId == "NoPasskeyRegistered").SelectMany(c => c.NextStep), s => s.Command is not null || s.IsForCaller);
    }
}
