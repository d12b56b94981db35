using System;

namespace Microsoft.Graph.PowerShell;

/// <summary>Nobody is signed in, or what is held is no token.</summary>
public sealed class AuthenticationException : Exception
{
    public AuthenticationException()
    {
    }

    public AuthenticationException(string message) : base(message)
    {
    }

    public AuthenticationException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
