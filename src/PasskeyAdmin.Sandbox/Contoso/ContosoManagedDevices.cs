using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Sandbox.Contoso;

/// <summary>The sample inventory as Intune's Graph gives it (reference/graph-devices.md §1): the rows of the export, in their order, under other names.</summary>
internal static class ContosoManagedDevices
{
    public static JArray Create(IEnumerable<ContosoDeviceRow> rows) => new(rows.Select(Of));

    private static JObject Of(ContosoDeviceRow row)
    {
        var device = row.Device;
        var json = new JObject
        {
            ["id"] = row["Device ID"],
            ["azureADDeviceId"] = row["Azure AD Device ID"],
            ["deviceName"] = device.Name,
            ["operatingSystem"] = OperatingSystem(device.OS),
            ["osVersion"] = device.Version,
            ["manufacturer"] = device.Manufacturer,
            ["model"] = device.Model,
            ["serialNumber"] = row["Serial number"],
        };
        if (device.User is { } user)
        {
            json["userId"] = user.Id;
            json["userPrincipalName"] = user.UserPrincipalName;
            json["emailAddress"] = user.UserPrincipalName;
            json["userDisplayName"] = user.DisplayName;
        }
        json["managedDeviceOwnerType"] = device.Ownership is "Personal" ? "personal" : "company";
        json["complianceState"] = row["Compliance"].ToLowerInvariant();
        json["isEncrypted"] = row["Encrypted"] is "True";
        json["isSupervised"] = row["Supervised"] is "True";
        json["jailBroken"] = row["Jailbroken"];
        json["enrolledDateTime"] = row.Date("Enrollment date");
        json["lastSyncDateTime"] = row.Date("Last check-in");
        json["managementAgent"] = row["Managed by"] is "Co-managed" ? "configurationManagerClientMdm" : "mdm";
        json["deviceEnrollmentType"] = Enrolment(device, row["Managed by"] is "Co-managed");
        json["joinType"] = device.JoinType switch { "Azure AD joined" => "azureADJoined", "Hybrid Azure AD joined" => "hybridAzureADJoined", "Azure AD registered" => "azureADRegistered", _ => "unknown" };
        // The export says it in the name of the system.
        if (device.OS.StartsWith("AOSP", StringComparison.Ordinal)) json["deviceType"] = "androidnGMS";
        if (device.SkuFamily.Length > 0) json["skuFamily"] = device.SkuFamily;
        if (row["Security patch level"] is { Length: > 0 } patch) json["androidSecurityPatchLevel"] = patch;
        return json;
    }

    /// <summary>The export's word for a system also says how an Android is enrolled; Graph's does not.</summary>
    public static string OperatingSystem(string exported) =>
        exported.StartsWith("iOS", StringComparison.Ordinal) ? "iOS" : exported.StartsWith("Android", StringComparison.Ordinal) || exported.StartsWith("AOSP", StringComparison.Ordinal) ? "Android" : exported;

    private static string Enrolment(ContosoDevice device, bool isCoManaged) => device.OS switch
    {
        "Windows" when isCoManaged => "windowsCoManagement",
        "Windows" when device.JoinType is "Azure AD joined" => "windowsAzureADJoin",
        "Windows" => "windowsAutoEnrollment",
        "macOS" or "iOS/iPadOS" when device.Ownership is "Personal" => "userEnrollment",
        "macOS" or "iOS/iPadOS" => device.User is null ? "appleBulkWithoutUser" : "appleBulkWithUser",
        _ => "userEnrollment",
    };
}
