using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using CsCheck;
using PasskeyAdmin.Devices;

namespace PasskeyAdmin.Core.Tests.Devices;

/// <summary>Exports in the formats that the portals, report APIs and Graph give (reference/graph-devices.md).</summary>
public class InventoryFormatsTests
{
    private static readonly DateTimeOffset Seen = new(2026, 8, 1, 12, 34, 56, TimeSpan.Zero);

    private readonly List<InventoryRowFault> _faults = [];

    [Theory]
    [InlineData(InventoryFormat.Auto)]
    [InlineData(InventoryFormat.Intune)]
    [InlineData(InventoryFormat.Generic)]
    public void Intune_portal_export(InventoryFormat format)
    {
        var devices = Read("intune-portal.csv", format);
        var laptop = devices[0];
        Assert.Equal(("LT-001", "1d2f0001-0000-4000-8000-000000000001", "adele.vance@contoso.com"), (laptop.DeviceName, laptop.DeviceId, laptop.UserPrincipalName));
        Assert.Equal((DevicePlatform.Windows, "10.0.26100.2314", new Version(10, 0, 26100, 2314)), (laptop.Platform, laptop.OSVersion, laptop.ParsedVersion));
        Assert.Equal(("Dell Inc.", "Latitude 5450", "Azure AD joined", "Corporate", Seen), (laptop.Manufacturer, laptop.Model, laptop.JoinType, laptop.Ownership, laptop.LastSeen));
        Assert.Equal([DevicePlatform.Windows, DevicePlatform.WindowsServer, DevicePlatform.iOS, DevicePlatform.Android, DevicePlatform.macOS], devices.Select(d => d.Platform));
        Assert.Null(devices[1].UserPrincipalName);
        Assert.Equal(("Adele's \"new\" iPhone", null), (devices[2].DeviceName, devices[2].LastSeen));
        Assert.Equal(["Windows 11 24H2", "Windows Server 2025", "iOS 26", "Android 14", "macOS 14"], devices.Select(d => d.System.ReleaseName));
    }

    [Theory]
    [InlineData("intune-portal-newer-captions.csv")]
    [InlineData("intune-report.csv")]
    [InlineData("intune-graph.json")]
    public void Other_Intune_forms_mean_the_same(string file)
    {
        var device = Read(file, InventoryFormat.Intune)[0];
        Assert.Equal(("LT-001", "adele.vance@contoso.com", DevicePlatform.Windows, "10.0.26100.2314", "Dell Inc.", "Latitude 5450", Seen),
            (device.DeviceName, device.UserPrincipalName, device.Platform, device.OSVersion, device.Manufacturer, device.Model, device.LastSeen));
    }

    [Fact]
    public void A_Graph_page_is_read_past_its_nested_objects()
    {
        var devices = Read("intune-graph.json");
        Assert.Equal(["LT-001", "a12"], devices.Select(d => d.DeviceName));
        Assert.Equal((null, "samsung", null), (devices[1].UserPrincipalName, devices[1].Manufacturer, devices[1].LastSeen));
    }

    [Theory]
    [InlineData(InventoryFormat.Auto)]
    [InlineData(InventoryFormat.Entra)]
    public void Entra_export(InventoryFormat format)
    {
        var devices = Read("entra.csv", format);
        Assert.Equal([DevicePlatform.Windows, DevicePlatform.Android, DevicePlatform.Android, DevicePlatform.macOS, DevicePlatform.iOS], devices.Select(d => d.Platform));
        Assert.Equal(("LT-001", "adele.vance@contoso.com", "d1", "Microsoft Entra joined", Seen), (devices[0].DeviceName, devices[0].UserPrincipalName, devices[0].DeviceId, devices[0].JoinType, devices[0].LastSeen));
        Assert.Equal(("Samsung", false), (devices[1].System.Maker, devices[2].System.HasMakerHint));
    }

    [Fact]
    public void Old_Entra_export()
    {
        var device = Assert.Single(Read("entra-old.csv", InventoryFormat.Entra));
        Assert.Equal(("LT-001", DevicePlatform.Windows, "10.0.19045.4000", "adele.vance@contoso.com", "Azure AD joined", Seen),
            (device.DeviceName, device.Platform, device.OSVersion, device.UserPrincipalName, device.JoinType, device.LastSeen));
    }

