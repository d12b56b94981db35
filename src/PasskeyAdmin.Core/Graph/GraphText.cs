using System;
using System.Linq;
using System.Security;
using System.Text.RegularExpressions;

namespace PasskeyAdmin.Graph;

/// <summary>Requests as messages and logs show them.</summary>
internal static class GraphText
{
    private const string Hidden = "(token)";

    private static readonly Regex Credential = new(@"(?<=\bBearer[\s:=]+)[^\s""',;]+|\beyJ[\w-]{5,}(?:\.[\w-]*){1,4}", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    /// <summary>
    /// Text of a server without the token that it may have been sent, as gateways and debugging proxies echo it: neither the one of this connection nor
    /// what looks like one.
    /// </summary>
    public static string WithoutToken(string text, SecureString? token)
    {
        if (token is not null)
        {
            var secret = SecretOf(token);
            if (secret.Length > 0) text = text.Replace(secret, Hidden);
        }
        return Credential.Replace(text, Hidden);
    }

    private static string SecretOf(SecureString token)
    {
        try
        {
            return AccessToken.Plain(token);
        }
        catch (ObjectDisposedException)
        {
            // The tenant was disconnected meanwhile.
            return "";
        }
    }

    /// <summary>Graph's ids are GUIDs; anything else is somebody's and not shown.</summary>
    public static string? RequestId(string? text) => Guid.TryParse(text, out var id) ? id.ToString() : null;

    /// <summary>The path without its query, which can hold names, and with user principal names blotted out.</summary>
    public static string SafePath(string path)
    {
        var end = path.IndexOf('?');
        var bare = end < 0 ? path : path.Substring(0, end);
        return DisplayText.Neutralise(string.Join("/", bare.Split('/').Select(s => s.IndexOf('@') >= 0 || s.IndexOf("%40", StringComparison.Ordinal) >= 0 ? "{user}" : s)));
    }
}
