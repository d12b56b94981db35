using System;
using System.Linq;
using System.Text.Json.Nodes;
using PasskeyAdmin.Testing;
using PasskeyAdmin.Tests.Engine;

namespace PasskeyAdmin.Tests.Commands;

/// <summary>Add-PasskeyProfileTarget and Remove-PasskeyProfileTarget.</summary>
[Collection(EngineGroup.Name)]
public sealed class PasskeyProfileTargetChangeTests : IDisposable
{
    private const string Add = ",PasskeyAdmin.Commands.AddPasskeyProfileTargetCommand";
    private const string Remove = ",PasskeyAdmin.Commands.RemovePasskeyProfileTargetCommand";
    private const string Helpdesk = "be0c992f-399d-5476-9d60-39382213e87a";

    private readonly ChangeSession _tenant = new();

    public void Dispose() => _tenant.Dispose();

    [Theory]
    [InlineData("Add-PasskeyProfileTarget 'Synced pilot' Helpdesk", "+ target Helpdesk (Synced pilot)")]
    [InlineData("Add-PasskeyProfileTarget 'SYNCED pilot' -Group " + Helpdesk + ", 'external PARTNERS'", "+ target Helpdesk (Synced pilot); + target External partners (Synced pilot)")]
    [InlineData("Add-PasskeyProfileTarget 'Synced pilot' -AllUsers", "All users: + profile Synced pilot")]
    [InlineData("Add-PasskeyProfileTarget -Profile 'Synced pilot' -Group 'Privileged administrators'", "Privileged administrators: + profile Synced pilot")]
    [InlineData("'Helpdesk', 'External partners' | Add-PasskeyProfileTarget 'Synced pilot'", "+ target Helpdesk (Synced pilot); + target External partners (Synced pilot)")]
    [InlineData("[pscustomobject]@{ Id = '" + Helpdesk + "'; DisplayName = 'X' } | Add-PasskeyProfileTarget 'Synced pilot'", "+ target Helpdesk (Synced pilot)")]
    [InlineData("Get-PasskeyProfileTarget | Add-PasskeyProfileTarget 'Synced pilot'", "All users: + profile Synced pilot; Privileged administrators: + profile Synced pilot")]
    [InlineData("Get-PasskeyTenant | Add-PasskeyProfileTarget 'Synced pilot' -Group Helpdesk", "+ target Helpdesk (Synced pilot)")]
    [InlineData("Remove-PasskeyProfileTarget 'Synced pilot' 'passkey PILOT'", "- target Passkey pilot")]
    [InlineData("Remove-PasskeyProfileTarget -Group " + ChangeSession.PilotGroup, "- target Passkey pilot")]
    [InlineData("'Passkey pilot', 'Privileged administrators' | Remove-PasskeyProfileTarget", "- target Privileged administrators; - target Passkey pilot")]
    [InlineData("Get-PasskeyProfileTarget 'Synced pilot' | Remove-PasskeyProfileTarget 'Synced pilot'", "- target Passkey pilot")]
    [InlineData("Get-PasskeyProfile Synced*, Priv* | Get-PasskeyProfileTarget | Remove-PasskeyProfileTarget", "- target Privileged administrators; - target Passkey pilot")]
    [InlineData("Remove-PasskeyProfileTarget -AllUsers -AllowLockout -MaximumAffectedUser 3", "- target All users")]
    [InlineData("Get-PasskeyProfileTarget -Group all_users | Remove-PasskeyProfileTarget $default -AllowLockout -MaximumAffectedUser 3", "- target All users")]
    public void Targets_are_added_and_taken_in_one_change(string script, string expected)
    {
        var profiles = _tenant.Policy["passkeyProfiles"]!.ToJsonString();
        Assert.Equal(expected, _tenant.Made($"{script} -PassThru -Confirm:$false 3>$null"));
        Assert.Single(_tenant.Journal);
        Assert.Equal(profiles, _tenant.Policy["passkeyProfiles"]!.ToJsonString());
    }

    [Fact]
    public void A_target_keeps_what_else_it_may_use_and_goes_with_the_last_profile()
    {
        Assert.Equal("Passkey pilot: + profile Privileged access", _tenant.Made("Add-PasskeyProfileTarget 'Privileged access' 'Passkey pilot' -PassThru"));
        _tenant.NothingToDo("Add-PasskeyProfileTarget 'Privileged access' 'Passkey pilot'");
        Assert.Equal("Passkey pilot: - profile Synced pilot", _tenant.Made("Remove-PasskeyProfileTarget 'Synced pilot' 'Passkey pilot' -PassThru 3>$null"));
        var last = _tenant.Run("Remove-PasskeyProfileTarget 'Privileged access' 'Passkey pilot' -PassThru");
        Assert.Equal("- target Passkey pilot: Applied", Assert.Single(last.Output).ToString());
        Assert.Contains("'Privileged access' is the only profile of Passkey pilot: without it, the target goes.", last.Warnings);
        Assert.Equal("TargetNotFound" + Remove, _tenant.Refused("Remove-PasskeyProfileTarget 'Privileged access' 'Passkey pilot'").FullyQualifiedErrorId);
    }

