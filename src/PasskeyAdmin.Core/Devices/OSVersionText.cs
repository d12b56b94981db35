using System;
using System.Globalization;

namespace PasskeyAdmin.Devices;

/// <summary>
/// Reads the version forms of inventories (reference/graph-devices.md §1, table and build map). Strict on purpose: a text that could mean
/// something else (a date, an API level, a serial number) is unreadable, which leads to Unknown, and never to a wrong Yes.
/// </summary>
internal static class OSVersionText
{
    /// <summary>Android API levels begin at 21 where they matter; no Android version comes near (16 in 2026).</summary>
    private const int HighestAndroid = 19;

    /// <summary>Apple went from iOS 18 and macOS 15 to 26 and counts by years since; what lies between is something else (Darwin 22 is macOS 13).</summary>
    private const int FirstAppleYear = 26;
    private const int HighestApple = 60;

    /// <param name="text">The version as found; may be empty.</param>
    /// <param name="platform">What the numbers count.</param>
    public static OSVersionReading Parse(string? text, DevicePlatform platform)
    {
        if (text is null || platform is DevicePlatform.Unknown or DevicePlatform.Linux or DevicePlatform.Other) return default;
        if (text.IndexOf("Darwin", StringComparison.OrdinalIgnoreCase) >= 0) return default;
        var start = SkipName(text);
        if (platform is DevicePlatform.Windows or DevicePlatform.WindowsServer && WindowsRelease.Parse(text, start) is { Version: not null } release) return release;
        var reading = Numbers(text, start);
        if (platform is DevicePlatform.Windows or DevicePlatform.WindowsServer && reading is { KnownParts: 2, Version.Major: 10 } && BuildInBrackets(text) is { } build) reading = new(new Version(10, 0, build), 3);
        return reading.Version is { } version && IsPlausible(version, reading.KnownParts, platform) ? reading : default;
    }

    /// <summary>Whether a platform has, or may come to have, such a version.</summary>
    internal static bool IsPlausible(Version version, int parts, DevicePlatform platform) => platform switch
    {
        DevicePlatform.Windows or DevicePlatform.WindowsServer => parts > 1 && version.Major is >= 5 and <= 10,
        DevicePlatform.Android => version.Major is > 0 and <= HighestAndroid,
        DevicePlatform.iOS => version.Major is (> 0 and <= 18) or (>= FirstAppleYear and <= HighestApple),
        DevicePlatform.macOS => version.Major is (> 0 and <= 15) or (>= FirstAppleYear and <= HighestApple),
        _ => version.Major > 0,
    };

    /// <summary>Behind a leading name such as "iOS", "Mac OS X", "Version" or "Microsoft Windows"; the start of the text where it begins with a number.</summary>
    internal static int SkipName(string text)
    {
        var i = 0;
        while (i < text.Length && (char.IsWhiteSpace(text[i]) || char.IsLetter(text[i]) || text[i] is '/' or ':' or '[')) i++;
        return i;
    }

    /// <summary>Active Directory writes "10.0 (22631)".</summary>
    private static int? BuildInBrackets(string text)
    {
        var open = text.IndexOf('(');
        var close = open < 0 ? -1 : text.IndexOf(')', open);
        return close - open == 6 && int.TryParse(text.Substring(open + 1, 5), NumberStyles.None, CultureInfo.InvariantCulture, out var build) ? build : null;
    }

    /// <summary>One to four numbers with dots, alone or followed by something in brackets, by a build or by ".x".</summary>
    private static OSVersionReading Numbers(string text, int i)
    {
        Span4 numbers = default;
        while (true)
        {
            var start = i;
            long number = 0;
            while (i < text.Length && text[i] is >= '0' and <= '9' && i - start < 10) number = (number * 10) + (text[i++] - '0');
            if (i == start || number > int.MaxValue || numbers.Count == 4) return default;
            numbers.Add((int)number);
            if (i >= text.Length || text[i] is not '.') break;
            i++;
            if (i < text.Length && text[i] is 'x' or 'X' or '*')
            {
                i++;
                break;
            }
        }
        return EndsWell(text, i) ? numbers.ToReading() : default;
    }

    /// <summary>What may follow the numbers: nothing, a bracket ("(23F79)"), a word for the build, or "LTS".</summary>
    private static bool EndsWell(string text, int i)
    {
        var rest = text.Substring(i).TrimEnd();
        if (rest.Length == 0) return true;
        if (!char.IsWhiteSpace(rest[0]) && rest[0] is not ('(' or ']')) return false;
        rest = rest.TrimStart();
        return rest[0] is '(' or '[' || rest == "]" || rest.StartsWith("build", StringComparison.OrdinalIgnoreCase) || rest.StartsWith("LTS", StringComparison.OrdinalIgnoreCase);
    }

    private struct Span4
    {
        private int _a, _b, _c, _d;

        public int Count { get; private set; }

        public void Add(int number)
        {
            switch (Count++)
            {
                case 0: _a = number; break;
                case 1: _b = number; break;
                case 2: _c = number; break;
                default: _d = number; break;
            }
        }

        public readonly OSVersionReading ToReading() => (_a | _b | _c | _d) == 0 ? default : new(Count switch
        {
            1 or 2 => new Version(_a, _b),
            3 => new Version(_a, _b, _c),
            _ => new Version(_a, _b, _c, _d),
        }, Count);
    }
}
