using System;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Testing;

namespace PasskeyAdmin.Core.Tests.Graph;

/// <summary>The proxy of a process is everybody's: these tests run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneGroup
{
    public const string Name = "Alone";
}

[Collection(AloneGroup.Name)]
public class ProxyTests
{
    [Fact]
    public async Task A_token_for_this_machine_goes_through_no_proxy()
    {
        using var proxy = new TcpListener(IPAddress.Loopback, 0);
        proxy.Start();
        var asked = proxy.AcceptTcpClientAsync();
        using var server = new GraphServer { Faults = (_, _) => Fault.Reply(200, "{}") };
        var before = HttpClient.DefaultProxy;
        HttpClient.DefaultProxy = new WebProxy($"http://127.0.0.1:{((IPEndPoint)proxy.LocalEndpoint).Port}");
        try
        {
            using var http = AccessTokenHandler.CreateClient(GraphFixture.Secret("x"), server.Address, "test");
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            using var answer = await http.GetAsync("/v1.0/x", limit.Token);
        }
        finally
        {
            HttpClient.DefaultProxy = before;
        }
        Assert.Single(server.Requests);
        Assert.False(asked.IsCompleted);
    }
}
