using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.Json.Nodes;
using System.Threading;
using PasskeyAdmin.Testing;
using PasskeyAdmin.Tests.Engine;

namespace PasskeyAdmin.Tests.Commands;

[Collection(EngineGroup.Name)]
public sealed class TestPasskeyPolicyTests : IDisposable
{
    private const string Contoso = "6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83";
    private const string Command = "PasskeyAdmin.Commands.TestPasskeyPolicyCommand";

    private readonly ModuleSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void A_tenant_is_judged_by_every_rule()
    {
        var findings = Judge("Test-PasskeyPolicy");
        Assert.Equal(_session.Output("Get-PasskeyPolicyRule").Select(r => r.Text("Id")).Order(StringComparer.Ordinal), findings.Select(f => f.Text("RuleId")).Distinct().Order(StringComparer.Ordinal));
        Assert.All(findings, f =>
        {
            Assert.Equal((Contoso, "Contoso"), (f.Text("TenantId"), f.Text("TenantName")));
            Assert.NotEmpty(f.Text("Evidence")!);
            Assert.Equal(f.Text("Outcome") == "Fail", f.Text("Fix") is not null);
        });
        var finding = findings.Single(f => f.Text("RuleId") == "PK110");
        Assert.Equal(("ProfileDefeated", "Error", "Profiles", "Fail", "PK110 Fail"), (finding.Text("RuleName"), finding.Text("Severity"), finding.Text("Area"), finding.Text("Outcome"), finding.ToString()));
        Assert.Equal("Privileged access", finding.Text("Subject"));
        Assert.Equal("Get-PasskeyProfileTarget -ProfileId '00000000-0000-0000-0000-000000000001'", finding.Text("Command"));
        Assert.Null(finding.Text("Reason"));
    }

    [Theory]
    [InlineData("-RuleId pk110", "PK110")]
    [InlineData("-RuleId ProfileDefeated, PK103", "PK103 PK110")]
    [InlineData("-RuleId PK1?0", "PK110")]
    [InlineData("-RuleId PK10* -ExcludeRule PK106, *Target", "PK101 PK102 PK103 PK104 PK105")]
    [InlineData("-RuleId PK10* -Severity Error", "PK101 PK103")]
    [InlineData("-RuleId PK10[1-3] -Severity Error, Warning", "PK101 PK102 PK103")]
    [InlineData("-RuleId Nothing*", "")]
    public void Rules_are_chosen(string arguments, string rules) =>
        Assert.Equal(rules, string.Join(' ', Judge($"Test-PasskeyPolicy {arguments}").Select(f => f.Text("RuleId"))));

    [Theory]
    [InlineData("-RuleId PK101", true)]
    [InlineData("-RuleId PK110", false)]
    [InlineData("-RuleId PK101, PK110", false)]
    [InlineData("-RuleId PK110, PK101", false)]
    [InlineData("-RuleId PK209 -SuppressionPath accepted.json", false)] // One passkey is Unknown.
    [InlineData("-RuleId PK110 -SuppressionPath accepted.json", true)]
    [InlineData("-RuleId PK001", true)]
    [InlineData("-RuleId Nothing*", false)]
    public void Quiet_is_true_where_nothing_fails_and_nothing_is_unknown(string arguments, bool expected)
    {
        _session.File("accepted.json", """{ "suppressions": [ { "rule": "PK110", "reason": "Known." }, { "rule": "PK209", "reason": "Known." } ] }""");
        Assert.Equal(expected, Judge($"Test-PasskeyPolicy -Quiet {arguments}").Single().BaseObject);
    }

    [Fact]
    public void Tenants_come_through_the_pipeline_and_one_that_is_gone_costs_itself_only()
    {
        _session.File("small.json", SmallTenant.Json.Replace(Contoso, "11111111-2222-3333-4444-555555555555", StringComparison.Ordinal));
        var result = _session.Run("$one = Connect-PasskeyTenant -Sandbox; $two = Connect-PasskeyTenant -Path small.json; $gone = Connect-PasskeyTenant -Sandbox; Disconnect-PasskeyTenant $gone; $one, $gone, $two | Test-PasskeyPolicy -RuleId PK101, PK102");
        Assert.Equal($"TenantDisconnected,{Command}", result.Error.FullyQualifiedErrorId);
        Assert.Equal([Contoso, Contoso, "11111111-2222-3333-4444-555555555555", "11111111-2222-3333-4444-555555555555"], result.Output.Select(f => f.Text("TenantId")));
        Assert.Equal(true, _session.Output("$one, $two | Test-PasskeyPolicy -RuleId PK101 -Quiet").Single().BaseObject);
        Assert.Equal(false, _session.Run("$one, $gone | Test-PasskeyPolicy -RuleId PK101 -Quiet").Output.Single().BaseObject);
        // One report for all of them.
        Assert.Equal(2, Sarif(_session.Output("$one, $two | Test-PasskeyPolicy -RuleId PK101 -As Sarif").Single().ToString()).Count);
        Assert.Equal([Contoso], _session.Output("Test-PasskeyPolicy -RuleId PK101 -Tenant $one").Select(f => f.Text("TenantId")));
    }

