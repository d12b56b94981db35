using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using PasskeyAdmin.Core.Tests.Graph;
using PasskeyAdmin.Devices;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Testing;

namespace PasskeyAdmin.Core.Tests.Devices;

/// <summary>Devices as Intune and the directory give them, read over HTTP.</summary>
public sealed class DeviceSourceTests : IDisposable
{
    private const string Intune = """
        { "id": "i1", "deviceName": "LT-001", "userPrincipalName": "adele.vance@contoso.com", "emailAddress": "other@contoso.com", "operatingSystem": "Windows", "osVersion": "10.0.26100.2314", "manufacturer": "Dell Inc.", "model": "Latitude 5450", "managedDeviceOwnerType": "company", "lastSyncDateTime": "2026-11-20T12:34:56Z" },
        { "id": "i2", "deviceName": "a12", "userPrincipalName": "", "emailAddress": "lee@contoso.com", "operatingSystem": "Android", "osVersion": "14.0", "manufacturer": "samsung", "model": "SM-A566B", "managedDeviceOwnerType": "personal", "lastSyncDateTime": "0001-01-01T00:00:00Z" },
        { "id": "i3", "deviceName": "mac\u001b[31m", "userPrincipalName": null, "operatingSystem": "macOS", "osVersion": "14.5 (23F79)", "manufacturer": "Apple", "lastSyncDateTime": "2026-11-20T12:34:56.1234567Z" },
        { "id": "i4", "deviceName": " srv ", "operatingSystem": "Windows", "osVersion": "10.0.20348.2966", "lastSyncDateTime": null },
        { "id": "i5", "operatingSystem": "iOS", "osVersion": "17.4.1", "model": 5, "managedDeviceOwnerType": "unknown" },
        { "id": "i6", "deviceName": null, "operatingSystem": null, "osVersion": null }
        """;

    private const string Entra = """
        { "id": "o1", "deviceId": "e1", "displayName": "mac", "operatingSystem": "MacMDM", "operatingSystemVersion": "26.1", "trustType": "Workplace", "approximateLastSignInDateTime": "2026-11-20T12:34:56Z", "registeredOwners": [ { "@odata.type": "#microsoft.graph.user", "id": "u1", "userPrincipalName": "adele.vance@contoso.com" } ] },
        { "id": "o2", "deviceId": "e2", "displayName": "phone", "operatingSystem": "IPhone", "operatingSystemVersion": "17.4.1", "manufacturer": null, "model": null, "deviceOwnership": "Personal", "registeredOwners": [] },
        { "id": "o3", "deviceId": "e3", "displayName": "android", "operatingSystem": "AndroidForWork", "operatingSystemVersion": "13", "manufacturer": null, "model": null, "registeredOwners": [ { "id": "u2", "userPrincipalName": "b@contoso.com" }, { "id": "u3", "userPrincipalName": "c@contoso.com" } ] },
        { "id": "o4", "deviceId": "e4", "displayName": "srv", "operatingSystem": "Windows Server 2022", "operatingSystemVersion": "10.0.20348", "trustType": "ServerAd", "registeredOwners": [ { "@odata.type": "#microsoft.graph.user", "id": "u4", "userPrincipalName": null } ] },
        { "id": "o5", "deviceId": null, "displayName": "x", "operatingSystem": "Unknown", "operatingSystemVersion": "", "approximateLastSignInDateTime": "0001-01-01T00:00:00Z" }
        """;

    private readonly GraphFixture _graph = new();

    public void Dispose() => _graph.Dispose();

    [Theory]
    [InlineData(DeviceService.Intune, Intune, 6)]
    [InlineData(DeviceService.Entra, Entra, 5)]
    public void A_device_reads_as_in_a_saved_answer(DeviceService service, string items, int count)
    {
        Answer(items);
        using var file = new TemporaryFile($$"""{"value":[{{items}}]}""");
        var saved = Inventories.Read(file.Path, f => Assert.Fail(f.Reason)).ToList();
        var live = Read(service);
        Assert.Equal((count, count), (saved.Count, live.Count));
        foreach (var property in typeof(Device).GetProperties().Where(p => p.Name is not (nameof(Device.Source) or nameof(Device.Line) or nameof(Device.TenantId))))
            Assert.Equal(saved.Select(property.GetValue), live.Select(property.GetValue));
        Assert.Equal(saved.Select(d => d.System), live.Select(d => d.System));
        Assert.All(live, d => Assert.Equal(($"{service} (Contoso)", null), (d.Source, d.Line)));
    }

