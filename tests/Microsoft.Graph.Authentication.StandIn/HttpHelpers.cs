using System;
using System.Collections.Generic;
using System.Net.Http;
using Microsoft.Graph.PowerShell.Authentication.Handlers;
using Microsoft.Kiota.Http.HttpClientLibrary.Middleware;

namespace Microsoft.Graph.PowerShell.Authentication.Helpers;

/// <summary>Where the session's HttpClient comes from.</summary>
public static class HttpHelpers
{
    /// <summary>The client of who is signed in: the same one until the next sign-in or sign-out.</summary>
    public static HttpClient GetGraphHttpClient() =>
        GraphSession.Current?.Client ?? throw new AuthenticationException("Authentication needed. Please call Connect-MgGraph.");

    /// <summary>From the outside in. The token is put in before the host is rewritten, and before anything is repeated.</summary>
    internal static HttpClient Create()
    {
        List<DelegatingHandler> handlers = [new AuthenticationHandler(), new NationalCloudHandler()];
        handlers.AddRange(StandIn.HidesOptions ? [new OtherRetryHandler(), new OtherRedirectHandler()] : [new RetryHandler(), new RedirectHandler()]);
        for (var i = 1; i < handlers.Count; i++) handlers[i - 1].InnerHandler = handlers[i];
        handlers[^1].InnerHandler = new HttpClientHandler { AllowAutoRedirect = false };
        // The global cloud's, whatever the session's cloud: the rest is up to the NationalCloudHandler.
        return new HttpClient(handlers[0]) { BaseAddress = new Uri("https://graph.microsoft.com/v1.0/"), Timeout = TimeSpan.FromSeconds(300) };
    }
}
