using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using System.Security;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Graph;

/// <summary>
/// What an access token says about itself. It is read to say early and plainly what is wrong, and never trusted: Graph decides what the token is good for. Microsoft
/// calls the format of its tokens opaque, so everything may be missing. (Claims: learn.microsoft.com/entra/identity-platform/access-token-claims-reference.)
/// </summary>
internal sealed record AccessToken
{
    /// <summary>The application id of Microsoft Graph, which v1 tokens name as their audience; v2 tokens name its address.</summary>
    private const string GraphApplicationId = "00000003-0000-0000-c000-000000000000";

    /// <summary>How far two clocks may differ: what Microsoft's own libraries allow.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    public DateTimeOffset? ExpiresOn { get; init; }

    public string? TenantId { get; init; }

    /// <summary>The user; null for an application.</summary>
    public string? Account { get; init; }

    public string? ClientId { get; init; }

    /// <summary>Null where the token does not tell.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    public bool IsAppOnly { get; init; }

    public string? Audience { get; init; }

    /// <exception cref="PasskeyAdminException"><c>AccessTokenInvalid</c>, for what cannot be sent as a token; never with its text.</exception>
    public static AccessToken Read(SecureString secret)
    {
        string text;
        try
        {
            text = Plain(secret);
        }
        catch (ObjectDisposedException)
        {
            throw Invalid("was disposed of before it was used");
        }
        if (text.Length == 0) throw Invalid("is empty, or no SecureString");
        foreach (var c in text)
            if (c is not (>= 'A' and <= 'Z' or >= 'a' and <= 'z' or >= '0' and <= '9' or '-' or '.' or '_' or '~' or '+' or '/' or '=')) throw Invalid("holds a character that no access token has, such as a blank or a line break");
        var parts = text.Split('.');
        return parts.Length == 3 && Claims(parts[1]) is { } claims ? Of(claims) : new AccessToken();
    }

    /// <param name="expiresOn">Null for a token that does not tell: Graph will.</param>
    /// <exception cref="PasskeyAdminException"><c>SignInExpired</c>.</exception>
    public static void RequireCurrent(DateTimeOffset? expiresOn, DateTimeOffset now)
    {
        if (expiresOn is { } end && end + ClockSkew <= now) throw GraphErrors.TokenExpired(end);
    }

    /// <summary>Whether the token names an audience, and it is another service than the Graph at this place.</summary>
    public bool IsForAnotherService(Uri endpoint) =>
        Audience is not null && Audience != GraphApplicationId && !(Uri.TryCreate(Audience, UriKind.Absolute, out var audience) && audience.Host.Equals(endpoint.Host, StringComparison.OrdinalIgnoreCase));

    /// <summary>The text of a secret. It must not outlive the request that it is for.</summary>
    public static string Plain(SecureString secret)
    {
        var pointer = Marshal.SecureStringToGlobalAllocUnicode(secret);
        try
        {
            return Marshal.PtrToStringUni(pointer, secret.Length);
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(pointer);
        }
    }

    private static AccessToken Of(JObject claims)
    {
        var delegated = JsonText.Of(claims, "scp")?.Split([' '], StringSplitOptions.RemoveEmptyEntries);
        var roles = new List<string>();
        if (claims["roles"] is JArray array)
            foreach (var role in array)
                if (role is JValue { Value: string name }) roles.Add(name);
        var isAppOnly = JsonText.Of(claims, "idtyp") == "app" || (delegated is null && roles.Count > 0);
        return new AccessToken
        {
            ExpiresOn = claims["exp"] is JValue { Value: long seconds } && seconds is > 0 and < 253402300800 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null,
            TenantId = JsonText.Of(claims, "tid"),
            Account = isAppOnly ? null : JsonText.Of(claims, "upn") ?? JsonText.Of(claims, "preferred_username") ?? JsonText.Of(claims, "unique_name"),
            ClientId = JsonText.Of(claims, "appid") ?? JsonText.Of(claims, "azp"),
            Scopes = delegated is not null ? delegated : isAppOnly ? roles : null,
            IsAppOnly = isAppOnly,
            Audience = JsonText.Of(claims, "aud"),
        };
    }

    private static JObject? Claims(string part)
    {
        try
        {
            var bytes = Convert.FromBase64String(part.Replace('-', '+').Replace('_', '/').PadRight((part.Length + 3) / 4 * 4, '='));
            using var json = new JsonTextReader(new StringReader(Encoding.UTF8.GetString(bytes))) { DateParseHandling = DateParseHandling.None };
            return JToken.ReadFrom(json) as JObject;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }

    private static PasskeyAdminException Invalid(string reason) => new(ErrorKind.InvalidArgument, "AccessTokenInvalid", $"The access token {reason}. Give the token itself, without 'Bearer', as a SecureString.");
}
