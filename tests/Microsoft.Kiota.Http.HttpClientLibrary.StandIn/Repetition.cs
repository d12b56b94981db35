using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Kiota.Http.HttpClientLibrary.Middleware.Options;

namespace Microsoft.Kiota.Http.HttpClientLibrary.Middleware;

/// <summary>What a retry handler does, apart from where its option comes from.</summary>
internal static class Repetition
{
    private const double MaxDelay = 180;

    /// <summary>A wait that was passed over: the real handler waits, a test must not.</summary>
    internal static event Action<TimeSpan>? Waited;

    internal static async Task<HttpResponseMessage> SendAsync(
        Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> send, HttpRequestMessage request, RetryHandlerOption option, CancellationToken cancellationToken)
    {
        var response = await send(request, cancellationToken).ConfigureAwait(false);
        if (option.MaxRetry <= 0 || !Again(0)) return response;

        List<Exception> failures = [];
        var waited = TimeSpan.Zero;
        for (var attempt = 1; attempt <= option.MaxRetry; attempt++)
        {
            failures.Add(await FailureAsync(response, cancellationToken).ConfigureAwait(false));
            var wait = Delay(response, attempt - 1, option.Delay);
            waited += wait;
            if (option.RetriesTimeLimit > TimeSpan.Zero && waited > option.RetriesTimeLimit) return response;
            Waited?.Invoke(wait);
            cancellationToken.ThrowIfCancellationRequested();
            request = await request.CopyAsync(cancellationToken).ConfigureAwait(false);
            request.Headers.Remove("Retry-Attempt");
            request.Headers.Add("Retry-Attempt", attempt.ToString(CultureInfo.InvariantCulture));
            response = await send(request, cancellationToken).ConfigureAwait(false);
            if (!Again(attempt)) return response;
        }
        failures.Add(await FailureAsync(response, cancellationToken).ConfigureAwait(false));
        throw new AggregateException($"Too many retries performed. More than {option.MaxRetry} retries encountered while sending the request.", failures);

        bool Again(int attempt) =>
            request.IsBuffered() && (RetryHandlerOption.IsTransient(response.StatusCode) || option.ShouldRetry(option.Delay, attempt, response));
    }

    private static TimeSpan Delay(HttpResponseMessage response, int attempt, int delay)
    {
        var seconds = response.Headers.RetryAfter is { } after
            ? after.Delta?.TotalSeconds ?? (after.Date!.Value - DateTimeOffset.UtcNow).TotalSeconds
            : Math.Pow(2, attempt) * delay;
        return TimeSpan.FromSeconds(Math.Clamp(seconds, 0, MaxDelay));
    }

    // The real one is Microsoft.Kiota.Abstractions.ApiException: it keeps status and headers, and nothing that leads to the response.
    private static async Task<Exception> FailureAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        new HttpRequestException(
            $"HTTP request failed with status code: {response.StatusCode}.{await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false)}");
}
