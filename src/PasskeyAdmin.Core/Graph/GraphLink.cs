using System;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Graph;

/// <summary>Links that Graph hands out. They are followed on the session's own host only, and as path and query, so that the session signs them.</summary>
internal static class GraphLink
{
    /// <summary>The path and query of the next page; null where there is none.</summary>
    /// <exception cref="PasskeyAdminException"><c>GraphNextLinkRefused</c>.</exception>
    public static string? Next(JObject page, Uri endpoint)
    {
        if (page["@odata.nextLink"] is not { Type: not JTokenType.Null } link) return null;
        if (link is not JValue { Value: string text } || !Uri.TryCreate(text, UriKind.Absolute, out var uri)) throw GraphErrors.NextLinkRefused("is no address");
        if (Uri.Compare(uri, endpoint, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) != 0 || uri.UserInfo.Length > 0)
            throw GraphErrors.NextLinkRefused($"leads to {DisplayText.Excerpt(uri.Authority, 100)} and not to {endpoint.Authority}");
        if (!uri.AbsolutePath.StartsWith("/v1.0/", StringComparison.OrdinalIgnoreCase) && !uri.AbsolutePath.StartsWith("/beta/", StringComparison.OrdinalIgnoreCase))
            throw GraphErrors.NextLinkRefused("leads to no API version");
        // The Graph module's session cuts a query off at a second question mark.
        return uri.AbsolutePath + (uri.Query.Length > 1 ? "?" + uri.Query.Substring(1).Replace("?", "%3F") : "");
    }
}
