using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Testing;
using PasskeyAdmin.Users;
using static PasskeyAdmin.Core.Tests.Users.UsersFixture;

namespace PasskeyAdmin.Core.Tests.Users;

/// <summary>Whom a change affects, measured on a tenant behind HTTP.</summary>
public sealed class PolicyImpactSourceTests : IDisposable
{
    private readonly UsersFixture _tenant = new();

    public void Dispose() => _tenant.Dispose();

    [Fact]
    public void Each_user_loses_what_the_change_takes_and_keeps_the_rest()
    {
        _tenant.User("none");
        _tenant.User("synced", methods: Passkey("synced"));
        _tenant.User("both", methods: [Passkey("synced"), Passkey("deviceBound", YubiKey)]);
        _tenant.User("hello", methods: [Passkey("synced"), Hello()]);
        _tenant.User("key", methods: Passkey("deviceBound", YubiKey));
        _tenant.User("outside", isPilot: false, methods: Passkey("synced"));
        var measured = _tenant.Measure(WithoutSynced);
        Assert.Equal(["synced Stranded", "hello LosesPasskeySignIn", "both LosesPasskey"], Shown(measured));
        Assert.Equal(["Synced pilot: - passkey type Synced"], measured.Changes);
        var summary = new PasskeyImpactSummary(measured);
        Assert.Equal((3, 1, 1, 1, 0, 3, 0), (summary.Affected, summary.Stranded, summary.LosesPasskeySignIn, summary.LosesPasskey, summary.Unknown, summary.Unaffected, summary.Disabled));
        var both = measured.Rows[2];
        Assert.Equal(("Synced (one or more), by Synced pilot", "DeviceBound passkey"), (both.LostPasskey.ToString(), both.RemainingPasskey.ToString()));
        Assert.Equal("Windows Hello for Business", measured.Rows[1].RemainingMethod.ToString());
        Assert.Equal(new DateTimeOffset(2026, 11, 25, 20, 0, 0, TimeSpan.Zero), summary.DataAsOf);
        Assert.All(measured.Rows, r => Assert.Equal((summary.DataAsOf, true, false, "6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83"), (r.DataAsOf, r.IsEnabled, r.IsGuest, r.TenantId)));
    }

