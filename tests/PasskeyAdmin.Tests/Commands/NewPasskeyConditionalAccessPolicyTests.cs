using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using PasskeyAdmin.Tests.Engine;

namespace PasskeyAdmin.Tests.Commands;

[Collection(EngineGroup.Name)]
public sealed class NewPasskeyConditionalAccessPolicyTests : IDisposable
{
    private const string Id = ",PasskeyAdmin.Commands.NewPasskeyConditionalAccessPolicyCommand";
    private const string Pilot = "-Strength 'Phishing-resistant MFA' -Application 'Contoso Payroll' -IncludeGroup 'Passkey pilot' -ExcludeGroup 'Emergency access accounts'";

    private readonly ModuleSession _session = new();

    public NewPasskeyConditionalAccessPolicyTests() => _session.Output("$contoso = Connect-PasskeyTenant -Sandbox");

    public void Dispose() => _session.Dispose();

    [Fact]
    public void A_policy_only_reports_at_first_and_the_same_again_is_given_out()
    {
        var first = _session.Run($"New-PasskeyConditionalAccessPolicy Keys {Pilot}");
        Assert.Empty(first.Warnings);
        var made = Assert.Single(first.Output);
        Assert.Equal(("Keys", "ReportOnly", "Phishing-resistant MFA", "Contoso Payroll", "2f0d6a91-7c34-4e58-9b12-d5a8f3c06e71", "Passkey pilot", "Emergency access accounts"),
            (made.Text("Name"), made.Text("State"), made.Text("Strength"), made.Text("Application"), made.Text("ApplicationId"), made.Text("IncludeGroup"), made.Text("ExcludeGroup")));
        Assert.Equal((false, "00000000-0000-0000-0000-000000000004"), (made.Get("AllUsers"), made.Text("StrengthId")));
        var again = _session.Run($"New-PasskeyConditionalAccessPolicy keys {Pilot}");
        Assert.Equal(made.Text("Id"), Assert.Single(again.Output).Text("Id"));
        Assert.Single(again.Warnings);
        Assert.Equal("AccessPolicyNameTaken" + Id, _session.Run($"New-PasskeyConditionalAccessPolicy keys {Pilot} -State Disabled").Error.FullyQualifiedErrorId);
        Assert.Single(Journal);
    }

    [Theory]
    [InlineData("-State Enabled -Confirm:$false", "TooManyAffectedUsers")]
    [InlineData("-State Enabled -Confirm:$false -MaximumAffectedUser 8", "TooManyAffectedUsers")]
    [InlineData("-State Enabled -Confirm:$false -SkipImpact", "ImpactNotMeasured")]
    public void Without_a_question_nobody_is_shut_out_unless_a_number_says_so(string parameters, string error)
    {
        Assert.Equal(error + Id, _session.Run($"New-PasskeyConditionalAccessPolicy Keys {Pilot} {parameters}").Error.FullyQualifiedErrorId);
        Assert.Empty(Journal);
    }

