using System;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Security;
using System.Security.Authentication;
using System.Threading;
using System.Threading.Tasks;

namespace PasskeyAdmin.Graph;

/// <summary>Signs requests with a token that the user brought, for its one endpoint and nobody else.</summary>
internal sealed class AccessTokenHandler(SecureString token, Uri endpoint, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const int ConnectionsPerServer = 8;

    /// <summary>The largest page of Graph is a few megabytes; who sends more is somebody else.</summary>
    private const int LargestAnswer = 64 * 1024 * 1024;

    /// <summary>A client that owns the token, follows no redirect and keeps no cookies. Its time limit is that of <see cref="GraphSender"/>.</summary>
    public static HttpClient CreateClient(SecureString token, Uri endpoint, string userAgent)
    {
        var inner = new HttpClientHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
            MaxConnectionsPerServer = ConnectionsPerServer,
            // A proxy would get in clear text what is meant for this machine.
            UseProxy = !endpoint.IsLoopback,
        };
        // .NET Framework in Windows PowerShell may still offer nothing newer than TLS 1.0, which Graph refuses; elsewhere the system knows best.
        if (RuntimeInformation.FrameworkDescription.StartsWith(".NET Framework", StringComparison.Ordinal)) inner.SslProtocols = SslProtocols.Tls12;
        var client = new HttpClient(new AccessTokenHandler(token, endpoint, inner)) { BaseAddress = endpoint, Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = LargestAnswer };
        client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", userAgent);
        return client;
    }

    /// <summary>Where a token may be sent: over TLS, or to this machine.</summary>
    /// <exception cref="PasskeyAdminException"><c>EndpointRefused</c>.</exception>
    public static Uri RequireSafe(Uri endpoint)
    {
        var reason = !endpoint.IsAbsoluteUri ? "is no absolute address"
            : endpoint.Scheme != "https" && !(endpoint.Scheme == "http" && endpoint.IsLoopback) ? "is neither https nor http on this machine, so the token would travel in the clear"
            : endpoint.UserInfo.Length > 0 ? "holds a user name"
            : endpoint.AbsolutePath != "/" || endpoint.Query.Length > 0 || endpoint.Fragment.Length > 0 ? "has a path; name scheme, host and port only"
            : null;
        return reason is null ? endpoint : throw new PasskeyAdminException(ErrorKind.InvalidArgument, "EndpointRefused", $"The endpoint {reason}. Example: https://graph.microsoft.com");
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) token.Dispose();
        base.Dispose(disposing);
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri is { IsAbsoluteUri: true } uri && Uri.Compare(uri, endpoint, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", AccessToken.Plain(token));
        return base.SendAsync(request, cancellationToken);
    }
}
