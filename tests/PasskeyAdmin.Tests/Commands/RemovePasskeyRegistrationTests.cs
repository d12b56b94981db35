using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using PasskeyAdmin.Testing;
using PasskeyAdmin.Tests.Engine;

namespace PasskeyAdmin.Tests.Commands;

/// <summary>Only the pilot may use synced passkeys. Anna has one that does not work and a security key, Kenji one that does not work and Windows Hello, Grady, an administrator, one that does not work; Tomás, in the pilot, has one that works.</summary>
[Collection(EngineGroup.Name)]
public sealed class RemovePasskeyRegistrationTests : IDisposable
{
    private const string Id = ",PasskeyAdmin.Commands.RemovePasskeyRegistrationCommand";
    private const string Silent = " -Confirm:$false";

    private readonly ChangeSession _change = new();

    public RemovePasskeyRegistrationTests() => _change.Connect(Prepare, "narrow.json");

    public void Dispose() => _change.Dispose();

    [Theory]
    [InlineData("Get-PasskeyRegistration anna.gupta@contoso.com | Where-Object Provider -like 'Apple*' | Remove-PasskeyRegistration")]
    [InlineData("$p = (Get-PasskeyRegistration anna.gupta@contoso.com)[0]; Remove-PasskeyRegistration -UserId $p.UserId -Id $p.Id")]
    [InlineData("$p = (Get-PasskeyRegistration anna.gupta@contoso.com)[0]; [pscustomobject]@{ UserId = $p.UserId; Id = $p.Id; UserPrincipalName = 'x' } | Remove-PasskeyRegistration")]
    [InlineData("$p = (Get-PasskeyRegistration anna.gupta@contoso.com)[0]; [pscustomobject]@{ UserPrincipalName = $p.UserPrincipalName; Id = $p.Id } | Remove-PasskeyRegistration")]
    [InlineData("$p = (Get-PasskeyRegistration anna.gupta@contoso.com)[0]; Remove-PasskeyRegistration $p.UserId -Id $p.Id")]
    [InlineData("Remove-PasskeyRegistration anna.gupta@contoso.com -Provider 'Apple Passwords'")]
    [InlineData("$contoso | Remove-PasskeyRegistration anna.gupta@contoso.com -Provider 'Apple Passwords'")]
    [InlineData("function Remove-It($Confirm) { Remove-PasskeyRegistration anna.gupta@contoso.com -Provider 'Apple Passwords' -Confirm:$Confirm }; 1 | Remove-It")]
    [InlineData("Remove-PasskeyRegistration -UserId anna.gupta@contoso.com -TargetType Synced")]
    [InlineData("Remove-PasskeyRegistration anna.gupta@contoso.com -AaGuid fbfc3007-154e-4ecc-8c0b-6e020557d7bd")]
    public void A_passkey_is_removed_and_the_other_one_stays(string script)
    {
        var row = Assert.Single(_change.Output(script.Replace("Where-Object Provider -like 'Apple*'", "& { process { if ($_.Provider -like 'Apple*') { $_ } } }", StringComparison.Ordinal) + Silent));
        Assert.Equal(("anna.gupta@contoso.com", "Apple Passwords", "Synced", "Removed", "NotAsked", null), (row.Text("UserPrincipalName"), row.Text("Provider"), row.Text("PasskeyType"), row.Text("Outcome"), row.Text("SessionsRevoked"), row.Text("Reason")));
        Assert.Equal("YubiKey 5 Series", Assert.Single(_change.Output("Get-PasskeyRegistration anna.gupta@contoso.com")).Text("Provider"));
        Assert.Equal((row.Text("JournalPath"), "users"), (Assert.Single(_change.Journal), Path.GetFileName(Path.GetDirectoryName(_change.Journal[0]))));
    }

