using System;
using System.IO;
using System.Linq;
using System.Threading;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Core.Tests.Users;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Testing;
using PasskeyAdmin.Users;
using static PasskeyAdmin.Core.Tests.Changes.Removals;

namespace PasskeyAdmin.Core.Tests.Changes;

/// <summary>Sessions that end with passkeys: whose, and what is said where they go on.</summary>
public sealed class RemovalSessionTests
{
    [Fact]
    public void The_sessions_of_whoever_was_named_end_whatever_becomes_of_the_passkeys()
    {
        using var tenant = new HelpdeskFixture(t =>
        {
            t.User("ann", true, UsersFixture.Passkey("synced"));
            t.User("bob", true);
        });
        var plan = Planner(tenant, allowsLockout: false).OfUsers(["ann@contoso.com", "bob@contoso.com"], new RemovalFilter(), CancellationToken.None);
        Assert.Equal(("LockoutRefused", true), (plan.Refusal?.ErrorId, plan.IsDue(revokes: true)));
        Assert.Empty(plan.LeftAlone(null, revokes: true));
        Assert.Equal("TooManyAffectedUsers", new RemovalGuard(plan, new GuardLimits { IsSilent = true }, "Contoso", isOverGroups: false, revokes: true).Refusal()?.ErrorId);
        for (var time = 0; time < 2; time++)
        {
            Assert.Equal(["ann@contoso.com Refused Revoked", "bob@contoso.com NoneFound Revoked"], Remove(tenant, plan, revokes: true, out _).SelectMany(u => u.Rows).Select(r => $"{r.UserPrincipalName} {r.Outcome} {r.SessionsRevoked}").Order(StringComparer.Ordinal));
            tenant.Clock.Advance(TimeSpan.FromMinutes(1));
        }
    }

