namespace PasskeyAdmin;

/// <summary>What was read of a tenant, or the reason why it was not.</summary>
internal sealed class Reading<T> where T : notnull
{
    private Reading(T value, string? reason, string? fix) => (Value, Reason, Fix) = (value, reason, fix);

    /// <summary>Nothing where it was not read.</summary>
    public T Value { get; }

    /// <summary>Null where it was read.</summary>
    public string? Reason { get; }

    /// <summary>What to do so that it can be read; null where that is not known.</summary>
    public string? Fix { get; }

    public bool IsRead => Reason is null;

    public static Reading<T> Of(T value) => new(value, null, null);

    public static Reading<T> NotRead(string reason, string? fix = null) => new(default!, reason, fix);
}
