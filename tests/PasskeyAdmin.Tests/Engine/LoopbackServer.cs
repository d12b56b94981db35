using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace PasskeyAdmin.Tests.Engine;

/// <summary>A web server on this machine that answers as a test says and remembers what arrived.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<Arrival> _arrivals = new();
    private readonly Task _serving;

    public LoopbackServer(Action<HttpListenerRequest, HttpListenerResponse> answer)
    {
        Address = new Uri($"http://127.0.0.1:{FreePort()}/");
        _listener.Prefixes.Add(Address.ToString());
        _listener.Start();
        _serving = ServeAsync(answer);
    }

    public Uri Address { get; }

    public IReadOnlyList<Arrival> Arrivals => [.. _arrivals];

    public void Dispose()
    {
        _listener.Stop();
        _serving.Wait(TimeSpan.FromSeconds(5));
        _listener.Close();
    }

    private async Task ServeAsync(Action<HttpListenerRequest, HttpListenerResponse> answer)
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                // How a stop ends the wait.
                return;
            }
            _arrivals.Enqueue(new Arrival(context.Request.HttpMethod, context.Request.RawUrl!, context.Request.Headers["Authorization"]));
            answer(context.Request, context.Response);
            context.Response.Close();
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}

/// <summary>A request as it arrived.</summary>
internal sealed record Arrival(string Method, string Path, string? Authorization);
