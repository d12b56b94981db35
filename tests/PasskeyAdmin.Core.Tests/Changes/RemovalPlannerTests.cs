using System;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Core.Tests.Users;
using PasskeyAdmin.Users;
using static PasskeyAdmin.Core.Tests.Changes.Removals;

namespace PasskeyAdmin.Core.Tests.Changes;

/// <summary>Which passkeys of whom a removal means, and what is refused before anything is sent.</summary>
public sealed class RemovalPlannerTests
{
    // Each case: the methods of Ann, of which the first passkey is to be removed, and the verdict. The pilot may use synced passkeys, others only device-bound ones.
    [Theory]
    [InlineData("synced", "TakesLast")]
    [InlineData("synced deviceBound", "KeepsOne")]
    [InlineData("synced hello", "KeepsOne")]
    [InlineData("synced platform", "KeepsOne")]
    [InlineData("synced certificate", "KeepsOne")]
    [InlineData("synced disabled", "Unknown")]
    [InlineData("deviceBound outsider synced", "TakesLast")]
    [InlineData("synced outsider", "TakesLast")]
    [InlineData("synced hello outsider", "KeepsOne")]
    [InlineData("synced disabled outsider", "Unknown")]
    [InlineData("synced deviceBound outsider", "KeepsOne")]
    [InlineData("synced synced outsider", "TakesNothing")]
    [InlineData("deviceBound untyped outsider", "Unknown")]
    public void The_last_method_that_works_is_refused(string methods, string verdict)
    {
        using var tenant = new HelpdeskFixture(t => Ann(t, methods));
        var plan = PlanFirst(tenant, allowsLockout: false);
        var user = Assert.Single(plan.Users);
        Assert.Equal(verdict, user.Verdict.ToString());
        Assert.Equal(verdict is "TakesLast" or "Unknown", user.IsRefused);
        Assert.Equal(user.IsRefused ? "LockoutRefused" : null, plan.Refusal?.ErrorId);
        Assert.Equal(!user.IsRefused, plan.IsDue(revokes: false));
        Assert.True(PlanFirst(tenant, allowsLockout: true).IsDue(revokes: false));
    }

    [Theory]
    [InlineData("/authentication/methods", null)]
    [InlineData("userRegistrationDetails", "Whether the user has another phishing-resistant method is not known. Whether the user has a certificate could not be read.")]
    public void What_could_not_be_read_is_not_known(string part, string? reason)
    {
        using var tenant = new HelpdeskFixture(t => Ann(t, "synced"));
        tenant.Tenant.Fail(part);
        var user = Assert.Single(PlanFirst(tenant, allowsLockout: false).Users);
        // The narrower lists say as much as the list of all methods.
        Assert.Equal(reason is null ? RemovalVerdict.TakesLast : RemovalVerdict.Unknown, user.Verdict);
        Assert.StartsWith(reason ?? "It is the last", user.Reason, StringComparison.Ordinal);
        Assert.True(user.IsRefused);
    }

    [Fact]
    public void Windows_Hello_counts_by_the_narrow_list_too()
    {
        using var tenant = new HelpdeskFixture(t => Ann(t, "synced hello"));
        tenant.Tenant.Fail("/authentication/methods");
        Assert.Equal(RemovalVerdict.KeepsOne, Assert.Single(PlanFirst(tenant, allowsLockout: false).Users).Verdict);
    }

    [Fact]
    public void Two_that_are_the_last_together_are_refused_together()
    {
        using var tenant = new HelpdeskFixture(t => Ann(t, "synced deviceBound"));
        var plan = Planner(tenant, false).OfUsers(["ann@contoso.com"], new RemovalFilter(), CancellationToken.None);
        Assert.Equal(["Together these are all phishing-resistant methods of the user. Name fewer of them with -Id."], plan.LeftAlone(null, revokes: false).Select(r => r.Reason).Distinct());
        Assert.Contains("left alone. Together these are all", plan.Refusal!.Message, StringComparison.Ordinal);
        Assert.Equal(2, plan.LeftAlone(null, revokes: false).Count());
        Assert.False(plan.IsDue(revokes: false));
    }

