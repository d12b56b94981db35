namespace PasskeyAdmin.Users;

/// <summary>What a change of policy does to one user's way in.</summary>
public enum PasskeyImpact
{
    /// <summary>Something that decides it could not be read.</summary>
    Unknown,

    /// <summary>Every passkey that worked still works.</summary>
    Unaffected,

    /// <summary>A passkey stops working, and another one still works.</summary>
    LosesPasskey,

    /// <summary>No passkey works any more, and another phishing-resistant method is left.</summary>
    LosesPasskeySignIn,

    /// <summary>No phishing-resistant method is left.</summary>
    Stranded,
}

/// <summary>Judges what is left (design §1). Pure.</summary>
internal static class ImpactRule
{
    /// <param name="passkeys">What becomes of each passkey.</param>
    /// <param name="hasOtherMethod">Whether there is another phishing-resistant method; null where that is not known.</param>
    public static PasskeyImpact Judge(System.Collections.Generic.IEnumerable<PasskeyOutcome> passkeys, bool? hasOtherMethod)
    {
        bool? isLost = false;
        bool? remains = false;
        foreach (var passkey in passkeys) (isLost, remains) = (isLost | passkey.IsLost, remains | passkey.IsUsable);
        return (isLost, remains, hasOtherMethod) switch
        {
            (false, _, _) => PasskeyImpact.Unaffected,
            (null, _, _) => PasskeyImpact.Unknown,
            (_, true, _) => PasskeyImpact.LosesPasskey,
            (_, null, _) => PasskeyImpact.Unknown,
            (_, _, true) => PasskeyImpact.LosesPasskeySignIn,
            (_, _, false) => PasskeyImpact.Stranded,
            _ => PasskeyImpact.Unknown,
        };
    }
}