    [Fact]
    public void A_change_of_types_reads_the_report_the_groups_and_the_log_and_nobodys_passkeys()
    {
        _tenant.User("synced", methods: Passkey("synced"));
        _tenant.User("both", methods: [Passkey("synced"), Passkey("deviceBound", YubiKey)]);
        _tenant.AccessPolicy("enabled");
        var measured = _tenant.Measure(WithoutSynced);
        Assert.Equal(2, measured.Rows.Count);
        Assert.Equal(
            [
                "v1.0/users",
                "v1.0/identity/conditionalAccess/policies",
                "v1.0/auditLogs/directoryAudits",
                $"v1.0/groups/{Pilot}/transitiveMembers",
                $"v1.0/groups/{Excluded}/transitiveMembers",
                "v1.0/reports/authenticationMethods/userRegistrationDetails",
            ],
            _tenant.Asked.Select(p => p.Split('?')[0]));
        // The one question to the directory is how many there are, so that it can be said what it will take.
        Assert.Contains("$count=true", _tenant.Asked[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("deviceBound,synced", "deviceBound,synced")]
    [InlineData("deviceBound", "deviceBound,synced")]
    public void What_takes_nothing_away_reads_nothing(string before, string after)
    {
        _tenant.Profiles[1]["passkeyTypes"] = before;
        _tenant.User("synced", methods: Passkey("synced"));
        var measured = _tenant.Measure(p =>
        {
            p["passkeyProfiles"]![1]!["passkeyTypes"] = after;
            p["passkeyProfiles"]![0]!["attestationEnforcement"] = "registrationOnly";
            ((JArray)p["excludeTargets"]!).Clear();
        });
        Assert.Empty(measured.Rows);
        Assert.Empty(_tenant.Asked);
        Assert.Null(measured.DataAsOf);
        Assert.Equal(0, new PasskeyImpactSummary(measured).Affected);
    }

    [Fact]
    public void Passkeys_are_read_only_where_an_AAGUID_decides()
    {
        _tenant.Profiles[1] = Profile(PilotProfile, "Synced pilot", "deviceBound,synced", "allow", Apple, Bitwarden);
        _tenant.User("apple", methods: Passkey("synced"));
        _tenant.User("bit", methods: Passkey("synced", Bitwarden));
        _tenant.User("key", methods: Passkey("deviceBound", YubiKey));
        _tenant.User("outside", isPilot: false, methods: Passkey("synced", Bitwarden));
        var measured = _tenant.Measure(p => p["passkeyProfiles"]![1]!["keyRestrictions"]!["aaGuids"] = new JArray(Apple));
        Assert.Equal(["bit Stranded"], Shown(measured));
        Assert.Equal("Bitwarden (Synced), by Synced pilot", measured.Rows[0].LostPasskey.ToString());
        Assert.Equal((Guid.Parse(Bitwarden), "My passkey"), (measured.Rows[0].LostPasskey[0].AaGuid, measured.Rows[0].LostPasskey[0].Name));
        var read = _tenant.Asked.Where(p => p.Contains("/authentication/", StringComparison.Ordinal)).ToList();
        Assert.Equal(new[] { IdOf("apple"), IdOf("bit") }.Order(), read.Select(p => p.Split('/')[2]).Order());
        Assert.All(read, p => Assert.EndsWith("fido2Methods", p, StringComparison.Ordinal));
    }

    [Fact]
    public void An_AAGUID_of_Authenticator_does_not_hinge_on_other_models()
    {
        _tenant.Profiles[0] = Profile(Default, "Default passkey profile", "deviceBound", "allow", Authenticator, YubiKey);
        _tenant.User("app", methods: Passkey("deviceBound", Authenticator));
        _tenant.User("key", methods: Passkey("deviceBound", YubiKey));
        _tenant.Profiles[1] = Profile(PilotProfile, "Synced pilot", "synced");
        var measured = _tenant.Measure(p => p["passkeyProfiles"]![0]!["keyRestrictions"]!["aaGuids"] = new JArray(Authenticator));
        Assert.Equal(["key Stranded"], Shown(measured));
        Assert.Equal([IdOf("key")], _tenant.Asked.Where(p => p.Contains("/authentication/", StringComparison.Ordinal)).Select(p => p.Split('/')[2]));
    }

    [Fact]
    public void It_is_said_before_what_reading_will_take()
    {
        _tenant.Profiles[1] = Profile(PilotProfile, "Synced pilot", "deviceBound,synced", "allow", Apple, Bitwarden);
        for (var i = 0; i < 12; i++) _tenant.User($"u{i:00}", methods: Passkey("synced", i % 2 == 0 ? Apple : Bitwarden));
        var asked = new List<int>();
        _tenant.Measure(p => p["passkeyProfiles"]![1]!["keyRestrictions"]!["aaGuids"] = new JArray(Apple), t => t.Graph.Server.Faults = (r, n) =>
        {
            if (r.Path.Contains("userRegistrationDetails", StringComparison.Ordinal) || r.Path.Contains("/authentication/", StringComparison.Ordinal)) asked.Add(t.Estimates.Count);
            return null;
        });
        Assert.Equal([1, 2], asked.Distinct());
        Assert.Equal(["Registration report of about 12 users, the audit log since, and the members of 2 groups: 2 requests, at least 0 s under the documented limit of Microsoft Graph.", "Registered methods of 12 users, on which the answer hinges: 12 requests, at least 20 s under the documented limit of Microsoft Graph."], _tenant.Estimates.Select(e => e.ToString()));
        Assert.True(_tenant.Estimates[1].IsNoticeable);
        // A page of the log and one of the report go before: one window more.
        Assert.InRange(_tenant.Graph.Clock.Waits.Sum(w => w.TotalSeconds), 20, 32);
    }

    [Fact]
    public void A_passkey_that_nothing_hinges_on_is_lost_perhaps()
    {
        _tenant.Profiles[1] = Profile(PilotProfile, "Synced pilot", "synced", "allow", Apple);
        _tenant.User("one", methods: [Passkey("synced"), Passkey("deviceBound", YubiKey)]);
        var row = Assert.Single(_tenant.Measure(p => p["state"] = "disabled").Rows);
        Assert.Equal(PasskeyImpact.Stranded, row.Impact);
        Assert.Equal([("Synced", false), ("DeviceBound", true)], row.LostPasskey.OrderBy(l => l.IsCertain).Select(l => (l.PasskeyTypeName, l.IsCertain)));
        Assert.Contains("perhaps Synced (one or more), by Synced pilot", row.LostPasskey.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(_tenant.Asked, p => p.Contains("/authentication/", StringComparison.Ordinal));
    }

    [Fact]
    public void Where_certificates_do_not_show_the_numbers_are_not_complete()
    {
        _tenant.User("one", methods: Passkey("synced"));
        _tenant.User("off", methods: Passkey("synced"))["accountEnabled"] = false;
        Assert.Empty(_tenant.Measure(WithoutSynced).NotRead);
        var measured = _tenant.Measure(WithoutSynced, includesDisabled: true);
        Assert.Equal(["one Stranded", "off Stranded"], Shown(measured));
        Assert.StartsWith("Certificates of 1 stranded account that", Assert.Single(measured.NotRead), StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_that_is_older_than_the_log_is_not_complete()
    {
        _tenant.Settings["reportLagInHours"] = 31 * 24;
        _tenant.User("another", isPilot: false);
        _tenant.User("one", methods: Passkey("synced"));
        Assert.Contains(_tenant.Measure(WithoutSynced).NotRead, r => r.StartsWith("The registration report is of 2026-10-", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Free", "no premium licence")]
    [InlineData("P1", "could not be read")]
    public void Without_a_report_everybody_concerned_is_looked_at(string licence, string said)
    {
        _tenant.Settings["licence"] = licence;
        _tenant.User("synced", methods: Passkey("synced"));
        _tenant.User("hello", methods: [Passkey("synced"), Hello()]);
        _tenant.User("none");
        _tenant.User("outside", isPilot: false, methods: Passkey("synced"));
        _tenant.Role(IdOf("synced"));
        var measured = _tenant.Measure(WithoutSynced, t =>
        {
            if (licence != "Free") t.Fail("/reports/");
        });
        Assert.Equal(["synced Stranded", "hello LosesPasskeySignIn"], Shown(measured));
        Assert.Equal((true, "SYNCED", true), (measured.Rows[0].IsAdministrator, measured.Rows[0].DisplayName, measured.Rows[0].IsEnabled));
        Assert.StartsWith("A certificate would not show", measured.Rows[0].Reason, StringComparison.Ordinal);
        Assert.Contains(measured.NotRead, r => r.Contains(said, StringComparison.Ordinal));
        Assert.Equal(3, _tenant.Asked.Count(p => p.EndsWith("/authentication/methods", StringComparison.Ordinal)));
    }

    [Fact]
    public void Who_is_in_a_group_that_cannot_be_read_is_not_known_and_nobody_is_called_unaffected()
    {
        _tenant.User("synced", methods: Passkey("synced"));
        _tenant.User("key", methods: Passkey("deviceBound", YubiKey));
        _tenant.User("outside", isPilot: false, methods: Passkey("synced"));
        var measured = _tenant.Measure(WithoutSynced, t => t.Fail($"/groups/{Pilot}/transitiveMembers"));
        Assert.Equal(["outside Unknown", "synced Unknown"], Shown(measured));
        Assert.All(measured.Rows, r => Assert.Equal("Whether the user is in Pilot is not known.", r.Reason));
        Assert.Contains(measured.NotRead, r => r.StartsWith("The members of Pilot could not be read:", StringComparison.Ordinal));
        Assert.DoesNotContain(_tenant.Asked, p => p.Contains("/authentication/", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_the_audit_log_nobody_in_reach_is_called_unaffected()
    {
        _tenant.User("synced", methods: Passkey("synced"));
        _tenant.User("none");
        _tenant.User("key", methods: Passkey("deviceBound", YubiKey));
        _tenant.User("outside", isPilot: false);
        var measured = _tenant.Measure(WithoutSynced, t => t.Fail("/auditLogs/"));
        Assert.Equal(["synced Stranded", "key Unknown", "none Unknown"], Shown(measured));
        Assert.Equal(1, new PasskeyImpactSummary(measured).Unaffected);
        Assert.DoesNotContain(_tenant.Asked, p => p.Contains("/authentication/", StringComparison.Ordinal));
    }

    [Fact]
    public void What_was_registered_since_the_report_counts()
    {
        // Report of 20:00 the day before; the passkeys are younger.
        _tenant.User("young", methods: Passkey("synced", created: "2026-11-26T07:00:00Z"));
        _tenant.User("saved", methods: [Passkey("synced"), Passkey("deviceBound", YubiKey, "2026-11-26T07:00:00Z")]);
        _tenant.User("helped", methods: [Passkey("synced"), Hello()]);
        _tenant.Audit("Add Passkey (synced)", "young", Apple);
        _tenant.Audit("Add Passkey (device-bound)", "saved", YubiKey, hasId: true);
        _tenant.Audit("User registered security info", "young");
        var measured = _tenant.Measure(WithoutSynced);
        Assert.Equal(["young Stranded", "helped LosesPasskeySignIn", "saved LosesPasskey"], Shown(measured));
        Assert.DoesNotContain(_tenant.Asked, p => p.Contains("/authentication/", StringComparison.Ordinal));
    }

    [Fact]
    public void Somebody_who_came_after_the_report_is_known_from_the_log()
    {
        _tenant.User("old", methods: Passkey("synced"));
        _tenant.User("new", methods: Passkey("synced", created: "2026-11-26T07:00:00Z"))["createdDateTime"] = "2026-11-26T06:00:00Z";
        _tenant.User("newer")["createdDateTime"] = "2026-11-26T06:00:00Z";
        _tenant.Audit("Add Passkey (synced)", "new", Apple);
        var measured = _tenant.Measure(WithoutSynced);
        Assert.Equal(["new Stranded", "old Stranded"], Shown(measured));
        Assert.DoesNotContain(_tenant.Asked, p => p.Contains("/authentication/", StringComparison.Ordinal));
    }

    [Fact]
    public void Whoever_removed_something_since_the_report_is_looked_at()
    {
        _tenant.User("less", methods: [Passkey("synced")])["deletedAuthenticationMethods"] = new JArray(new JObject(Passkey("deviceBound", YubiKey).Properties()) { ["deletedDateTime"] = "2026-11-26T07:00:00Z" });
        _tenant.User("other", methods: [Passkey("synced"), Passkey("deviceBound", YubiKey)]);
        _tenant.Audit("Delete Passkey (device-bound)", "less", YubiKey);
        var measured = _tenant.Measure(WithoutSynced);
        Assert.Equal(["less Stranded", "other LosesPasskey"], Shown(measured));
        Assert.Equal([IdOf("less")], _tenant.Asked.Where(p => p.Contains("/authentication/", StringComparison.Ordinal)).Select(p => p.Split('/')[2]));
    }

    [Fact]
    public void Whom_the_report_misses_is_looked_at()
    {
        _tenant.User("seen", methods: Passkey("synced"));
        _tenant.User("missed", methods: [Passkey("synced"), Hello()]);
        var row = $$"""{"id":"{{IdOf("seen")}}","userPrincipalName":"seen@contoso.com","userDisplayName":"SEEN","userType":"member","isAdmin":false,"methodsRegistered":["passKeySynced"],"lastUpdatedDateTime":"2026-11-25T20:00:00Z"}""";
        var measured = _tenant.Measure(WithoutSynced, t => t.Graph.Server.Faults = (r, _) => r.Path.Contains("userRegistrationDetails", StringComparison.Ordinal) ? Fault.Reply(200, $$"""{"value":[{{row}}]}""") : null);
        Assert.Equal(["seen Stranded", "missed LosesPasskeySignIn"], Shown(measured));
        Assert.Equal("missed@contoso.com", measured.Rows[1].UserPrincipalName);
    }

    [Fact]
    public void A_report_that_is_older_than_documented_makes_the_log_be_read_from_its_date()
    {
        _tenant.Settings["reportLagInHours"] = 72;
        _tenant.User("young", methods: Passkey("synced", created: "2026-11-24T07:00:00Z"));
        _tenant.Audit("Add Passkey (synced)", "young", Apple, at: "2026-11-24T07:00:00Z");
        Assert.Equal(["young Stranded"], Shown(_tenant.Measure(WithoutSynced)));
    }

    [Theory]
    [InlineData("passKeySynced", PasskeyImpact.Stranded)]
    [InlineData("passkeysynced", PasskeyImpact.Stranded)]
    [InlineData("passKeyHybrid", PasskeyImpact.Unaffected)]
    [InlineData("fido2", PasskeyImpact.Unaffected)]
    [InlineData("passKeySynced certificateBasedAuthentication", PasskeyImpact.Unknown)]
    [InlineData("passKeySynced x509CertificateMultiFactor", PasskeyImpact.LosesPasskeySignIn)]
    [InlineData("passKeySynced x509CertificateSingleFactor", PasskeyImpact.Stranded)]
    [InlineData("passKeySynced macOsSecureEnclaveKey", PasskeyImpact.LosesPasskeySignIn)]
    [InlineData("passKeySynced microsoftAuthenticatorPush temporaryAccessPass", PasskeyImpact.Stranded)]
    [InlineData("passKeySynced passKeyDeviceBoundAuthenticator", PasskeyImpact.LosesPasskey)]
    public void Words_of_the_report_mean_what_they_say(string words, PasskeyImpact impact)
    {
        // A word that does not say its type is looked up: there, it is a key.
        _tenant.User("one", methods: Passkey("deviceBound", YubiKey));
        var methods = string.Join(",", words.Split(' ').Select(w => $"\"{w}\""));
        var measured = _tenant.Measure(WithoutSynced, t => t.Graph.Server.Faults = (r, _) => r.Path.Contains("userRegistrationDetails", StringComparison.Ordinal)
            ? Fault.Reply(200, $$"""{"value":[{"id":"{{IdOf("one")}}","userPrincipalName":"one@contoso.com","userType":"member","methodsRegistered":[{{methods}},null,7],"lastUpdatedDateTime":"2026-11-25T20:00:00Z"}]}""") : null);
        Assert.Equal(impact is PasskeyImpact.Unaffected ? [] : [impact], measured.Rows.Select(r => r.Impact));
    }

    [Theory]
    [InlineData(null, Apple, "The type of a passkey is not known.")]
    [InlineData("hybrid", Apple, "The type of a passkey is not known.")]
    [InlineData("synced", null, "A passkey has no AAGUID that can be read.")]
    [InlineData("synced", "00000000-0000-0000-0000-000000000000", "A passkey has an AAGUID of zeros; whether a list of blocked AAGUIDs stops it is not documented.")]
    public void What_a_passkey_is_may_not_be_known(string? type, string? aaGuid, string reason)
    {
        _tenant.Profiles[1] = Profile(PilotProfile, "Synced pilot", type is null or "hybrid" ? "deviceBound,synced" : "synced", "block", Bitwarden);
        if (type == "hybrid") _tenant.Profiles[1]["passkeyTypes"] = "deviceBound,synced,hybrid";
        _tenant.User("one", methods: Passkey(type, aaGuid));
        var measured = _tenant.Measure(p =>
        {
            if (type is null or "hybrid") WithoutSynced(p);
            else p["passkeyProfiles"]![1]!["keyRestrictions"] = new JObject { ["isEnforced"] = true, ["enforcementType"] = "block", ["aaGuids"] = new JArray(Bitwarden, YubiKey) };
        }, t => t.Graph.Server.Faults = (r, _) => r.Path.Contains("/authentication/", StringComparison.Ordinal)
            ? Fault.Reply(200, new JObject { ["value"] = new JArray(Passkey(type, aaGuid)) }.ToString()) : null);
        Assert.Equal(["one Unknown"], Shown(measured));
        Assert.Equal(reason, measured.Rows[0].Reason);
    }

    [Fact]
    public void An_AAGUID_that_no_list_knows_is_judged_like_any_other()
    {
        _tenant.Profiles[1] = Profile(PilotProfile, "Synced pilot", "synced");
        _tenant.User("one", methods: Passkey("synced", "77777777-7777-4777-8777-777777777777"));
        var measured = _tenant.Measure(p => p["passkeyProfiles"]![1]!["keyRestrictions"] = new JObject { ["isEnforced"] = true, ["enforcementType"] = "allow", ["aaGuids"] = new JArray(Apple) });
        Assert.Equal(["one Stranded"], Shown(measured));
        Assert.Equal("Unknown provider (Synced), by Synced pilot", measured.Rows[0].LostPasskey.ToString());
    }

    [Theory]
    [InlineData(403)]
    [InlineData(500)]
    [InlineData(400)]
    public void Whose_passkeys_cannot_be_read_is_not_known(int status)
    {
        _tenant.Profiles[1] = Profile(PilotProfile, "Synced pilot", "synced", "allow", Apple, Bitwarden);
        _tenant.User("one", methods: Passkey("synced"));
        var measured = _tenant.Measure(p => p["passkeyProfiles"]![1]!["keyRestrictions"]!["aaGuids"] = new JArray(Apple), t => t.Fail("/authentication/", status));
        Assert.Equal(["one Unknown"], Shown(measured));
        Assert.StartsWith("The registered methods could not be read:", measured.Rows[0].Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/users/", 0)]
    [InlineData("/authentication/", 1)]
    public void Who_was_deleted_meanwhile_is_not_counted_and_who_was_not_is_not_known(string missing, int unknown)
    {
        _tenant.Profiles[1] = Profile(PilotProfile, "Synced pilot", "synced", "allow", Apple, Bitwarden);
        _tenant.User("one", methods: Passkey("synced"));
        var measured = _tenant.Measure(p => p["passkeyProfiles"]![1]!["keyRestrictions"]!["aaGuids"] = new JArray(Apple), t => t.Fail(missing, 404, "Request_ResourceNotFound"));
        Assert.Equal(unknown, measured.Rows.Count(r => r.Impact is PasskeyImpact.Unknown));
        Assert.Equal(0, new PasskeyImpactSummary(measured).Unaffected);
    }

    [Theory]
    [InlineData(403, 20, 45)]
    [InlineData(400, 60, 60)]
    public void After_enough_refusals_in_a_row_nobody_is_asked_any_more(int status, int least, int most)
    {
        _tenant.Profiles[1] = Profile(PilotProfile, "Synced pilot", "synced", "allow", Apple, Bitwarden);
        for (var i = 0; i < 60; i++) _tenant.User($"u{i:00}", methods: Passkey("synced"));
        var measured = _tenant.Measure(p => p["passkeyProfiles"]![1]!["keyRestrictions"]!["aaGuids"] = new JArray(Apple), t =>
        {
            t.Settings["scopes"] = null;
            t.Graph.Server.Faults = (r, _) => r.Path.EndsWith("/$batch", StringComparison.Ordinal) && r.Body.Contains("/authentication/", StringComparison.Ordinal)
                ? Fault.Reply(200, new JObject { ["responses"] = new JArray(JObject.Parse(r.Body)["requests"]!.Select(q => new JObject { ["id"] = q["id"], ["status"] = status, ["body"] = JObject.Parse("""{"error":{"code":"x","message":"No."}}""") })) }.ToString())
                : r.Path.Contains("/authentication/", StringComparison.Ordinal) ? Fault.Reply(403, """{"error":{"code":"x","message":"No."}}""") : null;
        });
        Assert.Equal(60, measured.Rows.Count(r => r.Impact is PasskeyImpact.Unknown));
        Assert.InRange(_tenant.Asked.Count(p => p.Contains("/authentication/", StringComparison.Ordinal)), least, most);
    }

    [Fact]
    public void Groups_in_circles_deep_nesting_deleted_groups_and_forty_of_them()
    {
        const string project = "20000000-0000-4000-8000-000000000010";
        const string partners = "20000000-0000-4000-8000-000000000011";
        const string gone = "20000000-0000-4000-8000-0000000000ff";
        _tenant.Group(project, "Project", partners);
        _tenant.Group(partners, "Partners", project);
        _tenant.Join(Pilot, project);
        var deep = Pilot;
        for (var i = 0; i < 40; i++)
        {
            var next = $"20000000-0000-4000-8000-0000000001{i:00}";
            _tenant.Group(next, $"G{i}");
            _tenant.Join(deep, next);
            deep = next;
        }
        _tenant.User("circle", isPilot: false, methods: Passkey("synced"));
        _tenant.User("deep", isPilot: false, methods: Passkey("synced"));
        _tenant.User("out", isPilot: false, methods: Passkey("synced"));
        _tenant.Join(partners, IdOf("circle"));
        for (var i = 0; i < 40; i++) _tenant.Join($"20000000-0000-4000-8000-0000000001{i:00}", IdOf("deep"));
        _tenant.Targets.Add(Target(gone, PilotProfile));
        var measured = _tenant.Measure(WithoutSynced);
        Assert.Equal(["circle Stranded", "deep Stranded"], Shown(measured));
        Assert.Empty(measured.NotRead);
        Assert.DoesNotContain(_tenant.Asked, p => p.Contains(gone, StringComparison.Ordinal));
    }

    [Fact]
    public void An_excluded_user_had_nothing_to_lose()
    {
        _tenant.User("kiosk", methods: Passkey("synced"));
        _tenant.Join(Excluded, IdOf("kiosk"));
        Assert.Empty(_tenant.Measure(WithoutSynced).Rows);
    }

    [Theory]
    [InlineData("state", "synced Stranded|key Stranded|outside Stranded")]
    [InlineData("exclusion", "synced Stranded|key Stranded")]
    [InlineData("target", "synced Stranded")]
    [InlineData("profile", "synced Stranded")]
    public void All_ways_to_take_sign_in_away_are_measured(string what, string expected)
    {
        const string group = "20000000-0000-4000-8000-000000000020";
        _tenant.User("synced", methods: Passkey("synced"));
        _tenant.User("key", methods: Passkey("deviceBound", YubiKey));
        _tenant.User("outside", isPilot: false, methods: Passkey("deviceBound", YubiKey));
        _tenant.Group(group, "New exclusion", IdOf("synced"), IdOf("key"));
        var measured = _tenant.Measure(p =>
        {
            if (what == "state") p["state"] = "disabled";
            if (what == "exclusion") ((JArray)p["excludeTargets"]!).Add(new JObject { ["id"] = group, ["targetType"] = "group" });
            if (what is "target" or "profile") ((JArray)p["includeTargets"]!).RemoveAt(1);
            if (what == "profile") ((JArray)p["passkeyProfiles"]!).RemoveAt(1);
        });
        Assert.Equal(expected.Split('|').Order(), Shown(measured).Order());
    }

    [Fact]
    public void Who_loses_nothing_gets_a_row_when_asked()
    {
        _tenant.User("synced", methods: Passkey("synced"));
        _tenant.User("key", methods: Passkey("deviceBound", YubiKey));
        _tenant.User("outside", isPilot: false);
        var measured = _tenant.Measure(WithoutSynced, keepsUnaffected: true);
        Assert.Equal(["synced Stranded", "key Unaffected", "outside Unaffected"], Shown(measured));
        Assert.Equal(2, new PasskeyImpactSummary(measured).Unaffected);
    }

    [Fact]
    public void An_interrupted_run_goes_on_where_it_stopped()
    {
        _tenant.Profiles[1] = Profile(PilotProfile, "Synced pilot", "synced", "allow", Apple, Bitwarden);
        for (var i = 0; i < 30; i++) _tenant.User($"u{i:00}", methods: Passkey("synced", i % 2 == 0 ? Apple : Bitwarden));
        void Change(JObject p) => p["passkeyProfiles"]![1]!["keyRestrictions"]!["aaGuids"] = new JArray(Apple);
        using var folder = new TemporaryFile("");
        var path = folder.Path + ".checkpoint";
        using var stop = new CancellationTokenSource();
        var batches = 0;
        Assert.ThrowsAny<OperationCanceledException>(() => _tenant.Measure(Change, t => t.Graph.Server.Faults = (r, _) =>
        {
            if (r.Path.EndsWith("/$batch", StringComparison.Ordinal) && ++batches == 3) stop.Cancel();
            return null;
        }, checkpoint: path, token: stop.Token));
        var first = _tenant.Asked.Where(IsMethod).ToList();
        var kept = File.ReadAllLines(path).Count(l => l.Contains("\"user\"", StringComparison.Ordinal));
        Assert.InRange(kept, 1, 29);
        var measured = _tenant.Measure(Change, t => t.Graph.Server.Faults = null, checkpoint: path);
        Assert.Equal(15, measured.Rows.Count(r => r.Impact is PasskeyImpact.Stranded));
        Assert.Equal(30 - kept, _tenant.Asked.Count(IsMethod));
        Assert.DoesNotContain(_tenant.Asked, p => p.Contains("userRegistrationDetails", StringComparison.Ordinal));
        // Once more: everything is there.
        measured = _tenant.Measure(Change, checkpoint: path);
        Assert.Equal(15, measured.Rows.Count);
        Assert.DoesNotContain(_tenant.Asked, IsMethod);
        File.Delete(path);
        static bool IsMethod(string p) => p.Contains("/authentication/", StringComparison.Ordinal);
    }

    [Fact]
    public void A_sign_in_that_ends_is_an_error_and_no_answer()
    {
        _tenant.User("one", methods: Passkey("synced"));
        var error = Assert.Throws<PasskeyAdminException>(() => _tenant.Measure(WithoutSynced, t => t.Fail("/auditLogs/", 401, "InvalidAuthenticationToken")));
        Assert.Equal("SignInExpired", error.ErrorId);
    }
}
