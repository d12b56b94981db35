using System;
using System.Linq;
using PasskeyAdmin.Access;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Core.Tests.Changes;

public sealed class AccessGuardTests
{
    private static readonly AuthenticationStrength Keys = new("20000000-0000-4000-8000-00000000000a", "Approved keys", ["fido2"]);
    private static readonly AuthenticationStrength KeysOrPass = Keys with { Combinations = ["fido2", "temporaryAccessPassOneTime"] };
    private static readonly DirectoryApplication Payroll = new("2f0d6a91-7c34-4e58-9b12-d5a8f3c06e71", "Payroll");

    private static AccessPolicyRequest Request(AccessState state = AccessState.Enabled, string application = "Payroll", AuthenticationStrength? strength = null) =>
        new("New", state, strength ?? Keys, [application == "Payroll" ? Payroll : new DirectoryApplication(application, application)]) { IncludeGroups = [new DirectoryGroup("g", "Pilot")] };

    private static AccessImpact Impact(int refused = 0, int unknown = 0, bool mayMiss = false) => new(10, [.. Enumerable.Range(0, refused).Select(i => new GuardedUser($"u{i}") { IsAdministrator = i == 7 })]) { Unknown = unknown, UnknownReason = unknown > 0 ? "no passkeys could be read" : null, MayMissPeople = mayMiss };

    private static AccessGuard Guard(AccessPolicyRequest request, AccessImpact? impact, GuardLimits? limits = null) => new(request, "Contoso", limits ?? new GuardLimits(), impact);

    [Theory]
    [InlineData(0, 0, false, "Payroll", null, false)]
    [InlineData(3, 0, false, "Payroll", null, true)]
    [InlineData(3, 0, false, "All", "LockoutRefused", true)]
    [InlineData(0, 1, false, "Payroll", "TooManyUnknownUsers", true)]
    [InlineData(0, 0, true, "Payroll", "ImpactIncomplete", true)]
    public void Whoever_would_be_shut_out_is_reason_to_ask_or_to_refuse(int refused, int unknown, bool mayMiss, string application, string? error, bool asks)
    {
        var guard = Guard(Request(application: application), Impact(refused, unknown, mayMiss));
        Assert.Equal((error, asks), (guard.Refusal()?.ErrorId, guard.Asks));
    }

    [Fact]
    public void Where_nobody_is_asked_nobody_may_be_shut_out_unless_a_number_is_given()
    {
        var silent = new GuardLimits { IsSilent = true };
        Assert.Null(Guard(Request(), Impact(), silent).Refusal());
        Assert.Equal("TooManyAffectedUsers", Guard(Request(), Impact(1), silent).Refusal()!.ErrorId);
        Assert.Equal("TooManyAffectedUsers", Guard(Request(), Impact(3), silent with { MaximumAffectedUser = 2 }).Refusal()!.ErrorId);
        Assert.Null(Guard(Request(), Impact(3), silent with { MaximumAffectedUser = 3 }).Refusal());
        Assert.Equal("TooManyAffectedUsers", Guard(Request(application: "All"), Impact(3), silent with { AllowsLockout = true }).Refusal()!.ErrorId);
        Assert.Equal("ImpactNotMeasured", Guard(Request(), null, silent with { SkipsImpact = true }).Refusal()!.ErrorId);
        Assert.Null(Guard(Request(), null, silent with { SkipsImpact = true, AllowsLockout = true }).Refusal());
        Assert.Null(Guard(Request(), null, new GuardLimits { SkipsImpact = true }).Refusal());
        Assert.True(Guard(Request(), null, new GuardLimits { SkipsImpact = true }).Asks);
    }

    /// <summary>Whether what guests bring counts, is not read; whoever is kept from the page where methods are registered stays out.</summary>
    [Fact]
    public void Guests_are_not_known_and_some_applications_are_a_lockout()
    {
        var guests = Guard(Request(), Impact() with { InScope = 0, Guests = 2 });
        Assert.Equal(("TooManyUnknownUsers", true), (guests.Refusal()!.ErrorId, guests.Asks));
        Assert.Null(Guard(Request(), Impact() with { Guests = 2 }, new GuardLimits { MaximumUnknownUser = 2 }).Refusal());
        Assert.Equal("LockoutRefused", Guard(Request(application: ConditionalAccessPolicy.SecurityInformation), Impact(1)).Refusal()!.ErrorId);
        Assert.Null(Guard(Request(application: "MicrosoftAdminPortals"), Impact(1)).Refusal());
        Assert.Equal("LockoutRefused", Guard(Request(application: "MicrosoftAdminPortals"), Impact(8)).Refusal()!.ErrorId);
        Assert.Contains("It is for nobody", Guard(Request(), Impact() with { InScope = 0 }).Words(), StringComparison.Ordinal);
    }

    [Fact]
    public void Presumed_accounts_are_told_and_those_that_cannot_sign_in_are_no_way_in()
    {
        Assert.Contains("No emergency account was named: glass9 is presumed to be one", new EmergencyCover(EmergencyAccountKind.Presumed, [], []) { Covered = ["glass9"] }.Caution, StringComparison.Ordinal);
        Assert.Null(new EmergencyCover(EmergencyAccountKind.Named, [], []) { Covered = ["glass9"] }.Caution);
        Assert.Equal("EmergencyAccountNotExcluded", new EmergencyCover(EmergencyAccountKind.Named, [], []).Refusal()!.ErrorId);
    }

