using System;
using System.Linq;
using System.Text.Json.Nodes;
using PasskeyAdmin.Testing;
using PasskeyAdmin.Tests.Engine;

namespace PasskeyAdmin.Tests.Commands;

[Collection(EngineGroup.Name)]
public sealed class NewPasskeyProfileTests : IDisposable
{
    private const string Id = ",PasskeyAdmin.Commands.NewPasskeyProfileCommand";

    private readonly ChangeSession _tenant = new();

    public void Dispose() => _tenant.Dispose();

    [Theory]
    [InlineData("-TargetType Synced", "Synced; any provider", "synced", "disabled", 0)]
    [InlineData("-PasskeyType Synced, DeviceBound -Attestation Disabled", "DeviceBound, Synced; any provider", "deviceBound,synced", "disabled", 0)]
    [InlineData("-TargetType DeviceBound -Attestation RegistrationOnly -AllowProvider 'YubiKey 5 Series with NFC'", "DeviceBound; only YubiKey 5 Series (4 of 27 AAGUIDs)", "deviceBound", "registrationOnly", 4)]
    [InlineData("-TargetType Synced -BlockProvider Dashlane", "Synced; all but Dashlane", "synced", "disabled", 1)]
    [InlineData("-Template highsecurity", "DeviceBound; only Microsoft Authenticator, YubiKey 5 FIPS Series", "deviceBound", "registrationOnly", 11)]
    [InlineData("-Template Flexible", "DeviceBound, Synced; any provider", "deviceBound,synced", "disabled", 0)]
    [InlineData("-Template Transition -TargetType Synced", "Synced; any provider", "synced", "disabled", 0)]
    [InlineData("-Template HighSecurity -AllowProvider 'Microsoft Authenticator' -Attestation Disabled", "DeviceBound; only Microsoft Authenticator", "deviceBound", "disabled", 2)]
    public void A_profile_is_created(string parameters, string shown, string types, string attestation, int aaGuids)
    {
        Assert.StartsWith($"+ profile Wave 1 ({shown}", _tenant.Made($"New-PasskeyProfile 'Wave 1' {parameters} -PassThru -WarningAction SilentlyContinue"), StringComparison.Ordinal);
        var profile = ChangeSession.Find(_tenant.Policy, "passkeyProfiles", "Wave 1");
        Assert.Equal((types, attestation, aaGuids), ((string?)profile["passkeyTypes"], (string?)profile["attestationEnforcement"], profile["keyRestrictions"]!["aaGuids"]!.AsArray().Count));
        Assert.NotEqual("8", ((string)profile["id"]!).Substring(14, 1));
    }

    [Theory]
    [InlineData("-Group Helpdesk", "+ target Helpdesk (Wave 1)", "be0c992f-399d-5476-9d60-39382213e87a")]
    [InlineData("-Group 'External partners', " + ChangeSession.SalesOfEurope, "+ target External partners (Wave 1); + target Sales (Wave 1)", ChangeSession.SalesOfEurope)]
    [InlineData("-Group 'People & Culture – O''Brien''s team'", "+ target People & Culture – O'Brien's team (Wave 1)", "081f34b0-243a-5c40-a48f-6ca87ce40827")]
    [InlineData("-Group 'passkey PILOT'", "Passkey pilot: + profile Wave 1", ChangeSession.PilotGroup)]
    [InlineData("-AllUsers", "All users: + profile Wave 1", "all_users")]
    public void A_profile_is_given_its_targets(string parameters, string targets, string id)
    {
        Assert.Equal($"+ profile Wave 1 (Synced; any provider); {targets}", _tenant.Made($"New-PasskeyProfile 'Wave 1' -TargetType Synced {parameters} -PassThru 3>$null"));
        var profile = (string?)ChangeSession.Find(_tenant.Policy, "passkeyProfiles", "Wave 1")["id"];
        Assert.Contains(profile, ChangeSession.Find(_tenant.Policy, "includeTargets", id)["allowedPasskeyProfiles"]!.AsArray().Select(p => (string?)p));
    }