    [Theory]
    [InlineData("""[{"id":"u1","userPrincipalName":"a@x","manager":{"userPrincipalName":"no@x"}},{"userPrincipalName":"b@x"}]""", "a@x, b@x")]
    [InlineData("""["a@x","b@x"]""", "a@x, b@x")]
    [InlineData("""[{"id":"u1","displayName":"A"}]""", null)]
    [InlineData("""[]""", null)]
    [InlineData("""[[["x"]],{"userPrincipalName":["no@x"]},7,null,"c@x"]""", "c@x")]
    public void Owners_in_a_list_are_users(string owners, string? user)
    {
        using var file = new TemporaryFile($$"""{"value":[{"displayName":"x","registeredOwners":{{owners}},"operatingSystem":"iOS","operatingSystemVersion":"17.4"}]}""");
        var device = Assert.Single(Inventories.Read(file.Path, _faults.Add));
        Assert.Equal((user, "17.4"), (device.UserPrincipalName, device.OSVersion));
        Assert.Empty(_faults);
    }

    [Fact]
    public void Several_Graph_pages_one_a_line() => Assert.Equal(["LT-001", "phone"], Read("entra-graph-pages.json").Select(d => d.DeviceName));

    [Theory]
    [InlineData(InventoryFormat.Auto)]
    [InlineData(InventoryFormat.Jamf)]
    public void Jamf_computers_are_Macs(InventoryFormat format)
    {
        var devices = Read("jamf-computers.csv", format);
        Assert.All(devices, d => Assert.Equal(DevicePlatform.macOS, d.Platform));
        Assert.Equal(("Mac-042", "42", "adele.vance@contoso.com", new Version(15, 0), Seen), (devices[0].DeviceName, devices[0].DeviceId, devices[0].UserPrincipalName, devices[0].ParsedVersion, devices[0].LastSeen));
    }

    [Theory]
    [InlineData(InventoryFormat.Auto)]
    [InlineData(InventoryFormat.Jamf)]
    public void Jamf_mobile_devices_are_what_the_model_says(InventoryFormat format) =>
        Assert.Equal([DevicePlatform.iOS, DevicePlatform.Other, DevicePlatform.Unknown], Read("jamf-mobile.csv", format).Select(d => d.Platform));

    [Theory]
    [InlineData("Computer Name,Serial Number,Operating System Version,Last Check-in\nm,C1,15.0,2026-08-01 12:34:56\n", DevicePlatform.macOS)]
    [InlineData("Computer Name,OS Version,Last Inventory Update\nm,14.4,2026-08-01\n", DevicePlatform.macOS)]
    [InlineData("displayName,operatingSystemVersion\nm,15.0\n", DevicePlatform.Unknown)]
    [InlineData("Computer Name,Operating System Version\nm,15.0\n", DevicePlatform.Unknown)]
    [InlineData("Computer Name,Serial Number,Operating System Version,Last Check-in\nm,C1,6.3.9600,2026-08-01\n", DevicePlatform.Unknown)]
    [InlineData("Computer Name,Serial Number,Operating System Version,Last Check-in\nm,C1,23H2,2026-08-01\n", DevicePlatform.Unknown)]
    public void The_columns_that_every_Jamf_report_has_are_enough(string csv, DevicePlatform platform)
    {
        using var file = new TemporaryFile(csv);
        Assert.Equal(platform, Assert.Single(Inventories.Read(file.Path, _faults.Add)).Platform);
    }

    [Fact]
    public void Json_objects_that_are_no_devices_cost_themselves_also_at_the_beginning()
    {
        using var file = new TemporaryFile("[{},{\"deviceName\":\"A\",\"serialNumber\":\"1\"},\n{\"deviceName\":\"B\",\"operatingSystem\":\"iOS\",\"osVersion\":\"17\"},\n{\"deviceName\":\"C\"}]");
        Assert.Equal("B", Assert.Single(Inventories.Read(file.Path, _faults.Add)).DeviceName);
        Assert.Equal([1L, 1, 3], _faults.Select(f => f.Line));
    }

    [Fact]
    public void However_many_objects_are_no_devices_the_others_are_read()
    {
        using var file = new TemporaryFile($"[{string.Concat(Enumerable.Repeat("{\"x\":1},", 150))}{{\"deviceName\":\"v\",\"OS\":\"iOS\",\"OSVersion\":\"17\",\"value\":[1,2]}}]");
        Assert.Equal("v", Assert.Single(Inventories.Read(file.Path, _faults.Add)).DeviceName);
        Assert.Equal(150, _faults.Count);
    }

