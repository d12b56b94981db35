using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using PasskeyAdmin.Tests.Engine;

namespace PasskeyAdmin.Tests.Commands;

/// <summary>Test-PasskeyUser and Get-PasskeyErrorCode as a user sees them.</summary>
[Collection(EngineGroup.Name)]
public sealed class TestPasskeyUserTests(ModuleSession session) : IDisposable
{
    private static readonly string[] Planted = ["kenji.moreau", "adele.siciliani", "lidia.gu", "enrico.nowak", "joni.holloway", "pradeep.gupta", "anna.obrien", "saoirse.siciliani", "debra.sayers", "carla.nowak", "carla.gu"];

    public void Dispose() => session.Output("Disconnect-PasskeyTenant");

    [Theory]
    [InlineData("kenji.moreau", "PasskeyTypeNotAllowed", "Certain")]
    [InlineData("anna.novak", "ProviderNotAllowed", "Certain")]
    [InlineData("lidia.gu", "UserExcluded", "Certain")]
    [InlineData("enrico.nowak", "NoMethodForStrength", "Certain")]
    [InlineData("joni.holloway", "RegistrationBlockedByConditionalAccess", "Certain")]
    [InlineData("pradeep.gupta", "BrowserNotSupported", "Likely")]
    [InlineData("saoirse.siciliani", "AccountLocked", "Likely")]
    [InlineData("debra.sayers", "AccountDisabled", "Certain")]
    public void What_is_planted_in_the_sample_tenant_is_named_first(string user, string cause, string confidence)
    {
        var first = Run($"(Test-PasskeyUser {user}@contoso.com).Cause")[0];
        Assert.Equal((cause, confidence), (first.Text("CauseId"), first.Text("Confidence")));
    }

    [Fact]
    public void Users_come_by_name_by_id_and_by_property()
    {
        var ids = Run("'kenji.moreau@contoso.com', [pscustomobject]@{ Id = 'be82b635-094f-4c5a-a126-8b078e574bd2' }, [pscustomobject]@{ UPN = 'lidia.gu@contoso.com' } | Test-PasskeyUser").Select(d => d.Text("UserPrincipalName"));
        Assert.Equal(["kenji.moreau@contoso.com", "raul.gu@contoso.com", "lidia.gu@contoso.com"], ids);
    }

    [Fact]
    public void Somebody_who_is_not_there_costs_only_themselves()
    {
        var output = Run("'nobody@contoso.com', 'kenji.moreau@contoso.com' | Test-PasskeyUser -ErrorAction SilentlyContinue -ErrorVariable missing; $missing[0]");
        Assert.Equal("kenji.moreau@contoso.com", output[0].Text("UserPrincipalName"));
        var error = Assert.IsType<ErrorRecord>(output[1].BaseObject);
        Assert.Equal(("UserNotFound,PasskeyAdmin.Commands.TestPasskeyUserCommand", "nobody@contoso.com"), (error.FullyQualifiedErrorId, error.TargetObject));
    }

    [Fact]
    public void Quiet_is_true_for_a_clear_answer_alone()
    {
        Assert.Equal([true, false, false], Run("Test-PasskeyUser pradeep.petrova@contoso.com -Quiet; 'pradeep.petrova@contoso.com', 'kenji.moreau@contoso.com' | Test-PasskeyUser -Quiet; Test-PasskeyUser nobody@contoso.com -Quiet -ErrorAction SilentlyContinue").Select(o => (bool)o.BaseObject));
        // Unknown is no all-clear.
        Assert.False((bool)Run("Test-PasskeyUser pradeep.petrova@contoso.com -Quiet", "-SandboxSetting @{ licence = 'Free' }").Single().BaseObject);
    }

    [Fact]
    public void An_error_code_is_looked_up_and_leads()
    {
        var diagnosis = Run("Test-PasskeyUser -ErrorCode 'AADSTS135016: no' -UserId lidia.gu@contoso.com").Single();
        Assert.Equal("135016: FIDO sign-in is disabled by policy; another method is needed", diagnosis.Text("ErrorCode"));
        Assert.Equal("UserExcluded (Certain)", Items(diagnosis, "Cause")[0].ToString());
        Assert.Contains("500121 is looked at; ask again for 53003.", Run("Test-PasskeyUser raul.gu@contoso.com -ErrorCode 'AADSTS500121, then 53003'").Single().Text("Note"), StringComparison.Ordinal);
        Assert.Contains("'4711' is not among the codes", Run("Test-PasskeyUser raul.gu@contoso.com -ErrorCode 4711").Single().Text("Note"), StringComparison.Ordinal);
    }

    /// <summary>Whoever reports a code saw something fail: that nothing explains it is no all-clear.</summary>
    [Theory]
    [InlineData("", true)]
    [InlineData("-ErrorCode 135016", false)]
    [InlineData("-ErrorCode 50074", false)]
    [InlineData("-ErrorCode 'Passkey not registered'", false)]
    [InlineData("-ErrorCode 999999", false)]
    public void A_code_that_nothing_explains_is_no_all_clear(string code, bool isClear) => Assert.Equal(isClear, Run($"Test-PasskeyUser saoirse.wilke@contoso.com {code} -Quiet").Single().BaseObject);

    [Theory]
    [InlineData("([DateTimeOffset]::MinValue)", "2026-10-24", true)]
    [InlineData("([DateTimeOffset]'2020-01-01Z')", "2026-10-24", true)]
    [InlineData("([DateTimeOffset]'2026-11-20T02:00+02:00')", "2026-11-20", false)]
    public void The_logs_are_asked_for_no_more_than_they_have(string since, string begin, bool isNoted)
    {
        var diagnosis = Run($"Test-PasskeyUser saoirse.wilke@contoso.com -Since {since}").Single();
        var read = (DateTimeOffset)diagnosis.Properties["Since"].Value;
        Assert.Equal((begin, TimeSpan.Zero), ($"{read:yyyy-MM-dd}", read.Offset));
        Assert.Equal(isNoted, diagnosis.Text("Note") is { } note && note.Contains("30 days at most", StringComparison.Ordinal));
    }

