using System;
using System.Text;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace PasskeyAdmin.Testing;

/// <summary>Something that goes wrong on the way, or simply an answer that a test chose.</summary>
internal sealed class Fault
{
    private readonly Func<HttpContext, Task> _apply;

    private Fault(Func<HttpContext, Task> apply) => _apply = apply;

    /// <summary>The connection breaks before anything is answered.</summary>
    public static Fault Reset { get; } = new(context =>
    {
        context.Abort();
        return Task.CompletedTask;
    });

    /// <summary>No answer ever comes.</summary>
    public static Fault Silence { get; } = new(async context =>
    {
        var gone = new TaskCompletionSource();
        await using var registration = context.RequestAborted.Register(() => gone.TrySetResult());
        await gone.Task;
    });

    public static Fault Reply(int status, string body, params (string Name, string Value)[] headers) => Reply(status, body, "application/json; charset=utf-8", headers);

    public static Fault Reply(int status, string body, string contentType, params (string Name, string Value)[] headers) => new(async context =>
    {
        context.Response.StatusCode = status;
        foreach (var (name, value) in headers) context.Response.Headers[name] = value;
        if (body.Length == 0) return;
        context.Response.ContentType = contentType;
        await context.Response.WriteAsync(body);
    });

    public static Fault Bytes(int status, byte[] body, params (string Name, string Value)[] headers) => new(async context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        foreach (var (name, value) in headers) context.Response.Headers[name] = value;
        await context.Response.Body.WriteAsync(body);
    });

    /// <summary>The connection breaks in the middle of an answer.</summary>
    public static Fault BreakOff(string body) => new(async context =>
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = Encoding.UTF8.GetByteCount(body) + 100;
        await context.Response.WriteAsync(body);
        await context.Response.Body.FlushAsync();
        context.Abort();
    });

    /// <summary>Does something first, such as letting time pass.</summary>
    public Fault After(Action action) => new(context =>
    {
        action();
        return _apply(context);
    });

    public Task ApplyAsync(HttpContext context) => _apply(context);
}
