using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using PasskeyAdmin.Testing;
using PasskeyAdmin.Tests.Engine;

namespace PasskeyAdmin.Tests.Commands;

/// <summary>The sandbox and the access token; Microsoft Graph PowerShell has tests of its own.</summary>
[Collection(EngineGroup.Name)]
public sealed class ConnectPasskeyTenantTests : IDisposable
{
    private const string Contoso = "6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83";
    private const string Command = "PasskeyAdmin.Commands.ConnectPasskeyTenantCommand";

    private static readonly string[] Roles = ["Policy.Read.AuthenticationMethod"];

    private readonly ModuleSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void The_sandbox_is_Contoso_and_becomes_the_current_tenant()
    {
        var tenant = Assert.Single(_session.Output("Connect-PasskeyTenant -Sandbox"));
        Assert.Equal(("Contoso", Contoso, "Sandbox", "Sandbox", true), (tenant.Text("TenantName"), tenant.Text("TenantId"), tenant.Text("Connection"), tenant.Text("Environment"), (bool)tenant.Get("IsSandbox")!));
        Assert.Same(tenant.BaseObject, Assert.Single(_session.Output("Get-PasskeyTenant")).BaseObject);
    }

    [Fact]
    public void Without_a_tenant_a_command_says_what_to_do()
    {
        Assert.Empty(_session.Output("Get-PasskeyTenant"));
        var error = _session.Run("Get-PasskeyPolicy").Error;
        Assert.Equal("NotConnected,PasskeyAdmin.Commands.GetPasskeyPolicyCommand", error.FullyQualifiedErrorId);
        Assert.Equal((ErrorCategory.AuthenticationError, "Connect-PasskeyTenant"), (error.CategoryInfo.Category, error.ErrorDetails.RecommendedAction));
    }

