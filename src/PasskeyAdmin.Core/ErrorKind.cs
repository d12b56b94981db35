namespace PasskeyAdmin;

/// <summary>What sort of thing went wrong; the module turns it into a PowerShell error category.</summary>
public enum ErrorKind
{
    InvalidArgument,
    InvalidData,
    NotFound,
    Unavailable,
    AccessDenied,

    /// <summary>Nobody is signed in, or the sign-in is no longer good.</summary>
    SignInNeeded,

    /// <summary>The service could not be reached, or its answer did not come.</summary>
    ConnectionFailed,

    /// <summary>The service answered something that cannot be understood or must not be followed.</summary>
    ProtocolViolated,

    /// <summary>The service wants fewer requests.</summary>
    LimitExceeded,

    /// <summary>The state of things does not allow it now.</summary>
    InvalidOperation,
}
