namespace PasskeyAdmin.Rules;

/// <summary>What a rule is about.</summary>
public enum RuleArea
{
    /// <summary>The policy itself: profiles, targets, exclusions.</summary>
    Profiles,

    /// <summary>Who may use passkeys, and what they have registered.</summary>
    People,

    /// <summary>Conditional Access and authentication strengths.</summary>
    Access,

    /// <summary>How the tenant is run, and the rules themselves.</summary>
    Operation,
}
