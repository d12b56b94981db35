using System;

namespace PasskeyAdmin;

/// <summary>An error that we foresaw. The message says what happened and what to do about it.</summary>
public sealed class PasskeyAdminException : Exception
{
    public PasskeyAdminException(ErrorKind kind, string errorId, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Kind = kind;
        ErrorId = errorId;
    }

    public ErrorKind Kind { get; }

    /// <summary>Stable PascalCase id. It is API: scripts match on it.</summary>
    public string ErrorId { get; }

    /// <summary>What to do next, where that is a command or one clear step; otherwise null.</summary>
    public string? RecommendedAction { get; internal init; }
}
