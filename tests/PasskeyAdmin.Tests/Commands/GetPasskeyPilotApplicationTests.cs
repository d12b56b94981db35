using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using PasskeyAdmin.Testing;
using PasskeyAdmin.Tests.Engine;

namespace PasskeyAdmin.Tests.Commands;

[Collection(EngineGroup.Name)]
public sealed class GetPasskeyPilotApplicationTests : IDisposable
{
    private const string Contoso = "6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83";
    private const string Command = "PasskeyAdmin.Commands.GetPasskeyPilotApplicationCommand";
    private const string Portal = "c44b4083-3bb0-49c1-b47d-974e53cbdf3c";

    private readonly ModuleSession _session = new();

    public GetPasskeyPilotApplicationTests() => _session.Output("$null = Connect-PasskeyTenant -Sandbox");

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Applications_come_with_those_that_are_used_most_first()
    {
        var found = _session.Output("Get-PasskeyPilotApplication");
        Assert.Equal(["Office 365 Exchange Online", "Microsoft Teams Services", "Office 365 SharePoint Online"], found.Take(3).Select(a => a.ToString()));
        Assert.All(found, a => Assert.Equal((Contoso, "True"), (a.Text("TenantId"), a.Text("IsWhole"))));
        Assert.Equal("System.Double", found[0].Get("PhishingResistantShare")!.GetType().FullName);
    }

    [Theory]
    [InlineData("'Contoso Payroll'", "Contoso Payroll")]
    [InlineData("contoso*, 'Azure Portal'", "Contoso Warehouse|Contoso Travel|Azure Portal|Contoso Payroll|Contoso ERP")]
    [InlineData(Portal, "Azure Portal")]
    [InlineData("-AppId " + Portal + ", 'azure portal'", "Azure Portal")]
    [InlineData("contoso* -MinimumUser 40", "Contoso Warehouse|Contoso Travel")]
    [InlineData("nothing*", "")]
    public void Applications_are_chosen(string arguments, string expected) =>
        Assert.Equal(expected, string.Join('|', _session.Output($"Get-PasskeyPilotApplication {arguments}").Select(a => a.Text("Name"))));