    [Fact]
    public void What_Intune_says_is_understood()
    {
        Answer(Intune);
        var devices = Read(DeviceService.Intune);
        Assert.Equal([DevicePlatform.Windows, DevicePlatform.Android, DevicePlatform.macOS, DevicePlatform.WindowsServer, DevicePlatform.iOS, DevicePlatform.Unknown], devices.Select(d => d.Platform));
        Assert.Equal(["adele.vance@contoso.com", "lee@contoso.com", null, null, null, null], devices.Select(d => d.UserPrincipalName));
        Assert.Equal(["10.0.26100.2314", "14.0", "14.5", "10.0.20348.2966", "17.4.1", null], devices.Select(d => d.ParsedVersion?.ToString()));
        Assert.Equal((null, "samsung", "i2", "personal"), (devices[1].LastSeen, devices[1].Manufacturer, devices[1].DeviceId, devices[1].Ownership));
        Assert.Equal(new DateTimeOffset(2026, 11, 20, 12, 34, 56, TimeSpan.Zero), devices[0].LastSeen);
        Assert.Equal("mac\uFFFD[31m", devices[2].DeviceName);
    }

    [Fact]
    public void What_the_directory_says_is_understood()
    {
        Answer(Entra);
        var source = Source(DeviceService.Entra);
        var devices = source.Read(null, CancellationToken.None).ToList();
        Assert.Equal([DevicePlatform.macOS, DevicePlatform.iOS, DevicePlatform.Android, DevicePlatform.WindowsServer, DevicePlatform.Unknown], devices.Select(d => d.Platform));
        Assert.Equal(["adele.vance@contoso.com", null, "b@contoso.com, c@contoso.com", null, null], devices.Select(d => d.UserPrincipalName));
        Assert.Equal(("e1", "Workplace", "o5"), (devices[0].DeviceId, devices[0].JoinType, devices[4].DeviceId));
        Assert.Equal((5, 0, 1), (source.Count, source.StaleCount, source.UnnamedOwnerCount));
        // Nobody says who made it, so it may be a Samsung.
        var google = new ReadinessEvaluator(AskedProvider.All(RequirementMatrix.LoadBuiltIn(RequirementBaseline.Published), PasskeyAdmin.Providers.PasskeyTypes.Synced)).Evaluate(devices[2]).Provider.Single(p => p.Name == "Google Password Manager");
        Assert.Equal((RequirementAnswer.Unknown, ReadinessReason.ManufacturerUnknown), (google.Answer, google.Reason));
    }

    [Theory]
    [InlineData(DeviceService.Intune, "/beta/deviceManagement/managedDevices?$select=id,deviceName,userPrincipalName,emailAddress,operatingSystem,osVersion,manufacturer,model,managedDeviceOwnerType,lastSyncDateTime,skuFamily,joinType,deviceType")]
    [InlineData(DeviceService.Entra, "/v1.0/devices?$select=id,deviceId,displayName,operatingSystem,operatingSystemVersion,manufacturer,model,trustType,deviceOwnership,approximateLastSignInDateTime,accountEnabled&$expand=registeredOwners($select=id,userPrincipalName)&$top=999")]
    public void Only_what_is_needed_is_asked_for(DeviceService service, string path)
    {
        Answer("");
        Assert.Empty(Read(service));
        Assert.Equal([path], _graph.Server.Requests.Select(r => Uri.UnescapeDataString(r.Path)));
    }

    [Fact]
    public void A_server_is_none_of_the_clients_and_an_Android_without_Google_is_none_with_it()
    {
        Answer("""
            { "id": "1", "operatingSystem": "Windows", "osVersion": "10.0.26100.4652", "skuFamily": "ServerStandard", "joinType": "hybridAzureADJoined" },
            { "id": "2", "operatingSystem": "Windows", "osVersion": "10.0.26100.4652", "skuFamily": "Enterprise" },
            { "id": "3", "operatingSystem": "Android", "osVersion": "12", "manufacturer": "Yealink", "deviceType": "androidnGMS" },
            { "id": "4", "operatingSystem": "Android", "osVersion": "12", "manufacturer": "Zebra", "deviceType": "androidEnterprise" }
            """);
        var source = Source(DeviceService.Intune);
        var devices = source.Read(null, CancellationToken.None).ToList();
        Assert.Equal([DevicePlatform.WindowsServer, DevicePlatform.Windows, DevicePlatform.Android, DevicePlatform.Android], devices.Select(d => d.Platform));
        Assert.Equal(("ServerStandard", "hybridAzureADJoined", "AOSP"), (devices[0].Edition, devices[0].JoinType, devices[2].OperatingSystem));
        Assert.Equal([true, false], devices.Skip(2).Select(d => d.System.WithoutGoogleServices));
        Assert.False(source.HasNoEdition);
    }

