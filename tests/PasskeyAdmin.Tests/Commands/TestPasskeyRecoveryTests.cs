using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using PasskeyAdmin.Testing;
using PasskeyAdmin.Tests.Engine;

namespace PasskeyAdmin.Tests.Commands;

[Collection(EngineGroup.Name)]
public sealed class TestPasskeyRecoveryTests : IDisposable
{
    private const string Command = "PasskeyAdmin.Commands.TestPasskeyRecoveryCommand";

    private readonly ModuleSession _session = new();

    public TestPasskeyRecoveryTests() => _session.Output("$null = Connect-PasskeyTenant -Sandbox");

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("Test-PasskeyRecovery saoirse.wilke@contoso.com", "RecoverableAlone")]
    [InlineData("'kenji.moreau@contoso.com', 'lukasz.cattaneo@contoso.com' | Test-PasskeyRecovery", "RecoverableWithHelpdesk|Stranded")]
    [InlineData("[pscustomobject]@{ UserPrincipalName = 'saoirse.wilke@contoso.com' } | Test-PasskeyRecovery", "RecoverableAlone")]
    [InlineData("Get-PasskeyRegistration saoirse.wilke@contoso.com | Test-PasskeyRecovery", "RecoverableAlone")]
    [InlineData("Get-PasskeyTenant | Test-PasskeyRecovery kenji.moreau@contoso.com", "RecoverableWithHelpdesk")]
    public void Verdicts_of_users(string script, string expected) => Assert.Equal(expected, string.Join('|', _session.Output(script).Select(r => r.Text("Verdict"))));

    [Fact]
    public void The_whole_tenant_and_one_by_one_say_the_same()
    {
        var run = _session.Run("Test-PasskeyRecovery");
        Assert.Equal(["RecoverableAlone 221", "RecoverableWithHelpdesk 479", "Stranded 82"], run.Output.GroupBy(r => r.Text("Verdict")).Select(g => $"{g.Key} {g.Count()}").Order(StringComparer.Ordinal));
        Assert.Single(run.Warnings);
        Assert.All(run.Output, r => Assert.Equal(r.Text("Verdict") == "Stranded", r.Text("Why")?.Contains("Account Recovery", StringComparison.Ordinal) == true));
        var some = run.Output.Where((_, i) => i % 40 == 0).ToList();
        var single = _session.Output("$ids | Test-PasskeyRecovery", ("ids", some.Select(r => r.Text("UserId")).ToArray()));
        Assert.Equal(some.Select(r => $"{r.Text("UserId")} {r.Text("Verdict")} {r.Text("PassAllowed")}"), single.Select(r => $"{r.Text("UserId")} {r.Text("Verdict")} {r.Text("PassAllowed")}"));
    }

    [Theory]
    [InlineData("Test-PasskeyRecovery saoirse.wilke@contoso.com -Quiet", true)]
    [InlineData("'saoirse.wilke@contoso.com', 'kenji.moreau@contoso.com' | Test-PasskeyRecovery -Quiet", true)]
    [InlineData("'lukasz.cattaneo@contoso.com', 'saoirse.wilke@contoso.com' | Test-PasskeyRecovery -Quiet", false)]
    [InlineData("'nobody@contoso.com', 'saoirse.wilke@contoso.com' | Test-PasskeyRecovery -Quiet", false)]
    [InlineData("Test-PasskeyRecovery -Group Nowhere -Quiet", false)]
    [InlineData("@() | Test-PasskeyRecovery -Quiet", false)]
    [InlineData("Test-PasskeyRecovery -Group 'Passkey pilot' -Quiet", false)]
    [InlineData("Test-PasskeyRecovery -Quiet", false)]
    public void Quiet_is_one_Boolean(string script, bool expected) => Assert.Equal(expected, _session.Run(script).Output.Single().BaseObject);

    [Fact]
    public void A_checkpoint_gives_the_same_again_without_asking()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("passkeyadmin-tests-").FullName, "recovery.jsonl");
        var script = $"Test-PasskeyRecovery -Group 'Passkey pilot' -CheckpointPath '{path}' -Verbose";
        var first = _session.Run(script);
        var again = _session.Run(script);
        Assert.Equal(first.Output.Select(r => $"{r.Text("UserId")} {r.Text("Verdict")} {r.Text("SelfServiceReset")}").Order(StringComparer.Ordinal), again.Output.Select(r => $"{r.Text("UserId")} {r.Text("Verdict")} {r.Text("SelfServiceReset")}").Order(StringComparer.Ordinal));
        Assert.Contains(again.Warnings, w => w.Contains("taken from the checkpoint", StringComparison.Ordinal));
        Assert.DoesNotContain(again.Verbose, v => v.Contains("beta/$batch", StringComparison.Ordinal));
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Theory]
    [InlineData("Test-PasskeyRecovery nobody@contoso.com", "UserNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Test-PasskeyRecovery -Group Sales", "GroupAmbiguous", ErrorCategory.InvalidArgument)]
    [InlineData("Test-PasskeyRecovery -Group Nowhere", "GroupNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Test-PasskeyRecovery -TenantId 11111111-2222-3333-4444-555555555555", "WrongTenant", ErrorCategory.InvalidOperation)]
    [InlineData("$two = Connect-PasskeyTenant -Sandbox; $one = Connect-PasskeyTenant -Sandbox; $one, $two | Test-PasskeyRecovery kenji.moreau@contoso.com -CheckpointPath ./recovery.jsonl", "CheckpointOfOtherTenant", ErrorCategory.InvalidArgument)]
    public void Errors_have_ids(string script, string id, ErrorCategory category)
    {
        var error = _session.Run(script).Error;
        Assert.Equal(($"{id},{Command}", category), (error.FullyQualifiedErrorId, error.CategoryInfo.Category));
    }

    [Fact]
    public void Whatever_is_refused_makes_Unknown_and_not_Stranded_and_nothing_is_written()
    {
        using var server = SandboxServer.Start(_session);
        SandboxServer.Connect(_session, server.Address);
        server.Faults = (r, _) => r.Path.Contains("/users/", StringComparison.Ordinal) && r.Path.Contains("?$select=id,", StringComparison.Ordinal) && !r.Path.Contains("transitiveMemberOf", StringComparison.Ordinal) ? null : r.Path.Contains("/organization", StringComparison.Ordinal) ? null : Fault.Reply(403, """{"error":{"code":"Forbidden","message":"No."}}""");
        var run = _session.Run("Test-PasskeyRecovery tomas.graham@contoso.com");
        Assert.Empty(run.Errors);
        var recovery = Assert.Single(run.Output);
        Assert.Equal(("Unknown", "Unknown", "Unknown", "Unknown", "Unknown"), (recovery.Text("Verdict"), recovery.Text("SecondPasskey"), recovery.Text("OtherMethod"), recovery.Text("PassAllowed"), recovery.Text("IsAdministrator")));
        Assert.All(server.Requests, r => Assert.True(r.Method == "GET" || r.Path.EndsWith("/$batch", StringComparison.Ordinal), r.Path));
    }

    [Fact]
    public void The_view_shows_why_and_what_to_add()
    {
        var shown = _session.Shown("Test-PasskeyRecovery kenji.moreau@contoso.com");
        Assert.Matches(@"kenji\.moreau@contoso\.com\s+RecoverableWithHelpdesk\s+No registered passkey works", shown);
        Assert.Contains("+ Register a passkey that the", shown, StringComparison.Ordinal);
    }
}
