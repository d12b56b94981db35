namespace PasskeyAdmin.Troubleshooting;

/// <summary>A source that could not be read.</summary>
/// <param name="Reason">In a sentence.</param>
/// <param name="Answer">What Graph said; null where there is no more to say.</param>
internal sealed record Gap(string Reason, string? Answer = null)
{
    /// <summary>Null for what was read.</summary>
    public static Gap? Of<T>(Reading<T> reading) where T : notnull => reading.Reason is { } reason ? new Gap(reason, reading.Fix) : null;

    public override string ToString() => Answer is null ? Reason : $"{Reason} {Answer}";
}
