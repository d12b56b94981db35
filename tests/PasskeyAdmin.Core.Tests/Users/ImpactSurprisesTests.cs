using System;
using System.IO;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Testing;
using PasskeyAdmin.Users;
using static PasskeyAdmin.Core.Tests.Users.UsersFixture;

namespace PasskeyAdmin.Core.Tests.Users;

/// <summary>What Microsoft may give that this version does not know: it makes an answer Unknown, and never "unaffected".</summary>
public sealed class ImpactSurprisesTests : IDisposable
{
    private readonly UsersFixture _tenant = new();

    public void Dispose() => _tenant.Dispose();

    [Theory]
    [InlineData("hybrid")]
    [InlineData("unknownFutureValue")]
    public void A_passkey_of_a_new_type_may_be_of_one_that_profiles_have(string type)
    {
        _tenant.Profiles[1] = Profile(PilotProfile, "Synced pilot", "deviceBound,synced", "allow", Apple, Bitwarden);
        _tenant.User("one", methods: Passkey("synced", Bitwarden));
        var measured = _tenant.Measure(p => p["passkeyProfiles"]![1]!["keyRestrictions"]!["aaGuids"] = new JArray(Apple), t => Methods(t, Passkey(type, Bitwarden)));
        Assert.Equal((PasskeyImpact.Unknown, "The type of a passkey is not known."), (measured.Rows.Single().Impact, measured.Rows.Single().Reason));
        Assert.False(measured.Rows.Single().LostPasskey.Single().IsCertain);
    }

    [Fact]
    public void A_passkey_of_a_new_type_is_not_called_useless()
    {
        _tenant.User("one", methods: Passkey("synced"));
        Methods(_tenant, Passkey("hybrid"));
        var session = _tenant.Session();
        var client = session.CreateClient();
        var policy = new PasskeyPolicySource(session, client, Catalog).Read(default);
        var found = new RegistrationSource(session, client, Catalog, policy, new RegistrationOptions(_ => { })).OfUser(IdOf("one"), default).Single();
        Assert.Equal((PasskeyAnswer.Unknown, "hybrid", "The passkey is of a type that this version does not know."), (found.Usable, found.PasskeyTypeName, found.UsableReason));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("#microsoft.graph.somethingNew")]
    public void Whatever_is_in_the_list_of_passkeys_is_one(string? type)
    {
        _tenant.User("one", methods: Passkey("synced"));
        var odd = Passkey("synced");
        if (type is null) odd.Remove("@odata.type");
        else odd["@odata.type"] = type;
        Methods(_tenant, odd);
        var session = _tenant.Session();
        var client = session.CreateClient();
        var policy = new PasskeyPolicySource(session, client, Catalog).Read(default);
        Assert.Equal(PasskeyAnswer.Yes, new RegistrationSource(session, client, Catalog, policy, new RegistrationOptions(_ => { })).OfUser(IdOf("one"), default).Single().Usable);
    }

    [Fact]
    public void A_new_kind_of_method_that_calls_itself_a_passkey_is_one()
    {
        _tenant.Settings["licence"] = "Free";
        _tenant.User("one", methods: Passkey("synced"));
        var odd = Passkey("synced");
        odd["@odata.type"] = "#microsoft.graph.passkeyAuthenticationMethod";
        var other = new JObject { ["@odata.type"] = "#microsoft.graph.phoneAuthenticationMethod", ["id"] = "1" };
        Assert.Equal(PasskeyImpact.Stranded, _tenant.Measure(WithoutSynced, t => Methods(t, odd, other)).Rows.Single().Impact);
    }

    [Theory]
    [InlineData("syncedPasskey", true)]
    [InlineData("fido3", true)]
    [InlineData("passKeySomething", true)]
    [InlineData("hardwareOath", false)]
    public void A_new_word_of_the_report_for_a_passkey_is_one(string word, bool isPasskey)
    {
        _tenant.User("one", methods: Passkey("synced"));
        var measured = _tenant.Measure(WithoutSynced, t => t.Graph.Server.Faults = (r, _) => r.Path.Contains("userRegistrationDetails", StringComparison.Ordinal) ? Fault.Reply(200, $$"""{"value":[{{Row("one", "2026-11-25T20:00:00Z", word)}}]}""") : null);
        Assert.Equal(isPasskey ? ["Stranded"] : [], measured.Rows.Select(r => r.Impact.ToString()));
    }

