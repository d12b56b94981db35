using System;
using System.Linq;
using System.Management.Automation;
using Microsoft.Graph.PowerShell.Authentication;
using PasskeyAdmin.Testing;
using PasskeyAdmin.Tests.Engine;

namespace PasskeyAdmin.Tests.Commands;

/// <summary>Through the session of Microsoft Graph PowerShell, for which a module of the same shape stands in.</summary>
[Collection(EngineGroup.Name)]
public sealed class ConnectPasskeyTenantGraphTests : IDisposable
{
    private const string Contoso = "6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83";
    private const string Command = "PasskeyAdmin.Commands.ConnectPasskeyTenantCommand";

    private readonly ModuleSession _session = new();
    private readonly GraphServer _server;
    private readonly GraphModule _module;

    public ConnectPasskeyTenantGraphTests()
    {
        _server = SandboxServer.Start(_session);
        // What Graph calls itself in its links; the session rewrites it on the way.
        _server.PublicAddress = new Uri("https://graph.microsoft.com/");
        _module = new GraphModule(_server.Address);
    }

    public void Dispose()
    {
        _module.Dispose();
        _session.Dispose();
        _server.Dispose();
    }

    [Fact]
    public void Who_is_signed_in_is_used_as_is()
    {
        StandIn.SignIn(Contoso, "adele@contoso.com", "Policy.Read.AuthenticationMethod");
        var tenant = Assert.Single(_session.Output("Connect-PasskeyTenant"));
        Assert.Equal(("Contoso", Contoso, "GraphPowerShell", "Global", "adele@contoso.com"), (tenant.Text("TenantName"), tenant.Text("TenantId"), tenant.Text("Connection"), tenant.Text("Environment"), tenant.Text("Account")));
        Assert.Equal((StandIn.DefaultClientId, "Policy.Read.AuthenticationMethod"), (tenant.Text("ClientId"), tenant.Text("Scope")));
        Assert.Empty(StandIn.ConnectCalls);
        Assert.Equal($"Bearer {StandIn.Token}", Assert.Single(_server.Requests).Headers["Authorization"]);
        Assert.Equal("include-unknown-enum-members", _server.Requests[0].Headers["Prefer"]);
    }

    [Fact]
    public void Nobody_signed_in_is_signed_in_with_the_least_permissions()
    {
        StandIn.Next = new AuthContext { TenantId = Contoso, Account = "adele@contoso.com" };
        _session.Output("Connect-PasskeyTenant");
        var call = Assert.Single(StandIn.ConnectCalls);
        Assert.Equal(["Policy.Read.AuthenticationMethod", "GroupMember.Read.All", "User.ReadBasic.All"], call.Scopes);
        Assert.Equal((null, null, true), (call.TenantId, call.Environment, call.NoWelcome));
    }

    [Theory]
    [InlineData("PolicyWrite", "Policy.ReadWrite.AuthenticationMethod")]
    [InlineData("Helpdesk", "UserAuthMethod-TAP.ReadWrite.All")]
    [InlineData("Rollout", "GroupMember.ReadWrite.All")]
    [InlineData("ConditionalAccess", "Policy.ReadWrite.ConditionalAccess")]
    public void What_one_wants_to_do_decides_which(string capability, string permission)
    {
        StandIn.Next = new AuthContext { TenantId = Contoso };
        Assert.Empty(_session.Run($"Connect-PasskeyTenant -Capability {capability} -TenantId {Contoso} -Environment Global").Warnings);
        var call = Assert.Single(StandIn.ConnectCalls);
        Assert.Contains(permission, call.Scopes!);
        Assert.Equal((Contoso, "Global"), (call.TenantId, call.Environment));
    }