    [Fact]
    public void The_same_again_is_not_created_again()
    {
        const string script = "New-PasskeyProfile 'Wave 1' -TargetType Synced -AllowProvider Dashlane -Group Helpdesk";
        _tenant.Output(script);
        Assert.Equal("There is a profile 'Wave 1' with just these settings already: it is not created again.", _tenant.NothingToDo(script)[0]);
        Assert.Equal("+ target External partners (Wave 1)", _tenant.Made("New-PasskeyProfile 'wave 1' -TargetType Synced -AllowProvider Dashlane -Group Helpdesk, 'External partners' -PassThru 3>$null"));
        Assert.Equal("ProfileNameTaken" + Id, _tenant.Refused("New-PasskeyProfile 'wave 1' -TargetType Synced -Group Helpdesk").FullyQualifiedErrorId);
    }

    [Fact]
    public void What_was_created_and_not_yet_targeted_is_completed_by_the_same_command()
    {
        using var server = _tenant.Serve();
        server.Faults = (r, _) => r.Method == "PATCH" && server.Requests.Count(q => q.Method == "PATCH") == 2 ? Fault.Reply(403, """{"error":{"code":"Forbidden","message":"No."}}""") : null;
        var result = _tenant.Run("New-PasskeyProfile 'Wave 1' -TargetType Synced -Group Helpdesk -PassThru");
        var broken = Assert.Single(result.Output);
        Assert.Equal("Incomplete", broken.Text("Outcome"));
        Assert.EndsWith(Id, result.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        server.Faults = null;
        Assert.Equal("+ target Helpdesk (Wave 1)", _tenant.Made("New-PasskeyProfile 'Wave 1' -TargetType Synced -Group Helpdesk -PassThru 3>$null"));
        Assert.Equal(["Wave 1"], _tenant.Output("Get-PasskeyProfileTarget -Group Helpdesk").SelectMany(t => ChangeSession.Texts(t, "ProfileName")));
        Assert.Single(_tenant.Output("Get-PasskeyProfile 'Wave 1'"));
    }

    [Fact]
    public void A_profile_with_its_targets_takes_no_more_than_seven_requests_to_the_policy()
    {
        using var server = _tenant.Serve();
        _tenant.Output("New-PasskeyProfile 'Wave 1' -TargetType Synced -Group Helpdesk 3>$null");
        var asked = ChangeSession.OfPolicy(server);
        Assert.InRange(asked.Count, 1, 7);
        var writes = asked.Where(ChangeSession.IsWrite).ToList();
        Assert.Equal(["PATCH", "PATCH"], writes.Select(w => w.Method));
        // The id of a new profile is the service's business.
        Assert.Null(ChangeSession.Find(JsonNode.Parse(writes[0].Body)!.AsObject(), "passkeyProfiles", "Wave 1")["id"]);
        Assert.Equal(["@odata.type", "includeTargets"], JsonNode.Parse(writes[1].Body)!.AsObject().Select(p => p.Key));
    }

    [Fact]
    public void Parameters_that_make_no_sense_are_refused_before_anything_is_asked_for()
    {
        using var server = _tenant.Serve();
        var asked = server.Requests.Count;
        foreach (var (parameters, id) in new[]
        {
            ("X", "TargetTypeMissing"),
            ("X -AllowProvider Dashlane", "TargetTypeMissing"),
            ("X -Template Flex", "TemplateNotFound"),
            ("X -TargetType None", "TargetTypeEmpty"),
            ("X -TargetType Synced -Attestation RegistrationOnly", "AttestationWithSynced"),
            ("X -Template HighSecurity -TargetType Synced", "AttestationWithSynced"),
            ("X -TargetType DeviceBound -Attestation Unknown", "AttestationInvalid"),
            ("X -TargetType Synced -Group Helpdesk -AllUsers", "TargetParametersConflict"),
            ("X -TargetType Synced -AllowProvider Dashlane -BlockProvider Enpass", "ProviderParametersConflict"),
            ("X -TargetType Synced -AllowProvider Dashlan", "ProviderNotFound"),
            ("X -TargetType Synced -AllowProvider 'x[y'", "ProviderNameInvalid"),
            ("' ' -TargetType Synced", "ProfileNameInvalid"),
            ("('x' * 257) -TargetType Synced", "ProfileNameInvalid"),
            ("\"re$([char]0x202E)versed\" -TargetType Synced", "ProfileNameInvalid"),
            ("'' -TargetType Synced", "ParameterArgumentValidationErrorEmptyStringNotAllowed"),
            ("X -TargetType Synced -SkipImpact -MaximumUnknownUser 1", "SkipImpactWithLimit"),
        }) Assert.Equal((parameters, id + Id), (parameters, _tenant.Run($"New-PasskeyProfile {parameters}").Error.FullyQualifiedErrorId));
        Assert.Equal(asked, server.Requests.Count);
    }

    [Theory]
    [InlineData("'SYNCED pilot' -TargetType Synced", "ProfileNameTaken")]
    [InlineData("X -TargetType Synced -Group Nobody", "GroupNotFound")]
    [InlineData("X -TargetType Synced -Group Help*", "GroupNotFound")]
    [InlineData("X -TargetType Synced -Group 00000000-1111-4222-8333-444444444444", "GroupNotFound")]
    [InlineData("X -TargetType Synced -Group Sales", "GroupAmbiguous")]
    [InlineData("X -TargetType Synced -Group 'Contractors 2025'", "GroupEmpty")]
    [InlineData("X -TargetType Synced -Group Helpdesk, Nobody", "GroupNotFound")]
    public void What_cannot_be_is_an_error_and_changes_nothing(string parameters, string id) => Assert.Equal(id + Id, _tenant.Refused($"New-PasskeyProfile {parameters}").FullyQualifiedErrorId);

    [Fact]
    public void One_profile_too_many_is_warned_of_and_the_service_decides()
    {
        _tenant.Connect(t => t["settings"] = new JsonObject { ["maximumProfiles"] = 4 });
        Assert.Contains(_tenant.Run("New-PasskeyProfile One -TargetType Synced").Warnings, w => w.StartsWith("The policy would have 4 profiles.", StringComparison.Ordinal));
        var result = _tenant.Run("New-PasskeyProfile Two -TargetType Synced -AllUsers -PassThru");
        Assert.Equal("GraphRequestRejected" + Id, result.Error.FullyQualifiedErrorId);
        Assert.Equal(("Failed", 4), (Assert.Single(result.Output).Text("Outcome"), _tenant.Policy["passkeyProfiles"]!.AsArray().Count));
    }

    [Fact]
    public void A_profile_that_nobody_may_use_yet_is_said_with_the_command_that_helps()
    {
        var warning = Assert.Single(_tenant.Run("New-PasskeyProfile 'O’’Brien''s' -TargetType Synced").Warnings, w => w.StartsWith("No target uses", StringComparison.Ordinal));
        var command = warning[(warning.IndexOf("Add-", StringComparison.Ordinal))..warning.IndexOf(" gives it one", StringComparison.Ordinal)];
        Assert.Equal("+ target Helpdesk (O’Brien's)", _tenant.Made($"{command} -Group Helpdesk -PassThru"));
    }

    [Fact]
    public void Nothing_comes_out_unless_asked_for_and_a_plan_shows_what_will_be_sent()
    {
        Assert.Empty(_tenant.Output("New-PasskeyProfile One -TargetType Synced 3>$null"));
        var plan = Assert.Single(_tenant.Output("New-PasskeyProfile Two -TargetType Synced -AllUsers -PlanOnly"));
        Assert.Equal(2, _tenant.Output("(New-PasskeyProfile Two -TargetType Synced -AllUsers -PlanOnly).Request").Count);
        Assert.Equal("+ profile Two (Synced; any provider); All users: + profile Two", plan.ToString());
        Assert.Equal(4, _tenant.Policy["passkeyProfiles"]!.AsArray().Count);
        var shown = _tenant.Module.Shown("New-PasskeyProfile Two -TargetType Synced -AllUsers -WhatIf 3>$null");
        Assert.Contains("  + profile Two (Synced; any provider)\n  All users: + profile Two\nIt takes sign-in from nobody.", shown, StringComparison.Ordinal);
        Assert.Single(_tenant.Journal);
    }

    [Fact]
    public void Names_are_completed()
    {
        _tenant.Output("$null = Get-PasskeyPolicy");
        Assert.Equal(["HighSecurity"], _tenant.Completions("New-PasskeyProfile X -Template h"));
        Assert.Equal(["'Passkey pilot'", "'Privileged administrators'"], _tenant.Completions("New-PasskeyProfile X -Group p").Order(StringComparer.Ordinal));
        Assert.Equal("'Apple Passwords'", _tenant.Completions("New-PasskeyProfile X -AllowProvider apple")[0]);
    }
}
