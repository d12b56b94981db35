using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Graph;

/// <summary>
/// What all commands on one connection share: how fast requests may leave, how many are under way, and when a read is tried again. Safe for several threads.
/// </summary>
/// <param name="random">Gives numbers from 0 to below 1; called under a lock.</param>
/// <param name="isPaced">Whether requests leave no faster than Graph allows.</param>
internal sealed class GraphTraffic(IClock clock, Func<double> random, bool isPaced = true)
{
    /// <summary>How many requests of one throttle class are under way at once.</summary>
    public const int MaximumInFlight = 4;

    private const int MaximumAttempts = 5;

    /// <summary>A server that is silent for so long, or talks nonsense, seldom does better a third time.</summary>
    private const int FewAttempts = 2;

    private static readonly TimeSpan FirstBackoff = TimeSpan.FromSeconds(1);

    /// <summary>Whoever is asked to wait longer than this had better come back later than sit there.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    private readonly object _randomGate = new();
    private readonly Dictionary<ThrottleClass, GraphPacer> _pacers = ((ThrottleClass[])Enum.GetValues(typeof(ThrottleClass))).ToDictionary(c => c, c => new GraphPacer(c, clock, isPaced));

    public DateTimeOffset Now => clock.UtcNow;

    public Task DelayAsync(TimeSpan time, CancellationToken token) => clock.Delay(time, token);

    /// <summary>Whether requests leave no faster than Graph allows.</summary>
    public bool IsPaced => isPaced;

    public async Task<GraphAnswer> ReadAsync(GraphConnection connection, string path, GraphLog log, CancellationToken token)
    {
        var throttleClass = ThrottleClasses.Of(path);
        for (var attempt = 1; ; attempt++)
        {
            var answer = await SendAsync(connection, HttpMethod.Get, path, null, throttleClass, 1, log, token).ConfigureAwait(false);
            if (!await WaitForAnotherAsync(answer, attempt, log, token).ConfigureAwait(false)) return answer;
        }
    }

    /// <summary>The answers to one chunk, in its order.</summary>
    public async Task<IReadOnlyList<GraphAnswer>> ReadManyAsync(GraphConnection connection, IReadOnlyList<string> paths, GraphLog log, CancellationToken token)
    {
        if (paths.Count == 1) return [await ReadAsync(connection, paths[0], log, token).ConfigureAwait(false)];
        var throttleClass = ThrottleClasses.Of(paths[0]);
        var batchPath = GraphBatch.VersionOf(paths[0]) + "/$batch";
        var answers = new GraphAnswer[paths.Count];
        var open = Enumerable.Range(0, paths.Count).ToList();
        for (var attempt = 1; ; attempt++)
        {
            var whole = await SendAsync(connection, HttpMethod.Post, batchPath, GraphBatch.Request(paths, open), throttleClass, open.Count, log, token).ConfigureAwait(false);
            var parts = whole is { IsSuccess: true, Body: { } body } ? GraphBatch.Read(body, clock.UtcNow) : [];
            foreach (var index in open)
            {
                answers[index] = parts.TryGetValue(index, out var part) ? part
                    : (whole.IsSuccess ? new GraphAnswer { Fault = GraphFault.Damaged, Detail = "a part of the batch is missing" } : whole) with { BatchPath = batchPath };
                if (part is not null) Heed(part, throttleClass);
            }
            // As long as each try answers some of them, it is worth going on.
            if (open.RemoveAll(i => !answers[i].IsTransient) > 0) attempt = 1;
            if (open.Count == 0) return answers;
            // The longest pause that any of them asks for is good for all.
            var slowest = open.Select(i => answers[i]).OrderByDescending(a => a.RetryAfter ?? TimeSpan.Zero).First();
            if (!await WaitForAnotherAsync(slowest, attempt, log, token).ConfigureAwait(false)) return answers;
        }
    }

    /// <summary>Waits until a write may leave. What must hold when it leaves is looked at after this, not before.</summary>
    /// <returns>Null where it has entered; Graph's answer, without asking, where it has to come back much later.</returns>
    public async Task<GraphAnswer?> EnterAsync(string path, GraphLog log, CancellationToken token) =>
        await _pacers[ThrottleClasses.Of(path)].EnterAsync(1, log, token).ConfigureAwait(false) is { } held ? TurnedAway(held) : null;

