using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Graph;

/// <summary>Sends one request once and says what came of it. It neither repeats nor follows anything.</summary>
internal sealed class GraphSender(GraphConnection connection, IClock clock)
{
    private const int MaximumDepth = 128;

    /// <summary>How long an answer may take.</summary>
    public static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(100);

    /// <summary>How long a write that has left may still take when the user stops the command (design §3).</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    /// <summary>A read: cancelled at once.</summary>
    public async Task<GraphAnswer> ReadAsync(HttpMethod method, string path, JToken? body, CancellationToken token)
    {
        using var abort = CancellationTokenSource.CreateLinkedTokenSource(token);
        var answer = await SendAsync(method, path, body, null, abort).ConfigureAwait(false);
        token.ThrowIfCancellationRequested();
        return answer;
    }

    /// <summary>A write: once it has left, cancelling only starts the time that it may still take.</summary>
    public async Task<GraphAnswer> WriteAsync(HttpMethod method, string path, JToken? body, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        using var abort = new CancellationTokenSource();
        return await SendAsync(method, path, body, token, abort).ConfigureAwait(false);
    }

    /// <param name="stop">What the user stops a write with; null for a read.</param>
    private async Task<GraphAnswer> SendAsync(HttpMethod method, string path, JToken? body, CancellationToken? stop, CancellationTokenSource abort)
    {
        var client = connection.Client();
        // Not disposed: where the time is up, whoever still sends it would trip over that.
        var request = Request(method, path, body, isWrite: stop is not null);
        var timeout = clock.Delay(RequestTimeout, abort.Token);
        var exchange = ExchangeAsync(client, request, abort.Token);
        var first = await Task.WhenAny(stop is { } token ? [exchange, timeout, GraceAsync(token, abort.Token)] : [exchange, timeout]).ConfigureAwait(false);
        // Before the others are ended, because that ends the exchange, too.
        var isOver = first == exchange || exchange.IsCompleted;
        abort.Cancel();
        if (isOver) return await exchange.ConfigureAwait(false);
        if (first.IsCanceled) return new GraphAnswer { Fault = GraphFault.ConnectionFailed, Detail = "it was stopped" };
        return new GraphAnswer { Fault = GraphFault.TimedOut, Detail = first == timeout ? $"{RequestTimeout.TotalSeconds:0} seconds" : $"{Grace.TotalSeconds:0} seconds after it was stopped" };
    }

    private HttpRequestMessage Request(HttpMethod method, string path, JToken? body, bool isWrite)
    {
        var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        // Graph otherwise hides members of an enumeration that are newer than the API version.
        request.Headers.TryAddWithoutValidation("Prefer", "include-unknown-enum-members");
        // How many there are is answered by an index that may be a little behind, to those who say that they know (learn.microsoft.com/graph/aad-advanced-queries).
        if (path.IndexOf("$count=true", StringComparison.Ordinal) >= 0) request.Headers.TryAddWithoutValidation("ConsistencyLevel", "eventual");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (body is not null) request.Content = new StringContent(body.ToString(Formatting.None), Encoding.UTF8, "application/json");
        // A request without content is sent up to three times more by .NET itself where the connection breaks; with content, an empty one too, it is not.
        else if (isWrite) request.Content = new ByteArrayContent([]);
        connection.Prepare?.Invoke(request);
        return request;
    }

