using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using PasskeyAdmin.Testing;
using PasskeyAdmin.Users;
using static PasskeyAdmin.Core.Tests.Users.UsersFixture;

namespace PasskeyAdmin.Core.Tests.Users;

/// <summary>Registrations that are read in several runs: nobody twice, nobody missing, and nothing that is out of date.</summary>
public sealed class RegistrationCheckpointTests : IDisposable
{
    private readonly UsersFixture _tenant = new();
    private readonly List<string> _warnings = [];

    public void Dispose() => _tenant.Dispose();

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public void What_a_checkpoint_has_of_a_user_is_no_older_than_the_newest_event(bool isGroup, bool isLogRefused)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("passkeyadmin-tests-").FullName, "run");
        _tenant.User("one", methods: [Passkey("synced"), Passkey("deviceBound", YubiKey, "2026-11-26T07:00:00Z")]);
        _tenant.User("two", methods: Passkey("synced"));
        _tenant.Audit("Add Passkey (device-bound)", "one", YubiKey);
        _tenant.Audit("Add Passkey (synced)", "one", Apple, at: "2026-11-25T22:00:00Z");
        var now = _tenant.Graph.Clock.UtcNow;
        using (var before = ReadCheckpoint.Open(path, "t", now))
            foreach (var user in _tenant.Users) before.AddUser((string)user["id"]!, [Passkey("synced")], isAll: false, isBeta: true, now.AddHours(-5));
        using var checkpoint = ReadCheckpoint.Open(path, "t", now);
        var source = Source(checkpoint);
        if (isLogRefused) _tenant.Fail("/auditLogs/");
        var found = isGroup ? Of(source, Pilot).SelectMany(u => u.Registrations).ToList() : [.. _tenant.Users.SelectMany(u => source.OfUser((string)u["id"]!, CancellationToken.None))];
        Assert.Equal(isLogRefused ? 2 : 3, found.Count);
        Assert.Equal(1, _tenant.Asked.Count(p => p.Contains("directoryAudits", StringComparison.Ordinal)));
        Assert.Equal(isLogRefused ? 0 : 1, _tenant.Asked.Count(p => p.Contains("/authentication/", StringComparison.Ordinal)));
        Assert.Equal(isLogRefused, _warnings.Exists(w => w.Contains("what the checkpoint has may be out of date", StringComparison.Ordinal)));
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Theory]
    [InlineData("user")]
    [InlineData("group")]
    [InlineData("tenant")]
    [InlineData("free tenant")]
    public void An_event_that_may_be_about_anybody_makes_what_a_checkpoint_has_out_of_date(string whose)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("passkeyadmin-tests-").FullName, "run");
        if (whose == "free tenant") _tenant.Settings["licence"] = "Free";
        _tenant.User("one", methods: [Passkey("synced"), Passkey("deviceBound", YubiKey, "2026-11-26T07:00:00Z")]);
        _tenant.User("two", isPilot: false, methods: Passkey("synced"));
        _tenant.Audit("Add Passkey (device-bound)", "former", YubiKey);
        _tenant.Audits[0]["initiatedBy"]!["user"]!["id"] = null;
        var now = _tenant.Graph.Clock.UtcNow;
        using (var before = ReadCheckpoint.Open(path, "t", now))
        {
            before.AddUser(IdOf("one"), [Passkey("synced")], isAll: false, isBeta: true, now.AddHours(-12));
            before.AddUser(IdOf("two"), [Passkey("synced")], isAll: false, isBeta: true, now.AddMinutes(-10));
        }
        using var checkpoint = ReadCheckpoint.Open(path, "t", now);
        var source = Source(checkpoint);
        var found = whose switch { "user" => source.OfUser(IdOf("one"), CancellationToken.None).Count, "group" => Of(source, Pilot).Sum(u => u.Registrations.Count), _ => source.OfTenant(CancellationToken.None).Where(u => u.User.Id == IdOf("one")).Sum(u => u.Registrations.Count) };
        Assert.Equal(2, found);
        Assert.Equal(1, _tenant.Asked.Count(p => p.Contains("/authentication/", StringComparison.Ordinal)));
        Assert.Equal(whose == "tenant" ? 1 : 0, _warnings.Count(w => w == RegistrationEvents.Unassigned(1)));
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public void A_run_that_goes_on_for_days_asks_the_log_from_its_beginning()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("passkeyadmin-tests-").FullName, "run");
        _tenant.User("one", methods: [Passkey("synced"), Passkey("deviceBound", YubiKey, "2026-11-24T07:00:00Z")]);
        _tenant.Audit("Add Passkey (device-bound)", "one", YubiKey, at: "2026-11-24T07:00:00Z");
        _tenant.User("two", methods: Passkey("synced"));
        var now = _tenant.Graph.Clock.UtcNow;
        using (var before = ReadCheckpoint.Open(path, "t", now))
        {
            before.AddUser(IdOf("one"), [Passkey("synced")], isAll: false, isBeta: true, now.AddDays(-3));
            before.AddUser(IdOf("two"), [Passkey("synced")], isAll: false, isBeta: true, now.AddHours(-1));
        }
        using var checkpoint = ReadCheckpoint.Open(path, "t", now);
        Assert.Equal(["one Yes", "one Yes", "two Yes"], All(Source(checkpoint).OfTenant(CancellationToken.None)).Order());
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public void Where_a_checkpoint_has_nobody_who_is_asked_about_the_log_is_not_read()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("passkeyadmin-tests-").FullName, "run");
        _tenant.User("one", methods: Passkey("synced"));
        _tenant.User("two", isPilot: false, methods: Passkey("synced"));
        var now = _tenant.Graph.Clock.UtcNow;
        using (var before = ReadCheckpoint.Open(path, "t", now)) before.AddUser(IdOf("two"), [Passkey("synced")], isAll: false, isBeta: true, now.AddHours(-5));
        using var checkpoint = ReadCheckpoint.Open(path, "t", now);
        var source = Source(checkpoint);
        Assert.Single(source.OfUser(IdOf("one"), CancellationToken.None));
        Assert.DoesNotContain(_tenant.Asked, p => p.Contains("directoryAudits", StringComparison.Ordinal));
        Assert.Single(source.OfUser(IdOf("two"), CancellationToken.None));
        Assert.Single(_tenant.Asked, p => p.Contains("directoryAudits", StringComparison.Ordinal));
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public void What_is_older_than_the_log_is_read_again()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("passkeyadmin-tests-").FullName, "run");
        _tenant.User("one", methods: [Passkey("synced"), Passkey("deviceBound", YubiKey)]);
        _tenant.User("two", methods: Passkey("synced"));
        var now = _tenant.Graph.Clock.UtcNow;
        using (var before = ReadCheckpoint.Open(path, "t", now))
        {
            before.AddUser(IdOf("one"), [Passkey("synced")], isAll: false, isBeta: true, now.AddDays(-31));
            before.AddUser(IdOf("two"), [Passkey("synced")], isAll: false, isBeta: true, now.AddHours(-1));
        }
        using var checkpoint = ReadCheckpoint.Open(path, "t", now);
        var source = Source(checkpoint);
        Assert.Equal(2, source.OfUser(IdOf("one"), CancellationToken.None).Count);
        Assert.Single(source.OfUser(IdOf("two"), CancellationToken.None));
        Assert.Equal(1, _tenant.Asked.Count(p => p.Contains("/authentication/", StringComparison.Ordinal)));
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public void An_interrupted_run_neither_repeats_nor_loses_a_user()
    {
        for (var i = 0; i < 40; i++) _tenant.User($"u{i:00}", methods: Passkey("synced"));
        var path = Path.Combine(Directory.CreateTempSubdirectory("passkeyadmin-tests-").FullName, "run");
        using (var checkpoint = ReadCheckpoint.Open(path, "t", _tenant.Graph.Clock.UtcNow))
        {
            // Somebody who only takes a part, as Select-Object -First does.
            Assert.Equal(13, Source(checkpoint).OfTenant(CancellationToken.None).Take(13).Count());
        }
        var asked = _tenant.Asked.Count(IsMethod);
        Assert.InRange(asked, 13, 39);
        _tenant.ForgetAsked();
        using (var checkpoint = ReadCheckpoint.Open(path, "t", _tenant.Graph.Clock.UtcNow))
        {
            var found = All(Source(checkpoint).OfTenant(CancellationToken.None));
            Assert.Equal(40, found.Distinct().Count());
            Assert.Equal(40, found.Count);
        }
        // What had come before the reader left is not asked for again, wanted or not; what was under way may be.
        Assert.InRange(_tenant.Asked.Count(IsMethod), 40 - asked, 40 - 13);
        Assert.DoesNotContain(_tenant.Asked, p => p.Contains("userRegistrationDetails", StringComparison.Ordinal));
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        static bool IsMethod(string p) => p.Contains("/authentication/", StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_that_breaks_off_goes_on_with_its_next_page_and_an_expired_link_begins_it_anew()
    {
        for (var i = 0; i < 5; i++) _tenant.User($"u{i}", methods: Passkey("synced"));
        var path = Path.Combine(Directory.CreateTempSubdirectory("passkeyadmin-tests-").FullName, "run");
        string Page(int i, bool isLast) => $$"""{"value":[{"id":"{{IdOf($"u{i}")}}","userPrincipalName":"u{{i}}@contoso.com","userType":"member","methodsRegistered":["passKeySynced"],"lastUpdatedDateTime":"2026-11-25T20:00:00Z"}]{{(isLast ? "" : $$""","@odata.nextLink":"{{_tenant.Graph.Server.Address}}v1.0/reports/authenticationMethods/userRegistrationDetails?$skiptoken={{i + 1}}" """)}}}""";
        var isDown = true;
        var isExpired = false;
        _tenant.Graph.Server.Faults = (r, _) =>
        {
            if (!r.Path.Contains("userRegistrationDetails", StringComparison.Ordinal)) return null;
            var page = r.Path.Contains("skiptoken=", StringComparison.Ordinal) ? r.Path[^1] - '0' : 0;
            if (page == 3 && isDown) return Fault.Reply(500, """{"error":{"code":"x","message":"Down."}}""");
            if (page == 3 && isExpired) return Fault.Reply(400, """{"error":{"code":"Directory_ExpiredPageToken","message":"Expired."}}""");
            return Fault.Reply(200, Page(page, page == 4));
        };
        foreach (var expired in new[] { false, true })
        {
            File.Delete(path);
            (isDown, isExpired) = (true, false);
            using (var checkpoint = ReadCheckpoint.Open(path, "t", _tenant.Graph.Clock.UtcNow)) Assert.Equal(500, Assert.Throws<PasskeyAdminException>(() => All(Source(checkpoint).OfTenant(CancellationToken.None))).StatusCode);
            (isDown, isExpired) = (false, expired);
            _tenant.ForgetAsked();
            // Only the old link is good no more.
            using var again = ReadCheckpoint.Open(path, "t", _tenant.Graph.Clock.UtcNow);
            var source = Source(again);
            _tenant.Graph.Server.Faults = Once(_tenant.Graph.Server.Faults!, () => isExpired = false);
            var found = All(source.OfTenant(CancellationToken.None));
            Assert.Equal(5, found.Count);
            Assert.Equal(5, found.Distinct().Count());
            Assert.Equal(expired ? 1 + 5 : 2, _tenant.Asked.Count(p => p.Contains("userRegistrationDetails", StringComparison.Ordinal)));
        }
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    private static Func<ArrivedRequest, int, Fault?> Once(Func<ArrivedRequest, int, Fault?> faults, Action afterwards) => (r, n) =>
    {
        var fault = faults(r, n);
        if (r.Path.Contains("skiptoken=3", StringComparison.Ordinal)) afterwards();
        return fault;
    };

    private RegistrationSource Source(ReadCheckpoint? checkpoint = null) => _tenant.Registrations(_warnings.Add, checkpoint);
}
