using System;

namespace PasskeyAdmin.Prerequisites;

internal static class Judgement
{
    /// <summary>Judges what was read; what was not is unknown.</summary>
    public static CheckResult Judge<T>(this Reading<T> reading, Func<T, CheckResult> judge) where T : notnull => reading.Reason is { } reason ? CheckResult.Unknown(reason, reading.Fix) : judge(reading.Value);
}
