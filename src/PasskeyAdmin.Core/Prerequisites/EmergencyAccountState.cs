namespace PasskeyAdmin.Prerequisites;

/// <summary>What the directory says about an emergency account.</summary>
/// <param name="Named">As the administrator named it.</param>
internal sealed record EmergencyAccountState(string Named)
{
    /// <summary>Null where it was not found or not read.</summary>
    public string? Id { get; init; }

    /// <summary>Null where the directory does not say.</summary>
    public bool? IsEnabled { get; init; }

    /// <summary>Whether it is from another directory (<c>userType</c>).</summary>
    public bool IsGuest { get; init; }

    /// <summary>Whether it comes from the directory on premises, and falls with it.</summary>
    public bool IsSynchronised { get; init; }

    public bool IsMissing { get; init; }

    /// <summary>Why it could not be read; null where it was.</summary>
    public string? Reason { get; init; }
}