    [Fact]
    public void A_compact_page_may_be_followed_by_a_spread_out_one()
    {
        using var file = new TemporaryFile("{\"Value\":[{\"deviceName\":\"a\",\"operatingSystem\":\"iOS\"}]}\n{\n  \"value\": [\n    { \"deviceName\": \"b\", \"operatingSystem\": \"iOS\" }\n  ]\n}\n");
        Assert.Equal(["a", "b"], Inventories.Read(file.Path, _faults.Add).Select(d => d.DeviceName));
        Assert.Empty(_faults);
    }

    [Theory]
    [InlineData("DeviceName", "Device name", "displayName", "DISPLAY-NAME", "Computer Name", "Name", "Hostname")]
    [InlineData("OperatingSystem", "OS", "operatingSystem", "deviceOSType", "Platform")]
    [InlineData("OSVersion", "OS version", "OSVersion", "operatingSystemVersion", "deviceOSVersion", "Operating System Version")]
    [InlineData("Manufacturer", "Manufacturer", "Make", "Vendor")]
    [InlineData("Model", "Model", "Model Identifier", "ProductName")]
    [InlineData("UserPrincipalName", "Primary user UPN", "userPrincipalName", "UPN", "userNames", "registeredOwners", "Email Address", "Primary user email address", "EmailAddress", "Username")]
    [InlineData("JoinType", "JoinType", "joinType (trustType)", "deviceTrustType", "trustType")]
    [InlineData("LastSeen", "Last check-in", "Last check in", "LastContact", "lastSyncDateTime", "approximateLastSignInDateTime", "approximateLastLogonTimeStamp", "Last Inventory Update")]
    [InlineData("Ownership", "Ownership", "OwnerType", "managedDeviceOwnerType", "deviceOwnership")]
    public void Every_published_header_is_known(string field, params string[] headers) =>
        Assert.All(headers, h => Assert.Equal(field, new FieldNames(InventoryFormat.Auto).Find(h)?.Field.ToString()));

    [Fact]
    public void A_release_beside_the_system_is_understood_together()
    {
        var devices = Read("generic-tabs.txt");
        Assert.Equal((new Version(10, 0, 22631), "23H2"), (devices[0].ParsedVersion, devices[0].OSVersion));
        Assert.Equal((new Version(10, 0), "Windows 10"), (devices[1].ParsedVersion, devices[1].OSVersion));
    }

    [Fact]
    public void A_column_map_goes_before_what_a_column_usually_means()
    {
        using var file = new TemporaryFile("OS,Model,System\n17.4,x,iOS\n");
        var map = new Dictionary<InventoryField, string> { [InventoryField.OSVersion] = "OS", [InventoryField.OperatingSystem] = "System", [InventoryField.DeviceName] = "Model" };
        var device = Assert.Single(Inventories.Read(file.Path, _faults.Add, columnMap: map));
        Assert.Equal(("17.4", "iOS", "x", (string?)null), (device.OSVersion, device.OperatingSystem, device.DeviceName, device.Model));
    }

