using System;
using System.IO;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Testing;
using PasskeyAdmin.Users;
using static PasskeyAdmin.Core.Tests.Users.UsersFixture;

namespace PasskeyAdmin.Core.Tests.Users;

/// <summary>Between report, log and reads there are gaps: nobody falls into one of them and is called unaffected.</summary>
public sealed class ImpactGapsTests : IDisposable
{
    private const string Report = "/v1.0/reports/authenticationMethods/userRegistrationDetails";

    private readonly UsersFixture _tenant = new();

    public void Dispose() => _tenant.Dispose();

    [Fact]
    public void Events_of_one_user_with_and_without_the_id_are_one_story()
    {
        _tenant.User("one", methods: [Passkey("synced", created: "2026-11-26T07:00:00Z")]);
        _tenant.Audit("Add Windows Hello for Business credential", "one", hasId: true);
        _tenant.Audit("Add Passkey (synced)", "one", Apple);
        Assert.Equal(["one LosesPasskeySignIn"], Shown(_tenant.Measure(WithoutSynced)));
    }

    [Fact]
    public void An_old_report_is_brought_up_to_date_for_those_who_are_in_it_too()
    {
        _tenant.Settings["reportLagInHours"] = 72;
        var one = _tenant.User("one", methods: Passkey("synced", created: "2026-11-24T07:00:00Z"));
        one["deletedAuthenticationMethods"] = new JArray(new JObject(Passkey("deviceBound", YubiKey).Properties()) { ["deletedDateTime"] = "2026-11-24T08:00:00Z" });
        _tenant.Audit("Add Passkey (synced)", "one", Apple, at: "2026-11-24T07:00:00Z");
        _tenant.Audit("Delete Passkey (device-bound)", "one", YubiKey, at: "2026-11-24T08:00:00Z");
        _tenant.User("two", methods: [Hello(), Passkey("synced", created: "2026-11-26T07:00:00Z")]);
        _tenant.Audit("Add Passkey (synced)", "two", Apple);
        var measured = _tenant.Measure(WithoutSynced);
        Assert.Equal(["one Stranded", "two LosesPasskeySignIn"], Shown(measured));
        Assert.Single(measured.Rows[1].LostPasskey);
    }

    [Fact]
    public void Where_the_log_does_not_reach_as_far_as_the_report_it_counts_as_unread()
    {
        _tenant.Settings["reportLagInHours"] = 72;
        _tenant.User("key", methods: Passkey("deviceBound", YubiKey));
        _tenant.User("none");
        var logs = 0;
        var measured = _tenant.Measure(WithoutSynced, t => t.Graph.Server.Faults = (r, _) => r.Path.Contains("directoryAudits", StringComparison.Ordinal) && logs++ > 0 ? Fault.Reply(403, """{"error":{"code":"x","message":"No."}}""") : null);
        Assert.Equal(["key Unknown", "none Unknown"], Shown(measured));
        Assert.False(new PasskeyImpactSummary(measured).IsComplete);
    }

    [Fact]
    public void Without_the_log_what_is_left_may_be_gone()
    {
        _tenant.User("both", methods: [Passkey("synced"), Passkey("deviceBound", YubiKey)]);
        _tenant.User("hello", methods: [Passkey("synced"), Hello()]);
        Assert.Equal(["both Unknown", "hello Unknown"], Shown(_tenant.Measure(WithoutSynced, t => t.Fail("/auditLogs/"))));
    }

