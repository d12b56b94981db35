namespace PasskeyAdmin.Troubleshooting;

/// <summary>What the user complains of.</summary>
public enum PasskeySymptom
{
    /// <summary>To be told from what was read.</summary>
    Auto,

    /// <summary>A passkey cannot be added.</summary>
    CannotRegister,

    /// <summary>No passkey is offered, where one is added or where somebody signs in.</summary>
    OptionMissing,

    /// <summary>Sign-in with a passkey fails.</summary>
    CannotSignIn,

    /// <summary>It worked before.</summary>
    StoppedWorking,

    /// <summary>The phone, computer or key is lost or stolen.</summary>
    LostDevice,
}

/// <summary>How certain a cause is.</summary>
public enum CauseConfidence
{
    /// <summary>It fits what was read; something else may be the cause.</summary>
    Possible,

    /// <summary>Something that was read points to it.</summary>
    Likely,

    /// <summary>What was read makes it impossible that the user gets through.</summary>
    Certain,
}

/// <summary>What came of a check.</summary>
public enum UserCheckOutcome
{
    /// <summary>What it looks at could not be read; or nothing that was read explains the code or message that was given.</summary>
    NotChecked,

    /// <summary>Nothing is wrong there.</summary>
    Clear,

    /// <summary>It names a cause.</summary>
    Found,

    /// <summary>Something is, or may be, wrong there that does not explain this symptom.</summary>
    Aside,

    /// <summary>There is nothing that it could look at: no device was reported lost, the user has no security key.</summary>
    NotApplicable,
}

/// <summary>Where evidence comes from.</summary>
public enum EvidenceSource
{
    Account,
    Policy,
    Registration,
    ConditionalAccess,
    Device,
    SignInLog,
    AuditLog,

    /// <summary>The journal of changes of this module.</summary>
    Journal,

    /// <summary>The error code or message that was given.</summary>
    ErrorCode,
}

/// <summary>What the user is trying to do when a cause gets in the way.</summary>
[System.Flags]
internal enum Stage
{
    None = 0,
    Registration = 1,
    SignIn = 2,
    Both = Registration | SignIn,
    Recovery = 4,
}
