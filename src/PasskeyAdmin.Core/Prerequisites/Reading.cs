using System;

namespace PasskeyAdmin.Prerequisites;

/// <summary>What was read of a tenant, or the reason why it was not.</summary>
internal sealed class Reading<T> where T : notnull
{
    private Reading(T value, string? reason) => (Value, Reason) = (value, reason);

    /// <summary>Nothing where it was not read.</summary>
    public T Value { get; }

    /// <summary>Null where it was read.</summary>
    public string? Reason { get; }

    public bool IsRead => Reason is null;

    public static Reading<T> Of(T value) => new(value, null);

    public static Reading<T> NotRead(string reason) => new(default!, reason);

    /// <summary>Judges the value; what was not read is unknown.</summary>
    public CheckResult Judge(Func<T, CheckResult> judge) => Reason is { } reason ? CheckResult.Unknown(reason) : judge(Value);
}