    [Fact]
    public void What_was_read_before_the_newest_event_is_read_again()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("passkeyadmin-tests-").FullName, "run");
        _tenant.Profiles[0] = Profile(Default, "Default passkey profile", "deviceBound", "allow", Authenticator, YubiKey);
        _tenant.User("one", isPilot: false, methods: Passkey("deviceBound", YubiKey));
        _tenant.Audit("Delete Passkey (device-bound)", "one", Authenticator, at: "2026-11-26T07:00:00Z");
        using (var before = ReadCheckpoint.Open(path, "6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83", _tenant.Graph.Clock.UtcNow)) before.AddUser(IdOf("one"), [Passkey("deviceBound", Authenticator)], isAll: true, isBeta: true, _tenant.Graph.Clock.UtcNow.AddHours(-5));
        var measured = _tenant.Measure(p => p["passkeyProfiles"]![0]!["keyRestrictions"]!["aaGuids"] = new JArray(Authenticator), checkpoint: path);
        Assert.Equal(["one Stranded"], Shown(measured));
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public void Entries_of_a_checkpoint_are_at_most_a_day_old_and_the_data_is_as_old_as_the_oldest()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("passkeyadmin-tests-").FullName, "run");
        _tenant.Profiles[1] = Profile(PilotProfile, "Synced pilot", "synced", "allow", Apple, Bitwarden);
        foreach (var name in new[] { "old", "young" }) _tenant.User(name, methods: Passkey("synced", Bitwarden));
        var now = _tenant.Graph.Clock.UtcNow;
        using (var before = ReadCheckpoint.Open(path, "6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83", now))
        {
            before.AddUser(IdOf("old"), [Passkey("synced")], isAll: false, isBeta: true, now.AddHours(-30));
            before.AddUser(IdOf("young"), [Passkey("synced", Bitwarden)], isAll: false, isBeta: true, now.AddHours(-20));
        }
        var measured = _tenant.Measure(p => p["passkeyProfiles"]![1]!["keyRestrictions"]!["aaGuids"] = new JArray(Apple), checkpoint: path);
        Assert.Equal(["old Stranded", "young Stranded"], Shown(measured));
        Assert.Equal([IdOf("old")], _tenant.Asked.Where(p => p.Contains("/authentication/", StringComparison.Ordinal)).Select(p => p.Split('/')[2]));
        Assert.Equal(now.AddHours(-20), measured.DataAsOf);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public void A_report_that_is_begun_anew_forgets_the_older_rows()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("passkeyadmin-tests-").FullName, "run");
        _tenant.User("one", methods: Passkey("synced", created: "2026-11-24T12:00:00Z"));
        var now = _tenant.Graph.Clock.UtcNow;
        using (var before = ReadCheckpoint.Open(path, "6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83", now)) before.AddPage([new ReportedUser(IdOf("one"), ReportedMethods.None) { UserPrincipalName = "one@contoso.com" }], new ReportPage(now.AddHours(-48), now.AddHours(-48), now.AddHours(-20)), Report + "?$skiptoken=2");
        var measured = _tenant.Measure(WithoutSynced, t => t.Graph.Server.Faults = (r, _) => r.Path.Contains("skiptoken=2", StringComparison.Ordinal) ? Fault.Reply(400, """{"error":{"code":"Directory_ExpiredPageToken","message":"Expired."}}""") : null, checkpoint: path);
        Assert.Equal(["one Stranded"], Shown(measured));
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Entries_of_a_checkpoint_do_not_outlive_events_without_a_report_nor_a_log_that_is_not_read(bool isFree)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("passkeyadmin-tests-").FullName, "run");
        _tenant.Settings["licence"] = isFree ? "Free" : "P1";
        _tenant.Profiles[1] = Profile(PilotProfile, "Synced pilot", "synced", "allow", Apple, Bitwarden);
        _tenant.User("one", methods: Passkey("synced", Bitwarden, "2026-11-26T07:00:00Z"));
        _tenant.User("filler", methods: Passkey("synced", Bitwarden));
        _tenant.Audit("Add Passkey (synced)", "one", Bitwarden);
        var now = _tenant.Graph.Clock.UtcNow;
        using (var before = ReadCheckpoint.Open(path, "6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83", now))
            foreach (var name in new[] { "one", "filler" }) before.AddUser(IdOf(name), [Passkey("synced")], isAll: true, isBeta: true, now.AddHours(-5));
        var measured = _tenant.Measure(p => p["passkeyProfiles"]![1]!["keyRestrictions"]!["aaGuids"] = new JArray(Apple), t =>
        {
            if (!isFree) t.Fail("/auditLogs/");
        }, checkpoint: path);
        // The one whose event is newer than the entry is looked up again; so is everybody, where nobody knows of events.
        Assert.Equal(isFree ? ["one Stranded"] : ["filler Stranded", "one Unknown"], Shown(measured).Order());
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public void Rows_for_everybody_change_no_number()
    {
        _tenant.User("in", methods: Passkey("synced"));
        _tenant.User("out", isPilot: false);
        var measured = _tenant.Measure(WithoutSynced, t => t.Fail("/auditLogs/"), keepsUnaffected: true);
        Assert.Equal(["in Stranded", "out Unaffected"], Shown(measured));
    }

    [Fact]
    public void Of_pages_of_different_age_the_oldest_says_how_far_the_report_reaches()
    {
        _tenant.User("one", methods: Passkey("synced", created: "2026-11-24T12:00:00Z"));
        _tenant.User("two");
        _tenant.Audit("Add Passkey (synced)", "one", Apple, at: "2026-11-24T12:00:00Z");
        string Row(string name, string date) => $$"""{"id":"{{IdOf(name)}}","userPrincipalName":"{{name}}@contoso.com","userType":"member","isAdmin":false,"methodsRegistered":[],"lastUpdatedDateTime":"{{date}}"}""";
        var measured = _tenant.Measure(WithoutSynced, t => t.Graph.Server.Faults = (r, _) => !r.Path.Contains("userRegistrationDetails", StringComparison.Ordinal) ? null
            : r.Path.Contains("skiptoken", StringComparison.Ordinal) ? Fault.Reply(200, $$"""{"value":[{{Row("two", "2026-11-26T07:00:00Z")}}]}""")
            : Fault.Reply(200, $$"""{"value":[{{Row("one", "2026-11-24T08:00:00Z")}},{{Row("three", "2026-11-24T08:00:00Z")}}],"@odata.nextLink":"{{t.Graph.Server.Address}}{{Report[1..]}}?$skiptoken=2"}"""));
        Assert.Equal(["one Stranded"], Shown(measured));
        Assert.Equal(new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero), measured.DataAsOf);
    }

    [Theory]
    [InlineData("", PasskeyImpact.Stranded)]
    [InlineData("\"methodsRegistered\":null,", PasskeyImpact.Stranded)]
    [InlineData("\"methodsRegistered\":{},", PasskeyImpact.Stranded)]
    public void A_row_that_does_not_say_the_methods_is_looked_up(string methods, PasskeyImpact impact)
    {
        _tenant.User("one", methods: Passkey("synced"));
        var measured = _tenant.Measure(WithoutSynced, t => t.Graph.Server.Faults = (r, _) => r.Path.Contains("userRegistrationDetails", StringComparison.Ordinal)
            ? Fault.Reply(200, $$"""{"value":[{"id":"{{IdOf("one")}}","userPrincipalName":"one@contoso.com",{{methods}}"lastUpdatedDateTime":"2026-11-25T20:00:00Z"}]}""") : null);
        Assert.Equal([impact], measured.Rows.Select(r => r.Impact));
    }

    [Fact]
    public void Other_methods_that_came_and_went_do_not_count()
    {
        _tenant.User("one", methods: Passkey("synced"));
        _tenant.Audit("Add Windows Hello for Business credential", "one");
        _tenant.Audit("Delete Windows Hello for Business credential", "one");
        Assert.Equal(["one Stranded"], Shown(_tenant.Measure(WithoutSynced)));
    }

    [Fact]
    public void Whoever_removed_a_telephone_is_looked_at_once_and_known()
    {
        _tenant.User("one", methods: [Passkey("synced"), Hello()]);
        _tenant.Audit("User deleted security info", "one");
        Assert.Equal(["one LosesPasskeySignIn"], Shown(_tenant.Measure(WithoutSynced)));
        Assert.EndsWith("/authentication/methods", Assert.Single(_tenant.Asked, p => p.Contains("/authentication/", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_of_the_report_counts_also_where_the_passkeys_were_read()
    {
        _tenant.Profiles[1] = Profile(PilotProfile, "Synced pilot", "synced", "allow", Apple, Bitwarden);
        _tenant.User("one", methods: Passkey("synced", Bitwarden))["x509"] = "multiFactor";
        Assert.Equal(["one LosesPasskeySignIn"], Shown(_tenant.Measure(p => p["passkeyProfiles"]![1]!["keyRestrictions"]!["aaGuids"] = new JArray(Apple))));
    }

    [Fact]
    public void Events_that_failed_are_none_and_events_about_nobody_are_said()
    {
        _tenant.User("one");
        _tenant.Audit("Add Passkey (synced)", "one", Apple);
        _tenant.Audits[0]["result"] = "failure";
        _tenant.Audit("Add Passkey (synced)", "renamed", Apple);
        _tenant.Audit("Add Passkey (synced)", "one", Apple);
        _tenant.Audits[2]["targetResources"] = new JArray();
        var measured = _tenant.Measure(WithoutSynced);
        Assert.Empty(measured.Rows);
        Assert.StartsWith("2 events of the audit log could not be assigned to a user", Assert.Single(measured.NotRead), StringComparison.Ordinal);
        Assert.Contains("not everything could be read", new PasskeyImpactSummary(measured).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Events_of_people_whom_the_change_cannot_reach_cost_nothing()
    {
        for (var i = 0; i < 30; i++)
        {
            _tenant.User($"out{i:00}", isPilot: false, methods: Passkey("synced", created: "2026-11-26T07:00:00Z"));
            _tenant.Audit("Add Passkey (synced)", $"out{i:00}", Apple, hasId: i % 2 == 0);
        }
        Assert.Empty(_tenant.Measure(WithoutSynced).Rows);
        Assert.DoesNotContain(_tenant.Asked, p => p.StartsWith("v1.0/users/", StringComparison.Ordinal));
    }

    [Fact]
    public void A_later_page_of_a_group_that_is_missing_leaves_the_group_unread()
    {
        _tenant.User("one", methods: Passkey("synced"));
        _tenant.User("two", methods: Passkey("synced"));
        var measured = _tenant.Measure(WithoutSynced, t => t.Graph.Server.Faults = (r, _) => !r.Path.Contains($"/groups/{Pilot}/transitiveMembers", StringComparison.Ordinal) ? null
            : r.Path.Contains("skiptoken", StringComparison.Ordinal) ? Fault.Reply(404, """{"error":{"code":"Directory_ExpiredPageToken","message":"Expired."}}""")
            : Fault.Reply(200, $$"""{"value":[{"@odata.type":"#microsoft.graph.user","id":"{{IdOf("one")}}","accountEnabled":true}],"@odata.nextLink":"{{t.Graph.Server.Address}}v1.0/groups/{{Pilot}}/transitiveMembers?$skiptoken=2"}"""));
        Assert.Equal(["one Stranded", "two Unknown"], Shown(measured));
    }

    [Theory]
    [InlineData("state")]
    [InlineData("group")]
    public void Without_report_and_without_a_list_of_people_it_cannot_be_measured(string what)
    {
        _tenant.Settings["licence"] = "Free";
        _tenant.User("one", methods: Passkey("synced"));
        var error = Assert.Throws<PasskeyAdminException>(() => _tenant.Measure(p =>
        {
            if (what == "state") p["state"] = "disabled";
            else WithoutSynced(p);
        }, t => t.Graph.Server.Faults = (r, _) => r.Path.StartsWith("/v1.0/users?", StringComparison.Ordinal) || r.Path.Contains($"/groups/{Pilot}/", StringComparison.Ordinal) ? Fault.Reply(403, """{"error":{"code":"x","message":"No."}}""") : null));
        Assert.Equal("ImpactNotMeasurable", error.ErrorId);
    }

    [Fact]
    public void Without_report_the_people_of_a_group_that_cannot_be_read_are_all_users_and_not_known()
    {
        _tenant.Settings["licence"] = "Free";
        _tenant.User("one", methods: Passkey("synced"));
        _tenant.User("out", isPilot: false, methods: Passkey("synced"));
        var measured = _tenant.Measure(WithoutSynced, t => t.Fail($"/groups/{Pilot}/transitiveMembers"));
        Assert.Equal(["one Unknown", "out Unknown"], Shown(measured));
        Assert.DoesNotContain(_tenant.Asked, p => p.Contains("/authentication/", StringComparison.Ordinal));
    }

    [Fact]
    public void A_user_who_is_a_target_is_known_even_where_nothing_more_can_be_read()
    {
        _tenant.User("named", isPilot: false, methods: Passkey("synced"));
        var target = Target(IdOf("named"), PilotProfile);
        target["targetType"] = "user";
        _tenant.Targets.Add(target);
        var measured = _tenant.Measure(WithoutSynced, t => t.Fail($"/users/{IdOf("named")}"));
        Assert.Equal(["named Stranded"], Shown(measured));
    }

    [Fact]
    public void Who_was_disabled_since_the_report_is_counted_apart()
    {
        _tenant.User("lost", methods: Passkey("synced"));
        _tenant.User("kept", methods: Passkey("deviceBound", YubiKey));
        _tenant.User("guest", methods: Passkey("synced"))["userType"] = "Guest";
        _tenant.User("on");
        var row = (string name, string methods, string type) => $$"""{"id":"{{IdOf(name)}}","userPrincipalName":"{{name}}@contoso.com","userType":"{{type}}","isAdmin":false,"methodsRegistered":[{{methods}}],"lastUpdatedDateTime":"2026-11-25T20:00:00Z"}""";
        var rows = string.Join(",", row("lost", "\"passKeySynced\"", "member"), row("kept", "\"passKeyDeviceBound\"", "member"), row("guest", "\"passKeySynced\"", "guest"), row("on", "", "member"));
        foreach (var name in new[] { 0, 1 }) _tenant.Users[name]["accountEnabled"] = false;
        var measured = _tenant.Measure(WithoutSynced, t => t.Graph.Server.Faults = (r, _) => r.Path.Contains("userRegistrationDetails", StringComparison.Ordinal) ? Fault.Reply(200, $$"""{"value":[{{rows}}]}""") : null);
        Assert.Equal(["guest Stranded", "lost Stranded"], Shown(measured));
        var summary = new PasskeyImpactSummary(measured);
        Assert.Equal((1, 1, 1, 1, false), (summary.Affected, summary.Unaffected, summary.Disabled, summary.AffectedGuest, measured.Rows[1].IsEnabled));
    }

    [Fact]
    public void Methods_on_a_further_page_count()
    {
        _tenant.Profiles[1] = Profile(PilotProfile, "Synced pilot", "synced", "allow", Apple, Bitwarden);
        _tenant.User("one", methods: Passkey("synced", Bitwarden));
        string Page(JObject passkey, string next) => new JObject { ["value"] = new JArray(passkey), ["@odata.nextLink"] = next.Length > 0 ? next : JValue.CreateNull() }.ToString();
        var measured = _tenant.Measure(p => p["passkeyProfiles"]![1]!["keyRestrictions"]!["aaGuids"] = new JArray(Apple), t => t.Graph.Server.Faults = (r, _) => !r.Path.Contains("/authentication/", StringComparison.Ordinal) ? null
            : Fault.Reply(200, r.Path.Contains("skiptoken", StringComparison.Ordinal) ? Page(Passkey("synced"), "") : Page(Passkey("synced", Bitwarden), $"{t.Graph.Server.Address}beta/users/x/authentication/fido2Methods?$skiptoken=2")));
        Assert.Equal(["one LosesPasskey"], Shown(measured));
    }

    [Fact]
    public void A_sign_in_that_ends_while_methods_are_read_is_an_error()
    {
        _tenant.Profiles[1] = Profile(PilotProfile, "Synced pilot", "synced", "allow", Apple, Bitwarden);
        _tenant.User("one", methods: Passkey("synced"));
        Assert.Equal("SignInExpired", Assert.Throws<PasskeyAdminException>(() => _tenant.Measure(p => p["passkeyProfiles"]![1]!["keyRestrictions"]!["aaGuids"] = new JArray(Apple), t => t.Fail("/authentication/", 401))).ErrorId);
    }

    [Fact]
    public void An_AAGUID_of_zeros_alone_keeps_nobody_from_being_looked_at()
    {
        const string unread = "20000000-0000-4000-8000-000000000062";
        _tenant.Group(unread, "Unread");
        _tenant.Targets.Add(Target(unread, "30000000-0000-4000-8000-000000000003"));
        _tenant.Profiles[1] = Profile(PilotProfile, "Synced pilot", "synced");
        // Whoever is in it, nothing of it decides here.
        _tenant.Profiles.Add(Profile("30000000-0000-4000-8000-000000000003", "Third", "synced", "allow", Bitwarden));
        _tenant.User("apple", methods: Passkey("synced"));
        _tenant.User("bitwarden", methods: Passkey("synced", Bitwarden));
        var measured = _tenant.Measure(p => p["passkeyProfiles"]![1]!["keyRestrictions"] = new JObject { ["isEnforced"] = true, ["enforcementType"] = "block", ["aaGuids"] = new JArray(Apple) }, t => t.Fail($"/groups/{unread}/"));
        Assert.Equal(["apple Stranded"], Shown(measured));
        Assert.NotEmpty(measured.NotRead);
    }

    [Fact]
    public void Without_report_whoever_loses_for_certain_is_looked_at()
    {
        const string unread = "20000000-0000-4000-8000-000000000062";
        _tenant.Settings["licence"] = "Free";
        _tenant.Group(unread, "Unread");
        _tenant.Targets.Add(Target(unread, PilotProfile));
        _tenant.User("certain", methods: Passkey("synced"));
        _tenant.User("perhaps", isPilot: false, methods: Passkey("synced"));
        Assert.Equal(["certain Stranded", "perhaps Unknown"], Shown(_tenant.Measure(WithoutSynced, t => t.Fail($"/groups/{unread}/"))));
    }

    [Fact]
    public void Without_report_those_in_the_groups_concerned_are_the_ones_who_are_counted()
    {
        _tenant.Settings["licence"] = "Free";
        _tenant.User("one", methods: Passkey("synced"));
        _tenant.User("shut");
        _tenant.Join(Excluded, IdOf("shut"));
        _tenant.User("outside", isPilot: false);
        var summary = new PasskeyImpactSummary(_tenant.Measure(WithoutSynced));
        Assert.Equal((1, 1), (summary.Stranded, summary.Unaffected));
    }
}
