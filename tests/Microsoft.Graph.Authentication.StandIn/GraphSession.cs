using System;
using System.Net.Http;
using System.Threading;
using Microsoft.Graph.PowerShell.Authentication.Helpers;

namespace Microsoft.Graph.PowerShell.Authentication;

/// <summary>Who is signed in: one for the whole process, whatever the runspace.</summary>
internal static class GraphSession
{
    private static volatile SignedIn? s_current;
    private static int s_signIns;

    internal static SignedIn? Current => s_current;

    internal static void SignIn(AuthContext context) => s_current = new SignedIn(context, $"stand-in-{Interlocked.Increment(ref s_signIns)}");

    internal static void SignOut() => s_current = null;

    internal sealed class SignedIn(AuthContext context, string token)
    {
        private readonly Lazy<HttpClient> _client = new(HttpHelpers.Create);

        internal AuthContext Context { get; } = context;

        internal string Token { get; } = token;

        internal HttpClient Client => _client.Value;
    }
}
