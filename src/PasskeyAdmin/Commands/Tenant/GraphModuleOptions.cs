using System;
using System.Net.Http;
using System.Reflection;

namespace PasskeyAdmin.Commands;

/// <summary>
/// Tells the Graph module's own handlers, request by request, neither to repeat nor to redirect. They look for an option under its full type name and
/// want their own type, so it is taken from the assembly of the handler itself. (<c>Set-MgRequestContext</c> would do it for the whole session.)
/// </summary>
internal sealed class GraphModuleOptions
{
    private readonly object? _retry;
    private readonly object? _redirect;

    private GraphModuleOptions(object? retry, object? redirect)
    {
        _retry = retry;
        _redirect = redirect;
    }

    /// <summary>Whether both are known to be off. Where one is not, a write could arrive more than once, or elsewhere.</summary>
    public bool AreKnown => _retry is not null && _redirect is not null;

    public static GraphModuleOptions Find(HttpClient client)
    {
        object? retry = null, redirect = null;
        for (var handler = First(client); handler is not null; handler = (handler as DelegatingHandler)?.InnerHandler)
        {
            retry ??= OptionOf(handler.GetType(), "RetryHandler", "MaxRetry");
            redirect ??= OptionOf(handler.GetType(), "RedirectHandler", "MaxRedirect");
        }
        return new GraphModuleOptions(retry, redirect);
    }

    public void Apply(HttpRequestMessage request)
    {
        if (_retry is not null) request.Properties[_retry.GetType().FullName] = _retry;
        if (_redirect is not null) request.Properties[_redirect.GetType().FullName] = _redirect;
    }

    /// <summary>The field is private; .NET and .NET Framework call it differently.</summary>
    private static HttpMessageHandler? First(HttpClient client)
    {
        const BindingFlags Private = BindingFlags.Instance | BindingFlags.NonPublic;
        var field = typeof(HttpMessageInvoker).GetField("_handler", Private) ?? typeof(HttpMessageInvoker).GetField("handler", Private);
        return field?.GetValue(client) as HttpMessageHandler;
    }

    /// <summary>The option of a handler with its limit set to zero; null where it is another handler, or one whose option looks different.</summary>
    private static object? OptionOf(Type handler, string name, string limit)
    {
        if (handler.Name != name || handler.Assembly.GetType($"{handler.Namespace}.Options.{name}Option") is not { } type) return null;
        if (type.GetProperty(limit) is not { CanWrite: true } property || property.PropertyType != typeof(int) || type.GetConstructor(Type.EmptyTypes) is not { } constructor) return null;
        var option = constructor.Invoke(null);
        property.SetValue(option, 0);
        return option;
    }
}