    [Theory]
    [InlineData("'anna.gupta@contoso.com' | Remove-PasskeyRegistration")]
    [InlineData("[pscustomobject]@{ UserId = '36b308a3-0d11-49b8-a395-4300a60c19b2' } | Remove-PasskeyRegistration")]
    [InlineData("[pscustomobject]@{ UserId = '36b308a3-0d11-49b8-a395-4300a60c19b2'; Id = $null } | Remove-PasskeyRegistration")]
    [InlineData("[pscustomobject]@{ UserId = '36b308a3-0d11-49b8-a395-4300a60c19b2'; Id = '' } | Remove-PasskeyRegistration")]
    public void An_object_without_the_id_of_a_passkey_never_means_all_of_its_user(string script)
    {
        var result = _change.Run(script + " -AllowLockout" + Silent);
        Assert.Single(result.Errors);
        Assert.Empty(result.Output);
        Assert.Equal(2, _change.Output("Get-PasskeyRegistration anna.gupta@contoso.com").Count);
    }

    [Theory]
    [InlineData("$p[0] | Remove-PasskeyRegistration -UserId anna.gupta@contoso.com")]
    [InlineData("$p[0] | Remove-PasskeyRegistration anna.gupta@contoso.com")]
    [InlineData("$p[0] | Remove-PasskeyRegistration $p[0].UserId -Id $p[1].Id")]
    [InlineData("$p[0] | Remove-PasskeyRegistration -Tenant $contoso -UserId anna.gupta@contoso.com")]
    [InlineData("$p | Remove-PasskeyRegistration -UserId kenji.moreau@contoso.com")]
    [InlineData("$p[0] | Remove-PasskeyRegistration -Group 'All employees' -TargetType Synced")]
    [InlineData("$contoso, $p[0] | Remove-PasskeyRegistration -UserId anna.gupta@contoso.com")]
    [InlineData("[pscustomobject]@{ TenantId = ''; UserId = $p[0].UserId } | Remove-PasskeyRegistration -UserId anna.gupta@contoso.com")]
    public void A_passkey_on_the_pipeline_beside_a_user_or_a_group_never_means_all_passkeys_of_it(string script)
    {
        using var server = _change.Serve(Prepare);
        var result = _change.Run("$p = Get-PasskeyRegistration anna.gupta@contoso.com; " + script + " -AllowLockout -RevokeSession -MaximumAffectedUser 99" + Silent);
        Assert.Equal("PipelineInputNotTaken" + Id, result.Error.FullyQualifiedErrorId);
        Assert.Empty(result.Output);
        Assert.DoesNotContain(server.Requests, ChangeSession.IsWrite);
        Assert.Empty(_change.Journal);
    }

    [Theory]
    [InlineData("tomas.graham@contoso.com, anna.gupta@contoso.com", "anna Removed, tomas Refused", "LockoutRefused")]
    [InlineData("nobody@contoso.com, anna.gupta@contoso.com", "anna Removed", "UserNotFound")]
    [InlineData("kenji.moreau@contoso.com, anna.gupta@contoso.com, nobody@contoso.com", "anna Removed, kenji Failed", "AccessDenied")]
    public void With_ErrorAction_Stop_what_can_be_done_is_done_first(string users, string outcomes, string error)
    {
        using var server = error == "AccessDenied" ? _change.Serve(Prepare) : null;
        if (server is not null) server.Faults = (r, _) => r.Method == "DELETE" && !r.Path.Contains("36b308a3", StringComparison.Ordinal) ? Fault.Reply(403, """{"error":{"code":"accessDenied","message":"No."}}""") : null;
        var rows = _change.Output($"try {{ Remove-PasskeyRegistration {users} -TargetType Synced -MaximumAffectedUser 9 -RevokeSession -ErrorAction Stop{Silent} }} catch {{ $caught = $_ }}");
        Assert.Equal(error + Id, Assert.Single(_change.Output("$caught.FullyQualifiedErrorId")).BaseObject);
        // There is no second one.
        if (users.Contains("nobody", StringComparison.Ordinal)) Assert.Contains("There is no user 'nobody@contoso.com'", (string)Assert.Single(_change.Output("$caught.Exception.Message")).BaseObject, StringComparison.Ordinal);
        Assert.Equal(outcomes, string.Join(", ", rows.Select(r => $"{r.Text("UserPrincipalName")!.Split('.')[0]} {r.Text("Outcome")}").Order(StringComparer.Ordinal)));
        Assert.All(rows, r => Assert.Equal("Revoked", r.Text("SessionsRevoked")));
    }