    [Fact]
    public void A_further_page_of_one_users_methods_that_fails_costs_that_user()
    {
        _tenant.Profiles[1] = Profile(PilotProfile, "Synced pilot", "synced", "allow", Apple, Bitwarden);
        _tenant.User("one", methods: Passkey("synced", Bitwarden));
        _tenant.User("two", methods: Passkey("synced", Bitwarden));
        var measured = _tenant.Measure(p => p["passkeyProfiles"]![1]!["keyRestrictions"]!["aaGuids"] = new JArray(Apple), t => t.Graph.Server.Faults = (r, _) =>
            !r.Path.Contains($"{IdOf("one")}/authentication/", StringComparison.Ordinal) && !r.Path.Contains("skiptoken", StringComparison.Ordinal) ? null
            : r.Path.Contains("skiptoken", StringComparison.Ordinal) ? Fault.Reply(403, """{"error":{"code":"x","message":"No."}}""")
            : Fault.Reply(200, new JObject { ["value"] = new JArray(Passkey("synced", Bitwarden)), ["@odata.nextLink"] = $"{t.Graph.Server.Address}beta/users/x/authentication/fido2Methods?$skiptoken=2" }.ToString()));
        Assert.Equal(["one Unknown", "two Stranded"], measured.Rows.Select(r => $"{r.UserPrincipalName!.Split('@')[0]} {r.Impact}").Order());
    }

    [Theory]
    [InlineData("2026-01-01T07:00:00Z", "2026-11-26T05:00:00Z", true)]
    [InlineData("2026-01-01T07:00:00Z", "2026-01-01T07:00:00Z", false)]
    public void Only_a_date_that_all_rows_have_is_that_of_the_report(string one, string two, bool isFresh)
    {
        _tenant.User("one");
        _tenant.User("two");
        var measured = _tenant.Measure(WithoutSynced, t => t.Graph.Server.Faults = (r, _) => !r.Path.Contains("userRegistrationDetails", StringComparison.Ordinal) ? null : Fault.Reply(200, $$"""{"value":[{{Row("one", one)}},{{Row("two", two)}}]}"""));
        Assert.Equal(isFresh, new PasskeyImpactSummary(measured).IsComplete);
        // Else the documented latency holds.
        Assert.Equal(DateTimeOffset.Parse(isFresh ? "2026-11-24T20:00:00Z" : one, System.Globalization.CultureInfo.InvariantCulture), measured.DataAsOf);
        Assert.Equal(isFresh ? [] : ["Unknown", "Unknown"], measured.Rows.Select(r => r.Impact.ToString()));
    }

    [Theory]
    [InlineData("2026-11-26T05:00:00Z", "2026-11-26T05:00:00Z", 1, 30 * 24)]
    [InlineData("2026-11-26T05:00:00Z", "2026-11-26T04:00:00Z", 2, 36)]
    public void A_last_page_with_old_rows_makes_no_old_report(string one, string two, int old, int hours)
    {
        foreach (var name in new[] { "one", "two", "old1", "old2" }) _tenant.User(name);
        var last = string.Join(",", Enumerable.Range(1, old).Select(i => Row($"old{i}", "2026-01-01T07:00:00Z")));
        var measured = _tenant.Measure(WithoutSynced, t => t.Graph.Server.Faults = (r, _) => !r.Path.Contains("userRegistrationDetails", StringComparison.Ordinal) ? null
            : r.Path.Contains("skiptoken", StringComparison.Ordinal) ? Fault.Reply(200, $$"""{"value":[{{last}}]}""")
            : Fault.Reply(200, $$"""{"value":[{{Row("one", one)}},{{Row("two", two)}}],"@odata.nextLink":"{{t.Graph.Server.Address}}v1.0/reports/authenticationMethods/userRegistrationDetails?$skiptoken=2"}"""));
        Assert.True(new PasskeyImpactSummary(measured).IsComplete);
        Assert.Empty(measured.Rows);
        Assert.Equal(_tenant.Graph.Clock.UtcNow.AddHours(-hours), measured.DataAsOf);
    }

