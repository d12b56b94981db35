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
using PasskeyAdmin.Testing;

namespace PasskeyAdmin.Tests.Engine;

/// <summary>The stand-in's HttpClient: what arrives at a server.</summary>
[Collection(EngineGroup.Name)]
public sealed class GraphModuleClientTests : IDisposable
{
    private readonly GraphServer _server = new() { Faults = (_, _) => Fault.Reply(204, "") };
    private readonly GraphModule _module;

    public GraphModuleClientTests()
    {
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

        Assert.Equal(("GET", path, withToken ? $"Bearer {StandIn.Token}" : null), Seen(Assert.Single(_server.Requests)));
    }

    [Fact]
    public async Task An_absolute_address_of_the_sessions_own_host_is_not_signed()
    {
        using var response = await HttpHelpers.GetGraphHttpClient().GetAsync(new Uri(_server.Address, "v1.0/me"));

        Assert.Null(Seen(Assert.Single(_server.Requests)).Authorization);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task Any_method_is_repeated_three_times(int status)
    {
        _server.Faults = (_, _) => Fault.Reply(status, "");

        var failure = await Assert.ThrowsAsync<AggregateException>(() => SendAsync(HttpMethod.Patch));

        Assert.Equal(4, failure.InnerExceptions.Count);
        Assert.Equal(4, _server.Requests.Count);
        Assert.All(_server.Requests, a => Assert.Equal("PATCH", a.Method));
        Assert.Equal([3, 6, 12], StandIn.Waits.Select(w => w.TotalSeconds));
    }

    [Fact]
    public async Task Retry_After_is_heeded_without_waiting()
    {
        _server.Faults = (_, n) => Fault.Reply(n == 0 ? 429 : 200, "", ("Retry-After", "170"));

        using var response = await SendAsync(HttpMethod.Get);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal([170], StandIn.Waits.Select(w => w.TotalSeconds));
    }

    [Fact]
    public async Task With_the_option_a_request_arrives_once()
    {
        _server.Faults = (_, _) => Fault.Reply(503, "");

        using var response = await SendAsync(HttpMethod.Patch, new RetryHandlerOption { MaxRetry = 0 });

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task A_predicate_that_says_no_does_not_stop_a_repetition()
    {
        _server.Faults = (_, _) => Fault.Reply(503, "");

        await Assert.ThrowsAsync<AggregateException>(() => SendAsync(HttpMethod.Patch, new RetryHandlerOption { ShouldRetry = (_, _, _) => false }));

        Assert.Equal(4, _server.Requests.Count);
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
        _server.Faults = (_, _) => Fault.Reply(503, "");

        await Assert.ThrowsAsync<AggregateException>(() => SendAsync(HttpMethod.Patch, new RetryHandlerOption { MaxRetry = 0 }));

        Assert.Equal(4, _server.Requests.Count);
    }

    [Fact]
    public async Task A_redirect_is_followed_to_another_server_unless_the_option_says_no()
    {
        using var other = new GraphServer { Faults = (_, _) => Fault.Reply(200, "") };
        _server.Faults = (_, _) => Fault.Reply(307, "", ("Location", new Uri(other.Address, "there").ToString()));

        using var followed = await SendAsync(HttpMethod.Patch);
        using var answered = await SendAsync(HttpMethod.Patch, new RedirectHandlerOption { MaxRedirect = 0 });

        Assert.Equal(HttpStatusCode.OK, followed.StatusCode);
        // Another port is the same host to the real one: the token goes along.
        Assert.Equal(("PATCH", "/there", $"Bearer {StandIn.Token}"), Seen(Assert.Single(other.Requests)));
        Assert.Equal(HttpStatusCode.TemporaryRedirect, answered.StatusCode);
    }

    [Fact]
    public async Task A_401_is_sent_once_more_whatever_the_options()
    {
        _server.Faults = (_, _) => Fault.Reply(401, "");

        using var response = await SendAsync(HttpMethod.Patch, new RetryHandlerOption { MaxRetry = 0 });

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(2, _server.Requests.Count);
        Assert.All(_server.Requests, r => Assert.Equal($"Bearer {StandIn.Token}", Seen(r).Authorization));
    }

    [Fact]
    public async Task Without_a_token_nothing_is_sent()
    {
        StandIn.TokenFailure = "InteractiveBrowserCredential authentication failed: expired.";

        Assert.Equal(StandIn.TokenFailure, (await Assert.ThrowsAsync<AuthenticationFailedException>(() => SendAsync(HttpMethod.Get))).Message);
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task A_held_client_goes_on_as_who_signed_in_last()
    {
        var held = HttpHelpers.GetGraphHttpClient();
        StandIn.SignIn("fabrikam");

        using var response = await held.GetAsync("me");
        Assert.Equal($"Bearer {StandIn.Token}", Seen(Assert.Single(_server.Requests)).Authorization);

        StandIn.SignOut();
        await Assert.ThrowsAsync<AuthenticationException>(() => held.GetAsync("me"));
    }

    private static (string Method, string Path, string? Authorization) Seen(ArrivedRequest request) => (request.Method, request.Path, request.Headers.GetValueOrDefault("Authorization"));

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
