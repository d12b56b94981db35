using System;
using System.Linq;
using System.Management.Automation;
using Microsoft.Graph.PowerShell.Authentication;

namespace PasskeyAdmin.Tests.Engine;

/// <summary>The stand-in as PowerShell sees it.</summary>
[Collection(EngineGroup.Name)]
public sealed class GraphModuleTests : IDisposable
{
    private readonly GraphModule _module = new();
    private readonly ModuleSession _session = new();

    public void Dispose()
    {
        _session.Dispose();
        _module.Dispose();
    }

    [Fact]
    public void The_module_is_loaded_by_the_name_of_a_command()
    {
        var command = (CmdletInfo)Assert.Single(_session.Output("Get-Command Invoke-MgGraphRequest")).BaseObject;

        Assert.Equal("Microsoft.Graph.Authentication", command.ModuleName);
        Assert.Equal("2.25.0", command.Version.ToString());
        // The types a test sets up are those that PowerShell runs.
        Assert.Same(typeof(StandIn).Assembly, command.ImplementingType.Assembly);
        Assert.NotNull(command.ImplementingType.Assembly.GetType("Microsoft.Graph.PowerShell.Authentication.Helpers.HttpHelpers"));
    }

    [Fact]
    public void Nobody_is_signed_in_at_first()
    {
        Assert.Null(Assert.Single(_session.Output("Get-MgContext")));
    }

    [Fact]
    public void Connect_gives_what_was_asked_and_is_recorded()
    {
        Assert.Empty(_session.Output("Connect-MgGraph -Scopes 'Policy.Read.All, AuditLog.Read.All' -TenantId contoso -Environment usgov -ContextScope Process -NoWelcome"));

        var context = Assert.Single(_session.Output("Get-MgContext"));
        Assert.Equal("contoso", context.Text("TenantId"));
        Assert.Equal("admin@contoso.com", context.Text("Account"));
        Assert.Equal("Delegated", context.Text("AuthType"));
        Assert.Equal("USGov", context.Text("Environment"));
        Assert.Equal(StandIn.DefaultClientId, context.Text("ClientId"));
        Assert.Equal(["Policy.Read.All", "AuditLog.Read.All"], (string[])context.Get("Scopes")!);
        var call = Assert.Single(StandIn.ConnectCalls);
        Assert.Equal(("contoso", "usgov", ContextScope.Process, true), (call.TenantId, call.Environment, call.ContextScope, call.NoWelcome));
    }

    [Fact]
    public void Connect_gives_what_the_test_says()
    {
        StandIn.Next = new AuthContext { TenantId = "fabrikam", AuthType = AuthenticationType.AppOnly, Scopes = ["Policy.Read.All"], AppName = "Runbook" };

        Assert.Equal("Welcome to Microsoft Graph!", Assert.Single(_session.Output("Connect-MgGraph -Scopes Directory.Read.All")).BaseObject);

        var context = Assert.Single(_session.Output("Get-MgContext"));
        Assert.Equal(("fabrikam", "AppOnly", "Runbook", null), (context.Text("TenantId"), context.Text("AuthType"), context.Text("AppName"), context.Text("Account")));
        Assert.Equal(["Policy.Read.All"], (string[])context.Get("Scopes")!);
    }

    [Fact]
    public void A_failed_connect_is_an_error_and_leaves_nobody_signed_in()
    {
        StandIn.SignIn("contoso");
        StandIn.ConnectFailure = "InteractiveBrowserCredential authentication failed: cancelled.";

        var result = _session.Run("Connect-MgGraph; 'went on'");

        Assert.Equal(StandIn.ConnectFailure, result.Error.Exception.Message);
        Assert.Equal("went on", Assert.Single(result.Output).BaseObject);
        Assert.Null(StandIn.Context);
    }

    [Fact]
    public void Another_runspace_sees_the_same_session()
    {
        StandIn.SignIn("contoso");
        using var other = new ModuleSession();

        Assert.Equal("contoso", Assert.Single(other.Output("Get-MgContext")).Text("TenantId"));
        Assert.Equal("contoso", Assert.Single(_session.Output("Disconnect-MgGraph")).Text("TenantId"));
        Assert.Null(Assert.Single(other.Output("Get-MgContext")));
        Assert.Equal("No application to sign out from.", _session.Run("Disconnect-MgGraph").Error.Exception.Message);
    }

    [Fact]
    public void Removing_the_module_signs_out()
    {
        StandIn.SignIn("contoso");

        _session.Output("$null = Get-MgContext; Remove-Module Microsoft.Graph.Authentication");

        Assert.Null(StandIn.Context);
    }

    [Fact]
    public void Clouds_have_names_and_endpoints()
    {
        var clouds = _session.Output("Get-MgEnvironment");

        Assert.Equal(["China", "Global", "USGov", "USGovDoD"], clouds.Select(c => c.Text("Name")));
        Assert.Equal("https://dod-graph.microsoft.us", Assert.Single(_session.Output("Get-MgEnvironment usgovdod")).Text("GraphEndpoint"));
    }
}
