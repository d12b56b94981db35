using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using PasskeyAdmin.Tests.Engine;

namespace PasskeyAdmin.Tests.Commands;

/// <summary>The question before a change: what is asked, of whom, and what is an answer. Real hosts are asked in tests/Pester/Changes.Tests.ps1.</summary>
[Collection(EngineGroup.Name)]
public sealed class ConfirmationTests : IDisposable
{
    private const string Harm = "Set-PasskeyProfile 'Synced pilot' -TargetType DeviceBound -AllowLockout";
    private const string NotMeasured = Harm + " -SkipImpact";
    private const string Harmless = "Set-PasskeyProfile 'Synced pilot' -NewName 'Pilot of all'";
    private const string Id = ",PasskeyAdmin.Commands.SetPasskeyProfileCommand";

    private readonly ModuleSession _session = new();

    public ConfirmationTests() => _session.Output("$contoso = Connect-PasskeyTenant -Sandbox");

    public void Dispose() => _session.Dispose();

    public static TheoryData<string> Failures => [.. Exceptions.Keys];

    /// <summary>What hosts throw where they cannot ask.</summary>
    private static Dictionary<string, Func<Exception>> Exceptions { get; } = new()
    {
        ["not interactive"] = () => new PSInvalidOperationException("PowerShell is in NonInteractive mode."),
        ["no console"] = () => new InvalidOperationException("Cannot read keys when either application does not have a console."),
        ["no user interface"] = () => new HostException("A command that prompts the user failed.", null, "HostFunctionNotImplemented", ErrorCategory.NotImplemented),
        ["cancelled"] = () => new PromptingException("An error of type \"Ctrl+C\" has occurred."),
        ["ended input"] = () => Record.Exception(() => ((string?)null)!.Length)!,
        ["not supported"] = () => new NotSupportedException(),
        ["not implemented"] = () => new PSNotImplementedException("The method is not implemented."),
        ["an error at the other end"] = () => new RemoteException("Object reference not set to an instance of an object."),
        ["a script that fails"] = () => new RuntimeException("The host is a script."),
        ["a broken terminal"] = () => new IOException("The handle is invalid."),
        ["a window that was closed"] = () => new OperationCanceledException(),
        ["too late"] = () => new TimeoutException(),
    };

    [Theory]
    [InlineData(AskedQuestion.Yes, true)]
    [InlineData(AskedQuestion.YesToAll, true)]
    [InlineData(AskedQuestion.No, false)]
    [InlineData(AskedQuestion.NoToAll, false)]
    public void It_is_asked_once_and_only_a_yes_is_one(string answer, bool isMade)
    {
        Answer(answer);
        Assert.Empty(_session.Output(Harm));
        var question = Assert.Single(_session.Host.Asked);
        Assert.Equal(("Confirm", AskedQuestion.No), (question.Caption, question.Default));
        AssertMade(isMade);
    }

    [Fact]
    public void The_default_leaves_the_policy_as_it_is()
    {
        _session.Host.Answer = q => q.DefaultChoice;
        Assert.Empty(_session.Output(Harm));
        Assert.Single(_session.Host.Asked);
        AssertMade(false);
    }

