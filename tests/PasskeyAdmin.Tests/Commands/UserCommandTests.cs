using System;
using System.IO;
using System.Linq;
using PasskeyAdmin.Testing;
using PasskeyAdmin.Tests.Engine;

namespace PasskeyAdmin.Tests.Commands;

/// <summary>Get-PasskeyRegistration and Get-PasskeyEffectivePolicy, as a user sees them.</summary>
[Collection(EngineGroup.Name)]
public sealed class UserCommandTests : IDisposable
{
    private const string Registration = ",PasskeyAdmin.Commands.GetPasskeyRegistrationCommand";
    private const string Effective = ",PasskeyAdmin.Commands.GetPasskeyEffectivePolicyCommand";
    private const string Saoirse = "1e952e8d-8130-4248-aa21-8084d36dcf79";

    private readonly ModuleSession _session = new();

    public UserCommandTests() => _session.Output("$null = Connect-PasskeyTenant -Sandbox");

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("Get-PasskeyRegistration saoirse.wilke@contoso.com", "Apple Passwords Yes")]
    [InlineData("Get-PasskeyRegistration -UserId " + Saoirse, "Apple Passwords Yes")]
    [InlineData("Get-PasskeyRegistration -UPN ' saoirse.wilke@contoso.com '", "Apple Passwords Yes")]
    [InlineData("'saoirse.wilke@contoso.com', 'kenji.moreau@contoso.com' | Get-PasskeyRegistration", "Apple Passwords Yes|Apple Passwords No")]
    [InlineData("[pscustomobject]@{ Id = '" + Saoirse + "'; UserPrincipalName = 'kenji.moreau@contoso.com' } | Get-PasskeyRegistration", "Apple Passwords No")]
    [InlineData("[pscustomobject]@{ UserPrincipalName = 'saoirse.wilke@contoso.com' } | Get-PasskeyRegistration", "Apple Passwords Yes")]
    [InlineData("Get-PasskeyTenant | Get-PasskeyRegistration saoirse.wilke@contoso.com", "Apple Passwords Yes")]
    [InlineData("Get-PasskeyRegistration lidia.gu@contoso.com", "Google Password Manager No")]
    [InlineData("Get-PasskeyRegistration joni.holloway@contoso.com", "")]
    [InlineData("Get-PasskeyRegistration isaiah.wilke@contoso.com", "YubiKey 5 Series Unknown")]
    public void Passkeys_of_users(string script, string expected) =>
        Assert.Equal(expected.Split('|', StringSplitOptions.RemoveEmptyEntries), _session.Output(script).Select(r => $"{r.Text("Provider")} {r.Text("Usable")}"));

    /// <summary>Who may see passkeys may not be let see the policy, such as an Authentication Administrator: the passkeys are shown all the same.</summary>
    [Fact]
    public void Without_the_policy_passkeys_are_shown_and_none_is_said_to_work()
    {
        using var change = new ChangeSession();
        using var server = change.Serve();
        server.Faults = (r, _) => r.Path.Contains("authenticationMethodsPolicy", StringComparison.OrdinalIgnoreCase) ? Fault.Reply(403, """{"error":{"code":"accessDenied","message":"No."}}""") : null;
        var run = change.Run("'anna.gupta@contoso.com', 'kenji.moreau@contoso.com' | Get-PasskeyRegistration");
        Assert.Empty(run.Errors);
        Assert.Equal(["Apple Passwords Unknown", "Apple Passwords Unknown", "YubiKey 5 Series Unknown"], run.Output.Select(r => $"{r.Text("Provider")} {r.Text("Usable")}").Order(StringComparer.Ordinal));
        Assert.StartsWith("The policy could not be read, so whether a passkey works is not known.", Assert.Single(run.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Passkeys_of_the_whole_tenant_by_two_roads()
    {
        var all = _session.Output("Get-PasskeyRegistration");
        Assert.Equal((458, 390), (all.Count, all.Select(r => r.Text("UserId")).Distinct().Count()));
        var piped = _session.Output("Get-PasskeyTenant | Get-PasskeyRegistration");
        Assert.Equal(all.Select(r => r.Text("Id")).Order(StringComparer.Ordinal), piped.Select(r => r.Text("Id")).Order(StringComparer.Ordinal));
        // What a free tenant shows user by user is the same.
        var free = _session.Run("$null = Connect-PasskeyTenant -Sandbox -SandboxSetting @{ licence = 'Free' }; Get-PasskeyRegistration");
        Assert.Empty(free.Errors);
        Assert.Equal(all.Select(r => $"{r.Text("Id")} {r.Text("Usable")} {r.Text("IsEnabled")}").Order(StringComparer.Ordinal), free.Output.Select(r => $"{r.Text("Id")} {r.Text("Usable")} {r.Text("IsEnabled")}").Order(StringComparer.Ordinal));
        Assert.StartsWith("The tenant has no premium licence", Assert.Single(free.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Passkeys_of_a_group_those_of_nested_groups_among_them()
    {
        var pilot = _session.Output("Get-PasskeyRegistration -Group 'Passkey pilot'");
        Assert.Contains(pilot, r => r.Text("UserPrincipalName") == "saoirse.wilke@contoso.com");
        Assert.DoesNotContain(pilot, r => r.Text("UserPrincipalName") == "kenji.moreau@contoso.com");
        Assert.Empty(_session.Output("Get-PasskeyRegistration -Group 'Project Moebius' | Where-Object UserPrincipalName -eq 'nobody'"));
    }

    [Fact]
    public void A_checkpoint_gives_the_same_again_without_asking()
    {
        var first = _session.Output("Get-PasskeyRegistration -CheckpointPath ./run");
        var again = _session.Run("Get-PasskeyRegistration -CheckpointPath ./run -Verbose");
        Assert.Equal(first.Select(r => r.Text("Id")).Order(StringComparer.Ordinal), again.Output.Select(r => r.Text("Id")).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(again.Verbose, v => v.Contains("/authentication/", StringComparison.Ordinal) || v.Contains("userRegistrationDetails", StringComparison.Ordinal));
        Assert.Contains(again.Warnings, w => w.Contains("taken from the checkpoint", StringComparison.Ordinal));
        Assert.DoesNotContain("phoneNumber", File.ReadAllText(Path.Combine(_session.Folder, "run")), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("Get-PasskeyRegistration nobody@contoso.com", "UserNotFound" + Registration)]
    [InlineData("[pscustomobject]@{ Foo = 1 } | Get-PasskeyRegistration", "UserNotFound" + Registration)]
    [InlineData("Get-PasskeyRegistration ''", "ParameterArgumentValidationError" + Registration)]
    [InlineData("Get-PasskeyRegistration -Group Sales", "GroupAmbiguous" + Registration)]
    [InlineData("Get-PasskeyRegistration -Group 'No such group'", "GroupNotFound" + Registration)]
    [InlineData("Get-PasskeyEffectivePolicy nobody@contoso.com", "UserNotFound" + Effective)]
    [InlineData("Get-PasskeyEffectivePolicy saoirse.wilke@contoso.com -Provider NoSuchOne", "ProviderNotFound" + Effective)]
    [InlineData("Get-PasskeyEffectivePolicy saoirse.wilke@contoso.com -Policy @{ state = 'x' }", "ProposedPolicyInvalid" + Effective)]
    public void Errors_have_ids(string script, string id) => Assert.Equal(id, _session.Run(script).Error.FullyQualifiedErrorId);

    [Fact]
    public void One_user_who_is_not_there_costs_itself_only()
    {
        var result = _session.Run("'nobody@contoso.com', 'saoirse.wilke@contoso.com' | Get-PasskeyRegistration");
        Assert.Single(result.Output);
        Assert.Equal("nobody@contoso.com", result.Error.TargetObject);
    }

    [Fact]
    public void The_effective_policy_tells_why()
    {
        var policy = Assert.Single(_session.Output("Get-PasskeyEffectivePolicy saoirse.wilke@contoso.com"));
        Assert.Equal(("No", "All users, Privileged administrators, Passkey pilot", "Default passkey profile, Privileged access, Synced pilot"), (policy.Text("Excluded"), policy.Text("Target"), policy.Text("Profile")));
        var synced = _session.Output("(Get-PasskeyEffectivePolicy saoirse.wilke@contoso.com).Passkey | Where-Object PasskeyType -eq Synced").Single();
        Assert.Equal(("Yes", "Yes", "Synced pilot"), (synced.Text("MayRegister"), synced.Text("MaySignIn"), synced.Text("Profile")));
        var proposed = _session.Output("(Get-PasskeyEffectivePolicy saoirse.wilke@contoso.com -Policy (Get-PasskeyPolicy).ToJson().Replace('deviceBound,synced', 'deviceBound')).Passkey | Where-Object PasskeyType -eq Synced").Single();
        Assert.Equal("No", proposed.Text("MaySignIn"));
        Assert.StartsWith("Default passkey profile allows DeviceBound passkeys only.", proposed.Text("SignInReason"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-PasskeyEffectivePolicy saoirse.wilke@contoso.com -Provider Dashlane", "Synced Dashlane No No")]
    [InlineData("Get-PasskeyEffectivePolicy saoirse.wilke@contoso.com -AaGuid bada5566-a7aa-401f-bd96-45619a55120d", "Synced 1Password Yes Yes")]
    [InlineData("'saoirse.wilke@contoso.com' | Get-PasskeyEffectivePolicy -Provider fbfc3007-154e-4ecc-8c0b-6e020557d7bd", "Synced Apple Passwords (iCloud Keychain) Yes Yes")]
    [InlineData("[pscustomobject]@{ ObjectId = '" + Saoirse + "' } | Get-PasskeyEffectivePolicy -Provider 'YubiKey 5 FIPS*' -AaGuid 77777777-7777-4777-8777-777777777777", "DeviceBound Unknown authenticator (77777777-7777-4777-8777-777777777777) Yes Yes")]
    [InlineData("Get-PasskeyEffectivePolicy saoirse.wilke@contoso.com -TargetType Synced -AaGuid 77777777-7777-4777-8777-777777777777", "Synced Unknown authenticator (77777777-7777-4777-8777-777777777777) No No")]
    [InlineData("Get-PasskeyRegistration saoirse.wilke@contoso.com | Get-PasskeyEffectivePolicy", "Synced Apple Passwords (iCloud Keychain) Yes Yes")]
    public void One_passkey_can_be_asked_about(string script, string first)
    {
        var passkey = _session.Output($"({script}).Passkey")[0];
        Assert.Equal(first, $"{passkey.Text("PasskeyTypeName")} {passkey.Text("Provider")} {passkey.Text("MayRegister")} {passkey.Text("MaySignIn")}");
    }

    [Theory]
    [InlineData("AaGuid", "nonsense", "nonsense is no AAGUID.")]
    [InlineData("PasskeyType", "device-bound", "device-bound is no passkey type (Synced, DeviceBound).")]
    [InlineData("PasskeyType", "7", "7 is no passkey type (Synced, DeviceBound).")]
    public void A_property_that_is_not_understood_costs_its_object(string property, string value, string reason)
    {
        var run = _session.Run($"[pscustomobject]@{{ UserId = '{Saoirse}'; {property} = '{value}' }}, [pscustomobject]@{{ UserId = '{Saoirse}'; {property} = '' }}, [pscustomobject]@{{ UserId = '{Saoirse}' }} | Get-PasskeyEffectivePolicy");
        Assert.Contains(reason, Assert.Single(run.Errors).ToString(), StringComparison.Ordinal);
        Assert.Equal(2, run.Output.Count);
        Assert.Contains(reason, _session.Run($"Get-PasskeyEffectivePolicy {Saoirse} -{property} '{value}'").Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_wrong_with_a_proposal_is_said_once()
    {
        var run = _session.Run($"'{Saoirse}', '{Saoirse}', '{Saoirse}' | Get-PasskeyEffectivePolicy -Policy @{{ sate = 'disabled' }}");
        Assert.Equal("ProposedPolicyInvalid,PasskeyAdmin.Commands.GetPasskeyEffectivePolicyCommand", run.Error.FullyQualifiedErrorId);
        Assert.Empty(run.Output);
        Assert.StartsWith("The proposal changes which profile is the default one", Assert.Single(_session.Run($"Get-PasskeyEffectivePolicy {Saoirse} -Policy @{{ defaultPasskeyProfile = (Get-PasskeyProfile 'Synced pilot').Id }}").Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_proposal_for_one_tenant_costs_another_one_only_its_own_answer()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("passkeyadmin-tests-").FullName, "tenant.json");
        _session.Output($"Connect-PasskeyTenant -Sandbox -Path '{file}'");
        File.WriteAllText(file, File.ReadAllText(file).Replace("6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83", "6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a84", StringComparison.Ordinal));
        var run = _session.Run($"$two = Connect-PasskeyTenant -Sandbox -Path '{file}'; $one = Connect-PasskeyTenant -Sandbox; $two, $one, $two | Get-PasskeyEffectivePolicy -UserId {Saoirse} -Policy (Get-PasskeyPolicy)");
        Assert.StartsWith("WrongTenant,", Assert.Single(run.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83", Assert.Single(run.Output).Text("TenantId"));
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Fact]
    public void Types_that_are_named_and_empty_are_an_error() => Assert.StartsWith("TargetTypeEmpty,", _session.Run("Get-PasskeyEffectivePolicy saoirse.wilke@contoso.com -TargetType None").Error.FullyQualifiedErrorId, StringComparison.Ordinal);

    [Fact]
    public void An_error_of_a_proposal_names_the_proposal()
    {
        var error = _session.Run("Measure-PasskeyPolicyImpact @{ sate = 'disabled' }").Error;
        Assert.Equal(("ProposedPolicyInvalid,PasskeyAdmin.Commands.MeasurePasskeyPolicyImpactCommand", true), (error.FullyQualifiedErrorId, error.TargetObject is System.Collections.Hashtable));
        Assert.Equal("./nothing.json", _session.Run("Measure-PasskeyPolicyImpact -Path ./nothing.json").Error.TargetObject);
    }

    [Fact]
    public void Views_show_what_matters()
    {
        Assert.Matches(@"saoirse\.wilke@contoso\.com\s+Apple Passwords\s+Yes\s+Synced pilot allows\s+\(Synced, claimed\)", _session.Shown("Get-PasskeyRegistration saoirse.wilke@contoso.com"));
        var shown = _session.Shown("Get-PasskeyEffectivePolicy lidia.gu@contoso.com");
        Assert.Contains("Yes: Shared kiosk accounts", shown, StringComparison.Ordinal);
        Assert.Contains("that wins over every profile", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Emergency_accounts_are_kept_for_the_tenant_and_forgotten_when_told()
    {
        using var server = SandboxServer.Start(_session);
        string Connect(string more) => _session.Output($"(Connect-PasskeyTenant -AccessToken opaque-token -GraphEndpoint '{server.Address}' {more}).EmergencyAccount -join ' '").Single().ToString();
        Assert.Equal("", Connect(""));
        Assert.Equal("a@contoso.com b@contoso.com", Connect("-EmergencyAccount a@contoso.com, b@contoso.com"));
        Assert.Equal("a@contoso.com b@contoso.com", Connect(""));
        Assert.Single(Directory.GetFiles(_session.Home));
        Assert.Equal("c@contoso.com", Connect("-EmergencyAccount c@contoso.com"));
        Assert.Equal("c@contoso.com", Connect(""));
        Assert.Equal("", Connect("-ForgetEmergencyAccount"));
        Assert.Empty(Directory.GetFiles(_session.Home));
        Assert.Equal("EmergencyAccountContradicted,PasskeyAdmin.Commands.ConnectPasskeyTenantCommand", _session.Run("Connect-PasskeyTenant -Sandbox -EmergencyAccount a -ForgetEmergencyAccount").Error.FullyQualifiedErrorId);
    }

    [Fact]
    public void A_sandbox_in_memory_keeps_none_and_one_in_a_file_keeps_its_own()
    {
        string Connect(string more) => _session.Output($"(Connect-PasskeyTenant -Sandbox {more} 3>$null).EmergencyAccount -join ' '").Single().ToString();
        Assert.Equal("a@x", Connect("-EmergencyAccount a@x"));
        Assert.Equal("", Connect(""));
        Assert.Equal("b@x", Connect("-Path ./one.json -EmergencyAccount b@x"));
        Assert.Equal("", Connect("-Path ./two.json"));
        Assert.Equal("b@x", Connect("-Path ./one.json"));
    }

    [Fact]
    public void Emergency_accounts_that_cannot_be_read_are_a_warning_and_no_silence()
    {
        using var server = SandboxServer.Start(_session);
        var script = $"Connect-PasskeyTenant -AccessToken opaque-token -GraphEndpoint '{server.Address}'";
        _session.Output($"{script} -EmergencyAccount a@contoso.com");
        File.WriteAllText(Directory.GetFiles(_session.Home).Single(), "{");
        var result = _session.Run(script);
        Assert.Empty(result.Errors);
        Assert.Contains(result.Warnings, w => w.Contains("cannot be read", StringComparison.Ordinal));
        Assert.DoesNotContain(_session.Run($"{script} -EmergencyAccount a@contoso.com").Warnings, w => w.Contains("emergency", StringComparison.OrdinalIgnoreCase));
    }
}
