using System.Management.Automation;

namespace PasskeyAdmin.Commands;

/// <summary>Turns our exceptions into PowerShell's error records, in one place so that ids and categories agree.</summary>
internal static class ErrorRecords
{
    public static ErrorRecord ToErrorRecord(this PasskeyAdminException exception, object? target)
    {
        var record = new ErrorRecord(exception, exception.ErrorId, exception.Kind switch
        {
            ErrorKind.InvalidArgument => ErrorCategory.InvalidArgument,
            ErrorKind.InvalidData => ErrorCategory.InvalidData,
            ErrorKind.NotFound => ErrorCategory.ObjectNotFound,
            ErrorKind.Unavailable => ErrorCategory.ResourceUnavailable,
            ErrorKind.AccessDenied => ErrorCategory.PermissionDenied,
            ErrorKind.SignInNeeded => ErrorCategory.AuthenticationError,
            ErrorKind.ConnectionFailed => ErrorCategory.ConnectionError,
            ErrorKind.ProtocolViolated => ErrorCategory.ProtocolError,
            ErrorKind.LimitExceeded => ErrorCategory.LimitsExceeded,
            ErrorKind.InvalidOperation => ErrorCategory.InvalidOperation,
            _ => ErrorCategory.NotSpecified,
        }, target);
        if (exception.RecommendedAction is { } action) record.ErrorDetails = new ErrorDetails(exception.Message) { RecommendedAction = action };
        return record;
    }
}
