using System.Collections.Generic;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace Microsoft.Kiota.Http.HttpClientLibrary;

internal static class RequestMessages
{
    /// <summary>The option a request carries under the full name of its type; one of another type under that name counts as none.</summary>
    internal static T? Option<T>(this HttpRequestMessage request) where T : class =>
        request.Options.TryGetValue(new HttpRequestOptionsKey<T>(typeof(T).FullName!), out var option) ? option : null;

    /// <summary>Whether the body can be sent once more: one of unknown length cannot.</summary>
    internal static bool IsBuffered(this HttpRequestMessage request) =>
        request.Content is null or { Headers.ContentLength: not null } || !(request.Method == HttpMethod.Put || request.Method == HttpMethod.Post || request.Method == HttpMethod.Patch);

    /// <summary>A request that was sent cannot be sent again: the copy can, with the same headers, options and body.</summary>
    internal static async Task<HttpRequestMessage> CopyAsync(this HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var copy = new HttpRequestMessage(request.Method, request.RequestUri) { Version = request.Version };
        foreach (var header in request.Headers) copy.Headers.TryAddWithoutValidation(header.Key, header.Value);
        foreach (var option in request.Options) ((IDictionary<string, object?>)copy.Options)[option.Key] = option.Value;
        if (request.Content is null) return copy;
        copy.Content = new ByteArrayContent(await request.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
        foreach (var header in request.Content.Headers) copy.Content.Headers.TryAddWithoutValidation(header.Key, header.Value);
        return copy;
    }
}
