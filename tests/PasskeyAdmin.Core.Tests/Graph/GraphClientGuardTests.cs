using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Testing;

namespace PasskeyAdmin.Core.Tests.Graph;

/// <summary>What must hold whatever handlers, clocks, logs and servers do.</summary>
public sealed class GraphClientGuardTests : IDisposable
{
    private const string Policies = "/v1.0/identity/conditionalAccess/policies";

    private readonly VirtualClock _clock = new(GraphSender.RequestTimeout, GraphSender.Grace);
    private readonly List<string> _log = [];
    private readonly List<HttpClient> _clients = [];

    public void Dispose() => _clients.ForEach(c => c.Dispose());

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Compressed_nonsense_is_an_error_of_ours(bool isWrite)
    {
        using var server = new GraphServer { Faults = (_, _) => Fault.Bytes(200, BrokenZip(), ("Content-Encoding", "gzip")) };
        using var http = AccessTokenHandler.CreateClient(GraphFixture.Secret("x"), server.Address, "test");
        var client = new GraphClient(new GraphConnection(server.Address, () => http), Traffic());
        var error = Assert.Throws<PasskeyAdminException>(() => Do(client, isWrite));
        Assert.Equal(("GraphAnswerUnreadable", isWrite), (error.ErrorId, error.IsOutcomeUnknown));
    }

    [Theory]
    [InlineData("PATCH")]
    [InlineData("POST")]
    [InlineData("DELETE")]
    public void A_write_whose_connection_breaks_arrives_once(string method)
    {
        using var server = new GraphServer { Faults = (_, _) => Fault.Reset };
        using var http = AccessTokenHandler.CreateClient(GraphFixture.Secret("x"), server.Address, "test");
        var client = new GraphClient(new GraphConnection(server.Address, () => http), Traffic());
        var error = Assert.Throws<PasskeyAdminException>(() =>
        {
            if (method == "PATCH") client.Patch("/v1.0/x", [], CancellationToken.None);
            else if (method == "POST") client.Post("/v1.0/x", [], CancellationToken.None);
            else client.Delete("/v1.0/x", CancellationToken.None);
        });
        Assert.True(error.IsOutcomeUnknown);
        Assert.Equal(method, Assert.Single(server.Requests).Method);
    }

    [Theory]
    [InlineData("PATCH")]
    [InlineData("POST")]
    [InlineData("DELETE")]
    public void A_write_arrives_once_also_where_the_server_hangs_up_politely(string method)
    {
        // .NET takes such a connection for one that was over before the request came, and sends one without content again.
        using var server = new HangingUpServer();
        using var http = AccessTokenHandler.CreateClient(GraphFixture.Secret("x"), server.Address, "test");
        var client = new GraphClient(new GraphConnection(server.Address, () => http), Traffic());
        Assert.True(Assert.Throws<PasskeyAdminException>(() =>
        {
            if (method == "PATCH") client.Patch("/v1.0/x", [], CancellationToken.None);
            else if (method == "POST") client.Post("/v1.0/x", [], CancellationToken.None);
            else client.Delete("/v1.0/x", CancellationToken.None);
        }).IsOutcomeUnknown);
        Assert.Equal(1, server.Arrived);
    }

    [Fact]
    public void A_token_is_gone_with_its_client()
    {
        var token = GraphFixture.Secret("x");
        AccessTokenHandler.CreateClient(token, new Uri("http://localhost:1/"), "test").Dispose();
        Assert.Throws<ObjectDisposedException>(() => token.Length);
    }

