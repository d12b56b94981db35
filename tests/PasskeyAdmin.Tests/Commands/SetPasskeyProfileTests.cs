using System;
using System.Linq;
using System.Management.Automation;
using System.Text.Json.Nodes;
using PasskeyAdmin.Testing;
using PasskeyAdmin.Tests.Engine;

namespace PasskeyAdmin.Tests.Commands;

[Collection(EngineGroup.Name)]
public sealed class SetPasskeyProfileTests : IDisposable
{
    private const string Id = ",PasskeyAdmin.Commands.SetPasskeyProfileCommand";
    private const string Providers = "only Apple Passwords, Google Password Manager, 1Password, Bitwarden";

    private readonly ChangeSession _tenant = new();

    public void Dispose() => _tenant.Dispose();

    [Theory]
    [InlineData("-TargetType Synced", "- passkey type DeviceBound")]
    [InlineData("-PasskeyType DeviceBound -Attestation RegistrationOnly", "- passkey type Synced|attestation: Disabled -> RegistrationOnly")]
    [InlineData("-NewName '  Everybody '", "name -> Everybody")]
    [InlineData("-ClearRestriction", "providers: " + Providers + " -> any provider")]
    [InlineData("-AllowProvider 'apple passwords', 1Password, Bitwarden", "- provider Google Password Manager")]
    [InlineData("-AllowProvider Apple*, 'Google Password Manager', 1Password, Bitwarden, Dashlane", "+ provider Dashlane")]
    [InlineData("-AllowProvider ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4", "- provider Apple Passwords|- provider 1Password|- provider Bitwarden")]
    [InlineData("-BlockProvider Dashlane", "providers: " + Providers + " -> all but Dashlane")]
    [InlineData("-AddProvider Dashlane, Bitwarden", "+ provider Dashlane")]
    [InlineData("-RemoveProvider Bitwarden", "- provider Bitwarden")]
    [InlineData("-AddProvider Dashlane -RemoveProvider Bitwarden", "- provider Bitwarden|+ provider Dashlane")]
    [InlineData("-NewName Devices -TargetType DeviceBound -ClearRestriction", "name -> Devices|- passkey type Synced|providers: " + Providers + " -> any provider")]
    public void Just_what_is_named_changes(string parameters, string expected)
    {
        var before = _tenant.Policy;
        Assert.Equal(string.Join("; ", expected.Split('|').Select(l => $"Synced pilot: {l}")), _tenant.Made($"Set-PasskeyProfile 'synced PILOT' {parameters} -PassThru -Confirm:$false"));
        var after = _tenant.Policy;
        foreach (var policy in new[] { before, after })
        {
            ChangeSession.Find(policy, "passkeyProfiles", ChangeSession.Pilot).Parent!.AsArray().Remove(ChangeSession.Find(policy, "passkeyProfiles", ChangeSession.Pilot));
        }
        Assert.Equal(before.ToJsonString(), after.ToJsonString());
    }

    [Theory]
    [InlineData("'YubiKey 5 Series with NFC'", 4)]
    [InlineData("'YubiKey 5 FIPS*'", 9)]
    [InlineData("'Microsoft Authenticator'", 2)]
    [InlineData("'Apple Passwords', fbfc3007-154e-4ecc-8c0b-6e020557d7bd, dd4ec289-e01d-41c9-bb89-70fa845d4bf2", 2)]
    [InlineData("77777777-7777-4777-8777-777777777777", 1)]
    public void A_provider_is_named_by_name_family_model_or_AAGUID(string providers, int count)
    {
        _tenant.Output($"Set-PasskeyProfile 'Synced pilot' -AllowProvider {providers} -Confirm:$false 3>$null");
        Assert.Equal(count, ChangeSession.Find(_tenant.Policy, "passkeyProfiles", ChangeSession.Pilot)["keyRestrictions"]!["aaGuids"]!.AsArray().Count);
    }

