using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Testing;

namespace PasskeyAdmin.Core.Tests.Graph;

/// <summary>Reading over real HTTP: pages, pauses, faults, and what an error says.</summary>
public sealed class GraphClientReadTests : IDisposable
{
    private static readonly string[] Needed = ["/v1.0/policies/authenticationMethodsPolicy", "/v1.0/groups/x", "/v1.0/users/x"];

    private const string Ok = """{"value":[{"id":"a"},{"id":"b"}]}""";

    private readonly GraphFixture _graph = new();

    public void Dispose() => _graph.Dispose();

    [Fact]
    public void A_request_asks_for_unknown_members_and_is_signed()
    {
        _graph.Server.Faults = (_, _) => Fault.Reply(200, Ok);
        _graph.Get();
        var request = Assert.Single(_graph.Server.Requests);
        Assert.Equal("include-unknown-enum-members", request.Headers["Prefer"]);
        Assert.Equal($"Bearer {GraphFixture.Token}", request.Headers["Authorization"]);
        Assert.Equal("PasskeyAdmin/test", request.Headers["User-Agent"]);
    }

    [Fact]
    public void Pages_are_read_one_after_the_other_and_only_as_far_as_somebody_reads()
    {
        _graph.Server.Faults = (r, n) => Fault.Reply(200, $$"""{"value":[{"id":"{{2 * n}}"},{"id":"{{(2 * n) + 1}}"}],"@odata.nextLink":"{{_graph.Server.Address}}v1.0/users?$skiptoken=X%27{{n}}"}""");
        Assert.Equal(["0", "1", "2"], _graph.Client.GetAll("/v1.0/users", CancellationToken.None).Take(3).Select(u => (string)u["id"]!));
        Assert.Equal(["/v1.0/users", "/v1.0/users?$skiptoken=X%270"], _graph.Server.Requests.Select(r => r.Path));
    }

    [Fact]
    public void The_last_page_ends_it()
    {
        _graph.Server.Faults = (_, n) => Fault.Reply(200, n < 2 ? $$"""{"value":[{}],"@odata.nextLink":"{{_graph.Server.Address}}v1.0/users?page={{n}}"}""" : """{"value":[],"@odata.nextLink":null}""");
        Assert.Equal(2, _graph.Client.GetAll("/v1.0/users", CancellationToken.None).Count());
        Assert.Equal(3, _graph.Server.Requests.Count);
    }

