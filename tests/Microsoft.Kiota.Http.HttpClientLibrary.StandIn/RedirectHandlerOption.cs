using System;
using System.Net.Http;

namespace Microsoft.Kiota.Http.HttpClientLibrary.Middleware.Options;

/// <summary>The option a request carries under the full name of this type.</summary>
public sealed class RedirectHandlerOption
{
    private int _maxRedirect = 5;

    public int MaxRedirect
    {
        get => _maxRedirect;
        set => _maxRedirect = value <= 20 ? value : throw new InvalidOperationException("Maximum value for MaxRedirect property exceeded ");
    }

    public Func<HttpResponseMessage, bool> ShouldRedirect { get; set; } = _ => true;

    public bool AllowRedirectOnSchemeChange { get; set; }
}
