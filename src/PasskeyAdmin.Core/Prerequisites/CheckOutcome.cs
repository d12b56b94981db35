namespace PasskeyAdmin.Prerequisites;

/// <summary>What came of a check.</summary>
public enum CheckOutcome
{
    /// <summary>It is as it must be.</summary>
    Pass,

    /// <summary>It is not.</summary>
    Fail,

    /// <summary>It could not be told.</summary>
    Unknown,
}
