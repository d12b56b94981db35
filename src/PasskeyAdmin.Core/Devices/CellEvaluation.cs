using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Devices;

/// <summary>
/// Whether a device meets the cells of the matrix (design §7). What excludes the device for certain is asked first, so that something unknown
/// elsewhere does not blur a certain No.
/// </summary>
internal static class CellEvaluation
{
    /// <summary>The verdict of one provider: the best of its cells on this platform.</summary>
    public static ProviderReadiness Judge(AskedProvider asked, DeviceSystem system)
    {
        if (asked.Cells is null)
            return new(asked.Name, RequirementAnswer.Unknown, ReadinessReason.ProviderNotInMatrix, "the requirements in force say nothing about it", null);
        if (system.Platform is DevicePlatform.Unknown)
            return new(asked.Name, RequirementAnswer.Unknown, ReadinessReason.PlatformUnknown, "the operating system is not known", null);
        return asked.Cells.Where(c => c.Platform == system.Platform).Select(cell => Judge(asked.Name, cell, system)).OfType<ProviderReadiness>()
                .OrderByDescending(Rank).FirstOrDefault()
            ?? new(asked.Name, RequirementAnswer.No, ReadinessReason.PlatformUnsupported, $"not available on {Shown(system.Platform)}", null);
    }

    private static int Rank(ProviderReadiness verdict) => verdict switch
    {
        { IsBuiltIn: true } => 5,
        { IsBuiltInToChrome: true } => 4,
        { Answer: RequirementAnswer.Yes } => 3,
        { Answer: RequirementAnswer.Unknown } => 2,
        { Reason: not ReadinessReason.PlatformUnsupported } => 1,
        _ => 0,
    };

    /// <summary>Null where the cell is about other devices: releases or manufacturers that this one does not have.</summary>
    private static ProviderReadiness? Judge(string name, RequirementCell cell, DeviceSystem system)
    {
        var minimum = cell.EffectiveMinimum is { } version ? system.Version.Meets(version) : RequirementAnswer.Yes;
        var tooNew = cell.BelowVersion is { } below ? system.Version.Meets(below) : RequirementAnswer.No;
        var excluded = AnyOf(cell.ExcludedManufacturers, system);
        var only = cell.OnlyManufacturers.Count == 0 ? true : AnyOf(cell.OnlyManufacturers, system);
        if (only is false || tooNew is RequirementAnswer.Yes) return null;
        if (cell.Support is SupportKind.NotAvailable) return No(ReadinessReason.PlatformUnsupported, $"not available on {Shown(cell.Platform)}");
        if (cell.Objection is { IsCertain: true } kept) return No(ReadinessReason.NotInProfile, kept.Why);
        if (excluded is true) return No(ReadinessReason.ManufacturerExcluded, $"not on {string.Join(", ", cell.ExcludedManufacturers)}");
        if (cell.RequiresGoogleServices && system.WithoutGoogleServices) return No(ReadinessReason.GoogleServicesMissing, "needs Google's services, which AOSP does not have");
        if (minimum is RequirementAnswer.No) return No(ReadinessReason.OSTooOld, $"needs {Needed(cell)}, has {Found(system)}");
        if (minimum is RequirementAnswer.Unknown || tooNew is RequirementAnswer.Unknown) return Unknown(ReadinessReason.VersionUnknown, $"needs {Needed(cell)}, and the version is not known exactly");
        if (only is null) return Unknown(ReadinessReason.ManufacturerUnknown, $"only on {string.Join(", ", cell.OnlyManufacturers)}, and the manufacturer is not known");
        if (excluded is null) return Unknown(ReadinessReason.ManufacturerUnknown, $"not on {string.Join(", ", cell.ExcludedManufacturers)}, and the manufacturer is not known");
        if (cell.Objection is { } open) return Unknown(ReadinessReason.ProfileUnclear, open.Why);
        if (!cell.Confirmed) return Unknown(ReadinessReason.Unconfirmed, cell.Condition ?? "the source is not certain");
        return new ProviderReadiness(name, RequirementAnswer.Yes, ReasonOf(cell.Support), cell.Condition ?? "", cell);

        ProviderReadiness No(ReadinessReason reason, string why) => new(name, RequirementAnswer.No, reason, why, cell);
        ProviderReadiness Unknown(ReadinessReason reason, string why) => new(name, RequirementAnswer.Unknown, reason, why, cell);
    }

    private static ReadinessReason ReasonOf(SupportKind support) => support switch
    {
        SupportKind.BuiltInToChrome => ReadinessReason.ChromeNeeded,
        SupportKind.BrowserExtension => ReadinessReason.ExtensionNeeded,
        SupportKind.App => ReadinessReason.AppNeeded,
        SupportKind.Hardware => ReadinessReason.HardwareNeeded,
        _ => ReadinessReason.None,
    };

    private static bool? AnyOf(IReadOnlyList<string> manufacturers, DeviceSystem system)
    {
        if (manufacturers.Any(maker => system.IsMadeBy(maker) is true)) return true;
        return manufacturers.Any(maker => system.IsMadeBy(maker) is null) ? null : false;
    }

    /// <summary>A platform in running text.</summary>
    internal static string Shown(DevicePlatform platform) => platform switch
    {
        DevicePlatform.WindowsServer => "Windows Server",
        DevicePlatform.Other => "this operating system",
        _ => platform.ToString(),
    };

    /// <summary>The lowest version of a cell in running text, such as "iOS 17" or "Windows 10 1903".</summary>
    internal static string Needed(RequirementCell cell) => cell.EffectiveMinimum is not { } minimum ? $"{Shown(cell.Platform)} in a version below {Number(cell.BelowVersion!)}"
        : cell.Platform is DevicePlatform.Windows && minimum.Major == 10 ? (minimum.Build > 0 ? $"{WindowsRelease.Name(minimum, 3, false, true)}" : "Windows 10")
        : $"{Shown(cell.Platform)} {Number(minimum)}";

    private static string Found(DeviceSystem system) => system.Version.Version is { } version ? Number(version) : "none";

    /// <summary>A version without zeros that nobody writes: 17, 14.3, 10.0.19045.</summary>
    private static string Number(Version version) => version.Build > 0 ? version.ToString() : version.Minor > 0 ? version.ToString(2) : version.Major.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
