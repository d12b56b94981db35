using System.Collections.Generic;
using System.Globalization;

namespace PasskeyAdmin.Sandbox.Contoso;

/// <summary>The devices of Contoso: what an ordinary fleet of 2026 has, in ordinary shares, and the odd ones that every real export has.</summary>
internal static class ContosoFleet
{
    private const int OddDevices = 24;

    private static readonly (int, string)[] WindowsVersions =
    [
        (14, "10.0.26200.6901"), (12, "10.0.26200.7171"), (20, "10.0.26100.6584"), (12, "10.0.26100.4652"), (14, "10.0.22631.5909"), (4, "10.0.22621.4317"), (1, "10.0.22000.2538"),
        (14, "10.0.19045.6332"), (3, "10.0.19044.4529"), (1, "10.0.18363.1556"), (1, "10.0.17763.6659"), (1, "6.1.7601.24545"),
    ];

    private static readonly (int, string)[] AppleMobileVersions =
        [(26, "26.1"), (18, "26.0.1"), (16, "18.7.1"), (8, "18.5"), (6, "17.7.2"), (4, "17.4.1"), (4, "16.7.10"), (2, "15.8.3"), (1, "14.8.1"), (1, "12.5.7")];

    private static readonly (int, string)[] MacVersions =
        [(22, "26.1"), (14, "26.0.1"), (20, "15.7.1"), (12, "14.8"), (6, "14.5 (23F79)"), (6, "13.7.8"), (3, "12.7.6"), (2, "11.7.10"), (1, "10.15.7")];

    private static readonly (int, string)[] AndroidVersions = [(24, "16"), (24, "15"), (18, "14"), (8, "14.0"), (10, "13"), (8, "12"), (4, "11"), (3, "10"), (2, "9"), (2, "8.1.0")];

    private static readonly string[] AndroidEnrolments =
        ["Android (Corporate-Owned Work Profile)", "Android (Personally-Owned Work Profile)", "Android (Fully Managed)", "Android (Corporate-Owned Work Profile)"];

    private static readonly (int, (string Maker, string Model))[] AndroidModels =
    [
        (10, ("samsung", "SM-A566B")), (8, ("Samsung", "SM-S931B")), (4, ("samsung", "SM-G525F")), (3, ("SAMSUNG", "Galaxy S25")), (12, ("Google", "Pixel 9")), (8, ("Google", "Pixel 8a")),
        (4, ("Zebra Technologies", "TC58")), (4, ("motorola", "moto g84 5G")), (3, ("Xiaomi", "2312DRA50G")), (2, ("Fairphone", "FP5")), (2, ("HMD Global", "Nokia XR21")),
    ];

    private static readonly (int, (string Maker, string Model))[] WindowsModels =
    [
        (10, ("Dell Inc.", "Latitude 5450")), (8, ("Dell Inc.", "OptiPlex 7010")), (10, ("LENOVO", "21L1CTO1WW")), (8, ("HP", "HP EliteBook 840 14 inch G11 Notebook PC")),
        (6, ("Microsoft Corporation", "Surface Laptop, 7th Edition")), (3, ("Microsoft Corporation", "Virtual Machine")), (2, ("ASUSTeK COMPUTER INC.", "ExpertBook B1")),
    ];

    private static readonly (string Model, string Product)[] Phones = [("iPhone 16e", "iPhone17,5"), ("iPhone 15", "iPhone15,4"), ("iPhone 13", "iPhone14,5"), ("iPhone SE", "iPhone12,8")];
    private static readonly (string Model, string Product)[] Tablets = [("iPad Air", "iPad14,8"), ("iPad", "iPad13,18"), ("iPad Pro 11\"", "iPad16,3")];
    private static readonly (string Model, string Product)[] Macs = [("MacBook Air", "Mac15,12"), ("MacBook Pro", "Mac16,1"), ("iMac", "iMac21,1"), ("Mac mini", "Macmini9,1")];

    /// <summary>The devices, in a fixed order: the ordinary ones, then some odd ones.</summary>
    public static IEnumerable<ContosoDevice> Create(int count, IReadOnlyList<ContosoPerson> people, Dice dice)
    {
        for (var i = 0; i < count - OddDevices; i++)
        {
            // Everybody gets a computer first; the rest are phones, tablets and second computers.
            var person = i < people.Count ? people[i] : dice.Pick(people);
            var device = i < people.Count
                ? (dice.Percent(84) ? Windows(person, dice) : Mac(person, dice))
                : (dice.Next(100) switch { < 42 => AppleMobile(person, dice), < 84 => Android(person, dice), < 93 => Windows(person, dice), _ => Mac(person, dice) });
            yield return device with { DaysSinceCheckIn = DaysSinceCheckIn(dice), NeverCheckedIn = dice.Next(400) == 0 };
        }
        foreach (var device in Odd(people, dice)) yield return device;
    }

    private static ContosoDevice Windows(ContosoPerson person, Dice dice)
    {
        var (maker, model) = dice.Pick(WindowsModels);
        return new ContosoDevice
        {
            Name = $"CON-{(model == "Virtual Machine" ? "VM" : "LT")}-{dice.Digits(5)}",
            OS = "Windows",
            Version = dice.Pick(WindowsVersions),
            Manufacturer = maker,
            Model = model,
            SkuFamily = dice.Percent(80) ? "Enterprise" : "Pro",
            JoinType = dice.Percent(65) ? "Azure AD joined" : "Hybrid Azure AD joined",
            User = person,
        };
    }

    private static ContosoDevice Mac(ContosoPerson person, Dice dice)
    {
        var (model, product) = dice.Pick(Macs);
        return new ContosoDevice
        {
            Name = $"{Owner(person)}'s {model}",
            OS = "macOS",
            Version = dice.Pick(MacVersions),
            Manufacturer = "Apple",
            Model = model,
            ProductName = product,
            JoinType = "Azure AD registered",
            User = person,
        };
    }

