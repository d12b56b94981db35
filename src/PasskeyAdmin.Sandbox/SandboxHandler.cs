using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using PasskeyAdmin.Sandbox.Graph;
using PasskeyAdmin.Sandbox.Storage;

namespace PasskeyAdmin.Sandbox;

/// <summary>
/// Answers as Microsoft Graph does, over a tenant of our own: the same paths, JSON and refusals as far as reference/ tells
/// them, and 501 for what it does not know. Who asks, and with which permissions, is a setting of the tenant: an Authorization header is not needed and not looked at.
/// </summary>
public sealed class SandboxHandler(SandboxTenant tenant) : HttpMessageHandler
{
    /// <summary>For requests that name no host. The name can never exist (RFC 2606).</summary>
    private static readonly Uri DefaultHost = new("https://graph.sandbox.invalid/");

    private readonly GraphThrottle _throttle = new();

    /// <summary>The ids of new objects.</summary>
    internal Func<Guid> NewGuid { get; init; } = Guid.NewGuid;

    internal Func<DateTimeOffset> Now { get; init; } = () => DateTimeOffset.UtcNow;

    /// <exception cref="PasskeyAdminException">The tenant's file was changed into something that is not a tenant, or cannot be read.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // Ready at once for everything but a stream from elsewhere.
        // Graph speaks UTF-8, whatever a header says of another one.
        var body = request.Content is null ? null : Encoding.UTF8.GetString(await request.Content.ReadAsByteArrayAsync().ConfigureAwait(false)).TrimStart('\uFEFF');
        cancellationToken.ThrowIfCancellationRequested();
        var answer = new GraphService(tenant, _throttle, NewGuid, Now).Answer(new SandboxRequest
        {
            Method = request.Method.Method.ToUpperInvariant(),
            Uri = Absolute(request.RequestUri),
            Body = body,
            ContentType = request.Content?.Headers.TryGetValues("Content-Type", out var types) == true ? types.First() : null,
            Preferences = SandboxRequest.ParsePreferences(Header(request, "Prefer")),
            IsEventual = Header(request, "ConsistencyLevel").Any(v => v.Equals("eventual", StringComparison.OrdinalIgnoreCase)),
            ClientRequestId = Header(request, "client-request-id").FirstOrDefault(),
        });
        return Response(request, answer);
    }

    /// <summary>On Unix, older versions of .NET take a path without a host for the name of a file.</summary>
    private static Uri Absolute(Uri? uri) => uri is null ? DefaultHost : uri.IsAbsoluteUri && uri.Scheme is "https" or "http" ? uri : new Uri(DefaultHost, uri.OriginalString);

    private static IEnumerable<string> Header(HttpRequestMessage request, string name) => request.Headers.TryGetValues(name, out var values) ? values : [];

    private static HttpResponseMessage Response(HttpRequestMessage request, SandboxAnswer answer)
    {
        var response = new HttpResponseMessage((HttpStatusCode)answer.Status) { RequestMessage = request };
        response.Content = answer.Text is { } text ? new StringContent(text, Encoding.UTF8, "text/plain") : answer.Body is null ? new ByteArrayContent([]) : new StringContent(TenantJson.Compact(answer.Body), Encoding.UTF8, "application/json");
        foreach (var header in answer.Headers)
            // Allow is a header of the content to .NET.
            if (!response.Headers.TryAddWithoutValidation(header.Key, header.Value)) response.Content.Headers.TryAddWithoutValidation(header.Key, header.Value);
        return response;
    }
}
