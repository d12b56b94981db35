using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Graph;

/// <summary>
/// What all commands on one tenant share: how fast requests may leave, how many are under way, and when a read is tried again. Safe for several threads.
/// </summary>
/// <param name="random">Gives numbers from 0 to below 1; called under a lock.</param>
internal sealed class GraphTraffic(IClock clock, Func<double> random) : IDisposable
{
    public const int MaximumInFlight = 4;

    private const int MaximumAttempts = 5;

    private static readonly TimeSpan FirstBackoff = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(30);

    /// <summary>Whoever is asked to wait longer than this had better come back later than sit there.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _slots = new(MaximumInFlight);
    private readonly Dictionary<ThrottleClass, GraphPacer> _pacers = ((ThrottleClass[])Enum.GetValues(typeof(ThrottleClass))).ToDictionary(c => c, c => new GraphPacer(c, clock));

    public DateTimeOffset Now => clock.UtcNow;

    public async Task<GraphAnswer> ReadAsync(GraphConnection connection, string path, GraphLog log, CancellationToken token)
    {
        for (var attempt = 1; ; attempt++)
        {
            var answer = await SendAsync(connection, HttpMethod.Get, path, null, ThrottleClasses.Of(path), 1, log, token).ConfigureAwait(false);
            if (!await WaitForAnotherAsync(answer, attempt, ThrottleClasses.Of(path), log, token).ConfigureAwait(false)) return answer;
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
            var parts = whole is { IsSuccess: true, Body: { } body } ? GraphBatch.Read(body) : [];
            foreach (var index in open)
                answers[index] = parts.TryGetValue(index, out var part) ? part : whole.IsSuccess ? new GraphAnswer { Fault = GraphFault.Damaged, Detail = "a part of the batch is missing" } : whole;
            // As long as each try answers some of them, it is worth going on.
            if (open.RemoveAll(i => !answers[i].IsTransient) > 0) attempt = 1;
            if (open.Count == 0) return answers;
            // The longest pause that any of them asks for is good for all.
            var slowest = open.Select(i => answers[i]).OrderByDescending(a => a.RetryAfter ?? TimeSpan.Zero).First();
            if (!await WaitForAnotherAsync(slowest, attempt, throttleClass, log, token).ConfigureAwait(false)) return answers;
        }
    }

    public async Task<GraphAnswer> WriteAsync(GraphConnection connection, HttpMethod method, string path, JToken? body, GraphLog log, CancellationToken token)
    {
        var pacer = _pacers[ThrottleClasses.Of(path)];
        await pacer.EnterAsync(1, token).ConfigureAwait(false);
        var answer = await new GraphSender(connection, clock).WriteAsync(method, path, body, token).ConfigureAwait(false);
        log.Add(Line(method, path, answer));
        return answer;
    }

    /// <summary>Cuts paths into pieces that can go in one batch: of one version, of one throttle class, and no more than that class lets through at once.</summary>
    public IEnumerable<IReadOnlyList<string>> Chunk(IEnumerable<string> paths)
    {
        var chunk = new List<string>();
        foreach (var path in paths)
        {
            if (chunk.Count > 0 && (chunk.Count >= Math.Min(GraphBatch.MaximumSize, _pacers[ThrottleClasses.Of(chunk[0])].Burst)
                || ThrottleClasses.Of(path) != ThrottleClasses.Of(chunk[0]) || GraphBatch.VersionOf(path) != GraphBatch.VersionOf(chunk[0])))
            {
                yield return chunk;
                chunk = [];
            }
            chunk.Add(path);
        }
        if (chunk.Count > 0) yield return chunk;
    }

    public void Dispose()
    {
        _slots.Dispose();
        foreach (var pacer in _pacers.Values) pacer.Dispose();
    }

    private async Task<GraphAnswer> SendAsync(
        GraphConnection connection, HttpMethod method, string path, JToken? body, ThrottleClass throttleClass, int count, GraphLog log, CancellationToken token)
    {
        await _pacers[throttleClass].EnterAsync(count, token).ConfigureAwait(false);
        await _slots.WaitAsync(token).ConfigureAwait(false);
        try
        {
            var answer = await new GraphSender(connection, clock).ReadAsync(method, path, body, token).ConfigureAwait(false);
            log.Add(Line(method, path, answer) + (body is null ? "" : $", {count} requests in it"));
            return answer;
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <summary>False where it is no use, or where it would take too long.</summary>
    private async Task<bool> WaitForAnotherAsync(GraphAnswer answer, int attempt, ThrottleClass throttleClass, GraphLog log, CancellationToken token)
    {
        if (!answer.IsTransient || attempt == MaximumAttempts) return false;
        var wait = answer.RetryAfter ?? Backoff(attempt);
        if (wait > LongestWait) return false;
        log.Add($"Waiting {wait.TotalSeconds:0.#} s before trying again ({(answer.RetryAfter is null ? "no answer that could be used" : "as Microsoft Graph asks")}; attempt {attempt} of {MaximumAttempts}).");
        // Others of the class would only be turned away, too.
        if (answer.Status == 429) _pacers[throttleClass].HoldUntil(clock.UtcNow + wait);
        else await clock.Delay(wait, token).ConfigureAwait(false);
        return true;
    }

    /// <summary>Doubles, up to a bound, and is scattered so that those who failed together do not come back together.</summary>
    private TimeSpan Backoff(int attempt)
    {
        double scatter;
        lock (_slots) scatter = random();
        var full = Math.Min(LongestBackoff.TotalSeconds, FirstBackoff.TotalSeconds * Math.Pow(2, attempt - 1));
        return TimeSpan.FromSeconds(full * (0.5 + scatter / 2));
    }

    private static string Line(HttpMethod method, string path, GraphAnswer answer)
    {
        var result = answer.Fault is GraphFault.None ? answer.Status.ToString(System.Globalization.CultureInfo.InvariantCulture) : answer.Status is 0 ? answer.Fault.ToString() : $"{answer.Status} {answer.Fault}";
        return $"{method} {GraphText.SafePath(path)}: {result}{(answer.RequestId is { } id ? $" (request-id {id})" : "")}";
    }
}
