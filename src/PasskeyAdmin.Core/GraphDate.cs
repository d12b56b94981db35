using System;
using System.Globalization;

namespace PasskeyAdmin;

/// <summary>Dates as Graph writes them.</summary>
internal static class GraphDate
{
    /// <summary>Null for no date, for something else, and for the year 1, by which Graph says that there is none.</summary>
    public static DateTimeOffset? Parse(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date) && date.Year > 1 ? date : null;

    /// <summary>As a filter takes it.</summary>
    public static string Text(DateTimeOffset date) => date.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