    [Fact]
    public void A_provider_is_made_usable_by_intent_whatever_the_list_is()
    {
        Assert.Equal("Default passkey profile: providers: any provider -> all but Dashlane, Enpass", _tenant.Made("Set-PasskeyProfile $default -BlockProvider Dashlane, Enpass -PassThru -Confirm:$false"));
        Assert.Equal("Default passkey profile: + blocked provider Bitwarden", _tenant.Made("Set-PasskeyProfile $default -RemoveProvider Bitwarden -PassThru -Confirm:$false"));
        Assert.Equal("Default passkey profile: - blocked provider Dashlane", _tenant.Made("Set-PasskeyProfile $default -AddProvider Dashlane -PassThru -Confirm:$false"));
        // A list that blocks nothing is none.
        Assert.Equal("Default passkey profile: providers: all but Enpass, Bitwarden -> any provider", _tenant.Made("Set-PasskeyProfile $default -AddProvider Bitwarden, Enpass, Dashlane -PassThru -Confirm:$false"));
        Assert.Contains("The profile 'Default passkey profile' allows any provider already: it stays as it is. -AllowProvider restricts it to some.", _tenant.NothingToDo("Set-PasskeyProfile $default -AddProvider Dashlane"));
        var error = _tenant.Refused("Set-PasskeyProfile $default -RemoveProvider Dashlane");
        Assert.Equal("ProviderListMissing" + Id, error.FullyQualifiedErrorId);
        Assert.Contains("-BlockProvider", error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-TargetType Synced, DeviceBound")]
    [InlineData("-TargetType 'DeviceBound, Synced' -Attestation Disabled")]
    [InlineData("-AllowProvider Bitwarden, 1Password, 'Google Password*', 'Apple Passwords'")]
    [InlineData("-AddProvider Bitwarden")]
    [InlineData("-RemoveProvider Dashlane")]
    [InlineData("-NewName 'Synced pilot'")]
    public void What_is_so_already_is_not_written(string parameters) => Assert.Single(_tenant.NothingToDo($"Set-PasskeyProfile 'Synced pilot' {parameters} -PassThru"));

    [Fact]
    public void The_same_again_is_not_written()
    {
        const string script = "Set-PasskeyProfile 'Synced pilot' -TargetType DeviceBound -AllowProvider 'YubiKey 5*' -Confirm:$false";
        Assert.Empty(_tenant.Run(script).Errors);
        _tenant.NothingToDo(script);
    }

    [Fact]
    public void Nothing_comes_out_unless_asked_for()
    {
        Assert.Empty(_tenant.Output("Set-PasskeyProfile 'Synced pilot' -ClearRestriction"));
        var change = Assert.Single(_tenant.Output("Set-PasskeyProfile 'Synced pilot' -NewName Pilot -PassThru"));
        Assert.Equal(("Applied", "After", "None", "Set-PasskeyProfile", "Contoso", "Sandbox"), (change.Text("Outcome"), change.Text("TenantShows"), change.Text("OtherEdit"), change.Text("Command"), change.Text("TenantName"), change.Text("Environment")));
        Assert.Equal("Synced pilot: name -> Pilot: Applied", change.ToString());
    }

    [Fact]
    public void Profiles_from_the_pipeline_are_changed_together()
    {
        Assert.Equal($"Privileged access: providers: only Microsoft Authenticator, YubiKey 5 FIPS Series (4 of 14 AAGUIDs) -> any provider; Synced pilot: providers: {Providers} -> any provider",
            _tenant.Made("Get-PasskeyProfile | Set-PasskeyProfile -ClearRestriction -PassThru -Confirm:$false"));
        Assert.Single(_tenant.Journal);
    }

    [Fact]
    public void A_profile_that_is_not_there_costs_itself_only()
    {
        var result = _tenant.Run($"[pscustomobject]@{{ ProfileId = 'nobody' }}, [pscustomobject]@{{ Id = '{ChangeSession.Pilot}' }}, [pscustomobject]@{{ ProfileId = $null }} | Set-PasskeyProfile -NewName Pilot -PassThru");
        Assert.Equal(["nobody", ""], result.Errors.Select(e => e.TargetObject));
        Assert.All(result.Errors, e => Assert.Equal("ProfileNotFound" + Id, e.FullyQualifiedErrorId));
        Assert.Equal("Synced pilot: name -> Pilot: Applied", Assert.Single(result.Output).ToString());
    }

    [Fact]
    public void One_of_two_that_would_get_the_same_name_costs_itself_only()
    {
        var result = _tenant.Run("Get-PasskeyProfile 'Privileged access', 'Synced pilot' | Set-PasskeyProfile -NewName Same -PassThru");
        Assert.Equal(("ProfileNameTaken" + Id, ChangeSession.Pilot), (result.Error.FullyQualifiedErrorId, result.Error.TargetObject));
        Assert.Equal("Privileged access: name -> Same: Applied", Assert.Single(result.Output).ToString());
    }

    [Fact]
    public void Each_tenant_of_the_pipeline_gets_a_change_of_its_own()
    {
        _tenant.Output("$first = $contoso");
        _tenant.Connect(t => t["organization"]!["id"] = "11111111-2222-3333-4444-555555555555", "other.json");
        var changes = _tenant.Output("$first, $contoso | Set-PasskeyProfile 'Synced pilot' -NewName Pilot -PassThru");
        Assert.Equal([ChangeSession.TenantId, "11111111-2222-3333-4444-555555555555"], changes.Select(c => c.Text("TenantId")));
        // An object of one tenant does not change another.
        var result = _tenant.Run("Get-PasskeyProfile -Tenant $first -Name Pilot | Set-PasskeyProfile -NewName X");
        Assert.Equal("WrongTenant" + Id, result.Error.FullyQualifiedErrorId);
        Assert.Equal(2, _tenant.Journal.Count);
    }

    [Fact]
    public void Parameters_that_make_no_sense_are_refused_before_anything_is_asked_for()
    {
        using var server = _tenant.Serve();
        var asked = server.Requests.Count;
        foreach (var (parameters, id) in new[]
        {
            ("$default", "NothingToSet"),
            ("$default -ClearRestriction:$false", "NothingToSet"),
            ("$default -TargetType None", "TargetTypeEmpty"),
            ("$default -TargetType 8", "CannotConvertArgumentNoMessage"),
            ("$default -Attestation Unknown", "AttestationInvalid"),
            ("$default -TargetType Synced -Attestation RegistrationOnly", "AttestationWithSynced"),
            ("$default -NewName ' '", "ProfileNameInvalid"),
            ("$default -NewName \"two`nlines\"", "ProfileNameInvalid"),
            ("$default -NewName \"re$([char]0x202E)versed\"", "ProfileNameInvalid"),
            ("$default -NewName ('x' * 257)", "ProfileNameInvalid"),
            ("$default -AllowProvider Dashlane -BlockProvider Enpass", "ProviderParametersConflict"),
            ("$default -AllowProvider Dashlane -AddProvider Enpass", "ProviderParametersConflict"),
            ("$default -BlockProvider Dashlane -RemoveProvider Enpass", "ProviderParametersConflict"),
            ("$default -ClearRestriction -AllowProvider Dashlane", "ProviderParametersConflict"),
            ("$default -ClearRestriction -AddProvider Dashlane", "ProviderParametersConflict"),
            ("$default -AddProvider Dashlane -RemoveProvider Dash*", "ProviderRepeated"),
            ("$default -AllowProvider Dashlan", "ProviderNotFound"),
            ("$default -BlockProvider Nobody*", "ProviderNotFound"),
            ("$default -AddProvider 'x[y'", "ProviderNameInvalid"),
            ("$default -AllowProvider @()", "ParameterArgumentValidationError"),
            ("-Name $default -ProfileId x -ClearRestriction", "AmbiguousParameterSet"),
            ("$default -ClearRestriction -SkipImpact -MaximumAffectedUser 1", "SkipImpactWithLimit"),
            ("$default -ClearRestriction -MaximumAffectedUser -1", "ParameterArgumentValidationError"),
        }) Assert.Equal((parameters, id + Id), (parameters, _tenant.Run($"Set-PasskeyProfile {parameters}").Error.FullyQualifiedErrorId));
        Assert.Equal(asked, server.Requests.Count);
    }

    [Theory]
    [InlineData("Set-PasskeyProfile Nobody -ClearRestriction", "ProfileNotFound", "Nobody")]
    [InlineData("Set-PasskeyProfile -ProfileId 1 -ClearRestriction", "ProfileNotFound", "1")]
    [InlineData("Set-PasskeyProfile Synced* -ClearRestriction", "ProfileNameInvalid", "Synced*")]
    [InlineData("Set-PasskeyProfile 'Synced pilot' -NewName 'PRIVILEGED access'", "ProfileNameTaken", "Synced pilot")]
    [InlineData("Set-PasskeyProfile 'Synced pilot' -Attestation RegistrationOnly", "AttestationWithSynced", "Synced pilot")]
    [InlineData("Set-PasskeyProfile 'Privileged access' -TargetType Synced", "AttestationWithSynced", "Privileged access")]
    [InlineData("Set-PasskeyProfile 'Synced pilot' -RemoveProvider *", "AllowListEmpty", "Synced pilot")]
    [InlineData("Set-PasskeyProfile 'Synced pilot' -ClearRestriction -JournalPath env:PATH", "PathNotFileSystem", "Synced pilot")]
    [InlineData("Disconnect-PasskeyTenant; Set-PasskeyProfile 'Synced pilot' -ClearRestriction", "NotConnected", "Synced pilot")]
    public void What_cannot_be_is_an_error_and_changes_nothing(string script, string id, string target)
    {
        var error = _tenant.Refused(script);
        Assert.Equal((id + Id, target), (error.FullyQualifiedErrorId, error.TargetObject));
    }

    [Fact]
    public void The_way_out_of_a_wrong_name_is_said()
    {
        Assert.Contains("Did you mean 'Synced pilot'?", _tenant.Refused("Set-PasskeyProfile 'Sinced pilot' -ClearRestriction").Exception.Message, StringComparison.Ordinal);
        Assert.Contains("Get-PasskeyProfile 'Synced*'", _tenant.Refused("Set-PasskeyProfile Synced* -ClearRestriction").Exception.Message, StringComparison.Ordinal);
        _tenant.Connect(t => ChangeSession.Find(ChangeSession.PolicyOf(t), "passkeyProfiles", ChangeSession.Pilot)["name"] = "Pilot [EU]");
        Assert.Equal("Pilot [EU]: name -> Pilot *", _tenant.Made("Set-PasskeyProfile 'Pilot [EU]' -NewName 'Pilot *' -PassThru"));
        Assert.Equal("Pilot *: name -> Pilot", _tenant.Made("Set-PasskeyProfile 'Pilot *' -NewName Pilot -PassThru"));
    }

    [Fact]
    public void Two_profiles_of_one_name_are_told_apart_by_id()
    {
        _tenant.Connect(t =>
        {
            t["settings"] = new JsonObject { ["acceptsDuplicateProfileNames"] = true };
            ChangeSession.Find(ChangeSession.PolicyOf(t), "passkeyProfiles", ChangeSession.Pilot)["name"] = "Privileged access";
        });
        var error = _tenant.Refused("Set-PasskeyProfile 'Privileged access' -ClearRestriction");
        Assert.Equal("ProfileAmbiguous" + Id, error.FullyQualifiedErrorId);
        Assert.Contains(ChangeSession.Pilot, error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal($"Privileged access: providers: {Providers} -> any provider", _tenant.Made($"Set-PasskeyProfile -ProfileId {ChangeSession.Pilot} -ClearRestriction -PassThru"));
    }

    [Fact]
    public void A_tenant_without_profiles_is_refused_with_the_way_to_them()
    {
        _tenant.Connect(t =>
        {
            var policy = ChangeSession.PolicyOf(t);
            (policy["passkeyProfiles"], policy["defaultPasskeyProfile"]) = (new JsonArray(), null);
            policy["includeTargets"] = new JsonArray(new JsonObject { ["id"] = "all_users", ["targetType"] = "group", ["isRegistrationRequired"] = false, ["allowedPasskeyProfiles"] = new JsonArray() });
        });
        foreach (var script in new[] { "Set-PasskeyProfile 'Legacy settings' -ClearRestriction", "Set-PasskeyPolicy -State Disabled", "New-PasskeyProfile X -TargetType Synced", "Remove-PasskeyProfileTarget -AllUsers", "Add-PasskeyProfileTarget X Helpdesk", "Remove-PasskeyProfile X" })
        {
            var error = _tenant.Refused(script);
            Assert.StartsWith("ProfilesNotEnrolled,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.Contains("Entra admin center", error.Exception.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("\"enforcementType\":\"allow\",\"aaGuids\":[\"fbfc3007", "\"enforcementType\":\"unknownFutureValue\",\"aaGuids\":[\"fbfc3007", "-AddProvider Dashlane", "ProviderListUnknown")]
    [InlineData("\"enforcementType\":\"allow\",\"aaGuids\":[\"fbfc3007", "\"enforcementType\":\"unknownFutureValue\",\"aaGuids\":[\"fbfc3007", "-NewName X", "UnknownValueNotWritable")]
    [InlineData("\"passkeyTypes\":\"deviceBound,synced\",\"attestationEnforcement\":\"disabled\",\"keyRestrictions\":{\"isEnforced\":true", "\"passkeyTypes\":\"synced,unknownFutureValue\",\"attestationEnforcement\":\"disabled\",\"keyRestrictions\":{\"isEnforced\":true", "-ClearRestriction", "UnknownValueNotWritable")]
    public void What_this_version_does_not_know_is_not_written_over(string known, string unknown, string parameters, string id)
    {
        using var server = _tenant.Serve();
        var policy = ChangeSession.PolicyOf(JsonNode.Parse(ChangeSession.Tenant())!).ToJsonString();
        Assert.Contains(known, policy, StringComparison.Ordinal);
        server.Faults = (r, _) => r.Path.Contains("configurations/fido2", StringComparison.OrdinalIgnoreCase) ? Fault.Reply(200, policy.Replace(known, unknown, StringComparison.Ordinal)) : null;
        Assert.Equal(id + Id, _tenant.Run($"Set-PasskeyProfile 'Synced pilot' {parameters}").Error.FullyQualifiedErrorId);
        Assert.DoesNotContain(server.Requests, ChangeSession.IsWrite);
    }

    [Fact]
    public void A_policy_that_would_not_fit_is_refused()
    {
        _tenant.Connect(t =>
        {
            var targets = ChangeSession.PolicyOf(t)["includeTargets"]!.AsArray();
            for (var i = 0; i < 40; i++) targets.Add(new JsonObject { ["id"] = $"aaaaaaaa-0000-4000-8000-{i:D12}", ["targetType"] = "group", ["isRegistrationRequired"] = false, ["allowedPasskeyProfiles"] = new JsonArray(ChangeSession.Default) });
        });
        Assert.Equal("PolicyTooLarge" + Id, _tenant.Refused("Set-PasskeyProfile 'Synced pilot' -AllowProvider *").FullyQualifiedErrorId);
    }

    [Fact]
    public void What_nobody_vouches_for_is_not_let_in_by_its_name()
    {
        _tenant.Module.File("list.json", $$"""{"{{TestBlob.NewKey}}": "Wingtip Wallet"}""");
        _tenant.Output("Import-PasskeyProviderMetadata list.json 3>$null");
        var error = _tenant.Refused("Set-PasskeyProfile 'Synced pilot' -AddProvider 'Wingtip Wallet*'");
        Assert.Equal("ProviderNotVerified" + Id, error.FullyQualifiedErrorId);
        Assert.Contains(TestBlob.NewKey, error.Exception.Message, StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith("Synced pilot: + provider Wingtip Wallet", _tenant.Made($"Set-PasskeyProfile 'Synced pilot' -AddProvider {TestBlob.NewKey} -PassThru"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-AddProvider 77777777-7777-4777-8777-777777777777", "The AAGUID 77777777-7777-4777-8777-777777777777 is not known to this module: whose it is, and of which type, cannot be told.")]
    [InlineData("-TargetType DeviceBound -Attestation RegistrationOnly", "Attestation counts for new registrations only: what is registered through 'Synced pilot' already goes on working.")]
    public void What_else_to_know_is_a_warning(string parameters, string warning)
    {
        var result = _tenant.Run($"Set-PasskeyProfile 'Synced pilot' {parameters} -PassThru");
        Assert.Equal(warning, Assert.Single(result.Warnings));
        Assert.Equal("Applied", Assert.Single(result.Output).Text("Outcome"));
    }

    [Fact]
    public void What_the_service_refuses_is_an_error_and_journalled_as_failed()
    {
        var before = _tenant.Policy.ToJsonString();
        var result = _tenant.Run("Set-PasskeyProfile $default -NewName Everybody -PassThru");
        Assert.Equal(("GraphRequestRejected" + Id, before), (result.Error.FullyQualifiedErrorId, _tenant.Policy.ToJsonString()));
        Assert.Contains("Nothing was changed.", result.Error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("not documented", Assert.Single(result.Warnings), StringComparison.Ordinal);
        var change = Assert.Single(result.Output);
        Assert.Equal(("Failed", "NotRead", change.BaseObject), (change.Text("Outcome"), change.Text("TenantShows"), PSObject.AsPSObject(result.Error.TargetObject).BaseObject));
        Assert.Equal("Failed", Assert.Single(_tenant.Output("Get-PasskeyPolicyChange")).Text("Outcome"));
    }

    [Fact]
    public void Names_are_completed()
    {
        _tenant.Output("$null = Get-PasskeyPolicy");
        Assert.Equal(["'Privileged access'"], _tenant.Completions("Set-PasskeyProfile priv"));
        Assert.Equal(["'Synced pilot'"], _tenant.Completions("Set-PasskeyProfile -Name 'sync"));
        foreach (var parameter in new[] { "AllowProvider", "BlockProvider", "AddProvider", "RemoveProvider" })
            Assert.Equal("'Apple Passwords'", _tenant.Completions($"Set-PasskeyProfile 'Synced pilot' -{parameter} apple")[0]);
        Assert.Equal(["RegistrationOnly"], _tenant.Completions("Set-PasskeyProfile 'Synced pilot' -Attestation Reg"));
    }

    [Fact]
    public void Contoso_loses_what_was_measured_before_and_nobody_is_asked_where_nobody_loses()
    {
        _tenant.Output("$null = Connect-PasskeyTenant -Sandbox");
        Assert.Equal("Default passkey profile: + passkey type Synced", _tenant.Made("Set-PasskeyProfile -Name 'Default passkey profile' -TargetType Synced, DeviceBound -PassThru"));
        Assert.Equal("Default passkey profile: - passkey type Synced", _tenant.Made("Set-PasskeyProfile -Name 'Default passkey profile' -TargetType DeviceBound -PassThru -Confirm:$false -AllowLockout -MaximumAffectedUser 9999 -MaximumUnknownUser 9999"));
        var change = Assert.Single(_tenant.Output("Set-PasskeyProfile 'Synced pilot' -TargetType DeviceBound -PassThru -Confirm:$false -AllowLockout -MaximumAffectedUser 132"));
        Assert.Equal((132, 60, 0, true), ((int)change.Get("Affected")!, (int)change.Get("Stranded")!, (int)change.Get("Unknown")!, (bool)change.Get("IsImpactMeasured")!));
    }
}
