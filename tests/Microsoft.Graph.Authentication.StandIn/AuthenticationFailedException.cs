using System;

namespace Azure.Identity;

/// <summary>A token could not be had: refused, expired beyond refresh, cancelled.</summary>
public sealed class AuthenticationFailedException : Exception
{
    public AuthenticationFailedException()
    {
    }

    public AuthenticationFailedException(string message) : base(message)
    {
    }

    public AuthenticationFailedException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
