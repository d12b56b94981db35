using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PasskeyAdmin.Testing;
using PasskeyAdmin.Tests.Engine;

namespace PasskeyAdmin.Tests.Commands;

/// <summary>Get-PasskeyPolicy, Get-PasskeyProfile, Get-PasskeyProfileTarget and Get-PasskeyProfileTemplate.</summary>
[Collection(EngineGroup.Name)]
public sealed class PolicyCommandTests : IDisposable
{
    private const string Privileged = "4f2d7a35-8b1e-4c60-9d53-1a7c0e6b2f84";

    private readonly ModuleSession _session = new();

    public PolicyCommandTests()
    {
        _session.File("small.json", SmallTenant.Json);
        _session.Output("$contoso = Connect-PasskeyTenant -Sandbox -Path small.json");
    }

    public void Dispose() => _session.Dispose();

    [Fact]
    public void The_policy_comes_with_everything_in_it()
    {
        var policy = Assert.Single(_session.Output("Get-PasskeyPolicy"));
        Assert.Equal(("Enabled", true, "Yes", "Contoso"), (policy.Text("State"), (bool)policy.Get("SelfServiceRegistration")!, policy.Text("ProfilesEnrolled"), policy.Text("TenantName")));
        Assert.Equal("Default passkey profile, Privileged access, Synced pilot", policy.Text("Profile"));
        Assert.Equal("All users, Privileged administrators, Passkey pilot", policy.Text("Target"));
        Assert.Equal("Shared kiosk accounts", policy.Text("Exclusion"));
        Assert.InRange((int)policy.Get("Size")!, 3500, 4500);
        Assert.Equal("Fido2", _session.Output("[Newtonsoft.Json.Linq.JObject]::Parse((Get-PasskeyPolicy).ToJson())['id'].Value").Single().ToString());
    }

    [Theory]
    [InlineData("Get-PasskeyProfile", "Default passkey profile, Privileged access, Synced pilot")]
    [InlineData("Get-PasskeyProfile 'privileged ACCESS'", "Privileged access")]
    [InlineData("Get-PasskeyProfile *ed*, Def*", "Privileged access, Synced pilot, Default passkey profile")]
    [InlineData("Get-PasskeyProfile nothing*", "")]
    [InlineData("'Synced pilot' | Get-PasskeyProfile", "Synced pilot")]
    [InlineData("Get-PasskeyProfile -Id 00000000-0000-0000-0000-000000000001", "Default passkey profile")]
    [InlineData("Get-PasskeyProfileTarget | Get-PasskeyProfile", "Default passkey profile, Privileged access, Synced pilot")]
    public void A_profile_is_found_by_name_pattern_and_id(string script, string names) => Assert.Equal(names, string.Join(", ", _session.Output(script).Select(p => p.Text("Name"))));

    [Fact]
    public void A_profile_says_what_it_allows_whom()
    {
        var profile = Assert.Single(_session.Output("Get-PasskeyProfile Privileged*"));
        Assert.Equal(("DeviceBound", "RegistrationOnly", "Allow", "Privileged administrators"), (profile.Text("PasskeyType"), profile.Text("Attestation"), profile.Text("Restriction"), profile.Text("Target")));
        Assert.Equal("only Microsoft Authenticator, YubiKey 5 FIPS Series (4 of 14 AAGUIDs)", profile.Text("Allows"));
        Assert.Equal("Microsoft Authenticator", _session.Output("(Get-PasskeyProfile Privileged*).AaGuid[0] | Get-PasskeyProvider").Single().Text("Name"));
    }

