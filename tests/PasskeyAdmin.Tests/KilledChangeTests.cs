using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Testing;
using PasskeyAdmin.Tests.Engine;

namespace PasskeyAdmin.Tests;

/// <summary>A process that makes a change is killed between two steps: what its journal says afterwards is true.</summary>
[Collection(EngineGroup.Name)]
public sealed class KilledChangeTests : IDisposable
{
    private const string Fido2 = "/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/fido2";

    private readonly ModuleSession _session = new();
    private readonly string _journal;
    private Process? _process;

    public KilledChangeTests() => _journal = Path.Combine(_session.Folder, "journal");

    public void Dispose()
    {
        _process?.Dispose();
        _session.Dispose();
    }

    [Theory]
    // The plan is read first, then the policy is compared, written and looked at.
    [InlineData("Set-PasskeyProfile 'Privileged access' -NewName Renamed", 1, false, "NotSent", false)]
    [InlineData("Set-PasskeyProfile 'Privileged access' -NewName Renamed", 2, false, "Interrupted", false)]
    [InlineData("Set-PasskeyProfile 'Privileged access' -NewName Renamed", 2, true, "Interrupted", true)]
    [InlineData("Set-PasskeyProfile 'Privileged access' -NewName Renamed", 3, false, "Interrupted", true)]
    [InlineData("New-PasskeyProfile New -TargetType Synced -AllUsers", 3, false, "Interrupted", false)]
    [InlineData("New-PasskeyProfile New -TargetType Synced -AllUsers", 4, false, "Interrupted", false)]
    [InlineData("New-PasskeyProfile New -TargetType Synced -AllUsers", 4, true, "Interrupted", true)]
    public void The_journal_tells_the_truth(string command, int request, bool isAnswered, string outcome, bool isMade)
    {
        using var server = SandboxServer.Start(_session);
        var seen = -1;
        server.Faults = (r, _) =>
        {
            if (!r.Path.EndsWith("/fido2", StringComparison.Ordinal) || r.Headers.ContainsKey("X-Bypass") || ++seen != request) return null;
            return Fault.Reset.After(() =>
            {
                if (isAnswered) Forward(server, r);
                _process!.Kill(entireProcessTree: true);
                _process.WaitForExit();
            });
        };
        Run(server, $"{command} -JournalPath '{_journal}' -Confirm:$false -MaximumAffectedUser 100 -AllowLockout");
        server.Faults = null;

        SandboxServer.Connect(_session, server.Address);
        var change = Assert.Single(_session.Output("Get-PasskeyPolicyChange -JournalPath $journal", ("journal", _journal)));
        Assert.Equal(outcome, change.Text("Outcome"));
        var now = JObject.Parse(_session.Output("(Get-PasskeyPolicy).ToJson()").Single().ToString());
        Assert.Equal(isMade, now["passkeyProfiles"]!.Any(p => (string?)p["name"] == "Renamed") || now["includeTargets"]![0]!["allowedPasskeyProfiles"]!.Count() == 2);
        // And what it says is enough to go back, or to see that there is nothing to go back from.
        var undo = _session.Run("Get-PasskeyPolicyChange -JournalPath $journal | Undo-PasskeyPolicyChange -JournalPath $journal -PlanOnly", ("journal", _journal));
        Assert.Equal(outcome == "NotSent" ? ["ChangeNotMade,PasskeyAdmin.Commands.UndoPasskeyPolicyChangeCommand"] : [], undo.Errors.Select(e => e.FullyQualifiedErrorId));
        if (now["passkeyProfiles"]!.Any(p => (string?)p["name"] == "New")) Assert.Contains("- profile New", Assert.Single(undo.Output).Text("Difference"), StringComparison.Ordinal);
        if (outcome != "NotSent") Assert.Contains("whether it was made is not known", change.Text("Detail"), StringComparison.Ordinal);
    }

    /// <summary>Runs the module in a process of its own until that ends.</summary>
    private void Run(GraphServer server, string command)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(TestPaths.Repository, "src", "PasskeyAdmin.Shell", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "PasskeyAdmin.Shell.dll"));
        start.ArgumentList.Add("-Command");
        start.ArgumentList.Add($"$null = Connect-PasskeyTenant -AccessToken opaque-token -GraphEndpoint {server.Address}; {command}");
        start.Environment["PASSKEYADMIN_HOME"] = _session.Home;
        _process = Process.Start(start)!;
        _process.StandardInput.Close();
        var output = _process.StandardOutput.ReadToEndAsync();
        var errors = _process.StandardError.ReadToEndAsync();
        _process.WaitForExit();
        Assert.True(_process.ExitCode != 0, $"It was not killed: {output.Result}{errors.Result}");
    }

    private static void Forward(GraphServer server, ArrivedRequest request)
    {
        using var client = new HttpClient();
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(server.Address, Fido2)) { Content = new StringContent(request.Body, Encoding.UTF8, "application/json") };
        message.Headers.Add("X-Bypass", "1");
        using var answer = client.Send(message);
        answer.EnsureSuccessStatusCode();
    }
}
