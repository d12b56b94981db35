namespace PasskeyAdmin.Troubleshooting;

/// <summary>What an event of the logs is about.</summary>
public enum PasskeyAuditKind
{
    /// <summary>A passkey, or another method, was registered, or that was refused.</summary>
    Registration,

    /// <summary>A passkey, or another method, was removed.</summary>
    Removal,

    /// <summary>The passkey policy or an authentication strength was changed.</summary>
    PolicyChange,

    /// <summary>Somebody signed in with a passkey, or tried to.</summary>
    Use,
}

/// <summary>Who did it, as seen from the user whom it is about.</summary>
public enum PasskeyAuditInitiator
{
    /// <summary>The log does not say.</summary>
    Unknown,

    /// <summary>The user did it.</summary>
    Themselves,

    /// <summary>Another user did it. Of a policy, any user.</summary>
    OtherUser,
    Application,
}

/// <summary>Why somebody should look at an event.</summary>
public enum PasskeyAnomalyKind
{
    /// <summary>Not the user registered it.</summary>
    RegisteredBySomebodyElse,

    /// <summary>Somebody registered security info for the user shortly before, which may have been a Temporary Access Pass.</summary>
    RegisteredAfterPass,

    /// <summary>No profile of the present policy allows it.</summary>
    ProviderNotAllowed,

    /// <summary>Many passkeys of one user in a short time.</summary>
    ManyOfOneUser,

    /// <summary>One administrator or application registered passkeys for many users in a short time.</summary>
    ManyByOneInitiator,

    /// <summary>In a country that the user was not in before.</summary>
    UnusualPlace,
}
