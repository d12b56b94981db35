using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Devices;

/// <summary>
/// Reads the devices of a tenant, once, page after page, and keeps none. Properties are taken as those of a saved answer of Microsoft Graph are
/// (<see cref="FieldNames"/>), so that a device means the same whichever way it comes.
/// </summary>
/// <param name="staleBefore">Devices that were last seen before this moment are left out, those whose date is not known stay; null for all.</param>
internal sealed class DeviceSource(TenantSession tenant, GraphClient client, DeviceService service, DateTimeOffset? staleBefore)
{
    private const string Owners = "registeredOwners";

    /// <summary>As lists of owners have it; today Entra ID keeps one a device.</summary>
    private const int MostOwners = 100;

    private static readonly string[] IntuneProperties =
        ["id", "deviceName", "userPrincipalName", "emailAddress", "operatingSystem", "osVersion", "manufacturer", "model", "managedDeviceOwnerType", "lastSyncDateTime", "skuFamily", "joinType"];

    /// <summary>
    /// Edition, join type and kind of a device are in beta only (reference/graph-devices.md §1 [M]), and an edition tells a server from a client: so beta is
    /// asked, and v1.0 where beta does not answer.
    /// </summary>
    private static readonly string[] OnlyInBeta = ["skuFamily", "joinType", KindProperty];

    /// <summary>In the export, the name of the system says that an Android has no Google services; here it is the kind of device (its members are general knowledge, not in the reference).</summary>
    private const string KindProperty = "deviceType";
    private const string WithoutGoogleServices = "androidnGMS";
    private const string NameWithoutGoogleServices = "AOSP";

    private static readonly string[] EntraProperties =
        ["id", "deviceId", "displayName", "operatingSystem", "operatingSystemVersion", "manufacturer", "model", "trustType", "deviceOwnership", "approximateLastSignInDateTime"];

    /// <summary>Who left may have a device that is switched off in the directory: it is listed, and nobody signs in there.</summary>
    private const string EnabledProperty = "accountEnabled";

    private readonly InventoryColumns _columns = new($"{service}", service is DeviceService.Intune ? IntuneProperties : [.. EntraProperties, Owners], new FieldNames(InventoryFormat.Auto));
    private readonly DeviceFactory _factory = new();

    /// <summary>What devices and messages call the source, such as "Intune (Contoso)".</summary>
    public string Name { get; } = $"{service} ({tenant})";

    /// <summary>How many devices were read, those left out among them.</summary>
    public long Count { get; private set; }

    /// <summary>How many were left out, because they have not been seen for long.</summary>
    public long StaleCount { get; private set; }

    /// <summary>Whether beta did not answer, so that servers, and Android without Google services, may not be told from others.</summary>
    public bool HasNoEdition { get; private set; }

    /// <summary>How many are disabled in the directory.</summary>
    public long DisabledCount { get; private set; }

    /// <summary>How many have an owner whose name Graph did not give, as where users may not be read.</summary>
    public long UnnamedOwnerCount { get; private set; }

    /// <summary>
    /// The first request. Owners come along with the devices: asked for one by one they would be as many requests as there are devices. Intune's pages
    /// have the size that it likes; 999 is the most for the directory (reference/graph-users-and-usage.md §7).
    /// </summary>
    internal static string PathOf(DeviceService service, bool isBeta = true) => service is DeviceService.Intune
        ? $"/{(isBeta ? "beta" : "v1.0")}/deviceManagement/managedDevices?$select={string.Join(",", isBeta ? [.. IntuneProperties, KindProperty] : IntuneProperties.Except(OnlyInBeta))}"
        : $"/v1.0/devices?$select={string.Join(",", EntraProperties)},{EnabledProperty}&$expand={Owners}($select=id,userPrincipalName)&$top=999";

    /// <exception cref="PasskeyAdminException">
    /// <c>IntuneNotAvailable</c>, and what <see cref="GraphClient"/> throws. Where devices came before, the message says that they are not all.
    /// </exception>
    public IEnumerable<Device> Read(IProgress<InventoryProgress>? progress, CancellationToken token)
    {
        using var items = Items(token).GetEnumerator();
        while (GoOn(items))
        {
            var device = ToDevice(items.Current);
            if (++Count % InventoryReader.RowsBetweenReports == 0) progress?.Report(new InventoryProgress(Name, Count, 0, null));
            if (staleBefore is { } limit && device.LastSeen is { } seen && seen < limit) StaleCount++;
            else
            {
                if (service is DeviceService.Entra && items.Current[EnabledProperty] is JValue { Value: false }) DisabledCount++;
                yield return device;
            }
        }
    }

    private IEnumerable<JObject> Items(CancellationToken token)
    {
        var path = PathOf(service);
        var first = client.TryGet(path, token);
        if (service is DeviceService.Intune && first is { Fault: GraphFault.None, Status: 400 or 404 or 501 } && !DeviceSourceErrors.IsAboutLicence(client.ErrorOf(first, path)))
        {
            HasNoEdition = true;
            path = PathOf(service, isBeta: false);
            first = client.TryGet(path, token);
        }
        foreach (var item in client.ItemsOf(client.BodyOf(first, path), path, token)) yield return item;
    }

    private bool GoOn(IEnumerator<JObject> items)
    {
        try
        {
            return items.MoveNext();
        }
        catch (PasskeyAdminException e)
        {
            throw DeviceSourceErrors.Explain(e, service, Count);
        }
    }

    private Device ToDevice(JObject item)
    {
        var fields = new DeviceFields();
        _columns.Take(fields, column => DeviceFields.Clean(Text(item, column)));
        if (service is DeviceService.Intune && Text(item, KindProperty) is WithoutGoogleServices) fields.OperatingSystem = NameWithoutGoogleServices;
        return new Device(fields, _factory.SystemOf(fields), Name, null, tenant.TenantId);
    }

    private string? Text(JObject item, int column) => service is DeviceService.Intune ? Text(item, IntuneProperties[column])
        : column < EntraProperties.Length ? Text(item, EntraProperties[column]) : OwnersOf(item);

    private static string? Text(JObject item, string name) => item[name] is JValue { Value: { } value } ? Convert.ToString(value, CultureInfo.InvariantCulture) : null;

    private string? OwnersOf(JObject item)
    {
        if (item[Owners] is not JArray { Count: > 0 } owners) return null;
        List<string> names = [.. owners.Take(MostOwners).Select(o => JsonText.Of(o as JObject, "userPrincipalName")).OfType<string>()];
        if (names.Count == 0) UnnamedOwnerCount++;
        return string.Join(", ", names);
    }
}
