using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Json;
using System.Threading.Tasks;
using Azure.Identity;
using Microsoft.Graph.PowerShell;
using Microsoft.Graph.PowerShell.Authentication;
using Microsoft.Graph.PowerShell.Authentication.Helpers;
using Microsoft.Kiota.Http.HttpClientLibrary.Middleware.Options;

namespace PasskeyAdmin.Tests.Engine;

/// <summary>The stand-in's HttpClient: what arrives at a server.</summary>
[Collection(EngineGroup.Name)]
public sealed class GraphModuleClientTests : IDisposable
{
    private readonly LoopbackServer _server;
    private readonly GraphModule _module;
    private Action<HttpListenerResponse> _answer = r => r.StatusCode = 204;

    public GraphModuleClientTests()
    {
        _server = new LoopbackServer((_, response) => _answer(response));
        _module = new GraphModule(_server.Address);
        StandIn.SignIn("contoso");
    }

    public void Dispose()
    {
        _module.Dispose();
        _server.Dispose();
    }

    [Fact]
    public void Without_a_sign_in_there_is_no_client()
    {
        StandIn.SignOut();

        Assert.Equal("Authentication needed. Please call Connect-MgGraph.", Assert.Throws<AuthenticationException>(HttpHelpers.GetGraphHttpClient).Message);
    }

    [Fact]
    public void There_is_one_client_a_sign_in()
    {
        var first = HttpHelpers.GetGraphHttpClient();

        Assert.Same(first, HttpHelpers.GetGraphHttpClient());
        Assert.Equal("https://graph.microsoft.com/v1.0/", first.BaseAddress!.ToString());
        StandIn.SignIn("fabrikam");
        Assert.NotSame(first, HttpHelpers.GetGraphHttpClient());
    }

    [Theory]
    [InlineData("me?$top=1", "/v1.0/me?$top=1", true)]
    [InlineData("/beta/me", "/beta/me", true)]
    [InlineData("beta/me", "/v1.0/beta/me", true)]
    [InlineData("https://graph.microsoft.com/beta/me", "/beta/me", true)]
    [InlineData("https://elsewhere.example/beta/me", "/beta/me", false)]
    public async Task Every_address_goes_to_the_session_and_only_some_are_signed(string address, string path, bool withToken)
    {
        using var response = await HttpHelpers.GetGraphHttpClient().GetAsync(address);

        Assert.Equal(new Arrival("GET", path, withToken ? $"Bearer {StandIn.Token}" : null), Assert.Single(_server.Arrivals));
    }

