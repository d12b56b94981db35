using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Graph;

/// <summary>
/// Reads and writes a tenant for one command (design §3). Calls block; the requests behind them overlap. Made on the pipeline thread and used there only.
/// </summary>
/// <param name="log">Told about each request and each pause, on the calling thread; null where nobody listens. Never gets a query, a name or a token.</param>
/// <param name="notice">Told about pauses that somebody who waits should know of.</param>
internal sealed class GraphClient(GraphConnection connection, GraphTraffic traffic, Action<string>? log = null, Action<string>? notice = null)
{
    private static readonly HttpMethod PatchMethod = new("PATCH");

    private readonly GraphLog _log = new(log, notice);
    private Func<bool>? _isStopped;

    /// <summary>Whether it was said how long the limits make reading take: then each pause that they make is no news any more.</summary>
    public bool ArePausesAnnounced { get => _log.ArePausesAnnounced; set => _log.ArePausesAnnounced = value; }

    /// <summary>
    /// Begins what a stopped command must not leave half known: from here until it is disposed, nothing is said (to write in a pipeline that is being stopped throws), and what is asked for with its token
    /// goes on for a while when the command is stopped (design §3).
    /// </summary>
    /// <param name="stop">What the user stops the command with.</param>
    public CriticalSection EnterCritical(CancellationToken stop)
    {
        _isStopped = () => stop.IsCancellationRequested;
        return new CriticalSection(traffic, () => _isStopped = null, stop);
    }

    /// <summary>Hands on what was said while it waited in silence, as writes and all that comes after them do: to call where nothing can be lost any more, since whoever listens may throw.</summary>
    public void TellTheSilence()
    {
        if (_isStopped is null) _log.HandOn();
    }

    /// <summary>Waits; only as long as the token lets it.</summary>
    public void Pause(TimeSpan time, CancellationToken token)
    {
        if (time > TimeSpan.Zero) traffic.DelayAsync(time, token).GetAwaiter().GetResult();
    }

    /// <summary>One object.</summary>
    /// <param name="path">Rooted, with the version; values in it escaped.</param>
    /// <exception cref="PasskeyAdminException">Where there is none to be had; see <see cref="GraphErrors"/>.</exception>
    public JObject Get(string path, CancellationToken token) => BodyOf(TryGet(path, token), path);

    /// <summary>One object, or why there is none: for callers to whom a 404 or 403 is an answer.</summary>
    public GraphAnswer TryGet(string path, CancellationToken token)
    {
        // Whoever is being stopped has no pipeline any more to ask who is signed in; and nobody signs in meanwhile on this thread.
        if (_isStopped?.Invoke() != true) connection.RequireUsable(traffic.Now);
        var answer = Wait(traffic.ReadAsync(connection, path, _log, token));
        // There may have been pauses of minutes: what somebody else's sign-in gave meanwhile is not handed on.
        if (_isStopped?.Invoke() != true) connection.RequireUnchanged();
        return answer;
    }

    /// <summary>The items of a list, page after page. The next page is asked for when its first item is.</summary>
    public IEnumerable<JObject> GetAll(string path, CancellationToken token) => ItemsOf(Get(path, token), path, token);

    /// <summary>The items of a page that is there already, and of those behind it.</summary>
    /// <param name="path">Where the page came from.</param>
    public IEnumerable<JObject> ItemsOf(JObject page, string path, CancellationToken token) => PagesOf(page, path, token).SelectMany(ItemsOf);

    /// <summary>The items of one page.</summary>
    public static IEnumerable<JObject> ItemsOf(JObject page) => ((JArray)page["value"]!).OfType<JObject>();

    /// <summary>The path of the page behind a page; null where there is none.</summary>
    /// <exception cref="PasskeyAdminException"><c>GraphNextLinkRefused</c>.</exception>
    public string? NextOf(JObject page) => GraphLink.Next(page, connection.Endpoint);

    /// <summary>A page that is there already, and those behind it.</summary>
    /// <param name="path">Where the page came from.</param>
    public IEnumerable<JObject> PagesOf(JObject page, string path, CancellationToken token)
    {
        var seen = new HashSet<string>();
        while (true)
        {
            if (page["value"] is not JArray) throw ErrorOf(new GraphAnswer { Status = 200, Fault = GraphFault.Damaged, Detail = "it has no list" }, path);
            yield return page;
            if (NextOf(page) is not { } next) yield break;
            if (!seen.Add(next)) throw GraphErrors.NextLinkRefused("leads to a page that was read already");
            token.ThrowIfCancellationRequested();
            page = Get(path = next, token);
        }
    }

