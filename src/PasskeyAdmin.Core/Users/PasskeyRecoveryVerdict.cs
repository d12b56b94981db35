namespace PasskeyAdmin.Users;

/// <summary>Whether somebody gets back to a phishing-resistant sign-in after losing a device.</summary>
public enum PasskeyRecoveryVerdict
{
    /// <summary>What the answer hinges on could not be read.</summary>
    Unknown,

    /// <summary>With what is left, whichever device is lost.</summary>
    RecoverableAlone,

    /// <summary>With a Temporary Access Pass, which somebody has to issue.</summary>
    RecoverableWithHelpdesk,

    /// <summary>Neither way is there.</summary>
    Stranded,
}