    [Theory]
    [InlineData(400, true)]
    [InlineData(404, true)]
    [InlineData(501, true)]
    [InlineData(403, false)]
    public void Where_beta_does_not_answer_v1_is_asked(int status, bool isAskedAgain)
    {
        _graph.Server.Faults = (r, _) => r.Path.StartsWith("/beta/", StringComparison.Ordinal) ? Fault.Reply(status, """{"error":{"code":"BadRequest","message":"No."}}""") : Fault.Reply(200, $$"""{"value":[{{Intune}}]}""");
        var source = Source(DeviceService.Intune);
        if (!isAskedAgain) Assert.Throws<PasskeyAdminException>(() => source.Read(null, CancellationToken.None).Count());
        else Assert.Equal(6, source.Read(null, CancellationToken.None).Count());
        Assert.Equal((isAskedAgain, isAskedAgain ? 2 : 1), (source.HasNoEdition, _graph.Server.Requests.Count));
        Assert.DoesNotContain("skuFamily", isAskedAgain ? _graph.Server.Requests[1].Path : "", StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_is_asked_for_when_somebody_wants_its_devices()
    {
        Pages(5, 2);
        Assert.Equal(10, Read(DeviceService.Intune).Count);
        Assert.Equal(["0", "1", "2"], Source(DeviceService.Intune).Read(null, CancellationToken.None).Take(3).Select(d => d.DeviceId));
        Assert.Equal(5 + 2, _graph.Server.Requests.Count);
    }

    [Fact]
    public void Devices_that_have_passed_are_not_kept()
    {
        Pages(4, 50);
        using var devices = Source(DeviceService.Entra).Read(null, CancellationToken.None).GetEnumerator();
        var first = FirstPage(devices);
        for (var i = 0; i < 120; i++) Assert.True(devices.MoveNext());
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.DoesNotContain(first, d => d.TryGetTarget(out _));
    }

    [Theory]
    [InlineData(null, 6, 0)]
    [InlineData("2026-11-20T12:34:57Z", 4, 2)]
    [InlineData("2026-11-20T12:34:56Z", 6, 0)]
    public void Devices_that_were_not_seen_for_long_are_left_out_and_counted(string? before, int count, int stale)
    {
        Answer(Intune);
        var source = Source(DeviceService.Intune, before is null ? null : DateTimeOffset.Parse(before, CultureInfo.InvariantCulture));
        Assert.Equal(count, source.Read(null, CancellationToken.None).Count());
        Assert.Equal((6, stale), (source.Count, source.StaleCount));
    }

    [Fact]
    public void Progress_is_reported_every_hundred_devices()
    {
        Pages(3, 100);
        var reports = new Reports();
        Assert.Equal(300, Source(DeviceService.Intune).Read(reports, CancellationToken.None).Count());
        Assert.Equal([("Intune (Contoso)", 100), ("Intune (Contoso)", 200), ("Intune (Contoso)", 300)], reports.Select(r => (r.FileName, (int)r.Rows)));
    }

    [Fact]
    public void An_error_in_the_middle_says_how_many_came_before_it()
    {
        var page = 0;
        _graph.Server.Faults = (_, n) => page++ < 2 ? Page(n, 3) : Fault.Reply(401, """{"error":{"code":"InvalidAuthenticationToken","message":"Gone."}}""", ("request-id", "5f0fb0d9-9b77-4d0d-9d3a-27b8a0d9b2a1"));
        var read = new List<Device>();
        var error = Assert.Throws<PasskeyAdminException>(() => read.AddRange(Source(DeviceService.Entra).Read(null, CancellationToken.None)));
        Assert.Equal((6, "SignInExpired", ErrorKind.SignInNeeded, 401, "5f0fb0d9-9b77-4d0d-9d3a-27b8a0d9b2a1"), (read.Count, error.ErrorId, error.Kind, error.StatusCode, error.RequestId));
        Assert.EndsWith(" 6 devices were read before that: the inventory is not complete.", error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.RecommendedAction);
    }

    [Fact]
    public void A_page_that_breaks_off_is_asked_for_again_and_then_an_error()
    {
        _graph.Server.Faults = (_, n) => n == 0 ? Page(0, 1) : Fault.BreakOff("{\"value\":[{\"id\":");
        var error = Assert.Throws<PasskeyAdminException>(() => Read(DeviceService.Intune));
        Assert.EndsWith(" One device was read before that: the inventory is not complete.", error.Message, StringComparison.Ordinal);
        Assert.True(_graph.Server.Requests.Count > 2);
    }

    [Theory]
    [InlineData(DeviceService.Intune, 400, "Request not applicable to target tenant.", "IntuneNotAvailable", "Get-PasskeyDevice -Source Entra")]
    [InlineData(DeviceService.Intune, 403, "Request not applicable to target tenant.", "IntuneNotAvailable", "Request not applicable to target tenant")]
    [InlineData(DeviceService.Intune, 400, "Something else.", "GraphRequestRejected", "Where the tenant has no Intune licence")]
    [InlineData(DeviceService.Intune, 403, "No.", "AccessDenied", "Where the tenant has no Intune licence")]
    [InlineData(DeviceService.Intune, 401, "Forbidden", "SignInExpired", "Intune may also answer so")]
    [InlineData(DeviceService.Entra, 400, "Request not applicable to target tenant.", "GraphRequestRejected", "It says: x: Request not applicable to target tenant.")]
    [InlineData(DeviceService.Entra, 403, "No.", "AccessDenied", "It says: x: No.")]
    public void A_refusal_says_what_it_may_mean(DeviceService service, int status, string words, string id, string text)
    {
        _graph.Server.Faults = (_, _) => Fault.Reply(status, $$$"""{"error":{"code":"x","message":"{{{words}}}"}}""");
        var error = Assert.Throws<PasskeyAdminException>(() => Read(service));
        Assert.Equal((id, status, "x"), (error.ErrorId, error.StatusCode, error.GraphCode));
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("not complete", error.Message, StringComparison.Ordinal);
        if (service is DeviceService.Entra) Assert.DoesNotContain("Intune", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_more_is_read_once_somebody_stops()
    {
        Pages(5, 2);
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            foreach (var device in Source(DeviceService.Intune).Read(null, stop.Token))
                if (device.DeviceId == "1") stop.Cancel();
        });
        Assert.Single(_graph.Server.Requests);
    }

    private void Answer(string items) => _graph.Server.Faults = (_, _) => Fault.Reply(200, $$"""{"value":[{{items}}]}""");

    /// <summary>Each run of requests gives these pages.</summary>
    private void Pages(int pages, int size) => _graph.Server.Faults = (_, n) => Page(n % pages, size, isLast: n % pages == pages - 1);

    private Fault Page(int number, int size, bool isLast = false)
    {
        var items = Enumerable.Range(number * size, size).Select(i => $$"""{"id":"{{i}}","deviceName":"d{{i}}","operatingSystem":"iOS","osVersion":"17.4.1","operatingSystemVersion":"17.4.1"}""");
        return Fault.Reply(200, $$"""{"value":[{{string.Join(",", items)}}]{{(isLast ? "" : $$""","@odata.nextLink":"{{_graph.Server.Address}}v1.0/next?$skiptoken={{number}}" """)}}}""");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static List<WeakReference<Device>> FirstPage(IEnumerator<Device> devices)
    {
        var first = new List<WeakReference<Device>>();
        for (var i = 0; i < 50; i++)
        {
            Assert.True(devices.MoveNext());
            first.Add(new WeakReference<Device>(devices.Current));
        }
        return first;
    }

    private List<Device> Read(DeviceService service) => [.. Source(service).Read(null, CancellationToken.None)];

    private DeviceSource Source(DeviceService service, DateTimeOffset? staleBefore = null) => new(
        new TenantSession(new TenantFacts(TenantConnection.AccessToken, "Custom") { TenantId = "t", TenantName = "Contoso" }, _graph.Connection, new GraphTraffic(_graph.Clock, () => 0.5)), _graph.Client, service, staleBefore);

    private sealed class Reports : List<InventoryProgress>, IProgress<InventoryProgress>
    {
        public void Report(InventoryProgress value) => Add(value);
    }
}
