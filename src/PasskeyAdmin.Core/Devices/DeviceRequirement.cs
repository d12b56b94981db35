using System;
using System.Collections.Generic;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Devices;

/// <summary>
/// One cell of the platform matrix: what one provider needs on one platform. A provider may have several cells on a platform; each is a way
/// of its own, and one that is met is enough.
/// </summary>
public sealed class DeviceRequirement
{
    internal DeviceRequirement(RequirementCell cell, string baseline)
    {
        Provider = cell.Provider;
        Platform = cell.Platform;
        PasskeyType = cell.PasskeyType;
        Support = cell.Support;
        MinimumVersion = cell.MinimumVersion;
        BelowVersion = cell.BelowVersion;
        ExcludedManufacturer = new JoinedList<string>(cell.ExcludedManufacturers);
        OnlyManufacturer = new JoinedList<string>(cell.OnlyManufacturers);
        Condition = cell.Condition;
        IsConfirmed = cell.Confirmed;
        Source = cell.Source;
        Baseline = baseline;
    }

    public string Provider { get; }

    public DevicePlatform Platform { get; }

    public PasskeyTypes PasskeyType { get; }

    public SupportKind Support { get; }

    /// <summary>The lowest operating system version that will do; null where any version does (on Windows: any Windows 10 or later).</summary>
    public Version? MinimumVersion { get; }

    /// <summary>The cell speaks only of versions below this one; null where it speaks of all.</summary>
    public Version? BelowVersion { get; }

    /// <summary>Manufacturers whose devices do not qualify.</summary>
    public IReadOnlyList<string> ExcludedManufacturer { get; }

    /// <summary>Where not empty, only devices of these manufacturers qualify.</summary>
    public IReadOnlyList<string> OnlyManufacturer { get; }

    /// <summary>What else must be true and no inventory shows; null where nothing.</summary>
    public string? Condition { get; }

    /// <summary>False where the source is not certain: then the cell never answers Yes.</summary>
    public bool IsConfirmed { get; }

    public string Source { get; }

    /// <summary>The baseline that the cell stands in, or the name of the file that it came from.</summary>
    public string Baseline { get; }

    public override string ToString() => $"{Provider} on {Platform}: {Support}";
}