    [Fact]
    public void A_way_out_of_the_loop_takes_no_more_than_the_strength()
    {
        var strength = Keys with { Combinations = ["fido2", "windowsHelloForBusiness"], AaGuids = [new Guid("2fc0579f-8113-47ea-b116-bb5a8db9202a")] };
        Assert.Contains("New-PasskeyAuthenticationStrength 'Approved keys, or a pass' -Provider 2fc0579f-8113-47ea-b116-bb5a8db9202a -AllowWindowsHello -AllowTemporaryAccessPass.", Assert.Single(AccessAdvice.Loop(Request(application: "All", strength: strength))), StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_and_switches_accept_what_they_name()
    {
        Assert.Null(Guard(Request(), Impact(0, 2), new GuardLimits { MaximumUnknownUser = 2 }).Refusal());
        Assert.Null(Guard(Request(application: "All"), Impact(2), new GuardLimits { AllowsLockout = true }).Refusal());
        Assert.Null(Guard(Request(), Impact(0, 0, true), new GuardLimits { AllowsLockout = true }).Refusal());
    }

    [Theory]
    [InlineData(AccessState.ReportOnly, "It only reports")]
    [InlineData(AccessState.Disabled, "It is disabled")]
    public void One_that_does_not_hold_shuts_out_nobody(AccessState state, string said)
    {
        var guard = Guard(Request(state, "All"), null, new GuardLimits { IsSilent = true });
        Assert.Equal((null, false), (guard.Refusal(), guard.Asks));
        Assert.Contains(said, guard.Words(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_question_has_the_numbers_and_names_administrators_first()
    {
        var words = Guard(Request(), Impact(9, 1) with { Guests = 2, DataAsOf = new DateTimeOffset(2026, 11, 25, 7, 0, 0, TimeSpan.Zero) }).Words();
        Assert.Contains("Of 10 users, it shuts 9 out of Payroll (1 administrator: u7): they have nothing that 'Approved keys' takes. Of 1 user it is not known. 2 guests beside them bring the methods of their own tenant: whether those count here is not known. Registrations as of 2026-11-25 07:00 UTC", words, StringComparison.Ordinal);
        Assert.Contains("(u0, u1, u2)", Guard(Request(), Impact(3)).Words(), StringComparison.Ordinal);
        Assert.Contains("u7", Guard(Request(), Impact(9), new GuardLimits { MaximumAffectedUser = 1 }).Refusal()!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_strength_that_is_not_judged_nothing_is_said_to_be_fine()
    {
        var guard = Guard(Request(), new AccessImpact(0, []) { MayMissPeople = true });
        Assert.Contains("Whom it shuts out is not known.", guard.Words(), StringComparison.Ordinal);
        Assert.Equal("ImpactIncomplete", guard.Refusal()!.ErrorId);
    }

    [Theory]
    [InlineData("All", AccessState.Enabled, false, true)]
    [InlineData("All", AccessState.ReportOnly, false, true)]
    [InlineData(ConditionalAccessPolicy.SecurityInformation, AccessState.Enabled, false, true)]
    [InlineData("All", AccessState.Enabled, true, false)]
    [InlineData("Payroll", AccessState.Enabled, false, false)]
    public void The_loop_of_registration_is_warned_of(string application, AccessState state, bool takesPass, bool isLoop)
    {
        var advice = AccessAdvice.Loop(Request(state, application, takesPass ? KeysOrPass : Keys)).ToList();
        Assert.Equal(isLoop, advice.Count == 1);
        if (isLoop) Assert.Equal(state is AccessState.ReportOnly, advice[0].StartsWith("Once the policy is enabled, whoever", StringComparison.Ordinal));
        Assert.All(advice, a => Assert.Contains("New-PasskeyAuthenticationStrength 'Approved keys, or a pass' -AllowTemporaryAccessPass", a, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(EmergencyAccountKind.Named, 0, 0, null)]
    [InlineData(EmergencyAccountKind.Presumed, 0, 0, null)]
    [InlineData(EmergencyAccountKind.Named, 1, 0, "EmergencyAccountNotExcluded")]
    [InlineData(EmergencyAccountKind.Presumed, 2, 1, "EmergencyAccountNotExcluded")]
    [InlineData(EmergencyAccountKind.Named, 0, 1, "EmergencyAccountsUnknown")]
    [InlineData(EmergencyAccountKind.No, 0, 0, "EmergencyAccountsUnknown")]
    [InlineData(EmergencyAccountKind.Unknown, 0, 1, "EmergencyAccountsUnknown")]
    public void Emergency_accounts_are_left_out_or_it_is_refused(EmergencyAccountKind basis, int uncovered, int notRead, string? error)
    {
        var refusal = new EmergencyCover(basis, [.. Enumerable.Range(0, uncovered).Select(i => $"glass{i}")], [.. Enumerable.Range(0, notRead).Select(_ => "Something could not be read.")]) { Covered = ["glass9"] }.Refusal();
        Assert.Equal(error, refusal?.ErrorId);
        if (uncovered > 0) Assert.Contains("glass0", refusal!.Message, StringComparison.Ordinal);
        if (error == "EmergencyAccountsUnknown") Assert.Contains("Connect-PasskeyTenant -EmergencyAccount", refusal!.Message, StringComparison.Ordinal);
    }
}
