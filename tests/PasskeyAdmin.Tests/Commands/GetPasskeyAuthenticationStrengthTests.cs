using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PasskeyAdmin.Tests.Engine;

namespace PasskeyAdmin.Tests.Commands;

[Collection(EngineGroup.Name)]
public sealed class GetPasskeyAuthenticationStrengthTests : IDisposable
{
    private const string Command = "PasskeyAdmin.Commands.GetPasskeyAuthenticationStrengthCommand";
    private const string Finance = "7e52bfe6-c189-43ad-8067-2afd48b5b3c6";

    private readonly ModuleSession _session = new();

    public GetPasskeyAuthenticationStrengthTests() => _session.Output("$contoso = Connect-PasskeyTenant -Sandbox");

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("Get-PasskeyAuthenticationStrength", "Multifactor authentication; Passwordless MFA; Phishing-resistant MFA; Finance: approved passkeys; Phishing-resistant, or a pass for the first day")]
    [InlineData("Get-PasskeyAuthenticationStrength 'finance: APPROVED passkeys'", "Finance: approved passkeys")]
    [InlineData("Get-PasskeyAuthenticationStrength Phish*, *MFA", "Phishing-resistant MFA; Phishing-resistant, or a pass for the first day; Passwordless MFA")]
    [InlineData("Get-PasskeyAuthenticationStrength nothing*", "")]
    [InlineData("Get-PasskeyAuthenticationStrength Phish* -Type BuiltIn", "Phishing-resistant MFA")]
    [InlineData("Get-PasskeyAuthenticationStrength -Type Custom, Unknown", "Finance: approved passkeys; Phishing-resistant, or a pass for the first day")]
    [InlineData("Get-PasskeyAuthenticationStrength -Id 7E52BFE6-c189-43ad-8067-2afd48b5b3c6", "Finance: approved passkeys")]
    [InlineData("'Finance: approved passkeys' | Get-PasskeyAuthenticationStrength", "Finance: approved passkeys")]
    [InlineData("Get-PasskeyAuthenticationStrength Fin* | Get-PasskeyAuthenticationStrength", "Finance: approved passkeys")]
    [InlineData("Get-PasskeyAuthenticationStrength | Get-PasskeyAuthenticationStrength Fin*", "Finance: approved passkeys")]
    [InlineData("$contoso | Get-PasskeyAuthenticationStrength -Name Fin*", "Finance: approved passkeys")]
    public void A_strength_is_found_by_name_pattern_id_and_type(string script, string names) => Assert.Equal(names, string.Join("; ", _session.Output(script)));

    [Fact]
    public void A_strength_says_what_it_takes_and_what_names_it()
    {
        var result = _session.Run("Get-PasskeyAuthenticationStrength Fin* -Verbose");
        var strength = Assert.Single(result.Output);
        Assert.Equal((Finance, "What may open the ERP system", "Custom", "fido2", "only YubiKey 5 Series (3 of 27 AAGUIDs), 1Password, Dashlane"), (strength.Text("Id"), strength.Text("Description"), strength.Text("Type"), strength.Text("Combination"), strength.Text("Passkey")));
        Assert.Equal(("Finance: approved passkeys for the ERP system", "1 enabled", "", null), (strength.Text("UsedBy"), strength.Text("Use"), strength.Text("Refused"), strength.Get("RefusedCount")));
        Assert.Equal(2, result.Verbose.Count(v => v.StartsWith("GET ", StringComparison.Ordinal)));
    }

    /// <summary>By hand from the JSON of Contoso: no method that is taken and works, enabled members only, without the emergency accounts that each policy leaves out.</summary>
    [Fact]
    public void Whom_it_refuses_is_asked_once_for_all()
    {
        var result = _session.Run("Get-PasskeyAuthenticationStrength | Get-PasskeyAuthenticationStrength -IncludeRefusedUser -Verbose");
        Assert.Empty(result.Errors);
        Assert.Empty(result.Warnings);
        Assert.Equal(["not judged", "not judged", "2 of 13", "60 of 72", "289 of 779 (1 not known)"], result.Output.Select(s => s.Text("Refused")));
        Assert.Equal(15, result.Output[4].Get("GuestCount"));
        Assert.Equal(1, result.Verbose.Count(v => v.Contains("userRegistrationDetails", StringComparison.Ordinal)));
        var refused = _session.Output("(Get-PasskeyAuthenticationStrength 'Phishing-resistant MFA' -IncludeRefusedUser).RefusedUser");
        Assert.Equal(["emergency2@contoso.onmicrosoft.com", "enrico.nowak@contoso.com"], refused.Select(r => r.ToString()));
        Assert.Equal("has no phishing-resistant method", refused[0].Text("Reason"));
        Assert.NotEmpty(_session.Output("(Get-PasskeyAuthenticationStrength Fin* -IncludeRefusedUser).RefusedUser | Where-Object Reason -Match 'YubiKey Bio' | Get-PasskeyRegistration"));
    }

    [Fact]
    public void A_name_that_no_strength_has_is_an_error_and_the_rest_goes_on()
    {
        var result = _session.Run("Get-PasskeyAuthenticationStrength 'Finance: approved passkey', Passwordless*; Get-PasskeyAuthenticationStrength -Id x, 00000000-0000-0000-0000-000000000003 -IncludeRefusedUser");
        Assert.Equal(["Passwordless MFA", "Passwordless MFA"], result.Output.Select(o => o.ToString()));
        Assert.All(result.Errors, e => Assert.Equal(($"StrengthNotFound,{Command}", ErrorCategory.ObjectNotFound), (e.FullyQualifiedErrorId, e.CategoryInfo.Category)));
        Assert.Equal(["Finance: approved passkey", "x"], result.Errors.Select(e => e.TargetObject));
        Assert.EndsWith("Did you mean 'Finance: approved passkeys'?", result.Errors[0].Exception.Message, StringComparison.Ordinal);
        Assert.Equal("Get-PasskeyAuthenticationStrength", result.Errors[0].ErrorDetails.RecommendedAction);
        Assert.Equal($"StrengthNameInvalid,{Command}", _session.Run("Get-PasskeyAuthenticationStrength 'x[*'").Error.FullyQualifiedErrorId);
    }

    [Fact]
    public void What_cannot_be_read_is_said_once_and_is_no_zero()
    {
        var result = _session.Run("$free = Connect-PasskeyTenant -Sandbox -SandboxSetting @{ licence = 'Free' }; Get-PasskeyAuthenticationStrength -Tenant $free -IncludeRefusedUser");
        Assert.Equal(result.Warnings.Distinct(), result.Warnings);
        Assert.Contains(result.Warnings, w => w.StartsWith("Conditional Access could not be read.", StringComparison.Ordinal));
        Assert.Contains(result.Warnings, w => w.StartsWith("The tenant has no premium licence", StringComparison.Ordinal));
        Assert.Equal((null, "not known"), (result.Output[2].Get("RefusedCount"), result.Output[2].Text("Use")));
        Assert.StartsWith("not known of ", result.Output[2].Text("Refused"), StringComparison.Ordinal);
        Assert.Null(result.Output[2].Get("UsedBy"));
    }

    [Fact]
    public void One_of_another_tenant_is_not_looked_up_here()
    {
        var result = _session.Run("[pscustomobject]@{ Id = '00000000-0000-0000-0000-000000000004'; TenantId = '11111111-2222-4333-8444-555555555555' } | Get-PasskeyAuthenticationStrength");
        Assert.Equal($"WrongTenant,{Command}", result.Error.FullyQualifiedErrorId);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void Names_complete_from_what_was_read()
    {
        Assert.Empty(Completed());
        _session.Output("Get-PasskeyAuthenticationStrength");
        Assert.Equal(["'Finance: approved passkeys'"], Completed());
    }

    private List<string> Completed() =>
        [.. _session.Output("(TabExpansion2 'Get-PasskeyAuthenticationStrength -Name Fin').CompletionMatches").Select(m => (CompletionResult)m.BaseObject).Where(m => m.ResultType is CompletionResultType.ParameterValue).Select(m => m.CompletionText)];
}
