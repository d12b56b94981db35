using System;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Troubleshooting;
using PasskeyAdmin.Users;
using static PasskeyAdmin.Core.Tests.Troubleshooting.AuditLogEntries;

namespace PasskeyAdmin.Core.Tests.Troubleshooting;

public class AuditAnomaliesTests
{
    [Theory]
    [InlineData("self", null)]
    [InlineData("ann", "ann@contoso.com registered it, and not the user.")]
    [InlineData("app:Provisioning", "Provisioning registered it, and not the user.")]
    public void Registered_by_somebody_else(string by, string? reason) =>
        Assert.Equal(reason, Assert.Single(Events(Registered("ben", 0, by))).Anomaly.SingleOrDefault(a => a.Kind is PasskeyAnomalyKind.RegisteredBySomebodyElse)?.Reason);

    [Theory]
    // Before, exactly an hour, longer, afterwards, of somebody else, by the user, refused.
    [InlineData("Admin registered security info", "ben", -42, "ann", "success", true)]
    [InlineData("Admin registered security info", "ben", -60, "ann", "success", true)]
    [InlineData("Admin registered security info", "ben", -61, "ann", "success", false)]
    [InlineData("Admin registered security info", "ben", 5, "ann", "success", false)]
    [InlineData("Admin registered security info", "cara", -42, "ann", "success", false)]
    [InlineData("User registered security info", "ben", -42, "ben", "success", false)]
    [InlineData("Admin registered security info", "ben", -42, "ann", "failure", false)]
    public void A_passkey_shortly_after_what_may_be_a_pass(string activity, string user, double minutes, string by, string result, bool isFound)
    {
        var told = Events([.. Registered("ben", 0), Entry(activity, user, minutes, by, result: result)]).Single(e => e.Method == "Passkey");
        Assert.Equal(isFound, told.Anomaly.Any(a => a.Kind is PasskeyAnomalyKind.RegisteredAfterPass));
    }

    [Fact]
    public void What_is_known_of_the_pass_is_said()
    {
        PasskeyAuditEvent Told(string? reason) => Events([.. Registered("ben", 0), Entry("Admin registered security info", "ben", -42, "ann", reason: reason)])[0];
        Assert.Equal("42 minutes before, ann@contoso.com registered security info for the user, which may have been a Temporary Access Pass (the log does not say).", Assert.Single(Told(null).Anomaly).Reason);
        Assert.Equal("42 minutes before, ann@contoso.com issued a Temporary Access Pass to the user.", Assert.Single(Told("Admin registered temporary access pass method for user").Anomaly).Reason);
        var pass = Events([Entry("Admin registered security info", "ben", 0, "ann")]).Single();
        Assert.Equal(("Security info registered by ann@contoso.com; the log does not say of what kind (a Temporary Access Pass is one).", 0), (pass.Summary, pass.Anomaly.Count));
        Assert.Equal("Of what kind it was: the log does not say.", Assert.Single(pass.NotChecked));
    }

    [Theory]
    [InlineData(new[] { 0.0, 20 }, 0)]
    [InlineData(new[] { 0.0, 20, 55 }, 3)]
    [InlineData(new[] { 0.0, 20, 61 }, 0)]
    [InlineData(new[] { 0.0, 50, 100 }, 0)]
    [InlineData(new[] { 0.0, 30, 60, 90 }, 4)]
    [InlineData(new[] { 0.0, 30, 60, 200 }, 3)]
    public void Many_of_one_user_within_an_hour(double[] minutes, int flagged)
    {
        var told = Events(minutes.SelectMany(m => Registered("ben", m)));
        Assert.Equal(minutes.Length, told.Count);
        Assert.Equal(flagged, told.Count(e => e.Anomaly.Any(a => a.Kind is PasskeyAnomalyKind.ManyOfOneUser)));
    }

    [Theory]
    [InlineData(4, 1, "ann", 0)]
    [InlineData(5, 1, "ann", 5)]
    [InlineData(5, 20, "ann", 0)]
    [InlineData(6, 10, "app:Provisioning", 6)]
    [InlineData(6, 1, "self", 0)]
    public void Many_by_one_administrator_within_an_hour(int users, double apart, string by, int flagged) =>
        Assert.Equal(flagged, Events(Enumerable.Range(0, users).SelectMany(i => Registered($"user{i}", i * apart, by))).Count(e => e.Anomaly.Any(a => a.Kind is PasskeyAnomalyKind.ManyByOneInitiator)));

    [Fact]
    public void One_user_registered_for_often_is_not_many_users() =>
        Assert.DoesNotContain(Events(Enumerable.Range(0, 6).SelectMany(i => Registered("ben", i, "ann"))), e => e.Anomaly.Any(a => a.Kind is PasskeyAnomalyKind.ManyByOneInitiator));

