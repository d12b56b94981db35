using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Core.Tests.Graph;
using PasskeyAdmin.Core.Tests.Users;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;
using Xunit.Abstractions;

namespace PasskeyAdmin.Core.Tests.Changes;

/// <summary>Two administrators change different profiles at once, over HTTP: both edits are there, or whoever lost one was told.</summary>
public sealed class TwoAdministratorsTests(ITestOutputHelper output)
{
    private const int Rounds = 100;

    /// <summary>The pause after a write is longer than the other's gap between looking and writing, as it is outside of tests.</summary>
    [Fact]
    public void Whoever_loses_an_edit_is_told()
    {
        var table = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var round = 0; round < Rounds; round++)
        {
            var (outcome, isToldToLoser, _) = Race(round, waitsForTheOther: true);
            table[outcome] = table.GetValueOrDefault(outcome) + 1;
            Assert.True(isToldToLoser, outcome);
        }
        Write(table);
        Assert.Equal(Rounds, table.Values.Sum());
    }

    /// <summary>Even where the pause is over at once: then the audit log tells whoever wrote last.</summary>
    [Fact]
    public void An_edit_that_is_lost_after_the_last_look_is_told_to_who_wrote_over_it()
    {
        var table = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var round = 0; round < Rounds; round++)
        {
            var (outcome, isToldToLoser, isToldToWinner) = Race(round, waitsForTheOther: false);
            table[outcome] = table.GetValueOrDefault(outcome) + 1;
            Assert.True(isToldToLoser || isToldToWinner, outcome);
        }
        Write(table);
    }

    private void Write(SortedDictionary<string, int> table)
    {
        foreach (var row in table) output.WriteLine($"{row.Value,4}  {row.Key}");
    }

    private static (string Outcome, bool IsToldToLoser, bool IsToldToWinner) Race(int round, bool waitsForTheOther)
    {
        using var tenant = new ChangesFixture();
        var gap = new Gap();
        tenant.Server.Faults = (r, _) =>
        {
            gap.Arrived(r.Headers.GetValueOrDefault("Authorization", ""), r.Method, r.Path);
            return null;
        };
        using var ann = new Administrator(tenant, "ann", waitsForTheOther ? gap : null);
        using var bob = new Administrator(tenant, "bob", waitsForTheOther ? gap : null);
        using var start = new Barrier(2);
        var results = new ChangeResult[2];
        void Run(int index, Administrator who, string profile)
        {
            // Not quite at once, now the one and now the other first.
            start.SignalAndWait();
            for (var spin = 0; spin < (round % 10) * 20_000 * (round % 2 == index ? 1 : 0); spin++) Thread.SpinWait(1);
            results[index] = who.Rename(profile, $"By {who.Name}");
            gap.Left(who.Header);
        }

        var other = Task.Factory.StartNew(() => Run(1, bob, "Spare"), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Run(0, ann, "Synced pilot");
        other.GetAwaiter().GetResult();

        var names = tenant.Policy()["passkeyProfiles"]!.Select(p => (string?)p["name"]).ToList();
        bool[] isThere = [names.Contains("By ann"), names.Contains("By bob")];
        if (isThere.All(t => t)) return ($"both edits ({Told(results[0])}, {Told(results[1])})", true, true);
        Assert.Contains(true, isThere);
        var (loser, winner) = isThere[0] ? (results[1], results[0]) : (results[0], results[1]);
        return ($"one edit; loser: {Told(loser)}; winner: {Told(winner)}", loser.Error is not null, winner.Change.OtherEdit is OtherEditState.Suspected);
    }

    private static string Told(ChangeResult result) => $"{result.Change.Outcome}{(result.Error is { } error ? $" {error.ErrorId}" : "")}{(result.Change.OtherEdit is OtherEditState.Suspected ? ", edit of the other suspected lost" : "")}";

    /// <summary>Who has looked at the policy for the last time and has not written yet.</summary>
    private sealed class Gap
    {
        private readonly object _gate = new();
        private readonly Dictionary<string, int> _reads = [];
        private readonly HashSet<string> _inside = [];

        public void Arrived(string who, string method, string path)
        {
            if (!path.EndsWith("/fido2", StringComparison.Ordinal)) return;
            lock (_gate)
            {
                if (method == "GET") _reads[who] = _reads.GetValueOrDefault(who) + 1;
                // The first read is the plan's, the second is the last look.
                if (method == "GET" && _reads[who] == 2) _inside.Add(who);
            }
        }

        /// <summary>The write was answered, or the change is over.</summary>
        public void Left(string who)
        {
            lock (_gate)
            {
                _inside.Remove(who);
                Monitor.PulseAll(_gate);
            }
        }

        public void WaitForTheOther(string who)
        {
            Left(who);
            lock (_gate)
                while (_inside.Any(i => i != who)) Monitor.Wait(_gate);
        }
    }

    /// <summary>A clock on which a pause lasts until the other is out of the gap.</summary>
    private sealed class GapClock(IClock clock, string who, Gap? gap) : IClock
    {
        public DateTimeOffset UtcNow => clock.UtcNow;

        public TimeSpan Elapsed => clock.Elapsed;

        public Task Delay(TimeSpan time, CancellationToken token)
        {
            if (gap is not null && time == TimeSpan.FromSeconds(2)) gap.WaitForTheOther(who);
            return clock.Delay(time, token);
        }
    }

    private sealed class Administrator : IDisposable
    {
        private readonly System.Net.Http.HttpClient _http;
        private readonly TenantSession _session;
        private readonly ChangesFixture _tenant;

        public Administrator(ChangesFixture tenant, string name, Gap? gap)
        {
            (_tenant, Name, Header) = (tenant, name, $"Bearer token-of-{name}");
            _http = AccessTokenHandler.CreateClient(GraphFixture.Secret($"token-of-{name}"), tenant.Server.Address, "PasskeyAdmin/test");
            _session = new TenantSession(new TenantFacts(TenantConnection.AccessToken, "Custom") { TenantId = tenant.Session.TenantId, TenantName = "Contoso" }, new GraphConnection(tenant.Server.Address, () => _http), new GraphTraffic(new GapClock(tenant.Tenant.Graph.Clock, Header, gap), () => 0.5));
        }

        public string Name { get; }

        public string Header { get; }

        public ChangeResult Rename(string profile, string name)
        {
            var client = _session.CreateClient();
            var current = new PasskeyPolicySource(_session, client, UsersFixture.Catalog).Read(CancellationToken.None);
            var editor = new PolicyEditor(current);
            editor.SetProfile(current.Profile.First(p => p.Name == profile), new ProfileSettings { Name = name });
            var plan = new PolicyPlanner(_session, client, UsersFixture.Catalog).Plan(current, editor, "Set-PasskeyProfile", CancellationToken.None);
            return new PolicyChangeEngine(_session, client, UsersFixture.Catalog).Apply(plan, new ChangeContext(Path.Combine(_tenant.Folder, Name), new GuardLimits()), CancellationToken.None);
        }

        public void Dispose() => _http.Dispose();
    }
}