    [Fact]
    public void The_question_names_the_change_the_numbers_and_the_administrators()
    {
        Answer(AskedQuestion.No);
        _session.Output(Harm);
        var lines = Assert.Single(_session.Host.Asked).Message.Split('\n');
        Assert.Equal(("Change the passkey policy of Contoso:", "  Synced pilot: - passkey type Synced", "Make this change?"), (lines[0], lines[1], lines[^1]));
        Assert.StartsWith("It takes passkeys from 132 users: 60 would have no phishing-resistant way to sign in left (2 administrators: raul.gu@contoso.com, saoirse.wilke@contoso.com), 44 would lose passkey sign-in and keep another method (1 administrator: ", lines[2], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public void A_host_that_cannot_ask_is_an_error_and_nothing_is_sent(string failure)
    {
        _session.Host.Answer = _ => throw Exceptions[failure]();
        var error = _session.Run(NotMeasured).Error;
        Assert.Equal("ConfirmationUnavailable" + Id, error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.InvalidOperation, error.CategoryInfo.Category);
        Assert.Contains("-Confirm:$false with -MaximumAffectedUser", error.Exception.Message, StringComparison.Ordinal);
        Assert.Single(_session.Host.Asked);
        AssertMade(false);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(99)]
    public void A_choice_that_there_is_not_is_no_answer(int choice)
    {
        _session.Host.Answer = _ => choice;
        Assert.Equal("ConfirmationUnavailable" + Id, _session.Run(NotMeasured).Error.FullyQualifiedErrorId);
        Assert.Single(_session.Host.Asked);
        AssertMade(false);
    }

    [Fact]
    public void A_host_that_stops_the_command_stops_it()
    {
        _session.Host.Answer = _ => throw new PipelineStoppedException();
        Assert.Empty(_session.Run($"{NotMeasured}; 'went on'").Output);
        Assert.Single(_session.Host.Asked);
        AssertMade(false);
    }

    [Theory]
    [InlineData(Harmless, 0)]
    [InlineData(Harmless + " -Confirm", 1)]
    [InlineData("$ConfirmPreference = 'Low'; " + Harmless, 1)]
    [InlineData("$ConfirmPreference = 'Medium'; " + Harmless, 1)]
    [InlineData("$ConfirmPreference = 'High'; " + Harmless, 0)]
    [InlineData("$ConfirmPreference = 'None'; " + Harmless, 0)]
    [InlineData("$ConfirmPreference = 'None'; " + Harmless + " -Confirm", 1)]
    [InlineData("$ConfirmPreference = 'Low'; " + Harmless + " -Confirm:$false", 0)]
    [InlineData("$ConfirmPreference = 'nonsense'; " + Harmless, 0)]
    [InlineData(Harm + " -Confirm", 1)]
    [InlineData("$ConfirmPreference = 'Low'; " + NotMeasured, 1)]
    [InlineData("$ConfirmPreference = 'nonsense'; " + NotMeasured, 1)]
    [InlineData(NotMeasured, 1)]
    [InlineData(NotMeasured + " -Confirm:$false", 0)]
    [InlineData(Harm + " -MaximumAffectedUser 200", 1)]
    [InlineData(Harm + " -MaximumAffectedUser 200 -Confirm:$false", 0)]
    [InlineData("$ConfirmPreference = 'None'; " + Harm + " -MaximumAffectedUser 200", 0)]
    [InlineData("$WhatIfPreference = $true; " + NotMeasured + " -WhatIf:$false", 1)]
    [InlineData("function Wrap { [CmdletBinding(SupportsShouldProcess)] param() " + Harmless + " }; Wrap", 0)]
    [InlineData("function Wrap { [CmdletBinding(SupportsShouldProcess)] param() " + Harmless + " }; Wrap -Confirm", 1)]
    [InlineData("function Wrap { [CmdletBinding(SupportsShouldProcess)] param() " + Harm + " -MaximumAffectedUser 200 }; Wrap -Confirm:$false", 0)]
    [InlineData("$null = New-Module { function Wrap { [CmdletBinding(SupportsShouldProcess)] param() " + NotMeasured + " } }; Wrap -Confirm", 1)]
    [InlineData("$PSDefaultParameterValues = @{ '*-Passkey*:Confirm' = $true }; " + Harmless, 1)]
    public void What_is_harmless_asks_only_those_who_want_to_be_asked(string script, int times)
    {
        Answer(AskedQuestion.Yes);
        Assert.Empty(_session.Output($"& {{ {script} }}"));
        Assert.Equal(times, _session.Host.Asked.Count);
        Assert.All(_session.Host.Asked, q => Assert.Equal(AskedQuestion.No, q.Default));
        Assert.Single(Journal());
    }

    [Theory]
    [InlineData(Harm + " -Confirm:$false")]
    [InlineData("$ConfirmPreference = 'None'; " + Harm)]
    [InlineData("function Wrap { [CmdletBinding(SupportsShouldProcess)] param() " + Harm + " }; Wrap -Confirm:$false")]
    [InlineData("$null = New-Module { function Wrap { $ConfirmPreference = 'None'; " + Harm + " } }; Wrap")]
    public void Without_a_question_nobody_may_lose_anything_unless_a_number_is_given(string script)
    {
        Answer(AskedQuestion.Yes);
        Assert.Equal("TooManyAffectedUsers" + Id, _session.Run($"& {{ {script} }}").Error.FullyQualifiedErrorId);
        Assert.Empty(_session.Host.Asked);
        AssertMade(false);
    }

    [Theory]
    [InlineData(Harm + " -WhatIf")]
    [InlineData(Harm + " -WhatIf -Confirm")]
    [InlineData("$WhatIfPreference = $true; $ConfirmPreference = 'Low'; " + Harm)]
    [InlineData("function Wrap { [CmdletBinding(SupportsShouldProcess)] param() " + Harm + " -Confirm }; Wrap -WhatIf")]
    [InlineData("$null = New-Module { function Wrap { [CmdletBinding(SupportsShouldProcess)] param() " + Harm + " } }; Wrap -WhatIf")]
    public void WhatIf_says_the_same_and_asks_nothing(string script)
    {
        Answer(AskedQuestion.Yes);
        Assert.Contains("What if: Change the passkey policy of Contoso:\n  Synced pilot: - passkey type Synced\nIt takes passkeys from 132 users", _session.Shown($"& {{ {script} }}"), StringComparison.Ordinal);
        Assert.Empty(_session.Host.Asked);
        AssertMade(false);
    }

    [Theory]
    [InlineData(AskedQuestion.YesToAll, 2, "DeviceBound DeviceBound")]
    [InlineData(AskedQuestion.NoToAll, 1, "DeviceBound, Synced DeviceBound, Synced")]
    [InlineData(AskedQuestion.Yes, 2, "DeviceBound DeviceBound")]
    [InlineData(AskedQuestion.No, 2, "DeviceBound, Synced DeviceBound, Synced")]
    public void Of_several_tenants_each_is_asked_about_unless_the_answer_was_no_to_all(string answer, int times, string types)
    {
        Answer(answer);
        Assert.Empty(_session.Output($"$tenants = $contoso, (Connect-PasskeyTenant -Sandbox); $tenants | {NotMeasured}"));
        Assert.Equal(times, _session.Host.Asked.Count);
        Assert.Equal(types, string.Join(" ", _session.Output("$tenants | ForEach-Object { Get-PasskeyProfile 'Synced pilot' -Tenant $_ }").Select(p => p.Text("PasskeyType"))));
    }

    [Fact]
    public void One_tenant_that_cannot_be_asked_about_does_not_end_the_others()
    {
        _session.Host.Answer = q => _session.Host.Asked.Count == 1 ? throw new PSInvalidOperationException("Not now.") : q.Choose(AskedQuestion.Yes);
        var result = _session.Run($"$tenants = $contoso, (Connect-PasskeyTenant -Sandbox); $tenants | {NotMeasured}");
        Assert.Equal("ConfirmationUnavailable" + Id, result.Error.FullyQualifiedErrorId);
        Assert.Equal("DeviceBound, Synced DeviceBound", string.Join(" ", _session.Output("$tenants | ForEach-Object { Get-PasskeyProfile 'Synced pilot' -Tenant $_ }").Select(p => p.Text("PasskeyType"))));
    }

    [Fact]
    public void Every_cmdlet_that_changes_the_policy_asks_in_the_same_way()
    {
        _session.Host.Answer = _ => throw new PSInvalidOperationException("PowerShell is in NonInteractive mode.");
        foreach (var script in (string[])[
            "New-PasskeyProfile Board -TargetType DeviceBound -Confirm",
            "Set-PasskeyPolicy -State Disabled -AllowLockout -MaximumUnknownUser 50",
            "Remove-PasskeyProfileTarget 'Synced pilot' -Group 'Passkey pilot' -AllowLockout -MaximumUnknownUser 50",
            "Add-PasskeyProfileTarget 'Synced pilot' -Group 'Privileged administrators' -Confirm",
            $"{Harm} -PlanOnly | Invoke-PasskeyPolicyPlan -AllowLockout",
        ])
        {
            _session.Host.Asked.Clear();
            Assert.StartsWith("ConfirmationUnavailable,PasskeyAdmin.Commands.", _session.Run(script).Error.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.Equal(AskedQuestion.No, Assert.Single(_session.Host.Asked).Default);
        }
        AssertMade(false);
    }

    [Fact]
    public void A_remote_session_may_be_a_job_and_is_asked_only_where_somebody_says_so()
    {
        using var session = new ModuleSession("ServerRemoteHost");
        session.Host.Answer = q => q.Choose(AskedQuestion.Yes);
        var result = session.Run($"$null = Connect-PasskeyTenant -Sandbox; $Host.Name; {Harm}");
        Assert.Equal("ServerRemoteHost", Assert.Single(result.Output).BaseObject);
        Assert.Equal("ConfirmationUnavailable" + Id, result.Error.FullyQualifiedErrorId);
        Assert.Equal("ConfirmationUnavailable" + Id, session.Run($"$ConfirmPreference = 'Low'; {Harmless}").Error.FullyQualifiedErrorId);
        Assert.Empty(session.Host.Asked);
        Assert.Empty(session.Output($"{Harm} -Confirm"));
        Assert.Single(session.Host.Asked);
        Assert.Equal("DeviceBound", session.Output("Get-PasskeyProfile 'Synced pilot'").Single().Text("PasskeyType"));
    }

    private void Answer(string choice) => _session.Host.Answer = q => q.Choose(choice);

    private string[] Journal() => Directory.GetFiles(_session.Home, "*", SearchOption.AllDirectories);

    /// <summary>What was not made is not in the journal either.</summary>
    private void AssertMade(bool isMade)
    {
        Assert.Equal(isMade ? "DeviceBound" : "DeviceBound, Synced", _session.Output("Get-PasskeyProfile 'Synced pilot'").Single().Text("PasskeyType"));
        Assert.Equal(isMade ? 1 : 0, Journal().Length);
    }
}
