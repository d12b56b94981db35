using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace PasskeyAdmin.Testing;

/// <summary>A request as it arrived.</summary>
internal sealed record ArrivedRequest(string Method, string Path, string Body, IReadOnlyDictionary<string, string> Headers);

/// <summary>A real web server on loopback in front of a handler that behaves like Graph, with faults that a test injects.</summary>
internal sealed class GraphServer : IDisposable
{
    private readonly WebApplication _application;
    private readonly HttpMessageInvoker? _graph;
    private readonly ConcurrentQueue<ArrivedRequest> _requests = new();

    /// <param name="graph">What answers where no fault does; null for a server of faults only.</param>
    public GraphServer(HttpMessageHandler? graph = null)
    {
        _graph = graph is null ? null : new HttpMessageInvoker(graph);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _application = builder.Build();
        _application.Run(AnswerAsync);
        _application.StartAsync().GetAwaiter().GetResult();
        Address = new Uri(_application.Urls.Single());
    }

    public Uri Address { get; }

    public IReadOnlyList<ArrivedRequest> Requests => [.. _requests];

    /// <summary>How Graph is addressed, as its own links show it; null for the address of this server.</summary>
    public Uri? PublicAddress { get; set; }

    /// <summary>What happens to a request instead of Graph's answer; the number counts requests from 0. Null lets Graph answer.</summary>
    public Func<ArrivedRequest, int, Fault?>? Faults { get; set; }

    public void Dispose()
    {
        _application.StopAsync(new CancellationToken(canceled: true)).GetAwaiter().GetResult();
        ((IDisposable)_application).Dispose();
        _graph?.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var request = new ArrivedRequest(context.Request.Method, target, await reader.ReadToEndAsync(), context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase));
        int number;
        lock (_requests)
        {
            number = _requests.Count;
            _requests.Enqueue(request);
        }
        if (Faults?.Invoke(request, number) is { } fault) await fault.ApplyAsync(context);
        else if (_graph is null) await Fault.Reply(404, """{"error":{"code":"NotFound","message":"Nothing here."}}""").ApplyAsync(context);
        else await ForwardAsync(context, request);
    }

    private async Task ForwardAsync(HttpContext context, ArrivedRequest request)
    {
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(PublicAddress ?? Address, request.Path));
        if (request.Body.Length > 0) message.Content = new StringContent(request.Body, Encoding.UTF8, MediaTypeHeaderValue.Parse(request.Headers.GetValueOrDefault("Content-Type", "application/json")).MediaType!);
        foreach (var name in new[] { "Prefer", "ConsistencyLevel" })
            if (request.Headers.TryGetValue(name, out var value)) message.Headers.TryAddWithoutValidation(name, value);
        using var answer = await _graph!.SendAsync(message, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers) context.Response.Headers[name] = values.ToArray();
        if (answer.Content is null || answer.StatusCode is System.Net.HttpStatusCode.NoContent) return;
        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
