using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Http;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Benchmarks;

/// <summary>A connection to the recorded tenant whose clock skips what has to be waited.</summary>
internal sealed class RecordedTenant : IDisposable
{
    private static readonly Uri Endpoint = new("https://graph.sandbox.invalid/");

    /// <summary>The time in the synthetic tenant.</summary>
    public static readonly DateTimeOffset Start = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    private readonly HttpClient _http;

    public RecordedTenant(RecordedAnswers answers, DateTimeOffset start)
    {
        _http = new HttpClient(answers, disposeHandler: false) { BaseAddress = Endpoint };
        Clock = new SkippingClock(start);
        Session = new TenantSession(new TenantFacts(TenantConnection.AccessToken, "Global") { TenantId = "73796e74-6865-4000-8000-746963000001", TenantName = "Synthetic" }, new GraphConnection(Endpoint, () => _http), new GraphTraffic(Clock, () => 0.5));
        Client = Session.CreateClient();
    }

    public SkippingClock Clock { get; }

    public TenantSession Session { get; }

    public GraphClient Client { get; }

    public void Dispose() => _http.Dispose();
}

/// <summary>What a race gave.</summary>
internal sealed record RaceResult
{
    public int Rounds { get; init; }

    public (double Cpu, double Wall) Ours { get; init; }

    public (double Cpu, double Wall) Bare { get; init; }

    /// <summary>By the clock that skips the waiting.</summary>
    public TimeSpan Took { get; init; }

    /// <summary>By the documented limit alone.</summary>
    public TimeSpan LeastTime { get; init; }

    public IReadOnlyList<(string Kind, int Requests, int Messages)> Kinds { get; init; } = [];

    public long Bytes { get; init; }

    /// <summary>What a collection leaves of the result, in bytes.</summary>
    public long Kept { get; init; }
}

/// <summary>
/// Lets a reading of ours and bare Newtonsoft.Json take turns over the same answers. Time is that of the processor, so that what else runs on the machine counts
/// little; the time on the wall stands beside it.
/// </summary>
internal sealed class AnswerRace(RecordedAnswers answers, int rounds)
{
    /// <param name="read">Reads, and gives what is to be kept of it.</param>
    public RaceResult Run(Func<RecordedTenant, object> read)
    {
        // Records, and makes the machine code, which both need.
        Once(read);
        Bare();
        var (took, kept) = Once(read);
        if (answers.Made > 0) throw new InvalidOperationException($"{answers.Made} answers of the second run were not those of the first: their making would be measured.");
        var all = Enumerable.Range(0, rounds).Select(_ => (Ours: Timed(() => Once(read, isWeighed: false)), Bare: Timed(Bare))).ToList();
        var asked = answers.Asked.ToList();
        return new RaceResult
        {
            Rounds = rounds,
            Ours = Median(all.Select(r => r.Ours)),
            Bare = Median(all.Select(r => r.Bare)),
            Took = took,
            LeastTime = ThrottleClasses.LeastTime(ThrottleClass.Reports, asked.Where(a => a.Class is ThrottleClass.Reports).Sum(a => a.Reads.Length)),
            Kinds = [.. asked.GroupBy(a => a.Kind).Select(g => (g.Key, g.Sum(a => a.Reads.Length), g.Count()))],
            Bytes = answers.Bytes,
            Kept = kept,
        };
    }

    private (TimeSpan Took, long Kept) Once(Func<RecordedTenant, object> read, bool isWeighed = true)
    {
        answers.Rewind();
        var before = isWeighed ? GC.GetTotalMemory(true) : 0;
        using var tenant = new RecordedTenant(answers, RecordedTenant.Start);
        var result = read(tenant);
        var took = tenant.Clock.Elapsed;
        var kept = isWeighed ? GC.GetTotalMemory(true) - before : 0;
        GC.KeepAlive(result);
        return (took, kept);
    }

    /// <summary>The same answers, each read into a tree, looked at and left.</summary>
    private void Bare()
    {
        var seen = 0;
        foreach (var stream in answers.Streams())
        {
            using var text = new JsonTextReader(new StreamReader(stream, bufferSize: 4096)) { DateParseHandling = DateParseHandling.None };
            var body = JObject.Load(text);
            foreach (var list in body["responses"] is JArray parts ? parts.Select(p => p["body"]?["value"]) : [body["value"]])
                seen += (list as JArray)?.Count(i => i["id"] is not null) ?? 0;
        }
        if (seen == 0) throw new InvalidOperationException("There was nothing to be seen.");
    }

    /// <summary>Each cleans up after itself, so that neither pays for what the other left.</summary>
    private static (double Cpu, double Wall) Timed(Action action)
    {
        GC.Collect();
        var (watch, cpu) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        action();
        return ((Environment.CpuUsage.TotalTime - cpu).TotalSeconds, watch.Elapsed.TotalSeconds);
    }

    private static (double Cpu, double Wall) Median(IEnumerable<(double Cpu, double Wall)> times)
    {
        var list = times.ToList();
        return (list.Select(t => t.Cpu).Order().ElementAt(list.Count / 2), list.Select(t => t.Wall).Order().ElementAt(list.Count / 2));
    }
}