    [Fact]
    public void A_name_that_nobody_has_is_an_error_and_the_rest_goes_on()
    {
        var result = _session.Run("Get-PasskeyProfile 'Privilege acess', 'Synced pilot'");
        Assert.Equal("Synced pilot", Assert.Single(result.Output).Text("Name"));
        Assert.Equal(("ProfileNotFound,PasskeyAdmin.Commands.GetPasskeyProfileCommand", ErrorCategory.ObjectNotFound, "Privilege acess"), (result.Error.FullyQualifiedErrorId, result.Error.CategoryInfo.Category, result.Error.TargetObject));
        Assert.Contains("Did you mean 'Privileged access'?", result.Error.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("ProfileNotFound", _session.Run("Get-PasskeyProfile -Id 1").Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.StartsWith("ProfileNameInvalid", _session.Run("Get-PasskeyProfile 'x[*'").Error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_with_brackets_means_itself()
    {
        Connect(Contoso().Replace("\"Synced pilot\"", "\"Admins [EU]\"", StringComparison.Ordinal));
        Assert.Equal("Admins [EU]", Assert.Single(_session.Output("Get-PasskeyProfile 'Admins [EU]'")).Text("Name"));
        Assert.Equal("Admins [EU]", Assert.Single(_session.Output("Get-PasskeyProfileTarget 'Admins [EU]'")).Text("ProfileName"));
    }

    [Theory]
    [InlineData("Get-PasskeyProfileTarget", "All users, Privileged administrators, Passkey pilot")]
    [InlineData("Get-PasskeyProfileTarget Privileged*", "Privileged administrators")]
    [InlineData("Get-PasskeyProfileTarget -ProfileId 4f2d7a35-8b1e-4c60-9d53-1a7c0e6b2f84", "Privileged administrators")]
    [InlineData("Get-PasskeyProfile Syn* | Get-PasskeyProfileTarget", "Passkey pilot")]
    [InlineData("Get-PasskeyProfile | Get-PasskeyProfileTarget", "All users, Privileged administrators, Passkey pilot")]
    [InlineData("Get-PasskeyProfileTarget -Group 'passkey PILOT', all_users", "Passkey pilot, All users")]
    [InlineData("Get-PasskeyProfileTarget -Group P*", "Privileged administrators, Passkey pilot")]
    [InlineData("Get-PasskeyProfileTarget Default* -Group Z*", "")]
    public void A_target_is_found_by_profile_and_group(string script, string names) => Assert.Equal(names, string.Join(", ", _session.Output(script).Select(t => t.Text("Name"))));

    [Fact]
    public void A_group_that_is_no_target_is_an_error()
    {
        var result = _session.Run("Get-PasskeyProfileTarget -Group 'Passkey pilots'");
        Assert.Equal("TargetNotFound,PasskeyAdmin.Commands.GetPasskeyProfileTargetCommand", result.Error.FullyQualifiedErrorId);
        Assert.Contains("Did you mean 'Passkey pilot'?", result.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_tenant_that_is_not_enrolled_is_shown_for_what_it_is()
    {
        Connect(NotEnrolled());
        var policy = Assert.Single(_session.Output("Get-PasskeyPolicy"));
        Assert.Equal(("No", "Legacy settings"), (policy.Text("ProfilesEnrolled"), policy.Text("Profile")));
        var profile = Assert.Single(_session.Output("Get-PasskeyProfile"));
        Assert.Equal((true, null, "DeviceBound", "RegistrationOnly"), ((bool)profile.Get("IsImplied")!, profile.Text("Id"), profile.Text("PasskeyType"), profile.Text("Attestation")));
        Assert.Equal("Legacy settings", Assert.Single(_session.Output("Get-PasskeyProfileTarget")).Text("ProfileName"));
        Assert.Matches(@"ProfilesEnrolled\s+: No", _session.Shown("Get-PasskeyPolicy"));
    }

    [Fact]
    public void Deleted_groups_and_unread_names_are_told_apart()
    {
        Connect(Contoso().Replace("9a7edc15-f2ba-5fcd-96f0-581e2df4f84d\",\n            \"targetType", "9a7edc15-0000-0000-0000-000000000000\",\n            \"targetType", StringComparison.Ordinal));
        Assert.Equal("NotFound", _session.Output("Get-PasskeyProfileTarget Privileged*").Single().Text("Status"));
        Assert.Matches(@"group 9a7edc15\S+…? +Group +NotFound", _session.Shown("Get-PasskeyProfileTarget"));

        using var server = SandboxServer.Start(_session);
        SandboxServer.Connect(_session, server.Address);
        server.Faults = (r, _) => r.Path.Contains("$batch", StringComparison.Ordinal) ? Fault.Reply(403, """{"error":{"code":"Authorization_RequestDenied","message":"No."}}""") : null;
        var result = _session.Run("Get-PasskeyProfileTarget -Group 'Passkey pilot'");
        Assert.Contains("The names of 3 groups could not be read", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Contains("The names of 2 targets could not be read, so it may be one of them", result.Error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_users_made_up_are_shown_harmless()
    {
        Connect(Contoso().Replace("Synced pilot", "\\u001b[31mred", StringComparison.Ordinal).Replace("Passkey pilot", "\\u202egroup", StringComparison.Ordinal).Replace("\"displayName\": \"Contoso\"", "\"displayName\": \"Con\\u001btoso\"", StringComparison.Ordinal));
        var shown = _session.Shown("Get-PasskeyTenant; Get-PasskeyPolicy") + _session.Shown("Get-PasskeyProfile") + _session.Shown("Get-PasskeyProfileTarget") + _session.Shown("Get-PasskeyProfile nobody");
        Assert.DoesNotContain('\u202e', shown);
        Assert.DoesNotContain('\u001b', shown);
        Assert.Contains("\uFFFD[31mred", shown, StringComparison.Ordinal);
        Assert.Contains("{\uFFFD[31mred}", _session.Shown("Get-PasskeyProfileTarget"), StringComparison.Ordinal);
        Assert.Contains("\uFFFDgroup", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_profiles_are_completed_from_what_was_read_and_never_over_the_network()
    {
        using var server = SandboxServer.Start(_session, Contoso().Replace("Synced pilot", "Synced ‘pilot’", StringComparison.Ordinal));
        SandboxServer.Connect(_session, server.Address);
        var before = server.Requests.Count;
        Assert.Empty(Completions("Get-PasskeyProfile -Name "));
        _session.Output("$t = Get-PasskeyTenant; $null = Get-PasskeyProfile");
        var after = server.Requests.Count;
        Assert.Equal(["'Synced ‘‘pilot’’'"], Completions("Get-PasskeyProfile sync"));
        Assert.Equal(["'Default passkey profile'", "'Privileged access'", "'Synced ‘‘pilot’’'"], Completions("Get-PasskeyProfileTarget -Tenant $t -ProfileName "));
        Assert.Equal((1, after), (before, server.Requests.Count));
        Assert.Single(_session.Output("Get-PasskeyProfile 'Synced ‘‘pilot’’'"));
    }

    [Fact]
    public void An_object_of_one_tenant_is_not_looked_up_in_another()
    {
        _session.File("other.json", Contoso().Replace("6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83", "11111111-2222-3333-4444-555555555555", StringComparison.Ordinal));
        var result = _session.Run("$other = Connect-PasskeyTenant -Path other.json; Get-PasskeyProfile -Tenant $contoso | Get-PasskeyProfileTarget");
        Assert.Empty(result.Output);
        Assert.Equal(3, result.Errors.Count);
        Assert.All(result.Errors, e => Assert.Equal("WrongTenant,PasskeyAdmin.Commands.GetPasskeyProfileTargetCommand", e.FullyQualifiedErrorId));
        Assert.All(_session.Run("Get-PasskeyProfileTarget -Tenant $contoso | Get-PasskeyProfile").Errors, e => Assert.StartsWith("WrongTenant,", e.FullyQualifiedErrorId, StringComparison.Ordinal));
        Assert.Equal(3, _session.Output("Get-PasskeyProfile -Tenant $contoso | Get-PasskeyProfileTarget -Tenant $contoso").Count);
        // A script can make sure in the same way.
        Assert.StartsWith("WrongTenant,", _session.Run("Get-PasskeyPolicy -TenantId $contoso.TenantId").Error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void Tenants_can_be_piped_in()
    {
        _session.File("other.json", Contoso().Replace("6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83", "11111111-2222-3333-4444-555555555555", StringComparison.Ordinal).Replace("Synced pilot", "Other pilot", StringComparison.Ordinal));
        Assert.Equal(["Synced pilot", "Other pilot"], _session.Output("$other = Connect-PasskeyTenant -Path other.json; $contoso, $other | Get-PasskeyProfile -Name *pilot").Select(p => p.Text("Name")));
        Assert.Equal(2, _session.Output("$contoso, $other | Get-PasskeyPolicy").Count);
        Assert.Equal(6, _session.Output("$contoso, $other | Get-PasskeyProfile").Count);
        Assert.Equal(6, _session.Output("$contoso, $other | Get-PasskeyProfileTarget").Count);
        // One that is gone costs itself only.
        var result = _session.Run("Disconnect-PasskeyTenant $contoso; $contoso, $other | Get-PasskeyPolicy");
        Assert.StartsWith("TenantDisconnected,", result.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Single(result.Output);
    }

    [Theory]
    [InlineData("$contoso, 'Synced pilot' | Get-PasskeyProfile", "Default passkey profile, Privileged access, Synced pilot, Synced pilot")]
    [InlineData("(Get-PasskeyProfile Def*), 'Synced pilot', $contoso | Get-PasskeyProfile", "Default passkey profile, Synced pilot, Default passkey profile, Privileged access, Synced pilot")]
    [InlineData("Get-PasskeyProfile | Get-PasskeyProfile -Name S*", "Synced pilot")]
    [InlineData("Get-PasskeyProfile 'Synced pilot' -ProfileId 00000000-0000-0000-0000-000000000001", "")]
    [InlineData("[pscustomobject]@{ Name = 'Synced pilot' }, [pscustomobject]@{ ProfileName = 'Def*' } | Get-PasskeyProfile", "Synced pilot, Default passkey profile")]
    [InlineData("$contoso, $contoso | Get-PasskeyProfileTarget", "All users, Privileged administrators, Passkey pilot")]
    public void What_comes_through_the_pipeline_is_taken_for_what_it_is(string script, string names) => Assert.Equal(names, string.Join(", ", _session.Output(script).Select(p => p.Text("Name"))));

    [Theory]
    [InlineData("{6F1C2B9E-3D47-4A58-B0C6-94E1D27F5A83}", true)]
    [InlineData("6f1c2b9e3d474a58b0c694e1d27f5a83", true)]
    [InlineData("contoso.com", false)]
    public void A_tenant_is_named_by_its_id(string id, bool isSame) => Assert.Equal(isSame, _session.Run($"Get-PasskeyPolicy -TenantId '{id}'").Errors.Count == 0);

    [Fact]
    public void Completion_leaves_no_errors_behind()
    {
        _session.Output("Disconnect-PasskeyTenant; Set-StrictMode -Version Latest; $global:Error.Clear()");
        Assert.Empty(Completions("Get-PasskeyProfile -Name x"));
        Assert.Equal(0, _session.Output("$global:Error.Count").Single().BaseObject);
    }

    [Fact]
    public void The_implied_profile_goes_through_the_pipeline_too()
    {
        Connect(NotEnrolled());
        Assert.Equal("All users", Assert.Single(_session.Output("Get-PasskeyProfile | Get-PasskeyProfileTarget")).Text("Name"));
        Assert.Equal("Legacy settings", Assert.Single(_session.Output("Get-PasskeyProfileTarget | Get-PasskeyProfile")).Text("Name"));
    }

    [Theory]
    [InlineData("Get-PasskeyProfile 'a`[b`]c'", "a[b]c")]
    [InlineData("Get-PasskeyProfile 'a[b]c'", "a[b]c")]
    [InlineData("Get-PasskeyProfile 'a`[*'", "a[b]c")]
    [InlineData("Get-PasskeyProfileTarget -Group 'x [y' -ProfileName 'a[b]c'", "x [y")]
    public void Names_with_brackets_are_found_by_themselves_and_escaped(string script, string name)
    {
        Connect(Contoso().Replace("\"Synced pilot\"", "\"a[b]c\"", StringComparison.Ordinal).Replace("\"Passkey pilot\"", "\"x [y\"", StringComparison.Ordinal));
        Assert.Equal(name, Assert.Single(_session.Output(script)).Text("Name"));
    }

    [Theory]
    [InlineData("Get-PasskeyProfileTarget Priv* -Group 'Passkey pilot'", "'Passkey pilot' is a target of other profiles, but not of this one.")]
    [InlineData("Get-PasskeyProfileTarget -Group 'Shared kiosk accounts'", "It is an exclusion: its members are shut out.")]
    public void Why_a_group_is_not_among_the_targets_is_said(string script, string text) => Assert.Contains(text, _session.Run(script).Error.Exception.Message, StringComparison.Ordinal);

    [Fact]
    public void A_policy_that_is_nearly_full_is_warned_of()
    {
        var targets = string.Join(",", Enumerable.Range(0, 75).Select(i => $$"""{"id":"aaaaaaaa-0000-0000-0000-{{i:D12}}","targetType":"group","isRegistrationRequired":false,"allowedPasskeyProfiles":["00000000-0000-0000-0000-000000000001"]}"""));
        Connect(Contoso().Replace("\"includeTargets\": [\n          {\n            \"id\": \"all_users\",\n            \"targetType\": \"group\",\n            \"isRegistrationRequired\": false,\n            \"allowedPasskeyProfiles\"", $"\"includeTargets\": [{targets},\n          {{\n            \"id\": \"all_users\",\n            \"targetType\": \"group\",\n            \"isRegistrationRequired\": false,\n            \"allowedPasskeyProfiles\"", StringComparison.Ordinal));
        var result = _session.Run("Get-PasskeyPolicy");
        Assert.Matches("The policy takes about [0-9]+ % of its 20480 bytes", Assert.Single(result.Warnings));
        Assert.Equal(78, ((System.Collections.ICollection)result.Output[0].Get("Target")!).Count);
    }

    [Fact]
    public void Groups_are_completed()
    {
        _session.Output("$null = Get-PasskeyPolicy");
        Assert.Equal(["'Passkey pilot'", "'Privileged administrators'"], Completions("Get-PasskeyProfileTarget -Group p").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Objects_know_their_tenant() =>
        Assert.All(_session.Output("Get-PasskeyPolicy; Get-PasskeyProfile; Get-PasskeyProfileTarget; (Get-PasskeyPolicy).Exclusion"), o => Assert.Equal("6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83", o.Text("TenantId")));

    [Fact]
    public void Templates_need_no_tenant()
    {
        _session.Output("Disconnect-PasskeyTenant");
        Assert.Equal(["HighSecurity", "Flexible", "Transition"], _session.Output("Get-PasskeyProfileTemplate").Select(t => t.Text("Name")));
        var template = Assert.Single(_session.Output("Get-PasskeyProfileTemplate high*"));
        Assert.Equal("Microsoft Authenticator, YubiKey 5 FIPS Series", template.Text("Provider"));
        Assert.Equal(11, ((IReadOnlyList<Guid>)template.Get("AaGuid")!).Count);
        var error = _session.Run("Get-PasskeyProfileTemplate Flexibel").Error;
        Assert.Equal("TemplateNotFound,PasskeyAdmin.Commands.GetPasskeyProfileTemplateCommand", error.FullyQualifiedErrorId);
        Assert.Contains("Did you mean 'Flexible'?", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(["HighSecurity"], Completions("Get-PasskeyProfileTemplate h"));
    }

    [Fact]
    public void Commands_that_templates_advise_exist_and_can_be_parsed() => Assert.All(_session.Output("(Get-PasskeyProfileTemplate).Advice.Command"), command =>
    {
        var parsed = System.Management.Automation.Language.Parser.ParseInput(command?.ToString() ?? "", out _, out var errors);
        Assert.Empty(errors);
        Assert.All(parsed.FindAll(a => a is System.Management.Automation.Language.CommandAst, true).Cast<System.Management.Automation.Language.CommandAst>().Select(c => c.GetCommandName()).Where(n => n.Contains("Passkey", StringComparison.Ordinal)),
            name => Assert.Single(_session.Output($"Get-Command {name}")));
    });

    [Fact]
    public void The_tables_say_what_matters()
    {
        Assert.Matches(@"Privileged access\s+DeviceBound\s+RegistrationOnly\s+only Microsoft Authenticator, \S+\s+\{Privileged administrators\}", _session.Shown("Get-PasskeyProfile"));
        Assert.Matches(@"Passkey pilot\s+Group\s+Found\s+\{Synced pilot\}", _session.Shown("Get-PasskeyProfileTarget"));
        Assert.Matches(@"Shared kiosk accounts\s+Group\s+Found", _session.Shown("(Get-PasskeyPolicy).Exclusion"));
        Assert.Matches(@"HighSecurity\s+DeviceBound\s+RegistrationOnly\s+Allow", _session.Shown("Get-PasskeyProfileTemplate"));
        Assert.Matches(@"Need\s+: Restrict to approved authenticators", _session.Shown("(Get-PasskeyProfileTemplate HighSecurity).Advice"));
    }

    private string Contoso() => SandboxServer.Contoso(_session);

    private void Connect(string tenant)
    {
        _session.File("changed.json", tenant);
        _session.Output("Connect-PasskeyTenant -Sandbox -Path changed.json");
    }

    private List<string> Completions(string script) =>
        [.. _session.Output("(TabExpansion2 $line).CompletionMatches", ("line", script)).Select(m => (CompletionResult)m.BaseObject).Where(m => m.ResultType is CompletionResultType.ParameterValue).Select(m => m.CompletionText)];

    /// <summary>Contoso as it was before profiles.</summary>
    private string NotEnrolled() => _session.Output("""
        $tenant = [Newtonsoft.Json.Linq.JObject]::Parse($json)
        $fido2 = $tenant.SelectToken("authenticationMethodsPolicy.authenticationMethodConfigurations[?(@.id == 'Fido2')]")
        $fido2['passkeyProfiles'] = [Newtonsoft.Json.Linq.JArray]::new()
        $fido2['defaultPasskeyProfile'] = $null
        $fido2['isAttestationEnforced'] = [Newtonsoft.Json.Linq.JValue]::new($true)
        $fido2['includeTargets'] = [Newtonsoft.Json.Linq.JArray]::Parse('[{"id":"all_users","targetType":"group","isRegistrationRequired":false,"allowedPasskeyProfiles":[]}]')
        $tenant.ToString()
        """, ("json", Contoso())).Single().ToString();
}