    [Fact]
    public void A_column_map_names_foreign_columns()
    {
        var map = new Dictionary<InventoryField, string>
        {
            [InventoryField.DeviceName] = "Gerät",
            [InventoryField.OperatingSystem] = "system",
            [InventoryField.OSVersion] = "Stand",
            [InventoryField.Manufacturer] = "Hersteller",
            [InventoryField.UserPrincipalName] = "Besitzer",
        };
        var device = Assert.Single(Read("generic-mapped.csv", columnMap: map));
        Assert.Equal(("LT-001", "10.0.22631.1", "Dell", "adele.vance@contoso.com"), (device.DeviceName, device.OSVersion, device.Manufacturer, device.UserPrincipalName));
        map[InventoryField.Model] = "Modell";
        var error = Assert.Throws<PasskeyAdminException>(() => Read("generic-mapped.csv", columnMap: map));
        Assert.Equal("InventoryColumnsUnrecognised", error.ErrorId);
        Assert.Contains("'Modell'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_format_is_refused() => Assert.Contains("for format Entra", Assert.Throws<PasskeyAdminException>(() => Read("intune-portal.csv", InventoryFormat.Entra)).Message, StringComparison.Ordinal);

    [Fact]
    public void In_JSON_lines_a_bad_line_costs_that_line()
    {
        var devices = Read("devices.jsonl");
        Assert.Equal([("a", "17.4.1", 1L), ("d", "18", 6L)], devices.Select(d => (d.DeviceName!, d.OSVersion!, d.Line!.Value)));
        Assert.Equal([2L, 3, 4], _faults.Select(f => f.Line));
    }

    [Theory]
    [InlineData("[{\"deviceName\":\"a\",\"operatingSystem\":\"iOS\"},\n{\"deviceName\":\"")]
    [InlineData("{\"deviceName\":\"a\",\"operatingSystem\":\"iOS\"}\n{\"deviceName\":\"")]
    public void A_value_without_end_ends_the_file_and_not_the_memory(string start)
    {
        using var file = new TemporaryFile(start + new string('x', LimitedReader.Longest + 100_000));
        var read = 0;
        var error = Assert.Throws<PasskeyAdminException>(() => { foreach (var _ in Inventories.Read(file.Path, _faults.Add)) read++; });
        Assert.Equal(("InventoryFileDamaged", 1), (error.ErrorId, read));
        Assert.Contains("more than 16,777,216 characters", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_object_with_properties_without_end_is_no_device()
    {
        using var file = new TemporaryFile($"[{{\"operatingSystem\":\"iOS\"{string.Concat(Enumerable.Range(0, 5000).Select(i => $",\"p{i}\":{i}"))}}},{{\"deviceName\":\"b\",\"operatingSystem\":\"iOS\"}}]");
        Assert.Equal("b", Assert.Single(Inventories.Read(file.Path, _faults.Add)).DeviceName);
        Assert.Equal("it has more than 4096 properties", Assert.Single(_faults).Reason);
    }

    [Theory]
    [InlineData(10_000, "")]
    [InlineData(10_001, "InventoryColumnsUnrecognised")]
    public void A_file_that_begins_with_objects_that_are_no_devices_ends_sooner_or_later(int others, string errorId)
    {
        using var file = new TemporaryFile(string.Concat(Enumerable.Repeat("{\"colour\":\"red\"}\n", others)) + "{\"deviceName\":\"a\",\"operatingSystem\":\"iOS\"}\n");
        var devices = new List<Device>();
        var error = Record.Exception(() => devices.AddRange(Inventories.Read(file.Path, _faults.Add)));
        Assert.Equal(errorId, (error as PasskeyAdminException)?.ErrorId ?? "");
        if (error is null) Assert.Equal(Enumerable.Range(1, others).Select(i => (long)i), _faults.Select(f => f.Line));
        else Assert.Empty(_faults);
        Assert.Equal(error is null ? 1 : 0, devices.Count);
    }

    [Fact]
    public void Faults_before_the_first_device_come_in_order()
    {
        using var file = new TemporaryFile("{\"x\":1}\n{bad}\n{\"y\":2}\n{\"deviceName\":\"a\",\"operatingSystem\":\"iOS\"}\n{bad}\n");
        Assert.Single(Inventories.Read(file.Path, _faults.Add));
        Assert.Equal([1L, 2, 3, 5], _faults.Select(f => f.Line));
    }

    [Fact]
    public void What_was_no_device_is_told_also_where_the_file_breaks_off()
    {
        using var file = new TemporaryFile("[{\"name\":\"x\"},\n5,\n{\"deviceName\":\"A\",\"operatingSystem\":\"Wind");
        Assert.Equal("InventoryFileDamaged", Assert.Throws<PasskeyAdminException>(() => Inventories.Read(file.Path, _faults.Add).ToList()).ErrorId);
        Assert.Equal((2L, "a device must be an object"), (Assert.Single(_faults).Line, _faults[0].Reason));
    }

    [Fact]
    public void A_refusal_among_pages_is_a_fault()
    {
        using var file = new TemporaryFile("[{\"value\":[{\"operatingSystem\":\"iOS\"}]},\n{\"error\":{\"code\":\"TooManyRequests\"}}]");
        Assert.Single(Inventories.Read(file.Path, _faults.Add));
        Assert.Equal((2L, "it is an error of Microsoft Graph: TooManyRequests"), (Assert.Single(_faults).Line, _faults[0].Reason));
    }

    [Fact]
    public void A_bad_line_is_told_also_where_the_others_are_no_devices()
    {
        using var file = new TemporaryFile("{\"x\":1}\n{bad}\n");
        Assert.Equal("InventoryColumnsUnrecognised", Assert.Throws<PasskeyAdminException>(() => Inventories.Read(file.Path, _faults.Add).ToList()).ErrorId);
        Assert.Equal(2, Assert.Single(_faults).Line);
    }

    [Fact]
    public void A_large_object_can_be_stopped()
    {
        using var file = new TemporaryFile($"{{\"a\":[{string.Concat(Enumerable.Repeat("1,", 2_000_000))}1]}}");
        using var stop = new CancellationTokenSource();
        using var text = InventoryText.Open(file.Path);
        var inventory = new InventoryFile("x", new FieldNames(InventoryFormat.Auto), _faults.Add);
        var devices = JsonInventory.Read(text, inventory, stop.Token).GetEnumerator();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => devices.MoveNext());
        Assert.InRange(text.Position, 0, 1 << 17);
    }

