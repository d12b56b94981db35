using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Security;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Testing;

namespace PasskeyAdmin.Core.Tests.Graph;

/// <summary>A client in front of a loopback server, with a token, on a virtual clock.</summary>
internal sealed class GraphFixture : IDisposable
{
    public const string Token = "opaque-token-of-a-test";

    private readonly HttpClient _http;
    private readonly GraphTraffic _traffic;

    public GraphFixture(HttpMessageHandler? graph = null)
    {
        Server = new GraphServer(graph);
        _http = AccessTokenHandler.CreateClient(Secret(Token), Server.Address, "PasskeyAdmin/test");
        Connection = new GraphConnection(Server.Address, () => _http) { Token = Secret(Token) };
        _traffic = new GraphTraffic(Clock, () => 0.5);
        Client = new GraphClient(Connection, _traffic, Log.Add);
    }

    public GraphServer Server { get; }

    public VirtualClock Clock { get; } = new(GraphSender.RequestTimeout, GraphSender.Grace);

    public GraphConnection Connection { get; }

    public GraphClient Client { get; }

    public List<string> Log { get; } = [];

    public static SecureString Secret(string text)
    {
        var secret = new SecureString();
        foreach (var c in text) secret.AppendChar(c);
        return secret;
    }

    public GraphClient ClientOf(GraphConnection connection) => new(connection, _traffic, Log.Add);

    public JObject Get(string path = "/v1.0/organization") => Client.Get(path, CancellationToken.None);

    /// <summary>The error of a read.</summary>
    public PasskeyAdminException Error(string path = "/v1.0/organization") => Assert.Throws<PasskeyAdminException>(() => Get(path));

    public void Dispose()
    {
        Server.Dispose();
        _http.Dispose();
    }
}
