using System;
using System.Net.Http;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Testing;

namespace PasskeyAdmin.Core.Tests.Graph;

/// <summary>A write leaves once, whatever comes of it.</summary>
public sealed class GraphClientWriteTests : IDisposable
{
    private const string Path = "/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/fido2";

    private readonly GraphFixture _graph = new();

    public void Dispose() => _graph.Dispose();

    [Fact]
    public void A_write_arrives_as_it_is()
    {
        _graph.Server.Faults = (_, _) => Fault.Reply(204, "");
        _graph.Client.Patch(Path, new JObject { ["state"] = "enabled" }, CancellationToken.None);
        var request = Assert.Single(_graph.Server.Requests);
        Assert.Equal(("PATCH", Path, """{"state":"enabled"}"""), (request.Method, request.Path, request.Body));
        Assert.Equal("application/json; charset=utf-8", request.Headers["Content-Type"]);
    }

    [Fact]
    public void What_is_created_comes_back()
    {
        _graph.Server.Faults = (_, _) => Fault.Reply(201, """{"id":"new"}""");
        Assert.Equal("new", (string?)_graph.Client.Post("/v1.0/x", [], CancellationToken.None)!["id"]);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(408)]
    public void An_error_of_the_server_leaves_the_outcome_open(int status) => RequireOneArrival(Fault.Reply(status, "{}", ("Retry-After", "1")), isOutcomeUnknown: true);

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(429)]
    [InlineData(501)]
    public void A_refusal_is_certain(int status) => RequireOneArrival(Fault.Reply(status, "{}", ("Retry-After", "1")), isOutcomeUnknown: false);

    [Fact]
    public void A_broken_connection_leaves_the_outcome_open() => RequireOneArrival(Fault.Reset, isOutcomeUnknown: true);

    [Fact]
    public void An_answer_that_breaks_off_leaves_the_outcome_open() => RequireOneArrival(Fault.BreakOff("{"), isOutcomeUnknown: true);

    [Fact]
    public void An_answer_that_is_no_JSON_leaves_the_outcome_open() => RequireOneArrival(Fault.Reply(200, "<html>", "text/html"), isOutcomeUnknown: true);

    [Fact]
    public void A_redirect_is_certain_and_not_followed() => RequireOneArrival(Fault.Reply(307, "", ("Location", "/v1.0/elsewhere")), isOutcomeUnknown: false);

    [Fact]
    public void Silence_leaves_the_outcome_open() => RequireOneArrival(Fault.Silence.After(() => _graph.Clock.Advance(GraphSender.RequestTimeout)), isOutcomeUnknown: true);

    [Fact]
    public void Stopping_before_it_leaves_sends_nothing()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => _graph.Client.Patch(Path, [], stop.Token));
        Assert.Empty(_graph.Server.Requests);
    }

    [Fact]
    public void Stopping_after_it_left_waits_for_the_answer()
    {
        using var stop = new CancellationTokenSource();
        _graph.Server.Faults = (_, _) => Fault.Reply(204, "").After(stop.Cancel);
        _graph.Client.Patch(Path, [], stop.Token);
        Assert.Single(_graph.Server.Requests);
    }

    [Fact]
    public void Stopping_after_it_left_waits_no_longer_than_the_grace()
    {
        using var stop = new CancellationTokenSource();
        _graph.Clock.OnLimit(GraphSender.Grace, () => _graph.Clock.Advance(GraphSender.Grace));
        _graph.Server.Faults = (_, _) => Fault.Silence.After(stop.Cancel);
        var error = Assert.Throws<PasskeyAdminException>(() => _graph.Client.Patch(Path, [], stop.Token));
        Assert.Equal(("GraphTimeout", true), (error.ErrorId, error.IsOutcomeUnknown));
    }

    [Fact]
    public void Where_repeating_cannot_be_switched_off_nothing_is_written_and_reading_goes_on()
    {
        using var http = new HttpClient { BaseAddress = _graph.Server.Address };
        var client = _graph.ClientOf(new GraphConnection(_graph.Server.Address, () => http) { WritesRefusedBecause = "Because of a test." });
        _graph.Server.Faults = (_, _) => Fault.Reply(200, "{}");
        Assert.Equal("WritesRefused", Assert.Throws<PasskeyAdminException>(() => client.Patch(Path, [], CancellationToken.None)).ErrorId);
        Assert.Empty(_graph.Server.Requests);
        Assert.NotNull(client.Get(Path, CancellationToken.None));
    }

    [Fact]
    public void A_session_that_changed_hands_is_noticed_before_a_write()
    {
        using var http = new HttpClient { BaseAddress = _graph.Server.Address };
        var client = _graph.ClientOf(new GraphConnection(_graph.Server.Address, () => http) { Verify = () => throw new PasskeyAdminException(ErrorKind.InvalidOperation, "TenantSessionChanged", "Somebody else.") });
        Assert.Equal("TenantSessionChanged", Assert.Throws<PasskeyAdminException>(() => client.Patch(Path, [], CancellationToken.None)).ErrorId);
        Assert.Empty(_graph.Server.Requests);
    }

    private void RequireOneArrival(Fault fault, bool isOutcomeUnknown)
    {
        _graph.Server.Faults = (_, _) => fault;
        var error = Assert.Throws<PasskeyAdminException>(() => _graph.Client.Patch(Path, new JObject { ["state"] = "disabled" }, CancellationToken.None));
        Assert.Equal(isOutcomeUnknown, error.IsOutcomeUnknown);
        Assert.Equal(isOutcomeUnknown, error.Message.Contains("Whether the change was made is not known", StringComparison.Ordinal));
        Assert.Single(_graph.Server.Requests);
        Assert.Empty(_graph.Clock.Waits);
    }
}
