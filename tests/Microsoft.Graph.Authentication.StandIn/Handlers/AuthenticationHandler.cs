using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;
using Azure.Identity;
using Microsoft.Kiota.Http.HttpClientLibrary;

namespace Microsoft.Graph.PowerShell.Authentication.Handlers;

/// <summary>Puts the token of who is signed in now into requests to Graph, and sends once more what was answered with 401.</summary>
internal sealed class AuthenticationHandler : DelegatingHandler
{
    // Hosts a token is given to. A session's own host that is not among them gets one only through a relative address.
    private static readonly HashSet<string> s_hosts = new(StringComparer.OrdinalIgnoreCase)
    {
        "graph.microsoft.com", "graph.microsoft.us", "dod-graph.microsoft.us", "graph.microsoft.de", "microsoftgraph.chinacloudapi.cn", "canary.graph.microsoft.com",
    };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Authenticate(request);
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.Unauthorized || !request.IsBuffered()) return response;
        // The address is the rewritten one by now: the header of the first attempt goes along with the copy.
        var again = await request.CopyAsync(cancellationToken).ConfigureAwait(false);
        response.Dispose();
        Authenticate(again);
        return await base.SendAsync(again, cancellationToken).ConfigureAwait(false);
    }

    private static void Authenticate(HttpRequestMessage request)
    {
        if (!s_hosts.Contains(request.RequestUri!.Host)) return;
        if (request.RequestUri.Scheme != Uri.UriSchemeHttps) throw new ArgumentException("Only https is supported");
        if (StandIn.TokenFailure is { } failure) throw new AuthenticationFailedException(failure);
        // A client that somebody kept goes on as whoever signed in last.
        var session = GraphSession.Current ?? throw new AuthenticationException("Invalid JWT access token.");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", session.Token);
    }
}