    [Theory]
    [InlineData("-RuleId Nope", "RuleNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("-ExcludeRule Nope", "RuleNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("-RuleId '['", "RuleIdInvalid", ErrorCategory.InvalidArgument)]
    [InlineData("-SuppressionPath none.json", "FileNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("-SuppressionPath empty.json", "SuppressionFileInvalid", ErrorCategory.InvalidData)]
    [InlineData("-OutFile rules.sarif", "OutFileFormatMissing", ErrorCategory.InvalidArgument)]
    [InlineData("-RuleId PK101 -As NUnit -OutFile checkpoint -CheckpointPath ./checkpoint", "OutFileIsInput", ErrorCategory.InvalidArgument)]
    [InlineData("-As Sarif -OutFile nowhere/rules.sarif", "OutFileNotWritable", ErrorCategory.ResourceUnavailable)]
    [InlineData("-Path none.json", "FileNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("-Path empty.json", "ProposedPolicyInvalid", ErrorCategory.InvalidData)]
    [InlineData("-LiteralPath *.json", "FileNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("-Path *.json", "ProposedPolicyAmbiguous", ErrorCategory.InvalidArgument)]
    [InlineData("-TenantId 11111111-2222-3333-4444-555555555555", "WrongTenant", ErrorCategory.InvalidOperation)]
    public void What_cannot_be_done_is_an_error(string arguments, string id, ErrorCategory category)
    {
        _session.File("empty.json", "{}");
        _session.File("other.json", "{}");
        var result = _session.Run($"$null = Connect-PasskeyTenant -Sandbox; Test-PasskeyPolicy -Severity Error {arguments}");
        Assert.Equal(($"{id},{Command}", category), (result.Error.FullyQualifiedErrorId, result.Error.CategoryInfo.Category));
    }

    [Fact]
    public void Without_a_tenant_there_is_nothing_to_judge()
    {
        var error = _session.Run("Test-PasskeyPolicy").Error;
        Assert.Equal(($"NotConnected,{Command}", ErrorCategory.AuthenticationError), (error.FullyQualifiedErrorId, error.CategoryInfo.Category));
    }

    [Fact]
    public void A_file_is_judged_without_a_tenant_whoever_is_connected()
    {
        _session.File("policy.json", Judge("(Get-PasskeyPolicy).ToJson()").Single().ToString());
        var findings = _session.Output("Test-PasskeyPolicy policy.json");
        Assert.All(findings, f => Assert.Equal((null, "policy.json"), (f.Text("TenantId"), f.Text("TenantName"))));
        Assert.Equal(["PK102", "PK109"], findings.Where(f => f.Text("Outcome") == "Fail").Select(f => f.Text("RuleId")));
        Assert.DoesNotContain(findings, f => f.Text("Outcome") == "Unknown");
        Assert.Equal("It needs a tenant, and only a policy in a file is judged.", findings.Single(f => f.Text("RuleId") == "PK304").Text("Evidence"));
        Assert.Equal(["Fail", "Fail"], _session.Output("Test-PasskeyPolicy policy.json -Tenant (Get-PasskeyTenant) -RuleId PK304").Select(f => f.Text("Outcome")));
        Assert.Equal(true, _session.Output("Disconnect-PasskeyTenant; Test-PasskeyPolicy -LiteralPath policy.json -ExcludeRule PK102, PK109 -Quiet").Single().BaseObject);
    }

    [Fact]
    public void A_report_goes_into_a_file_and_objects_go_on()
    {
        var findings = Judge("Test-PasskeyPolicy -RuleId PK10* -As Sarif -OutFile rules.sarif");
        Assert.Equal(findings.Select(f => f.Text("RuleId")), Sarif(File.ReadAllText(Path.Combine(_session.Folder, "rules.sarif"))).Select(r => (string?)r!["ruleId"]));
        Assert.Equal(false, Judge("Test-PasskeyPolicy -RuleId PK10* -As NUnit -OutFile rules.xml -Quiet").Single().BaseObject);
        Assert.StartsWith("<?xml version=\"1.0\"?>\n<test-run", File.ReadAllText(Path.Combine(_session.Folder, "rules.xml")), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_session.Folder, "rules.xml")));
    }

    [Fact]
    public void Nothing_is_ever_written_to_the_tenant()
    {
        using var change = new ChangeSession();
        using var server = change.Serve();
        // Passkeys one by one would wait for the limits of a real tenant.
        var result = change.Run("Test-PasskeyPolicy -ExcludeRule PK202, PK203, PK204, PK205, PK209, PK210, PK211, PK213, PK304");
        Assert.Empty(result.Errors);
        Assert.NotEmpty(result.Output);
        Assert.All(server.Requests, r => Assert.True(r.Method == "GET" || r.Path.EndsWith("/$batch", StringComparison.Ordinal), $"{r.Method} {r.Path}"));
        Assert.All(server.Requests.Where(r => r.Method == "POST").SelectMany(r => JsonNode.Parse(r.Body)!["requests"]!.AsArray()), r => Assert.Equal("GET", (string?)r!["method"]));
        // Each source once.
        Assert.Equal(server.Requests.Count(r => r.Method == "GET"), server.Requests.Where(r => r.Method == "GET").Select(r => r.Path).Distinct().Count());
    }

    [Fact]
    public void Only_what_the_rules_need_is_read()
    {
        using var server = SandboxServer.Start(_session);
        SandboxServer.Connect(_session, server.Address);
        var before = server.Requests.Count;
        _session.Output("Test-PasskeyPolicy -RuleId PK101");
        Assert.DoesNotContain(server.Requests.Skip(before), r => r.Path.Contains("reports", StringComparison.Ordinal) || r.Path.Contains("auditLogs", StringComparison.Ordinal) || r.Path.Contains("conditionalAccess", StringComparison.Ordinal) || r.Path.Contains("/users", StringComparison.Ordinal));
    }

    [Fact]
    public void What_may_not_be_read_costs_its_rules_only()
    {
        using var server = SandboxServer.Start(_session);
        SandboxServer.Connect(_session, server.Address);
        server.Faults = (r, _) => r.Path.Contains("conditionalAccess", StringComparison.OrdinalIgnoreCase) ? Fault.Reply(403, """{"error":{"code":"AccessDenied","message":"No."}}""") : null;
        var findings = _session.Output("Test-PasskeyPolicy -RuleId PK302, PK207, PK101").ToDictionary(f => f.Text("RuleId")!);
        Assert.Equal(("Pass", "Unknown", "Unknown"), (findings["PK101"].Text("Outcome"), findings["PK302"].Text("Outcome"), findings["PK207"].Text("Outcome")));
        Assert.StartsWith("Conditional Access could not be read.", findings["PK302"].Text("Evidence"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stop_ends_the_wait_for_an_answer()
    {
        using var server = SandboxServer.Start(_session);
        SandboxServer.Connect(_session, server.Address);
        using var asked = new ManualResetEventSlim();
        server.Faults = (r, _) => r.Path.Contains("conditionalAccess", StringComparison.OrdinalIgnoreCase) ? Fault.Silence.After(asked.Set) : null;
        using var shell = PowerShell.Create(_session.Runspace);
        shell.AddScript("Test-PasskeyPolicy -RuleId PK302");
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
    public void Passkeys_that_would_take_hours_are_asked_for_first()
    {
        // Contoso has 390 people with passkeys: more than ten minutes under the limits of Microsoft Graph.
        using var server = SandboxServer.Start(_session, _session.Output("[System.Reflection.Assembly]::LoadFrom($sandbox) | Out-Null; [PasskeyAdmin.Sandbox.SandboxTenant]::CreateContoso().ToJson()", ("sandbox", Path.Combine(TestPaths.Module, "bin", "PasskeyAdmin.Sandbox.dll"))).Single().ToString());
        SandboxServer.Connect(_session, server.Address);
        var findings = _session.Run("Test-PasskeyPolicy -RuleId PK110, PK213").Output.ToDictionary(f => f.Text("RuleId")!);
        Assert.Equal(("Fail", "Unknown"), (findings["PK110"].Text("Outcome"), findings["PK213"].Text("Outcome")));
        Assert.Matches("^Registered passkeys were not read, as that takes long. Passkeys of [0-9]+ users: [0-9]+ requests, at least 1[0-9] min .* Say -Wait to wait for it", findings["PK213"].Text("Evidence"));
    }

    [Fact]
    public void Rules_are_completed_by_id_and_by_a_part_of_the_name()
    {
        IEnumerable<string> Complete(string line) => _session.Output("(TabExpansion2 $line).CompletionMatches.CompletionText", ("line", line)).Select(c => c.ToString());
        Assert.Equal(["PK401", "PK402", "PK403", "PK404"], Complete("Test-PasskeyPolicy -RuleId PK4"));
        Assert.Equal(["EmergencyWithoutMethod", "EmergencyInWave", "EmergencyNotExcluded"], Complete("Test-PasskeyPolicy -ExcludeRule emerg"));
    }

    [Fact]
    public void The_table_shows_what_to_do_and_what_is_accepted()
    {
        _session.File("accepted.json", """{ "suppressions": [ { "rule": "PK102", "reason": "It guides.", "owner": "Pradeep", "expires": "2027-03-01" } ] }""");
        var shown = _session.Shown("$null = Connect-PasskeyTenant -Sandbox; Test-PasskeyPolicy -RuleId PK102, PK108 -SuppressionPath accepted.json");
        Assert.Matches(@"Outcome\s+Severity\s+Rule\s+Evidence and fix", shown);
        Assert.Matches(@"Suppressed\s+Warning\s+PK102", shown);
        Assert.Matches(@"Accepted by Pradeep until 2027-03-01: It\s+guides\.", shown);
        Assert.Contains("PS> Remove-PasskeyProfileTarget -Group", shown, StringComparison.Ordinal);
    }

    private IReadOnlyList<PSObject> Judge(string script) => _session.Output($"$null = Connect-PasskeyTenant -Sandbox; {script}");

    private static JsonArray Sarif(string text) => JsonNode.Parse(text)!["runs"]![0]!["results"]!.AsArray();
}
