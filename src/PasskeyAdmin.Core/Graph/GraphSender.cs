using System;
using System.IO;
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
        return await SendAsync(method, path, body, GraceAsync(token, abort.Token), abort).ConfigureAwait(false);
    }

    /// <param name="grace">Ends when a write that was stopped has had its time; null for a read.</param>
    private async Task<GraphAnswer> SendAsync(HttpMethod method, string path, JToken? body, Task? grace, CancellationTokenSource abort)
    {
        var isWrite = grace is not null;
        // Not disposed: where the time is up, whoever still sends it would trip over that.
        var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        // Graph otherwise hides members of an enumeration that are newer than the API version.
        request.Headers.TryAddWithoutValidation("Prefer", "include-unknown-enum-members");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (body is not null) request.Content = new StringContent(body.ToString(Formatting.None), Encoding.UTF8, "application/json");
        // A request without content is sent up to three times more by .NET itself where the connection breaks; with content, an empty one too, it is not.
        else if (isWrite) request.Content = new ByteArrayContent([]);
        connection.Prepare?.Invoke(request);
        var client = connection.Client();
        var timeout = clock.Delay(RequestTimeout, abort.Token);
        var exchange = ExchangeAsync(client, request, abort.Token);
        var first = await Task.WhenAny(grace is null ? [exchange, timeout] : [exchange, timeout, grace]).ConfigureAwait(false);
        // Ends the other two.
        abort.Cancel();
        if (first == exchange || exchange.IsCompleted) return await exchange.ConfigureAwait(false);
        if (first.IsCanceled) return new GraphAnswer { Fault = GraphFault.ConnectionFailed, Detail = "it was stopped" };
        return new GraphAnswer { Fault = GraphFault.TimedOut, Detail = first == timeout ? $"{RequestTimeout.TotalSeconds:0} seconds" : $"{Grace.TotalSeconds:0} seconds after it was stopped" };
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
            return new GraphAnswer { Fault = GraphFault.ConnectionFailed, Cause = e, Detail = Innermost(e) };
        }
        catch (OperationCanceledException e) when (!token.IsCancellationRequested)
        {
            // The client has a time limit of its own, which surfaces as a cancellation.
            return new GraphAnswer { Fault = GraphFault.TimedOut, Cause = e, Detail = "the time limit of the client" };
        }
        catch (OperationCanceledException)
        {
            // Nobody waits for this answer any more, and those who asked know it.
            return new GraphAnswer { Fault = GraphFault.ConnectionFailed, Detail = "it was stopped" };
        }
        catch (InvalidDataException e)
        {
            // What was compressed cannot be taken apart.
            return new GraphAnswer { Fault = GraphFault.Damaged, Cause = e, Detail = Innermost(e) };
        }
        catch (ObjectDisposedException e)
        {
            return new GraphAnswer { Fault = GraphFault.ConnectionFailed, Cause = e, Detail = "the tenant was disconnected" };
        }
        catch (Exception e) when (e is AggregateException or InvalidOperationException)
        {
            // How the Graph module's own handlers give up where they did not understand that they should neither repeat nor redirect. What had left by then is not known.
            return new GraphAnswer { Fault = GraphFault.GivenUp, Cause = e, Detail = Innermost(e) };
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
            RequestId = HeaderOf(response, "request-id"),
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
            return answer with { Fault = isJson ? GraphFault.Damaged : GraphFault.NotJson, Detail = isJson ? e is JsonException fault ? JsonFault.Reason(fault) : Innermost(e) : mediaType, Cause = e };
        }
    }

    /// <summary>A date is measured by the clock of the server, which is the one that counts.</summary>
    public static TimeSpan? RetryAfterOf(RetryConditionHeaderValue? value, DateTimeOffset serverNow) => value switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date > serverNow ? date - serverNow : TimeSpan.Zero,
        _ => null,
    };

    private static string? HeaderOf(HttpResponseMessage response, string name)
    {
        if (!response.Headers.TryGetValues(name, out var values)) return null;
        foreach (var value in values) return DisplayText.Excerpt(value, 64);
        return null;
    }

    private static string Innermost(Exception exception)
    {
        while (exception.InnerException is { } inner) exception = inner;
        // .NET adds the name of its own error code.
        return DisplayText.Excerpt(Regex.Replace(exception.Message, @"\.? ?\(\w+\)\.?$", ""), 200).TrimEnd('.');
    }

    private async Task GraceAsync(CancellationToken stop, CancellationToken over)
    {
        var stopped = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using (stop.Register(() => stopped.TrySetResult(true)))
        using (over.Register(() => stopped.TrySetCanceled()))
            await stopped.Task.ConfigureAwait(false);
        await clock.Delay(Grace, over).ConfigureAwait(false);
    }
}
