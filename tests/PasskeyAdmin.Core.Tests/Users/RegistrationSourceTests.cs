using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PasskeyAdmin.Testing;
using PasskeyAdmin.Users;
using static PasskeyAdmin.Core.Tests.Users.UsersFixture;

namespace PasskeyAdmin.Core.Tests.Users;

/// <summary>Registered passkeys of users, groups and a whole tenant, over HTTP.</summary>
public sealed class RegistrationSourceTests : IDisposable
{
    private readonly UsersFixture _tenant = new();
    private readonly List<string> _warnings = [];

    public void Dispose() => _tenant.Dispose();

    [Fact]
    public void A_registration_says_what_it_is_and_whether_it_works()
    {
        var key = Passkey("deviceBound", YubiKey);
        key["attestationLevel"] = "attested";
        _tenant.User("one", methods: [Passkey("synced"), key, Hello()]);
        var found = Source().OfUser("one@contoso.com", CancellationToken.None);
        Assert.Equal(2, found.Count);
        Assert.Equal(("Apple Passwords", "Synced", PasskeyAttestationLevel.NotAttested, PasskeyAnswer.Yes, "Synced pilot allows it."), (found[0].Provider, found[0].PasskeyTypeName, found[0].Attestation, found[0].Usable, found[0].UsableReason));
        Assert.Equal(("YubiKey 5 Series", PasskeyAttestationLevel.Attested, "Default passkey profile, Synced pilot"), (found[1].Provider, found[1].Attestation, found[1].Profile.ToString()));
        Assert.Equal((new DateTimeOffset(2026, 5, 1, 8, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 11, 20, 8, 0, 0, TimeSpan.Zero), true), (found[0].CreatedAt, found[0].LastUsedAt, found[0].HasLastUse));
        Assert.Equal((IdOf("one"), "one@contoso.com", "ONE", true, "My passkey"), (found[0].UserId, found[0].UserPrincipalName, found[0].UserDisplayName, found[0].IsEnabled, found[0].Name));
    }

    [Fact]
    public void Where_beta_does_not_answer_the_last_use_is_not_known()
    {
        _tenant.User("one", methods: Passkey("synced"));
        _tenant.Graph.Server.Faults = (r, _) => r.Path.StartsWith("/beta/", StringComparison.Ordinal) ? Fault.Reply(404, """{"error":{"code":"BadRequest","message":"Resource not found for the segment."}}""") : null;
        var found = Assert.Single(Source().OfUser("one@contoso.com", CancellationToken.None));
        Assert.Equal((null, false, PasskeyAnswer.Yes), (found.LastUsedAt, found.HasLastUse, found.Usable));
    }

    [Fact]
    public void Why_a_passkey_does_not_work_is_said()
    {
        _tenant.Profiles[1] = Profile(PilotProfile, "Synced pilot", "synced", "allow", Apple);
        _tenant.User("list", methods: Passkey("synced", Bitwarden));
        _tenant.User("type", isPilot: false, methods: Passkey("synced"));
        _tenant.User("kiosk", methods: Passkey("synced"));
        _tenant.Join(Excluded, IdOf("kiosk"));
        var source = Source();
        PasskeyRegistration Of(string name) => Assert.Single(source.OfUser(IdOf(name), CancellationToken.None));
        Assert.Equal((PasskeyAnswer.No, "Default passkey profile allows DeviceBound passkeys only. Synced pilot does not have this AAGUID in its list of allowed ones."), (Of("list").Usable, Of("list").UsableReason));
        Assert.Equal((PasskeyAnswer.No, "Default passkey profile allows DeviceBound passkeys only."), (Of("type").Usable, Of("type").UsableReason));
        Assert.Equal((PasskeyAnswer.No, "The user is excluded, by Shut out; that wins over every profile."), (Of("kiosk").Usable, Of("kiosk").UsableReason));
    }

