using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Threading;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Sandbox;

namespace PasskeyAdmin.Benchmarks;

/// <summary>
/// Reads the registration report of a synthetic tenant, page after page, as every command does: how many pages, how long it takes here, how long Microsoft's
/// documented limits make it take, and how much memory is kept on the way.
/// </summary>
internal static class LargeTenant
{
    private const string Report = "/v1.0/reports/authenticationMethods/userRegistrationDetails";
    private static readonly Uri Endpoint = new("https://graph.sandbox.invalid/");

    public static string Run(int users, int registrations)
    {
        var before = GC.GetTotalMemory(true);
        var tenant = SandboxTenant.CreateSynthetic(users, registrations);
        var size = GC.GetTotalMemory(true) - before;
        using var answers = new RecordedAnswers(new SandboxHandler(tenant));
        // Once each: for the answers, and for the machine code, which both need; then in turns.
        var total = Read(answers, long.MaxValue).Rows;
        ReadBare(answers);
        var rounds = Enumerable.Range(0, 5).Select(_ => (Ours: Read(answers, total), Bare: ReadBare(answers))).ToList();
        var (ours, bare) = (Median(rounds.Select(r => r.Ours.Seconds)), Median(rounds.Select(r => r.Bare)));
        var last = rounds[^1].Ours;
        return $"""
            | | |
            |---|---:|
            | Users, registrations | {users:N0}, {registrations:N0} |
            | The tenant itself, MB | {size / 1048576.0:N1} |
            | Rows of the report | {last.Rows:N0} |
            | Pages | {last.Pages:N0} |
            | Answers, MB of JSON | {answers.Bytes / 1048576.0:N0} |
            | Reading them, median of {rounds.Count}, seconds | {ours:N2} |
            | Bare Newtonsoft.Json over the same answers, seconds | {bare:N2} |
            | Ratio | {ours / bare:N2} |
            | Under the documented limit of 5 requests in 10 s (virtual clock), seconds | {last.Due:N0} |
            | Memory kept after a tenth, a half and all of the pages, MB | {string.Join(" / ", last.Kept.Select(k => $"{k / 1048576.0:N1}"))} |
            | Peak of the process (the recorded answers lie on disk), MB | {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0:N0} |

            """;
    }

    /// <param name="total">How many rows there are.</param>
    private static Reading Read(RecordedAnswers answers, long total)
    {
        var clock = new SkippingClock(DateTimeOffset.UnixEpoch);
        using var http = new HttpClient(answers, disposeHandler: false) { BaseAddress = Endpoint };
        var client = new GraphClient(new GraphConnection(Endpoint, () => http), new GraphTraffic(clock, () => 0.5));
        answers.Rewind();
        var (rows, synced, kept) = (0L, 0L, new List<long>());
        var watch = Stopwatch.StartNew();
        foreach (var row in client.GetAll(Report, CancellationToken.None))
        {
            rows++;
            if (((JArray)row["methodsRegistered"]!).Any(m => (string?)m == "passKeySynced")) synced++;
            if (rows == total / 10 || rows == total / 2) kept.Add(Kept(watch));
        }
        kept.Add(Kept(watch));
        watch.Stop();
        return new Reading(watch.Elapsed.TotalSeconds, rows, answers.Asked.Count(), clock.Waited.TotalSeconds, kept);
    }

    /// <summary>What a collection leaves; its time is nobody's.</summary>
    private static long Kept(Stopwatch watch)
    {
        watch.Stop();
        var kept = GC.GetTotalMemory(true);
        watch.Start();
        return kept;
    }

    /// <summary>Seconds for the same answers, each read into a tree, looked at and left.</summary>
    private static double ReadBare(RecordedAnswers answers)
    {
        var synced = 0L;
        var watch = Stopwatch.StartNew();
        foreach (var stream in answers.Streams())
        {
            using var text = new JsonTextReader(new StreamReader(stream, bufferSize: 4096)) { DateParseHandling = DateParseHandling.None };
            synced += JObject.Load(text)["value"]!.Count(r => ((JArray)r["methodsRegistered"]!).Any(m => (string?)m == "passKeySynced"));
        }
        return watch.Elapsed.TotalSeconds + (synced < 0 ? 1 : 0);
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    private sealed record Reading(double Seconds, long Rows, int Pages, double Due, IReadOnlyList<long> Kept);
}
