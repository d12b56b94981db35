using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Kiota.Http.HttpClientLibrary.Middleware.Options;

namespace Microsoft.Kiota.Http.HttpClientLibrary.Middleware;

/// <summary>Follows redirects, to another host too.</summary>
public sealed class RedirectHandler : DelegatingHandler
{
    private readonly RedirectHandlerOption _default = new();

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Redirection.SendAsync(base.SendAsync, request, request.Option<RedirectHandlerOption>() ?? _default, cancellationToken);
}
