using System;
using System.Collections;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using PasskeyAdmin.Testing;
using PasskeyAdmin.Tests.Engine;

namespace PasskeyAdmin.Tests.Commands;

[Collection(EngineGroup.Name)]
public sealed class MeasurePasskeyPolicyImpactTests : IDisposable
{
    private const string Id = ",PasskeyAdmin.Commands.MeasurePasskeyPolicyImpactCommand";

    private readonly ModuleSession _session = new();

    public MeasurePasskeyPolicyImpactTests()
    {
        _session.Output("$null = Connect-PasskeyTenant -Sandbox");
        _session.Runspace.SessionStateProxy.SetVariable("proposal", Path.Combine(TestPaths.Module, "Samples", "contoso-proposed-policy.json"));
    }

    public void Dispose() => _session.Dispose();

    [Fact]
    public void The_pilot_without_synced_passkeys_strands_sixty_two_administrators_first()
    {
        var rows = _session.Output("Measure-PasskeyPolicyImpact -Path $proposal");
        Assert.Equal(["raul.gu@contoso.com Stranded", "saoirse.wilke@contoso.com Stranded", "isaiah.cline@contoso.com LosesPasskeySignIn"], rows.Take(3).Select(r => $"{r.Text("UserPrincipalName")} {r.Text("Impact")}"));
        Assert.Equal(["LosesPasskey 28", "LosesPasskeySignIn 44", "Stranded 60"], rows.Where(r => r.Get("IsEnabled") is true).GroupBy(r => r.Text("Impact")).Select(g => $"{g.Key} {g.Count()}").Order(StringComparer.Ordinal));
        Assert.Equal(4, rows.Count(r => r.Get("IsEnabled") is false));
        Assert.All(rows.Take(132), r => Assert.Equal("Synced pilot", ((IList)r.Get("LostPasskey")!).Cast<object>().Select(p => PSObject.AsPSObject(p).Text("Profile")).Distinct().Single()));
    }

    [Fact]
    public void The_totals_say_it_at_a_glance()
    {
        var summary = Assert.Single(_session.Output("Measure-PasskeyPolicyImpact -Path $proposal -Summary"));
        Assert.Equal((132, 60, 44, 28, 0, 665, 4, 5), ((int)summary.Get("Affected")!, (int)summary.Get("Stranded")!, (int)summary.Get("LosesPasskeySignIn")!, (int)summary.Get("LosesPasskey")!, (int)summary.Get("Unknown")!, (int)summary.Get("Unaffected")!, (int)summary.Get("Disabled")!, (int)summary.Get("AffectedAdministrator")!));
        Assert.Equal(("Presumed", "Synced pilot: - passkey type Synced"), (summary.Text("EmergencyAccountBasis"), summary.Text("Change")));
        Assert.Equal([2, 1, 0, 0], _session.Output("(Measure-PasskeyPolicyImpact -Path $proposal -Summary -IncludeDisabled).ImpactCount | Where-Object Impact -ne Unaffected | ForEach-Object { $_.Disabled }").Select(d => (int)d.BaseObject));
        Assert.Matches(@"60 Stranded \(2 administrators\)", _session.Shown("Measure-PasskeyPolicyImpact -Path $proposal -Summary"));
    }

    [Theory]
    [InlineData("Measure-PasskeyPolicyImpact -Policy $json -Summary")]
    [InlineData("$json | Measure-PasskeyPolicyImpact -Summary")]
    [InlineData("Measure-PasskeyPolicyImpact $json -Summary -Tenant (Get-PasskeyTenant)")]
    [InlineData("Measure-PasskeyPolicyImpact -Policy @{ passkeyProfiles = @(@{ id = '00000000-0000-0000-0000-000000000001'; name = 'Default passkey profile'; passkeyTypes = 'deviceBound'; attestationEnforcement = 'disabled'; keyRestrictions = @{ isEnforced = $false; enforcementType = 'allow'; aaGuids = @() } }); includeTargets = @([pscustomobject]@{ id = 'all_users'; targetType = 'group'; isRegistrationRequired = $false; allowedPasskeyProfiles = @([guid]'00000000-0000-0000-0000-000000000001') }) } -Summary")]
    [InlineData("Get-PasskeyTenant | Measure-PasskeyPolicyImpact -Policy $json -Summary")]
    [InlineData("Measure-PasskeyPolicyImpact -LiteralPath $proposal -Summary")]
    public void A_proposal_may_have_many_forms(string script)
    {
        _session.Output("$json = (Get-PasskeyPolicy).ToJson().Replace('\"name\":\"Synced pilot\",\"passkeyTypes\":\"deviceBound,synced\"', '\"name\":\"Synced pilot\",\"passkeyTypes\":\"deviceBound\"')");
        Assert.Equal(60, Assert.Single(_session.Output(script)).Get("Stranded"));
    }

    [Fact]
    public void The_present_policy_is_said_to_change_nothing()
    {
        var result = _session.Run("Get-PasskeyPolicy | Measure-PasskeyPolicyImpact");
        Assert.Empty(result.Output);
        Assert.Equal("The proposed policy is the present one: nothing would change.", Assert.Single(result.Warnings));
    }

