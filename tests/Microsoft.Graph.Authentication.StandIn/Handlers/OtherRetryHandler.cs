using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Kiota.Http.HttpClientLibrary.Middleware;
using Microsoft.Kiota.Http.HttpClientLibrary.Middleware.Options;

namespace Microsoft.Graph.PowerShell.Authentication.Handlers;

/// <summary>The retry handler of a layout nobody knows: no option of a request stops it.</summary>
internal sealed class OtherRetryHandler : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Repetition.SendAsync(base.SendAsync, request, new RetryHandlerOption(), cancellationToken);
}
