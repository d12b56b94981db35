using System;
using System.Collections.Generic;

namespace PasskeyAdmin.Devices;

/// <summary>Whether a device is ready for passkeys, with the verdict of each provider.</summary>
public sealed class DeviceReadiness
{

    internal DeviceReadiness(Device device, ReadinessVerdict verdict)
    {
        Device = device;
        Verdict = verdict;
    }

    public string? DeviceName => Device.DeviceName;

    public string? DeviceId => Device.DeviceId;

    public string? UserPrincipalName => Device.UserPrincipalName;

    public DevicePlatform Platform => Device.Platform;

    /// <summary>The operating system as found. It can say more than the platform: that an Android has no Google services, say.</summary>
    public string? OperatingSystem => Device.OperatingSystem;

    /// <summary>The version as found.</summary>
    public string? OSVersion => Device.OSVersion;

    /// <summary>The lowest version that the text allows; null where it cannot be read.</summary>
    public Version? ParsedVersion => Device.ParsedVersion;

    /// <summary>The edition as found.</summary>
    public string? Edition => Device.Edition;

    public string? Manufacturer => Device.Manufacturer;

    public string? Model => Device.Model;

    /// <summary>Null where the inventory does not say.</summary>
    public DateTimeOffset? LastSeen => Device.LastSeen;

    public ReadinessStatus Status => Verdict.Status;

    /// <summary>Why; empty where the device is ready as it is.</summary>
    public IReadOnlyList<ReadinessReason> Reason => Verdict.Reasons;

    /// <summary>True where the device is ready, but only in Google Chrome.</summary>
    public bool ReadyOnlyWithChrome => Verdict.ReadyOnlyWithChrome;

    /// <summary>One verdict for each provider asked about.</summary>
    public IReadOnlyList<ProviderReadiness> Provider => Verdict.Providers;

    /// <summary>What to do next, in words.</summary>
    public string NextStep => Verdict.NextStep;

    internal Device Device { get; }

    internal ReadinessVerdict Verdict { get; }

    public override string ToString() => $"{Device}: {Status}";
}
