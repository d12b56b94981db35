using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PasskeyAdmin.Testing;
using PasskeyAdmin.Tests.Engine;

namespace PasskeyAdmin.Tests.Commands;

[Collection(EngineGroup.Name)]
public sealed class TestPasskeyPrerequisiteTests : IDisposable
{
    private const string Contoso = "6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83";
    private const string Command = "PasskeyAdmin.Commands.TestPasskeyPrerequisiteCommand";
    private const string Needed = "Policy.ReadWrite.AuthenticationMethod GroupMember.Read.All User.Read.All AuditLog.Read.All UserAuthMethod-Passkey.Read.All RoleManagement.Read.Directory Policy.Read.All";
    private const string Roles = """{"value":[{"@odata.type":"#microsoft.graph.directoryRole","id":"x","displayName":"Authentication Policy Administrator","roleTemplateId":"0526716b-113d-4c15-b2c8-68e3c22b9f80"},{"@odata.type":"#microsoft.graph.directoryRole","id":"y","displayName":"Global Reader","roleTemplateId":"f2ef992c-3afb-46b9-b7cf-a126ee74c451"}]}""";

    private static readonly string[] Few = ["Policy.Read.AuthenticationMethod"];

    private readonly ModuleSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Not_connected_is_an_answer_and_no_error()
    {
        var checks = _session.Output("Test-PasskeyPrerequisite");
        Assert.Equal(("SignedIn", "Fail", "Connect-PasskeyTenant -Capability PolicyWrite"), (checks[0].Text("Id"), checks[0].Text("Outcome"), checks[0].Text("Command")));
        Assert.All(checks.Skip(1), c => Assert.Equal(("Unknown", "Not signed in."), (c.Text("Outcome"), c.Text("Evidence"))));
        Assert.Equal(16, checks.Count);
        Assert.False((bool)_session.Output("Test-PasskeyPrerequisite -Quiet").Single().BaseObject);
    }

