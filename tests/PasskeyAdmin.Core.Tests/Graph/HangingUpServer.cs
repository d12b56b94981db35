using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace PasskeyAdmin.Core.Tests.Graph;

/// <summary>Reads the head of each request and closes the connection without an answer, in order and not by a reset, which no web server offers.</summary>
internal sealed class HangingUpServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private int _arrived;

    public HangingUpServer()
    {
        _listener.Start();
        _ = ServeAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    public int Arrived => Volatile.Read(ref _arrived);

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync()
    {
        while (true)
        {
            TcpClient client;
            try
            {
                client = await _listener.AcceptTcpClientAsync();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // How disposing ends the wait.
                return;
            }
            using (client)
            {
                using var reader = new StreamReader(client.GetStream(), leaveOpen: true);
                if (await reader.ReadLineAsync() is null) continue;
                Interlocked.Increment(ref _arrived);
                while (await reader.ReadLineAsync() is { Length: > 0 })
                {
                    // The rest of the head.
                }
                client.Client.Shutdown(SocketShutdown.Send);
            }
        }
    }
}
