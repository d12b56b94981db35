namespace PasskeyAdmin.Rules;

/// <summary>What came of a rule.</summary>
public enum RuleOutcome
{
    /// <summary>It is as it should be, as far as the evidence says.</summary>
    Pass,

    /// <summary>It is not.</summary>
    Fail,

    /// <summary>There is nothing that the rule is about.</summary>
    NotApplicable,

    /// <summary>It could not be told.</summary>
    Unknown,

    /// <summary>It is not, and somebody took responsibility for that until a date.</summary>
    Suppressed,
}
