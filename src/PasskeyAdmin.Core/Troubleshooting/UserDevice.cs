using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Devices;

namespace PasskeyAdmin.Troubleshooting;

/// <summary>A device of the user, as Microsoft Entra ID or Intune knows it.</summary>
internal sealed record UserDevice(Device Device)
{
    /// <summary>The object id in the directory; null for a device that Intune alone knows.</summary>
    public string? ObjectId { get; init; }

    /// <summary>The id that sign-ins name.</summary>
    public string? DeviceId { get; init; }

    /// <summary>Null where it is not known.</summary>
    public bool? IsEnabled { get; init; }

    /// <summary>Null where it is not known.</summary>
    public bool? IsCompliant { get; init; }

    /// <summary>As <c>AzureAd</c>, <c>ServerAd</c> or <c>Workplace</c>; null where it is not known.</summary>
    public string? TrustType { get; init; }

    public DateTimeOffset? RegisteredAt { get; init; }

    public DateTimeOffset? LastSeen { get; init; }

    public string Name => Device.DeviceName ?? "a device without a name";

    public bool IsPhone => Device.Platform is DevicePlatform.iOS or DevicePlatform.Android;

    /// <summary>Those of the directory, with what Intune knows better of them; then those that Intune alone knows.</summary>
    /// <param name="managed">Null where Intune was not read.</param>
    public static IReadOnlyList<UserDevice> Of(IEnumerable<JObject> registered, IEnumerable<JObject>? managed, string? tenantId)
    {
        var factory = new DeviceFactory();
        var left = (managed ?? []).ToList();
        var devices = new List<UserDevice>();
        foreach (var json in registered.Where(d => JsonText.Of(d, "@odata.type") is null or "#microsoft.graph.device"))
        {
            var same = left.Find(m => JsonText.Of(m, "azureADDeviceId") is { } id && id.Equals(JsonText.Of(json, "deviceId"), StringComparison.OrdinalIgnoreCase));
            if (same is not null) left.Remove(same);
            devices.Add(OfDirectory(json, same, factory, tenantId));
        }
        devices.AddRange(left.Select(m => OfIntune(m, factory, tenantId)));
        return [.. devices.OrderByDescending(d => d.LastSeen ?? DateTimeOffset.MinValue)];
    }

    private static UserDevice OfDirectory(JObject json, JObject? managed, DeviceFactory factory, string? tenantId)
    {
        string? Text(string name, string? better) => DeviceFields.Clean((better is null ? null : JsonText.Of(managed, better)) ?? JsonText.Of(json, name));
        var fields = new DeviceFields
        {
            Name = Text("displayName", "deviceName"),
            Id = Text("deviceId", null),
            OperatingSystem = Text("operatingSystem", "operatingSystem"),
            Version = Text("operatingSystemVersion", "osVersion"),
            Manufacturer = Text("manufacturer", "manufacturer"),
            Model = Text("model", "model"),
        };
        return new UserDevice(new Device(fields, factory.SystemOf(fields), null, null, tenantId))
        {
            ObjectId = JsonText.Of(json, "id"),
            DeviceId = JsonText.Of(json, "deviceId"),
            IsEnabled = json["accountEnabled"] is JValue { Value: bool enabled } ? enabled : null,
            IsCompliant = json["isCompliant"] is JValue { Value: bool compliant } ? compliant : null,
            TrustType = JsonText.Of(json, "trustType"),
            RegisteredAt = GraphDate.Parse(JsonText.Of(json, "registrationDateTime")),
            LastSeen = new[] { GraphDate.Parse(JsonText.Of(json, "approximateLastSignInDateTime")), GraphDate.Parse(JsonText.Of(managed, "lastSyncDateTime")) }.Max(),
        };
    }

    private static UserDevice OfIntune(JObject json, DeviceFactory factory, string? tenantId)
    {
        string? Text(string name) => DeviceFields.Clean(JsonText.Of(json, name));
        var fields = new DeviceFields { Name = Text("deviceName"), Id = Text("azureADDeviceId"), OperatingSystem = Text("operatingSystem"), Version = Text("osVersion"), Manufacturer = Text("manufacturer"), Model = Text("model") };
        return new UserDevice(new Device(fields, factory.SystemOf(fields), null, null, tenantId))
        {
            DeviceId = JsonText.Of(json, "azureADDeviceId"),
            IsCompliant = JsonText.Of(json, "complianceState") switch { "compliant" => true, "noncompliant" => false, _ => null },
            RegisteredAt = GraphDate.Parse(JsonText.Of(json, "enrolledDateTime")),
            LastSeen = GraphDate.Parse(JsonText.Of(json, "lastSyncDateTime")),
        };
    }
}
