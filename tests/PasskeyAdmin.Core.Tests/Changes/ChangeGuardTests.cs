using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Core.Tests.Changes;

/// <summary>Design §5.5: who lets what through.</summary>
public class ChangeGuardTests
{
    // stranded, loses sign-in, loses a passkey, unknown | limits: maximum, unknown, lockout, silent | refusal
    [Theory]
    [InlineData(0, 0, 0, 0, null, null, false, false, null)]
    [InlineData(0, 0, 0, 0, null, null, false, true, null)]
    [InlineData(0, 1, 0, 0, null, null, false, false, null)]
    [InlineData(0, 1, 0, 0, null, null, false, true, "TooManyAffectedUsers")]
    [InlineData(0, 1, 1, 0, 2, null, false, true, null)]
    [InlineData(0, 1, 2, 0, 2, null, false, true, "TooManyAffectedUsers")]
    [InlineData(0, 1, 2, 0, 2, null, false, false, "TooManyAffectedUsers")]
    [InlineData(1, 0, 0, 0, null, null, false, false, "LockoutRefused")]
    [InlineData(1, 0, 0, 0, 5, null, false, true, "LockoutRefused")]
    [InlineData(1, 0, 0, 0, null, null, true, false, null)]
    [InlineData(1, 0, 0, 0, null, null, true, true, "TooManyAffectedUsers")]
    [InlineData(1, 0, 0, 0, 1, null, true, true, null)]
    [InlineData(0, 0, 0, 1, null, null, false, false, "TooManyUnknownUsers")]
    [InlineData(0, 0, 0, 1, null, null, true, true, "TooManyUnknownUsers")]
    [InlineData(0, 0, 0, 2, null, 1, false, true, "TooManyUnknownUsers")]
    [InlineData(0, 0, 0, 2, null, 2, false, true, null)]
    public void Limits_refuse(int stranded, int losesSignIn, int loses, int unknown, int? maximum, int? maximumUnknown, bool allowsLockout, bool isSilent, string? refusal)
    {
        var guard = Guard([.. Rows(PasskeyImpact.Stranded, stranded), .. Rows(PasskeyImpact.LosesPasskeySignIn, losesSignIn), .. Rows(PasskeyImpact.LosesPasskey, loses), .. Rows(PasskeyImpact.Unknown, unknown)], new GuardLimits { MaximumAffectedUser = maximum, MaximumUnknownUser = maximumUnknown, AllowsLockout = allowsLockout, IsSilent = isSilent });
        Assert.Equal(refusal, guard.Refusal()?.ErrorId);
        Assert.Equal(!isSilent && stranded + losesSignIn + loses + unknown > 0, guard.Asks);
    }

    [Theory]
    [InlineData(false, "ImpactIncomplete")]
    [InlineData(true, null)]
    public void Who_may_be_missing_in_the_numbers_is_accepted_by_no_number(bool allowsLockout, string? refusal)
    {
        var guard = Guard([], new GuardLimits { MaximumUnknownUser = 1000, AllowsLockout = allowsLockout }, new ImpactMeasurement { MayMissPeople = true, NotRead = ["The audit log could not be read."] });
        Assert.Equal(refusal, guard.Refusal()?.ErrorId);
        Assert.True(guard.Asks);
        Assert.Contains("Not known: The audit log could not be read.", guard.Words(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, false, null)]
    [InlineData(true, false, "ImpactNotMeasured")]
    [InlineData(true, true, null)]
    public void What_was_not_measured_asks_or_needs_a_word(bool isSilent, bool allowsLockout, string? refusal)
    {
        var guard = new ChangeGuard(Plan(), new GuardLimits { SkipsImpact = true, IsSilent = isSilent, AllowsLockout = allowsLockout });
        Assert.Equal(refusal, guard.Refusal()?.ErrorId);
        Assert.Equal(!isSilent, guard.Asks);
        Assert.Contains("not measured", guard.Words(), StringComparison.Ordinal);
    }

    [Fact]
    public void Emergency_accounts_and_administrators_are_named_first()
    {
        var guard = Guard([.. Rows(PasskeyImpact.Stranded, 3, "x"), Row(PasskeyImpact.Stranded, "boss", isAdministrator: true), Row(PasskeyImpact.Stranded, "break-glass", emergency: EmergencyAccountKind.Named), .. Rows(PasskeyImpact.LosesPasskey, 2)], new GuardLimits());
        Assert.Contains("5 users would have no phishing-resistant way to sign in left (1 emergency account: break-glass; 1 administrator: boss)", guard.Refusal()!.Message, StringComparison.Ordinal);
        Assert.Contains("It takes passkeys from 7 users: 5 would have no phishing-resistant way to sign in left", guard.Words(), StringComparison.Ordinal);
    }

    [Fact]
    public void Disabled_accounts_count_nowhere()
    {
        var guard = Guard([Row(PasskeyImpact.Stranded, "gone", isEnabled: false)], new GuardLimits { IsSilent = true });
        Assert.Null(guard.Refusal());
    }

    private static ChangeGuard Guard(IReadOnlyList<PasskeyUserImpact> rows, GuardLimits limits, ImpactMeasurement? measured = null) => new(Plan().With((measured ?? new ImpactMeasurement()) with { Rows = rows }), limits);

    private static PasskeyPolicyPlan Plan()
    {
        var change = Enumerable.Range(1, 1000).Select(i => new RandomChange(i)).First(c => c.Change.Count > 0);
        return new PasskeyPolicyPlan(change.Plan, RandomChange.Read(change.Before), RandomChange.Read(change.Wanted), PlannedWrites.Of(change.Before, change.Change, change.NewProfiles), []);
    }

    private static IEnumerable<PasskeyUserImpact> Rows(PasskeyImpact impact, int count, string name = "user") => Enumerable.Range(0, count).Select(i => Row(impact, $"{name}{i}"));

    private static PasskeyUserImpact Row(PasskeyImpact impact, string name, bool isAdministrator = false, EmergencyAccountKind emergency = EmergencyAccountKind.No, bool isEnabled = true) =>
        new(new ImpactPerson(name, 0) { UserPrincipalName = name, IsAdministrator = isAdministrator, IsEnabled = isEnabled }, impact, emergency, null, null);
}
