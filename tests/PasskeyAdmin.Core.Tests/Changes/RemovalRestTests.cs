using System;
using System.IO;
using System.Linq;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Core.Tests.Users;
using PasskeyAdmin.Testing;
using PasskeyAdmin.Users;
using static PasskeyAdmin.Core.Tests.Changes.Removals;

namespace PasskeyAdmin.Core.Tests.Changes;

/// <summary>What a user was to keep is looked at again, before and after.</summary>
public sealed class RemovalRestTests
{
    [Fact]
    public void What_the_user_was_to_keep_must_still_be_there()
    {
        using var tenant = Three();
        var plan = Plan(tenant);
        var kept = plan.Users.Single(u => u.Shown == "ann@contoso.com").Kept.Single().Id!;
        tenant.Send("DELETE", $"/v1.0/users/{UsersFixture.IdOf("ann")}/authentication/fido2Methods/{kept}");
        tenant.OnRequest((_, _) => null);
        var removed = Remove(tenant, plan, revokes: true, out _);
        var ann = removed.Single(u => u.Shown == "ann@contoso.com");
        Assert.Equal(["Refused Revoked", "Refused Revoked"], ann.Rows.Select(r => $"{r.Outcome} {r.SessionsRevoked}"));
        Assert.Equal("LockoutRefused", Assert.Single(ann.Errors).ErrorId);
        Assert.Equal(2, tenant.Methods("ann", "fido2Methods").Count);
        Assert.Equal("Removed", Assert.Single(removed.Single(u => u.Shown == "bob@contoso.com").Rows).Outcome.ToString());
    }

    [Fact]
    public void Another_method_that_was_to_be_kept_is_looked_at_again()
    {
        using var tenant = new HelpdeskFixture(t => Ann(t, "synced hello"));
        var plan = PlanFirst(tenant, allowsLockout: false);
        Assert.Equal(RemovalVerdict.KeepsOne, Assert.Single(plan.Users).Verdict);
        tenant.OnRequest((r, _) => IsOfOthers(r) ? Fault.Reply(403, "{}") : null);
        var removed = Assert.Single(Remove(tenant, plan, revokes: false, out _));
        Assert.Equal((PasskeyRemovalOutcome.Refused, "LockoutRefused"), (Assert.Single(removed.Rows).Outcome, Assert.Single(removed.Errors).ErrorId));
        Assert.Empty(tenant.Writes);
        tenant.OnRequest((_, _) => null);
        // The folder of the fixture has one journal for one command.
        Directory.Delete(Path.Combine(tenant.Folder, UserChangeJournal.FolderName), recursive: true);
        var again = Assert.Single(Remove(tenant, plan, revokes: false, out _));
        Assert.Equal((PasskeyRemovalOutcome.Removed, 0), (Assert.Single(again.Rows).Outcome, again.Errors.Count));
    }

    [Fact]
    public void Windows_Hello_that_was_to_be_kept_and_is_gone_meanwhile_stops_the_removal()
    {
        using var tenant = new HelpdeskFixture(t => t.User("ann", true, UsersFixture.Passkey("synced"), UsersFixture.Hello()));
        var plan = PlanFirst(tenant, allowsLockout: false);
        Assert.Equal(RemovalVerdict.KeepsOne, Assert.Single(plan.Users).Verdict);
        var hello = (string)Assert.Single(tenant.Methods("ann", "windowsHelloForBusinessMethods"))["id"]!;
        tenant.Send("DELETE", $"/v1.0/users/{UsersFixture.IdOf("ann")}/authentication/windowsHelloForBusinessMethods/{hello}");
        tenant.OnRequest((_, _) => null);
        var removed = Assert.Single(Remove(tenant, plan, revokes: false, out _));
        Assert.Equal((PasskeyRemovalOutcome.Refused, "LockoutRefused"), (Assert.Single(removed.Rows).Outcome, Assert.Single(removed.Errors).ErrorId));
        Assert.Empty(tenant.Writes);
        Assert.Equal("NotSent", (string?)tenant.Journal()[^1]["outcome"]);
        Assert.Single(tenant.Methods("ann", "fido2Methods"));
    }