    [Fact]
    public void A_user_by_name_and_by_id_is_one_and_what_is_not_there_is_gone()
    {
        using var tenant = new HelpdeskFixture(t => Ann(t, "synced deviceBound"));
        var keys = Ids(tenant, "ann");
        var plan = Planner(tenant, false).Plan([new("ann@contoso.com", keys[0]), new(UsersFixture.IdOf("ann"), keys[1]), new("ann@contoso.com", "gone"), new("nobody@contoso.com", "x")], CancellationToken.None);
        var user = Assert.Single(plan.Users);
        Assert.Equal((RemovalVerdict.TakesLast, 2, "gone"), (user.Verdict, user.Chosen.Count, Assert.Single(user.Missing)));
        Assert.Equal(("nobody@contoso.com", "UserNotFound"), (plan.Faults[0].Target, Assert.Single(plan.Faults).Fault.ErrorId));
    }

    [Theory]
    [InlineData("11111111-1111-4111-8111-111111111111", 1, "PasskeyIdInvalid")]
    [InlineData(" 11111111-1111-4111-8111-111111111111 ", 1, "PasskeyIdInvalid")]
    [InlineData("key", 2, "PasskeyUserAmbiguous")]
    public void The_id_of_a_user_is_none_of_a_passkey_and_ids_are_of_one_user(string id, int users, string error) =>
        Assert.Equal(error, Assert.Throws<PasskeyAdminException>(() => NamedPasskey.Of([.. Enumerable.Range(0, users).Select(i => $"user{i}")], ["x", id]).ToList()).ErrorId);

    [Fact]
    public void A_blank_name_is_said_and_not_looked_up()
    {
        using var tenant = new HelpdeskFixture();
        var plan = Planner(tenant, allowsLockout: false).OfUsers(["", "ann@contoso.com"], new RemovalFilter(), CancellationToken.None);
        Assert.StartsWith("The name of a user is blank.", Assert.Single(plan.Faults).Fault.Message, StringComparison.Ordinal);
        Assert.Equal("ann@contoso.com", Assert.Single(plan.Users).Shown);
        Assert.Equal("PasskeyIdInvalid", Assert.Throws<PasskeyAdminException>(() => NamedPasskey.Of(["ann@contoso.com"], ["x", " "]).ToList()).ErrorId);
        Assert.Equal("ann: NoneFound", new PasskeyRemoval(new DirectoryUser("ann"), null, null, PasskeyRemovalOutcome.NoneFound).ToString());
    }

    [Fact]
    public void Over_a_group_by_the_policy_and_by_use()
    {
        using var tenant = new HelpdeskFixture(t =>
        {
            t.User("ann", true, UsersFixture.Passkey("synced"), UsersFixture.Passkey("deviceBound"));
            t.User("bob", true, Unused(UsersFixture.Passkey("synced")), UsersFixture.Passkey("deviceBound"));
            t.User("cleo", true, NeverUsed(UsersFixture.Passkey("synced")), UsersFixture.Passkey("deviceBound"));
            t.User("dan", false, UsersFixture.Passkey("synced"));
            t.Group("20000000-0000-4000-8000-000000000003", "All", UsersFixture.IdOf("ann"), UsersFixture.IdOf("bob"), UsersFixture.IdOf("cleo"), UsersFixture.IdOf("dan"));
        });
        var unused = Planner(tenant, false).OfGroups(["All"], new RemovalFilter { UnusedFor = TimeSpan.FromDays(90) }, CancellationToken.None);
        Assert.Equal("bob@contoso.com", Assert.Single(unused.Users).Shown);
        Assert.Equal("1 passkey is left alone, because the last use is not known.", Assert.Single(unused.Warnings));
        var outside = Planner(tenant, false).OfGroups(["All", "Nope"], new RemovalFilter { IsNotAllowed = true }, CancellationToken.None);
        // Dan's does not work today, and he has nothing else.
        Assert.Equal(("dan@contoso.com", RemovalVerdict.TakesLast, true), (Assert.Single(outside.Users).Shown, outside.Users[0].Verdict, outside.Users[0].IsRefused));
        Assert.Equal(("Nope", "GroupNotFound"), (outside.Faults[0].Target, outside.Faults[0].Fault.ErrorId));
    }

