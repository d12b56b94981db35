using System;
using System.Globalization;
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
    // The countries of the sign-ins just before (minutes, country), and those of three days before that.
    [InlineData("-5 BR", "GB GB GB", "It was in BR, where the user had not signed in before (since 2026-11-15: GB).", null)]
    [InlineData("-5 GB", "GB GB GB", null, null)]
    [InlineData("-5 gb", "GB GB GB", null, null)]
    [InlineData("-16 BR", "GB GB GB", null, "the sign-in log has no sign-in of the user just before")]
    [InlineData("", "GB GB GB", null, "the sign-in log has no sign-in of the user just before")]
    [InlineData("-5 ?", "GB GB GB", null, "the log has no country for the sign-in just before")]
    // Which of several it was, no log says.
    [InlineData("-2 GB|-5 BR", "GB GB GB", "Just before, the user signed in from BR and GB, and had not signed in from BR before (since 2026-11-15: GB).", null)]
    [InlineData("-2 BR|-5 GB", "GB GB GB", "Just before, the user signed in from BR and GB, and had not signed in from BR before (since 2026-11-15: GB).", null)]
    [InlineData("-2 BR|-5 CN|-6 GB", "GB GB GB", "Just before, the user signed in from BR and CN and GB, and had not signed in from BR and CN before (since 2026-11-15: GB).", null)]
    [InlineData("-2 FR|-5 GB", "GB FR GB", null, "just before, the user signed in from FR and GB")]
    [InlineData("-2 ?|-5 GB", "GB GB GB", null, "the log has no country for one of the sign-ins just before")]
    [InlineData("-2 ?|-5 BR", "GB GB GB", "It was in BR, where the user had not signed in before (since 2026-11-15: GB).", null)]
    // Too little to accuse anybody; that the country is known already is enough.
    [InlineData("-5 BR", "", null, "it may have been in BR, and the sign-in log has nothing of the user from before, as far as it was read")]
    [InlineData("-5 BR", "GB", null, "it may have been in BR, and the sign-in log has sign-ins of the user on 1 day before only, which is too little to call another country unusual")]
    [InlineData("-5 BR", "GB GB", null, "it may have been in BR, and the sign-in log has sign-ins of the user on 2 days before only, which is too little to call another country unusual")]
    [InlineData("-5 BR", "GB ? GB", null, "it may have been in BR, and the sign-in log has sign-ins of the user on 2 days before only, which is too little to call another country unusual")]
    [InlineData("-5 GB", "GB", null, null)]
    [InlineData("-2 GB|-5 BR", "GB", null, "it may have been in BR, and the sign-in log has sign-ins of the user on 1 day before only, which is too little to call another country unusual")]
    public void Where_it_was_registered(string now, string before, string? reason, string? unknown)
    {
        var places = new UserPlaces();
        foreach (var signIn in now.Split('|', StringSplitOptions.RemoveEmptyEntries)) places.Add(SignIn(double.Parse(signIn.Split(' ')[0], CultureInfo.InvariantCulture), signIn.Split(' ')[1]));
        foreach (var (country, i) in before.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((c, i) => (c, i))) places.Add(SignIn(-(5 - i) * 24 * 60, country));
        var told = Assert.Single(Events(Registered("ben", 0), Facts() with { Places = places }));
        Assert.Equal(reason, told.Anomaly.SingleOrDefault(a => a.Kind is PasskeyAnomalyKind.UnusualPlace)?.Reason);
        Assert.Equal(unknown is null ? [] : [$"Where it was registered: {unknown}."], told.NotChecked);
        Assert.Equal(unknown is not null, told.HasGap);
    }

    [Fact]
    public void Many_sign_ins_of_one_day_are_one_day()
    {
        var places = new UserPlaces();
        for (var i = 0; i < 9; i++) places.Add(SignIn((-3 * 24 * 60) + i, "GB"));
        Assert.Contains("on 1 day before only", places.OfSignIn("id-ben", Noon, "BR").Unknown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ann", "Where it was registered: somebody else did it, whose place is not that of the user, and was not looked at.")]
    [InlineData("app:Provisioning", "Where it was registered: somebody else did it, whose place is not that of the user, and was not looked at.")]
    [InlineData(null, "Where it was registered: it is not known who did it, and so not in which sign-in.")]
    public void The_place_of_somebody_else_is_not_that_of_the_user(string? by, string expected)
    {
        var places = new UserPlaces();
        places.Add(SignIn(-5, "BR"));
        for (var day = 2; day < 6; day++) places.Add(SignIn(-day * 24 * 60, "GB"));
        foreach (var facts in new[] { Facts() with { Places = places }, Facts() })
        {
            var told = Assert.Single(Events([Entry("Add Passkey (device-bound)", "ben", 0, by, YubiKey)], facts));
            Assert.DoesNotContain(told.Anomaly, a => a.Kind is PasskeyAnomalyKind.UnusualPlace);
            Assert.Contains(expected, told.NotChecked);
        }
    }

    /// <summary>What is not looked at with what was asked for is told, and is not what "could not be judged": it would be said of everything.</summary>
    [Theory]
    [InlineData("Add Passkey (device-bound)", "self", null, false)]
    [InlineData("Add Passkey (device-bound)", "self", "the sign-in log could not be read", true)]
    [InlineData("Add Passkey (device-bound)", "ann", "the sign-in log could not be read", false)]
    [InlineData("Add Passkey (device-bound)", null, null, true)]
    [InlineData("Admin registered security info", "ann", null, false)]
    public void What_is_not_looked_at_is_no_gap(string activity, string? by, string? fault, bool isGap)
    {
        var facts = Facts() with { PlacesFault = fault, Only = new DirectoryUser("id-ben") { UserPrincipalName = "ben@contoso.com" } };
        var told = Assert.Single(Events([Entry(activity, "ben", 0, by, YubiKey)], facts));
        Assert.NotEmpty(told.NotChecked);
        Assert.Equal(isGap, told.HasGap);
    }

    [Fact]
    public void A_country_stays_new_for_a_day_and_failures_do_not_make_it_known()
    {
        var places = new UserPlaces();
        for (var day = 8; day < 12; day++) places.Add(SignIn(-day * 24 * 60, "GB"));
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
        ["location"] = new JObject { ["countryOrRegion"] = country is "?" ? null : country },
    };
}