    [Theory]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public void A_write_on_a_connection_that_was_used_before_arrives_once(string method)
    {
        using var server = new GraphServer { Faults = (r, _) => r.Method == "GET" ? Fault.Reply(200, "{}") : Fault.Reset };
        using var http = AccessTokenHandler.CreateClient(GraphFixture.Secret("x"), server.Address, "test");
        var client = new GraphClient(new GraphConnection(server.Address, () => http), Traffic());
        client.Get("/v1.0/x", CancellationToken.None);
        Assert.Throws<PasskeyAdminException>(() =>
        {
            if (method == "PATCH") client.Patch("/v1.0/x", [], CancellationToken.None);
            else client.Delete("/v1.0/x", CancellationToken.None);
        });
        Assert.Single(server.Requests, r => r.Method == method);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_time_out_is_told_from_a_broken_connection(bool isWrite)
    {
        // A handler that ends at once when it is cancelled.
        var count = 0;
        var client = Client(Http(async (_, token) =>
        {
            count++;
            var ended = new TaskCompletionSource();
            using (token.Register(() => ended.TrySetCanceled(token)))
            {
                _clock.Advance(GraphSender.RequestTimeout);
                await ended.Task;
            }
            return Json("{}");
        }));
        var error = Assert.Throws<PasskeyAdminException>(() => Do(client, isWrite));
        Assert.Equal(("GraphTimeout", isWrite), (error.ErrorId, error.IsOutcomeUnknown));
        Assert.Equal(isWrite ? 1 : 2, count);
    }

    [Fact]
    public void A_kind_of_fault_that_is_tried_less_often_ends_after_others_too()
    {
        var count = 0;
        var client = Client((_, _) => count++ < 2 ? Json("{}", 503) : Json("{"));
        Assert.Equal("GraphAnswerUnreadable", Assert.Throws<PasskeyAdminException>(() => client.Get("/v1.0/x", CancellationToken.None)).ErrorId);
        Assert.Equal(3, count);
    }

    [Fact]
    public void Nobody_sits_out_a_pause_of_an_hour()
    {
        var count = 0;
        var client = Client((_, _) =>
        {
            count++;
            return Json("{}", 429, "3600");
        });
        for (var i = 0; i < 2 * GraphTraffic.MaximumInFlight; i++) Assert.Equal("GraphThrottled", Assert.Throws<PasskeyAdminException>(() => client.Get("/v1.0/x", CancellationToken.None)).ErrorId);
        var error = Assert.Throws<PasskeyAdminException>(() => client.Patch("/v1.0/x", [], CancellationToken.None));
        Assert.Equal(("GraphThrottled", false, TimeSpan.FromHours(1)), (error.ErrorId, error.IsOutcomeUnknown, error.RetryAfter));
        Assert.Equal(1, count);
        Assert.Empty(_clock.Waits);
        // Another class is not concerned, and when the hour is over, neither is this one.
        Assert.Throws<PasskeyAdminException>(() => client.Get("/v1.0/reports/x", CancellationToken.None));
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Throws<PasskeyAdminException>(() => client.Get("/v1.0/x", CancellationToken.None));
        Assert.Equal(3, count);
    }

    [Fact]
    public void A_long_token_is_not_repeated_either_and_not_by_a_cause()
    {
        var token = "secret-" + new string('x', 2000);
        using var http = new HttpClient(new Answering((_, _) => throw new HttpRequestException($"Received an invalid header line: 'Authorization Bearer {token}'."))) { BaseAddress = new Uri("http://localhost:1/") };
        using var server = new GraphServer { Faults = (r, _) => Fault.Reply(403, new JObject { ["error"] = new JObject { ["code"] = token, ["message"] = token, ["innerError"] = new JObject { ["request-id"] = token } } }.ToString(), ("request-id", token)) };
        using var real = new HttpClient { BaseAddress = server.Address };
        foreach (var connection in new[]
        {
            new GraphConnection(http.BaseAddress, () => http) { Token = GraphFixture.Secret(token) },
            new GraphConnection(server.Address, () => real) { Token = GraphFixture.Secret(token) },
        })
        {
            var client = new GraphClient(connection, Traffic(), _log.Add);
            var error = Assert.Throws<PasskeyAdminException>(() => client.Get("/v1.0/x", CancellationToken.None));
            Assert.DoesNotContain("secret-", error + error.GraphCode + error.RequestId + error.InnerException + string.Concat(_log), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_write_is_verified_when_it_leaves_and_not_before_it_waits()
    {
        var verified = TimeSpan.Zero;
        var left = TimeSpan.Zero;
        var client = Client((_, _) =>
        {
            left = _clock.Elapsed;
            return Json("{}");
        }, () => verified = _clock.Elapsed);
        client.Patch($"{Policies}/1", [], CancellationToken.None);
        client.Patch($"{Policies}/2", [], CancellationToken.None);
        Assert.NotEmpty(_clock.Waits);
        Assert.Equal(left, verified);
    }

    [Fact]
    public void A_write_that_is_refused_in_the_last_moment_leaves_room_for_others()
    {
        var refuse = true;
        var client = Client((_, _) => Json("{}"), () =>
        {
            if (refuse) throw new PasskeyAdminException(ErrorKind.InvalidOperation, "TenantSessionChanged", "x");
        });
        for (var i = 0; i < 2 * GraphTraffic.MaximumInFlight; i++) Assert.Throws<PasskeyAdminException>(() => client.Patch("/v1.0/x", [], CancellationToken.None));
        refuse = false;
        client.Patch("/v1.0/x", [], CancellationToken.None);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_was_read_after_somebody_else_signed_in_is_not_handed_on(bool many)
    {
        var who = "A";
        var count = 0;
        var client = Client((r, _) =>
        {
            if (count++ > 0) return r.Method == HttpMethod.Post ? Json("""{"responses":[{"id":"0","status":200,"body":{}},{"id":"1","status":200,"body":{}}]}""") : Json("{}");
            who = "B";
            return Json("{}", 503, "240");
        }, () =>
        {
            if (who != "A") throw new PasskeyAdminException(ErrorKind.InvalidOperation, "TenantSessionChanged", "x");
        });
        Assert.Equal("TenantSessionChanged", Assert.Throws<PasskeyAdminException>(() => many ? client.GetMany(["/v1.0/a", "/v1.0/b"], CancellationToken.None).First().Body : client.Get("/v1.0/x", CancellationToken.None)).ErrorId);
        Assert.Equal(2, count);
    }

    [Fact]
    public void The_outcome_of_a_write_survives_a_log_that_throws()
    {
        // As in a pipeline that is being stopped.
        var client = Client((_, _) => new HttpResponseMessage(HttpStatusCode.NoContent), null, _ => throw new InvalidOperationException("The pipeline has been stopped."));
        client.Patch("/v1.0/x", [], CancellationToken.None);
    }

    [Fact]
    public void Whoever_is_interrupted_before_a_write_leaves_room_for_others()
    {
        var http = Http((_, _) => Task.FromResult(Json("{}")));
        var connection = new GraphConnection(http.BaseAddress!, () => http);
        var traffic = Traffic();
        var interrupted = new GraphClient(connection, traffic, _ => throw new InvalidOperationException("The pipeline has been stopped."));
        var patient = new GraphClient(connection, traffic);
        for (var i = 0; i < 2 * GraphTraffic.MaximumInFlight; i++)
        {
            patient.Patch($"{Policies}/1", [], CancellationToken.None);
            // The next one has to wait, and says so.
            Assert.Throws<InvalidOperationException>(() => interrupted.Patch($"{Policies}/1", [], CancellationToken.None));
        }
    }

    [Fact]
    public void How_foreign_handlers_give_up_leaves_a_write_open()
    {
        var client = Client((_, _) => throw new InvalidOperationException("anything at all"));
        var error = Assert.Throws<PasskeyAdminException>(() => client.Patch("/v1.0/x", [], CancellationToken.None));
        Assert.Equal(("GraphUnavailable", true), (error.ErrorId, error.IsOutcomeUnknown));
        Assert.Contains("anything at all", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_client_with_a_time_limit_of_its_own_is_heard()
    {
        var client = Client((_, _) => throw new TaskCanceledException());
        Assert.Equal("GraphTimeout", Assert.Throws<PasskeyAdminException>(() => client.Get("/v1.0/x", CancellationToken.None)).ErrorId);
        Assert.True(Assert.Throws<PasskeyAdminException>(() => client.Patch("/v1.0/x", [], CancellationToken.None)).IsOutcomeUnknown);
    }

    [Fact]
    public async Task Pacing_holds_when_others_are_slow()
    {
        var gate = new TaskCompletionSource();
        var arrived = new List<TimeSpan>();
        var http = Http(async (r, _) =>
        {
            if (r.RequestUri!.AbsolutePath.Contains("groups", StringComparison.Ordinal)) await gate.Task;
            else
                lock (arrived) arrived.Add(_clock.Elapsed);
            return Json("{}");
        });
        var connection = new GraphConnection(http.BaseAddress!, () => http);
        var traffic = Traffic();
        var log = new GraphLog(null);
        var slow = Enumerable.Range(0, 9).Select(i => traffic.ReadAsync(connection, $"/v1.0/groups/{i}", log, CancellationToken.None)).ToList();
        await Task.WhenAll(Enumerable.Range(0, 15).Select(_ => traffic.ReadAsync(connection, "/v1.0/reports/x", log, CancellationToken.None)));
        gate.SetResult();
        await Task.WhenAll(slow);
        Assert.True(arrived.Max(a => arrived.Count(b => b >= a && b < a + TimeSpan.FromSeconds(10))) <= 5);
    }

    [Fact]
    public async Task No_more_than_a_few_are_under_way()
    {
        var gate = new TaskCompletionSource();
        var (now, most) = (0, 0);
        var http = Http(async (_, _) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref now));
            await gate.Task;
            Interlocked.Decrement(ref now);
            return Json("{}");
        });
        var traffic = Traffic();
        var connection = new GraphConnection(http.BaseAddress!, () => http);
        var reads = Enumerable.Range(0, 20).Select(i => traffic.ReadAsync(connection, $"/v1.0/groups/{i}", new GraphLog(null), CancellationToken.None)).ToList();
        gate.SetResult();
        await Task.WhenAll(reads);
        Assert.Equal(4, most);
    }

    [Fact]
    public void A_clock_that_is_set_back_stops_nobody()
    {
        var client = Client((_, _) => Json("{}"));
        client.Get($"{Policies}/1", CancellationToken.None);
        _clock.SetTime(-TimeSpan.FromHours(1));
        client.Get($"{Policies}/1", CancellationToken.None);
        Assert.True(Assert.Single(_clock.Waits) < TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void Writes_are_paced_like_reads()
    {
        var client = Client((_, _) => Json("{}"));
        for (var i = 0; i < 3; i++) client.Patch($"{Policies}/1", [], CancellationToken.None);
        Assert.Equal(2, _clock.Waits.Count);
    }

    [Fact]
    public void A_pause_that_Graph_asks_for_holds_the_others_of_the_class()
    {
        var count = 0;
        var client = Client((_, _) => count++ == 0 ? Json("{}", 429, "9") : Json("{}"));
        Assert.Equal("GraphThrottled", Assert.Throws<PasskeyAdminException>(() => client.Patch("/v1.0/x", [], CancellationToken.None)).ErrorId);
        client.Get("/v1.0/y", CancellationToken.None);
        Assert.Equal(TimeSpan.FromSeconds(9), Assert.Single(_clock.Waits));
        // Another class goes on.
        client.Get("/v1.0/reports/x", CancellationToken.None);
        Assert.Single(_clock.Waits);
    }

    [Fact]
    public void Pauses_for_the_limits_are_announced_and_long_ones_noticed()
    {
        var notices = new List<string>();
        var http = Http((_, _) => Task.FromResult(Json("{}")));
        var client = new GraphClient(new GraphConnection(http.BaseAddress!, () => http), Traffic(), _log.Add, notices.Add);
        for (var i = 0; i < 6; i++) client.Get("/v1.0/reports/x", CancellationToken.None);
        Assert.StartsWith("Waiting 10.5 s because Microsoft Graph takes no more requests of this kind (Reports) before", Assert.Single(notices), StringComparison.Ordinal);
        for (var i = 0; i < 2; i++) client.Get($"{Policies}/1", CancellationToken.None);
        Assert.Contains(_log, l => l.StartsWith("Waiting 1.1 s because", StringComparison.Ordinal) || l.StartsWith("Waiting 1 s because", StringComparison.Ordinal));
    }

    [Fact]
    public void A_server_that_echoes_the_token_is_not_repeated()
    {
        const string Jwt = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.c2lnbmF0dXJl";
        using var graph = new GraphFixture();
        graph.Server.Faults = (r, _) => Fault.Reply(400, new JObject
        {
            ["error"] = new JObject { ["code"] = $"x{GraphFixture.Token}", ["message"] = $"Got Authorization: {r.Headers["Authorization"]}; also {Jwt} and Bearer somebody-elses." },
        }.ToString(), ("request-id", GraphFixture.Token));
        var error = graph.Error();
        var all = error + error.GraphCode + error.RequestId + string.Concat(graph.Log);
        Assert.DoesNotContain(GraphFixture.Token, all, StringComparison.Ordinal);
        Assert.DoesNotContain("eyJ", all, StringComparison.Ordinal);
        Assert.DoesNotContain("somebody-elses", all, StringComparison.Ordinal);
        Assert.Contains("Got Authorization: Bearer (token)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_stops_reading_stops_what_is_under_way()
    {
        var stopped = new TaskCompletionSource();
        var count = 0;
        var client = Client(Http(async (_, token) =>
        {
            if (Interlocked.Increment(ref count) == 1) return Json("{}");
            using (token.Register(() => stopped.TrySetResult())) await stopped.Task;
            return Json("{}");
        }));
        // A chunk each: the other answers never come unless somebody stops waiting for them.
        Assert.NotNull(client.GetMany([$"{Policies}/1", $"{Policies}/2", $"{Policies}/3"], CancellationToken.None).First());
        // The limit is for the case that nobody does.
        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private static void Do(GraphClient client, bool isWrite)
    {
        if (isWrite) client.Patch("/v1.0/x", [], CancellationToken.None);
        else client.Get("/v1.0/x", CancellationToken.None);
    }

    private static byte[] BrokenZip()
    {
        using var memory = new MemoryStream();
        using (var zip = new GZipStream(memory, CompressionLevel.Optimal, leaveOpen: true)) zip.Write(Encoding.UTF8.GetBytes(string.Join(",", Enumerable.Range(0, 2000))));
        var bytes = memory.ToArray();
        Array.Fill(bytes, (byte)0xFF, 20, bytes.Length - 20);
        return bytes;
    }

    private GraphTraffic Traffic() => new(_clock, () => 0.5);

    private GraphClient Client(Func<HttpRequestMessage, CancellationToken, HttpResponseMessage> answer, Action? verify = null, Action<string>? log = null) => Client(Http((r, t) => Task.FromResult(answer(r, t))), verify, log);

    private GraphClient Client(HttpClient http, Action? verify = null, Action<string>? log = null) =>
        new(new GraphConnection(http.BaseAddress!, () => http) { Verify = verify }, Traffic(), log ?? _log.Add);

    private HttpClient Http(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer)
    {
        var http = new HttpClient(new Answering(answer)) { BaseAddress = new Uri("http://localhost:1/"), Timeout = Timeout.InfiniteTimeSpan };
        _clients.Add(http);
        return http;
    }

    private static HttpResponseMessage Json(string text, int status = 200, string? retryAfter = null)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(text, Encoding.UTF8, "application/json") };
        if (retryAfter is not null) response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        return response;
    }

    private sealed class Answering(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => answer(request, cancellationToken);
    }
}