    /// <summary>Many objects, in the order of the paths, in batches that overlap. Each is asked for when one of the first few before it is taken.</summary>
    /// <param name="arrived">Told of each answer, by the index of its path, before it is handed out; and of those that are there already when nobody wants more. Null for nobody.</param>
    public IEnumerable<GraphAnswer> GetMany(IEnumerable<string> paths, CancellationToken token, Action<int, GraphAnswer>? arrived = null)
    {
        var first = 0;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(token);
        var running = new Queue<Task<IReadOnlyList<GraphAnswer>>>();
        using var chunks = traffic.Chunk(paths).GetEnumerator();
        var isOver = false;
        // Whether an error ends it: what has come by then is somebody else's, or cannot be kept.
        var isBroken = true;
        try
        {
            while (true)
            {
                isBroken = true;
                while (!isOver && running.Count < GraphTraffic.MaximumInFlight)
                {
                    if (!chunks.MoveNext())
                    {
                        isOver = true;
                        break;
                    }
                    connection.RequireUsable(traffic.Now);
                    running.Enqueue(traffic.ReadManyAsync(connection, chunks.Current, _log, stop.Token));
                }
                if (running.Count == 0) yield break;
                var answers = _log.Wait(running.Peek());
                running.Dequeue();
                connection.RequireUnchanged();
                Tell(answers, first, arrived);
                first += answers.Count;
                isBroken = false;
                foreach (var answer in answers) yield return answer;
            }
        }
        finally
        {
            // Whoever stops reading stops the requests; what has come need not be asked for again.
            var arrivedToo = new List<IReadOnlyList<GraphAnswer>>();
            while (!isBroken && running.Count > 0 && running.Peek().Status is TaskStatus.RanToCompletion) arrivedToo.Add(running.Dequeue().Result);
            stop.Cancel();
            if (arrivedToo.Count > 0) TellTheRest(arrivedToo, first, arrived);
        }
    }

    private void TellTheRest(List<IReadOnlyList<GraphAnswer>> batches, int first, Action<int, GraphAnswer>? arrived)
    {
        try
        {
            connection.RequireUnchanged();
            foreach (var answers in batches)
            {
                Tell(answers, first, arrived);
                first += answers.Count;
            }
        }
        catch (PasskeyAdminException)
        {
            // Nobody waits for these any more: what is not kept is asked for again.
        }
    }

    private static void Tell(IReadOnlyList<GraphAnswer> answers, int first, Action<int, GraphAnswer>? arrived)
    {
        for (var i = 0; i < answers.Count; i++) arrived?.Invoke(first + i, answers[i]);
    }

    /// <summary>The object of an answer.</summary>
    /// <param name="path">What was asked for.</param>
    public JObject BodyOf(GraphAnswer answer, string path) => answer is { IsSuccess: true, Body: { } body } ? body : throw ErrorOf(answer, path);

    /// <summary>The error for an answer that is none.</summary>
    public PasskeyAdminException ErrorOf(GraphAnswer answer, string path) =>
        GraphErrors.Of(answer.IsSuccess ? answer with { Fault = GraphFault.Damaged, Detail = "it is empty" } : answer, connection, path, isWrite: false);

    /// <summary>Changes an object. Sent once: see <see cref="Write"/>.</summary>
    public void Patch(string path, JObject body, CancellationToken token) => Write(PatchMethod, path, body, token);

    /// <summary>Creates an object; what Graph answers, null where that is nothing.</summary>
    public JObject? Post(string path, JObject body, CancellationToken token) => Write(HttpMethod.Post, path, body, token);

    public void Delete(string path, CancellationToken token) => Write(HttpMethod.Delete, path, null, token);

    /// <summary>Waits until a write that was turned away unread (429), so that it changed nothing, may be sent once more: by the rules for reads.</summary>
    /// <param name="attempt">How often it was sent.</param>
    /// <returns>False where it was not turned away, or had better come back later than sit there.</returns>
    public bool WaitToRepeat(PasskeyAdminException error, int attempt, CancellationToken token) =>
        error is { StatusCode: 429, IsOutcomeUnknown: false } && Wait(traffic.WaitForAnotherAsync(new GraphAnswer { Status = 429, RetryAfter = error.RetryAfter }, attempt, _log, token));

    /// <summary>
    /// Sends a write exactly once. Nothing is repeated, not even after a 429: what is due then is for the caller to decide, who can look first (<see cref="WaitToRepeat"/>).
    /// </summary>
    /// <exception cref="PasskeyAdminException">With <see cref="PasskeyAdminException.IsOutcomeUnknown"/> where the change may have been made all the same.</exception>
    private JObject? Write(HttpMethod method, string path, JObject? body, CancellationToken token)
    {
        RequireWritable();
        // First the waiting, then the looking, then the sending: in between, somebody else may have signed in.
        Enter(path, token);
        Task<GraphAnswer>? sent = null;
        try
        {
            connection.RequireUsable(traffic.Now);
            sent = traffic.WriteAsync(connection, method, path, body, _log, token);
        }
        finally
        {
            if (sent is null) traffic.Leave(path);
        }
        var answer = GraphLog.WaitInSilence(sent);
        return answer.IsSuccess ? answer.Body : throw GraphErrors.Of(answer, connection, path, isWrite: true);
    }

    /// <exception cref="PasskeyAdminException"><c>WritesRefused</c>.</exception>
    public void RequireWritable()
    {
        if (connection.WritesRefusedBecause is { } reason) throw new PasskeyAdminException(ErrorKind.InvalidOperation, "WritesRefused", reason);
    }

    private T Wait<T>(Task<T> task) => _isStopped is null ? _log.Wait(task) : GraphLog.WaitInSilence(task);

    private void Enter(string path, CancellationToken token)
    {
        var entering = traffic.EnterAsync(path, _log, token);
        var isIn = false;
        try
        {
            if (Wait(entering) is { } refusal) throw GraphErrors.Of(refusal, connection, path, isWrite: true);
            isIn = true;
        }
        finally
        {
            // Whoever listens may throw, as in a pipeline that is being stopped: then nobody is left who would leave again.
            if (!isIn) _ = LeaveAfterwards(path, entering);
        }
    }

    private async Task LeaveAfterwards(string path, Task<GraphAnswer?> entering)
    {
        if (await entering.ConfigureAwait(false) is null) traffic.Leave(path);
    }
}
