using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Sandbox.Contoso;

/// <summary>What somebody sits in front of, in the coarse words of sign-in logs (reference/graph-devices.md §3).</summary>
/// <param name="Machine">Null: a device that Intune does not know.</param>
internal sealed record ContosoPlace(ContosoMachine? Machine, string OperatingSystem, string Browser)
{
    private static readonly string[] WindowsBrowsers = ["Edge 142.0.0", "Edge 142.0.0", "Edge 141.0.0", "Chrome 142.0.0", "Chrome 142.0.0", "Firefox 145.0"];

    public bool IsCompliant => Machine is { IsCompliant: true };

    public bool IsComputer => !OperatingSystem.StartsWith("Ios", StringComparison.Ordinal) && !OperatingSystem.StartsWith("Android", StringComparison.Ordinal);

    public JObject ToJson()
    {
        var json = new JObject();
        if (Machine is not null) json["deviceId"] = Machine.DeviceId;
        json["operatingSystem"] = OperatingSystem;
        json["browser"] = Browser;
        return json;
    }

    /// <summary>Where a method works: Windows Hello at the computer, Authenticator on the phone, a key anywhere.</summary>
    /// <param name="machines">The managed devices of the person, the computer first.</param>
    public static ContosoPlace For(ContosoMethod? method, IReadOnlyList<ContosoMachine> machines, DateTime time, Dice dice) => method?.Key switch
    {
        "authenticator-ios" => Phone(machines, "iOS", "Ios 26.1", time, dice),
        "apple" or "apple-managed" => machines[0].OperatingSystem is "macOS" ? AtComputer(machines, time, dice) : Phone(machines, "iOS", "Ios 26.1", time, dice),
        "authenticator-android" or "samsung" => Phone(machines, "Android", "Android 15", time, dice),
        "google" when machines[0].OperatingSystem is "Windows" => AtComputer(machines, time, dice) with { Browser = "Chrome 142.0.0" },
        "google" => Phone(machines, "Android", "Android 16", time, dice),
        _ => AtComputer(machines, time, dice),
    };

    /// <summary>Whose computer is not in use, sits at another, or at one of their own.</summary>
    public static ContosoPlace AtComputer(IReadOnlyList<ContosoMachine> machines, DateTime time, Dice dice) =>
        machines.FirstOrDefault(m => m.IsComputer && m.IsInUse(time)) is { } managed ? Of(managed, dice)
        : machines[0].OperatingSystem is "macOS" ? new(null, "MacOs", "Safari 26.1") : new(null, "Windows11", dice.Pick(WindowsBrowsers));

    private static ContosoPlace Phone(IReadOnlyList<ContosoMachine> machines, string system, string own, DateTime time, Dice dice) =>
        machines.FirstOrDefault(m => m.OperatingSystem == system && m.IsInUse(time)) is { } managed ? Of(managed, dice) : new(null, own, system is "iOS" ? "Mobile Safari 26.1" : "Chrome Mobile 142.0.0");

    private static ContosoPlace Of(ContosoMachine machine, Dice dice) => machine.OperatingSystem switch
    {
        "Windows" => new(machine, Build(machine.Version) >= 22000 ? "Windows11" : "Windows10", dice.Pick(WindowsBrowsers)),
        "macOS" => new(machine, "MacOs", dice.Percent(60) ? "Safari 26.1" : "Chrome 142.0.0"),
        "iOS" => new(machine, $"Ios {machine.Version}", machine.Version.StartsWith("26", StringComparison.Ordinal) ? "Mobile Safari 26.1" : "Mobile Safari 18.6"),
        _ => new(machine, $"Android {machine.Version.Split('.')[0]}", "Chrome Mobile 142.0.0"),
    };

    private static int Build(string version) => version.Split('.') is [_, _, var build, ..] && int.TryParse(build, out var number) ? number : 0;
}
