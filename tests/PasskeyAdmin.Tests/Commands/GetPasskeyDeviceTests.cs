using System;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using PasskeyAdmin.Testing;
using PasskeyAdmin.Tests.Engine;

namespace PasskeyAdmin.Tests.Commands;

[Collection(EngineGroup.Name)]
public sealed class GetPasskeyDeviceTests : IDisposable
{
    private const string Id = ",PasskeyAdmin.Commands.GetPasskeyDeviceCommand";

    private readonly ModuleSession _session = new();
    private readonly GraphServer _server;

    public GetPasskeyDeviceTests()
    {
        _server = SandboxServer.Start(_session);
        SandboxServer.Connect(_session, _server.Address);
    }

    public void Dispose()
    {
        _session.Dispose();
        _server.Dispose();
    }

    [Theory]
    [InlineData("Get-PasskeyDevice", "i1 i2 i3 i4")]
    [InlineData("Get-PasskeyDevice Intune", "i1 i2 i3 i4")]
    [InlineData("Get-PasskeyDevice -Source Entra", "e1 e2")]
    [InlineData("Get-PasskeyTenant | Get-PasskeyDevice entra", "e1 e2")]
    [InlineData("$other = Get-PasskeyTenant; $null = Connect-PasskeyTenant -Sandbox; Get-PasskeyDevice Entra -Tenant $other", "e1 e2")]
    public void Devices_come_from_Intune_or_from_the_directory(string script, string ids)
    {
        Answer();
        Assert.Equal(ids, string.Join(" ", _session.Output(script).Select(d => d.Text("DeviceId"))));
    }

    [Fact]
    public void The_devices_of_the_sample_tenant_are_those_of_the_sample_inventory()
    {
        _session.Output("$null = Connect-PasskeyTenant -Sandbox");
        string[] Rows(string from) => [.. _session.Output($"{from} -By Platform").Select(r => $"{r.Get("Name")} {r.Get("Count")} {r.Get("Ready")} {r.Get("ActionNeeded")} {r.Get("NotReady")} {r.Get("Unknown")}")];
        Assert.Equal(Rows("Measure-PasskeyDeviceReadiness -Path $sample"), Rows("Get-PasskeyDevice | Measure-PasskeyDeviceReadiness"));
        // Microsoft Entra also knows what nobody manages.
        Assert.Equal(1790, _session.Output("Get-PasskeyDevice Entra").Count);
        Assert.InRange(_session.Output("Get-PasskeyDevice Entra -StaleAfter 180 3>$null").Count, 1, 1789);
    }