    [Theory]
    [InlineData("", "LockoutRefused TooManyAffectedUsers")]
    [InlineData(" -ErrorAction Stop", "TooManyAffectedUsers")]
    public void Where_nothing_is_sent_the_error_says_it_and_that_sessions_go_on(string action, string errors)
    {
        var result = _change.Run("Remove-PasskeyRegistration tomas.graham@contoso.com, anna.gupta@contoso.com -RevokeSession" + action + Silent);
        Assert.Equal(errors.Split(' ').Select(e => e + Id), result.Errors.Select(e => e.FullyQualifiedErrorId));
        Assert.EndsWith("Nothing was sent: the sessions go on as well.", result.Errors[^1].Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sessions_of_piped_passkeys_that_go_on_are_ended_by_what_the_error_names()
    {
        using var server = _change.Serve(Prepare);
        server.Faults = (r, _) => r.Path.EndsWith("revokeSignInSessions", StringComparison.Ordinal) ? Fault.Reply(403, """{"error":{"code":"accessDenied","message":"No."}}""") : null;
        var first = _change.Run("(Get-PasskeyRegistration anna.gupta@contoso.com)[0] | Remove-PasskeyRegistration -RevokeSession" + Silent);
        server.Faults = null;
        var command = Assert.Single(first.Output).Text("Reason")!.Split(": ")[1];
        Assert.Contains(command, first.Error.Exception.Message, StringComparison.Ordinal);
        var row = Assert.Single(_change.Output(command + Silent));
        Assert.Equal(("AlreadyGone", "Revoked"), (row.Text("Outcome"), row.Text("SessionsRevoked")));
    }

    [Fact]
    public void The_last_one_stays_unless_that_is_wanted()
    {
        var result = _change.Run("Remove-PasskeyRegistration tomas.graham@contoso.com, anna.gupta@contoso.com" + Silent);
        Assert.Equal("LockoutRefused" + Id, result.Error.FullyQualifiedErrorId);
        Assert.Contains("-AllowLockout", result.Error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(["anna.gupta@contoso.com Apple Passwords Removed", "anna.gupta@contoso.com YubiKey 5 Series Refused", "tomas.graham@contoso.com Apple Passwords Refused"], Rows(result));
        Assert.Equal(["tomas.graham@contoso.com Apple Passwords Removed"], Rows(_change.Run("Remove-PasskeyRegistration tomas.graham@contoso.com -AllowLockout" + Silent)));
    }

    [Theory]
    [InlineData("Remove-PasskeyRegistration grady.gu@contoso.com", "Refused")]
    [InlineData("Get-PasskeyRegistration grady.gu@contoso.com | Remove-PasskeyRegistration", "Refused")]
    [InlineData("Remove-PasskeyRegistration grady.gu@contoso.com -AllowLockout", "Removed")]
    public void The_only_one_stays_also_where_the_policy_does_not_let_it_in(string script, string outcome)
    {
        var result = _change.Run(script + Silent);
        Assert.Equal([$"grady.gu@contoso.com Apple Passwords {outcome}"], Rows(result));
        Assert.Equal(outcome == "Refused" ? 1 : 0, _change.Output("Get-PasskeyRegistration grady.gu@contoso.com").Count);
    }

    [Fact]
    public void It_always_asks_once_with_the_numbers()
    {
        _change.Module.Answer("No");
        Assert.Empty(_change.Output("Remove-PasskeyRegistration grady.gu@contoso.com, kenji.moreau@contoso.com, anna.gupta@contoso.com -TargetType Synced -AllowLockout -RevokeSession"));
        var question = Assert.Single(_change.Module.Questions);
        Assert.Contains("Remove 3 passkeys of 3 users in Contoso (1 administrator: grady.gu@contoso.com).", question, StringComparison.Ordinal);
        Assert.Contains("A removed passkey cannot be restored", question, StringComparison.Ordinal);
        Assert.EndsWith("[&No]", question, StringComparison.Ordinal);
        Assert.Empty(_change.Journal);
        _change.Module.Answer("Yes");
        Assert.Equal(3, _change.Output("Remove-PasskeyRegistration grady.gu@contoso.com, kenji.moreau@contoso.com, anna.gupta@contoso.com -TargetType Synced -AllowLockout").Count);
    }

    [Fact]
    public void WhatIf_sends_nothing_and_writes_nothing()
    {
        using var server = _change.Serve(Prepare);
        var result = _change.Run("Remove-PasskeyRegistration anna.gupta@contoso.com, tomas.graham@contoso.com -RevokeSession -WhatIf");
        Assert.Empty(result.Errors);
        Assert.Empty(result.Output);
        Assert.StartsWith("It would be refused (LockoutRefused)", result.Warnings[^1], StringComparison.Ordinal);
        // There are none.
        Assert.DoesNotContain("rows", result.Warnings[^1], StringComparison.Ordinal);
        Assert.DoesNotContain(server.Requests, ChangeSession.IsWrite);
        Assert.Empty(_change.Journal);
    }

    [Fact]
    public void Over_a_group_without_a_question_a_number_is_needed()
    {
        const string script = "Remove-PasskeyRegistration -Group 'All employees' -NotAllowedByPolicy";
        Assert.Equal(["LockoutRefused" + Id, "TooManyAffectedUsers" + Id], _change.Run(script + Silent).Errors.Select(e => e.FullyQualifiedErrorId));
        Assert.Equal("TooManyAffectedUsers" + Id, _change.Run(script + Silent + " -MaximumAffectedUser 1").Errors[^1].FullyQualifiedErrorId);
        Assert.Empty(_change.Journal);
        // Grady's does not work today, and it is all that he has registered.
        var result = _change.Run(script + Silent + " -MaximumAffectedUser 2");
        Assert.Equal(["anna.gupta@contoso.com Apple Passwords Removed", "grady.gu@contoso.com Apple Passwords Refused", "kenji.moreau@contoso.com Apple Passwords Removed"], Rows(result));
        Assert.Equal("LockoutRefused" + Id, result.Error.FullyQualifiedErrorId);
        Assert.Contains("1 passkey of grady.gu@contoso.com is left alone. Nothing phishing-resistant would stay registered. The present policy lets none of the passkeys of the user in, but a policy can be changed back", result.Error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(["grady.gu@contoso.com Apple Passwords Refused"], Rows(_change.Run(script + Silent)));
    }

    [Theory]
    [InlineData("-UnusedFor 90", 3)]
    [InlineData("-UnusedFor '90'", 3)]
    [InlineData("-UnusedFor ([timespan]::FromDays(90))", 3)]
    [InlineData("-UnusedFor 1", 3)]
    [InlineData("-UnusedFor 1.5", 3)]
    [InlineData("-UnusedFor ([timespan]'12:00')", 3)]
    [InlineData("-UnusedFor 36000", 0)]
    public void Unused_is_a_number_of_days(string parameter, int count) =>
        Assert.Equal(count, _change.Run($"Remove-PasskeyRegistration -Group 'All employees' -TargetType Synced -NotAllowedByPolicy {parameter} -MaximumAffectedUser 9" + Silent).Output.Count);

    [Theory]
    [InlineData("-Group 'All employees'", "RemovalFilterMissing")]
    [InlineData("-Group 'All employees' -Provider *", "RemovalFilterMissing")]
    [InlineData("-Group 'All employees' -Provider '[a-m]*', '?*' -TargetType DeviceBound, Synced", "RemovalFilterMissing")]
    [InlineData("-Group 'All employees' -TargetType Synced, DeviceBound", "RemovalFilterMissing")]
    [InlineData("-Group 'All employees' -TargetType 3 -NotAllowedByPolicy:$false -MaximumAffectedUser 900", "RemovalFilterMissing")]
    [InlineData("-Group 'All employees' -UnusedFor ([timespan]90)", "RemovalFilterMissing")]
    [InlineData("anna.gupta@contoso.com -Provider NoSuchOne", "ProviderNotFound")]
    [InlineData("anna.gupta@contoso.com -TargetType 0", "TargetTypeEmpty")]
    [InlineData("anna.gupta@contoso.com -UnusedFor ([timespan]::Zero)", "UnusedForInvalid")]
    [InlineData("anna.gupta@contoso.com -UnusedFor ([timespan]::FromDays(-5))", "UnusedForInvalid")]
    [InlineData("anna.gupta@contoso.com -UnusedFor 0", "UnusedForInvalid")]
    [InlineData("anna.gupta@contoso.com -UnusedFor -5", "UnusedForInvalid")]
    [InlineData("anna.gupta@contoso.com -UnusedFor -0.5", "UnusedForInvalid")]
    [InlineData("anna.gupta@contoso.com -UnusedFor -1e300", "UnusedForInvalid")]
    [InlineData("anna.gupta@contoso.com -UnusedFor 0.5", "ParameterArgumentTransformationError")]
    [InlineData("anna.gupta@contoso.com -UnusedFor '0.9'", "ParameterArgumentTransformationError")]
    [InlineData("anna.gupta@contoso.com -UnusedFor NaN", "ParameterArgumentTransformationError")]
    [InlineData("anna.gupta@contoso.com -UnusedFor 36501", "ParameterArgumentTransformationError")]
    [InlineData("nobody@contoso.com", "UserNotFound")]
    [InlineData("-Group Sales -NotAllowedByPolicy", "GroupAmbiguous")]
    public void What_makes_no_sense_is_refused(string parameters, string error)
    {
        var result = _change.Run($"Remove-PasskeyRegistration {parameters}" + Silent);
        Assert.Equal(error + Id, result.Error.FullyQualifiedErrorId);
        Assert.Empty(_change.Journal);
    }

    [Fact]
    public void What_is_gone_already_is_no_error_and_its_sessions_can_be_revoked()
    {
        _change.Output("$p = Get-PasskeyRegistration kenji.moreau@contoso.com; $null = $p | Remove-PasskeyRegistration" + Silent);
        var gone = _change.Run("$p | Remove-PasskeyRegistration" + Silent);
        Assert.Equal(("AlreadyGone", "It was gone before. The journal of this machine knows that the user had it."), (Assert.Single(gone.Output).Text("Outcome"), gone.Output[0].Text("Reason")));
        Assert.Empty(gone.Warnings);
        Assert.Empty(gone.Errors);
        Assert.Single(_change.Journal);
        var row = Assert.Single(_change.Output("$p | Remove-PasskeyRegistration -RevokeSession" + Silent));
        Assert.Equal(("AlreadyGone", "Revoked"), (row.Text("Outcome"), row.Text("SessionsRevoked")));
        Assert.Equal(2, _change.Journal.Count);
    }

    [Theory]
    [InlineData("[pscustomobject]@{ UserPrincipalName = 'anna.gupta@contoso.com'; Id = '36b308a3-0d11-49b8-a395-4300a60c19b2' } | Remove-PasskeyRegistration", "PasskeyIdInvalid")]
    [InlineData("Remove-PasskeyRegistration -UserId anna.gupta@contoso.com, tomas.graham@contoso.com -Id a, b", "PasskeyUserAmbiguous")]
    [InlineData("Get-PasskeyRegistration anna.gupta@contoso.com, tomas.graham@contoso.com | Remove-PasskeyRegistration -AllowLockout", "TooManyAffectedUsers")]
    [InlineData("Remove-PasskeyRegistration anna.gupta@contoso.com, tomas.graham@contoso.com -AllowLockout", "TooManyAffectedUsers")]
    public void An_object_of_a_user_or_many_at_once_sign_nobody_out_in_silence(string script, string error)
    {
        using var server = _change.Serve(Prepare);
        Assert.Equal(error + Id, _change.Run(script + " -RevokeSession" + Silent).Error.FullyQualifiedErrorId);
        Assert.DoesNotContain(server.Requests, ChangeSession.IsWrite);
        Assert.Empty(_change.Journal);
    }

    [Fact]
    public void Sessions_that_could_not_be_revoked_are_revoked_by_the_same_command_again()
    {
        using var server = _change.Serve(Prepare);
        server.Faults = (r, _) => r.Path.EndsWith("revokeSignInSessions", StringComparison.Ordinal) ? Fault.Reply(403, """{"error":{"code":"accessDenied","message":"No."}}""") : null;
        const string script = "Remove-PasskeyRegistration kenji.moreau@contoso.com -RevokeSession" + Silent;
        var first = _change.Run(script);
        Assert.Equal(("Removed", "NotRevoked"), (Assert.Single(first.Output).Text("Outcome"), first.Output[0].Text("SessionsRevoked")));
        Assert.Contains("go on", first.Error.Exception.Message, StringComparison.Ordinal);
        server.Faults = null;
        var row = Assert.Single(_change.Output(script));
        Assert.Equal(("NoneFound", "Revoked"), (row.Text("Outcome"), row.Text("SessionsRevoked")));
    }

    private static readonly Fault TurnedAway = Fault.Reply(429, """{"error":{"code":"TooManyRequests","message":"Slow down."}}""", ("Retry-After", "120"));

    [Fact]
    public async Task Stopped_while_it_reads_nothing_is_sent()
    {
        using var server = _change.Serve(Prepare);
        await _change.StopAt(server, "Remove-PasskeyRegistration anna.gupta@contoso.com -TargetType Synced" + Silent, r => (r.Path + r.Body).Contains("fido2Methods", StringComparison.Ordinal), Fault.Silence, TimeSpan.FromSeconds(5));
        Assert.DoesNotContain(server.Requests, ChangeSession.IsWrite);
        Assert.Empty(_change.Journal);
    }

    [Fact]
    public async Task Stopped_before_it_is_sent_again_nothing_more_is_sent_and_the_journal_says_so()
    {
        using var server = _change.Serve(Prepare);
        await _change.StopAt(server, "Remove-PasskeyRegistration anna.gupta@contoso.com -AllowLockout -RevokeSession" + Silent, r => r.Method == "DELETE", TurnedAway, TimeSpan.FromSeconds(5));
        Assert.Equal("DELETE", Assert.Single(server.Requests, ChangeSession.IsWrite).Method);
        // The passkey and the sessions.
        Assert.Equal(["NotSent", "NotSent"], _change.Outcomes());
    }

    [Fact]
    public async Task Stopped_while_a_passkey_is_removed_what_came_of_it_is_found_out_and_the_next_user_is_not_begun()
    {
        using var server = _change.Serve(Prepare);
        await _change.StopAt(server, "Remove-PasskeyRegistration anna.gupta@contoso.com, kenji.moreau@contoso.com -TargetType Synced -MaximumAffectedUser 2" + Silent, r => r.Method == "DELETE", null, TimeSpan.FromSeconds(40));
        Assert.Single(server.Requests, ChangeSession.IsWrite);
        Assert.Equal(["Applied"], _change.Outcomes());
    }

    [Fact]
    public void Sessions_of_members_of_a_group_that_go_on_are_ended_by_the_rows()
    {
        using var server = _change.Serve(Prepare);
        server.Faults = (r, _) => r.Path.EndsWith("revokeSignInSessions", StringComparison.Ordinal) ? Fault.Reply(403, """{"error":{"code":"accessDenied","message":"No."}}""") : null;
        var first = _change.Run("$rows = Remove-PasskeyRegistration -Group 'All employees' -Provider 'Apple Passwords' -NotAllowedByPolicy -RevokeSession -MaximumAffectedUser 3" + Silent + "; $rows");
        Assert.All(first.Output.Where(r => r.Text("Outcome") != "Refused"), r => Assert.Equal(("Removed", "NotRevoked"), (r.Text("Outcome"), r.Text("SessionsRevoked"))));
        server.Faults = null;
        // The command that the row names takes nothing else from the user.
        var command = first.Output.Single(r => r.Text("UserPrincipalName") == "anna.gupta@contoso.com").Text("Reason")!.Split(": ")[1];
        var row = Assert.Single(_change.Output(command + Silent));
        Assert.Equal(("AlreadyGone", "Revoked"), (row.Text("Outcome"), row.Text("SessionsRevoked")));
        Assert.Single(_change.Output("Get-PasskeyRegistration anna.gupta@contoso.com"));
        Assert.All(_change.Output("$rows | & { process { if ($_.Outcome -ne 'Refused') { $_ } } } | Remove-PasskeyRegistration -RevokeSession -MaximumAffectedUser 3" + Silent), r => Assert.Equal(("AlreadyGone", "Revoked"), (r.Text("Outcome"), r.Text("SessionsRevoked"))));
    }

    [Fact]
    public void An_error_costs_its_user_only()
    {
        using var server = _change.Serve(Prepare);
        server.Faults = (r, _) => r.Method == "DELETE" && r.Path.Contains("36b308a3", StringComparison.Ordinal) ? Fault.Reply(403, """{"error":{"code":"accessDenied","message":"No."}}""") : null;
        var result = _change.Run("Remove-PasskeyRegistration anna.gupta@contoso.com, kenji.moreau@contoso.com -TargetType Synced -MaximumAffectedUser 2" + Silent);
        Assert.Equal(("AccessDenied" + Id, "anna.gupta@contoso.com"), (result.Error.FullyQualifiedErrorId, result.Error.TargetObject));
        Assert.Equal(["anna.gupta@contoso.com Apple Passwords Failed", "kenji.moreau@contoso.com Apple Passwords Removed"], Rows(result));
    }

    [Fact]
    public void Whoever_may_not_read_the_policy_removes_what_is_certain_not_to_be_the_last_one()
    {
        _change.Connect(t =>
        {
            t["settings"] = new JsonObject { ["account"] = "joni.holloway@contoso.com" };
            t["directoryRoles"]!.AsArray().Add(new JsonObject { ["id"] = "30000000-0000-4000-8000-000000000002", ["roleTemplateId"] = "c4e39bd9-1100-46d3-8c65-fb160da0071f", ["displayName"] = "Authentication Administrator", ["members"] = new JsonArray("7ee023b1-2673-4c24-adbc-cde3c0ea18c9") });
        }, "helpdesk.json");
        var result = _change.Run("Remove-PasskeyRegistration kenji.moreau@contoso.com, tomas.graham@contoso.com" + Silent);
        Assert.Equal("LockoutRefused" + Id, result.Error.FullyQualifiedErrorId);
        Assert.StartsWith("Which passkeys work is not known, as the passkey policy could not be read.", result.Warnings[0], StringComparison.Ordinal);
        Assert.Equal(["kenji.moreau@contoso.com Apple Passwords Removed", "tomas.graham@contoso.com Apple Passwords Refused"], Rows(result));
        // An administrator may be an emergency account, as long as nobody says which ones there are.
        Assert.Equal("EmergencyAccountPasskeyRefused" + Id, _change.Run("Remove-PasskeyRegistration grady.gu@contoso.com -AllowLockout" + Silent).Error.FullyQualifiedErrorId);
        _change.Output("$contoso = Connect-PasskeyTenant -Sandbox -Path $file -EmergencyAccount joni.holloway@contoso.com");
        var refused = _change.Run("Remove-PasskeyRegistration grady.gu@contoso.com -AllowLockout" + Silent);
        Assert.Equal("AccessDenied" + Id, refused.Error.FullyQualifiedErrorId);
        Assert.Contains("grady.gu@contoso.com is an administrator (Global Administrator): that takes the role Privileged Authentication Administrator.", refused.Error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(["grady.gu@contoso.com Apple Passwords Failed"], Rows(refused));
    }

    [Theory]
    [InlineData("../../x")]
    [InlineData("a/b?c#d")]
    [InlineData("' ; Remove-Item x")]
    public void An_odd_id_leads_nowhere(string id)
    {
        _change.Set("id", id);
        var result = _change.Run("Remove-PasskeyRegistration -UserId anna.gupta@contoso.com -Id $id" + Silent);
        Assert.Equal("NotFound", Assert.Single(result.Output).Text("Outcome"));
        Assert.Equal(("PasskeyNotFound" + Id, "anna.gupta@contoso.com"), (result.Error.FullyQualifiedErrorId, result.Error.TargetObject));
        Assert.StartsWith("anna.gupta@contoso.com has no passkey with the id ", result.Error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(2, _change.Output("Get-PasskeyRegistration anna.gupta@contoso.com").Count);
        Assert.Empty(_change.Journal);
    }

    [Fact]
    public void An_id_of_another_user_is_no_success_and_blanks_around_one_are_none()
    {
        _change.Output("$p = Get-PasskeyRegistration anna.gupta@contoso.com");
        var other = _change.Run("[pscustomobject]@{ UserId = 'kenji.moreau@contoso.com'; Id = $p[0].Id } | Remove-PasskeyRegistration" + Silent);
        Assert.Equal(("NotFound", "PasskeyNotFound" + Id), (Assert.Single(other.Output).Text("Outcome"), other.Error.FullyQualifiedErrorId));
        Assert.Equal("Removed", Assert.Single(_change.Output("[pscustomobject]@{ UserId = ' anna.gupta@contoso.com'; Id = \" $($p[0].Id)`t\" } | Remove-PasskeyRegistration" + Silent)).Text("Outcome"));
    }

    [Fact]
    public void A_change_of_methods_is_none_of_the_policy()
    {
        _change.Output("$row = Remove-PasskeyRegistration anna.gupta@contoso.com -TargetType Synced" + Silent);
        foreach (var script in new[] { "Get-PasskeyPolicyChange -Id $row.ChangeId", "$row | Get-PasskeyPolicyChange", "Undo-PasskeyPolicyChange $row.ChangeId", "$row | Undo-PasskeyPolicyChange", "Get-PasskeyPolicyChange $row.ChangeId.Substring(0, 8)" })
        {
            var error = _change.Run(script).Error;
            Assert.StartsWith("ChangeNotOfPolicy,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.Contains(Path.GetFileName(Assert.Single(_change.Journal)), error.Exception.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("", "Removed", null)]
    [InlineData(Silent, "Refused", "EmergencyAccountPasskeyRefused")]
    public void From_an_emergency_account_nothing_is_removed_without_a_question(string silent, string outcome, string? error)
    {
        _change.Output("$contoso = Connect-PasskeyTenant -Sandbox -Path $file -EmergencyAccount anna.gupta@contoso.com");
        _change.Module.Answer("Yes");
        var result = _change.Run("Remove-PasskeyRegistration anna.gupta@contoso.com -TargetType Synced -AllowLockout" + silent);
        Assert.Equal(outcome, Assert.Single(result.Output).Text("Outcome"));
        Assert.Equal(error is null ? null : error + Id, result.Errors.SingleOrDefault()?.FullyQualifiedErrorId);
        if (error is null) Assert.Contains("(1 emergency account: anna.gupta@contoso.com)", Assert.Single(_change.Module.Questions), StringComparison.Ordinal);
    }

    [Fact]
    public void Passkeys_of_another_tenant_are_not_removed_here()
    {
        _change.Output("$p = Get-PasskeyRegistration anna.gupta@contoso.com");
        _change.Connect(t => t["organization"]!["id"] = "11111111-1111-4111-8111-111111111111", "other.json");
        Assert.All(_change.Run("$p | Remove-PasskeyRegistration" + Silent).Errors, e => Assert.Equal("WrongTenant" + Id, e.FullyQualifiedErrorId));
        Assert.Equal(2, _change.Output("Get-PasskeyRegistration anna.gupta@contoso.com").Count);
    }

    private static void Prepare(JsonObject tenant) => ChangeSession.Find(ChangeSession.PolicyOf(tenant), "passkeyProfiles", ChangeSession.Default)["passkeyTypes"] = "deviceBound";

    private static IEnumerable<string> Rows(RunResult result) => result.Output.Select(r => $"{r.Text("UserPrincipalName")} {r.Text("Provider")} {r.Text("Outcome")}").Order(StringComparer.Ordinal);
}