    [Fact]
    public void A_sandbox_file_is_made_kept_and_read_again()
    {
        var made = _session.Run("Connect-PasskeyTenant -Sandbox -Path tenant.json");
        Assert.Empty(made.Errors);
        Assert.Contains("was created, with the sample tenant Contoso in it", Assert.Single(made.Warnings), StringComparison.Ordinal);
        var path = Path.Combine(_session.Folder, "tenant.json");
        Assert.Equal(path, Assert.Single(made.Output).Text("Path"));
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"displayName\": \"Contoso\"", "\"displayName\": \"Fabrikam\"", StringComparison.Ordinal));
        Assert.Equal("Fabrikam", Assert.Single(_session.Output("Connect-PasskeyTenant -Sandbox -Path tenant.json")).Text("TenantName"));
        Assert.Equal(["tenant.json"], Directory.GetFiles(_session.Folder).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("{", "line 1")]
    [InlineData("{\n  \"format\": \"something else\"\n}", "format")]
    [InlineData("", "empty")]
    public void A_damaged_sandbox_file_is_refused_with_the_place(string content, string text)
    {
        _session.File("tenant.json", content);
        var error = _session.Run("Connect-PasskeyTenant -Sandbox -Path tenant.json").Error;
        Assert.StartsWith(content.Length == 0 ? "FileEmpty," : "SandboxFileInvalid,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(text, error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(_session.Output("Get-PasskeyTenant"));
    }

    [Theory]
    [InlineData(Contoso)]
    [InlineData("contoso.com")]
    [InlineData("CONTOSO.onmicrosoft.com")]
    public void The_tenant_that_is_asked_for_can_be_named_by_id_and_domain(string tenant) =>
        Assert.Single(_session.Output($"Connect-PasskeyTenant -Sandbox -TenantId {tenant}"));

    [Theory]
    [InlineData("11111111-1111-1111-1111-111111111111")]
    [InlineData("fabrikam.com")]
    public void Another_tenant_than_asked_for_is_an_error_and_leaves_none(string tenant)
    {
        _session.Output("Connect-PasskeyTenant -Sandbox");
        var error = _session.Run($"Connect-PasskeyTenant -Sandbox -TenantId {tenant}").Error;
        Assert.Equal($"WrongTenant,{Command}", error.FullyQualifiedErrorId);
        Assert.Equal(tenant, error.TargetObject);
        Assert.Contains(Contoso, error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(_session.Output("Get-PasskeyTenant"));
        Assert.StartsWith("NotConnected", _session.Run("Get-PasskeyPolicy").Error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_tells_account_application_and_end()
    {
        using var server = SandboxServer.Start(_session);
        var expires = Tokens.In(TimeSpan.FromHours(1));
        var token = Tokens.Create(("tid", Contoso), ("upn", "adele@contoso.com"), ("appid", "app-1"), ("scp", "User.Read Policy.Read.AuthenticationMethod"), ("exp", expires), ("aud", "somewhere"));
        var tenant = Assert.Single(_session.Output("Connect-PasskeyTenant -AccessToken $token -GraphEndpoint $endpoint", ("token", Secret(token)), ("endpoint", server.Address)));
        Assert.Equal(("Contoso", "AccessToken", "Custom", "adele@contoso.com", "app-1"), (tenant.Text("TenantName"), tenant.Text("Connection"), tenant.Text("Environment"), tenant.Text("Account"), tenant.Text("ClientId")));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(expires), tenant.Get("ExpiresOn"));
        Assert.Equal("User.Read, Policy.Read.AuthenticationMethod", tenant.Text("Scope"));
        Assert.Equal($"Bearer {token}", Assert.Single(server.Requests).Headers["Authorization"]);
    }

    [Fact]
    public void The_token_is_nowhere_to_be_seen()
    {
        using var server = SandboxServer.Start(_session);
        const string Secret = "secret-token-0815";
        server.Faults = (r, n) => n switch { 1 => Fault.Reply(401, "{}"), 2 => Fault.Reset, 3 => Fault.Reply(403, "{}"), _ => null };
        var shown = _session.Shown("$t = Connect-PasskeyTenant -AccessToken $token -GraphEndpoint $endpoint -Verbose -Debug 4>&1 5>&1; $t; $t | ForEach-Object { $_.PSObject.Properties | ForEach-Object { \"$($_.Name)=$($_.Value)\" } }; Get-PasskeyPolicy -Verbose; Get-PasskeyPolicy -Verbose; $global:Error | ForEach-Object { $_.ToString(); $_.Exception.ToString(); $_.ScriptStackTrace; $_.InvocationInfo.Line }",
            ("token", Secret), ("endpoint", server.Address));
        Assert.Contains("401", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("0815", shown, StringComparison.Ordinal);
        // Nor where a gateway repeats what it got.
        server.Faults = (r, _) => Fault.Reply(403, $$$"""{"error":{"code":"x","message":"No, {{{r.Headers["Authorization"]["Bearer ".Length..]}}}!"}}""");
        Assert.DoesNotContain("0815", _session.Shown("Connect-PasskeyTenant -AccessToken $token -GraphEndpoint $endpoint -Verbose; Get-PasskeyPolicy -Verbose; $global:Error | ForEach-Object { $_.Exception.ToString() }"), StringComparison.Ordinal);
        server.Faults = null;
        Assert.DoesNotContain("0815", _session.Shown("Connect-PasskeyTenant -AccessToken \"$token`r`nX: y\" -GraphEndpoint $endpoint; Connect-PasskeyTenant -AccessToken @($token, $token) -GraphEndpoint $endpoint; $global:Error | ForEach-Object { $_.Exception.ToString() }"), StringComparison.Ordinal);
        // Only where it belongs.
        Assert.All(server.Requests, r => Assert.Equal($"Bearer {Secret}", r.Headers["Authorization"]));
    }

    [Fact]
    public void A_401_says_to_connect_again()
    {
        using var server = SandboxServer.Start(_session);
        SandboxServer.Connect(_session, server.Address);
        server.Faults = (_, _) => Fault.Reply(401, """{"error":{"code":"InvalidAuthenticationToken","message":"Lifetime validation failed."}}""");
        var error = _session.Run("Get-PasskeyPolicy").Error;
        Assert.Equal("SignInExpired,PasskeyAdmin.Commands.GetPasskeyPolicyCommand", error.FullyQualifiedErrorId);
        Assert.Contains("it has expired or was revoked; connect again with Connect-PasskeyTenant -AccessToken", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_expired_token_is_refused_before_anything_is_sent()
    {
        using var server = SandboxServer.Start(_session);
        var error = _session.Run("Connect-PasskeyTenant -AccessToken $token -GraphEndpoint $endpoint", ("token", Tokens.Create(("exp", Tokens.In(TimeSpan.FromMinutes(-6))))), ("endpoint", server.Address)).Error;
        Assert.Equal($"SignInExpired,{Command}", error.FullyQualifiedErrorId);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public void A_token_of_another_tenant_than_asked_for_is_refused_before_anything_is_sent()
    {
        using var server = SandboxServer.Start(_session);
        var error = _session.Run($"Connect-PasskeyTenant -AccessToken $token -GraphEndpoint $endpoint -TenantId {Contoso}", ("token", Tokens.Create(("tid", "11111111-1111-1111-1111-111111111111"))), ("endpoint", server.Address)).Error;
        Assert.Equal($"WrongTenant,{Command}", error.FullyQualifiedErrorId);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public void Who_may_not_read_the_organization_is_connected_without_its_name()
    {
        using var server = SandboxServer.Start(_session);
        server.Faults = (_, _) => Fault.Reply(403, """{"error":{"code":"Authorization_RequestDenied","message":"No."}}""");
        var result = _session.Run("Connect-PasskeyTenant -AccessToken $token -GraphEndpoint $endpoint", ("token", Tokens.Create(("tid", Contoso), ("idtyp", "app"), ("roles", Roles))), ("endpoint", server.Address));
        Assert.Empty(result.Errors);
        Assert.Equal((null, Contoso, true), (result.Output[0].Text("TenantName"), result.Output[0].Text("TenantId"), (bool)result.Output[0].Get("IsAppOnly")!));
        Assert.Contains("The application lacks the permission", Assert.Single(result.Warnings), StringComparison.Ordinal);
        var unverified = _session.Run("Connect-PasskeyTenant -AccessToken $token -GraphEndpoint $endpoint -TenantId contoso.com");
        Assert.Equal($"TenantNotVerified,{Command}", unverified.Error.FullyQualifiedErrorId);
    }

    [Theory]
    [InlineData("-AccessToken $null")]
    [InlineData("-AccessToken 5 -GraphEndpoint http://localhost:1")]
    [InlineData("-AccessToken abc -GraphEndpoint $null")]
    [InlineData("-AccessToken abc -GraphEndpoint 'http://['")]
    [InlineData("-AccessToken abc -GraphEndpoint http://localhost:1 -Environment Global")]
    [InlineData("-AccessToken abc -Environment ''")]
    [InlineData("-TenantId $null")]
    [InlineData("-Sandbox -TenantId ''")]
    [InlineData("-Sandbox -Path ''")]
    [InlineData("-Path $null")]
    [InlineData("-Sandbox:$false -Path tenant.json")]
    [InlineData("-Sandbox -Capability Nope")]
    [InlineData("-Sandbox -AccessToken abc")]
    [InlineData("-Sandbox:$false -AccessToken abc -GraphEndpoint ftp://localhost")]
    [InlineData("-Sandbox -Capability 1")]
    [InlineData("fabrikam.com -Sandbox")]
    public void Whatever_fails_leaves_no_tenant(string arguments)
    {
        _session.Output("Connect-PasskeyTenant -Sandbox");
        var error = _session.Run($"Connect-PasskeyTenant {arguments}").Error;
        Assert.EndsWith($",{Command}", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.IsNotType<ParameterBindingException>(error.Exception, exactMatch: false);
        Assert.Empty(_session.Output("Get-PasskeyTenant"));
    }

    [Fact]
    public void A_file_alone_means_the_sandbox_and_false_means_it()
    {
        Assert.Equal("Sandbox", _session.Run("Connect-PasskeyTenant -Path tenant.json -Capability Read").Output[0].Text("Connection"));
        Assert.StartsWith("GraphModuleMissing,", _session.Run("Connect-PasskeyTenant -Sandbox:$false").Error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nowhere/tenant.json", "there is no folder")]
    [InlineData(".", "is a folder")]
    [InlineData("*.json", "has wildcards")]
    public void A_file_that_cannot_be_made_is_said_plainly(string path, string text)
    {
        var error = _session.Run($"Connect-PasskeyTenant -Path '{path}'").Error;
        Assert.Equal($"SandboxPathInvalid,{Command}", error.FullyQualifiedErrorId);
        Assert.Contains(text, error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_session.Folder));
    }

    [Fact]
    public void A_file_that_becomes_another_tenant_is_noticed()
    {
        var path = _session.File("tenant.json", SandboxServer.Contoso(_session));
        _session.Output("Connect-PasskeyTenant -Path tenant.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace(Contoso, "11111111-2222-3333-4444-555555555555", StringComparison.Ordinal));
        Assert.StartsWith("TenantSessionChanged,", _session.Run("Get-PasskeyPolicy").Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        // A write looks first, too.
        Assert.Equal("TenantSessionChanged", Writing.Patch(_session, """{"@odata.type":"#microsoft.graph.fido2AuthenticationMethodConfiguration","state":"disabled"}""").ErrorId);
        Assert.Equal("Enabled", _session.Output("(Connect-PasskeyTenant -Path tenant.json | Get-PasskeyPolicy).State").Single().ToString());
    }

    [Fact]
    public void The_sample_tenant_can_be_tried_as_somebody_else()
    {
        var tenant = _session.Output("Connect-PasskeyTenant -Sandbox -SandboxSetting @{ isAppOnly = $true; Scopes = 'Organization.Read.All' }").Single();
        Assert.Equal((null, true, "Organization.Read.All"), (tenant.Text("Account"), (bool)tenant.Get("IsAppOnly")!, tenant.Text("Scope")));
        Assert.StartsWith("AccessDenied,", _session.Run("Get-PasskeyPolicy").Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        tenant = _session.Output("Connect-PasskeyTenant -Sandbox -SandboxSetting @{ account = 'saoirse.gu@contoso.com'; enforcesRoles = $false; now = [datetime]'2027-02-03T00:00:00Z' }").Single();
        Assert.Equal(("saoirse.gu@contoso.com", "True"), (tenant.Text("Account"), _session.Output("(Get-PasskeyPolicy).ReadAt -ge [datetimeoffset]'2027-02-03T00:00:00Z'").Single().ToString()));
    }

    [Theory]
    [InlineData("-Sandbox -SandboxSetting @{ licens = 'Free' }", "SandboxSettingInvalid")]
    [InlineData("-Sandbox -SandboxSetting @{ licence = 'P3' }", "SandboxSettingInvalid")]
    [InlineData("-Sandbox -SandboxSetting @{ scopes = @(1) }", "SandboxSettingInvalid")]
    [InlineData("-Sandbox -SandboxSetting 'licence=Free'", "SandboxSettingInvalid")]
    [InlineData("-Sandbox -SandboxSetting $null", "SandboxSettingInvalid")]
    [InlineData("-Sandbox -SandboxSetting @{ account = 'nobody@contoso.com' }", "SandboxSettingInvalid")]
    [InlineData("-Sandbox:$false -SandboxSetting @{ licence = 'Free' }", "SandboxContradicted")]
    [InlineData("-SandboxSetting @{ licence = 'Free' }", "SandboxContradicted")]
    [InlineData("-Sandbox -Path x.json -SandboxSetting @{ licence = 'Free' }", "SandboxContradicted")]
    [InlineData("-AccessToken abc -SandboxSetting @{ licence = 'Free' }", "SandboxContradicted")]
    public void A_setting_that_is_not_understood_connects_nothing(string arguments, string errorId)
    {
        _session.Output("Connect-PasskeyTenant -Sandbox");
        Assert.Equal($"{errorId},{Command}", _session.Run($"Connect-PasskeyTenant {arguments}").Error.FullyQualifiedErrorId);
        Assert.Empty(_session.Output("Get-PasskeyTenant"));
    }

    [Theory]
    [InlineData("-GraphEndpoint http://graph.microsoft.com", "EndpointRefused")]
    [InlineData("-GraphEndpoint https://graph.microsoft.com/v1.0", "EndpointRefused")]
    [InlineData("-GraphEndpoint graph.microsoft.com", "EndpointRefused")]
    [InlineData("-Environment Germany", "EnvironmentUnknown")]
    public void An_endpoint_must_be_safe(string arguments, string errorId) =>
        Assert.Equal($"{errorId},{Command}", _session.Run($"Connect-PasskeyTenant -AccessToken abc {arguments}").Error.FullyQualifiedErrorId);

    [Fact]
    public void A_token_for_another_service_is_refused() =>
        Assert.Equal($"AccessTokenInvalid,{Command}", _session.Run("Connect-PasskeyTenant -AccessToken $token", ("token", Tokens.Create(("aud", "https://management.azure.com/")))).Error.FullyQualifiedErrorId);

    [Fact]
    public void Missing_permissions_are_said_where_a_capability_is_asked_for()
    {
        using var server = SandboxServer.Start(_session);
        var token = Tokens.Create(("scp", "Policy.ReadWrite.AuthenticationMethod Directory.Read.All"));
        Assert.Empty(_session.Run("Connect-PasskeyTenant -AccessToken $token -GraphEndpoint $endpoint -Capability Read", ("token", token), ("endpoint", server.Address)).Warnings);
        Assert.Contains("AuditLog.Read.All, UserAuthenticationMethod.Read.All", Assert.Single(_session.Run("Connect-PasskeyTenant -AccessToken $token -GraphEndpoint $endpoint -Capability PolicyWrite").Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Disconnect_forgets_the_tenant_and_what_others_hold_of_it()
    {
        using var server = SandboxServer.Start(_session);
        SandboxServer.Connect(_session, server.Address);
        _session.Output("$held = Get-PasskeyTenant; Disconnect-PasskeyTenant");
        Assert.Empty(_session.Output("Get-PasskeyTenant"));
        var before = server.Requests.Count;
        Assert.StartsWith("TenantDisconnected", _session.Run("Get-PasskeyPolicy -Tenant $held").Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(before, server.Requests.Count);
        Assert.Empty(_session.Output("Disconnect-PasskeyTenant"));
    }

    [Fact]
    public void Disconnecting_another_tenant_keeps_the_current_one()
    {
        _session.Output("$a = Connect-PasskeyTenant -Sandbox; $b = Connect-PasskeyTenant -Sandbox; $a | Disconnect-PasskeyTenant");
        Assert.True((bool)_session.Output("(Get-PasskeyTenant) -eq $b").Single().BaseObject);
    }

    [Fact]
    public void Two_tenants_at_once_are_named_with_a_parameter()
    {
        _session.File("other.json", SandboxServer.Contoso(_session).Replace("\"displayName\": \"Contoso\"", "\"displayName\": \"Fabrikam\"", StringComparison.Ordinal));
        Assert.Equal(["Contoso", "Fabrikam", "Fabrikam"], _session.Output("""
            $a = Connect-PasskeyTenant -Sandbox
            $b = Connect-PasskeyTenant -Sandbox -Path other.json
            (Get-PasskeyPolicy -Tenant $a).TenantName; (Get-PasskeyPolicy -Tenant $b).TenantName; (Get-PasskeyPolicy).TenantName
            """).Select(o => o.ToString()));
    }

    [Fact]
    public void Functions_and_modules_share_the_tenant_of_the_session() =>
        Assert.Equal(["Contoso", "Contoso"], _session.Output("""
            function Connect { $null = Connect-PasskeyTenant -Sandbox }
            Connect
            (Get-PasskeyPolicy).TenantName
            New-Module { function Get-Name { (Get-PasskeyPolicy).TenantName } } | Import-Module
            Get-Name
            """).Select(o => o.ToString()));

    [Fact]
    public void Parallel_iterations_do_not_hand_a_tenant_on()
    {
        // One runspace does all of it; what the first iteration connected must be gone in the second, whose own Connect fails.
        var result = _session.Run("""
            1..3 | ForEach-Object -ThrottleLimit 1 -Parallel {
                Import-Module $using:manifest
                if ($_ -eq 1) { $null = Connect-PasskeyTenant -Sandbox }
                if ($_ -eq 2) { $null = Connect-PasskeyTenant -Sandbox -TenantId fabrikam.com -ErrorAction SilentlyContinue }
                "$_ $((Get-PasskeyPolicy -ErrorAction SilentlyContinue).TenantName)"
            }
            """, ("manifest", TestPaths.Manifest));
        Assert.Equal(["1 Contoso", "2 ", "3 "], result.Output.Select(o => o.ToString()));
    }

    [Fact]
    public void Two_runspaces_do_not_see_each_other()
    {
        using var other = new ModuleSession();
        _session.Output("Connect-PasskeyTenant -Sandbox");
        Assert.Empty(other.Output("Get-PasskeyTenant"));
        other.Output("Connect-PasskeyTenant -Sandbox -Path x.json 3>$null");
        Assert.Null(_session.Output("Get-PasskeyTenant").Single().Get("Path"));
    }

    [Fact]
    public void Nothing_of_a_tenant_is_written_to_disk()
    {
        using var server = SandboxServer.Start(_session);
        SandboxServer.Connect(_session, server.Address);
        _session.Output("Get-PasskeyPolicy; Get-PasskeyProfile; Get-PasskeyProfileTarget; Disconnect-PasskeyTenant");
        Assert.Empty(Directory.GetFileSystemEntries(_session.Folder));
    }

    [Fact]
    public void Clouds_are_completed() =>
        Assert.Equal(["BleuCloud", "China", "DelosCloud", "Global", "USGov", "USGovDoD"], _session.Output("(TabExpansion2 'Connect-PasskeyTenant -Environment ').CompletionMatches.CompletionText").Select(o => o.ToString()).Order(StringComparer.Ordinal));

    [Fact]
    public void A_write_that_gets_504_arrives_once()
    {
        using var server = SandboxServer.Start(_session);
        SandboxServer.Connect(_session, server.Address);
        server.Faults = (_, _) => Fault.Reply(504, "");
        Assert.Equal(("GraphUnavailable", true), Writing.Patch(_session, "{}"));
        Assert.Single(server.Requests, r => r.Method == "PATCH");
    }

    [Fact]
    public void A_write_is_kept_in_the_file_of_a_sandbox()
    {
        _session.Run("Connect-PasskeyTenant -Sandbox -Path tenant.json");
        Assert.Equal((null, false), Writing.Patch(_session, """{"@odata.type":"#microsoft.graph.fido2AuthenticationMethodConfiguration","state":"disabled"}"""));
        Assert.Equal("Disabled", Assert.Single(_session.Output("$null = Connect-PasskeyTenant -Sandbox -Path tenant.json; (Get-PasskeyPolicy).State")).ToString());
        Assert.Equal(["tenant.json"], Directory.GetFiles(_session.Folder).Select(Path.GetFileName));
    }

    [Fact]
    public void Stopping_ends_a_command_that_waits_for_a_tenant()
    {
        using var server = SandboxServer.Start(_session);
        SandboxServer.Connect(_session, server.Address);
        using var shell = PowerShell.Create(_session.Runspace);
        shell.AddScript("Get-PasskeyPolicy");
        server.Faults = (_, _) => Fault.Silence.After(() => shell.BeginStop(null, null));
        shell.Invoke();
        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
    }

    [Fact]
    public void The_table_shows_tenant_and_connection() => Assert.Matches(@"Contoso\s+Sandbox\s+6f1c2b9e-\S+\s+pradeep\.petrova@contoso\.com\s+Sandbox", _session.Shown("Connect-PasskeyTenant -Sandbox"));

    private static System.Security.SecureString Secret(string text)
    {
        var secret = new System.Security.SecureString();
        foreach (var c in text) secret.AppendChar(c);
        return secret;
    }
}
