using System;
using System.Linq;
using System.Management.Automation;
using PasskeyAdmin.Testing;
using PasskeyAdmin.Tests.Engine;

namespace PasskeyAdmin.Tests.Commands;

/// <summary>-Profile of Test-PasskeyDeviceReadiness and Measure-PasskeyDeviceReadiness.</summary>
[Collection(EngineGroup.Name)]
public sealed class ReadinessProfileTests : IDisposable
{
    private const string Id = ",PasskeyAdmin.Commands.TestPasskeyDeviceReadinessCommand";
    private const string Rows = "Device name,OS,OS version,Manufacturer\nwin,Windows,10.0.26100.1,Dell\nphone,iOS,17.4,Apple\nandroid,Android,15,samsung\n";

    private readonly ModuleSession _session = new();

    public ReadinessProfileTests()
    {
        _session.File("fleet.csv", Rows);
        _session.Output("$t = Connect-PasskeyTenant -Sandbox");
    }

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("-Profile 'Synced pilot'", "Apple Passwords, Google Password Manager, 1Password, Bitwarden", "Ready Ready ActionNeeded")]
    [InlineData("-Profile 'synced PILOT'", "Apple Passwords, Google Password Manager, 1Password, Bitwarden", "Ready Ready ActionNeeded")]
    [InlineData("-Profile a9c3e1d7-52f4-4b8a-8e06-73d5f1b29c40 -Tenant $t", "Apple Passwords, Google Password Manager, 1Password, Bitwarden", "Ready Ready ActionNeeded")]
    [InlineData("-Profile Synced* -Provider 1Password", "1Password", "ActionNeeded ActionNeeded ActionNeeded")]
    [InlineData("-Profile 'Default passkey profile' -TargetType DeviceBound", "Microsoft Authenticator, Security key", "ActionNeeded ActionNeeded ActionNeeded")]
    [InlineData("-Profile 'Privileged access'", "Microsoft Authenticator, YubiKey 5 FIPS Series", "ActionNeeded ActionNeeded ActionNeeded")]
    [InlineData("-Profile 'Privileged access' -Provider *Authenticator", "Microsoft Authenticator", "NotReady ActionNeeded ActionNeeded")]
    public void Only_what_the_profile_allows_is_asked_about(string parameters, string providers, string statuses)
    {
        var output = _session.Output($"Test-PasskeyDeviceReadiness fleet.csv {parameters}");
        Assert.Equal(statuses, string.Join(" ", output.Select(r => r.Text("Status"))));
        Assert.Equal(providers, _session.Output($"(Test-PasskeyDeviceReadiness fleet.csv {parameters})[0].Provider.Name -join ', '").Single().ToString());
    }

    [Fact]
    public void A_profile_says_nothing_of_the_devices_of_another_tenant()
    {
        _session.File("other.json", SmallTenant.Json.Replace("6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83", "11111111-2222-3333-4444-555555555555", StringComparison.Ordinal));
        var result = _session.Run("$b = Connect-PasskeyTenant -Path other.json; (Get-PasskeyDevice -Tenant $t)[0..1] | Test-PasskeyDeviceReadiness -Profile 'Synced pilot' -Tenant $b");
        Assert.Empty(result.Output);
        Assert.All(result.Errors, e => Assert.Equal("WrongTenant" + Id, e.FullyQualifiedErrorId));
        Assert.Equal(2, result.Errors.Count);
        // Files are of no tenant.
        Assert.Equal(3, _session.Output("Test-PasskeyDeviceReadiness fleet.csv -Profile 'Synced pilot' -Tenant $b").Count);
    }

    [Theory]
    [InlineData("", "True", null)]
    [InlineData("\"state\": \"enabled\",\n        \"isSelf=>\"state\": \"disabled\",\n        \"isSelf", "False", "switched off")]
    [InlineData("\"allowedPasskeyProfiles\": [\"a9c3e1d7-52f4-4b8a-8e06-73d5f1b29c40\"]=>\"allowedPasskeyProfiles\": []", "False", "reaches nobody")]
    [InlineData("\"id\": \"ee36a167-5f00-57c1-ac19-8102cbf43fdf\",\n            \"targetType\"=>\"id\": \"11111111-5f00-57c1-ac19-8102cbf43fdf\",\n            \"targetType\"", "False", "excluded, or not in the directory")]
    [InlineData("{ \"id\": \"f7ea8a90-8609-5835-b795-39a43cbecd11\"=>{ \"id\": \"ee36a167-5f00-57c1-ac19-8102cbf43fdf\"", "False", "excluded, or not in the directory")]
    [InlineData("{ \"id\": \"f7ea8a90-8609-5835-b795-39a43cbecd11\"=>{ \"id\": \"all_users\"", "False", "excluded, or not in the directory")]
    [InlineData("\"isSelfServiceRegistrationAllowed\": true=>\"isSelfServiceRegistrationAllowed\": false", "True", "cannot register passkeys themselves")]
    public void A_profile_that_nobody_can_use_proves_nothing(string change, string quiet, string? warning)
    {
        var json = SmallTenant.Json.ReplaceLineEndings("\n");
        if (change.Split("=>") is [var from, var to]) json = json.Replace(from, to, StringComparison.Ordinal);
        _session.File("small.json", json);
        _session.File("ready.csv", "Device name,OS,OS version,Manufacturer\nphone,iOS,17.4,Apple\n");
        var result = _session.Run("$s = Connect-PasskeyTenant -Path small.json; Test-PasskeyDeviceReadiness ready.csv -Profile 'Synced pilot' -Tenant $s -Quiet");
        Assert.Empty(result.Errors);
        Assert.Equal(quiet, result.Output.Single().ToString());
        if (warning is null) Assert.Empty(result.Warnings);
        else Assert.Contains(warning, Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_and_devices_that_were_judged_before_take_it_too()
    {
        Assert.Equal(["Microsoft Authenticator", "YubiKey 5 FIPS Series"], _session.Output("Measure-PasskeyDeviceReadiness fleet.csv -By Provider -Profile Privileged*").Select(r => r.Text("Name")));
        Assert.Equal(["ActionNeeded 3"], _session.Output("Test-PasskeyDeviceReadiness fleet.csv | Measure-PasskeyDeviceReadiness -By Status -Profile Privileged*").Select(r => $"{r.Get("Name")} {r.Get("Count")}"));
    }

    [Theory]
    [InlineData("-Profile Nobody", "ProfileNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("-Profile No*", "ProfileNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("-Profile *", "ProfileAmbiguous", ErrorCategory.InvalidArgument)]
    [InlineData("-Profile 'x[*'", "ProfileNameInvalid", ErrorCategory.InvalidArgument)]
    [InlineData("-Tenant $t", "TenantWithoutProfile", ErrorCategory.InvalidArgument)]
    [InlineData("-Profile 'Synced pilot' -TargetType DeviceBound", "ProfileAllowsNothing", ErrorCategory.InvalidArgument)]
    [InlineData("-Profile 'Synced pilot' -Provider Dashlane", "ProfileAllowsNothing", ErrorCategory.InvalidArgument)]
    [InlineData("-Profile 'Synced pilot' -Provider Nonsense", "ProviderNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("-Profile 'Synced pilot' -Provider Dashlane -TargetType DeviceBound", "ProviderTypeMismatch", ErrorCategory.InvalidArgument)]
    [InlineData("-Profile 'Synced pilot' -TargetType None", "TargetTypeEmpty", ErrorCategory.InvalidArgument)]
    public void A_question_that_makes_no_sense_ends_the_command(string parameters, string id, ErrorCategory category)
    {
        var result = _session.Run($"Test-PasskeyDeviceReadiness fleet.csv {parameters}");
        Assert.Empty(result.Output);
        Assert.Equal((id + Id, category), (result.Error.FullyQualifiedErrorId, result.Error.CategoryInfo.Category));
    }

    [Fact]
    public void Without_a_tenant_it_is_an_error() =>
        Assert.Equal("NotConnected" + Id, _session.Run("Disconnect-PasskeyTenant; Test-PasskeyDeviceReadiness fleet.csv -Profile x").Error.FullyQualifiedErrorId);

    [Fact]
    public void A_list_that_lets_nothing_pass_is_an_error()
    {
        Connect("$p['keyRestrictions']['aaGuids'] = [Newtonsoft.Json.Linq.JArray]::new()");
        Assert.StartsWith("ProfileAllowsNothing,", _session.Run("Test-PasskeyDeviceReadiness fleet.csv -Profile 'Synced pilot'").Error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$p['keyRestrictions']['enforcementType'] = [Newtonsoft.Json.Linq.JValue]::new('maybe')", "Unknown NotReady")]
    [InlineData("$p['passkeyTypes'] = [Newtonsoft.Json.Linq.JValue]::new('quantum')", "Unknown")]
    [InlineData("$p['keyRestrictions']['aaGuids'] = [Newtonsoft.Json.Linq.JArray]::Parse('[\"rubbish\"]')", "Unknown")]
    public void What_this_version_does_not_know_is_never_ready(string change, string statuses)
    {
        Connect(change);
        var result = _session.Run("Test-PasskeyDeviceReadiness fleet.csv -Profile 'Synced pilot'");
        Assert.Empty(result.Errors);
        Assert.All(result.Output, r => Assert.Contains(r.Text("Status"), statuses.Split(' ')));
        Assert.Equal("Unknown", result.Output[1].Text("Status"));
        Assert.Contains("has settings that this version does not know", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Equal(false, Assert.Single(_session.Run("Test-PasskeyDeviceReadiness fleet.csv -Profile 'Synced pilot' -Quiet").Output).BaseObject);
    }

    [Fact]
    public void A_block_list_is_read_as_one()
    {
        Connect("$p['keyRestrictions'] = [Newtonsoft.Json.Linq.JObject]::Parse('{\"isEnforced\":true,\"enforcementType\":\"block\",\"aaGuids\":[\"ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4\",\"de1e552d-db1d-4423-a619-566b625cdc84\"]}')");
        var android = _session.Output("Test-PasskeyDeviceReadiness fleet.csv -Profile 'Synced pilot'")[2];
        Assert.Equal("Apple Passwords, Other providers, Microsoft Authenticator, Security key", _session.Output("(Test-PasskeyDeviceReadiness fleet.csv -Profile 'Synced pilot')[0].Provider.Name -join ', '").Single().ToString());
        Assert.Contains("Microsoft Authenticator: No (the profile does not allow Microsoft Authenticator for Android)", android.Text("Provider"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_tenant_that_is_not_enrolled_and_switched_off_is_asked_about_all_the_same()
    {
        Connect("$f['passkeyProfiles'] = [Newtonsoft.Json.Linq.JArray]::new(); $f['defaultPasskeyProfile'] = $null; $f['state'] = [Newtonsoft.Json.Linq.JValue]::new('disabled'); foreach ($x in $f['includeTargets']) { $x['allowedPasskeyProfiles'] = [Newtonsoft.Json.Linq.JArray]::new() }");
        var result = _session.Run("Test-PasskeyDeviceReadiness fleet.csv -Profile 'Legacy settings'");
        Assert.Empty(result.Errors);
        Assert.Equal(["ActionNeeded", "ActionNeeded", "ActionNeeded"], result.Output.Select(r => r.Text("Status")));
        Assert.Contains("switched off", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void The_profile_is_read_once_and_names_are_completed()
    {
        using var server = SandboxServer.Start(_session, SandboxServer.Contoso(_session));
        SandboxServer.Connect(_session, server.Address);
        var before = server.Requests.Count;
        Assert.Equal(3, _session.Output("Import-PasskeyDeviceInventory fleet.csv | Test-PasskeyDeviceReadiness -Profile 'Synced pilot'").Count);
        Assert.Single(server.Requests.Skip(before), r => r.Method == "GET");
        Assert.Equal("'Synced pilot'", _session.Output("(TabExpansion2 'Test-PasskeyDeviceReadiness -Profile sync').CompletionMatches.CompletionText").Single().ToString());
    }

    [Fact]
    public void Names_of_groups_that_cannot_be_read_are_no_concern_here()
    {
        using var server = SandboxServer.Start(_session, SandboxServer.Contoso(_session));
        SandboxServer.Connect(_session, server.Address);
        server.Faults = (r, _) => r.Path.Contains("$batch", StringComparison.Ordinal) ? Fault.Reply(403, """{"error":{"code":"x","message":"No."}}""") : null;
        var result = _session.Run("Measure-PasskeyDeviceReadiness fleet.csv -Profile 'Synced pilot'");
        Assert.Empty(result.Warnings);
        Assert.Empty(result.Errors);
    }

    /// <summary>Contoso with a change of $p, the profile "Synced pilot", or of $f, the policy.</summary>
    private void Connect(string change) => _session.Output($$"""
        $tenant = [Newtonsoft.Json.Linq.JObject]::Parse($json)
        $f = $tenant.SelectToken("authenticationMethodsPolicy.authenticationMethodConfigurations[?(@.id == 'Fido2')]")
        $p = $f.SelectToken("passkeyProfiles[?(@.name == 'Synced pilot')]")
        {{change}}
        [IO.File]::WriteAllText([IO.Path]::Combine($PWD.ProviderPath, 'changed.json'), $tenant.ToString())
        $null = Connect-PasskeyTenant -Path changed.json
        """, ("json", SandboxServer.Contoso(_session)));
}
