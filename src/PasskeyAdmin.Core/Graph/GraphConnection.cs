using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Security;

namespace PasskeyAdmin.Graph;

/// <summary>How requests reach a tenant: the seam of design §3. The three ways to connect differ in nothing else.</summary>
internal sealed class GraphConnection
{
    private readonly Func<HttpClient> _client;
    private volatile bool _isClosed;

    /// <param name="endpoint">Scheme, host and port on which the tenant answers; next links must stay there.</param>
    /// <param name="client">
    /// Asked anew for each request, on any thread. Its base address carries rooted paths (<c>/v1.0/…</c>) to the endpoint.
    /// </param>
    public GraphConnection(Uri endpoint, Func<HttpClient> client)
    {
        Endpoint = endpoint;
        _client = client;
    }

    public Uri Endpoint { get; }

    /// <summary>Done to each request before it leaves; null where there is nothing to do.</summary>
    public Action<HttpRequestMessage>? Prepare { get; init; }

    /// <summary>Looks whether the session is still whose it was; on the pipeline thread only. Throws where it is not.</summary>
    public Action? Verify { get; init; }

    /// <summary>Why nothing may be written through this connection; null where writing is all right.</summary>
    public string? WritesRefusedBecause { get; init; }

    /// <summary>The time there; null for that of this machine.</summary>
    public IClock? Clock { get; init; }

    /// <summary>Whether requests are held back to the limits of Microsoft Graph.</summary>
    public bool IsPaced { get; init; } = true;

    /// <summary>The command that signs in again.</summary>
    public string SignInCommand { get; init; } = "Connect-PasskeyTenant";

    /// <summary>Whether there is no real tenant, and the settings of a sandbox say what is allowed.</summary>
    public bool IsSandbox { get; init; }

    /// <summary>What to do where it leads to another tenant than the one that was wanted.</summary>
    public string OtherTenantAdvice { get; init; } = "";

    /// <summary>Lets go of what the connection alone uses; null where that is nothing.</summary>
    public Action? Closed { get; init; }

    /// <summary>The token that requests carry, so that no message repeats it; null where it is not ours to know.</summary>
    public SecureString? Token { get; init; }

    public bool IsClosed => _isClosed;

    /// <summary>Permissions granted; null where they are not known.</summary>
    public IReadOnlyCollection<string>? Permissions { get; init; }

    /// <summary>Whether an application signed in, without a user.</summary>
    public bool IsAppOnly { get; init; }

    /// <summary>When the sign-in ends; null where that is not known.</summary>
    public DateTimeOffset? ExpiresOn { get; init; }

    /// <exception cref="PasskeyAdminException"><c>TenantDisconnected</c>, or what the way of connecting says.</exception>
    public HttpClient Client()
    {
        RequireOpen();
        return _client();
    }

    /// <exception cref="PasskeyAdminException"><c>TenantDisconnected</c>, <c>TenantSessionChanged</c>, <c>SignInExpired</c>.</exception>
    public void RequireUsable(DateTimeOffset now)
    {
        RequireOpen();
        AccessToken.RequireCurrent(ExpiresOn, now);
        Verify?.Invoke();
    }

    /// <summary>Whether the session is still whose it was, for what was read meanwhile.</summary>
    /// <exception cref="PasskeyAdminException"><c>TenantSessionChanged</c>.</exception>
    public void RequireUnchanged() => Verify?.Invoke();

    /// <summary>For good. What is under way ends with an error.</summary>
    public void Close()
    {
        _isClosed = true;
        Closed?.Invoke();
    }

    private void RequireOpen()
    {
        if (_isClosed)
            throw new PasskeyAdminException(ErrorKind.SignInNeeded, "TenantDisconnected", "This tenant was disconnected. Connect again with Connect-PasskeyTenant.") { RecommendedAction = "Connect-PasskeyTenant" };
    }
}