    [Fact]
    public void Whom_it_shuts_out_is_asked_about_and_journalled_as_numbers()
    {
        _session.Answer("No");
        Assert.Empty(_session.Run($"New-PasskeyConditionalAccessPolicy Keys {Pilot} -State Enabled").Output);
        var question = Assert.Single(_session.Questions);
        Assert.Contains("Of 147 users, it shuts 9 out of Contoso Payroll", question, StringComparison.Ordinal);
        Assert.Contains("and 4 more): they have nothing that 'Phishing-resistant MFA' takes", question, StringComparison.Ordinal);
        Assert.EndsWith("[&No]", question, StringComparison.Ordinal);
        Assert.Empty(Journal);
        _session.Answer("Yes");
        Assert.Equal("Enabled", Assert.Single(_session.Output($"New-PasskeyConditionalAccessPolicy Keys {Pilot} -State Enabled")).Text("State"));
        var head = JsonNode.Parse(File.ReadLines(Journal.Single()).First())!;
        Assert.Equal((9, 0, 147), ((int)head["impact"]!["affected"]!, (int)head["impact"]!["administrators"]!, (int)head["impact"]!["inScope"]!));
        Assert.DoesNotContain("@contoso.com", File.ReadAllText(Journal.Single()).Replace((string)head["account"]!, "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_for_everybody_is_a_lockout_and_a_loop()
    {
        const string Everything = "New-PasskeyConditionalAccessPolicy Keys -Strength 'Phishing-resistant MFA' -Application all -AllUser -ExcludeGroup 'Emergency access accounts' -State Enabled";
        var refused = _session.Run(Everything);
        Assert.Equal("LockoutRefused" + Id, refused.Error.FullyQualifiedErrorId);
        Assert.Contains("(1 administrator: enrico.nowak@contoso.com)", refused.Error.Exception.Message, StringComparison.Ordinal);
        Assert.StartsWith("Whoever has nothing yet that the strength 'Phishing-resistant MFA' takes cannot register it", refused.Warnings[0], StringComparison.Ordinal);
        Assert.StartsWith("No emergency account was named: emergency1@contoso.onmicrosoft.com is presumed to be one", refused.Warnings[1], StringComparison.Ordinal);
        var seen = _session.Run(Everything + " -WhatIf");
        Assert.Empty(seen.Errors);
        Assert.Contains(seen.Warnings, w => w.StartsWith("It would be refused (LockoutRefused)", StringComparison.Ordinal));
        Assert.Empty(Journal);
    }

    [Theory]
    [InlineData("-AllowLockout -SkipImpact -Confirm:$false")]
    [InlineData("-MaximumAffectedUser 900 -MaximumUnknownUser 900 -AllowLockout -Confirm:$false")]
    public void No_switch_lets_emergency_accounts_be_shut_out(string parameters)
    {
        var refused = _session.Run($"New-PasskeyConditionalAccessPolicy Keys -Strength 'Phishing-resistant MFA' -Application 'Contoso Payroll' -IncludeGroup 'Passkey pilot' -State Enabled {parameters}").Error;
        Assert.Equal("EmergencyAccountNotExcluded" + Id, refused.FullyQualifiedErrorId);
        Assert.Contains("emergency1@contoso.onmicrosoft.com", refused.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(Journal);
        Assert.StartsWith("It could not be enabled like this (EmergencyAccountNotExcluded)", Assert.Single(_session.Run("New-PasskeyConditionalAccessPolicy Keys -Strength 'Phishing-resistant MFA' -Application 'Contoso Payroll' -IncludeGroup 'Passkey pilot'").Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_strength_comes_by_name_by_id_and_from_the_pipeline()
    {
        foreach (var (script, strength) in new[]
        {
            ("New-PasskeyConditionalAccessPolicy A -Strength 7e52bfe6-c189-43ad-8067-2afd48b5b3c6", "Finance: approved passkeys"),
            ("Get-PasskeyAuthenticationStrength Finance* | New-PasskeyConditionalAccessPolicy B", "Finance: approved passkeys"),
            ("'Phishing-resistant MFA' | New-PasskeyConditionalAccessPolicy C", "Phishing-resistant MFA"),
            ("$contoso | New-PasskeyConditionalAccessPolicy D -Strength 'Phishing-resistant MFA'", "Phishing-resistant MFA"),
        }) Assert.Equal(strength, Assert.Single(_session.Run($"{script} -Application 'Contoso Travel' -AllUser -ExcludeGroup 'Emergency access accounts' 3>$null").Output).Text("Strength"));
    }

    [Theory]
    [InlineData("'  ' -Strength x -Application x -AllUser", "AccessPolicyNameInvalid")]
    [InlineData("X -Strength x -Application x", "TargetMissing")]
    [InlineData("X -Strength x -Application x -AllUser -IncludeGroup y", "TargetParametersConflict")]
    [InlineData("X -Strength x -Application x -AllUser -SkipImpact -MaximumAffectedUser 1", "SkipImpactWithLimit")]
    [InlineData("X -Strength 'Phish' -Application x -AllUser", "StrengthNotFound")]
    [InlineData("X -Strength 'Phishing-resistant MFA' -Application x, 'Contoso Travel' -AllUser", "ApplicationNotFound")]
    [InlineData("X -Strength 'Phishing-resistant MFA' -Application All, Office365 -AllUser", "ApplicationAllWithOthers")]
    [InlineData("X -Strength 'Phishing-resistant MFA' -Application 'Contoso Travel' -IncludeGroup Nope", "GroupNotFound")]
    [InlineData("X -Strength 'Phishing-resistant MFA' -Application 'Contoso Travel' -IncludeGroup 'Passkey pilot' -ExcludeGroup 'passkey PILOT'", "GroupIncludedAndExcluded")]
    public void What_makes_no_sense_is_refused_and_nothing_made(string parameters, string error)
    {
        var result = _session.Run($"New-PasskeyConditionalAccessPolicy {parameters}");
        Assert.Equal(error + Id, result.Error.FullyQualifiedErrorId);
        Assert.Empty(result.Output);
        Assert.Empty(Journal);
    }

    [Fact]
    public void Without_a_licence_Graph_says_so()
    {
        var result = _session.Run($"$free = Connect-PasskeyTenant -Sandbox -SandboxSetting @{{ licence = 'Free' }}; New-PasskeyConditionalAccessPolicy Keys {Pilot} -Tenant $free");
        Assert.Contains("not licensed", result.Error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(Journal);
    }

    private string[] Journal => Directory.Exists(_session.Home) ? Directory.GetFiles(_session.Home, "*.jsonl", SearchOption.AllDirectories) : [];
}