    [Theory]
    [InlineData("[{\"operatingSystem\":\"iOS\"},{\"operatingSystem\":\"iO", "it breaks off in the middle of a text")]
    [InlineData("[{\"operatingSystem\":\"iOS\"},{\"x\":1e400}]", "a number in it is too large")]
    [InlineData("[{\"operatingSystem\":\"iOS\"},{\"x\":DEEP}]", "it is nested too deeply")]
    public void What_ends_a_JSON_file_is_said_in_words(string json, string reason)
    {
        using var file = new TemporaryFile(json.Replace("DEEP", new string('[', 300), StringComparison.Ordinal));
        var error = Assert.Throws<PasskeyAdminException>(() => Inventories.Read(file.Path, _faults.Add).ToList());
        Assert.Contains($"{reason}. 1 devices before it were read", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_comment_in_JSON_is_no_value()
    {
        using var file = new TemporaryFile("[/*a*/{\"deviceName\":/*c*/\"x\",\"operatingSystem\": /*d*/ \"iOS\"}/*e*/]//f");
        Assert.Equal(("x", "iOS"), (Assert.Single(Inventories.Read(file.Path, _faults.Add)).DeviceName, Inventories.Read(file.Path, _faults.Add).Single().OperatingSystem));
    }

    [Fact]
    public void Random_and_mutated_JSON_is_devices_faults_or_one_error_of_ours()
    {
        var real = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "intune-graph.json"));
        Gen.OneOf(
            Gen.Char["{}[],:\"a1\\ntrue \n"].Array[0, 80].Select(c => "{" + new string(c)),
            Gen.Select(Gen.Int[0, real.Length - 1], Gen.Int[0, 20], Gen.Char["{}[],:\"\\\n\0x"]).Select((at, cut, put) => real[..at] + put + real[Math.Min(real.Length, at + cut)..]))
            .Sample(text =>
            {
                using var file = new TemporaryFile(text);
                if (Record.Exception(() => Inventories.Read(file.Path, _ => { }).Count()) is { } error) Assert.IsType<PasskeyAdminException>(error);
            }, iter: 2000);
    }

    [Fact]
    public void Mutated_exports_are_devices_faults_or_one_error_of_ours()
    {
        var files = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Fixtures"), "*.csv").Select(File.ReadAllText).ToArray();
        Gen.Select(Gen.Int[0, files.Length - 1], Gen.Int[0, 5000], Gen.Int[0, 30], Gen.Char["\",;\t\r\n\0#üx"]).Sample((which, place, cut, put) =>
        {
            var (real, at) = (files[which], place % files[which].Length);
            using var file = new TemporaryFile(real[..at] + put + real[Math.Min(real.Length, at + cut)..]);
            if (Record.Exception(() => Inventories.Read(file.Path, _ => { }).Count()) is { } error) Assert.IsType<PasskeyAdminException>(error);
        }, iter: 2000);
    }

    [Fact]
    public void Arrays_may_hold_pages_and_rubbish()
    {
        var devices = Read("devices-array.json");
        Assert.Equal([("a", "17.10"), ("b", "14.5 (23F79)"), ("c", null)], devices.Select(d => (d.DeviceName!, d.OSVersion)));
        Assert.Equal(4, Assert.Single(_faults).Line);
    }

    [Fact]
    public void Empty_fields_fall_back_to_the_next_best_column()
    {
        using var file = new TemporaryFile("Device name,OS,OS version,Model,ProductName,Primary user UPN,Primary user email address\nx,iOS,17,,\"iPhone17,5\",,adele@contoso.com\n");
        var device = Assert.Single(Inventories.Read(file.Path, _faults.Add, InventoryFormat.Intune));
        Assert.Equal(("iPhone17,5", "adele@contoso.com"), (device.Model, device.UserPrincipalName));
    }

    private List<Device> Read(string file, InventoryFormat format = InventoryFormat.Auto, Dictionary<InventoryField, string>? columnMap = null) =>
        [.. Inventories.Read(Path.Combine(AppContext.BaseDirectory, "Fixtures", file), _faults.Add, format, columnMap)];
}
