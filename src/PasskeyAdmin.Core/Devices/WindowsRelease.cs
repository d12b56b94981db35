using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace PasskeyAdmin.Devices;

/// <summary>
/// Windows releases by build (reference/graph-devices.md §1). Client and server share build numbers, so a name is claimed only where the build
/// belongs to one of them or the inventory names the edition.
/// </summary>
internal static class WindowsRelease
{
    private static readonly Release[] Releases =
    [
        new(10240, "Windows 10 1507", null),
        new(10586, "Windows 10 1511", null),
        new(14393, "Windows 10 1607", "Windows Server 2016"),
        new(15063, "Windows 10 1703", null),
        new(16299, "Windows 10 1709", "Windows Server 1709"),
        new(17134, "Windows 10 1803", "Windows Server 1803"),
        new(17763, "Windows 10 1809", "Windows Server 2019"),
        new(18362, "Windows 10 1903", "Windows Server 1903"),
        new(18363, "Windows 10 1909", "Windows Server 1909"),
        new(19041, "Windows 10 2004", "Windows Server 2004"),
        new(19042, "Windows 10 20H2", "Windows Server 20H2"),
        new(19043, "Windows 10 21H1", null),
        new(19044, "Windows 10 21H2", null),
        new(19045, "Windows 10 22H2", null),
        new(20348, null, "Windows Server 2022"),
        new(20349, null, "Azure Stack HCI 22H2"),
        new(22000, "Windows 11 21H2", null),
        new(22621, "Windows 11 22H2", null),
        new(22631, "Windows 11 23H2", null),
        new(25398, null, "Windows Server 23H2"),
        new(26100, "Windows 11 24H2", "Windows Server 2025"),
        new(26200, "Windows 11 25H2", null),
    ];

    /// <summary>Reads "Windows 11 23H2", "11 23H2", "Windows 10", "Windows Server 2022" and the like; nothing where the text is not of this form.</summary>
    /// <param name="start">Where the numbers begin.</param>
    public static OSVersionReading Parse(string text, int start)
    {
        // "10.0.22631" is not a name, and the words Enterprise, Pro … between number and release say nothing here.
        var words = text.Substring(start).Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || words[0].Contains('.')) return default;
        var named = words.Length > 1 ? Releases.FirstOrDefault(r => r.IsNamed(words[0], words[words.Length - 1])) : null;
        if (named is not null) return new(new Version(10, 0, named.Build), 3);
        return words[0] switch
        {
            "10" => new(new Version(10, 0), 2),
            "11" => new(new Version(10, 0, 22000), 2),
            "8" => new(new Version(6, 2), 2),
            "7" => new(new Version(6, 1), 2),
            // A build alone; no other number of Windows has five digits.
            { Length: 5 } build when words.Length == 1 && int.TryParse(build, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 10240 and < 40000 => new(new Version(10, 0, number), 3),
            var year => Releases.FirstOrDefault(r => r.Server is not null && r.Server.EndsWith(" " + year, StringComparison.Ordinal) && year.Length == 4 && text.IndexOf("server", StringComparison.OrdinalIgnoreCase) >= 0) is { } server
                ? new(new Version(10, 0, server.Build), 3)
                : default,
        };
    }

    /// <summary>Whether only servers have this build. Most builds are shared, and say nothing.</summary>
    public static bool IsServerOnly(Version? version) => version is { Major: 10 } && Releases.Any(r => r.Client is null && r.Build == version.Build);

    /// <summary>A name to group by, such as "Windows 11 23H2", or "Windows 11 24H2/Server 2025" where both are possible.</summary>
    public static string Name(Version version, int knownParts, bool isServer, bool isClient)
    {
        var platform = isServer ? "Windows Server" : "Windows";
        if (version.Major < 10) return $"{platform} {version.Major}.{version.Minor}";
        if (knownParts < 3) return isServer || version.Build < 22000 ? $"{platform} 10.0 (build not stated)" : "Windows 11 (build not stated)";
        if (Releases.FirstOrDefault(r => r.Build == version.Build) is not { } release) return $"{platform} build {version.Build}";
        if (isServer || release.Client is null) return release.Server ?? $"Windows Server build {version.Build}";
        if (release.Server is null || isClient) return release.Client;
        return $"{release.Client}/{release.Server?.Substring("Windows ".Length)}";
    }

    private sealed record Release(int Build, string? Client, string? Server)
    {
        public bool IsNamed(string generation, string release) => Client is not null
            && Client.Equals($"Windows {generation} {release}", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>All client builds, for the tests.</summary>
    internal static IEnumerable<(int Build, string Name)> ClientReleases => Releases.Where(r => r.Client is not null).Select(r => (r.Build, r.Client!));
}