    [Fact]
    public void Sessions_that_were_to_end_and_were_not_tried_are_said()
    {
        using var tenant = Three();
        var plan = Plan(tenant);
        tenant.OnRequest((r, _) => r.Method == "DELETE" ? Fault.Reply(401, """{"error":{"code":"InvalidAuthenticationToken","message":"No."}}""") : null);
        var user = Assert.Single(Remove(tenant, plan, revokes: true, out var engine));
        Assert.All(user.Rows, r => Assert.Equal(SessionRevocation.NotRevoked, r.SessionsRevoked));
        Assert.Contains("SessionsNotRevoked", user.Errors.Select(e => e.ErrorId));
        Assert.Contains("their sessions go on", Assert.Single(engine.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_user_whose_passkeys_cannot_be_read_loses_the_sessions_all_the_same()
    {
        using var tenant = Three();
        tenant.OnRequest((r, _) => r.Method == "GET" && (r.Path + r.Body).Contains("fido2Methods", StringComparison.Ordinal) ? Fault.Reply(403, """{"error":{"code":"accessDenied","message":"No."}}""") : null);
        var plan = Planner(tenant, allowsLockout: false, revokes: true).OfUsers(["ann@contoso.com"], new RemovalFilter(), CancellationToken.None);
        // The roles are named after they were read, and not as if nobody could.
        Assert.Contains("No active directory role of ann@contoso.com could be seen: that takes the role Authentication Administrator", Assert.Single(plan.Faults).Fault.Message, StringComparison.Ordinal);
        var untouched = Assert.Single(Planner(tenant, allowsLockout: false, revokes: false).OfUsers(["ann@contoso.com"], new RemovalFilter(), CancellationToken.None).Faults).Fault.Message;
        Assert.DoesNotContain("could not be read", untouched, StringComparison.Ordinal);
        Assert.EndsWith("For users it takes the role Authentication Administrator, for administrators Privileged Authentication Administrator.", untouched, StringComparison.Ordinal);
        var row = Assert.Single(Assert.Single(Remove(tenant, plan, revokes: true, out _)).Rows);
        Assert.Equal((PasskeyRemovalOutcome.Failed, SessionRevocation.Revoked), (row.Outcome, row.SessionsRevoked));
    }

    [Theory]
    [InlineData(403, 0)]
    [InlineData(503, 0)]
    [InlineData(403, 1)]
    [InlineData(503, 1)]
    public void A_policy_that_cannot_be_read_again_costs_passkeys_that_stay_and_no_sessions(int status, int readable)
    {
        using var tenant = Three();
        var plan = Plan(tenant) with { PolicyHash = PolicyPlaces.HashOf(tenant.Client.Get(PasskeyPolicySource.Path, CancellationToken.None)) };
        tenant.OnRequest((_, _) => null);
        var (faults, looks) = (tenant.Server.Faults!, 0);
        tenant.Server.Faults = (r, n) => r.Path == PasskeyPolicySource.Path && looks++ >= readable ? Fault.Reply(status, "{}") : faults(r, n);
        var removed = Remove(tenant, plan, revokes: true, out var engine);
        Assert.Empty(engine.Errors);
        Assert.Equal(2, removed.Count);
        Assert.All(removed.SelectMany(u => u.Rows), r => Assert.Equal((PasskeyRemovalOutcome.Failed, SessionRevocation.Revoked), (r.Outcome, r.SessionsRevoked)));
        Assert.All(removed, u => Assert.EndsWith("could not be read. The passkey was not removed.", u.Rows[0].Reason, StringComparison.Ordinal));
        Assert.DoesNotContain(tenant.Writes, w => w.Method == "DELETE");
    }

    [Fact]
    public void An_earlier_end_of_the_sessions_does_not_pass_for_this_one()
    {
        using var tenant = Three();
        var plan = Plan(tenant);
        tenant.Send("POST", $"/v1.0/users/{UsersFixture.IdOf("ann")}/revokeSignInSessions");
        tenant.Clock.Advance(TimeSpan.FromMinutes(1));
        tenant.OnRequest((r, _) => r.Path.EndsWith("/revokeSignInSessions", StringComparison.Ordinal) && r.Path.Contains(UsersFixture.IdOf("ann"), StringComparison.Ordinal) ? Fault.Reply(204, "") : null);
        var removed = Remove(tenant, plan, revokes: true, out _);
        Assert.All(removed[0].Rows, r => Assert.Equal(SessionRevocation.NotConfirmed, r.SessionsRevoked));
        Assert.Equal("SessionsNotConfirmed", Assert.Single(removed[0].Errors).ErrorId);
        Assert.All(removed[1].Rows, r => Assert.Equal(SessionRevocation.Revoked, r.SessionsRevoked));
    }

    [Fact]
    public void Sessions_whose_end_is_turned_away_are_asked_for_again()
    {
        using var tenant = Three();
        var plan = Plan(tenant);
        var posts = 0;
        tenant.OnRequest((r, _) => r.Method == "POST" && r.Path.EndsWith("/revokeSignInSessions", StringComparison.Ordinal) && posts++ == 0 ? TurnedAway(5) : null);
        Assert.All(Remove(tenant, plan, revokes: true, out _).SelectMany(u => u.Rows), r => Assert.Equal((PasskeyRemovalOutcome.Removed, SessionRevocation.Revoked), (r.Outcome, r.SessionsRevoked)));
        Assert.Equal(3, posts);
    }

    [Theory]
    [InlineData(403, SessionRevocation.NotRevoked)]
    [InlineData(204, SessionRevocation.NotConfirmed)]
    public void Over_a_group_the_error_and_the_row_say_what_ends_the_sessions(int status, SessionRevocation outcome)
    {
        using var tenant = Three();
        RemovalPlan OfGroup() => Planner(tenant, allowsLockout: false).OfGroups(["Pilot"], new RemovalFilter { Types = PasskeyTypes.Synced }, CancellationToken.None);
        var plan = OfGroup();
        tenant.OnRequest((r, _) => r.Path.EndsWith("/revokeSignInSessions", StringComparison.Ordinal) ? Fault.Reply(status, status == 204 ? "" : "{}") : null);
        var removed = Remove(tenant, plan, revokes: true, out _);
        // The same command again finds nobody.
        Assert.Empty(OfGroup().Users);
        foreach (var user in removed)
        {
            var command = $"Remove-PasskeyRegistration -UserId {CommandText.Quote(user.Rows[0].UserId)} -Id {CommandText.Quote(user.Rows[0].Id!)} -RevokeSession";
            Assert.Contains($"this ends the sessions: {command}.", Assert.Single(user.Errors).Message, StringComparison.Ordinal);
            Assert.All(user.Rows, r => Assert.Equal((PasskeyRemovalOutcome.Removed, outcome, $"The sessions go on, or may: {command}"), (r.Outcome, r.SessionsRevoked, r.Reason)));
        }
        tenant.OnRequest((_, _) => null);
        Directory.Delete(Path.Combine(tenant.Folder, UserChangeJournal.FolderName), recursive: true);
        var row = removed[0].Rows[0];
        var again = Planner(tenant, allowsLockout: false).Plan([.. NamedPasskey.Of([row.UserId], [row.Id!])], CancellationToken.None);
        Assert.Equal("AlreadyGone Revoked", Assert.Single(Assert.Single(Remove(tenant, again, revokes: true, out _)).Rows) is { } ended ? $"{ended.Outcome} {ended.SessionsRevoked}" : null);
        Assert.Equal("POST", Assert.Single(tenant.Writes).Method);
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, null)]
    [InlineData(false, "jour nal")]
    public void What_came_on_the_pipeline_is_not_found_again_and_the_error_says_what_ends_the_sessions(bool isTyped, string? folder)
    {
        using var tenant = Three();
        var id = Ids(tenant, "ann")[0];
        var plan = Planner(tenant, allowsLockout: false, revokes: true, isTyped).Plan([new NamedPasskey("ann@contoso.com", id)], CancellationToken.None);
        tenant.OnRequest((r, _) => r.Path.EndsWith("/revokeSignInSessions", StringComparison.Ordinal) ? Fault.Reply(403, "{}") : null);
        var engine = new RemovalEngine(tenant.Session, tenant.Client, allowsLockout: false, revokes: true) { NamedFolder = folder };
        var user = Assert.Single(engine.Remove(plan, tenant.Folder, "New-Something", [], CancellationToken.None));
        var command = $"Remove-PasskeyRegistration -UserId '{UsersFixture.IdOf("ann")}' -Id '{id}' -RevokeSession{(folder is null ? "" : " -JournalPath 'jour nal'")}";
        Assert.Contains("Helpdesk Administrator, User Administrator or Authentication Administrator", Assert.Single(user.Errors).Message, StringComparison.Ordinal);
        Assert.Contains(isTyped ? "The same command again revokes them." : $"this ends the sessions: {command}.", Assert.Single(user.Errors).Message, StringComparison.Ordinal);
        Assert.Equal(isTyped ? null : $"The sessions go on, or may: {command}", Assert.Single(user.Rows).Reason);
    }

    [Theory]
    [InlineData(true, "ann@contoso.com is an administrator (Global Administrator): to end the sessions takes the role Privileged Authentication Administrator.")]
    [InlineData(false, "To end the sessions of users takes the role Helpdesk Administrator, User Administrator or Authentication Administrator, and for administrators Privileged Authentication Administrator. No active directory role of ann@contoso.com could be seen.")]
    [InlineData(null, "To end the sessions of users takes the role Helpdesk Administrator, User Administrator or Authentication Administrator, and for administrators Privileged Authentication Administrator.")]
    public void A_refusal_to_end_sessions_names_the_roles_that_may(bool? isAdministrator, string sentence)
    {
        using var tenant = new HelpdeskFixture();
        var standing = isAdministrator is { } power ? Reading<DirectoryStanding>.Of(new([], power ? ["Global Administrator"] : [])) : Reading<DirectoryStanding>.NotRead("x");
        var error = new PasskeyAdminException(ErrorKind.AccessDenied, "AccessDenied", "No.") { StatusCode = 403 };
        Assert.Equal("No. " + sentence, MethodRole.NamedForSessions(error, tenant.Session, "ann@contoso.com", standing).Message);
        Assert.Equal("No.", MethodRole.NamedForSessions(new PasskeyAdminException(ErrorKind.Unavailable, "GraphUnavailable", "No.") { StatusCode = 503 }, tenant.Session, "ann@contoso.com", standing).Message);
    }
}
