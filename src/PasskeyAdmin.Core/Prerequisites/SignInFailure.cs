namespace PasskeyAdmin.Prerequisites;

/// <summary>Why a tenant cannot be worked on, and the command that mends it.</summary>
internal sealed record SignInFailure(string Reason, string Command);