    /// <summary>Sends a write that has entered.</summary>
    public async Task<GraphAnswer> WriteAsync(GraphConnection connection, HttpMethod method, string path, JToken? body, GraphLog log, CancellationToken token)
    {
        var throttleClass = ThrottleClasses.Of(path);
        try
        {
            var answer = await new GraphSender(connection, clock).WriteAsync(method, path, body, token).ConfigureAwait(false);
            Heed(answer, throttleClass);
            log.Add(Line(method, path, answer));
            return answer;
        }
        finally
        {
            _pacers[throttleClass].Leave();
        }
    }

    /// <summary>For a write that has entered and is not sent after all.</summary>
    public void Leave(string path) => _pacers[ThrottleClasses.Of(path)].Leave();

    /// <summary>Cuts paths into pieces that can go in one batch: of one version, of one throttle class, and no more than that class lets through at once.</summary>
    public IEnumerable<IReadOnlyList<string>> Chunk(IEnumerable<string> paths)
    {
        var chunk = new List<string>();
        (ThrottleClass Class, string Version) kind = default;
        foreach (var path in paths)
        {
            var next = (ThrottleClasses.Of(path), GraphBatch.VersionOf(path));
            if (chunk.Count > 0 && (chunk.Count >= Math.Min(GraphBatch.MaximumSize, _pacers[kind.Class].Burst) || next != kind))
            {
                yield return chunk;
                chunk = [];
            }
            kind = next;
            chunk.Add(path);
        }
        if (chunk.Count > 0) yield return chunk;
    }

    private async Task<GraphAnswer> SendAsync(
        GraphConnection connection, HttpMethod method, string path, JToken? body, ThrottleClass throttleClass, int count, GraphLog log, CancellationToken token)
    {
        var pacer = _pacers[throttleClass];
        if (await pacer.EnterAsync(count, log, token).ConfigureAwait(false) is { } held) return TurnedAway(held);
        try
        {
            var answer = await new GraphSender(connection, clock).ReadAsync(method, path, body, token).ConfigureAwait(false);
            Heed(answer, throttleClass);
            log.Add(Line(method, path, answer) + (body is null ? "" : $", {count} requests in it"));
            return answer;
        }
        finally
        {
            pacer.Leave();
        }
    }

    private static GraphAnswer TurnedAway(TimeSpan held) => new() { Status = 429, RetryAfter = held };

    /// <summary>Wherever a 429 is seen, others of the class would only be turned away, too.</summary>
    private void Heed(GraphAnswer answer, ThrottleClass throttleClass)
    {
        if (answer is { Status: 429, RetryAfter: { } wait }) _pacers[throttleClass].Hold(wait);
    }

    /// <summary>Waits until the same may be asked again.</summary>
    /// <param name="attempt">How often it was asked.</param>
    /// <returns>False where it is no use, or where it would take too long.</returns>
    public async Task<bool> WaitForAnotherAsync(GraphAnswer answer, int attempt, GraphLog log, CancellationToken token)
    {
        var most = answer.Fault is GraphFault.TimedOut or GraphFault.Damaged ? FewAttempts : MaximumAttempts;
        if (!answer.IsTransient || attempt >= most) return false;
        var wait = answer.RetryAfter ?? Backoff(attempt);
        if (wait > LongestWait) return false;
        log.AddWait(wait, $"before trying again ({(answer.RetryAfter is null ? "there was no answer that could be used" : "as Microsoft Graph asks")}; this was try {attempt} of {most})");
        await clock.Delay(wait, token).ConfigureAwait(false);
        return true;
    }

    /// <summary>Doubles, and is scattered so that those who failed together do not come back together. (Five tries end at 8 seconds: no cap is needed.)</summary>
    private TimeSpan Backoff(int attempt)
    {
        double scatter;
        lock (_randomGate) scatter = random();
        return TimeSpan.FromSeconds(FirstBackoff.TotalSeconds * Math.Pow(2, attempt - 1) * (0.5 + scatter / 2));
    }

    private static string Line(HttpMethod method, string path, GraphAnswer answer)
    {
        var status = answer.Status is 0 ? "" : answer.Status.ToString(CultureInfo.InvariantCulture);
        var fault = answer.Fault switch
        {
            GraphFault.None => "",
            GraphFault.ConnectionFailed => "no connection",
            GraphFault.TimedOut => "no answer in time",
            GraphFault.GivenUp => "given up by the session",
            GraphFault.Damaged => "unreadable",
            GraphFault.NotJson => "no JSON",
            _ => "a redirect",
        };
        return $"{method} {GraphText.SafePath(path)}: {status}{(status.Length > 0 && fault.Length > 0 ? ", " : "")}{fault}{(answer.RequestId is { } id ? $" (request-id {id})" : "")}";
    }
}
