using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using PasskeyAdmin.Tests.Engine;

namespace PasskeyAdmin.Tests.Commands;

/// <summary>Get-PasskeyPolicyChange and Undo-PasskeyPolicyChange.</summary>
[Collection(EngineGroup.Name)]
public sealed class PasskeyPolicyChangeTests : IDisposable
{
    private const string Get = ",PasskeyAdmin.Commands.GetPasskeyPolicyChangeCommand";
    private const string Undo = ",PasskeyAdmin.Commands.UndoPasskeyPolicyChangeCommand";
    private const string Rename = "Set-PasskeyProfile 'Synced pilot' -NewName Pilot";

    private readonly ChangeSession _tenant = new();

    public void Dispose() => _tenant.Dispose();

    [Fact]
    public void The_newest_change_comes_first_and_says_everything()
    {
        Assert.Empty(_tenant.Output("Get-PasskeyPolicyChange"));
        _tenant.Output($"{Rename}; Set-PasskeyPolicy -SelfServiceRegistration $false; Add-PasskeyProfileTarget Pilot Helpdesk");
        var changes = _tenant.Output("Get-PasskeyPolicyChange");
        Assert.Equal(["+ target Helpdesk (Pilot): Applied", "self-service registration: on -> off: Applied", "Synced pilot: name -> Pilot: Applied"], changes.Select(c => c.ToString()));
        var first = changes[2];
        Assert.Equal(("Set-PasskeyProfile", "Contoso", ChangeSession.TenantId, "Sandbox", "After", "None"), (first.Text("Command"), first.Text("TenantName"), first.Text("TenantId"), first.Text("Environment"), first.Text("TenantShows"), first.Text("OtherEdit")));
        Assert.Equal((null, null, null, (int?)0, (int?)0), (first.Text("UndoOf"), first.Text("UndoneBy"), first.Text("Detail"), (int?)first.Get("Affected"), (int?)first.Get("Stranded")));
        Assert.Equal(_tenant.Journal, changes.Select(c => c.Text("Path")!).Order(StringComparer.Ordinal));
        Assert.Equal(File.ReadAllText(first.Text("Path")!), first.Text("Document"));
    }

    [Theory]
    [InlineData("Get-PasskeyPolicyChange $id")]
    [InlineData("Get-PasskeyPolicyChange -Id $id.ToUpperInvariant()")]
    [InlineData("Get-PasskeyPolicyChange -ChangeId $id.Substring(0, 8)")]
    [InlineData("$change | Get-PasskeyPolicyChange")]
    [InlineData("[pscustomobject]@{ ChangeId = $id } | Get-PasskeyPolicyChange")]
    public void A_change_is_found_by_its_id_or_the_beginning_of_it(string script)
    {
        var id = _tenant.Output($"$change = {Rename} -PassThru; $id = $change.ChangeId; Set-PasskeyPolicy -SelfServiceRegistration $false; $id").Single().ToString();
        Assert.Equal(id, Assert.Single(_tenant.Output(script)).Text("ChangeId"));
    }

    [Theory]
    [InlineData("Get-PasskeyPolicyChange nobody", "ChangeNotFound", "nobody")]
    [InlineData("Get-PasskeyPolicyChange ' '", "ChangeNotFound", " ")]
    [InlineData("Get-PasskeyPolicyChange x -JournalPath ./nowhere", "ChangeNotFound", "x")]
    [InlineData("Get-PasskeyPolicyChange -JournalPath env:PATH", "PathNotFileSystem", "env:PATH")]
    [InlineData("Get-PasskeyPolicyChange ''", "ParameterArgumentValidationError", null)]
    public void A_change_that_is_not_there_is_an_error(string script, string id, string? target)
    {
        _tenant.Output(Rename);
        var result = _tenant.Run(script);
        Assert.Empty(result.Output);
        Assert.Equal((id + Get, target), (result.Error.FullyQualifiedErrorId, result.Error.TargetObject));
    }