    [Fact]
    public void A_tenant_that_was_disconnected_is_an_answer_too()
    {
        var checks = _session.Output("$t = Connect-PasskeyTenant -Sandbox; Disconnect-PasskeyTenant; Test-PasskeyPrerequisite -Tenant $t");
        Assert.Equal(("Fail", "Connect-PasskeyTenant -Sandbox", Contoso), (checks[0].Text("Outcome"), checks[0].Text("Command"), checks[0].Text("TenantId")));
        Assert.Contains("was disconnected", checks[0].Text("Evidence"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_tenant_that_is_ready_is_said_to_be()
    {
        using var server = Ready();
        Connect(server, ("tid", Contoso), ("upn", "pradeep.petrova@contoso.com"), ("scp", Needed), ("exp", Tokens.In(TimeSpan.FromHours(1))));
        var checks = ById(_session.Output("Test-PasskeyPrerequisite"));
        Assert.StartsWith("pradeep.petrova@contoso.com, with an access token, until 20", checks["SignedIn"].Text("Evidence"), StringComparison.Ordinal);
        Assert.Equal("Contoso (6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83).", checks["Tenant"].Text("Evidence"));
        // All but the cloud, since nobody knows which one is behind an address.
        Assert.Equal(["Cloud"], checks.Values.Where(c => c.Text("Outcome") != "Pass").Select(c => c.Text("Id")));
        Assert.Equal(false, _session.Output("Test-PasskeyPrerequisite -Quiet").Single().BaseObject);
    }

    [Fact]
    public void Quiet_is_true_only_where_all_passes()
    {
        _session.File("tenant.json", SmallTenant.Json);
        // In a sandbox in which somebody is signed in, everything could pass; here the roles stay unknown.
        Assert.Equal(false, _session.Output("$null = Connect-PasskeyTenant -Path tenant.json -EmergencyAccount pradeep.petrova@contoso.com, henrietta.gu@contoso.com; Test-PasskeyPrerequisite Read -Quiet").Single().BaseObject);
        using var server = Ready();
        Connect(server, ("tid", Contoso), ("upn", "pradeep.petrova@contoso.com"), ("scp", Needed));
        Assert.Equal(["Cloud"], _session.Output("Test-PasskeyPrerequisite | Where-Object { $_.Outcome.ToString() -ne 'Pass' }").Select(c => c.Text("Id")));
        _session.Output("$global:PasskeyAdminTenant.GetType().GetField('<Environment>k__BackingField', [Reflection.BindingFlags]'Instance, NonPublic').SetValue($global:PasskeyAdminTenant, 'Global')");
        Assert.Equal(true, _session.Output("Test-PasskeyPrerequisite -Quiet").Single().BaseObject);
    }

    [Fact]
    public void An_application_without_permissions_is_told_which()
    {
        using var server = SandboxServer.Start(_session);
        server.Faults = (r, _) => r.Path.Contains("fido2", StringComparison.Ordinal) ? null : Fault.Reply(403, """{"error":{"code":"Authorization_RequestDenied","message":"Insufficient privileges."}}""");
        _session.Run("$null = Connect-PasskeyTenant -AccessToken $token -GraphEndpoint $endpoint", ("token", Tokens.Create(("tid", Contoso), ("idtyp", "app"), ("appid", "app-1"), ("roles", Few))), ("endpoint", server.Address));
        var checks = ById(_session.Output("Test-PasskeyPrerequisite -Capability Read, Helpdesk"));
        Assert.Equal("The application app-1, with an access token.", checks["SignedIn"].Text("Evidence"));
        Assert.Equal("Missing for Read: GroupMember.Read.All, User.ReadBasic.All; for Helpdesk: Policy.Read.All, GroupMember.Read.All, User.Read.All, AuditLog.Read.All, UserAuthenticationMethod.Read.All, UserAuthMethod-TAP.ReadWrite.All, UserAuthMethod-Passkey.ReadWrite.All, User.RevokeSessions.All, RoleManagement.Read.Directory.", checks["Permission"].Text("Evidence"));
        Assert.StartsWith("Grant the application GroupMember.Read.All, ", checks["Permission"].Text("Fix"), StringComparison.Ordinal);
        Assert.Equal(("Unknown", "An application has no role of this kind; its permissions count."), (checks["Role"].Text("Outcome"), checks["Role"].Text("Evidence")));
        Assert.Equal("Unknown", checks["PremiumLicence"].Text("Outcome"));
        Assert.Contains("the permission AuditLog.Read.All is missing", checks["PremiumLicence"].Text("Evidence"), StringComparison.Ordinal);
        Assert.DoesNotContain(server.Requests, r => r.Path.Contains("/me/", StringComparison.Ordinal));
    }

    [Fact]
    public void A_sign_in_that_expires_on_the_way_is_a_failed_check()
    {
        using var server = SandboxServer.Start(_session);
        SandboxServer.Connect(_session, server.Address);
        server.Faults = (r, _) => r.Path.Contains("fido2", StringComparison.Ordinal) ? Fault.Reply(401, "{}") : null;
        var checks = _session.Output("Test-PasskeyPrerequisite");
        Assert.Equal(("SignedIn", "Fail"), (checks[0].Text("Id"), checks[0].Text("Outcome")));
        Assert.StartsWith("Connect-PasskeyTenant -AccessToken $token -TenantId '6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83' -GraphEndpoint 'http://127.0.0.1:", checks[0].Text("Command"), StringComparison.Ordinal);
        Assert.All(checks.Skip(1), c => Assert.Equal("Unknown", c.Text("Outcome")));
    }

    [Fact]
    public void Two_tenants_go_through_the_pipeline_and_one_that_is_gone_costs_itself_only()
    {
        _session.File("small.json", SmallTenant.Json.Replace(Contoso, "11111111-2222-3333-4444-555555555555", StringComparison.Ordinal));
        var checks = _session.Output("$one = Connect-PasskeyTenant -Sandbox; $two = Connect-PasskeyTenant -Path small.json; $gone = Connect-PasskeyTenant -Sandbox; Disconnect-PasskeyTenant $gone; $one, $gone, $two | Test-PasskeyPrerequisite Read");
        Assert.Equal([(Contoso, "Pass"), (Contoso, "Fail"), ("11111111-2222-3333-4444-555555555555", "Pass")], checks.Where(c => c.Text("Id") == "SignedIn").Select(c => (c.Text("TenantId"), c.Text("Outcome"))));
        Assert.Single(_session.Output("$one, $two | Test-PasskeyPrerequisite -Quiet"));
    }

    [Fact]
    public void Another_tenant_than_the_one_that_is_meant_is_an_error()
    {
        var result = _session.Run("$null = Connect-PasskeyTenant -Sandbox; Test-PasskeyPrerequisite -TenantId 11111111-2222-3333-4444-555555555555");
        Assert.Equal($"WrongTenant,{Command}", result.Error.FullyQualifiedErrorId);
        Assert.Empty(result.Output);
        var piped = _session.Run("Get-PasskeyTenant | Test-PasskeyPrerequisite -TenantId 11111111-2222-3333-4444-555555555555 -Quiet");
        Assert.Equal(($"WrongTenant,{Command}", (object)false), (piped.Error.FullyQualifiedErrorId, piped.Output.Single().BaseObject));
    }

    [Theory]
    [InlineData("Nope")]
    [InlineData("1")]
    [InlineData("Read, Nope")]
    public void A_capability_that_there_is_not_is_an_error(string capability)
    {
        var error = _session.Run($"Test-PasskeyPrerequisite -Capability {capability}").Error;
        Assert.Equal($"CapabilityUnknown,{Command}", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.InvalidArgument, error.CategoryInfo.Category);
    }

    [Fact]
    public void Emergency_accounts_are_kept_with_the_connection()
    {
        Assert.Equal("a@contoso.com, b@contoso.com", _session.Output("Connect-PasskeyTenant -Sandbox -EmergencyAccount ' a@contoso.com', b@contoso.com, A@contoso.com").Single().Text("EmergencyAccount"));
        Assert.Equal("a@contoso.com, b@contoso.com", _session.Output("Get-PasskeyTenant").Single().Text("EmergencyAccount"));
        var check = ById(_session.Output("Test-PasskeyPrerequisite"))["EmergencyAccount"];
        Assert.Equal("a@contoso.com is not in the directory; b@contoso.com is not in the directory.", check.Text("Evidence"));
        Assert.Equal("", _session.Output("Connect-PasskeyTenant -Sandbox").Single().Text("EmergencyAccount"));
    }

    [Fact]
    public void A_sandbox_with_settings_is_not_connected_again_without_them()
    {
        var check = ById(_session.Output("$null = Connect-PasskeyTenant -Sandbox -SandboxSetting @{ licence = 'Free' }; Test-PasskeyPrerequisite"))["EmergencyAccount"];
        Assert.Null(check.Text("Command"));
        Assert.EndsWith("Add to the command that connected: -EmergencyAccount '<first account>', '<second account>'.", check.Text("Fix"), StringComparison.Ordinal);
        Assert.Equal("Connect-PasskeyTenant -Sandbox -EmergencyAccount '<first account>', '<second account>'", ById(_session.Output("$null = Connect-PasskeyTenant -Sandbox; Test-PasskeyPrerequisite"))["EmergencyAccount"].Text("Command"));
    }

    [Theory]
    [InlineData("$null")]
    [InlineData("''")]
    [InlineData("@()")]
    [InlineData("a@contoso.com, ' '")]
    public void An_emergency_account_without_a_name_connects_nothing(string accounts)
    {
        Assert.Equal("ParameterEmpty,PasskeyAdmin.Commands.ConnectPasskeyTenantCommand", _session.Run($"Connect-PasskeyTenant -Sandbox -EmergencyAccount {accounts}").Error.FullyQualifiedErrorId);
        Assert.Empty(_session.Output("Get-PasskeyTenant"));
    }

    [Fact]
    public void Capabilities_are_completed() =>
        Assert.Contains("PolicyWrite", _session.Output("(TabExpansion2 'Test-PasskeyPrerequisite -Capability P' 38).CompletionMatches.CompletionText").Select(c => c.ToString()));

    [Fact]
    public void The_table_shows_what_to_do()
    {
        var shown = _session.Shown("Test-PasskeyPrerequisite");
        Assert.Matches(@"Outcome\s+Id\s+Evidence and fix", shown);
        Assert.Contains("Fix: Sign in.", shown, StringComparison.Ordinal);
        Assert.Contains("PS> Connect-PasskeyTenant -Capability", shown, StringComparison.Ordinal);
    }

    /// <summary>The small tenant without SMS and with a narrow default profile, and answers for what the sandbox does not know.</summary>
    private GraphServer Ready()
    {
        const string Voice = """{ "@odata.type": "#microsoft.graph.voiceAuthenticationMethodConfiguration", "id": "Voice", "state": "disabled", "excludeTargets": [], "includeTargets": [] },""";
        var json = SmallTenant.Json
            .Replace("\"id\": \"Sms\",\n        \"state\": \"enabled\"", "\"id\": \"Sms\",\n        \"state\": \"disabled\"", StringComparison.Ordinal)
            .Replace("\"passkeyTypes\": \"deviceBound,synced\"", "\"passkeyTypes\": \"deviceBound\"", StringComparison.Ordinal)
            .Replace("\"authenticationMethodConfigurations\": [", $"\"authenticationMethodConfigurations\": [ {Voice}", StringComparison.Ordinal);
        var server = SandboxServer.Start(_session, json);
        server.Faults = (r, _) => r.Path.StartsWith("/v1.0/me/", StringComparison.Ordinal) ? Fault.Reply(200, Roles) : r.Path.StartsWith("/v1.0/auditLogs/", StringComparison.Ordinal) ? Fault.Reply(200, """{"value":[]}""") : null;
        return server;
    }

    private void Connect(GraphServer server, params (string, object)[] claims) => Assert.Empty(_session.Run(
        "$null = Connect-PasskeyTenant -AccessToken $token -GraphEndpoint $endpoint -EmergencyAccount pradeep.petrova@contoso.com, henrietta.gu@contoso.com", ("token", Tokens.Create(claims)), ("endpoint", server.Address)).Errors);

    private static Dictionary<string, PSObject> ById(IEnumerable<PSObject> checks) => checks.ToDictionary(c => c.Text("Id")!);
}
