using System;
using System.Text.Json.Nodes;
using PasskeyAdmin.Tests.Engine;

namespace PasskeyAdmin.Tests.Commands;

[Collection(EngineGroup.Name)]
public sealed class SetPasskeyPolicyTests : IDisposable
{
    private const string Id = ",PasskeyAdmin.Commands.SetPasskeyPolicyCommand";
    private const string Kiosk = "f7ea8a90-8609-5835-b795-39a43cbecd11";

    private readonly ChangeSession _tenant = new();

    public void Dispose() => _tenant.Dispose();

    [Theory]
    [InlineData("-State Disabled -Confirm:$false -AllowLockout -MaximumAffectedUser 4", "policy: Enabled -> Disabled")]
    [InlineData("-SelfServiceRegistration $false", "self-service registration: on -> off")]
    [InlineData("-AddExcludedGroup 'External partners', helpdesk", "+ exclusion External partners; + exclusion Helpdesk")]
    [InlineData("-AddExcludedGroup be0c992f-399d-5476-9d60-39382213e87a", "+ exclusion Helpdesk")]
    [InlineData("-RemoveExcludedGroup 'shared KIOSK accounts'", "- exclusion Shared kiosk accounts")]
    [InlineData("-RemoveExcludedGroup " + Kiosk, "- exclusion Shared kiosk accounts")]
    [InlineData("-AddExcludedGroup Helpdesk -RemoveExcludedGroup 'Shared kiosk accounts' -SelfServiceRegistration:$false", "self-service registration: on -> off; - exclusion Shared kiosk accounts; + exclusion Helpdesk")]
    public void Just_what_is_named_changes(string parameters, string expected)
    {
        var profiles = _tenant.Policy["passkeyProfiles"]!.ToJsonString();
        Assert.Equal(expected, _tenant.Made($"Set-PasskeyPolicy {parameters} -PassThru"));
        Assert.Equal(profiles, _tenant.Policy["passkeyProfiles"]!.ToJsonString());
    }

    [Theory]
    [InlineData("-State Enabled -SelfServiceRegistration $true")]
    [InlineData("-AddExcludedGroup 'Shared kiosk accounts'")]
    public void What_is_so_already_is_not_written(string parameters) => Assert.Single(_tenant.NothingToDo($"Set-PasskeyPolicy {parameters}"));

    [Fact]
    public void An_excluded_group_that_was_deleted_is_let_in_by_its_id()
    {
        _tenant.Connect(t => ChangeSession.PolicyOf(t)["excludeTargets"]!.AsArray().Add(new JsonObject { ["id"] = "00000000-1111-4222-8333-444444444444", ["targetType"] = "group" }));
        Assert.StartsWith("- exclusion group 00000000-1111-4222-8333-444444444444", _tenant.Made("Set-PasskeyPolicy -RemoveExcludedGroup 00000000-1111-4222-8333-444444444444 -PassThru"), StringComparison.Ordinal);
        Assert.Equal(Kiosk, (string?)Assert.Single(_tenant.Policy["excludeTargets"]!.AsArray())!["id"]);
    }

    [Fact]
    public void Parameters_that_make_no_sense_are_refused_before_anything_is_asked_for()
    {
        using var server = _tenant.Serve();
        var asked = server.Requests.Count;
        foreach (var (parameters, id) in new[]
        {
            ("", "NothingToSet"),
            ("-AllowLockout", "NothingToSet"),
            ("-State Unknown", "StateInvalid"),
            ("-State Off", "CannotConvertArgumentNoMessage"),
            ("-AddExcludedGroup Helpdesk -RemoveExcludedGroup x, HELPDESK", "ExclusionRepeated"),
            ("-AddExcludedGroup ''", "ParameterArgumentValidationError"),
            ("-State Disabled -SkipImpact -MaximumAffectedUser 1", "SkipImpactWithLimit"),
        }) Assert.Equal((parameters, id + Id), (parameters, _tenant.Run($"Set-PasskeyPolicy {parameters}").Error.FullyQualifiedErrorId));
        Assert.Equal(asked, server.Requests.Count);
    }

    [Theory]
    [InlineData("-AddExcludedGroup Nobody", "GroupNotFound")]
    [InlineData("-AddExcludedGroup Sales", "GroupAmbiguous")]
    [InlineData("-AddExcludedGroup 'Contractors 2025'", "GroupEmpty")]
    [InlineData("-RemoveExcludedGroup Helpdesk", "ExclusionNotFound")]
    [InlineData("-RemoveExcludedGroup 'Shared kiosk accounts', 'Shared kiosk accounts'", "ExclusionNotFound")]
    [InlineData("-State Disabled -Confirm:$false", "LockoutRefused")]
    [InlineData("-AddExcludedGroup " + ChangeSession.SalesOfEurope, "LockoutRefused")]
    public void What_cannot_be_is_an_error_and_changes_nothing(string parameters, string id) => Assert.Equal(id + Id, _tenant.Refused($"Set-PasskeyPolicy {parameters}").FullyQualifiedErrorId);

    [Fact]
    public void Two_excluded_groups_of_one_name_are_told_apart_by_id()
    {
        _tenant.Connect(t => ChangeSession.PolicyOf(t)["excludeTargets"] = new JsonArray(new JsonObject { ["id"] = ChangeSession.SalesOfEurope, ["targetType"] = "group" }, new JsonObject { ["id"] = "a2b3c205-6021-5937-9a78-dc1563616d4b", ["targetType"] = "group" }));
        Assert.Equal("GroupAmbiguous" + Id, _tenant.Refused("Set-PasskeyPolicy -RemoveExcludedGroup sales").FullyQualifiedErrorId);
        Assert.Equal("- exclusion Sales", _tenant.Made($"Set-PasskeyPolicy -RemoveExcludedGroup {ChangeSession.SalesOfEurope} -PassThru"));
    }

    [Fact]
    public void Who_is_excluded_is_said_where_a_name_is_wrong()
    {
        Assert.Contains("Did you mean 'Shared kiosk accounts'?", _tenant.Refused("Set-PasskeyPolicy -RemoveExcludedGroup 'Shared kiosk acounts'").Exception.Message, StringComparison.Ordinal);
        Assert.Contains("Excluded are Shared kiosk accounts.", _tenant.Refused("Set-PasskeyPolicy -RemoveExcludedGroup Helpdesk").Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tenant_may_come_from_the_pipeline_and_nothing_comes_out_unless_asked_for()
    {
        Assert.Empty(_tenant.Output("Get-PasskeyTenant | Set-PasskeyPolicy -SelfServiceRegistration $false"));
        Assert.False((bool)_tenant.Policy["isSelfServiceRegistrationAllowed"]!);
        Assert.Contains("  self-service registration: off -> on\nIt takes sign-in from nobody.", _tenant.Module.Shown("Set-PasskeyPolicy -SelfServiceRegistration $true -WhatIf"), StringComparison.Ordinal);
        Assert.Single(_tenant.Journal);
    }

    [Fact]
    public void Names_are_completed()
    {
        _tenant.Output("$null = Get-PasskeyPolicy");
        Assert.Equal(["'Shared kiosk accounts'"], _tenant.Completions("Set-PasskeyPolicy -RemoveExcludedGroup sha"));
        Assert.Equal(["Disabled"], _tenant.Completions("Set-PasskeyPolicy -State Dis"));
    }
}