    [Fact]
    public void Where_groups_cannot_be_read_it_is_not_known()
    {
        _tenant.User("one", methods: Passkey("synced"));
        _tenant.Fail("/transitiveMemberOf");
        var found = Assert.Single(Source().OfUser("one@contoso.com", CancellationToken.None));
        Assert.Equal((PasskeyAnswer.Unknown, "Whether the user is in Shut out or Pilot is not known."), (found.Usable, found.UsableReason));
        Assert.StartsWith("The groups of one@contoso.com could not be read", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void The_whole_tenant_is_read_by_the_report_first()
    {
        for (var i = 0; i < 25; i++) _tenant.User($"n{i:00}", methods: Hello());
        _tenant.User("one", methods: [Passkey("synced"), Passkey("deviceBound", YubiKey)]);
        _tenant.User("two", isPilot: false, methods: Passkey("synced"));
        _tenant.User("off", methods: Passkey("synced"))["accountEnabled"] = false;
        _tenant.User("young", methods: Passkey("synced", created: "2026-11-26T07:00:00Z"));
        _tenant.User("new", methods: Passkey("synced", created: "2026-11-26T07:00:00Z"))["createdDateTime"] = "2026-11-26T06:00:00Z";
        _tenant.Audit("Add Passkey (synced)", "young", Apple);
        _tenant.Audit("Add Passkey (synced)", "new", Apple);
        var found = All(Source().OfTenant(CancellationToken.None));
        Assert.Equal(["new Yes", "off Yes", "one Yes", "one Yes", "two No", "young Yes"], found.Order());
        // Those without a passkey are not asked for.
        Assert.Equal(5, _tenant.Asked.Count(p => p.Contains("/authentication/", StringComparison.Ordinal)));
        Assert.Equal(["Registration report of about 30 users", "Passkeys of 5 users"], _tenant.Estimates.Select(e => e.What));
    }

    [Fact]
    public void Whom_the_report_does_not_have_is_read_and_a_name_that_cannot_be_resolved_is_no_success()
    {
        _tenant.User("enabled again", methods: Passkey("synced"))["userPrincipalName"] = "again@contoso.com";
        _tenant.User("one", methods: Passkey("synced"));
        var status = 200;
        _tenant.Graph.Server.Faults = (r, _) => r.Path.Contains("userRegistrationDetails", StringComparison.Ordinal)
            ? Fault.Reply(200, $$"""{"value":[{"id":"{{IdOf("one")}}","userPrincipalName":"one@contoso.com","methodsRegistered":["passKeySynced"],"lastUpdatedDateTime":"2026-11-25T20:00:00Z"}]}""")
            : status != 200 && r.Path.StartsWith("/v1.0/users?$select", StringComparison.Ordinal) ? Fault.Reply(status, """{"error":{"code":"x","message":"No."}}""") : null;
        Assert.Equal(["again Yes", "one Yes"], All(Source().OfTenant(CancellationToken.None)).Order());
        status = 403;
        Assert.Equal(["one Yes"], All(Source().OfTenant(CancellationToken.None)));
        Assert.Contains(_warnings, w => w.StartsWith("The users could not be listed", StringComparison.Ordinal));
        status = 401;
        Assert.Equal("SignInExpired", Assert.Throws<PasskeyAdminException>(() => All(Source().OfTenant(CancellationToken.None))).ErrorId);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_event_about_nobody_who_is_known_is_said_and_one_about_somebody_who_cannot_be_listed_is_read(bool isListRefused)
    {
        _tenant.User("one", methods: Passkey("synced"));
        _tenant.User("young", isPilot: false, methods: Passkey("deviceBound", YubiKey, "2026-11-26T07:00:00Z"))["createdDateTime"] = "2026-11-26T06:00:00Z";
        _tenant.Audit("Add Passkey (device-bound)", "young", YubiKey);
        _tenant.Audits[0]["initiatedBy"]!["user"]!["id"] = null;
        if (isListRefused) _tenant.Graph.Server.Faults = (r, _) => r.Path.StartsWith("/v1.0/users?$select", StringComparison.Ordinal) ? Fault.Reply(403, """{"error":{"code":"x","message":"No."}}""") : null;
        Assert.Equal(["one Yes", "young Yes"], All(Source().OfTenant(CancellationToken.None)).Order());
        Assert.Equal(isListRefused ? 1 : 0, _warnings.Count);
        _warnings.Clear();
        // Of a group, it is nobody's business.
        Assert.Equal(["one Yes"], All(Of(Source(), Pilot)));
        Assert.Empty(_warnings);
    }

    [Fact]
    public void An_event_with_a_name_that_is_gone_is_said()
    {
        _tenant.User("one", methods: Passkey("synced"));
        _tenant.Audit("Add Passkey (synced)", "renamed since", Apple);
        _tenant.Audits[0]["initiatedBy"]!["user"]!["id"] = null;
        Assert.Equal(["one Yes"], All(Source().OfTenant(CancellationToken.None)));
        Assert.Equal(RegistrationEvents.Unassigned(1), Assert.Single(_warnings));
    }

    [Fact]
    public void A_report_that_is_older_than_the_log_is_said()
    {
        _tenant.Settings["reportLagInHours"] = 31 * 24;
        _tenant.User("another", isPilot: false);
        _tenant.User("one", methods: Passkey("synced", created: "2026-05-01T08:00:00Z"));
        Assert.Equal(["one Yes"], All(Source().OfTenant(CancellationToken.None)));
        Assert.StartsWith("The registration report is of 2026-10-", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_report_every_user_is_asked_for()
    {
        _tenant.Settings["licence"] = "Free";
        _tenant.User("none");
        _tenant.User("one", methods: Passkey("synced"));
        Assert.Equal(["one Yes"], All(Source().OfTenant(CancellationToken.None)));
        Assert.Equal(2, _tenant.Asked.Count(p => p.Contains("/authentication/", StringComparison.Ordinal)));
        Assert.Contains(_warnings, w => w.StartsWith("The tenant has no premium licence", StringComparison.Ordinal));
    }

    [Fact]
    public void A_small_group_is_asked_for_member_by_member_and_a_large_one_by_the_report()
    {
        const string small = "20000000-0000-4000-8000-000000000030";
        _tenant.User("one", methods: Passkey("synced"));
        _tenant.User("off", methods: Passkey("synced"))["accountEnabled"] = false;
        _tenant.Group(small, "Small", IdOf("one"), IdOf("off"));
        for (var i = 0; i < 40; i++) _tenant.User($"n{i:00}");
        Assert.Equal(["off Yes", "one Yes"], All(Of(Source(), small)).Order());
        Assert.DoesNotContain(_tenant.Asked, p => p.Contains("/reports/", StringComparison.Ordinal));
        _tenant.ForgetAsked();
        // Whoever is in both comes once.
        Assert.Equal(2, All(Of(Source(), small, Pilot)).Count);
        _tenant.ForgetAsked();
        Assert.Equal(["off Yes", "one Yes"], All(Of(Source(), Pilot)).Order());
        Assert.Equal(2, _tenant.Asked.Count(p => p.Contains("/authentication/", StringComparison.Ordinal)));
    }

    [Fact]
    public void Two_large_groups_are_read_by_one_report()
    {
        const string second = "20000000-0000-4000-8000-000000000090";
        _tenant.Group(second, "Second");
        for (var i = 0; i < 30; i++)
        {
            _tenant.User($"u{i:00}", methods: i == 0 ? [Passkey("synced")] : []);
            _tenant.Join(second, IdOf($"u{i:00}"));
        }
        Assert.Equal(["u00 Yes"], All(Of(Source(), Pilot, second)));
        Assert.Equal((1, 1), (_tenant.Asked.Count(p => p.Contains("userRegistrationDetails", StringComparison.Ordinal)), _tenant.Asked.Count(p => p.Contains("directoryAudits", StringComparison.Ordinal))));
    }

    [Fact]
    public void Events_of_people_outside_a_group_cost_no_request()
    {
        for (var i = 0; i < 25; i++) _tenant.User($"m{i:00}", methods: [Passkey("synced")]);
        for (var i = 0; i < 30; i++)
        {
            _tenant.User($"o{i:00}", isPilot: false, methods: [Passkey("deviceBound", YubiKey)]);
            _tenant.Audit("Add Passkey (device-bound)", $"o{i:00}", YubiKey);
            _tenant.Audits[i]["initiatedBy"]!["user"]!["id"] = null;
        }
        Assert.Equal(25, All(Of(Source(), Pilot)).Count);
        Assert.DoesNotContain(_tenant.Asked, p => p.Contains("/users/o", StringComparison.Ordinal));
        Assert.Single(_tenant.Asked, p => p.Contains("$count=true", StringComparison.Ordinal));
    }

    [Fact]
    public void A_renamed_user_is_met_by_the_new_name()
    {
        _tenant.User("anna", methods: Passkey("synced", created: "2026-11-26T07:00:00Z"));
        _tenant.Audit("Add Passkey (synced)", "anna", Apple);
        _tenant.Audits[0]["initiatedBy"]!["user"]!["id"] = null;
        _tenant.Graph.Server.Faults = (r, _) => r.Path.Contains("userRegistrationDetails", StringComparison.Ordinal) ? Fault.Reply(200, $$"""{"value":[{"id":"{{IdOf("anna")}}","userPrincipalName":"anna.maiden@contoso.com","userType":"member","methodsRegistered":[],"lastUpdatedDateTime":"2026-11-25T20:00:00Z"}]}""") : null;
        Assert.Equal(["anna Yes"], All(Source().OfTenant(CancellationToken.None)));
        Assert.Empty(_warnings);
    }

    [Fact]
    public void A_page_size_that_is_not_taken_is_left_to_the_service()
    {
        _tenant.User("one", methods: Passkey("synced"));
        _tenant.Graph.Server.Faults = (r, _) => r.Path.Contains("userRegistrationDetails?$top", StringComparison.Ordinal) ? Fault.Reply(400, """{"error":{"code":"BadRequest","message":"The top is too large."}}""") : null;
        Assert.Equal(["one Yes"], All(Source().OfTenant(CancellationToken.None)));
        Assert.Empty(_warnings);
    }

    [Fact]
    public void Groups_are_found_by_id_and_by_name_and_never_guessed()
    {
        _tenant.Group("20000000-0000-4000-8000-000000000040", "Sales");
        _tenant.Group("20000000-0000-4000-8000-000000000041", "Sales");
        _tenant.Group("20000000-0000-4000-8000-000000000042", "O'Brien's & co");
        var lookup = new GroupLookup(_tenant.Session().CreateClient());
        DirectoryGroup Find(string name) => lookup.Find(name, CancellationToken.None);
        Assert.Equal(Pilot, Find("pilot").Id);
        Assert.Equal("Pilot", Find(Pilot).Name);
        Assert.Equal("20000000-0000-4000-8000-000000000042", Find("O'Brien's & co").Id);
        Assert.Equal("GroupAmbiguous", Assert.Throws<PasskeyAdminException>(() => Find("Sales")).ErrorId);
        Assert.Equal("GroupNotFound", Assert.Throws<PasskeyAdminException>(() => Find("Pil*")).ErrorId);
        Assert.Equal("GroupNotFound", Assert.Throws<PasskeyAdminException>(() => Find(Guid.NewGuid().ToString())).ErrorId);
    }

    private RegistrationSource Source(ReadCheckpoint? checkpoint = null) => _tenant.Registrations(_warnings.Add, checkpoint);
}
