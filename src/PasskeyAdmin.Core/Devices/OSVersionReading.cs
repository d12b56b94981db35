using System;

namespace PasskeyAdmin.Devices;

/// <summary>
/// What a version text says. The first <paramref name="KnownParts"/> numbers of <paramref name="Version"/> are said; those behind them are the
/// lowest that the text allows ("Windows 11" is 10.0, and build 22000 or later).
/// </summary>
/// <param name="Version">Null where the text cannot be read.</param>
/// <param name="KnownParts">0 to 4.</param>
internal readonly record struct OSVersionReading(Version? Version, int KnownParts)
{
    /// <summary>Whether the device has at least this version.</summary>
    public RequirementAnswer Meets(Version minimum)
    {
        if (Version is null) return RequirementAnswer.Unknown;
        for (var part = 0; part < 4; part++)
        {
            var difference = Part(Version, part) - Part(minimum, part);
            if (difference > 0) return RequirementAnswer.Yes;
            if (difference < 0) return part < KnownParts ? RequirementAnswer.No : RequirementAnswer.Unknown;
        }
        return RequirementAnswer.Yes;
    }

    private static int Part(Version version, int part) => Math.Max(0, part switch
    {
        0 => version.Major,
        1 => version.Minor,
        2 => version.Build,
        _ => version.Revision,
    });
}