    [Fact]
    public void Of_one_user_it_is_not_known_whether_an_administrator_did_it_for_many()
    {
        var facts = Facts() with { Only = new DirectoryUser("id-ben") { UserPrincipalName = "ben@contoso.com" } };
        Assert.Contains("Whether ann@contoso.com registered passkeys for many others: only this user was looked at.", Assert.Single(Events(Registered("ben", 0, "ann"), facts)).NotChecked);
        Assert.DoesNotContain(Assert.Single(Events(Registered("ben", 0), facts)).NotChecked, n => n.Contains("many others", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("deviceBound", null, "synced", Apple, true, false)]
    [InlineData("deviceBound,synced", null, "synced", Apple, false, false)]
    [InlineData("deviceBound,synced", "allow", "synced", Apple, true, false)]
    [InlineData("deviceBound,synced", "allow", "device-bound", YubiKey, false, false)]
    [InlineData("deviceBound,synced", "block", "device-bound", YubiKey, true, false)]
    [InlineData("deviceBound,synced", "block", "synced", null, false, true)]
    [InlineData("deviceBound", null, "synced", null, true, false)]
    public void A_provider_that_no_profile_allows(string types, string? kind, string type, string? aaGuid, bool isFound, bool isOpen)
    {
        var facts = Facts(Profile(DefaultProfile, "Default passkey profile", types, kind, YubiKey));
        var told = Assert.Single(Events([Entry($"Add Passkey ({type})", "ben", 0, aaGuid: aaGuid)], facts));
        Assert.Equal((isFound, isOpen), (told.Anomaly.Any(a => a.Kind is PasskeyAnomalyKind.ProviderNotAllowed), told.NotChecked.Any(n => n.StartsWith("Whether its provider", StringComparison.Ordinal))));
    }

    [Fact]
    public void Another_profile_that_allows_it_is_enough()
    {
        var facts = Facts(Profile(DefaultProfile, "Default passkey profile", "deviceBound"), Profile("p2", "Pilot", "synced", "allow", Apple));
        Assert.DoesNotContain(Events(Registered("ben", 0, aaGuid: Apple, type: "synced"), facts)[0].Anomaly, a => a.Kind is PasskeyAnomalyKind.ProviderNotAllowed);
    }

    [Fact]
    public void Without_the_policy_and_the_sign_in_log_it_says_what_was_not_judged()
    {
        var told = Assert.Single(Events(Registered("ben", 0), new AuditFacts(Catalog)));
        Assert.Empty(told.Anomaly);
        Assert.Equal(["Where it was registered: the sign-in log was not read.", "Whether its provider is allowed: the policy could not be read."], told.NotChecked);
    }

    [Theory]
    // The country of the sign-in just before, and of the days before that.
    [InlineData("BR", "GB", true, true)]
    [InlineData("GB", "GB", false, true)]
    [InlineData("gb", "GB", false, true)]
    [InlineData("BR", null, false, false)]
    [InlineData(null, "GB", false, false)]
    public void Where_it_was_registered(string? now, string? before, bool isFound, bool isKnown)
    {
        var places = new UserPlaces();
        if (now is not null) places.Add(SignIn(-5, now));
        if (before is not null) places.Add(SignIn(-3 * 24 * 60, before));
        var told = Assert.Single(Events(Registered("ben", 0), Facts() with { Places = places }));
        Assert.Equal((isFound, isKnown), (told.Anomaly.Any(a => a.Kind is PasskeyAnomalyKind.UnusualPlace), !told.NotChecked.Any(n => n.StartsWith("Where it was registered", StringComparison.Ordinal))));
        if (isFound) Assert.Equal("It was in BR, where the user had not signed in before (since 2026-11-17: GB).", Assert.Single(told.Anomaly).Reason);
    }

    [Fact]
    public void A_country_stays_new_for_a_day_and_failures_do_not_make_it_known()
    {
        var places = new UserPlaces();
        places.Add(SignIn(-10 * 24 * 60, "GB"));
        places.Add(SignIn(-3 * 24 * 60, "BR", error: 50126));
        places.Add(SignIn(-60, "BR"));
        Assert.NotNull(places.OfSignIn("id-ben", Noon, "BR").Unusual);
        Assert.Null(places.OfSignIn("id-ben", Noon.AddDays(1), "BR").Unusual);
    }

    private static JObject SignIn(double minutes, string country, long error = 0) => new()
    {
        ["createdDateTime"] = Noon.AddMinutes(minutes).UtcDateTime.ToString("o"),
        ["userId"] = "id-ben",
        ["status"] = new JObject { ["errorCode"] = error },
        ["location"] = new JObject { ["countryOrRegion"] = country },
    };
}
