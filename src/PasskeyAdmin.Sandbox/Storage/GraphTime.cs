using System;
using System.Globalization;

namespace PasskeyAdmin.Sandbox.Storage;

/// <summary>Dates as Graph writes them: UTC, with a Z.</summary>
internal static class GraphTime
{
    private static readonly string[] Forms = ["yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-ddTHH:mmK"];

    /// <summary>Null for anything that is no date and time with a zone.</summary>
    public static DateTimeOffset? Parse(string? text) =>
        text is { Length: > 16 } && (text[text.Length - 1] is 'Z' || text[text.Length - 6] is '+' or '-')
        && DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    /// <summary>To the second, with fractions where there are some.</summary>
    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture);
}