    [Theory]
    [InlineData("2026-11-10T05:00:00Z", "2026-11-10T04:00:00Z", 1, "2026-11-10T04:00:00Z")]
    [InlineData("2026-11-10T05:00:00Z", "2026-11-10T04:00:00Z", 2, "2026-11-10T05:00:00Z")]
    [InlineData("2026-01-10T05:00:00Z", "2026-01-10T04:00:00Z", 2, "2026-10-27T08:00:00Z")]
    [InlineData("9999-01-01T00:00:00Z", "9999-01-01T00:00:00Z", 2, "2026-11-26T08:00:00Z")]
    public void Where_even_the_newest_row_is_old_the_log_is_asked_since_then(string one, string two, int perPage, string asOf)
    {
        _tenant.User("one", methods: Passkey("synced", created: "2026-11-15T07:00:00Z"));
        _tenant.User("two");
        _tenant.Audit("Add Passkey (synced)", "one", Apple, at: "2026-11-15T07:00:00Z");
        var measured = _tenant.Measure(WithoutSynced, t => t.Graph.Server.Faults = (r, _) => !r.Path.Contains("userRegistrationDetails", StringComparison.Ordinal) ? null
            : perPage == 2 ? Fault.Reply(200, $$"""{"value":[{{Row("one", one)}},{{Row("two", two)}}]}""")
            : r.Path.Contains("skiptoken", StringComparison.Ordinal) ? Fault.Reply(200, $$"""{"value":[{{Row("two", two)}}]}""")
            : Fault.Reply(200, $$"""{"value":[{{Row("one", one)}}],"@odata.nextLink":"{{t.Graph.Server.Address}}v1.0/reports/authenticationMethods/userRegistrationDetails?$skiptoken=2"}"""));
        Assert.Equal(DateTimeOffset.Parse(asOf, System.Globalization.CultureInfo.InvariantCulture), measured.DataAsOf);
        Assert.True(new PasskeyImpactSummary(measured).IsComplete);
        Assert.Equal(asOf.StartsWith("2026-11-26", StringComparison.Ordinal) ? [] : ["Stranded"], measured.Rows.Select(r => r.Impact.ToString()));
    }