    private async Task<GraphAnswer> ExchangeAsync(HttpClient client, HttpRequestMessage request, CancellationToken token)
    {
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseContentRead, token).ConfigureAwait(false);
            return await ReadAsync(response).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new GraphAnswer { Fault = GraphFault.ConnectionFailed, Cause = CauseOf(e), Detail = Innermost(e) };
        }
        catch (OperationCanceledException e) when (!token.IsCancellationRequested)
        {
            // The client has a time limit of its own, which surfaces as a cancellation.
            return new GraphAnswer { Fault = GraphFault.TimedOut, Cause = CauseOf(e), Detail = "the time limit of the client" };
        }
        catch (OperationCanceledException)
        {
            // Nobody waits for this answer any more, and those who asked know it.
            return new GraphAnswer { Fault = GraphFault.ConnectionFailed, Detail = "it was stopped" };
        }
        catch (InvalidDataException e)
        {
            // What was compressed cannot be taken apart.
            return new GraphAnswer { Fault = GraphFault.Damaged, Cause = CauseOf(e), Detail = Innermost(e) };
        }
        catch (ObjectDisposedException)
        {
            return new GraphAnswer { Fault = GraphFault.ConnectionFailed, Detail = "the tenant was disconnected" };
        }
        catch (Exception e) when (e is AggregateException or InvalidOperationException)
        {
            // How the Graph module's own handlers give up where they did not understand that they should neither repeat nor redirect. What had left by then is not known.
            return new GraphAnswer { Fault = GraphFault.GivenUp, Cause = CauseOf(e), Detail = Innermost(e) };
        }
        catch (Exception e) when (SignInFault.IsOne(e))
        {
            throw GraphErrors.SignInFailed(e);
        }
    }

    private async Task<GraphAnswer> ReadAsync(HttpResponseMessage response)
    {
        var answer = new GraphAnswer
        {
            Status = (int)response.StatusCode,
            RequestId = GraphText.RequestId(response.Headers.TryGetValues("request-id", out var ids) ? ids.FirstOrDefault() : null),
            RetryAfter = RetryAfterOf(response.Headers.RetryAfter, response.Headers.Date ?? clock.UtcNow),
        };
        if (answer.Status is >= 300 and < 400)
            return answer with { Fault = GraphFault.Redirected, Detail = response.Headers.Location is { } target ? target.IsAbsoluteUri ? target.Authority : "another path" : "an unnamed place" };
        if (response.StatusCode is HttpStatusCode.NoContent || response.Content is null) return answer;
        using var stream = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
        if (stream.CanSeek && stream.Length == 0) return answer;
        var mediaType = response.Content.Headers.ContentType?.MediaType;
        try
        {
            using var reader = new JsonTextReader(new StreamReader(stream))
            {
                DateParseHandling = DateParseHandling.None,
                // A double would give numbers that nobody knows back with other digits.
                FloatParseHandling = FloatParseHandling.Decimal,
                MaxDepth = MaximumDepth,
            };
            return JToken.ReadFrom(reader) is JObject body && !reader.Read()
                ? answer with { Body = body }
                : answer with { Fault = GraphFault.Damaged, Detail = "it is no JSON object" };
        }
        catch (Exception e) when (e is JsonException or IOException)
        {
            // An error page of a gateway keeps its status, which says more than its text.
            if (answer.Status >= 400) return answer with { Detail = mediaType };
            var isJson = mediaType?.EndsWith("json", StringComparison.OrdinalIgnoreCase) == true;
            return answer with { Fault = isJson ? GraphFault.Damaged : GraphFault.NotJson, Detail = isJson ? e is JsonException fault ? JsonFault.Reason(fault) : Innermost(e) : mediaType, Cause = CauseOf(e) };
        }
    }

    /// <summary>A date is measured by the clock of the server, which is the one that counts.</summary>
    public static TimeSpan? RetryAfterOf(RetryConditionHeaderValue? value, DateTimeOffset serverNow) => value switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date > serverNow ? date - serverNow : TimeSpan.Zero,
        _ => null,
    };

    private string Innermost(Exception exception)
    {
        while (exception.InnerException is { } inner) exception = inner;
        // .NET adds the name of its own error code.
        return DisplayText.Excerpt(Regex.Replace(Safe(exception.Message), @"\.? ?\(\w+\)\.?$", ""), 200).TrimEnd('.');
    }

    /// <summary>The exception itself, unless it repeats what the server sent and that is the token.</summary>
    private Exception CauseOf(Exception exception)
    {
        var text = exception.ToString();
        return Safe(text) == text ? exception : new HttpRequestException($"{exception.GetType().Name}: {Innermost(exception)}");
    }

    private string Safe(string text) => GraphText.WithoutToken(text, connection.Token);

    private async Task GraceAsync(CancellationToken stop, CancellationToken over)
    {
        var stopped = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using (stop.Register(() => stopped.TrySetResult(true)))
        using (over.Register(() => stopped.TrySetCanceled()))
            await stopped.Task.ConfigureAwait(false);
        await clock.Delay(Grace, over).ConfigureAwait(false);
    }
}
