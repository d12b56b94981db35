using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Users;

/// <summary>The phishing-resistant methods of one user, as they were read.</summary>
/// <param name="Passkeys">Those that are registered.</param>
/// <param name="ReadAt">When.</param>
internal sealed record UserMethods(IReadOnlyList<RegisteredPasskey> Passkeys, DateTimeOffset ReadAt)
{
    private const string WindowsHello = "#microsoft.graph.windowsHelloForBusinessAuthenticationMethod";
    private const string Platform = "#microsoft.graph.platformCredentialAuthenticationMethod";

    private static readonly string[] TypeOnly = ["@odata.type"];

    /// <summary>What is kept of a passkey: no certificates and no keys.</summary>
    private static readonly string[] Kept = ["@odata.type", "id", "displayName", "createdDateTime", "creationDateTime", "lastUsedDateTime", "aaGuid", "model", "attestationLevel", "passkeyType"];

    /// <summary>The other methods; null where only passkeys were read. (Certificates are in no list of methods.)</summary>
    public ReportedMethods? Others { get; init; }

    /// <summary>On which devices the other methods are; null where only passkeys were read.</summary>
    public DeviceMethods? OnDevices { get; init; }

    /// <summary>Whether the last use would show, which only beta has.</summary>
    public bool HasLastUse { get; init; }

    /// <summary>The user is gone.</summary>
    public bool IsGone { get; init; }

    public static UserMethods Of(IEnumerable<JObject> methods, bool isAll, bool isBeta, DateTimeOffset readAt)
    {
        var all = methods.ToList();
        List<JObject> windows = all.FindAll(m => JsonText.Of(m, "@odata.type") == WindowsHello), macs = all.FindAll(m => JsonText.Of(m, "@odata.type") == Platform);
        var others = (windows.Count > 0 ? ReportedMethods.WindowsHelloForBusiness : ReportedMethods.None) | (macs.Count > 0 ? ReportedMethods.PlatformCredential : ReportedMethods.None);
        var devices = new DeviceMethods(DevicesOf(windows), DevicesOf(macs), windows.Count + macs.Count);
        return new UserMethods([.. all.Where(m => IsPasskey(m, isAll)).Select(RegisteredPasskey.Of)], readAt) { Others = isAll ? others : null, OnDevices = isAll ? devices : null, HasLastUse = isBeta };
    }

    /// <summary>On how many devices they are at least: a device that was set up anew has an entry of before, under the same name; and where there is no name, it may be any of them.</summary>
    private static int DevicesOf(List<JObject> methods) => Math.Max(Math.Min(methods.Count, 1), methods.Select(DeviceOf).OfType<string>().Distinct().Count());

    /// <summary>The device of a method that is bound to one, to be compared; null where it has no name.</summary>
    private static string? DeviceOf(JObject method) => JsonText.Of(method, "displayName")?.Trim().ToUpperInvariant() is { Length: > 0 } name ? name : null;

    /// <summary>Whatever is in the list of passkeys is one; in the list of all methods, what says so, also by a name that is newer than this version.</summary>
    private static bool IsPasskey(JObject method, bool isAll) => !isAll || (JsonText.Of(method, "@odata.type") is { } type && ReportWords.IsAboutPasskeys(type));

    /// <summary>Writes what a checkpoint keeps: nothing about phones, addresses or passwords; and of the device of another method than a passkey, whether it is the same as that of the next one.</summary>
    public static void Write(IEnumerable<JObject> methods, bool isAll, JsonWriter writer)
    {
        writer.WriteStartArray();
        var devices = new List<string>();
        foreach (var method in methods)
        {
            var isPasskey = IsPasskey(method, isAll);
            if (!isPasskey && JsonText.Of(method, "@odata.type") is not (WindowsHello or Platform)) continue;
            writer.WriteStartObject();
            foreach (var name in isPasskey ? Kept : TypeOnly)
            {
                if (method[name] is not JValue value) continue;
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }
            if (!isPasskey && DeviceOf(method) is { } device)
            {
                if (!devices.Contains(device)) devices.Add(device);
                writer.WritePropertyName("displayName");
                writer.WriteValue($"device {devices.IndexOf(device) + 1}");
            }
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}

/// <summary>Methods that are each on a device of their own: Windows Hello for Business, and the platform credential of macOS.</summary>
/// <param name="Windows">On how many Windows devices, at least.</param>
/// <param name="Mac">On how many Macs, at least.</param>
/// <param name="Entries">How many are registered: there are no more devices than that.</param>
internal sealed record DeviceMethods(int Windows, int Mac, int Entries)
{
    public static readonly DeviceMethods None = new(0, 0, 0);

    /// <summary>On how many devices, at least.</summary>
    public int Devices => Windows + Mac;
}
