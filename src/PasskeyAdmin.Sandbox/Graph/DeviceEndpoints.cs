using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox.Storage;

namespace PasskeyAdmin.Sandbox.Graph;

/// <summary>Devices, as Intune and as Entra know them (reference/graph-devices.md §1 and §2).</summary>
internal static class DeviceEndpoints
{
    /// <summary>Intune gives a thousand at once; how many it takes is not in the reference.</summary>
    private const int PageOfIntune = 1000;

    /// <summary>§1 [M].</summary>
    private static readonly string[] OfManagedDevices =
    [
        "id", "azureADDeviceId", "deviceName", "operatingSystem", "osVersion", "androidSecurityPatchLevel", "manufacturer", "model", "serialNumber", "userId", "userPrincipalName", "emailAddress", "userDisplayName",
        "managedDeviceOwnerType", "deviceEnrollmentType", "complianceState", "isEncrypted", "isSupervised", "jailBroken", "enrolledDateTime", "lastSyncDateTime", "managementAgent", "azureADRegistered",
        "deviceRegistrationState", "enrollmentProfileName", "physicalMemoryInBytes", "totalStorageSpaceInBytes", "freeStorageSpaceInBytes", "deviceCategoryDisplayName", "managedDeviceName", "imei",
        "complianceGracePeriodExpirationDateTime", "wiFiMacAddress",
    ];

    private static readonly string[] OfBeta = ["joinType", "skuFamily", "processorArchitecture", "ownerType", "deviceType", "securityPatchLevel"];

    private static readonly string[] OfDevices =
    [
        "id", "deviceId", "displayName", "operatingSystem", "operatingSystemVersion", "trustType", "isCompliant", "isManaged", "managementType", "manufacturer", "model", "enrollmentType", "deviceOwnership", "profileType",
        "accountEnabled", "approximateLastSignInDateTime", "registrationDateTime", "physicalIds", "systemLabels", "isRooted", "mdmAppId",
    ];

    private static readonly string[] OfOwners = ["id", "displayName", "userPrincipalName", "mail", "accountEnabled", "userType", "department"];

    private static readonly string[] FilterOfDevices = ["id eq", "deviceId eq in", "displayName eq startswith", "accountEnabled eq", "operatingSystem eq startswith", "trustType eq", "isManaged eq", "isCompliant eq", "approximateLastSignInDateTime ge le"];
    private static readonly string[] FilterOfManagedDevices = ["id eq", "operatingSystem eq startswith", "userId eq", "userPrincipalName eq", "deviceName eq", "lastSyncDateTime ge gt le lt", "managedDeviceOwnerType eq", "complianceState eq", "azureADDeviceId eq"];

    public static readonly GraphRoute[] Routes =
    [
        new("GET", "devices", Devices),
        new("GET", "devices/{}", Device),
        new("GET", "devices/{}/registeredOwners", Owners),
        new("GET", "users/{}/registeredDevices", OwnedDevices),
        new("GET", "users/{}/ownedDevices", OwnedDevices),
        new("GET", "deviceManagement/managedDevices", ManagedDevices),
        new("GET", "deviceManagement/managedDevices/{}", ManagedDevice),
        new("GET", "users/{}/managedDevices", ManagedDevicesOfUser),
    ];

    private static SandboxAnswer Devices(GraphCall call)
    {
        var options = call.Options("$select", "$top", "$filter", "$skiptoken", "$expand", "$count");
        return call.Page(options, "devices", DirectoryEndpoints.Filtered(call.Directory.Devices, options, FilterOfDevices), d => Shown(call, options, d));
    }

    private static SandboxAnswer Device(GraphCall call)
    {
        var options = call.Options("$select", "$expand");
        return call.Single(options, "devices", Shown(call, options, Find(call)));
    }

    private static SandboxAnswer Owners(GraphCall call)
    {
        var options = call.Options("$select", "$top", "$skiptoken");
        return call.Page(options, "directoryObjects", [.. OwnersOf(call, Find(call))], u => DirectoryEndpoints.ShownObject(call, options, "user", u));
    }

    private static SandboxAnswer OwnedDevices(GraphCall call)
    {
        var options = call.Options("$select", "$top", "$skiptoken");
        var id = TenantDocument.IdOf(DirectoryEndpoints.FindUser(call, call.Ids[0]));
        return call.Page(options, "directoryObjects", [.. call.Directory.Devices.Where(d => OwnerIds(d).Contains(id, StringComparer.OrdinalIgnoreCase))], d => DirectoryEndpoints.ShownObject(call, options, "device", d));
    }

