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

    /// <summary>The HTTP status that Microsoft Graph answered with; null where no answer is behind the error.</summary>
    public int? StatusCode { get; internal init; }

    /// <summary>Graph's own error code, such as <c>Authorization_RequestDenied</c>; null where it gave none.</summary>
    public string? GraphCode { get; internal init; }

    /// <summary>The id that Microsoft's support asks for; null where the answer had none.</summary>
    public string? RequestId { get; internal init; }

    /// <summary>How long Graph asked to wait; null where it did not.</summary>
    public TimeSpan? RetryAfter { get; internal init; }

    /// <summary>True for a write that may or may not have taken effect: the truth has to be read back.</summary>
    public bool IsOutcomeUnknown { get; internal init; }

    /// <summary>This error with a sentence more.</summary>
    internal PasskeyAdminException With(string sentence) => As(Kind, ErrorId, $"{Message} {sentence}");

    /// <summary>What this error means where it was met, with all that is known of its cause.</summary>
    internal PasskeyAdminException As(ErrorKind kind, string errorId, string message) => new(kind, errorId, message, InnerException)
    {
        RecommendedAction = RecommendedAction,
        StatusCode = StatusCode,
        GraphCode = GraphCode,
        RequestId = RequestId,
        RetryAfter = RetryAfter,
        IsOutcomeUnknown = IsOutcomeUnknown,
    };
}