    [Fact]
    public void A_group_that_was_deleted_can_be_taken_out()
    {
        _tenant.Connect(t => ChangeSession.Find(ChangeSession.PolicyOf(t), "includeTargets", ChangeSession.PilotGroup)["id"] = "00000000-1111-4222-8333-444444444444");
        Assert.StartsWith("- target group 00000000-1111-4222-8333-444444444444", _tenant.Made("Get-PasskeyProfileTarget 'Synced pilot' | Remove-PasskeyProfileTarget -PassThru 3>$null"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'Nobody', 'External partners', 'Sales' | Add-PasskeyProfileTarget 'Synced pilot'", "Nobody GroupNotFound|Sales GroupAmbiguous", "+ target External partners (Synced pilot)")]
    [InlineData("'External partners', 'Contractors 2025' | Add-PasskeyProfileTarget 'Synced pilot'", "Contractors 2025 GroupEmpty", "+ target External partners (Synced pilot)")]
    [InlineData("'Helpdesk', 'Passkey pilot', 'Shared kiosk accounts' | Remove-PasskeyProfileTarget 'Synced pilot'", "Helpdesk TargetNotFound|Shared kiosk accounts TargetNotFound", "- target Passkey pilot")]
    public void One_bad_group_costs_itself_only(string script, string errors, string made)
    {
        var result = _tenant.Run($"{script} -PassThru");
        Assert.Equal(errors.Split('|'), result.Errors.Select(e => $"{e.TargetObject} {e.FullyQualifiedErrorId.Split(',')[0]}"));
        Assert.Equal($"{made}: Applied", Assert.Single(result.Output).ToString());
    }

    [Theory]
    [InlineData("Get-PasskeyTenant | Add-PasskeyProfileTarget 'Synced pilot'", "TargetMissing" + Add)]
    [InlineData("Get-PasskeyTenant | Remove-PasskeyProfileTarget 'Synced pilot'", "TargetMissing" + Remove)]
    public void A_tenant_from_the_pipeline_is_not_taken_for_the_name_of_a_group(string script, string id)
    {
        _tenant.Connect(t =>
        {
            t["groups"]!.AsArray().Single(g => (string?)g!["id"] == Helpdesk)!["displayName"] = "Contoso";
            ChangeSession.PolicyOf(t)["includeTargets"]!.AsArray().Add(new JsonObject { ["id"] = Helpdesk, ["targetType"] = "group", ["isRegistrationRequired"] = false, ["allowedPasskeyProfiles"] = new JsonArray(ChangeSession.Default) });
        });
        Assert.Equal(id, _tenant.Refused(script).FullyQualifiedErrorId);
    }

    [Fact]
    public void Several_groups_of_one_item_are_added_together_or_not_at_all() =>
        Assert.Equal("GroupNotFound" + Add, _tenant.Refused("Add-PasskeyProfileTarget 'Synced pilot' Helpdesk, Nobody").FullyQualifiedErrorId);

    [Fact]
    public void Parameters_that_make_no_sense_are_refused_before_anything_is_asked_for()
    {
        using var server = _tenant.Serve();
        var asked = server.Requests.Count;
        foreach (var (script, id) in new[]
        {
            ("Add-PasskeyProfileTarget 'Synced pilot'", "TargetMissing" + Add),
            ("Add-PasskeyProfileTarget 'Synced pilot' -AllUsers:$false", "TargetMissing" + Add),
            ("Add-PasskeyProfileTarget 'Synced pilot' Helpdesk -AllUsers", "TargetParametersConflict" + Add),
            ("'Helpdesk' | Add-PasskeyProfileTarget 'Synced pilot' -AllUsers", "TargetParametersConflict" + Add),
            ("Add-PasskeyProfileTarget 'Synced pilot' ''", "ParameterArgumentValidationError" + Add),
            ("Add-PasskeyProfileTarget 'Synced pilot' Helpdesk -SkipImpact -MaximumAffectedUser 1", "SkipImpactWithLimit" + Add),
            ("Remove-PasskeyProfileTarget", "TargetMissing" + Remove),
            ("Remove-PasskeyProfileTarget 'Synced pilot'", "TargetMissing" + Remove),
            ("Remove-PasskeyProfileTarget -Group Helpdesk -AllUsers", "TargetParametersConflict" + Remove),
        }) Assert.Equal((script, id), (script, _tenant.Run(script).Error.FullyQualifiedErrorId));
        Assert.Equal(asked, server.Requests.Count);
    }

    [Theory]
    [InlineData("Add-PasskeyProfileTarget Nobody Helpdesk", "ProfileNotFound" + Add)]
    [InlineData("Add-PasskeyProfileTarget Synced* Helpdesk", "ProfileNameInvalid" + Add)]
    [InlineData("Add-PasskeyProfileTarget 'Synced pilot' Nobody", "GroupNotFound" + Add)]
    [InlineData("Add-PasskeyProfileTarget 'Synced pilot' Sales", "GroupAmbiguous" + Add)]
    [InlineData("Add-PasskeyProfileTarget 'Synced pilot' 'Contractors 2025'", "GroupEmpty" + Add)]
    [InlineData("Remove-PasskeyProfileTarget Nobody 'Passkey pilot'", "ProfileNotFound" + Remove)]
    [InlineData("Remove-PasskeyProfileTarget Synced* 'Passkey pilot'", "ProfileNameInvalid" + Remove)]
    [InlineData("Remove-PasskeyProfileTarget -Group Helpdesk", "TargetNotFound" + Remove)]
    [InlineData("Remove-PasskeyProfileTarget 'Synced pilot' 'Privileged administrators'", "TargetNotFound" + Remove)]
    [InlineData("Remove-PasskeyProfileTarget -AllUsers", "LockoutRefused" + Remove)]
    public void What_cannot_be_is_an_error_and_changes_nothing(string script, string id) => Assert.Equal(id, _tenant.Refused(script).FullyQualifiedErrorId);

    [Fact]
    public void Two_targets_of_one_name_are_told_apart_by_id()
    {
        _tenant.Connect(t =>
        {
            foreach (var id in new[] { ChangeSession.SalesOfEurope, "a2b3c205-6021-5937-9a78-dc1563616d4b" })
                ChangeSession.PolicyOf(t)["includeTargets"]!.AsArray().Add(new JsonObject { ["id"] = id, ["targetType"] = "group", ["isRegistrationRequired"] = false, ["allowedPasskeyProfiles"] = new JsonArray(ChangeSession.Pilot) });
        });
        Assert.Equal("GroupAmbiguous" + Remove, _tenant.Refused("Remove-PasskeyProfileTarget -Group sales").FullyQualifiedErrorId);
        Assert.Equal("- target Sales", _tenant.Made($"Remove-PasskeyProfileTarget -Group {ChangeSession.SalesOfEurope} -PassThru"));
    }

    [Fact]
    public void A_list_that_Graph_does_not_give_is_not_written_over()
    {
        using var server = _tenant.Serve();
        var policy = ChangeSession.PolicyOf(JsonNode.Parse(ChangeSession.Tenant())!);
        policy["includeTargets"] = null;
        var json = policy.ToJsonString();
        server.Faults = (r, _) => r.Path.Contains("configurations/fido2", StringComparison.OrdinalIgnoreCase) ? Fault.Reply(200, json) : null;
        Assert.Equal("PolicyIncomplete" + Add, Assert.Single(_tenant.Run("Add-PasskeyProfileTarget 'Synced pilot' Helpdesk").Errors).FullyQualifiedErrorId);
        Assert.DoesNotContain(server.Requests, ChangeSession.IsWrite);
    }

    [Fact]
    public void Nothing_comes_out_unless_asked_for()
    {
        Assert.Empty(_tenant.Output("Add-PasskeyProfileTarget 'Synced pilot' Helpdesk"));
        Assert.Empty(_tenant.Output("Remove-PasskeyProfileTarget 'Synced pilot' Helpdesk 3>$null"));
        Assert.Equal("+ target Helpdesk (Synced pilot)", Assert.Single(_tenant.Output("Add-PasskeyProfileTarget 'Synced pilot' Helpdesk -PlanOnly")).ToString());
        Assert.Contains("  - target All users\nIt takes passkeys from 3 users: 2 would have no phishing-resistant way to sign in left (1 administrator: grady.gu@contoso.com)", _tenant.Module.Shown("Remove-PasskeyProfileTarget -AllUsers -WhatIf"), StringComparison.Ordinal);
        Assert.Equal(2, _tenant.Journal.Count);
    }

    [Fact]
    public void Names_are_completed()
    {
        _tenant.Output("$null = Get-PasskeyPolicy");
        Assert.Equal(["'Synced pilot'"], _tenant.Completions("Add-PasskeyProfileTarget sync"));
        Assert.Equal(["'Synced pilot'"], _tenant.Completions("Remove-PasskeyProfileTarget -ProfileName sync"));
        Assert.Equal(["'Passkey pilot'", "'Privileged administrators'"], _tenant.Completions("Add-PasskeyProfileTarget 'Synced pilot' -Group p").Order(StringComparer.Ordinal));
        Assert.Equal(["'All users'"], _tenant.Completions("Remove-PasskeyProfileTarget 'Synced pilot' -Group all"));
    }
}