    private static SandboxAnswer ManagedDevices(GraphCall call)
    {
        var options = call.Options("$select", "$top", "$filter", "$skiptoken", "$count");
        RequireIntune(call);
        var list = DirectoryEndpoints.Filtered(call.Tenant.List("managedDevices"), options, FilterOfManagedDevices);
        return call.Page(options, "deviceManagement/managedDevices", list, d => ShownManaged(call, options, d), PageOfIntune, PageOfIntune);
    }

    private static SandboxAnswer ManagedDevice(GraphCall call)
    {
        var options = call.Options("$select");
        RequireIntune(call);
        var device = call.Tenant.List("managedDevices").Find(call.Ids[0]) ?? throw SandboxRefusal.NotFound(call.Ids[0]);
        return call.Single(options, "deviceManagement/managedDevices", ShownManaged(call, options, device));
    }

    private static SandboxAnswer ManagedDevicesOfUser(GraphCall call)
    {
        var options = call.Options("$select", "$top", "$skiptoken");
        RequireIntune(call);
        var id = TenantDocument.IdOf(DirectoryEndpoints.FindUser(call, call.Ids[0]));
        return call.Page(options, "managedDevices", [.. call.Tenant.List("managedDevices").Where(d => id.Equals(JsonText.Of(d, "userId"), StringComparison.OrdinalIgnoreCase))], d => ShownManaged(call, options, d), PageOfIntune, PageOfIntune);
    }

    /// <summary>
    /// What Intune says to a tenant without it is not in the reference; these are the status and the words that administrators report
    /// (unconfirmed).
    /// </summary>
    private static void RequireIntune(GraphCall call)
    {
        if (!call.Tenant.Settings.HasIntune) throw new SandboxRefusal(400, "BadRequest", "Request not applicable to target tenant.");
    }

    private static JObject Shown(GraphCall call, QueryOptions options, JObject device)
    {
        var shown = DirectoryEndpoints.Shown(Complete(device, OfDevices), options, null, OfDevices);
        if (options.Expand is { } expand) shown["registeredOwners"] = Expanded(call, expand, device);
        return shown;
    }

    /// <summary>Only the owners can come along, with or without a choice of their properties.</summary>
    private static JArray Expanded(GraphCall call, string expand, JObject device)
    {
        const string name = "registeredOwners";
        var inner = expand.Length > name.Length && expand.StartsWith(name + "(", StringComparison.OrdinalIgnoreCase) && expand.EndsWith(")", StringComparison.Ordinal) ? expand.Substring(name.Length + 1, expand.Length - name.Length - 2) : null;
        if (inner is null && !expand.Equals(name, StringComparison.OrdinalIgnoreCase) || inner?.StartsWith("$select=", StringComparison.OrdinalIgnoreCase) == false) throw SandboxRefusal.NotKnown($"$expand={expand}; it knows {name} and {name}($select=…)");
        var chosen = inner?.Substring("$select=".Length).Split(',').Select(n => n.Trim()).Distinct().ToList();
        if (chosen?.FirstOrDefault(n => !OfOwners.Contains(n)) is { } stranger) throw SandboxRefusal.NotKnown($"the property '{stranger}' of an owner; it knows {string.Join(", ", OfOwners)}");
        return [.. OwnersOf(call, device).Select(u => chosen is null
            ? DirectoryEndpoints.ShownObject(call, QueryOptions.None, "user", u)
            : new JObject(chosen.Where(n => n is "id" || GraphAccess.Shows(call.Tenant.Settings, "user")).Select(n => new JProperty(n, u[n]?.DeepClone())).Prepend(new JProperty("@odata.type", "#microsoft.graph.user"))))];
    }

    private static JObject ShownManaged(GraphCall call, QueryOptions options, JObject device)
    {
        string[] known = call.IsBeta ? [.. OfManagedDevices, .. OfBeta] : OfManagedDevices;
        var shown = Complete(device, known);
        foreach (var property in shown.Properties().Where(p => !known.Contains(p.Name)).ToList()) property.Remove();
        return options.Selected(shown, known);
    }

    /// <summary>The file leaves out what there is not; Graph says null.</summary>
    private static JObject Complete(JObject device, string[] names)
    {
        var complete = (JObject)device.DeepClone();
        foreach (var name in names) AuditLog.Fill(complete, name, null);
        return complete;
    }

    private static IEnumerable<JObject> OwnersOf(GraphCall call, JObject device) => OwnerIds(device).Select(i => call.Directory.Users.Find(i)).OfType<JObject>();

    private static IEnumerable<string> OwnerIds(JObject device) => (device["registeredOwners"] as JArray ?? []).Select(o => (o as JValue)?.Value as string).OfType<string>();

    private static JObject Find(GraphCall call)
    {
        DirectoryEndpoints.RequireId(call.Ids[0]);
        return call.Directory.Devices.Find(call.Ids[0]) ?? throw SandboxRefusal.NotFound(call.Ids[0]);
    }
}
