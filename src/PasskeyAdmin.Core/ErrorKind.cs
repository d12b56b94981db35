namespace PasskeyAdmin;

/// <summary>What sort of thing went wrong; the module turns it into a PowerShell error category.</summary>
public enum ErrorKind
{
    InvalidArgument,
    InvalidData,
    NotFound,
    Unavailable,
    AccessDenied,
}