    [Theory]
    [InlineData("Measure-PasskeyPolicyImpact 7", "ProposedPolicyInvalid")]
    [InlineData("Measure-PasskeyPolicyImpact $null", "ProposedPolicyInvalid")]
    [InlineData("Measure-PasskeyPolicyImpact ''", "ProposedPolicyInvalid")]
    [InlineData("Measure-PasskeyPolicyImpact @{ a = @{ b = Get-PasskeyTenant } }", "ProposedPolicyInvalid")]
    [InlineData("Measure-PasskeyPolicyImpact @{ state = 'off' }", "ProposedPolicyInvalid")]
    [InlineData("$h = @{}; $h.a = $h; Measure-PasskeyPolicyImpact $h", "ProposedPolicyInvalid")]
    [InlineData("Measure-PasskeyPolicyImpact -Path ./no.json", "FileNotFound")]
    [InlineData("Measure-PasskeyPolicyImpact -Path $proposal -CheckpointPath ./no/where", "CheckpointNotWritable")]
    [InlineData("Disconnect-PasskeyTenant; Measure-PasskeyPolicyImpact -Path $proposal", "NotConnected")]
    public void What_cannot_be_measured_is_an_error(string script, string id) => Assert.Equal(id + Id, _session.Run(script).Error.FullyQualifiedErrorId);

    [Fact]
    public void A_policy_of_another_tenant_is_refused()
    {
        var json = SandboxServer.Contoso(_session).Replace("6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83", "00000000-1111-4222-8333-444444444444", StringComparison.Ordinal);
        var file = _session.File("other.json", json);
        var error = _session.Run("$other = Connect-PasskeyTenant -Sandbox -Path $file | ForEach-Object { Get-PasskeyPolicy -Tenant $_ }; $null = Connect-PasskeyTenant -Sandbox; Measure-PasskeyPolicyImpact -Policy $other", ("file", file)).Error;
        Assert.Equal("WrongTenant" + Id, error.FullyQualifiedErrorId);
    }

    [Fact]
    public void Nothing_is_written_and_what_it_takes_is_said_first()
    {
        using var server = SandboxServer.Start(_session, _session.Output("[PasskeyAdmin.Sandbox.SandboxTenant]::CreateContoso().ToJson()").Single().ToString());
        SandboxServer.Connect(_session, server.Address);
        // The limits hold on every real connection: a change that hinges on nobody's passkeys, so that the test does not wait.
        var verbose = _session.Run("Measure-PasskeyPolicyImpact @{ state = 'enabled'; excludeTargets = @(@{ id = 'f7ea8a90-8609-5835-b795-39a43cbecd11'; targetType = 'group' }, @{ id = '9a7edc15-f2ba-5fcd-96f0-581e2df4f84d'; targetType = 'group' }) } -Summary -Verbose").Verbose.ToList();
        Assert.Contains(verbose, v => v == "Registration report of about 822 users, the audit log since, and the members of 6 groups: 2 requests, at least 0 s under the documented limit of Microsoft Graph.");
        Assert.True(verbose.FindIndex(v => v.StartsWith("Registration report", StringComparison.Ordinal)) < verbose.FindIndex(v => v.Contains("userRegistrationDetails", StringComparison.Ordinal)));
        Assert.All(server.Requests, r => Assert.True(r.Method == "GET" || r.Path.EndsWith("/$batch", StringComparison.Ordinal), $"{r.Method} {r.Path}"));
        Assert.DoesNotContain(verbose, v => v.Contains("contoso.com", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Names_are_shown_harmless()
    {
        var rows = _session.Output("Measure-PasskeyPolicyImpact @{ state = 'disabled' } -IncludeUnaffected");
        Assert.NotEmpty(rows);
        Assert.All(rows, r => Assert.DoesNotContain('\u001b', r.Text("DisplayName") ?? ""));
        Assert.All(rows.SelectMany(r => ((IList)r.Get("LostPasskey")!).Cast<object>()), p => Assert.DoesNotContain('\u001b', PSObject.AsPSObject(p).Text("Name") ?? ""));
    }

    [Fact]
    public async Task It_stops_when_told_to()
    {
        using var server = SandboxServer.Start(_session, _session.Output("[PasskeyAdmin.Sandbox.SandboxTenant]::CreateContoso().ToJson()").Single().ToString());
        SandboxServer.Connect(_session, server.Address);
        var isAsked = new TaskCompletionSource();
        server.Faults = (r, _) =>
        {
            if (!r.Path.Contains("userRegistrationDetails", StringComparison.Ordinal)) return null;
            isAsked.TrySetResult();
            return Fault.Silence;
        };
        using var shell = PowerShell.Create(_session.Runspace);
        shell.AddScript("Measure-PasskeyPolicyImpact -Path $proposal");
        var running = shell.BeginInvoke();
        await isAsked.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await shell.StopAsync(null, null).WaitAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
        _ = running;
    }
}