    [Fact]
    public async Task An_absolute_address_of_the_sessions_own_host_is_not_signed()
    {
        using var response = await HttpHelpers.GetGraphHttpClient().GetAsync(new Uri(_server.Address, "v1.0/me"));

        Assert.Null(Assert.Single(_server.Arrivals).Authorization);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task Any_method_is_repeated_three_times(int status)
    {
        _answer = r => r.StatusCode = status;

        var failure = await Assert.ThrowsAsync<AggregateException>(() => SendAsync(HttpMethod.Patch));

        Assert.Equal(4, failure.InnerExceptions.Count);
        Assert.Equal(4, _server.Arrivals.Count);
        Assert.All(_server.Arrivals, a => Assert.Equal("PATCH", a.Method));
        Assert.Equal([3, 6, 12], StandIn.Waits.Select(w => w.TotalSeconds));
    }

    [Fact]
    public async Task Retry_After_is_heeded_without_waiting()
    {
        _answer = r =>
        {
            r.StatusCode = _server.Arrivals.Count == 1 ? 429 : 200;
            r.Headers["Retry-After"] = "170";
        };

        using var response = await SendAsync(HttpMethod.Get);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal([170], StandIn.Waits.Select(w => w.TotalSeconds));
    }

    [Fact]
    public async Task With_the_option_a_request_arrives_once()
    {
        _answer = r => r.StatusCode = 503;

        using var response = await SendAsync(HttpMethod.Patch, new RetryHandlerOption { MaxRetry = 0 });

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Single(_server.Arrivals);
    }

    [Fact]
    public async Task A_predicate_that_says_no_does_not_stop_a_repetition()
    {
        _answer = r => r.StatusCode = 503;

        await Assert.ThrowsAsync<AggregateException>(() => SendAsync(HttpMethod.Patch, new RetryHandlerOption { ShouldRetry = (_, _, _) => false }));

        Assert.Equal(4, _server.Arrivals.Count);
    }

    [Fact]
    public async Task Without_an_endpoint_nothing_is_sent()
    {
        StandIn.Endpoint = null;

        await Assert.ThrowsAsync<InvalidOperationException>(() => SendAsync(HttpMethod.Get));
    }

    [Fact]
    public async Task Other_handlers_know_no_options()
    {
        StandIn.HidesOptions = true;
        _answer = r => r.StatusCode = 503;

        await Assert.ThrowsAsync<AggregateException>(() => SendAsync(HttpMethod.Patch, new RetryHandlerOption { MaxRetry = 0 }));

        Assert.Equal(4, _server.Arrivals.Count);
    }

    [Fact]
    public async Task A_redirect_is_followed_to_another_server_unless_the_option_says_no()
    {
        using var other = new LoopbackServer((_, response) => response.StatusCode = 200);
        var there = new Uri(other.Address, "there");
        _answer = r =>
        {
            r.StatusCode = 307;
            r.Headers["Location"] = there.ToString();
        };

        using var followed = await SendAsync(HttpMethod.Patch);
        using var answered = await SendAsync(HttpMethod.Patch, new RedirectHandlerOption { MaxRedirect = 0 });

        Assert.Equal(HttpStatusCode.OK, followed.StatusCode);
        // Another port is the same host to the real one: the token goes along.
        Assert.Equal(new Arrival("PATCH", "/there", $"Bearer {StandIn.Token}"), Assert.Single(other.Arrivals));
        Assert.Equal(HttpStatusCode.TemporaryRedirect, answered.StatusCode);
    }

    [Fact]
    public async Task A_401_is_sent_once_more_whatever_the_options()
    {
        _answer = r => r.StatusCode = 401;

        using var response = await SendAsync(HttpMethod.Patch, new RetryHandlerOption { MaxRetry = 0 });

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(2, _server.Arrivals.Count);
        Assert.All(_server.Arrivals, a => Assert.Equal($"Bearer {StandIn.Token}", a.Authorization));
    }

    [Fact]
    public async Task Without_a_token_nothing_is_sent()
    {
        StandIn.TokenFailure = "InteractiveBrowserCredential authentication failed: expired.";

        Assert.Equal(StandIn.TokenFailure, (await Assert.ThrowsAsync<AuthenticationFailedException>(() => SendAsync(HttpMethod.Get))).Message);
        Assert.Empty(_server.Arrivals);
    }

    [Fact]
    public async Task A_held_client_goes_on_as_who_signed_in_last()
    {
        var held = HttpHelpers.GetGraphHttpClient();
        StandIn.SignIn("fabrikam");

        using var response = await held.GetAsync("me");
        Assert.Equal($"Bearer {StandIn.Token}", Assert.Single(_server.Arrivals).Authorization);

        StandIn.SignOut();
        await Assert.ThrowsAsync<AuthenticationException>(() => held.GetAsync("me"));
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpMethod method, object? option = null)
    {
        using var request = new HttpRequestMessage(method, "/v1.0/policies");
        if (method != HttpMethod.Get)
        {
            request.Content = JsonContent.Create(new { state = "enabled" });
            await request.Content.LoadIntoBufferAsync();
        }
        if (option is not null) ((IDictionary<string, object?>)request.Options)[option.GetType().FullName!] = option;
        return await HttpHelpers.GetGraphHttpClient().SendAsync(request);
    }
}
