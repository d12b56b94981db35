using System;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Kiota.Http.HttpClientLibrary.Middleware.Options;

namespace Microsoft.Kiota.Http.HttpClientLibrary.Middleware;

/// <summary>What a redirect handler does, apart from where its option comes from.</summary>
internal static class Redirection
{
    internal static async Task<HttpResponseMessage> SendAsync(
        Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> send, HttpRequestMessage request, RedirectHandlerOption option, CancellationToken cancellationToken)
    {
        var first = request.RequestUri!;
        var response = await send(request, cancellationToken).ConfigureAwait(false);
        if (!Again(response)) return response;
        if (response.Headers.Location is null) throw new InvalidOperationException("Unable to perform redirect as Location Header is not set in response");

        for (var count = 0; count < option.MaxRedirect; count++)
        {
            await response.Content.LoadIntoBufferAsync(cancellationToken).ConfigureAwait(false);
            request = await request.CopyAsync(cancellationToken).ConfigureAwait(false);
            if (response.StatusCode == HttpStatusCode.SeeOther)
            {
                request.Content = null;
                request.Method = HttpMethod.Get;
            }
            request.RequestUri = new Uri(request.RequestUri!, response.Headers.Location!);
            if (request.RequestUri.Scheme != first.Scheme && !option.AllowRedirectOnSchemeChange)
                throw new InvalidOperationException("Redirects with changing schemes not allowed by default. You can change this by modifying the AllowRedirectOnSchemeChange option");
            // The port alone is no other place to version 1 of Kiota: a token goes on to it.
            if (request.RequestUri.Host != first.Host || request.RequestUri.Scheme != first.Scheme) request.Headers.Authorization = null;
            response = await send(request, cancellationToken).ConfigureAwait(false);
            if (!Again(response)) return response;
        }
        throw new InvalidOperationException("Too many redirects performed");

        bool Again(HttpResponseMessage answer) => IsRedirect(answer.StatusCode) && option.ShouldRedirect(answer) && option.MaxRedirect > 0;
    }

    private static bool IsRedirect(HttpStatusCode status) => status
        is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;
}