    [Fact]
    public void Without_beta_a_warning_says_what_cannot_be_told()
    {
        _server.Faults = (r, _) => r.Path.StartsWith("/beta/", StringComparison.Ordinal) ? Fault.Reply(501, """{"error":{"code":"notImplemented","message":"No."}}""") : Fault.Reply(200, """{"value":[{"id":"1","operatingSystem":"iOS","osVersion":"17"}]}""");
        var result = _session.Run("Get-PasskeyDevice");
        Assert.Single(result.Output);
        Assert.Contains("beta does not answer", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_says_what_it_is_and_where_it_comes_from()
    {
        Answer();
        var device = _session.Output("Get-PasskeyDevice Entra")[0];
        Assert.Equal(("laptop", "a@x", "Windows", "10.0.26100.1", "AzureAd"), (device.Text("DeviceName"), device.Text("UserPrincipalName"), device.Text("Platform"), device.Text("ParsedVersion"), device.Text("JoinType")));
        Assert.Matches(@"^Entra \(.+\)$", device.Text("Source"));
        Assert.Null(device.Get("Line"));
        Assert.Matches(@"laptop\s+a@x\s+Windows\s+10\.0\.26100\.1", _session.Shown("Get-PasskeyDevice Entra"));
    }

    [Fact]
    public void Devices_go_on_to_the_verdict_and_to_the_numbers()
    {
        Answer();
        Assert.Equal(["phone Ready", "tab ActionNeeded", "old NotReady", "gone NotReady"], _session.Output("Get-PasskeyDevice | Test-PasskeyDeviceReadiness").Select(d => $"{d.Get("DeviceName")} {d.Get("Status")}"));
        Assert.Equal(["iOS 2", "Android 1", "Windows 1"], _session.Output("Get-PasskeyDevice | Measure-PasskeyDeviceReadiness -By Platform").OrderByDescending(r => r.Get("Count")).ThenBy(r => r.Text("Name")).Select(r => $"{r.Get("Name")} {r.Get("Count")}"));
        Assert.Equal("i1", Assert.Single(_session.Output("$(Get-PasskeyDevice; Get-PasskeyDevice) | Where-Object DeviceId -eq i1 | Measure-PasskeyDeviceReadiness -DuplicateReport")).Text("DeviceId"));
    }

    [Fact]
    public void Devices_that_were_not_seen_for_long_are_left_out_with_a_warning()
    {
        Answer();
        var result = _session.Run("Get-PasskeyDevice -StaleAfter 90");
        Assert.Empty(result.Errors);
        // Whether "tab" is still there is not known, so it stays.
        Assert.Equal(["phone", "tab", "gone"], result.Output.Select(d => d.Text("DeviceName")));
        Assert.Matches(@"^Intune \(.+\): 1 of 4 devices were left out\. They were last seen before \d{4}-\d\d-\d\d, more than 90 days ago\.$", Assert.Single(result.Warnings));
        Assert.Empty(_session.Run("Get-PasskeyDevice -StaleAfter 36500").Warnings);
        Assert.StartsWith("ParameterArgumentValidationError", _session.Run("Get-PasskeyDevice -StaleAfter 0").Error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void No_devices_and_owners_without_a_name_are_said()
    {
        _server.Faults = (_, _) => Fault.Reply(200, """{"value":[]}""");
        var result = _session.Run("Get-PasskeyDevice");
        Assert.Empty(result.Output);
        Assert.EndsWith("has no devices, or none that this sign-in may see.", Assert.Single(result.Warnings), StringComparison.Ordinal);
        _server.Faults = (_, _) => Fault.Reply(200, """{"value":[{"deviceId":"e","operatingSystem":"iOS","registeredOwners":[{"id":"u"}]}]}""");
        Assert.Contains("the owners of 1 devices have no name", Assert.Single(_session.Run("Get-PasskeyDevice Entra").Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_in_the_middle_ends_the_command_and_no_numbers_come_of_the_rest()
    {
        _server.Faults = (r, _) => r.Path.Contains("skiptoken", StringComparison.Ordinal) ? Fault.Reply(401, """{"error":{"code":"InvalidAuthenticationToken","message":"Gone."}}""")
            : Fault.Reply(200, $$"""{"value":[{"id":"1","operatingSystem":"iOS","osVersion":"17"},{"id":"2","operatingSystem":"iOS","osVersion":"17"}],"@odata.nextLink":"{{_server.Address}}v1.0/deviceManagement/managedDevices?$skiptoken=1"}""");
        var result = _session.Run("Get-PasskeyDevice");
        Assert.Equal(2, result.Output.Count);
        Assert.Equal(("SignInExpired" + Id, ErrorCategory.AuthenticationError), (result.Error.FullyQualifiedErrorId, result.Error.CategoryInfo.Category));
        Assert.EndsWith("2 devices were read before that: the inventory is not complete.", result.Error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(_session.Run("Get-PasskeyDevice | Measure-PasskeyDeviceReadiness").Output);
        Assert.Empty(_session.Run("Get-PasskeyDevice | Test-PasskeyDeviceReadiness -Quiet").Output);
    }

    [Fact]
    public void A_tenant_without_Intune_is_told_apart()
    {
        _server.Faults = (_, _) => Fault.Reply(400, """{"error":{"code":"BadRequest","message":"Request not applicable to target tenant."}}""");
        var error = _session.Run("Get-PasskeyDevice").Error;
        Assert.Equal(("IntuneNotAvailable" + Id, ErrorCategory.InvalidOperation), (error.FullyQualifiedErrorId, error.CategoryInfo.Category));
    }

    [Fact]
    public void Only_as_many_pages_are_read_as_somebody_wants()
    {
        _server.Faults = (_, n) => Fault.Reply(200, $$"""{"value":[{"id":"{{n}}","operatingSystem":"iOS","osVersion":"17"}],"@odata.nextLink":"{{_server.Address}}v1.0/deviceManagement/managedDevices?$skiptoken={{n}}"}""");
        var before = _server.Requests.Count;
        Assert.Single(_session.Output("foreach ($x in 1) { Get-PasskeyDevice | ForEach-Object { $_; break } }"));
        Assert.Equal(before + 1, _server.Requests.Count);
    }

    [Fact]
    public void A_stop_ends_the_wait_for_a_page()
    {
        using var asked = new ManualResetEventSlim();
        _server.Faults = (r, _) => r.Path.Contains("skiptoken", StringComparison.Ordinal) ? Fault.Silence.After(asked.Set)
            : Fault.Reply(200, $$"""{"value":[{"id":"1","operatingSystem":"iOS","osVersion":"17"}],"@odata.nextLink":"{{_server.Address}}v1.0/deviceManagement/managedDevices?$skiptoken=1"}""");
        using var shell = PowerShell.Create(_session.Runspace);
        shell.AddScript("Get-PasskeyDevice");
        using var output = new PSDataCollection<PSObject>();
        var running = shell.BeginInvoke<PSObject, PSObject>(null, output);
        asked.Wait();
        shell.Stop();
        Assert.Equal((PSInvocationState.Stopped, 1), (shell.InvocationStateInfo.State, output.Count));
        Assert.Empty(shell.Streams.Error);
        running.AsyncWaitHandle.Dispose();
    }

    [Fact]
    public void One_of_several_tenants_that_fails_costs_itself_only()
    {
        Answer();
        var result = _session.Run("$good = Get-PasskeyTenant; $gone = Connect-PasskeyTenant -Sandbox; Disconnect-PasskeyTenant $gone; $gone, $good | Get-PasskeyDevice Entra");
        Assert.StartsWith("TenantDisconnected,", result.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(2, result.Output.Count);
        Assert.StartsWith("NotConnected,", _session.Run("Disconnect-PasskeyTenant; Get-PasskeyDevice").Error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("@{ id = 'u'; userPrincipalName = 'a@x' }")]
    [InlineData("[pscustomobject]@{ id = 'u'; userPrincipalName = 'a@x' }")]
    [InlineData("'a@x'")]
    public void Owners_of_devices_that_others_read_are_users_too(string owner) =>
        Assert.Equal("a@x", Assert.Single(_session.Output($"@{{ displayName = 'x'; operatingSystem = 'iOS'; operatingSystemVersion = '17'; registeredOwners = @({owner}) }} | Test-PasskeyDeviceReadiness")).Text("UserPrincipalName"));

    private void Answer()
    {
        string Ago(int days) => DateTimeOffset.UtcNow.AddDays(-days).ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
        var intune = $$"""
            {"id":"i1","deviceName":"phone","operatingSystem":"iOS","osVersion":"26.1","manufacturer":"Apple","lastSyncDateTime":"{{Ago(1)}}"},
            {"id":"i2","deviceName":"tab","operatingSystem":"Android","osVersion":"15","manufacturer":"samsung","lastSyncDateTime":"0001-01-01T00:00:00Z"},
            {"id":"i3","deviceName":"old","operatingSystem":"Windows","osVersion":"6.3.9600","lastSyncDateTime":"{{Ago(91)}}"},
            {"id":"i4","deviceName":"gone","operatingSystem":"iOS","osVersion":"15.8","lastSyncDateTime":"{{Ago(89)}}"}
            """;
        const string Entra = """
            {"id":"o1","deviceId":"e1","displayName":"laptop","operatingSystem":"Windows","operatingSystemVersion":"10.0.26100.1","trustType":"AzureAd","registeredOwners":[{"id":"u1","userPrincipalName":"a@x"}]},
            {"id":"o2","deviceId":"e2","displayName":"byod","operatingSystem":"IPhone","operatingSystemVersion":"17.4","trustType":"Workplace","registeredOwners":[]}
            """;
        _server.Faults = (r, _) => r.Path.StartsWith("/beta/deviceManagement/managedDevices?", StringComparison.Ordinal) ? Fault.Reply(200, $$"""{"value":[{{intune}}]}""")
            : r.Path.StartsWith("/v1.0/devices?", StringComparison.Ordinal) ? Fault.Reply(200, $$"""{"value":[{{Entra}}]}""")
            : null;
    }
}
