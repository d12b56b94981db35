using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Kiota.Http.HttpClientLibrary.Middleware.Options;

namespace Microsoft.Kiota.Http.HttpClientLibrary.Middleware;

/// <summary>Repeats any method on 429, 503 and 504.</summary>
public sealed class RetryHandler : DelegatingHandler
{
    private readonly RetryHandlerOption _default = new();

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Repetition.SendAsync(base.SendAsync, request, request.Option<RetryHandlerOption>() ?? _default, cancellationToken);
}