    [Theory]
    [InlineData("https://graph.microsoft.com.evil.example/v1.0/users?$skiptoken=1")]
    [InlineData("http://127.0.0.1:1/v1.0/users?$skiptoken=1")]
    [InlineData("https://{host}/v1.0/users")]
    [InlineData("http://user@{host}/v1.0/users")]
    [InlineData("http://{host}/elsewhere")]
    [InlineData("/v1.0/users?$skiptoken=1")]
    [InlineData("file:///etc/passwd")]
    [InlineData("//evil.example/v1.0/users")]
    public void A_next_link_that_leads_away_is_refused(string link)
    {
        _graph.Server.Faults = (_, _) => Fault.Reply(200, $$"""{"value":[{"id":"a"}],"@odata.nextLink":"{{link.Replace("{host}", _graph.Server.Address.Authority, StringComparison.Ordinal)}}"}""");
        var read = new List<string>();
        var error = Assert.Throws<PasskeyAdminException>(() => read.AddRange(_graph.Client.GetAll("/v1.0/users", CancellationToken.None).Select(u => (string)u["id"]!)));
        Assert.Equal(("GraphNextLinkRefused", ErrorKind.ProtocolViolated), (error.ErrorId, error.Kind));
        Assert.Single(_graph.Server.Requests);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Pages_that_go_in_a_ring_end(int length)
    {
        _graph.Server.Faults = (_, n) => Fault.Reply(200, $$"""{"value":[],"@odata.nextLink":"{{_graph.Server.Address}}v1.0/users?{{n % length}}"}""");
        Assert.Equal("GraphNextLinkRefused", Assert.Throws<PasskeyAdminException>(() => _graph.Client.GetAll("/v1.0/users", CancellationToken.None).ToList()).ErrorId);
        Assert.Equal(length + 1, _graph.Server.Requests.Count);
    }

    [Fact]
    public void A_list_without_a_list_says_where()
    {
        _graph.Server.Faults = (_, _) => Fault.Reply(200, "{}");
        var error = Assert.Throws<PasskeyAdminException>(() => _graph.Client.GetAll("/v1.0/users?$top=1", CancellationToken.None).ToList());
        Assert.Contains("The answer to /v1.0/users cannot be read: it has no list", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_question_mark_in_a_link_is_escaped_for_sessions_that_cut_there()
    {
        _graph.Server.Faults = (_, n) => Fault.Reply(200, n == 0 ? $$"""{"value":[],"@odata.nextLink":"{{_graph.Server.Address}}v1.0/users?$skiptoken=a?b%3Fc"}""" : """{"value":[]}""");
        Assert.Empty(_graph.Client.GetAll("/v1.0/users", CancellationToken.None));
        Assert.Equal("/v1.0/users?$skiptoken=a%3Fb%3Fc", _graph.Server.Requests[1].Path);
    }

    [Fact]
    public void A_redirect_is_not_followed()
    {
        using var elsewhere = new GraphServer();
        _graph.Server.Faults = (_, _) => Fault.Reply(302, "", ("Location", elsewhere.Address.ToString()));
        var error = _graph.Error();
        Assert.Equal("GraphRedirectRefused", error.ErrorId);
        Assert.Contains(elsewhere.Address.Authority, error.Message, StringComparison.Ordinal);
        Assert.Empty(elsewhere.Requests);
        Assert.Single(_graph.Server.Requests);
    }

    [Theory]
    [InlineData(429, "7", 7)]
    [InlineData(503, "7", 7)]
    [InlineData(504, "0", 0)]
    public void Retry_After_in_seconds_is_waited_for(int status, string value, int seconds)
    {
        _graph.Server.Faults = (_, n) => n == 0 ? Fault.Reply(status, "{}", ("Retry-After", value)) : Fault.Reply(200, Ok);
        var before = _graph.Clock.UtcNow;
        Assert.Equal(2, _graph.Get()["value"]!.Count());
        Assert.Equal(TimeSpan.FromSeconds(seconds), _graph.Clock.UtcNow - before);
        Assert.Equal(2, _graph.Server.Requests.Count);
    }

    [Fact]
    public void Retry_After_as_a_date_is_measured_by_the_clock_of_the_server()
    {
        // Years off our own clock.
        var server = new DateTimeOffset(2031, 5, 1, 10, 0, 0, TimeSpan.Zero);
        _graph.Server.Faults = (_, n) => n == 0
            ? Fault.Reply(429, "", ("Date", server.ToString("R", CultureInfo.InvariantCulture)), ("Retry-After", server.AddSeconds(42).ToString("R", CultureInfo.InvariantCulture)))
            : Fault.Reply(200, Ok);
        var before = _graph.Clock.UtcNow;
        _graph.Get();
        Assert.Equal(TimeSpan.FromSeconds(42), _graph.Clock.UtcNow - before);
    }

    [Fact]
    public void Without_Retry_After_the_pauses_double_and_are_scattered()
    {
        _graph.Server.Faults = (_, n) => n < 4 ? Fault.Reply(503, "") : Fault.Reply(200, Ok);
        _graph.Get();
        // The random numbers of the test are 0.5: three quarters of 1, 2, 4 and 8 seconds.
        Assert.Equal([0.75, 1.5, 3, 6], _graph.Clock.Waits.Select(w => w.TotalSeconds));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(3600)]
    public void Who_is_asked_to_wait_for_longer_than_five_minutes_is_told_so(int seconds)
    {
        _graph.Server.Faults = (_, _) => Fault.Reply(429, "{}", ("Retry-After", $"{seconds}"));
        var error = _graph.Error();
        Assert.Equal(("GraphThrottled", ErrorKind.LimitExceeded, TimeSpan.FromSeconds(seconds)), (error.ErrorId, error.Kind, error.RetryAfter));
        Assert.Contains($"asks to wait {seconds} s.", error.Message, StringComparison.Ordinal);
        Assert.Empty(_graph.Clock.Waits);
    }

    [Theory]
    [InlineData(429, "GraphThrottled")]
    [InlineData(408, "GraphTimeout")]
    [InlineData(502, "GraphUnavailable")]
    [InlineData(503, "GraphUnavailable")]
    [InlineData(504, "GraphUnavailable")]
    public void What_does_not_pass_is_an_error_after_five_tries(int status, string errorId)
    {
        _graph.Server.Faults = (_, _) => Fault.Reply(status, """{"error":{"code":"serviceNotAvailable","message":"Sorry."}}""", ("request-id", "11111111-2222-3333-4444-555555555555"));
        var error = _graph.Error();
        Assert.Equal((errorId, status, "serviceNotAvailable", "11111111-2222-3333-4444-555555555555"), (error.ErrorId, error.StatusCode, error.GraphCode, error.RequestId));
        Assert.Contains("Sorry.", error.Message, StringComparison.Ordinal);
        Assert.Contains("request-id 11111111", error.Message, StringComparison.Ordinal);
        Assert.Equal(5, _graph.Server.Requests.Count);
        Assert.False(error.IsOutcomeUnknown);
    }

    [Theory]
    [InlineData(500, "GraphUnavailable", ErrorKind.Unavailable)]
    [InlineData(501, "GraphNotSupported", ErrorKind.InvalidOperation)]
    [InlineData(400, "GraphRequestRejected", ErrorKind.InvalidArgument)]
    [InlineData(404, "GraphNotFound", ErrorKind.NotFound)]
    [InlineData(401, "SignInExpired", ErrorKind.SignInNeeded)]
    [InlineData(403, "AccessDenied", ErrorKind.AccessDenied)]
    [InlineData(418, "GraphRequestRejected", ErrorKind.InvalidArgument)]
    [InlineData(407, "GraphConnectionFailed", ErrorKind.ConnectionFailed)]
    public void What_trying_again_does_not_help_is_an_error_at_once(int status, string errorId, ErrorKind kind)
    {
        _graph.Server.Faults = (_, _) => Fault.Reply(status, """{"error":{"code":"code","message":"Said so."}}""");
        var error = _graph.Error();
        Assert.Equal((errorId, kind, status), (error.ErrorId, error.Kind, error.StatusCode));
        Assert.Contains("Said so.", error.Message, StringComparison.Ordinal);
        Assert.Single(_graph.Server.Requests);
    }

    [Fact]
    public void A_broken_connection_is_tried_again()
    {
        _graph.Server.Faults = (_, n) => n switch { 0 => Fault.Reset, 1 => Fault.BreakOff("""{"value":[{"id":"""), _ => Fault.Reply(200, Ok) };
        Assert.Equal(2, _graph.Get()["value"]!.Count());
        Assert.Equal(3, _graph.Server.Requests.Count);
    }

    [Fact]
    public void A_connection_that_stays_broken_is_an_error()
    {
        _graph.Server.Faults = (_, _) => Fault.Reset;
        var error = _graph.Error();
        Assert.Equal(("GraphConnectionFailed", ErrorKind.ConnectionFailed, null), (error.ErrorId, error.Kind, error.StatusCode));
        Assert.NotNull(error.InnerException);
    }

    [Fact]
    public void A_server_that_is_silent_for_too_long_is_given_up_and_asked_again()
    {
        _graph.Server.Faults = (_, n) => n == 0 ? Fault.Silence.After(() => _graph.Clock.Advance(GraphSender.RequestTimeout)) : Fault.Reply(200, Ok);
        Assert.Equal(2, _graph.Get()["value"]!.Count());
        Assert.Contains(_graph.Log, l => l.Contains("no answer in time", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"value":[{"id":"a"}""")]
    [InlineData("""{"value":[]} trailing""")]
    [InlineData("[1]")]
    public void Broken_JSON_is_tried_again_and_then_an_error(string body)
    {
        _graph.Server.Faults = (_, n) => n == 0 ? Fault.Reply(200, body) : Fault.Reply(200, Ok);
        Assert.Equal(2, _graph.Get()["value"]!.Count());
        _graph.Server.Faults = (_, _) => Fault.Reply(200, body);
        Assert.Equal("GraphAnswerUnreadable", _graph.Error().ErrorId);
    }

    [Fact]
    public void The_page_of_a_proxy_is_told_from_Graph()
    {
        _graph.Server.Faults = (_, _) => Fault.Reply(200, "<html>Sign in to the guest network</html>", "text/html");
        var error = _graph.Error();
        Assert.Equal("GraphAnswerUnreadable", error.ErrorId);
        Assert.Contains("text/html", error.Message, StringComparison.Ordinal);
        Assert.Single(_graph.Server.Requests);
    }

    [Fact]
    public void An_answer_without_content_is_no_object()
    {
        _graph.Server.Faults = (_, _) => Fault.Reply(204, "");
        Assert.Equal("GraphAnswerUnreadable", _graph.Error().ErrorId);
    }

    [Fact]
    public void A_missing_licence_is_told_from_a_missing_permission()
    {
        _graph.Server.Faults = (_, _) => Fault.Reply(403, """{"error":{"code":"Authentication_RequestFromNonPremiumTenantOrB2CTenant","message":"Neither tenant is B2C or tenant doesn't have premium license"}}""");
        Assert.Equal("PremiumLicenceRequired", _graph.Error("/v1.0/auditLogs/signIns").ErrorId);
    }

    [Theory]
    [InlineData(null, false, "needs the role Global Reader or Authentication Policy Administrator, active now")]
    [InlineData("User.Read", false, "lacks the permission Policy.Read.AuthenticationMethod: sign in again with Connect-PasskeyTenant, and ask for it")]
    [InlineData("Policy.Read.AuthenticationMethod", false, "needs the role Global Reader or Authentication Policy Administrator, active now")]
    [InlineData("User.Read.All", true, "application lacks the permission Policy.Read.AuthenticationMethod: grant it, with admin consent")]
    [InlineData("Policy.Read.AuthenticationMethod", true, "a token from before the consent does not have it")]
    public void A_refusal_is_explained(string? permissions, bool isAppOnly, string text)
    {
        _graph.Server.Faults = (_, _) => Fault.Reply(403, """{"error":{"code":"Authorization_RequestDenied","message":"Insufficient privileges."}}""");
        using var http = new System.Net.Http.HttpClient { BaseAddress = _graph.Server.Address };
        var client = _graph.ClientOf(new GraphConnection(_graph.Server.Address, () => http) { Permissions = permissions?.Split(' '), IsAppOnly = isAppOnly });
        var error = Assert.Throws<PasskeyAdminException>(() => client.Get("/v1.0/policies/authenticationMethodsPolicy", CancellationToken.None));
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
        Assert.Equal("Authorization_RequestDenied", error.GraphCode);
    }

    [Theory]
    [InlineData("User.Read", false, "Connect-PasskeyTenant -X")]
    [InlineData("Policy.Read.AuthenticationMethod", false, "Connect-PasskeyTenant -X")]
    // To grant something first is not a matter of a command.
    [InlineData("User.Read.All", true, null)]
    public void A_refusal_that_names_a_command_carries_it(string permissions, bool isAppOnly, string? command)
    {
        _graph.Server.Faults = (_, _) => Fault.Reply(403, "{}");
        using var http = new System.Net.Http.HttpClient { BaseAddress = _graph.Server.Address };
        var client = _graph.ClientOf(new GraphConnection(_graph.Server.Address, () => http) { Permissions = permissions.Split(' '), IsAppOnly = isAppOnly, SignInCommand = "Connect-PasskeyTenant -X" });
        Assert.Equal(command, Assert.Throws<PasskeyAdminException>(() => client.Get("/v1.0/policies/authenticationMethodsPolicy", CancellationToken.None)).RecommendedAction);
    }

    [Theory]
    [InlineData("User.Read", false, "The sandbox does not grant the permission Policy.Read.AuthenticationMethod: add it to its setting 'scopes'.")]
    [InlineData("User.Read", true, "The sandbox does not grant the permission Policy.Read.AuthenticationMethod: add it to its setting 'scopes'.")]
    [InlineData("Policy.Read.AuthenticationMethod", true, "The settings of the sandbox do not allow it.")]
    [InlineData("Policy.Read.AuthenticationMethod", false, "name one that has it in the setting 'account'.")]
    public void A_refusal_of_a_sandbox_is_one_of_its_settings(string permissions, bool isAppOnly, string text)
    {
        _graph.Server.Faults = (_, _) => Fault.Reply(403, "{}");
        using var http = new System.Net.Http.HttpClient { BaseAddress = _graph.Server.Address };
        var client = _graph.ClientOf(new GraphConnection(_graph.Server.Address, () => http) { Permissions = permissions.Split(' '), IsAppOnly = isAppOnly, IsSandbox = true });
        var error = Assert.Throws<PasskeyAdminException>(() => client.Get("/v1.0/policies/authenticationMethodsPolicy", CancellationToken.None));
        Assert.EndsWith(text, error.Message, StringComparison.Ordinal);
        Assert.Null(error.RecommendedAction);
    }

    [Fact]
    public void An_application_is_told_of_a_permission_that_applications_have()
    {
        _graph.Server.Faults = (_, _) => Fault.Reply(403, "{}");
        using var http = new System.Net.Http.HttpClient { BaseAddress = _graph.Server.Address };
        var client = _graph.ClientOf(new GraphConnection(_graph.Server.Address, () => http) { Permissions = ["Policy.Read.AuthenticationMethod"], IsAppOnly = true });
        Assert.Contains("The application lacks the permission Organization.Read.All", Assert.Throws<PasskeyAdminException>(() => client.Get("/v1.0/organization", CancellationToken.None)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TenantCapability.Read)]
    [InlineData(TenantCapability.PolicyWrite)]
    [InlineData(TenantCapability.Helpdesk)]
    [InlineData(TenantCapability.Rollout)]
    [InlineData(TenantCapability.ConditionalAccess)]
    public void What_a_capability_asks_for_is_enough_for_policy_and_groups(TenantCapability capability)
    {
        var permissions = CapabilityPermissions.Least(capability);
        Assert.All(Needed, p => Assert.True(PermissionNames.IsGranted(GraphPermission.For(p, isWrite: false, isAppOnly: false)!.Value.Least, [.. permissions])));
    }

    [Fact]
    public void A_pause_is_announced_and_names_are_not()
    {
        _graph.Server.Faults = (_, n) => n == 0 ? Fault.Reply(429, "", ("Retry-After", "3")) : Fault.Reply(200, Ok);
        _graph.Get("/v1.0/users/adele.vance%40contoso.com?$filter=displayName%20eq%20'Adele'");
        Assert.Equal(["GET /v1.0/users/{user}: 429", "Waiting 3 s before trying again (as Microsoft Graph asks; this was try 1 of 5).", "GET /v1.0/users/{user}: 200"], _graph.Log);
    }

    [Fact]
    public void Words_of_the_server_are_shown_harmless_and_short()
    {
        _graph.Server.Faults = (_, _) => Fault.Reply(400, new JObject { ["error"] = new JObject { ["code"] = "\u001b[31mred", ["message"] = "\u001b]0;title\u0007" + new string('x', 5000) } }.ToString());
        var error = _graph.Error();
        Assert.DoesNotContain('\u001b', error.Message);
        Assert.DoesNotContain('\u001b', error.GraphCode!);
        Assert.True(error.Message.Length < 1200);
    }

    [Fact]
    public void Stopping_ends_a_read_that_waits()
    {
        using var stop = new CancellationTokenSource();
        _graph.Server.Faults = (_, _) => Fault.Silence.After(stop.Cancel);
        Assert.ThrowsAny<OperationCanceledException>(() => _graph.Client.Get("/v1.0/organization", stop.Token));
    }

    [Fact]
    public void A_closed_session_asks_nothing()
    {
        _graph.Connection.Close();
        Assert.Equal("TenantDisconnected", _graph.Error().ErrorId);
        Assert.Empty(_graph.Server.Requests);
    }

    [Fact]
    public void A_token_that_has_ended_asks_nothing()
    {
        using var http = new System.Net.Http.HttpClient { BaseAddress = _graph.Server.Address };
        var client = _graph.ClientOf(new GraphConnection(_graph.Server.Address, () => http) { ExpiresOn = _graph.Clock.UtcNow - AccessToken.ClockSkew });
        var error = Assert.Throws<PasskeyAdminException>(() => client.Get("/v1.0/organization", CancellationToken.None));
        Assert.Equal(("SignInExpired", ErrorKind.SignInNeeded), (error.ErrorId, error.Kind));
        Assert.Empty(_graph.Server.Requests);
    }

    [Fact]
    public void The_token_is_in_no_error()
    {
        foreach (var fault in new[] { Fault.Reset, Fault.Reply(401, "{}"), Fault.Reply(200, "<html>", "text/html"), Fault.Reply(302, "", ("Location", "http://127.0.0.1:1/")) })
        {
            _graph.Server.Faults = (_, _) => fault;
            Assert.DoesNotContain(GraphFixture.Token, _graph.Error().ToString(), StringComparison.Ordinal);
        }
        Assert.All(_graph.Log, l => Assert.DoesNotContain(GraphFixture.Token, l, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_foreign_address_gets_no_token()
    {
        using var elsewhere = new GraphServer();
        using var http = AccessTokenHandler.CreateClient(GraphFixture.Secret(GraphFixture.Token), _graph.Server.Address, "test");
        using (await http.GetAsync(elsewhere.Address))
        using (await http.GetAsync("/v1.0/me"))
        {
            Assert.Contains("Authorization", Assert.Single(_graph.Server.Requests).Headers.Keys);
        }
        Assert.DoesNotContain("Authorization", Assert.Single(elsewhere.Requests).Headers.Keys);
    }
}