    [Fact]
    public void A_sign_in_that_fails_is_said_and_leaves_none()
    {
        StandIn.ConnectFailure = "InteractiveBrowserCredential authentication failed: User canceled authentication.";
        var error = _session.Run("Connect-PasskeyTenant").Error;
        Assert.Equal(($"SignInFailed,{Command}", ErrorCategory.AuthenticationError), (error.FullyQualifiedErrorId, error.CategoryInfo.Category));
        Assert.Contains("User canceled authentication", error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(_session.Output("Get-PasskeyTenant"));
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public void Without_the_module_the_error_says_how_to_install_it()
    {
        _module.Dispose();
        var error = _session.Run("Connect-PasskeyTenant").Error;
        Assert.Equal($"GraphModuleMissing,{Command}", error.FullyQualifiedErrorId);
        Assert.Equal("Install-Module Microsoft.Graph.Authentication -Scope CurrentUser", error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void A_module_of_another_making_is_told()
    {
        _module.Dispose();
        var error = _session.Run("New-Module -Name Microsoft.Graph.Authentication { function Invoke-MgGraphRequest { } } | Import-Module; Connect-PasskeyTenant").Error;
        Assert.StartsWith("GraphModule", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(_session.Output("Get-PasskeyTenant"));
    }

    [Fact]
    public void Another_tenant_than_asked_for_is_an_error_and_nobody_is_signed_out()
    {
        StandIn.SignIn("11111111-1111-1111-1111-111111111111");
        Assert.Equal($"WrongTenant,{Command}", _session.Run($"Connect-PasskeyTenant -TenantId {Contoso}").Error.FullyQualifiedErrorId);
        Assert.Empty(_server.Requests);
        Assert.NotNull(StandIn.Context);
        Assert.Empty(_session.Output("Get-PasskeyTenant"));
    }

    [Fact]
    public void Another_cloud_than_asked_for_is_an_error()
    {
        StandIn.SignIn(Contoso);
        Assert.Equal($"WrongEnvironment,{Command}", _session.Run("Connect-PasskeyTenant -Environment USGov").Error.FullyQualifiedErrorId);
    }

    [Fact]
    public void A_sign_in_of_one_tenant_that_reaches_another_is_refused()
    {
        StandIn.SignIn("11111111-1111-1111-1111-111111111111");
        var error = _session.Run("Connect-PasskeyTenant").Error;
        Assert.Equal($"WrongTenant,{Command}", error.FullyQualifiedErrorId);
        Assert.Contains($"This is the tenant {Contoso} and not 11111111-1111-1111-1111-111111111111", error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("contoso.com", "")]
    [InlineData("contoso.com", "-TenantId contoso.onmicrosoft.com")]
    [InlineData(Contoso, "-TenantId {6F1C2B9E-3D47-4A58-B0C6-94E1D27F5A83}")]
    [InlineData(Contoso, "-TenantId ' contoso.com '")]
    public void A_tenant_is_the_same_by_whatever_name(string signedIn, string arguments)
    {
        StandIn.SignIn(signedIn);
        Assert.Equal(Contoso, Assert.Single(_session.Output($"Connect-PasskeyTenant {arguments.Replace("{", "'{", StringComparison.Ordinal).Replace("}", "}'", StringComparison.Ordinal)}")).Text("TenantId"));
    }

    [Fact]
    public void The_cause_of_a_failed_sign_in_is_said_also_where_errors_stop()
    {
        StandIn.ConnectFailure = "AADSTS50126: wrong password.";
        Assert.Contains("Signing in with Connect-MgGraph failed: AADSTS50126: wrong password. Sign in", _session.Run("$ErrorActionPreference = 'Stop'; Connect-PasskeyTenant").Error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_application_is_told_from_a_user()
    {
        StandIn.SignIn(new AuthContext { TenantId = Contoso, AuthType = AuthenticationType.AppOnly, Scopes = ["Policy.Read.AuthenticationMethod"], ClientId = "app-1" });
        var tenant = Assert.Single(_session.Output("Connect-PasskeyTenant"));
        Assert.Equal((true, null, "app-1"), ((bool)tenant.Get("IsAppOnly")!, tenant.Text("Account"), tenant.Text("ClientId")));
        _server.Faults = (_, _) => Fault.Reply(403, """{"error":{"code":"accessDenied","message":"No."}}""");
        Assert.Contains("The application needs the permission Policy.Read.AuthenticationMethod", _session.Run("Get-PasskeyPolicy").Error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("China", "Passkeys are not offered in this cloud")]
    [InlineData("USGov", "does not describe which profiles a target uses")]
    public void What_a_cloud_lacks_is_said(string cloud, string text)
    {
        StandIn.SignIn(new AuthContext { TenantId = Contoso, Environment = cloud });
        var result = _session.Run("Connect-PasskeyTenant");
        Assert.Contains(result.Warnings, w => w.Contains(text, StringComparison.Ordinal));
        Assert.Equal(result.Warnings, ((System.Collections.Generic.IReadOnlyList<string>)result.Output[0].Get("Limitation")!));
    }

    [Fact]
    public void Signing_in_as_somebody_else_is_noticed_by_the_next_command()
    {
        StandIn.SignIn(Contoso, "adele@contoso.com");
        _session.Output("Connect-PasskeyTenant");
        var before = _server.Requests.Count;
        foreach (var other in new Action[] { () => StandIn.SignIn(Contoso, "megan@contoso.com"), () => StandIn.SignIn("fabrikam", "adele@contoso.com"), StandIn.SignOut })
        {
            other();
            var error = _session.Run("Get-PasskeyPolicy").Error;
            Assert.Equal(("TenantSessionChanged,PasskeyAdmin.Commands.GetPasskeyPolicyCommand", ErrorCategory.InvalidOperation), (error.FullyQualifiedErrorId, error.CategoryInfo.Category));
            Assert.Contains("adele@contoso.com", error.Exception.Message, StringComparison.Ordinal);
        }
        Assert.Equal(before, _server.Requests.Count);
        // A script that connects only if need be must not take it for a good one.
        var shown = _session.Run("Get-PasskeyTenant");
        Assert.Empty(shown.Output);
        Assert.StartsWith("TenantSessionChanged", shown.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        StandIn.SignIn(Contoso, "adele@contoso.com");
        Assert.Single(_session.Output("Get-PasskeyPolicy"));
    }

    [Fact]
    public void A_session_that_changes_in_the_middle_of_a_command_is_noticed()
    {
        StandIn.SignIn(Contoso, "adele@contoso.com");
        _session.Output("Connect-PasskeyTenant");
        _server.Faults = (r, _) =>
        {
            if (r.Method == "GET") StandIn.SignIn("fabrikam", "megan@fabrikam.com");
            return null;
        };
        Assert.StartsWith("TenantSessionChanged", _session.Run("Get-PasskeyPolicy").Error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void Disconnecting_never_signs_the_user_out()
    {
        StandIn.SignIn(Contoso);
        _session.Output("Connect-PasskeyTenant; Disconnect-PasskeyTenant");
        Assert.NotNull(StandIn.Context);
    }

    [Fact]
    public void A_token_that_cannot_be_had_is_a_failed_sign_in()
    {
        StandIn.SignIn(Contoso);
        _session.Output("Connect-PasskeyTenant");
        StandIn.TokenFailure = "InteractiveBrowserCredential authentication failed: expired.";
        Assert.StartsWith("SignInFailed,", _session.Run("Get-PasskeyPolicy").Error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_own_handlers_neither_repeat_nor_redirect()
    {
        StandIn.SignIn(Contoso);
        _session.Output("Connect-PasskeyTenant");
        using var elsewhere = new GraphServer();
        var before = _server.Requests.Count;
        _server.Faults = (_, _) => Fault.Reply(307, "", ("Location", elsewhere.Address.ToString()));
        Assert.StartsWith("GraphRedirectRefused", _session.Run("Get-PasskeyPolicy").Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(elsewhere.Requests);
        Assert.Equal(before + 1, _server.Requests.Count);
        // One request an attempt of ours; with the handlers' own it would be two.
        _server.Faults = (_, n) => n == before + 1 ? Fault.Reply(504, "", ("Retry-After", "0")) : null;
        Assert.Single(_session.Output("Get-PasskeyPolicy"));
        Assert.Empty(StandIn.Waits);
    }

    [Theory]
    [InlineData(504, true)]
    [InlineData(503, true)]
    [InlineData(429, false)]
    public void A_write_arrives_once(int status, bool isOutcomeUnknown)
    {
        StandIn.SignIn(Contoso);
        _session.Output("Connect-PasskeyTenant");
        _server.Faults = (_, _) => Fault.Reply(status, "", ("Retry-After", "0"));
        Assert.Equal(isOutcomeUnknown, Writing.Patch(_session, "{}").IsOutcomeUnknown);
        Assert.Single(_server.Requests, r => r.Method == "PATCH");
    }

    [Fact]
    public void A_session_that_changed_hands_writes_nothing()
    {
        StandIn.SignIn(Contoso, "adele@contoso.com");
        _session.Output("Connect-PasskeyTenant");
        StandIn.SignIn(Contoso, "megan@contoso.com");
        Assert.Equal("TenantSessionChanged", Writing.Patch(_session, "{}").ErrorId);
        Assert.DoesNotContain(_server.Requests, r => r.Method == "PATCH");
    }

    [Fact]
    public void Where_they_cannot_be_told_nothing_is_written()
    {
        StandIn.HidesOptions = true;
        StandIn.SignIn(Contoso);
        _session.Output("Connect-PasskeyTenant");
        Assert.Equal(("WritesRefused", false), Writing.Patch(_session, "{}"));
        Assert.DoesNotContain(_server.Requests, r => r.Method == "PATCH");
    }

    [Fact]
    public void Where_they_cannot_be_told_reading_goes_on()
    {
        StandIn.HidesOptions = true;
        StandIn.SignIn(Contoso);
        _session.Output("Connect-PasskeyTenant");
        Assert.Single(_session.Output("Get-PasskeyPolicy"));
        _server.Faults = (_, _) => Fault.Reply(503, "");
        Assert.StartsWith("GraphUnavailable", _session.Run("Get-PasskeyPolicy").Error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void The_module_is_left_alone_by_what_needs_no_tenant()
    {
        _session.Output("Connect-PasskeyTenant -Sandbox; Get-PasskeyPolicy; Get-PasskeyProfileTemplate");
        Assert.Empty(_session.Output("Get-Module Microsoft.Graph.Authentication"));
    }

    [Fact]
    public void The_same_policy_comes_by_all_three_ways()
    {
        StandIn.SignIn(Contoso);
        _session.File("small.json", SmallTenant.Json);
        var documents = _session.Output("""
            foreach ($tenant in (Connect-PasskeyTenant), (Connect-PasskeyTenant -AccessToken abc -GraphEndpoint $endpoint), (Connect-PasskeyTenant -Sandbox -Path small.json)) {
                $policy = Get-PasskeyPolicy -Tenant $tenant
                "$($policy.ToJson() -replace 'https://[^/]+/', '') $($policy.Target) $($policy.Exclusion) $($policy.Profile.Allows)"
            }
            """, ("endpoint", _server.Address)).Select(d => d.ToString()).ToList();
        Assert.Equal(3, documents.Count);
        Assert.Single(documents.Distinct());
        Assert.Contains("Privileged administrators", documents[0], StringComparison.Ordinal);
    }
}
