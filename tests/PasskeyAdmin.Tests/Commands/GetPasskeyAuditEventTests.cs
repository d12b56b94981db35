using System;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using PasskeyAdmin.Testing;
using PasskeyAdmin.Tests.Engine;

namespace PasskeyAdmin.Tests.Commands;

[Collection(EngineGroup.Name)]
public sealed class GetPasskeyAuditEventTests : IDisposable
{
    private const string Command = "PasskeyAdmin.Commands.GetPasskeyAuditEventCommand";
    private const string Month = "-Since ([DateTimeOffset]'2026-10-25Z')";

    private readonly ModuleSession _session = new();

    public GetPasskeyAuditEventTests() => _session.Output("$null = Connect-PasskeyTenant -Sandbox");

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("Get-PasskeyAuditEvent adele.robbins@contoso.com -Kind Registration " + Month, "Registration OtherUser adele.robbins@contoso.com")]
    [InlineData("'adele.robbins@contoso.com' | Get-PasskeyAuditEvent -Kind Registration " + Month, "Registration OtherUser adele.robbins@contoso.com")]
    [InlineData("[pscustomobject]@{ UPN = ' adele.robbins@contoso.com ' } | Get-PasskeyAuditEvent -Kind Registration " + Month, "Registration OtherUser adele.robbins@contoso.com")]
    [InlineData("Get-PasskeyTenant | Get-PasskeyAuditEvent adele.robbins@contoso.com -Kind Registration " + Month, "Registration OtherUser adele.robbins@contoso.com")]
    [InlineData("Get-PasskeyAuditEvent adele.robbins@contoso.com -Kind Removal", "")]
    public void Events_of_a_user(string script, string expected) =>
        Assert.Equal(expected, string.Join('|', _session.Output(script).Select(e => $"{e.Text("Kind")} {e.Text("Initiator")} {e.Text("UserPrincipalName")}")));

    [Fact]
    public void The_whole_tenant_newest_first_and_without_use()
    {
        var run = _session.Run("Get-PasskeyAuditEvent -Verbose");
        Assert.Equal(65, run.Output.Count);
        Assert.Equal(run.Output.Select(e => e.Get("At")), run.Output.Select(e => e.Get("At")).OrderByDescending(d => d));
        Assert.DoesNotContain(run.Output, e => e.Text("Kind") == "Use");
        Assert.Single(run.Verbose, v => v.StartsWith("Audit log since 2026-11-16 09:00:00Z (how much there is", StringComparison.Ordinal));
        Assert.DoesNotContain(run.Verbose, v => v.Contains("signIns", StringComparison.Ordinal) || v.Contains("contoso.com", StringComparison.Ordinal));
        var piped = _session.Output("Get-PasskeyTenant | Get-PasskeyAuditEvent");
        Assert.Equal(run.Output.Select(e => e.Text("EventId")), piped.Select(e => e.Text("EventId")));
    }

    [Fact]
    public void A_change_of_the_policy_is_told_once_for_many_users()
    {
        var told = _session.Output("$null = Set-PasskeyPolicy -SelfServiceRegistration $false -Confirm:$false; 'kenji.moreau@contoso.com', 'saoirse.wilke@contoso.com' | Get-PasskeyAuditEvent -Kind PolicyChange, Registration");
        Assert.Equal("self-service registration: on -> off", told.First(e => e.Text("Kind") == "PolicyChange").Text("Change"));
        Assert.Single(told, e => e.Text("Change")!.StartsWith("self-service", StringComparison.Ordinal));
    }

    [Fact]
    public void Only_what_to_look_at_with_a_word_about_what_was_not_looked_for()
    {
        var run = _session.Run($"Get-PasskeyAuditEvent -AnomalyOnly {Month}");
        Assert.Equal(["ManyOfOneUser", "RegisteredAfterPass", "RegisteredBySomebodyElse"], run.Output.SelectMany(e => LanguagePrimitives.GetEnumerable(e.Get("Anomaly")).Cast<object>().Select(a => PSObject.AsPSObject(a).Text("Kind"))).Distinct().Order(StringComparer.Ordinal));
        Assert.StartsWith("Unusual places were not looked for", Assert.Single(run.Warnings), StringComparison.Ordinal);
        Assert.Empty(_session.Run($"Get-PasskeyAuditEvent adele.robbins@contoso.com -AnomalyOnly {Month} -Kind Registration").Warnings);
        Assert.DoesNotContain(_session.Run($"Get-PasskeyAuditEvent megan.fernandez@contoso.com -AnomalyOnly {Month}").Warnings, w => w.StartsWith("Unusual places", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Get-PasskeyAuditEvent nobody@contoso.com", "UserNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Get-PasskeyAuditEvent -Since ([DateTimeOffset]'2027-01-01Z')", "AuditSinceInFuture", ErrorCategory.InvalidArgument)]
    [InlineData("Get-PasskeyAuditEvent -TenantId 11111111-2222-3333-4444-555555555555", "WrongTenant", ErrorCategory.InvalidOperation)]
    [InlineData("Get-PasskeyAuditEvent -Kind Nothing", "CannotConvertArgumentNoMessage", ErrorCategory.InvalidArgument)]
    public void Errors_have_ids(string script, string id, ErrorCategory category)
    {
        var error = _session.Run(script).Error;
        Assert.Equal(($"{id},{Command}", category), (error.FullyQualifiedErrorId, error.CategoryInfo.Category));
    }

    [Fact]
    public void A_user_who_is_not_there_costs_themselves_only()
    {
        var run = _session.Run("'nobody@contoso.com', 'kenji.moreau@contoso.com' | Get-PasskeyAuditEvent");
        Assert.NotEmpty(run.Output);
        Assert.Equal("nobody@contoso.com", run.Error.TargetObject);
    }

    [Fact]
    public void More_than_the_log_keeps_is_said() =>
        Assert.StartsWith("Logs are kept for 30 days", Assert.Single(_session.Run("Get-PasskeyAuditEvent kenji.moreau@contoso.com -Since ([DateTimeOffset]'2026-01-01Z')").Warnings), StringComparison.Ordinal);

    [Theory]
    [InlineData("adele.robbins@contoso.com")]
    [InlineData("")]
    public void The_beginning_of_time_is_no_trouble(string user) =>
        Assert.Empty(_session.Run($"Get-PasskeyAuditEvent {user} -Since ([DateTimeOffset]::MinValue)").Errors);

    /// <summary>What cannot be read is never an empty answer: which logs say no, what was asked for, and what is said.</summary>
    [Theory]
    [InlineData("signIns", "kenji.moreau@contoso.com", null, "Use of passkeys is missing, and unusual places are not looked for: the sign-in log could not be read.")]
    [InlineData("signIns", "kenji.moreau@contoso.com -Kind Registration", null, "Unusual places are not looked for: the sign-in log could not be read.")]
    [InlineData("signIns", "kenji.moreau@contoso.com -Kind Use", "AccessDenied", null)]
    [InlineData("signIns", "-Kind Use", "AccessDenied", null)]
    [InlineData("signIns", "-Kind Use, Removal", null, "Use of passkeys is missing, and unusual places are not looked for: the sign-in log could not be read.")]
    [InlineData("directoryAudits", "kenji.moreau@contoso.com", "AccessDenied", null)]
    [InlineData("directoryAudits", "", "AccessDenied", null)]
    [InlineData("directoryAudits", "-Kind Use", null, null)]
    [InlineData("auditLogs", "kenji.moreau@contoso.com", "AccessDenied", "Use of passkeys is missing, and unusual places are not looked for: the sign-in log could not be read.")]
    [InlineData("auditLogs", "-Kind Use, Registration", "AccessDenied", "Use of passkeys is missing, and unusual places are not looked for: the sign-in log could not be read.")]
    public void A_log_that_says_no_is_said(string log, string arguments, string? errorId, string? warning)
    {
        using var server = SandboxServer.Start(_session);
        SandboxServer.Connect(_session, server.Address);
        server.Faults = (r, _) => r.Path.Contains(log, StringComparison.Ordinal) ? Fault.Reply(403, """{"error":{"code":"Authorization_RequestDenied","message":"No."}}""") : null;
        var run = _session.Run($"Get-PasskeyAuditEvent {arguments}");
        Assert.Equal(errorId is null ? [] : [$"{errorId},{Command}"], run.Errors.Select(e => e.FullyQualifiedErrorId));
        Assert.Equal(warning is null ? 0 : 1, run.Warnings.Count(w => w.StartsWith("Us", StringComparison.Ordinal) || w.StartsWith("Un", StringComparison.Ordinal)));
        if (warning is not null) Assert.Contains(run.Warnings, w => w.StartsWith(warning, StringComparison.Ordinal));
    }

    [Fact]
    public void A_policy_that_cannot_be_read_costs_its_part_only()
    {
        using var server = SandboxServer.Start(_session);
        SandboxServer.Connect(_session, server.Address);
        server.Faults = (r, _) => r.Path.Contains("authenticationMethodsPolicy", StringComparison.Ordinal) ? Fault.Reply(403, """{"error":{"code":"Forbidden","message":"No."}}""") : null;
        var run = _session.Run("Get-PasskeyAuditEvent");
        Assert.Empty(run.Errors);
        Assert.StartsWith("The policy could not be read, so whether a provider is allowed is not known", Assert.Single(run.Warnings), StringComparison.Ordinal);
        Assert.All(server.Requests, r => Assert.True(r.Method == "GET" || r.Path.EndsWith("/$batch", StringComparison.Ordinal), r.Path));
    }

    [Fact]
    public void A_stop_ends_the_wait_for_the_log()
    {
        using var server = SandboxServer.Start(_session);
        SandboxServer.Connect(_session, server.Address);
        using var asked = new ManualResetEventSlim();
        server.Faults = (r, _) => r.Path.Contains("directoryAudits", StringComparison.Ordinal) ? Fault.Silence.After(asked.Set) : null;
        using var shell = PowerShell.Create(_session.Runspace);
        shell.AddScript("Get-PasskeyAuditEvent");
        using var output = new PSDataCollection<PSObject>();
        var running = shell.BeginInvoke<PSObject, PSObject>(null, output);
        asked.Wait();
        var stopping = Stopwatch.StartNew();
        shell.Stop();
        Assert.True(stopping.Elapsed < TimeSpan.FromSeconds(1), $"It took {stopping.Elapsed}.");
        Assert.Equal((PSInvocationState.Stopped, 0), (shell.InvocationStateInfo.State, output.Count));
        running.AsyncWaitHandle.Dispose();
    }

    [Fact]
    public void The_view_shows_what_to_look_at() =>
        Assert.Matches(@"2026-11-05 02:41 adele\.robbins@contoso\.com\s+Token2 security keys \(DeviceBound\)\s+registered by", _session.Shown($"Get-PasskeyAuditEvent adele.robbins@contoso.com -Kind Registration {Month}"));
}
