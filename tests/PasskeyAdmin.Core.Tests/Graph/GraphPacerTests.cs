using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Core.Tests.Graph;

/// <summary>How fast requests leave, on a virtual clock, in front of a server that counts as Graph does.</summary>
public class GraphPacerTests
{
    [Theory]
    [InlineData("/v1.0/reports/authenticationMethods/userRegistrationDetails", 5, 10)]
    [InlineData("/v1.0/identity/conditionalAccess/policies", 1, 1)]
    public void Pages_never_exceed_the_limit_and_waste_less_than_a_tenth(string path, int limit, int seconds)
    {
        const int Pages = 60;
        var clock = new VirtualClock(GraphSender.RequestTimeout, GraphSender.Grace);
        using var server = new CountingHandler(clock, limit, TimeSpan.FromSeconds(seconds), Pages);
        var began = clock.UtcNow;
        Assert.Equal(Pages, Client(server, clock, out _).GetAll(path, CancellationToken.None).Count());
        Assert.Equal(0, server.TurnedAway);
        RequireLittleWaste(clock.UtcNow - began, Pages, limit, seconds);
    }

    [Fact]
    public void Requests_in_batches_count_one_by_one()
    {
        const int Users = 103;
        var clock = new VirtualClock(GraphSender.RequestTimeout, GraphSender.Grace);
        using var server = new CountingHandler(clock, 5, TimeSpan.FromSeconds(10), 1);
        var began = clock.UtcNow;
        var answers = Client(server, clock, out _).GetMany(Enumerable.Range(0, Users).Select(i => $"/v1.0/users/{i}/authentication/fido2Methods"), CancellationToken.None).ToList();
        Assert.Equal(Users, answers.Count(a => a.IsSuccess));
        Assert.Equal(0, server.TurnedAway);
        RequireLittleWaste(clock.UtcNow - began, Users, 5, 10);
    }

    [Fact]
    public void Two_commands_on_one_tenant_share_the_limit()
    {
        var clock = new VirtualClock(GraphSender.RequestTimeout, GraphSender.Grace);
        using var server = new CountingHandler(clock, 5, TimeSpan.FromSeconds(10), 1);
        Client(server, clock, out var again);
        for (var i = 0; i < 12; i++) again().Get($"/v1.0/users/{i}/authentication/fido2Methods", CancellationToken.None);
        Assert.Equal(0, server.TurnedAway);
    }

    [Fact]
    public void The_directory_is_not_slowed_down()
    {
        var clock = new VirtualClock(GraphSender.RequestTimeout, GraphSender.Grace);
        using var server = new CountingHandler(clock, int.MaxValue, TimeSpan.FromSeconds(10), 200);
        Assert.Equal(200, Client(server, clock, out _).GetAll("/v1.0/groups", CancellationToken.None).Count());
        Assert.Empty(clock.Waits);
    }

    [Fact]
    public void Where_there_is_no_limit_nobody_waits()
    {
        var clock = new VirtualClock(GraphSender.RequestTimeout, GraphSender.Grace);
        var handler = new CountingHandler(clock, int.MaxValue, TimeSpan.FromSeconds(10), 30);
        using var http = new HttpClient(handler) { BaseAddress = new Uri("http://localhost:1/") };
        var client = new GraphClient(new GraphConnection(http.BaseAddress, () => http), new GraphTraffic(clock, () => 0.5, isPaced: false));
        Assert.Equal(30, client.GetAll("/v1.0/reports/x", CancellationToken.None).Count());
        Assert.Equal(60, client.GetMany(Enumerable.Range(0, 60).Select(i => $"/v1.0/users/{i}/authentication/methods"), CancellationToken.None).Count());
        Assert.Empty(clock.Waits);
    }

    [Theory]
    [InlineData("/v1.0/reports/x", ThrottleClass.Reports)]
    [InlineData("/beta/auditLogs/signIns?$filter=x", ThrottleClass.Reports)]
    [InlineData("/v1.0/users/a%40b/authentication/methods", ThrottleClass.Reports)]
    [InlineData("/v1.0/users?$filter=/reports/", ThrottleClass.Directory)]
    [InlineData("/v1.0/users/reports", ThrottleClass.Directory)]
    [InlineData("/v1.0/policies/authenticationMethodsPolicy", ThrottleClass.Directory)]
    [InlineData("/v1.0/policies/authenticationStrengthPolicies", ThrottleClass.ConditionalAccess)]
    [InlineData("/v1.0/identity/conditionalAccess/policies", ThrottleClass.ConditionalAccess)]
    [InlineData("/v1.0", ThrottleClass.Directory)]
    internal void A_path_has_a_class(string path, ThrottleClass expected) => Assert.Equal(expected, ThrottleClasses.Of(path));

    private static void RequireLittleWaste(TimeSpan taken, int requests, int limit, int seconds)
    {
        var least = TimeSpan.FromSeconds(((requests - 1) / limit) * seconds);
        Assert.InRange(taken, least, least * 1.1);
    }

    private static GraphClient Client(HttpMessageHandler handler, VirtualClock clock, out Func<GraphClient> another)
    {
        var http = new HttpClient(handler, disposeHandler: false) { BaseAddress = new Uri("http://localhost:1/") };
        var connection = new GraphConnection(http.BaseAddress, () => http);
        var traffic = new GraphTraffic(clock, () => 0.5);
        another = () => new GraphClient(connection, traffic);
        return another();
    }

    /// <summary>Turns requests away that come too fast, and answers the others after a while that differs from one to the next.</summary>
    private sealed class CountingHandler(VirtualClock clock, int limit, TimeSpan window, int pages) : HttpMessageHandler
    {
        private readonly Queue<DateTimeOffset> _arrived = new();
        private int _page;

        public int TurnedAway { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var ids = request.Method == HttpMethod.Get ? [""] : JObject.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))["requests"]!.Select(q => (string)q["id"]!).ToArray();
            lock (_arrived)
            {
                foreach (var _ in ids) _arrived.Enqueue(clock.UtcNow);
                while (_arrived.Peek() <= clock.UtcNow - window) _arrived.Dequeue();
                if (_arrived.Count > limit) TurnedAway++;
                _page++;
            }
            if (request.Method == HttpMethod.Get)
                return Json(_page < pages ? $$"""{"value":[{}],"@odata.nextLink":"http://localhost:1{{request.RequestUri!.AbsolutePath}}?page={{_page}}"}""" : """{"value":[{}]}""");
            return Json(new JObject { ["responses"] = new JArray(ids.Select(id => new JObject { ["id"] = id, ["status"] = 200, ["body"] = new JObject() })) }.ToString());
        }

        private static HttpResponseMessage Json(string text) => new(HttpStatusCode.OK) { Content = new StringContent(text, Encoding.UTF8, "application/json") };
    }
}
