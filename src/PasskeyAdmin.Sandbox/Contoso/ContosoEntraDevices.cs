using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Sandbox.Contoso;

/// <summary>
/// The devices of the directory (reference/graph-devices.md §2): one for each row of the inventory, and those that Intune does not know: people's own
/// phones and computers, and machines that nobody has deleted.
/// </summary>
internal static class ContosoEntraDevices
{
    private const string LastSignIn = "approximateLastSignInDateTime";
    private const int Personal = 250;
    private const int Forgotten = 40;

    private static readonly (int, (string OS, string[] Versions, string Name))[] PersonalKinds =
    [
        (34, ("IPhone", ["26.1", "26.0.1", "18.7.1", "17.7.2", "16.7.10"], "iPhone")),
        (4, ("IPad", ["26.1", "18.5"], "iPad")),
        (34, ("Android", ["16", "15", "14", "13", "10"], "Android")),
        (20, ("Windows", ["10.0.26200.6901", "10.0.26100.6584", "10.0.22631.5909", "10.0.19045.6332"], "DESKTOP")),
        (8, ("MacMDM", ["26.1", "15.7.1"], "MacBook")),
    ];

    /// <param name="last">When somebody last signed in with a device, by device id.</param>
    public static JArray Create(ContosoWorld world, IReadOnlyDictionary<string, string> last)
    {
        JArray devices = [.. world.Rows.Select(Managed), .. Enumerable.Range(0, Personal).Select(i => Own(i, world)), .. Enumerable.Range(0, Forgotten).Select(Left)];
        // The directory notices a sign-in, whatever Intune has heard.
        foreach (var device in devices)
            if (last.TryGetValue((string)device["deviceId"]!, out var time) && string.CompareOrdinal((string?)device[LastSignIn], time) < 0) device[LastSignIn] = time;
        return devices;
    }

    /// <summary>The object id of a row of the inventory; its device id is in the row.</summary>
    public static string ObjectId(int index) => Dice.For(DiceKind.EntraDevice, index).Guid();

    /// <summary>Some were reported lost, switched off in the directory, and found again.</summary>
    public static bool IsEnabled(ContosoDeviceRow row)
    {
        var dice = Dice.For(DiceKind.EntraDevice, row.Index);
        dice.Guid();
        return row.Device is not { OS: "macOS", User.UserPrincipalName: "anna.gupta2@contoso.com" } && dice.Next(150) > 0;
    }

    private static JObject Managed(ContosoDeviceRow row)
    {
        var dice = Dice.For(DiceKind.EntraDevice, row.Index);
        var (id, device) = (dice.Guid(), row.Device);
        var seen = row["Last check-in"].StartsWith("0001", StringComparison.Ordinal) ? null : row.Date("Last check-in");
        var json = Device(id, row["Azure AD Device ID"], device.Name, OperatingSystem(device, dice), device.Version, Trust(device), IsEnabled(row));
        json["isManaged"] = true;
        json["isCompliant"] = row["Compliance"] is "Compliant";
        json["deviceOwnership"] = device.Ownership is "Personal" ? "Personal" : "Company";
        json["profileType"] = device.User is null ? "Shared" : "RegisteredDevice";
        // The directory has the maker of some devices only.
        if (device.OS is not "Windows" && dice.Percent(12)) json["manufacturer"] = device.Manufacturer;
        if (device.OS is not "Windows" && dice.Percent(12)) json["model"] = device.Model;
        return Ended(json, seen, row.Date("Enrollment date"), device.User?.Id);
    }

    private static JObject Own(int index, ContosoWorld world)
    {
        var dice = Dice.For(DiceKind.PersonalDevice, index);
        var owner = world.Staff[dice.Next(world.Staff.Count)];
        var (os, versions, name) = dice.Pick(PersonalKinds);
        var shown = os is "Windows" ? $"{name}-{dice.Text(7, "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789")}" : $"{owner.Person.DisplayName.Split(' ')[0]}'s {name}";
        var json = Device(dice.Guid(), dice.Guid(), shown, os, dice.Pick(versions), "Workplace", dice.Next(25) > 0);
        json["deviceOwnership"] = "Personal";
        json["profileType"] = "RegisteredDevice";
        var seen = ContosoCalendar.Now.AddDays(dice.Percent(88) ? -dice.Next(60) : -dice.Next(180)).AddMinutes(-dice.Next(600));
        return Ended(json, ContosoCalendar.Text(seen), ContosoCalendar.Text(seen.AddDays(-10 - dice.Next(700))), owner.Person.Id);
    }

    /// <summary>Not seen for half a year and more. Nobody owns some of them any longer.</summary>
    private static JObject Left(int index)
    {
        var dice = Dice.For(DiceKind.PersonalDevice, 10_000 + index);
        var seen = ContosoCalendar.Now.AddDays(-190 - dice.Next(500)).AddMinutes(-dice.Next(600));
        var json = Device(dice.Guid(), dice.Guid(), $"CON-OLD-{dice.Digits(4)}", "Windows", dice.Percent(70) ? "10.0.19044.4529" : "10.0.17763.6659", dice.Percent(60) ? "ServerAd" : "AzureAd", index % 8 > 0);
        json["isManaged"] = false;
        return Ended(json, ContosoCalendar.Text(seen), ContosoCalendar.Text(seen.AddDays(-300 - dice.Next(900))), null);
    }

    private static JObject Device(string id, string deviceId, string name, string os, string version, string trust, bool isEnabled) => new()
    {
        ["id"] = id,
        ["deviceId"] = deviceId,
        ["displayName"] = name,
        ["operatingSystem"] = os,
        ["operatingSystemVersion"] = version,
        ["trustType"] = trust,
        ["accountEnabled"] = isEnabled,
    };

    private static JObject Ended(JObject json, string? seen, string registered, string? owner)
    {
        if (seen is not null) json[LastSignIn] = seen;
        json["registrationDateTime"] = registered;
        json["registeredOwners"] = owner is null ? [] : new JArray(owner);
        return json;
    }

    private static string OperatingSystem(ContosoDevice device, Dice dice) => device.OS switch
    {
        "iOS/iPadOS" when dice.Percent(20) => device.Model.StartsWith("iPad", StringComparison.Ordinal) ? "IPad" : "IPhone",
        "macOS" when dice.Percent(15) => "MacMDM",
        "" => "Unknown",
        var os when os.Contains("Work Profile") => dice.Percent(70) ? "AndroidForWork" : "Android",
        var os when os.Contains("Fully Managed") || os.Contains("Dedicated") => dice.Percent(60) ? "AndroidEnterprise" : "Android",
        var os => ContosoManagedDevices.OperatingSystem(os),
    };

    private static string Trust(ContosoDevice device) => device.JoinType switch
    {
        "Azure AD joined" => "AzureAd",
        "Hybrid Azure AD joined" => "ServerAd",
        "Unknown" when device.OS is "Windows" => "AzureAd",
        _ => "Workplace",
    };
}
