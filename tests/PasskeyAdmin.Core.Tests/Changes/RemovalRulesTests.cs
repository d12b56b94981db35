using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Core.Tests.Users;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Core.Tests.Changes;

/// <summary>Which passkeys are meant, and whether a user has something left without them.</summary>
public sealed class RemovalRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 9, 0, 0, TimeSpan.Zero);

    // Taken and kept passkeys: + works, - does not, ? is not known. Others: null for not read, "" for none, open for not known.
    [Theory]
    [InlineData("+", "+", null, "KeepsOne")]
    [InlineData("+", "", "hello", "KeepsOne")]
    [InlineData("+", "-", "platform", "KeepsOne")]
    [InlineData("+", "?", "certificate", "KeepsOne")]
    [InlineData("?", "+", null, "KeepsOne")]
    [InlineData("+", "", "", "TakesLast")]
    [InlineData("++", "", "", "TakesLast")]
    [InlineData("+", "-", "", "TakesLast")]
    [InlineData("?", "", "", "TakesLast")]
    [InlineData("+", "?", "", "Unknown")]
    [InlineData("+", "", "open", "Unknown")]
    [InlineData("?", "", "ambiguous", "Unknown")]
    [InlineData("-", "", "", "TakesLast")]
    [InlineData("--", "", "", "TakesLast")]
    [InlineData("-", "", "hello", "KeepsOne")]
    [InlineData("-", "", "open", "Unknown")]
    [InlineData("-", "+", null, "KeepsOne")]
    [InlineData("", "", null, "TakesNothing")]
    [InlineData("--", "-", null, "TakesNothing")]
    [InlineData("-", "?", null, "TakesNothing")]
    [InlineData("+-", "", "", "TakesLast")]
    public void What_is_left_is_judged_by_what_works(string taken, string kept, string? others, string verdict)
    {
        var (gone, left) = (Passkeys(taken), Passkeys(kept));
        Assert.Equal(others is not null, RemovalJudge.NeedsOthers(gone, left));
        var judged = RemovalJudge.Judge(gone, left, others switch
        {
            null => null,
            "hello" => new OtherMethods(ReportedMethods.WindowsHelloForBusiness),
            "platform" => new OtherMethods(ReportedMethods.PlatformCredential),
            "certificate" => new OtherMethods(ReportedMethods.MultifactorCertificate) { OpenReason = "x" },
            "ambiguous" => new OtherMethods(ReportedMethods.Certificate) { OpenReason = "x" },
            "open" => new OtherMethods(ReportedMethods.None) { OpenReason = "x" },
            _ => new OtherMethods(ReportedMethods.None),
        });
        Assert.Equal(verdict, judged.Verdict.ToString());
        // Of one that is refused together with others, it is not said that it is the last one.
        if (verdict == "TakesLast" && others is "") Assert.Equal(taken.Count(t => t is not '-') > 1, judged.Reason!.EndsWith("ame fewer of them with -Id.", StringComparison.Ordinal));
        Assert.Equal(verdict is "TakesLast" or "Unknown", judged.Reason is not null);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_passkey_without_an_id_is_no_lockout(bool hasId)
    {
        var user = new RemovalUser(new DirectoryUser("x"), [Passkey(PasskeyAnswer.Yes, hasId: hasId)], []) { Verdict = RemovalVerdict.TakesLast };
        var plan = new RemovalPlan([user]);
        Assert.Equal((null, hasId ? null : "PasskeyIdMissing"), (plan.Refusal?.ErrorId, plan.Unremovable?.ErrorId));
        Assert.Equal(hasId, plan.IsDue(revokes: false));
        var refused = new RemovalPlan([user with { IsRefused = true, Reason = "It is the last." }]);
        Assert.Equal((hasId ? "LockoutRefused" : null, hasId ? null : "PasskeyIdMissing"), (refused.Refusal?.ErrorId, refused.Unremovable?.ErrorId));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Rows_are_spoken_of_where_there_are_some(bool hasRows)
    {
        List<string> reasons = ["It is the last.", "It may be."];
        var users = reasons.Select(r => new RemovalUser(new DirectoryUser(r), [Passkey(PasskeyAnswer.Yes)], []) { Verdict = RemovalVerdict.TakesLast, IsRefused = true, Reason = r });
        Assert.Equal(hasRows, Assert.Single(new RemovalPlan([.. users]).Refusals(revokes: false, hasRows)).Message.Contains("The rows with the outcome Refused", StringComparison.Ordinal));
    }

    // Chosen of somebody who is refused, how many of them go, and how many stay.
    [Theory]
    [InlineData("-", 0, 1)]
    [InlineData("--", 0, 2)]
    [InlineData("+-", 1, 1)]
    [InlineData("?--", 2, 1)]
    public void Of_somebody_who_is_refused_something_stays_registered(string chosen, int taken, int staying)
    {
        var user = new RemovalUser(new DirectoryUser("x"), Passkeys(chosen), []) { Verdict = RemovalVerdict.TakesLast, IsRefused = true, Reason = "x" };
        Assert.Equal((taken, staying, staying), (user.Taken.Count, user.Staying.Count, user.LeftAlone.Count));
        // The others may go: nobody loses anything by that, and the question does not say so.
        if (taken == 0) return;
        var guard = new RemovalGuard(new RemovalPlan([user, user with { Verdict = RemovalVerdict.Unknown }]), new GuardLimits(), "Contoso", isOverGroups: false, revokes: false);
        Assert.Contains("Nobody loses the last phishing-resistant way to sign in.\n2 users keep what is, or may be, their last phishing-resistant method.", guard.Words(), StringComparison.Ordinal);
        Assert.Equal((0, 0, 2), ((int)guard.ToJson()["withoutMethod"]!, (int)guard.ToJson()["unknown"]!, (int)guard.ToJson()["refusedUsers"]!));
    }

    [Theory]
    [InlineData(40, "2026-11-01", false)]
    [InlineData(20, "2026-11-01", true)]
    [InlineData(20, null, null)]
    [InlineData(400, null, false)]
    [InlineData(1, "2026-11-25", true)]
    public void Unused_is_only_what_is_known_to_be(int days, string? lastUsed, bool? isMeant)
    {
        var passkey = Passkey(PasskeyAnswer.Yes, "2026-01-01", lastUsed);
        Assert.Equal(isMeant, new RemovalFilter { UnusedFor = TimeSpan.FromDays(days) }.Match(passkey, Now).IsMeant);
    }

    [Fact]
    public void What_is_younger_than_the_span_is_not_unused()
    {
        Assert.False(new RemovalFilter { UnusedFor = TimeSpan.FromDays(90) }.Match(Passkey(PasskeyAnswer.Yes, "2026-10-01", null), Now).IsMeant);
        Assert.False(new RemovalFilter { UnusedFor = TimeSpan.FromDays(90) }.Match(Passkey(PasskeyAnswer.Yes, "2026-10-01", "2025-01-01"), Now).IsMeant);
        Assert.Null(new RemovalFilter { UnusedFor = TimeSpan.FromDays(90) }.Match(Passkey(PasskeyAnswer.Yes, null, null), Now).IsMeant);
    }

    [Theory]
    [InlineData(PasskeyAnswer.No, true)]
    [InlineData(PasskeyAnswer.Yes, false)]
    [InlineData(PasskeyAnswer.Unknown, null)]
    public void Not_allowed_is_only_what_is_known_to_be(PasskeyAnswer usable, bool? isMeant) => Assert.Equal(isMeant, new RemovalFilter { IsNotAllowed = true }.Match(Passkey(usable), Now).IsMeant);

    [Theory]
    [InlineData(PasskeyTypes.Synced, true)]
    [InlineData(PasskeyTypes.DeviceBound, false)]
    [InlineData(PasskeyTypes.Synced | PasskeyTypes.DeviceBound, true)]
    [InlineData(PasskeyTypes.None, true)]
    public void By_type(PasskeyTypes types, bool isMeant) => Assert.Equal(isMeant, new RemovalFilter { Types = types }.Match(Passkey(PasskeyAnswer.Yes), Now).IsMeant);

    [Theory]
    [InlineData("none", "None", false, null, false)]
    [InlineData("none", "Synced, DeviceBound", false, null, false)]
    [InlineData("all", "None", false, null, false)]
    [InlineData("all", "Synced, DeviceBound", false, "23:59:59", false)]
    [InlineData("none", "None", false, "00:00:00.0000090", false)]
    [InlineData("all but one", "None", false, null, true)]
    [InlineData("all", "Synced", false, null, true)]
    [InlineData("all", "Synced, DeviceBound", true, null, true)]
    [InlineData("none", "None", false, "1.00:00:00", true)]
    public void A_filter_that_leaves_nobody_out_is_none(string models, string types, bool isNotAllowed, string? unusedFor, bool narrows)
    {
        var all = UsersFixture.Catalog.Providers.SelectMany(p => p.Authenticator).Select(a => a.AaGuid).ToHashSet();
        if (models == "all but one") all.Remove(Guid.Parse(UsersFixture.Bitwarden));
        var filter = new RemovalFilter { Models = models == "none" ? null : all, Types = Enum.Parse<PasskeyTypes>(types), IsNotAllowed = isNotAllowed, UnusedFor = unusedFor is null ? null : TimeSpan.Parse(unusedFor, System.Globalization.CultureInfo.InvariantCulture) };
        Assert.Equal(narrows, filter.Narrows(UsersFixture.Catalog));
    }

    [Fact]
    public void What_is_not_known_is_left_alone_unless_something_else_speaks_against_it()
    {
        var riddle = Passkey(PasskeyAnswer.Yes, type: null, aaGuid: null);
        Assert.Equal((null, "the type is not known"), new RemovalFilter { Types = PasskeyTypes.Synced }.Match(riddle, Now));
        Assert.Equal((null, "the AAGUID is not known"), new RemovalFilter { Models = [Guid.Parse(UsersFixture.Apple)] }.Match(riddle, Now));
        Assert.Equal((false, null), new RemovalFilter { Types = PasskeyTypes.Synced, IsNotAllowed = true }.Match(riddle, Now));
        Assert.True(new RemovalFilter { Models = [Guid.Parse(UsersFixture.Apple)] }.Match(Passkey(PasskeyAnswer.Yes), Now).IsMeant);
        Assert.False(new RemovalFilter { Models = [Guid.Parse(UsersFixture.YubiKey)] }.Match(Passkey(PasskeyAnswer.Yes), Now).IsMeant);
    }

    [Fact]
    public void The_question_has_the_numbers_and_administrators_first()
    {
        var users = new[] { User("ann", RemovalVerdict.KeepsOne), User("bob", RemovalVerdict.TakesLast) with { Standing = Reading<DirectoryStanding>.Of(new([], ["Global Administrator"])) }, User("cleo", RemovalVerdict.TakesLast) with { IsRefused = true } };
        var words = new RemovalGuard(new RemovalPlan(users), new GuardLimits { AllowsLockout = true }, "Contoso", isOverGroups: true, revokes: true).Words();
        Assert.Equal("""
            Remove 2 passkeys of 2 users in Contoso (1 administrator: bob).
            1 user would have no phishing-resistant way to sign in left (1 administrator: bob).
            1 user keeps what is, or may be, their last phishing-resistant method.
            The sign-in sessions of 2 users are revoked.
            A removed passkey cannot be restored: its user has to register it again.
            """.Replace("\r", "", StringComparison.Ordinal), words);
    }

    [Theory]
    [InlineData(true, true, null, true)]
    [InlineData(true, false, null, true)]
    [InlineData(false, true, null, false)]
    [InlineData(true, true, 2, false)]
    [InlineData(true, true, 1, true)]
    [InlineData(false, false, 1, true)]
    public void Over_groups_and_without_a_question_a_number_is_needed(bool isSilent, bool isOverGroups, int? most, bool isRefused)
    {
        var guard = new RemovalGuard(new RemovalPlan([User("ann", RemovalVerdict.KeepsOne), User("bob", RemovalVerdict.KeepsOne)]), new GuardLimits { IsSilent = isSilent, MaximumAffectedUser = most }, "Contoso", isOverGroups, revokes: false);
        Assert.Equal(isRefused ? "TooManyAffectedUsers" : null, guard.Refusal()?.ErrorId);
    }

    private static RemovalUser User(string name, RemovalVerdict verdict) => new(new DirectoryUser(name), [Passkey(PasskeyAnswer.Yes)], []) { Verdict = verdict, Reason = "x" };

    private static List<PasskeyRegistration> Passkeys(string signs) => [.. signs.Select(s => Passkey(s switch { '+' => PasskeyAnswer.Yes, '-' => PasskeyAnswer.No, _ => PasskeyAnswer.Unknown }))];

    private static PasskeyRegistration Passkey(PasskeyAnswer usable, string? created = "2026-01-01", string? lastUsed = null, string? type = "synced", string? aaGuid = UsersFixture.Apple, bool hasId = true)
    {
        var json = UsersFixture.Passkey(type, aaGuid, created);
        if (!hasId) json.Remove("id");
        json["lastUsedDateTime"] = lastUsed;
        var passkey = RegisteredPasskey.Of(json);
        return new PasskeyRegistration(new DirectoryUser("x"), passkey, null, new PasskeyUse(usable, [], "x"), new UserMethods([passkey], Now), null);
    }
}
