namespace PasskeyAdmin.Rules;

/// <summary>How much it matters where a rule fails.</summary>
public enum RuleSeverity
{
    /// <summary>Worth knowing.</summary>
    Information,

    /// <summary>It weakens the tenant, or will lock somebody out some day.</summary>
    Warning,

    /// <summary>Somebody is locked out, or what was meant as protection protects nothing.</summary>
    Error,
}