    [Fact]
    public void Objects_of_the_pipeline_name_applications_and_the_log_is_read_once()
    {
        var result = _session.Run($"$some = [pscustomobject]@{{ AppId = '{Portal}'; Id = '1' }}, (Get-PasskeyPilotApplication 'Contoso ERP'); $some | Get-PasskeyPilotApplication -Verbose");
        Assert.Equal(["Azure Portal", "Contoso ERP"], result.Output.Select(a => a.Text("Name")));
        Assert.Single(result.Verbose, v => v.StartsWith("Sign-in log of 7 days, 50,000 sign-ins at most: up to 50 requests", StringComparison.Ordinal));
        Assert.Single(result.Verbose, v => v.Contains("signIns", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("payrol", "ApplicationNotSeen", ErrorCategory.ObjectNotFound)]
    [InlineData("'['", "ApplicationNameInvalid", ErrorCategory.InvalidArgument)]
    [InlineData("-Group Nowhere", "GroupNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("-Group Sales", "GroupAmbiguous", ErrorCategory.InvalidArgument)]
    [InlineData("-TenantId 11111111-2222-3333-4444-555555555555", "WrongTenant", ErrorCategory.InvalidOperation)]
    [InlineData("-Day 31", "ParameterArgumentValidationError", ErrorCategory.InvalidData)]
    [InlineData("-MaximumSignIn 0", "ParameterArgumentValidationError", ErrorCategory.InvalidData)]
    public void What_cannot_be_done_is_an_error(string arguments, string id, ErrorCategory category)
    {
        var error = _session.Run($"Get-PasskeyPilotApplication {arguments}").Error;
        Assert.Equal(($"{id},{Command}", category), (error.FullyQualifiedErrorId, error.CategoryInfo.Category));
    }

    [Fact]
    public void One_name_that_nobody_knows_costs_itself_only()
    {
        var result = _session.Run("Get-PasskeyPilotApplication payrol, 'Contoso ERP'");
        Assert.Equal(["Contoso ERP"], result.Output.Select(a => a.Text("Name")));
        Assert.Equal(("payrol", "Nobody signed in to an application 'payrol' in the last 7 days. Did you mean 'Contoso Payroll'?"), (result.Error.TargetObject, result.Error.Exception.Message));
    }

    [Fact]
    public void Without_a_tenant_or_a_licence_there_is_nothing()
    {
        Assert.Equal($"PremiumLicenceRequired,{Command}", _session.Run("$null = Connect-PasskeyTenant -Sandbox -SandboxSetting @{ licence = 'Free' }; Get-PasskeyPilotApplication").Error.FullyQualifiedErrorId);
        Assert.Equal($"NotConnected,{Command}", _session.Run("Disconnect-PasskeyTenant; Get-PasskeyPilotApplication").Error.FullyQualifiedErrorId);
    }

    [Fact]
    public void Several_tenants_are_read_one_after_the_other()
    {
        var result = _session.Run("$one = Connect-PasskeyTenant -Sandbox; $free = Connect-PasskeyTenant -Sandbox -SandboxSetting @{ licence = 'Free' }; $two = Connect-PasskeyTenant -Sandbox; $one, $free, $two | Get-PasskeyPilotApplication 'Azure Portal'");
        Assert.Equal($"PremiumLicenceRequired,{Command}", result.Error.FullyQualifiedErrorId);
        Assert.Equal(2, result.Output.Count);
    }

    [Fact]
    public void What_was_not_read_is_a_warning()
    {
        var cut = _session.Run("Get-PasskeyPilotApplication -MaximumSignIn 1500");
        Assert.Empty(cut.Warnings);
        cut = _session.Run("Get-PasskeyPilotApplication -MaximumSignIn 100 -Day 1; Get-PasskeyPilotApplication -MaximumSignIn 10 -Day 1");
        Assert.Matches(@"^There are more sign-ins in the last day than the 10 that were read\. The numbers are of the newest, since 2026-11-2\d .*Z\. -MaximumSignIn reads more\.$", cut.Warnings[^1]);
        using var server = SandboxServer.Start(_session);
        SandboxServer.Connect(_session, server.Address);
        server.Faults = (r, _) => r.Path.Contains("conditionalAccess", StringComparison.Ordinal) ? Fault.Reply(403, """{"error":{"code":"AccessDenied","message":"No."}}""") : null;
        var result = _session.Run("Get-PasskeyPilotApplication");
        Assert.Empty(result.Errors);
        // Five requests at once, fifty in all.
        Assert.Equal("Sign-in log of 7 days, 50,000 sign-ins at most: up to 50 requests, then at least 1 min 30 s under the documented limit of Microsoft Graph.", result.Warnings[0]);
        Assert.StartsWith("Conditional Access could not be read.", result.Warnings[1], StringComparison.Ordinal);
        Assert.Equal("The log has no sign-ins in the last 7 days.", result.Warnings[2]);
        Assert.All(server.Requests, r => Assert.True(r.Method == "GET" || r.Path.EndsWith("/$batch", StringComparison.Ordinal), $"{r.Method} {r.Path}"));
    }

    [Fact]
    public void A_stop_ends_the_wait_for_the_log()
    {
        using var server = SandboxServer.Start(_session);
        SandboxServer.Connect(_session, server.Address);
        using var asked = new ManualResetEventSlim();
        server.Faults = (r, _) => r.Path.Contains("signIns", StringComparison.Ordinal) ? Fault.Silence.After(asked.Set) : null;
        using var shell = PowerShell.Create(_session.Runspace);
        shell.AddScript("Get-PasskeyPilotApplication");
        using var output = new PSDataCollection<PSObject>();
        var running = shell.BeginInvoke<PSObject, PSObject>(null, output);
        asked.Wait();
        var stopping = Stopwatch.StartNew();
        shell.Stop();
        Assert.True(stopping.Elapsed < TimeSpan.FromSeconds(1), $"It took {stopping.Elapsed}.");
        Assert.Equal((PSInvocationState.Stopped, 0), (shell.InvocationStateInfo.State, output.Count));
        Assert.Empty(shell.Streams.Error);
        running.AsyncWaitHandle.Dispose();
    }

    [Fact]
    public void The_table_shows_groups_and_advice()
    {
        var shown = _session.Shown("Get-PasskeyPilotApplication 'Azure Portal'");
        Assert.Matches(@"Name\s+SignIns\s+Users\s+Resistant\s+Pilot\s+Groups", shown);
        Assert.Matches(@"Azure Portal\s+32\s+25\s+84 %\s+GroupCandidate\s+Passkey pilot: 14", shown);
    }

    [Fact]
    public void Groups_of_the_policy_are_completed()
    {
        IEnumerable<string> Complete(string line) => _session.Output("$null = Get-PasskeyPolicy; (TabExpansion2 $line).CompletionMatches.CompletionText", ("line", line)).Select(c => c.ToString());
        Assert.Contains("'Passkey pilot'", Complete("Get-PasskeyPilotApplication -Group pass"));
    }
}