    [Fact]
    public void In_the_pause_before_it_is_sent_again_what_was_to_be_kept_may_go()
    {
        using var tenant = Three();
        var plan = Plan(tenant);
        var kept = plan.Users.Single(u => u.Shown == "ann@contoso.com").Kept.Single().Id!;
        tenant.OnRequest((r, n) => r.Method == "DELETE" && r.Path.Contains(UsersFixture.IdOf("ann"), StringComparison.Ordinal)
            ? TurnedAway(5).After(() => tenant.Send("DELETE", $"/v1.0/users/{UsersFixture.IdOf("ann")}/authentication/fido2Methods/{kept}")) : null);
        var ann = Remove(tenant, plan, revokes: false, out _).Single(u => u.Shown == "ann@contoso.com");
        Assert.All(ann.Rows, r => Assert.Equal(PasskeyRemovalOutcome.Refused, r.Outcome));
        Assert.Single(tenant.Writes, w => w.Path.Contains(UsersFixture.IdOf("ann"), StringComparison.Ordinal));
        Assert.Equal(2, tenant.Methods("ann", "fido2Methods").Count);
    }

    [Theory]
    [InlineData("synced deviceBound", "LastMethodGone")]
    [InlineData("synced deviceBound hello", null)]
    [InlineData("synced deviceBound outsider", "LastMethodGone")]
    [InlineData("synced deviceBound outsider hello", null)]
    public void Somebody_who_has_nothing_left_afterwards_is_said(string methods, string? error)
    {
        using var tenant = new HelpdeskFixture(t => Ann(t, methods));
        var plan = PlanFirst(tenant, allowsLockout: false);
        var kept = Assert.Single(plan.Users).Kept.Single().Id!;
        tenant.OnRequest((r, _) =>
        {
            if (r.Method == "DELETE") tenant.Send("DELETE", $"/v1.0/users/{UsersFixture.IdOf("ann")}/authentication/fido2Methods/{kept}");
            return null;
        });
        var removed = Assert.Single(Remove(tenant, plan, revokes: false, out _));
        Assert.Equal(error, removed.Errors.SingleOrDefault()?.ErrorId);
        Assert.Equal(PasskeyRemovalOutcome.Removed, Assert.Single(removed.Rows).Outcome);
    }

    /// <summary>What is taken does not work, and what was to be kept neither: it was the last one that could work again.</summary>
    [Fact]
    public void One_that_does_not_work_must_still_be_there_as_well()
    {
        using var tenant = new HelpdeskFixture(t => t.User("ann", false, UsersFixture.Passkey("synced"), UsersFixture.Passkey("synced")));
        var plan = PlanFirst(tenant, allowsLockout: false);
        var ann = Assert.Single(plan.Users);
        Assert.Equal((RemovalVerdict.TakesNothing, false), (ann.Verdict, ann.IsRefused));
        tenant.Send("DELETE", $"/v1.0/users/{UsersFixture.IdOf("ann")}/authentication/fido2Methods/{ann.Kept.Single().Id}");
        tenant.OnRequest((_, _) => null);
        Assert.Equal(PasskeyRemovalOutcome.Refused, Assert.Single(Assert.Single(Remove(tenant, plan, revokes: false, out _)).Rows).Outcome);
        Assert.Empty(tenant.Writes);
    }

    [Fact]
    public void A_kept_passkey_without_an_id_cannot_be_seen_to_be_there()
    {
        using var tenant = new HelpdeskFixture(t => Ann(t, "synced deviceBound"));
        var plan = PlanFirst(tenant, allowsLockout: false);
        var json = UsersFixture.Passkey("deviceBound");
        json.Remove("id");
        var registered = RegisteredPasskey.Of(json);
        var kept = new PasskeyRegistration(plan.Users[0].User, registered, null, new PasskeyUse(PasskeyAnswer.Yes, [], "x"), new UserMethods([registered], tenant.Clock.UtcNow), null);
        tenant.OnRequest((_, _) => null);
        var removed = Assert.Single(Remove(tenant, plan with { Users = [plan.Users[0] with { Kept = [kept] }] }, revokes: false, out _));
        Assert.Equal((PasskeyRemovalOutcome.Refused, "LockoutRefused"), (Assert.Single(removed.Rows).Outcome, Assert.Single(removed.Errors).ErrorId));
        Assert.Empty(tenant.Writes);
    }
}
