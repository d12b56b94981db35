using System;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox;
using PasskeyAdmin.Troubleshooting;

namespace PasskeyAdmin.Core.Tests.Troubleshooting;

/// <summary>What is shown: safe whatever people call themselves and their things, no wider than a window, and commands that run.</summary>
public sealed class DiagnosisTextTests
{
    [Fact]
    public void Texts_of_the_tenant_are_safe_wherever_they_are_shown()
    {
        foreach (var item in HelpdeskCases.All)
        {
            using var tenant = new DiagnosedTenant(SandboxTenant.Parse(Poisoned(item.TenantJson)));
            var diagnosis = tenant.Ask(item.UserPrincipalName, Enum.Parse<PasskeySymptom>(item.Symptom), item.ErrorCode);
            var texts = diagnosis.Cause.SelectMany(c => c.Evidence.Select(e => e.Text).Concat(c.NextStep.Select(s => s.Text)).Concat(c.NextStep.Select(s => s.Command ?? "")).Append(c.Summary))
                .Concat(diagnosis.Check.Select(c => c.Detail)).Concat(diagnosis.NotRead).Concat(diagnosis.Note).Append(diagnosis.UserDisplayName ?? "").Append(diagnosis.UserPrincipalName ?? "").Append(diagnosis.ToString()!);
            Assert.All(texts, t => Assert.Equal(DisplayText.Neutralise(t), t));
            Assert.All(diagnosis.Text.Split('\n'), l => Assert.Equal(DisplayText.Neutralise(l), l));
        }
    }

    [Fact]
    public void A_command_is_broken_before_a_parameter_and_nowhere_else()
    {
        using var tenant = new DiagnosedTenant(SandboxTenant.CreateContoso());
        var diagnosis = tenant.Ask("kenji.moreau@contoso.com");
        var lines = diagnosis.Text.Split('\n');
        Assert.All(lines, l => Assert.InRange(l.Length, 0, 79));
        var start = Array.FindIndex(lines, l => l.Contains("PS> New-PasskeyTemporaryAccessPass", StringComparison.Ordinal));
        var pasted = lines[start].Split("PS> ")[1];
        for (var i = start; lines[i].EndsWith(" `", StringComparison.Ordinal); i++) pasted = pasted[..^1] + lines[i + 1].TrimStart();
        Assert.Contains(pasted, diagnosis.Cause[0].NextStep.Select(s => s.Command));
    }

    [Fact]
    public void Without_a_cause_it_says_what_was_looked_at()
    {
        using var tenant = new DiagnosedTenant(SandboxTenant.CreateContoso());
        var diagnosis = tenant.Ask("pradeep.petrova@contoso.com");
        Assert.True(diagnosis.IsClear);
        // What there is nothing to look at for is not counted as looked at.
        Assert.Equal(["LostDevice", "PassNotUsable", "AuthenticatorNotRestored", "ErrorCode"], diagnosis.Check.Where(c => c.Outcome is UserCheckOutcome.NotApplicable).Select(c => c.Id));
        Assert.StartsWith("Nothing found: 34 checks,", diagnosis.Summary, StringComparison.Ordinal);
        Assert.All(diagnosis.Check, c => Assert.Equal(c.Outcome is UserCheckOutcome.Clear or UserCheckOutcome.Aside, diagnosis.Text.Contains(c.Title, StringComparison.Ordinal)));
    }

    /// <summary>Every name in the tenant gets what a hostile user would type.</summary>
    private static string Poisoned(string json)
    {
        var root = JObject.Parse(json);
        foreach (var property in root.Descendants().OfType<JProperty>().Where(p => p.Name is "displayName" or "deviceName" or "name" or "appDisplayName" or "failureReason" or "resultReason" && p.Value.Type is JTokenType.String && !IsStructure(p)).ToList())
            property.Value = $"{(string)property.Value!}\u001b[31m\u202e'; Remove-Item ~ #<img src=x onerror=alert(1)>\r\n\u0007{new string('W', 256)}";
        return root.ToString();
    }

    /// <summary>The names of properties in the audit log are no names of things.</summary>
    private static bool IsStructure(JProperty property) => property.Ancestors().OfType<JProperty>().Any(p => p.Name is "modifiedProperties");
}
