using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Sandbox.Contoso;

/// <summary>What somebody sits in front of, in the coarse words of sign-in logs (reference/graph-devices.md §3).</summary>
/// <param name="DeviceId">Of a device that the directory knows; null for others.</param>
internal sealed record ContosoPlace(string? DeviceId, string OperatingSystem, string Browser)
{
    private static readonly string[] WindowsBrowsers = ["Edge 142.0.0", "Edge 142.0.0", "Edge 141.0.0", "Chrome 142.0.0", "Chrome 142.0.0", "Firefox 145.0"];

    public JObject ToJson()
    {
        var json = new JObject();
        if (DeviceId is not null) json["deviceId"] = DeviceId;
        json["operatingSystem"] = OperatingSystem;
        json["browser"] = Browser;
        return json;
    }

    /// <summary>Where a method works: Windows Hello at the computer, Authenticator on the phone, a key anywhere.</summary>
    /// <param name="devices">The managed devices of the person, the computer first.</param>
    public static ContosoPlace For(ContosoMethod? method, IReadOnlyList<ContosoDeviceRow> devices, Dice dice) => method?.Key switch
    {
        "authenticator-ios" => Phone(devices, "iOS", "Ios 26.1", dice),
        "apple" or "apple-managed" => Computer(devices).Device.OS is "macOS" ? Of(Computer(devices), dice) : Phone(devices, "iOS", "Ios 26.1", dice),
        "authenticator-android" or "samsung" => Phone(devices, "Android", "Android 15", dice),
        "google" when Computer(devices).Device.OS is "Windows" => Of(Computer(devices), dice) with { Browser = "Chrome 142.0.0" },
        "google" => Phone(devices, "Android", "Android 16", dice),
        _ => AtComputer(devices, dice),
    };

    public static ContosoPlace AtComputer(IReadOnlyList<ContosoDeviceRow> devices, Dice dice) => Of(Computer(devices), dice);

    private static ContosoDeviceRow Computer(IReadOnlyList<ContosoDeviceRow> devices) => devices[0];

    private static ContosoPlace Phone(IReadOnlyList<ContosoDeviceRow> devices, string os, string own, Dice dice) =>
        devices.FirstOrDefault(d => ContosoManagedDevices.OperatingSystem(d.Device.OS) == os) is { } managed ? Of(managed, dice) : new(null, own, os is "iOS" ? "Mobile Safari 26.1" : "Chrome Mobile 142.0.0");

    private static ContosoPlace Of(ContosoDeviceRow row, Dice dice)
    {
        var (id, version) = (row["Azure AD Device ID"], row.Device.Version);
        return ContosoManagedDevices.OperatingSystem(row.Device.OS) switch
        {
            "Windows" => new(id, Build(version) >= 22000 ? "Windows11" : "Windows10", dice.Pick(WindowsBrowsers)),
            "macOS" => new(id, "MacOs", dice.Percent(60) ? "Safari 26.1" : "Chrome 142.0.0"),
            "iOS" => new(id, $"Ios {version}", version.StartsWith("26", StringComparison.Ordinal) ? "Mobile Safari 26.1" : "Mobile Safari 18.6"),
            "Android" => new(id, $"Android {version.Split('.')[0]}", "Chrome Mobile 142.0.0"),
            var os => new(id, os, "Chrome 142.0.0"),
        };
    }

    private static int Build(string version) => version.Split('.') is [_, _, var build, ..] && int.TryParse(build, out var number) ? number : 0;
}
