using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace PasskeyAdmin.Sandbox.Contoso;

/// <summary>
/// Contoso's devices as Intune's portal exports them: 53 columns, CRLF, dates without a zone, quotes only where they are needed
/// (reference/graph-devices.md §1). The same text every time; <c>Samples/contoso-devices.csv</c> in the module is this with the default size.
/// </summary>
public static class ContosoInventory
{
    /// <summary>How many devices the sample of the module has.</summary>
    public const int SampleDevices = 1500;

    private static readonly DateTime ExportDate = new(2026, 11, 16, 6, 30, 0, DateTimeKind.Utc);

    private static readonly string[] Header =
    [
        "Device ID", "Device name", "Enrollment date", "Last check-in", "Azure AD Device ID", "OS version", "Azure AD registered", "EAS activation ID", "Serial number", "Manufacturer", "Model",
        "EAS activated", "IMEI", "Last EAS sync time", "EAS reason", "EAS status", "Compliance grace period expiration", "Security patch level", "Wi-Fi MAC", "MEID", "Subscriber carrier",
        "Total storage", "Free storage", "Management name", "Category", "UserId", "Primary user UPN", "Primary user email address", "Primary user display name", "WiFiIPv4Address", "WiFiSubnetID",
        "Compliance", "Managed by", "Ownership", "Device state", "Intune registered", "Supervised", "Encrypted", "OS", "SkuFamily", "JoinType", "Phone number", "Jailbroken", "ICCID", "EthernetMAC",
        "CellularTechnology", "ProcessorArchitecture", "EID", "SystemManagementBIOSVersion", "TPMManufacturerId", "TPMManufacturerVersion", "ProductName",
        "Management certificate expiration date",
    ];

    /// <summary>Writes the export.</summary>
    /// <param name="devices">At least 100; for benches up to millions. People grow with devices, about 800 for the sample.</param>
    public static void Write(TextWriter writer, int devices = SampleDevices)
    {
        if (devices < 100) throw new ArgumentOutOfRangeException(nameof(devices));
        var dice = NewDice();
        var people = ContosoPeople.Create(PeopleOf(devices), dice);
        WriteRow(writer, Header);
        foreach (var device in ContosoFleet.Create(devices, people, dice)) WriteRow(writer, Row(device, dice));
    }

    /// <summary>The people of the sample, and the rows of its devices while they are asked for, in the order of the export.</summary>
    internal static (IReadOnlyList<ContosoPerson> People, IEnumerable<ContosoDeviceRow> Rows) Sample()
    {
        var dice = NewDice();
        var people = ContosoPeople.Create(PeopleOf(SampleDevices), dice);
        return (people, Rows());

        IEnumerable<ContosoDeviceRow> Rows()
        {
            var index = 0;
            foreach (var device in ContosoFleet.Create(SampleDevices, people, dice)) yield return new ContosoDeviceRow(index++, device, Header, Row(device, dice));
        }
    }

    private static Dice NewDice() => new(20261116);

    private static int PeopleOf(int devices) => (int)(devices * 8L / 15);

    private static string[] Row(ContosoDevice device, Dice dice)
    {
        var isWindows = device.OS == "Windows";
        var isMobile = device.OS.StartsWith("iOS", StringComparison.Ordinal) || device.OS.StartsWith("Android", StringComparison.Ordinal);
        var checkIn = ExportDate.AddDays(-device.DaysSinceCheckIn).AddMinutes(-dice.Next(1440));
        return
        [
            dice.Guid(), device.Name, Date(checkIn.AddDays(-30 - dice.Next(900))), device.NeverCheckedIn ? Never : Date(checkIn), dice.Guid(), device.Version, "True", "",
            dice.Text(10, "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"), device.Manufacturer, device.Model, "False", isMobile ? "35" + dice.Digits(13) : "", Never, "None", "Unknown", NoEnd,
            device.OS.StartsWith("Android", StringComparison.Ordinal) ? "2026-10-01" : "", dice.Hex(12), "", "", isMobile ? "122880" : "488281", Number(20000 + dice.Next(90000)),
            $"{Owner(device)}_{device.OS.Split(' ')[0].Replace("/", "")}_{Date(checkIn).Substring(0, 10)}", device.Category, device.User?.Id ?? "", device.User?.UserPrincipalName ?? "",
            device.User?.UserPrincipalName ?? "", device.User?.DisplayName ?? "", "", "", dice.Percent(92) ? "Compliant" : "Noncompliant", isWindows && dice.Percent(10) ? "Co-managed" : "Intune",
            device.Ownership, "Managed", "True", device.OS.StartsWith("iOS", StringComparison.Ordinal) ? "True" : "False", dice.Percent(96) ? "True" : "False", device.OS, device.SkuFamily, device.JoinType, "",
            isMobile ? "False" : "Unknown", "", "", isMobile ? "LTE" : "", isWindows ? "x64" : "Unknown", "", isWindows ? "1." + Number(dice.Next(40)) + ".0" : "", isWindows ? dice.Pick(["INTC", "NTC", "AMD"]) : "",
            isWindows ? "600.18.0.0" : "", device.ProductName, isMobile ? Date(checkIn.AddDays(200)) : "",
        ];
    }

    private static string Owner(ContosoDevice device) => device.User?.UserPrincipalName.Split('@')[0] ?? "shared";

    private static string Never => "0001-01-01 00:00:00.0000000";

    private static string NoEnd => "9999-12-31 23:59:59.9999999";

    private static string Date(DateTime date) => date.ToString("yyyy-MM-dd HH:mm:ss.fffffff", CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static void WriteRow(TextWriter writer, IReadOnlyList<string> fields)
    {
        for (var i = 0; i < fields.Count; i++)
        {
            if (i > 0) writer.Write(',');
            var field = fields[i];
            if (field.Any(c => c is ',' or '"' or '\r' or '\n'))
            {
                writer.Write('"');
                writer.Write(field.Replace("\"", "\"\""));
                writer.Write('"');
            }
            else
            {
                writer.Write(field);
            }
        }
        writer.Write("\r\n");
    }
}
