using System;
using System.Globalization;

namespace PasskeyAdmin.Devices;

/// <summary>Reads the dates of inventories. Without a zone they are UTC (reference/graph-devices.md §1).</summary>
internal static class InventoryDate
{
    // Only forms that begin with the year: 08/01/2026 is August in one country and January in the next.
    private static readonly string[] Forms =
    [
        "yyyy-MM-dd HH:mm:ss.FFFFFFF", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mm:ss 'UTC'", "yyyy-MM-dd HH:mm", "yyyy-MM-dd", "yyyy/MM/dd HH:mm:ss",
    ];

    /// <returns>Null where there is no date, where it means "never" (0001, 1601) or "no end" (9999), and where it cannot be read without guessing.</returns>
    public static DateTimeOffset? Parse(string? text)
    {
        if (text is null) return null;
        return DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date)
            && date.Year is > 1970 and < 9999 ? date : null;
    }
}