    [Theory]
    [InlineData(false, 3, null)]
    [InlineData(true, 1, "-MaximumAffectedUser is 1 unless you give it")]
    public void Without_a_question_one_user_is_enough(bool isSilent, int users, string? words)
    {
        using var tenant = Three();
        var refusal = new RemovalGuard(Plan(tenant), new GuardLimits { IsSilent = isSilent }, "Contoso", isOverGroups: false, revokes: false).Refusal();
        Assert.Equal(words is null, refusal is null);
        if (words is not null) Assert.Contains(words, refusal!.Message, StringComparison.Ordinal);
        Assert.Null(new RemovalGuard(Plan(tenant), new GuardLimits { IsSilent = isSilent, MaximumAffectedUser = users + 1 }, "Contoso", isOverGroups: false, revokes: false).Refusal());
        Assert.Equal(isSilent, new RemovalGuard(Plan(tenant), new GuardLimits { IsSilent = isSilent }, "Contoso", isOverGroups: true, revokes: false).Refusal() is not null);
    }

    // What nobody is asked about, the kind of account, whether it has a role (null: not read), and whether nothing is taken.
    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    public void Without_a_question_nothing_is_removed_from_an_emergency_account(bool isSilent, bool isEmergency, bool isExempt)
    {
        using var tenant = new HelpdeskFixture(t =>
        {
            t.EmergencyAccounts.Add(isEmergency ? "ann@contoso.com" : "bob@contoso.com");
            t.User("ann", true, UsersFixture.Passkey("synced"), UsersFixture.Passkey("deviceBound", UsersFixture.YubiKey));
            t.User("bob", true);
        });
        var plan = Planner(tenant, allowsLockout: true, revokes: false, isSilent: isSilent).Plan([new NamedPasskey("ann@contoso.com", Ids(tenant, "ann")[0])], CancellationToken.None);
        Assert.Equal((isExempt ? 0 : 1, isExempt), (plan.Passkeys, Assert.Single(plan.Users).IsExempt));
        var error = plan.Refusals(revokes: false, hasRows: true).SingleOrDefault();
        Assert.Equal(isExempt ? "EmergencyAccountPasskeyRefused" : null, error?.ErrorId);
        if (!isExempt)
        {
            Assert.Equal(isEmergency, new RemovalGuard(plan, new GuardLimits(), "Contoso", isOverGroups: false, revokes: false).Words().Contains("(1 emergency account: ann@contoso.com)", StringComparison.Ordinal));
            return;
        }
        Assert.Equal(PasskeyRemovalOutcome.Refused, Assert.Single(plan.LeftAlone(null, revokes: false)).Outcome);
        Assert.EndsWith("Run the command for such a user alone, and without -Confirm:$false.", error!.Message, StringComparison.Ordinal);
        tenant.OnRequest((_, _) => null);
        Assert.Empty(Remove(tenant, plan, revokes: false, out _));
        Assert.Empty(tenant.Writes);
    }

    private static JObject Unused(JObject passkey)
    {
        (passkey["createdDateTime"], passkey["lastUsedDateTime"]) = ("2025-01-01T08:00:00Z", "2025-02-01T08:00:00Z");
        return passkey;
    }

    private static JObject NeverUsed(JObject passkey)
    {
        (passkey["createdDateTime"], passkey["lastUsedDateTime"]) = ("2025-01-01T08:00:00Z", null);
        return passkey;
    }
}
