using System;
using System.Globalization;

namespace PasskeyAdmin.Sandbox.Contoso;

/// <summary>The days on which things happened at Contoso. All times are UTC.</summary>
internal static class ContosoCalendar
{
    /// <summary>The tenant's own clock starts here: <c>settings.now</c>.</summary>
    public static readonly DateTime Now = At(2026, 11, 23, 9);

    /// <summary>Sign-ins and audits begin here, 60 days ago.</summary>
    public static readonly DateTime LogStart = Now.AddDays(-60);

    /// <summary>Passkeys came to Contoso 14 months ago.</summary>
    public static readonly DateTime FirstPasskeys = Now.AddMonths(-14);

    /// <summary>Synced passkeys became generally available (reference/graph-passkey-policy.md §1).</summary>
    public static readonly DateTime FirstSynced = At(2026, 3, 20, 8);

    /// <summary>The default profile lost its synced passkeys: <c>lastModifiedDateTime</c> of the policy.</summary>
    public static readonly DateTime Narrowed = new(2026, 11, 2, 8, 15, 0, DateTimeKind.Utc);

    public static readonly DateTime PilotStart = At(2026, 4, 13, 7);

    public static readonly DateTime Wave2Start = At(2026, 10, 12, 7);

    public static readonly DateTime Wave3Start = At(2026, 11, 9, 7);

    /// <summary>The ERP system began to demand approved passkeys.</summary>
    public static readonly DateTime ErpDemand = new(2026, 11, 16, 9, 40, 0, DateTimeKind.Utc);

    /// <summary>Text messages were narrowed to the group "Text message users".</summary>
    public static readonly DateTime TextsNarrowed = new(2026, 9, 28, 10, 22, 41, DateTimeKind.Utc);

    /// <summary>France began to demand compliant devices.</summary>
    public static readonly DateTime FranceDemand = At(2026, 11, 12, 8);

    public static string Text(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static DateTime Parse(string text) => DateTime.ParseExact(text, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    /// <summary>A time between two others at which somebody works in a country, as far as there is one.</summary>
    public static DateTime WorkingTime(Dice dice, ContosoCountry country, DateTime from, DateTime to)
    {
        var day = dice.Between(from, to).Date;
        day = day.DayOfWeek switch { DayOfWeek.Saturday => day.AddDays(-1), DayOfWeek.Sunday => day.AddDays(1), _ => day };
        var time = day.AddHours(7 - country.Offset).AddSeconds(dice.Next(11 * 3600));
        return time < from || time >= to ? dice.Between(from, to) : time;
    }

    /// <summary>Whether people in a country are at work then, by and large.</summary>
    public static bool IsWorkingTime(DateTime time, ContosoCountry country) => time.AddHours(country.Offset) is { DayOfWeek: not (DayOfWeek.Saturday or DayOfWeek.Sunday), Hour: >= 6 and < 20 };

    /// <summary>As <see cref="WorkingTime"/>, later times likelier: what grows.</summary>
    public static DateTime Growing(Dice dice, ContosoCountry country, DateTime from, DateTime to)
    {
        var (one, other) = (WorkingTime(dice, country, from, to), WorkingTime(dice, country, from, to));
        return one > other ? one : other;
    }

    private static DateTime At(int year, int month, int day, int hour) => new(year, month, day, hour, 0, 0, DateTimeKind.Utc);
}
