using System;
using System.Net;
using System.Net.Http;

namespace Microsoft.Kiota.Http.HttpClientLibrary.Middleware.Options;

/// <summary>The option a request carries under the full name of this type.</summary>
public sealed class RetryHandlerOption
{
    private int _maxRetry = 3;
    private int _delay = 3;

    public int Delay
    {
        get => _delay;
        set => _delay = value <= 180 ? value : throw new InvalidOperationException("Maximum value for MaxDelay property exceeded ");
    }

    public int MaxRetry
    {
        get => _maxRetry;
        set => _maxRetry = value <= 10 ? value : throw new InvalidOperationException("Maximum value for MaxMaxRetry property exceeded ");
    }

    public TimeSpan RetriesTimeLimit { get; set; }

    /// <summary>Asked in addition to the status: up to version 1 of Kiota an answer of false does not stop a repetition.</summary>
    public Func<int, int, HttpResponseMessage, bool> ShouldRetry { get; set; } = (_, _, _) => false;

    internal static bool IsTransient(HttpStatusCode status) =>
        status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;
}
