namespace PasskeyAdmin.Prerequisites;

/// <summary>Why a tenant cannot be worked on, and what mends it; no command where none would be the same sign-in.</summary>
internal sealed record SignInFailure(string Reason, string Fix, string? Command);