    private static ContosoDevice AppleMobile(ContosoPerson person, Dice dice)
    {
        var (model, product) = dice.Percent(78) ? dice.Pick(Phones) : dice.Pick(Tablets);
        return new ContosoDevice
        {
            Name = dice.Percent(50) ? $"{Owner(person)}'s {model}" : model,
            OS = "iOS/iPadOS",
            Version = dice.Pick(AppleMobileVersions),
            Manufacturer = "Apple",
            Model = model,
            ProductName = product,
            JoinType = "Azure AD registered",
            Ownership = dice.Percent(60) ? "Corporate" : "Personal",
            User = person,
        };
    }

    private static ContosoDevice Android(ContosoPerson person, Dice dice)
    {
        var (maker, model) = dice.Pick(AndroidModels);
        var os = dice.Pick(AndroidEnrolments);
        return new ContosoDevice
        {
            Name = $"{person.UserPrincipalName.Split('@')[0]}_{(os.Contains("Work Profile") ? "AndroidForWork" : "AndroidEnterprise")}_{dice.Digits(4)}",
            OS = os,
            Version = dice.Pick(AndroidVersions),
            Manufacturer = maker,
            Model = model,
            JoinType = "Azure AD registered",
            Ownership = os.Contains("Personally") ? "Personal" : "Corporate",
            User = person,
        };
    }

    /// <summary>What an export of every year holds: no user, no version, no maker, names with quotes, commas and line breaks, formulas, and other systems.</summary>
    private static IEnumerable<ContosoDevice> Odd(IReadOnlyList<ContosoPerson> people, Dice dice)
    {
        ContosoDevice Device(string name, string os, string version, string maker, string model) => new() { Name = name, OS = os, Version = version, Manufacturer = maker, Model = model, User = dice.Pick(people) };
        yield return Device("KIOSK-LOBBY-01", "Windows", "10.0.19045.6332", "HP", "HP Engage One") with { User = null, SkuFamily = "Enterprise" };
        yield return Device("KIOSK-LOBBY-02", "Windows", "", "HP", "HP Engage One") with { User = null };
        yield return Device("CON-LT-00000", "Windows", "0.0.0.0", "Dell Inc.", "Latitude 5450");
        yield return Device("CON-SRV-APP01", "Windows", "10.0.20348.2966", "VMware, Inc.", "VMware20,1") with { User = null, SkuFamily = "ServerDatacenter", JoinType = "Hybrid Azure AD joined" };
        yield return Device("CON-SRV-APP02", "Windows", "10.0.26100.4652", "VMware, Inc.", "VMware20,1") with { User = null, SkuFamily = "ServerStandard", JoinType = "Hybrid Azure AD joined" };
        yield return Device("build-07", "Linux", "Ubuntu 24.04 LTS", "Dell Inc.", "Precision 3680");
        yield return Device("build-08", "Linux", "Red Hat Enterprise Linux 9.6", "LENOVO", "30HA");
        yield return Device("chromebox-frontdesk", "ChromeOS", "131.0.6778.96", "ASUS", "Chromebox 5") with { User = null };
        yield return Device("teams-room-4711", "AOSP (User-based)", "12", "Yealink", "MeetingBar A20") with { User = null };
        yield return Device("teams-phone-0815", "AOSP (User-based)", "9", "Poly", "CCX 505");
        yield return Device("rugged-scanner-03", "Android (Dedicated)", "13", "", "") with { User = null };
        yield return Device("rugged-scanner-04", "Android (Dedicated)", "8.1.0", "", "") with { User = null };
        yield return Device("rugged-scanner-05", "Android (Dedicated)", "Unknown", "Zebra Technologies", "TC21") with { User = null };
        yield return Device("phone-api-level", "Android (Fully Managed)", "34", "Google", "Pixel 8a");
        yield return Device("samsung-no-maker", "Android (Fully Managed)", "12", "", "SM-T575");
        yield return Device("Reception iPad, 2nd floor", "iOS/iPadOS", "17.4.1", "Apple", "iPad") with { User = null, ProductName = "iPad13,18" };
        yield return Device("The \"loud\" MacBook", "macOS", "14.8", "Apple", "MacBook Pro");
        yield return Device("Warehouse\r\nhand-over iPhone", "iOS/iPadOS", "16.7.10", "Apple", "iPhone SE");
        yield return Device("=HYPERLINK(\"http://contoso.example\";\"Open\")", "Windows", "10.0.22631.5909", "LENOVO", "21L1CTO1WW");
        yield return Device("\u001b[31mRED-LT\u001b[0m", "Windows", "10.0.26100.6584", "Dell Inc.", "Latitude 5450");
        yield return Device("会議室 iPad", "iOS/iPadOS", "26.1", "Apple", "iPad Air");
        yield return Device("", "iOS/iPadOS", "18.5", "Apple", "iPhone 15") with { Category = "Unnamed, see ticket" };
        yield return Device("vision-lab", "visionOS", "26.1", "Apple", "Apple Vision Pro");
        yield return Device("legacy-inventory-row", "", "", "", "") with { User = null, NeverCheckedIn = true };
    }

    private static string Owner(ContosoPerson person) => person.DisplayName.Split(' ')[0];

    private static int DaysSinceCheckIn(Dice dice) => dice.Next(100) switch
    {
        < 80 => dice.Next(7),
        < 92 => 7 + dice.Next(50),
        _ => int.Parse("9" + dice.Digits(1), CultureInfo.InvariantCulture) + dice.Next(300),
    };
}
