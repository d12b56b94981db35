using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Kiota.Http.HttpClientLibrary.Middleware;
using Microsoft.Kiota.Http.HttpClientLibrary.Middleware.Options;

namespace Microsoft.Graph.PowerShell.Authentication.Handlers;

/// <summary>The redirect handler of a layout nobody knows: no option of a request stops it.</summary>
internal sealed class OtherRedirectHandler : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Redirection.SendAsync(base.SendAsync, request, new RedirectHandlerOption(), cancellationToken);
}
