using System;
using System.Globalization;

namespace PasskeyAdmin.Sandbox.Storage;

/// <summary>Dates as Graph writes them: UTC, with a Z.</summary>
internal static class GraphTime
{
    /// <summary>Null for anything that is no date with a zone.</summary>
    public static DateTimeOffset? Parse(string? text) =>
        text is { Length: > 9 } && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    /// <summary>To the second, with fractions where there are some.</summary>
    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture);
}