    [Fact]
    public void A_report_of_one_row_says_nothing_about_its_date_either()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("passkeyadmin-tests-").FullName, "run");
        var now = new DateTimeOffset(2026, 11, 26, 8, 0, 0, TimeSpan.Zero);
        _tenant.User("one", methods: Passkey("synced", created: "2026-11-25T02:00:00Z"));
        _tenant.Audit("Add Passkey (synced)", "one", Apple, at: "2026-11-25T02:00:00Z");
        void Report(UsersFixture t) => t.Graph.Server.Faults = (r, _) => r.Path.Contains("userRegistrationDetails", StringComparison.Ordinal) ? Fault.Reply(200, $$"""{"value":[{{Row("one", "2026-11-26T07:00:00Z")}}]}""") : null;
        Assert.Equal(now - RegistrationReport.Latency, _tenant.Measure(WithoutSynced, Report, checkpoint: path).DataAsOf);
        _tenant.Graph.Clock.Advance(TimeSpan.FromHours(20));
        Assert.Equal(PasskeyImpact.Stranded, _tenant.Measure(WithoutSynced, Report, checkpoint: path).Rows.Single().Impact);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public void An_empty_last_page_says_nothing_of_the_report()
    {
        foreach (var name in new[] { "one", "two" }) _tenant.User(name);
        var measured = _tenant.Measure(WithoutSynced, t => t.Graph.Server.Faults = (r, _) => !r.Path.Contains("userRegistrationDetails", StringComparison.Ordinal) ? null
            : r.Path.Contains("skiptoken", StringComparison.Ordinal) ? Fault.Reply(200, """{"value":[]}""")
            : Fault.Reply(200, $$"""{"value":[{{Row("one", "2026-11-23T08:00:00Z")}},{{Row("two", "2026-11-23T08:00:00Z")}}],"@odata.nextLink":"{{t.Graph.Server.Address}}v1.0/reports/authenticationMethods/userRegistrationDetails?$skiptoken=2"}"""));
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero), measured.DataAsOf);
    }

    [Fact]
    public void Pages_of_an_interrupted_run_are_as_old_as_the_documented_latency_where_their_rows_have_dates_of_their_own()
    {
        var now = new DateTimeOffset(2026, 11, 26, 8, 0, 0, TimeSpan.Zero);
        var path = Path.Combine(Directory.CreateTempSubdirectory("passkeyadmin-tests-").FullName, "run");
        var registered = GraphDate.Text(now.AddHours(-30));
        _tenant.User("one", methods: [Passkey("synced", created: registered)]);
        _tenant.User("two");
        _tenant.Audit("Add Passkey (synced)", "one", Apple, at: registered, hasId: true);
        // Up to 36 hours late, the report does not have it yet; another row was renewed an hour ago.
        void Report(UsersFixture t) => t.Graph.Server.Faults = (r, _) => r.Path.Contains("userRegistrationDetails", StringComparison.Ordinal) ? Fault.Reply(200, $$"""{"value":[{{Row("one", "2026-01-01T00:00:00Z")}},{{Row("two", GraphDate.Text(now.AddHours(-1)))}}]}""") : null;
        Assert.Equal(PasskeyImpact.Stranded, _tenant.Measure(WithoutSynced, Report, checkpoint: path).Rows.Single().Impact);
        _tenant.Graph.Clock.Advance(TimeSpan.FromHours(20));
        Assert.Equal(PasskeyImpact.Stranded, _tenant.Measure(WithoutSynced, Report, checkpoint: path).Rows.Single().Impact);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Targets_whose_profiles_Graph_does_not_give_may_lose_anything(bool isNull)
    {
        foreach (var target in _tenant.Targets.Cast<JObject>())
        {
            if (isNull) target["allowedPasskeyProfiles"] = null;
            else target.Remove("allowedPasskeyProfiles");
        }
        _tenant.User("one", methods: Passkey("synced"));
        _tenant.User("none", isPilot: false);
        var measured = _tenant.Measure(p => p["state"] = "disabled");
        Assert.Equal(["one Unknown Which profiles All users may use is not known."], measured.Rows.Select(r => $"{r.UserPrincipalName!.Split('@')[0]} {r.Impact} {r.Reason}"));
        Assert.False(new PasskeyImpactSummary(measured).IsComplete);
        // The same riddle before and after takes nothing.
        Assert.True(_tenant.Measure(p => p["isSelfServiceRegistrationAllowed"] = false).IsNothingTaken);
        Assert.False(_tenant.Measure(WithoutSynced).IsNothingTaken);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_event_that_may_be_about_anybody_makes_what_was_read_before_out_of_date(bool isNameless)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("passkeyadmin-tests-").FullName, "run");
        _tenant.Settings["licence"] = "Free";
        _tenant.User("one", methods: [Passkey("synced", created: "2026-11-26T07:00:00Z")]);
        _tenant.Audit("Add Passkey (synced)", "former", Apple);
        _tenant.Audits[0]["initiatedBy"]!["user"]!["id"] = null;
        if (isNameless) _tenant.Audits[0]["targetResources"]![0]!["userPrincipalName"] = null;
        var now = _tenant.Graph.Clock.UtcNow;
        using (var before = ReadCheckpoint.Open(path, "6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83", now)) before.AddUser(IdOf("one"), [], isAll: true, isBeta: true, now.AddHours(-12));
        var measured = _tenant.Measure(WithoutSynced, checkpoint: path);
        Assert.Equal(PasskeyImpact.Stranded, measured.Rows.Single().Impact);
        Assert.Contains(RegistrationEvents.Unassigned(1), measured.NotRead);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    private static void Methods(UsersFixture tenant, params JObject[] methods) =>
        tenant.Graph.Server.Faults = (r, _) => r.Path.Contains("/authentication/", StringComparison.Ordinal) ? Fault.Reply(200, new JObject { ["value"] = new JArray(methods) }.ToString()) : null;

    private static string Row(string name, string date, string? word = null) =>
        $$"""{"id":"{{IdOf(name)}}","userPrincipalName":"{{name}}@contoso.com","userType":"member","isAdmin":false,"methodsRegistered":[{{(word is null ? "" : $"\"{word}\"")}}],"lastUpdatedDateTime":"{{date}}"}""";
}
