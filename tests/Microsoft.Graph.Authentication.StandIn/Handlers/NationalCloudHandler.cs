using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace Microsoft.Graph.PowerShell.Authentication.Handlers;

/// <summary>Sends every request to the session's cloud, whatever host it names: here to where the test's Graph listens.</summary>
internal sealed class NationalCloudHandler : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var endpoint = StandIn.Endpoint ?? throw new InvalidOperationException("StandIn.Endpoint is not set: the stand-in never calls the real Graph.");
        request.RequestUri = new Uri(endpoint, request.RequestUri!.PathAndQuery);
        return base.SendAsync(request, cancellationToken);
    }
}
