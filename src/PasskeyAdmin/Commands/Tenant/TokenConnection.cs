using System;
using System.Linq;
using System.Security;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Commands;

/// <summary>Connects with an access token that the user brought.</summary>
internal static class TokenConnection
{
    private const string Custom = "Custom";

    /// <param name="endpoint">Null for that of the environment.</param>
    /// <exception cref="PasskeyAdminException"><c>AccessTokenInvalid</c>, <c>SignInExpired</c>, <c>EndpointRefused</c>, <c>EnvironmentUnknown</c>.</exception>
    public static (TenantFacts Facts, GraphConnection Connection) Open(SecureString? secret, Uri? endpoint, string? environment, DateTimeOffset now)
    {
        if (endpoint is not null && environment is not null)
            throw new PasskeyAdminException(ErrorKind.InvalidArgument, "EndpointRefused", "-Environment and -GraphEndpoint both say where Microsoft Graph is. Give one of them.");
        using var empty = new SecureString();
        secret ??= empty;
        var token = AccessToken.Read(secret);
        var address = AccessTokenHandler.RequireSafe(endpoint ?? CloudOf(environment ?? "Global").Endpoint);
        var cloud = GraphCloud.Find(address);
        AccessToken.RequireCurrent(token.ExpiresOn, now);
        if (cloud is not null && token.IsForAnotherService(address))
            throw new PasskeyAdminException(ErrorKind.InvalidArgument, "AccessTokenInvalid", $"The access token is for {DisplayText.Excerpt(token.Audience!, 100)} and not for Microsoft Graph at {address.Host}. Ask for one for Microsoft Graph.");
        // A copy of our own: the user may dispose of theirs.
        var own = secret.Copy();
        var client = AccessTokenHandler.CreateClient(own, address, $"PasskeyAdmin/{Version()}");
        var connection = new GraphConnection(address, () => client)
        {
            Permissions = token.Scopes,
            IsAppOnly = token.IsAppOnly,
            ExpiresOn = token.ExpiresOn,
            SignInCommand = "Connect-PasskeyTenant -AccessToken",
            OtherTenantAdvice = "Get an access token of the tenant that you want.",
            Token = own,
            Closed = client.Dispose,
        };
        return (new TenantFacts(TenantConnection.AccessToken, cloud?.Name ?? Custom)
        {
            TenantId = token.TenantId,
            Account = token.Account,
            ClientId = token.ClientId,
            Scopes = token.Scopes,
            Limitations = cloud?.Limitations ?? [],
        }, connection);
    }

    private static GraphCloud CloudOf(string name) => GraphCloud.Find(name)
        ?? throw new PasskeyAdminException(ErrorKind.InvalidArgument, "EnvironmentUnknown",
            $"There is no cloud '{DisplayText.Neutralise(name)}' here: {string.Join(", ", GraphCloud.All.Select(c => c.Name))}. For another one, give its address with -GraphEndpoint instead of -Environment.");

    private static string Version() => typeof(TokenConnection).Assembly.GetName().Version.ToString(3);
}