    [Fact]
    public void Two_changes_with_the_same_beginning_are_told_apart()
    {
        var path = _tenant.Output($"({Rename} -PassThru).Path").Single().ToString();
        var twin = File.ReadAllText(path);
        var id = (string?)JsonNode.Parse(twin.Split('\n')[0])!["id"];
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(path)!, "twin.jsonl"), twin.Replace(id!, id![..10] + (id[10..].Replace('a', 'b').Replace('1', '2') is var end && end != id[10..] ? end : id[10..].Replace('0', '3')), StringComparison.Ordinal));
        _tenant.Set("id", id);
        Assert.Equal("ChangeAmbiguous" + Get, _tenant.Run("Get-PasskeyPolicyChange $id.Substring(0, 8)").Error.FullyQualifiedErrorId);
        Assert.Equal("ChangeAmbiguous" + Undo, _tenant.Refused("Undo-PasskeyPolicyChange $id.Substring(0, 8)").FullyQualifiedErrorId);
        Assert.Equal(id, Assert.Single(_tenant.Output("Get-PasskeyPolicyChange $id")).Text("ChangeId"));
    }

    [Fact]
    public void Changes_are_narrowed_to_a_tenant_and_a_time()
    {
        _tenant.Connect(t => t["settings"] = new JsonObject { ["now"] = "2026-11-01T09:00:00Z" });
        _tenant.Output(Rename);
        _tenant.Connect(t =>
        {
            t["settings"] = new JsonObject { ["now"] = "2026-11-23T09:00:00Z" };
            t["organization"]!["id"] = "11111111-2222-3333-4444-555555555555";
        }, "other.json");
        _tenant.Output("Set-PasskeyPolicy -SelfServiceRegistration $false");
        foreach (var (parameters, count) in new[]
        {
            ("", 2), ("-Since 2026-10-30", 2), ("-Since 2026-11-10", 1), ("-Since ([DateTimeOffset]'2026-12-01')", 0),
            ("-TenantId " + ChangeSession.TenantId.ToUpperInvariant(), 1), ("-TenantId 11111111-2222-3333-4444-555555555555 -Since 2026-11-10", 1), ("-TenantId " + ChangeSession.TenantId + " -Since 2026-11-10", 0), ("-TenantId ''", 2),
        }) Assert.Equal((parameters, count), (parameters, _tenant.Output($"Get-PasskeyPolicyChange {parameters}").Count));
        Assert.Equal(new DateTime(2026, 11, 23), ((DateTimeOffset)_tenant.Output("(Get-PasskeyPolicyChange)[0].ChangedAt").Single().BaseObject).UtcDateTime.Date);
    }

    [Fact]
    public void Damaged_files_are_an_error_each_and_hide_nothing()
    {
        var path = _tenant.Output($"({Rename} -PassThru).Path").Single().ToString();
        var (text, folder) = (File.ReadAllText(path), Path.GetDirectoryName(path)!);
        var head = text.Split('\n')[0];
        foreach (var (name, content) in new[]
        {
            ("empty", ""), ("nonsense", "nonsense"), ("half", text[..500]), ("other", head.Replace("PasskeyAdmin.Change", "PasskeyAdmin.Other", StringComparison.Ordinal)),
            ("newer", head.Replace("\"version\":1", "\"version\":2", StringComparison.Ordinal)), ("edited", head.Replace("deviceBound", "synced", StringComparison.Ordinal)), ("plan", (string)_tenant.Output($"(Set-PasskeyPolicy -State Disabled -PlanOnly).Document").Single().BaseObject),
        }) File.WriteAllText(Path.Combine(folder, $"{name}.jsonl"), content);
        File.WriteAllText(Path.Combine(folder, "note.txt"), "Not ours.");
        var result = _tenant.Run("Get-PasskeyPolicyChange");
        Assert.Equal("Synced pilot: name -> Pilot: Applied", Assert.Single(result.Output).ToString());
        Assert.Equal(7, result.Errors.Count);
        Assert.All(result.Errors, e => Assert.Equal("JournalUnreadable" + Get, e.FullyQualifiedErrorId));
        foreach (var name in new[] { "empty", "nonsense", "half", "other", "newer", "edited", "plan" }) Assert.Single(result.Errors, e => e.Exception.Message.Contains($"{name}.jsonl", StringComparison.Ordinal));
        Assert.Equal("Pilot: name -> Synced pilot", _tenant.Made($"Undo-PasskeyPolicyChange {Path.GetFileNameWithoutExtension(path).Split('-', 2)[1]} -PassThru"));
    }

    [Fact]
    public void Only_the_user_may_read_the_journal()
    {
        _tenant.Output(Rename);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Assert.Single(_tenant.Journal)));
    }

    [Fact]
    public void An_error_about_a_damaged_file_names_the_file_and_is_said_once()
    {
        _tenant.Output($"$change = {Rename} -PassThru; $again = Set-PasskeyPolicy -SelfServiceRegistration $false -PassThru");
        var damaged = Path.Combine(Path.GetDirectoryName(_tenant.Journal[0])!, "damaged.jsonl");
        File.WriteAllText(damaged, "nonsense");
        var result = _tenant.Run("$change, $again | Get-PasskeyPolicyChange");
        Assert.Equal(2, result.Output.Count);
        Assert.Equal(damaged, result.Error.TargetObject);
    }

    [Theory]
    [InlineData(1, "NotSent", "NotRead", "NotApplicable")]
    [InlineData(2, "Interrupted", "NotRead", "Unknown")]
    [InlineData(3, "Applied", "After", "Unknown")]
    [InlineData(4, "Applied", "After", "None")]
    public void A_journal_that_breaks_off_says_what_is_true(int lines, string outcome, string shows, string other)
    {
        var path = _tenant.Output($"({Rename} -PassThru).Path").Single().ToString();
        var text = File.ReadAllLines(path);
        Assert.Equal(4, text.Length);
        File.WriteAllText(path, string.Join("\n", text[..lines]) + "\n" + (lines < 4 ? text[lines][..20] : ""));
        var change = Assert.Single(_tenant.Output("Get-PasskeyPolicyChange"));
        Assert.Equal((outcome, shows, other), (change.Text("Outcome"), change.Text("TenantShows"), change.Text("OtherEdit")));
    }

    [Fact]
    public void The_audit_log_can_be_asked_again_later()
    {
        var path = _tenant.Output($"({Rename} -PassThru).Path").Single().ToString();
        // As if the log had not had it yet.
        File.WriteAllText(path, string.Concat(File.ReadAllLines(path).Take(3).Select(l => l + "\n")));
        Assert.Equal("Unknown", Assert.Single(_tenant.Output("Get-PasskeyPolicyChange")).Text("OtherEdit"));
        Assert.Equal("None", Assert.Single(_tenant.Output("Get-PasskeyPolicyChange -CheckAudit")).Text("OtherEdit"));
        Assert.Equal("None", Assert.Single(_tenant.Output("Get-PasskeyPolicyChange -Tenant (Get-PasskeyTenant)")).Text("OtherEdit"));
        Assert.Equal(4, File.ReadAllLines(path).Length);
        Assert.Equal("NotConnected" + Get, _tenant.Run("Disconnect-PasskeyTenant; Get-PasskeyPolicyChange -CheckAudit").Error.FullyQualifiedErrorId);
    }

    [Fact]
    public void It_needs_no_tenant_and_one_from_the_pipeline_narrows_it()
    {
        _tenant.Output($"{Rename}; Disconnect-PasskeyTenant");
        // What was tried out in a sandbox is not among the changes of real tenants.
        Assert.Empty(_tenant.Output("Get-PasskeyPolicyChange"));
        var folder = Path.GetDirectoryName(Assert.Single(_tenant.Journal))!;
        Assert.Single(_tenant.Output($"Get-PasskeyPolicyChange -JournalPath '{folder}'"));
        Assert.Single(_tenant.Output($"$contoso | Get-PasskeyPolicyChange -JournalPath '{folder}'"));
        Assert.Empty(_tenant.Output($"Get-PasskeyPolicyChange -JournalPath '{folder}' -TenantId other"));
    }

    [Theory]
    [InlineData("$change | Undo-PasskeyPolicyChange")]
    [InlineData("Undo-PasskeyPolicyChange $change")]
    [InlineData("Undo-PasskeyPolicyChange $change.ChangeId")]
    [InlineData("Undo-PasskeyPolicyChange -ChangeId $change.ChangeId.Substring(0, 8).ToUpperInvariant()")]
    [InlineData("$change.ChangeId | Undo-PasskeyPolicyChange")]
    [InlineData("Get-PasskeyPolicyChange | Undo-PasskeyPolicyChange")]
    [InlineData("[IO.File]::Delete($change.Path); $change | Undo-PasskeyPolicyChange")]
    [InlineData("[IO.File]::Delete($change.Path); Undo-PasskeyPolicyChange $change.Document")]
    [InlineData("[IO.File]::Delete($change.Path); $serializer::Deserialize($serializer::Serialize($change)) | Undo-PasskeyPolicyChange")]
    [InlineData("Undo-PasskeyPolicyChange $change -JournalPath ./elsewhere")]
    public void A_change_is_undone(string script)
    {
        var before = _tenant.Policy.ToJsonString();
        _tenant.Output($"$change = Set-PasskeyProfile 'Synced pilot' -NewName Pilot -AllowProvider Dashlane, 'YubiKey 5*' -TargetType DeviceBound -Confirm:$false -PassThru; $serializer = [System.Management.Automation.PSSerializer]");
        Assert.NotEqual(before, _tenant.Policy.ToJsonString());
        _tenant.Made($"{script} -PassThru -Confirm:$false");
        Assert.Equal(Sorted(before), Sorted(_tenant.Policy.ToJsonString()));
    }

    [Fact]
    public void Both_changes_say_which_belongs_to_which()
    {
        _tenant.Output($"$change = {Rename} -PassThru; $undo = Undo-PasskeyPolicyChange $change -PassThru");
        var (undo, change) = (_tenant.Output("$undo").Single(), _tenant.Output("Get-PasskeyPolicyChange $change.ChangeId").Single());
        Assert.Equal((change.Text("ChangeId"), "Undo-PasskeyPolicyChange", "Pilot: name -> Synced pilot"), (undo.Text("UndoOf"), undo.Text("Command"), undo.Text("Difference")));
        Assert.Equal(undo.Text("ChangeId"), change.Text("UndoneBy"));
        Assert.Contains("undone by", _tenant.Module.Shown("Get-PasskeyPolicyChange"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_undo_is_undone_and_what_is_undone_already_is_not_written()
    {
        _tenant.Output($"$change = {Rename} -PassThru; $undo = Undo-PasskeyPolicyChange $change -PassThru");
        _tenant.NothingToDo("Undo-PasskeyPolicyChange $change");
        Assert.Equal("Synced pilot: name -> Pilot", _tenant.Made("$redo = Undo-PasskeyPolicyChange $undo -PassThru; $redo"));
        Assert.Equal("Pilot: name -> Synced pilot", _tenant.Made("Undo-PasskeyPolicyChange $redo -PassThru"));
    }

    [Fact]
    public void What_somebody_else_did_elsewhere_stays()
    {
        _tenant.Output("$change = Set-PasskeyProfile 'Synced pilot' -AddProvider Dashlane -NewName Pilot -PassThru; Set-PasskeyProfile Pilot -AddProvider Enpass; Add-PasskeyProfileTarget Pilot Helpdesk; Set-PasskeyPolicy -SelfServiceRegistration $false");
        Assert.Equal("Pilot: name -> Synced pilot; Pilot: - provider Dashlane", _tenant.Made("Undo-PasskeyPolicyChange $change -PassThru -Confirm:$false"));
        Assert.False((bool)_tenant.Policy["isSelfServiceRegistrationAllowed"]!);
        Assert.Contains("Enpass", _tenant.Output("(Get-PasskeyProfile 'Synced pilot').Allows").Single().ToString(), StringComparison.Ordinal);
        Assert.Single(_tenant.Output("Get-PasskeyProfileTarget -Group Helpdesk"));
    }

    [Theory]
    [InlineData("Set-PasskeyProfile 'Synced pilot' -NewName Pilot", "Set-PasskeyProfile Pilot -NewName Wave", "name -> Wave")]
    [InlineData("Set-PasskeyProfile 'Synced pilot' -ClearRestriction", "Set-PasskeyProfile 'Synced pilot' -BlockProvider Dashlane", "any provider -> all but Dashlane")]
    [InlineData("Set-PasskeyProfile 'Synced pilot' -TargetType Synced", "Set-PasskeyProfile 'Synced pilot' -TargetType DeviceBound", "+ passkey type DeviceBound")]
    [InlineData("New-PasskeyProfile X -TargetType Synced -Group Helpdesk", "Set-PasskeyProfile X -NewName Y", "name -> Y")]
    [InlineData("Add-PasskeyProfileTarget 'Synced pilot' Helpdesk", "Add-PasskeyProfileTarget $default Helpdesk", "+ profile Default passkey profile")]
    public void What_somebody_else_did_in_the_same_place_stops_it(string change, string later, string difference)
    {
        _tenant.Output($"$change = {change} -PassThru -Confirm:$false 3>$null");
        _tenant.Output($"{later} -Confirm:$false 3>$null");
        var error = _tenant.Refused("Undo-PasskeyPolicyChange $change -Confirm:$false");
        Assert.Equal("PolicyChangedSinceChange" + Undo, error.FullyQualifiedErrorId);
        Assert.Contains(difference, error.Exception.Message, StringComparison.Ordinal);
        // The later one first, and both go.
        _tenant.Output("Undo-PasskeyPolicyChange (Get-PasskeyPolicyChange)[0] -Confirm:$false 3>$null; Undo-PasskeyPolicyChange $change -Confirm:$false 3>$null");
    }

    [Theory]
    [InlineData("New-PasskeyProfile X -TargetType Synced")]
    [InlineData("New-PasskeyProfile X -TargetType Synced -Group Helpdesk")]
    [InlineData("New-PasskeyProfile X -TargetType Synced -AllUsers")]
    public void A_new_profile_is_deleted_again_and_comes_back(string script)
    {
        var before = Sorted(_tenant.Policy.ToJsonString());
        _tenant.Output($"$change = {script} -PassThru 3>$null");
        Assert.StartsWith("- profile X", _tenant.Made("$undo = Undo-PasskeyPolicyChange $change -PassThru 3>$null; $undo"), StringComparison.Ordinal);
        Assert.Equal(before, Sorted(_tenant.Policy.ToJsonString()));
        Assert.StartsWith("+ profile X", _tenant.Made("$redo = Undo-PasskeyPolicyChange $undo -PassThru 3>$null; $redo"), StringComparison.Ordinal);
        Assert.StartsWith("- profile X", _tenant.Made("Undo-PasskeyPolicyChange $redo -PassThru 3>$null"), StringComparison.Ordinal);
        Assert.Equal(before, Sorted(_tenant.Policy.ToJsonString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Get-PasskeyPolicyChange | Out-Null; ")]
    public void A_profile_that_was_deleted_comes_back_under_a_new_id_and_older_changes_can_still_be_undone(string between)
    {
        var before = _tenant.Policy;
        _tenant.Output("$renamed = Set-PasskeyProfile 'Synced pilot' -NewName Pilot -PassThru; $taken = Get-PasskeyProfileTarget Pilot | Remove-PasskeyProfileTarget -PassThru 3>$null; $deleted = Remove-PasskeyProfile Pilot -PassThru");
        Assert.StartsWith("+ profile Pilot", _tenant.Made($"{between}Undo-PasskeyPolicyChange $deleted -PassThru 3>$null"), StringComparison.Ordinal);
        var id = (string?)ChangeSession.Find(_tenant.Policy, "passkeyProfiles", "Pilot")["id"];
        Assert.NotEqual(ChangeSession.Pilot, id);
        Assert.Equal("+ target Passkey pilot (Pilot)", _tenant.Made($"{between}Undo-PasskeyPolicyChange $taken -PassThru"));
        Assert.Equal("Pilot: name -> Synced pilot", _tenant.Made($"{between}Undo-PasskeyPolicyChange $renamed.ChangeId -PassThru"));
        Assert.Equal(Sorted(before.ToJsonString()), Sorted(_tenant.Policy.ToJsonString().Replace(id!, ChangeSession.Pilot, StringComparison.Ordinal)));
    }

    [Fact]
    public void All_changes_are_taken_back_one_after_the_other()
    {
        var before = _tenant.Policy;
        _tenant.Output("""
            New-PasskeyProfile X -TargetType Synced -Group Helpdesk 3>$null
            Add-PasskeyProfileTarget X 'External partners'
            Set-PasskeyProfile X -NewName Y -BlockProvider Dashlane -Confirm:$false
            Remove-PasskeyProfileTarget Y Helpdesk -Confirm:$false 3>$null
            Set-PasskeyPolicy -AddExcludedGroup Helpdesk -RemoveExcludedGroup 'Shared kiosk accounts' -Confirm:$false
            Get-PasskeyProfileTarget Y | Remove-PasskeyProfileTarget -Confirm:$false 3>$null
            Remove-PasskeyProfile Y -Confirm:$false
            """);
        Assert.Equal(7, _tenant.Output("Get-PasskeyPolicyChange | Undo-PasskeyPolicyChange -PassThru -Confirm:$false 3>$null").Count);
        Assert.Equal(Sorted(before.ToJsonString()), Sorted(_tenant.Policy.ToJsonString()));
    }

    [Theory]
    [InlineData("Undo-PasskeyPolicyChange nobody", "ChangeNotFound")]
    [InlineData("Undo-PasskeyPolicyChange ''", "ChangeNotFound")]
    [InlineData("Undo-PasskeyPolicyChange ' '", "ChangeNotFound")]
    [InlineData("Undo-PasskeyPolicyChange $null", "ChangeNotFound")]
    [InlineData("Undo-PasskeyPolicyChange 7", "ChangeNotFound")]
    [InlineData("Undo-PasskeyPolicyChange @{}", "ChangeNotFound")]
    [InlineData("Undo-PasskeyPolicyChange $change.ChangeId -JournalPath ./nowhere", "ChangeNotFound")]
    [InlineData("Undo-PasskeyPolicyChange '{\"format\":\"PasskeyAdmin.Change\"}'", "JournalUnreadable")]
    [InlineData("Undo-PasskeyPolicyChange $change.Document.Replace('deviceBound', 'synced')", "JournalUnreadable")]
    [InlineData("Undo-PasskeyPolicyChange $change -JournalPath ./taken", "JournalNotWritable")]
    [InlineData("Undo-PasskeyPolicyChange $change -SkipImpact -MaximumAffectedUser 1", "SkipImpactWithLimit")]
    [InlineData("Disconnect-PasskeyTenant; Undo-PasskeyPolicyChange $change", "NotConnected")]
    public void What_cannot_be_undone_is_an_error_and_changes_nothing(string script, string id)
    {
        _tenant.Module.File("taken", "");
        _tenant.Output($"$change = {Rename} -PassThru");
        Assert.Equal(id + Undo, _tenant.Refused(script).FullyQualifiedErrorId);
    }

    [Fact]
    public void A_change_of_another_tenant_is_not_undone_here()
    {
        _tenant.Output($"$change = {Rename} -PassThru");
        _tenant.Connect(t => t["organization"]!["id"] = "11111111-2222-3333-4444-555555555555", "other.json");
        Assert.Equal("ChangeOfOtherTenant" + Undo, _tenant.Refused("Undo-PasskeyPolicyChange $change.ChangeId").FullyQualifiedErrorId);
        Assert.Equal("ChangeOfOtherTenant" + Undo, _tenant.Refused("Undo-PasskeyPolicyChange $change").FullyQualifiedErrorId);
        Assert.Equal("WrongTenant" + Undo, _tenant.Refused("$change | Undo-PasskeyPolicyChange").FullyQualifiedErrorId);
    }

    [Fact]
    public void An_undo_is_guarded_like_any_change()
    {
        _tenant.Output("$change = Set-PasskeyPolicy -RemoveExcludedGroup 'Shared kiosk accounts' -PassThru; $wider = Add-PasskeyProfileTarget 'Synced pilot' Helpdesk -PassThru");
        _tenant.Output("$narrow = Set-PasskeyProfile $default -TargetType DeviceBound -AllowLockout -Confirm:$false -MaximumAffectedUser 3 -PassThru; $wide = Undo-PasskeyPolicyChange $narrow -PassThru");
        Assert.Equal("LockoutRefused" + Undo, _tenant.Refused("Undo-PasskeyPolicyChange $wide -Confirm:$false").FullyQualifiedErrorId);
        Assert.Equal("TooManyAffectedUsers" + Undo, _tenant.Refused("Undo-PasskeyPolicyChange $wide -AllowLockout -Confirm:$false").FullyQualifiedErrorId);
        Assert.Contains("  Default passkey profile: - passkey type Synced\nIt takes passkeys from 3 users", _tenant.Module.Shown("Undo-PasskeyPolicyChange $wide -WhatIf"), StringComparison.Ordinal);
        var plan = _tenant.Output("Undo-PasskeyPolicyChange $wide -PlanOnly").Single();
        Assert.Equal(("Undo-PasskeyPolicyChange", "Default passkey profile: - passkey type Synced"), (plan.Text("Command"), plan.ToString()));
        Assert.Equal(4, _tenant.Journal.Count);
        var undone = Assert.Single(_tenant.Output("Undo-PasskeyPolicyChange $wide -PlanOnly | Invoke-PasskeyPolicyPlan -AllowLockout -Confirm:$false -MaximumAffectedUser 3 -PassThru"));
        Assert.Equal(_tenant.Output("$wide.ChangeId").Single().ToString(), undone.Text("UndoOf"));
    }

    [Fact]
    public void Nothing_comes_out_unless_asked_for() => Assert.Empty(_tenant.Output($"{Rename}; Get-PasskeyPolicyChange | Undo-PasskeyPolicyChange"));

    [Fact]
    public void The_views_say_what_matters()
    {
        var id = _tenant.Output($"({Rename} -PassThru).ChangeId").Single().ToString();
        var at = ((DateTimeOffset)_tenant.Output("(Get-PasskeyPolicyChange).ChangedAt").Single().BaseObject).UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var shown = _tenant.Module.Shown("Get-PasskeyPolicyChange");
        Assert.Matches($@"{id[..8]} +{at} .*Synced pilot: name -> Pilot +Applied", shown);
    }

    /// <summary>What lists hold matters, and not in which order.</summary>
    private static string Sorted(string json) => Sorted(JsonNode.Parse(json)!);

    private static string Sorted(JsonNode? node) => node switch
    {
        JsonObject item => $"{{{string.Join(",", item.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}:{Sorted(p.Value)}"))}}}",
        JsonArray list => $"[{string.Join(",", list.Select(Sorted).Order(StringComparer.Ordinal))}]",
        null => "null",
        _ => node.ToJsonString(),
    };
}