    [Fact]
    public void A_time_that_is_yet_to_come_is_an_error() =>
        Assert.Equal("SinceInFuture,PasskeyAdmin.Commands.TestPasskeyUserCommand", Run("try { Test-PasskeyUser saoirse.wilke@contoso.com -Quiet -Since ([DateTimeOffset]'2030-01-01Z') } catch { $_.FullyQualifiedErrorId }").Single().ToString());

    [Fact]
    public void A_narrowed_profile_that_is_in_the_journal_can_be_undone_by_the_command_that_is_shown()
    {
        var output = Run("""
            Set-PasskeyProfile 'Synced pilot' -TargetType DeviceBound -Confirm:$false -MaximumAffectedUser 1000 -AllowLockout -MaximumUnknownUser 1000 -WarningAction SilentlyContinue
            $diagnosis = Test-PasskeyUser raul.gu@contoso.com -Symptom StoppedWorking
            $diagnosis
            [scriptblock]::Create("$($diagnosis.Cause[0].NextStep.Command | Where-Object { $_ -like 'Undo-*' }) -Confirm:`$false -WarningAction SilentlyContinue").Invoke()
            Test-PasskeyUser raul.gu@contoso.com -Symptom StoppedWorking
            """);
        var cause = Items(output[0], "Cause")[0];
        Assert.Equal("PasskeyTypeNotAllowed (Certain)", cause.ToString());
        Assert.Contains("'Synced pilot' was narrowed", cause.Text("Summary"), StringComparison.Ordinal);
        Assert.Contains("pradeep.petrova@contoso.com", cause.Text("Summary"), StringComparison.Ordinal);
        Assert.Empty(Items(output[1], "Cause"));
    }

    [Fact]
    public void Commands_that_are_suggested_are_commands_of_this_module()
    {
        var commands = Run($"({string.Join(", ", Planted.Select(p => $"'{p}@contoso.com'"))} | Test-PasskeyUser -Detailed).Cause.NextStep.Command | Where-Object {{ $_ }}").Select(c => c.ToString()!).Distinct().ToList();
        Assert.NotEmpty(commands);
        Assert.All(commands, command =>
        {
            var ast = Parser.ParseInput(command, out _, out var errors);
            Assert.Empty(errors);
            var one = Assert.IsType<CommandAst>(Assert.Single(ast.FindAll(a => a is CommandAst, searchNestedScriptBlocks: true)));
            Assert.Contains("-Passkey", one.GetCommandName(), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void The_view_is_the_text()
    {
        var diagnosis = Run("Test-PasskeyUser kenji.moreau@contoso.com").Single();
        Assert.Contains("1. Certain: The profile 'Default passkey profile' was narrowed", diagnosis.Text("Text"), StringComparison.Ordinal);
        Assert.DoesNotContain("Checked (", diagnosis.Text("Text"), StringComparison.Ordinal);
        Assert.Contains("Checked (33 of 38; 5 do not apply; logs since ", Run("Test-PasskeyUser kenji.moreau@contoso.com -Detailed").Single().Text("Text"), StringComparison.Ordinal);
    }

    [Fact]
    public void Codes_are_found_by_code_pattern_and_text()
    {
        Assert.Equal(["135016", "130004", "130005"], session.Output("(Get-PasskeyErrorCode AADSTS135016).Code; (Get-PasskeyErrorCode 13000[45]).Code").Select(c => c.ToString()));
        Assert.Equal("53003", session.Output("(Get-PasskeyErrorCode -Text 'AADSTS53003: blocked')[0].Code").Single().ToString());
        Assert.True(session.Output("Get-PasskeyErrorCode").Count > 50);
        var error = Assert.IsType<ErrorRecord>(session.Output("Get-PasskeyErrorCode 1, 135010 -ErrorAction SilentlyContinue -ErrorVariable missing | Out-Null; $missing[0]").Single().BaseObject);
        Assert.Equal("ErrorCodeNotFound,PasskeyAdmin.Commands.GetPasskeyErrorCodeCommand", error.FullyQualifiedErrorId);
    }

    /// <summary>A question mark or bracket in a text is no pattern: where nothing is found, that is said.</summary>
    [Theory]
    [InlineData("Why can I not sign in?")]
    [InlineData("Something [failed]")]
    [InlineData("x")]
    public void A_text_that_finds_nothing_is_an_error(string text)
    {
        var error = Assert.IsType<ErrorRecord>(session.Output($"Get-PasskeyErrorCode -Text '{text}' -ErrorAction SilentlyContinue -ErrorVariable missing; $missing[0]").Single().BaseObject);
        Assert.Equal(("ErrorCodeNotFound,PasskeyAdmin.Commands.GetPasskeyErrorCodeCommand", text), (error.FullyQualifiedErrorId, error.TargetObject));
        Assert.Empty(session.Output("Get-PasskeyErrorCode 9?9*"));
    }

    private IReadOnlyList<PSObject> Run(string script, string settings = "") => [.. session.Output($"$null = Connect-PasskeyTenant -Sandbox {settings}; {script}")];

    private static IReadOnlyList<PSObject> Items(PSObject item, string property) => [.. ((System.Collections.IEnumerable)item.Properties[property].Value).Cast<object>().Select(PSObject.AsPSObject)];
}
