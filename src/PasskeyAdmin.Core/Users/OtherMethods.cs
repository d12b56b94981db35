namespace PasskeyAdmin.Users;

/// <summary>What a user can sign in with beside passkeys, as far as it withstands phishing.</summary>
/// <param name="Methods">Those that were seen.</param>
internal sealed record OtherMethods(ReportedMethods Methods)
{
    /// <summary>Why there may be more, in a sentence; null where there are no more.</summary>
    public string? OpenReason { get; init; }

    /// <summary>Null where that is not known.</summary>
    public bool? HasAny => ReportWords.HasOtherMethod(Methods) switch
    {
        false when OpenReason is not null => null,
        var known => known,
    };
}
