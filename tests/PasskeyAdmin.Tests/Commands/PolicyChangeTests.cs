using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using PasskeyAdmin.Testing;
using PasskeyAdmin.Tests.Engine;

namespace PasskeyAdmin.Tests.Commands;

/// <summary>What every command has that changes the policy: the guard, the question, -WhatIf, -PlanOnly, and the road of a change. Set-PasskeyProfile stands for all of them.</summary>
[Collection(EngineGroup.Name)]
public sealed class PolicyChangeTests : IDisposable
{
    private const string Id = ",PasskeyAdmin.Commands.SetPasskeyProfileCommand";
    private const string Script = "Set-PasskeyProfile $default -TargetType DeviceBound";
    private const string Numbers = "It takes passkeys from 3 users: 1 would have no phishing-resistant way to sign in left (1 administrator: grady.gu@contoso.com)";

    private readonly ChangeSession _tenant = new();

    public void Dispose() => _tenant.Dispose();

    [Theory]
    [InlineData("", "LockoutRefused")]
    [InlineData("-Confirm:$false", "LockoutRefused")]
    [InlineData("-Confirm:$false -MaximumAffectedUser 3", "LockoutRefused")]
    [InlineData("-Confirm:$false -AllowLockout", "TooManyAffectedUsers")]
    [InlineData("-Confirm:$false -AllowLockout -MaximumAffectedUser 2", "TooManyAffectedUsers")]
    [InlineData("-AllowLockout -MaximumAffectedUser 2", "TooManyAffectedUsers")]
    [InlineData("-Confirm:$false -SkipImpact", "ImpactNotMeasured")]
    [InlineData("-AllowLockout", "ConfirmationUnavailable")]
    [InlineData("-SkipImpact -AllowLockout", "ConfirmationUnavailable")]
    [InlineData("-AllowLockout -Confirm", "ConfirmationUnavailable")]
    public void A_change_that_takes_sign_in_away_is_refused_unless_somebody_says_how_much(string parameters, string id)
    {
        var error = _tenant.Refused($"{Script} {parameters}");
        Assert.Equal(id + Id, error.FullyQualifiedErrorId);
        Assert.Contains("Nothing was sent.", error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$ConfirmPreference = 'None'; " + Script, "LockoutRefused")]
    [InlineData("$ConfirmPreference = 'None'; " + Script + " -AllowLockout", "TooManyAffectedUsers")]
    [InlineData("$ConfirmPreference = 'None'; " + Script + " -SkipImpact", "ImpactNotMeasured")]
    [InlineData("$ConfirmPreference = 'Low'; Set-PasskeyProfile 'Synced pilot' -ClearRestriction", "ConfirmationUnavailable")]
    public void The_preference_counts_as_the_parameter_does(string script, string id) => Assert.Equal(id + Id, _tenant.Refused(script).FullyQualifiedErrorId);

    [Theory]
    [InlineData("-Confirm:$false -AllowLockout -MaximumAffectedUser 3", 3, 1)]
    [InlineData("-Confirm:$false -SkipImpact -AllowLockout", null, null)]
    public void What_was_allowed_is_made_and_journalled(string parameters, int? affected, int? stranded)
    {
        Assert.Equal("Default passkey profile: - passkey type Synced", _tenant.Made($"{Script} {parameters} -PassThru"));
        var change = Assert.Single(_tenant.Output("Get-PasskeyPolicyChange"));
        Assert.Equal((affected, stranded, affected is not null), ((int?)change.Get("Affected"), (int?)change.Get("Stranded"), (bool)change.Get("IsImpactMeasured")!));
        var head = JsonNode.Parse(File.ReadLines(Assert.Single(_tenant.Journal)).First())!;
        Assert.Equal((true, affected is null, true), ((bool)head["guard"]!["allowLockout"]!, (bool)head["guard"]!["skipImpact"]!, (bool)head["guard"]!["isSilent"]!));
        // Who they are is nobody's business later on.
        Assert.DoesNotContain("grady", File.ReadAllText(_tenant.Journal[0]), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Whoever_is_asked_sees_the_numbers_and_a_blank_line_means_no()
    {
        _tenant.Module.Answer("No");
        var policy = _tenant.Policy.ToJsonString();
        Assert.Empty(_tenant.Output($"{Script} -AllowLockout -PassThru"));
        Assert.Equal(policy, _tenant.Policy.ToJsonString());
        Assert.Empty(_tenant.Journal);
        var question = Assert.Single(_tenant.Module.Questions);
        Assert.Contains("Change the passkey policy of Contoso:\n  Default passkey profile: - passkey type Synced\n" + Numbers, question, StringComparison.Ordinal);
        Assert.Contains("1 would lose", question, StringComparison.Ordinal);
        Assert.EndsWith("[&No]", question, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Yes")]
    [InlineData("Yes to All")]
    public void A_yes_makes_the_change(string answer)
    {
        _tenant.Module.Answer(answer);
        Assert.Equal("Default passkey profile: - passkey type Synced", _tenant.Made($"{Script} -AllowLockout -PassThru"));
        Assert.Single(_tenant.Module.Questions);
    }

    [Fact]
    public void One_question_is_asked_and_none_where_nobody_loses()
    {
        _tenant.Module.Answer("Yes");
        _tenant.Made("Set-PasskeyProfile 'Synced pilot' -ClearRestriction -PassThru");
        Assert.Empty(_tenant.Module.Questions);
        _tenant.Made("Set-PasskeyProfile 'Synced pilot' -AllowProvider Dashlane -PassThru -Confirm");
        Assert.Single(_tenant.Module.Questions);
        _tenant.Made("Set-PasskeyProfile $default -BlockProvider Dashlane -PassThru -SkipImpact");
        Assert.Contains("Whom it affects was not measured (-SkipImpact).", _tenant.Module.Questions[1], StringComparison.Ordinal);
        Assert.Equal(2, _tenant.Module.Questions.Count);
    }

    [Theory]
    [InlineData("Set-PasskeyProfile $default -TargetType DeviceBound -WhatIf")]
    [InlineData("Set-PasskeyProfile $default -TargetType DeviceBound -WhatIf -AllowLockout -Confirm:$false -MaximumAffectedUser 3")]
    [InlineData("$WhatIfPreference = $true; Set-PasskeyProfile $default -TargetType DeviceBound")]
    [InlineData("Set-PasskeyProfile $default -TargetType DeviceBound -PlanOnly")]
    [InlineData("Set-PasskeyProfile $default -TargetType DeviceBound -PlanOnly -WhatIf")]
    [InlineData("New-PasskeyProfile X -TargetType Synced -Group Helpdesk -WhatIf")]
    [InlineData("Remove-PasskeyProfileTarget -AllUsers -WhatIf")]
    [InlineData("Add-PasskeyProfileTarget 'Synced pilot' Helpdesk -WhatIf")]
    [InlineData("Set-PasskeyPolicy -State Disabled -WhatIf")]
    [InlineData("Set-PasskeyProfile $default -NewName X -PlanOnly | Invoke-PasskeyPolicyPlan -WhatIf")]
    public void To_look_sends_no_write_and_leaves_no_trace(string script)
    {
        using var server = _tenant.Serve();
        Assert.Empty(_tenant.Run(script).Errors);
        Assert.NotEmpty(ChangeSession.OfPolicy(server));
        Assert.DoesNotContain(server.Requests, ChangeSession.IsWrite);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_tenant.Module.Home));
    }

    [Fact]
    public void What_if_tells_the_difference_and_the_numbers_and_what_would_be_refused()
    {
        var shown = _tenant.Module.Shown($"{Script} -WhatIf");
        Assert.Contains("What if: Change the passkey policy of Contoso:\n  Default passkey profile: - passkey type Synced\n" + Numbers, shown, StringComparison.Ordinal);
        Assert.Contains("It would be refused (LockoutRefused): 1 user would have no phishing-resistant way to sign in left (1 administrator: grady.gu@contoso.com).", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("It would be refused", _tenant.Module.Shown($"{Script} -WhatIf -AllowLockout"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_grammar_of_one_is_right()
    {
        var shown = _tenant.Module.Shown("Set-PasskeyProfile $default -TargetType Synced -WhatIf");
        Assert.Contains("It takes passkeys from 1 user: 1 would lose a passkey and keep another one", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_is_not_known_about_is_a_limit_of_its_own()
    {
        // The report leaves open which passkey it is, and the passkeys themselves may not be read.
        MayOnly("Policy.ReadWrite.AuthenticationMethod", "AuditLog.Read.All", "Directory.Read.All", "Policy.Read.All");
        const string script = "Set-PasskeyProfile $default -BlockProvider 'Apple Passwords' -AllowLockout -Confirm:$false -MaximumAffectedUser 9";
        var error = _tenant.Refused(script);
        Assert.Equal("TooManyUnknownUsers" + Id, error.FullyQualifiedErrorId);
        Assert.Contains("-MaximumUnknownUser 4 accepts that.", error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal("TooManyUnknownUsers" + Id, _tenant.Refused($"{script} -MaximumUnknownUser 3").FullyQualifiedErrorId);
        Assert.Contains(_tenant.Run($"{script} -WhatIf").Warnings, w => w.StartsWith("It would be refused (TooManyUnknownUsers)", StringComparison.Ordinal));
        Assert.Equal("Default passkey profile: providers: any provider -> all but Apple Passwords", _tenant.Made($"{script} -MaximumUnknownUser 4 -PassThru"));
        Assert.Equal(4, Assert.Single(_tenant.Output("Get-PasskeyPolicyChange")).Get("Unknown"));
    }

    [Fact]
    public void Numbers_in_which_somebody_may_be_missing_are_not_taken_for_none()
    {
        // Whom the report leaves out is not known where the users may not be read.
        MayOnly("Policy.ReadWrite.AuthenticationMethod", "AuditLog.Read.All", "GroupMember.Read.All", "Policy.Read.All", "UserAuthenticationMethod.Read.All", "Organization.Read.All", "RoleManagement.Read.Directory");
        const string script = "Set-PasskeyProfile $default -BlockProvider Dashlane -Confirm:$false -MaximumAffectedUser 9 -MaximumUnknownUser 99";
        Assert.Equal("ImpactIncomplete" + Id, _tenant.Refused(script).FullyQualifiedErrorId);
        Assert.Equal("Default passkey profile: providers: any provider -> all but Dashlane", _tenant.Made($"{script} -AllowLockout -PassThru"));
    }

    [Fact]
    public void Reading_that_takes_long_needs_a_word()
    {
        using var server = _tenant.Serve();
        server.Faults = (r, _) => r.Path.Contains("users?$count", StringComparison.Ordinal) ? Fault.Reply(200, """{"@odata.count":2000000,"value":[{"id":"x"}]}""") : null;
        var error = _tenant.Run($"{Script} -WhatIf").Error;
        Assert.Equal("ImpactTakesLong" + Id, error.FullyQualifiedErrorId);
        Assert.Contains("at least 1 h", error.Exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Requests, r => r.Path.Contains("userRegistrationDetails", StringComparison.Ordinal));
        Assert.Empty(_tenant.Run($"{Script} -WhatIf -Wait").Errors);
    }

    [Fact]
    public void A_checkpoint_saves_reading_twice()
    {
        using var server = _tenant.Serve();
        Assert.Empty(_tenant.Run($"{Script} -WhatIf -CheckpointPath ./run").Errors);
        var read = server.Requests.Count(r => r.Path.Contains("userRegistrationDetails", StringComparison.Ordinal));
        Assert.Empty(_tenant.Run($"{Script} -WhatIf -CheckpointPath ./run").Errors);
        Assert.Equal((1, 1), (read, server.Requests.Count(r => r.Path.Contains("userRegistrationDetails", StringComparison.Ordinal))));
        Assert.Equal("CheckpointNotWritable" + Id, _tenant.Run($"{Script} -WhatIf -CheckpointPath ./no/where").Error.FullyQualifiedErrorId);
    }

    [Theory]
    [InlineData("-JournalPath ./taken")]
    [InlineData("-JournalPath ./taken/below")]
    [InlineData("-JournalPath ./readonly/below")]
    public void Without_a_journal_nothing_is_written(string parameters)
    {
        _tenant.Module.File("taken", "");
        var folder = Directory.CreateDirectory(Path.Combine(_tenant.Module.Folder, "readonly"));
        // Who may do everything may write into any folder.
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess) _tenant.Module.File("readonly/below", "");
        else File.SetUnixFileMode(folder.FullName, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var error = _tenant.Refused($"Set-PasskeyProfile 'Synced pilot' -ClearRestriction {parameters}");
        Assert.Equal(("JournalNotWritable" + Id, ErrorCategory.ResourceUnavailable), (error.FullyQualifiedErrorId, error.CategoryInfo.Category));
        Assert.Contains("-JournalPath", error.Exception.Message, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public void The_journal_may_be_kept_elsewhere()
    {
        var change = Assert.Single(_tenant.Output("Set-PasskeyProfile 'Synced pilot' -ClearRestriction -JournalPath ./runs/today -PassThru"));
        Assert.Equal(Path.Combine(_tenant.Module.Folder, "runs", "today"), Path.GetDirectoryName(change.Text("Path")));
        Assert.Equal(File.ReadAllText(change.Text("Path")!), change.Text("Document"));
        Assert.Empty(_tenant.Journal);
        Assert.Equal(change.Text("ChangeId"), Assert.Single(_tenant.Output("Get-PasskeyPolicyChange -JournalPath ./runs/today")).Text("ChangeId"));
    }

    [Fact]
    public void An_edit_between_the_plan_and_the_write_stops_it()
    {
        using var server = _tenant.Serve();
        var policy = ChangeSession.PolicyOf(JsonNode.Parse(ChangeSession.Tenant())!);
        policy["isSelfServiceRegistrationAllowed"] = false;
        var edited = policy.ToJsonString();
        var asked = 0;
        server.Faults = (r, _) => r.Path.Contains("configurations/fido2", StringComparison.OrdinalIgnoreCase) && ++asked > 1 ? Fault.Reply(200, edited) : null;
        var result = _tenant.Run("Set-PasskeyProfile 'Synced pilot' -NewName Pilot -PassThru");
        Assert.Equal("PolicyChangedSincePlan" + Id, result.Error.FullyQualifiedErrorId);
        Assert.Contains("self-service registration: on -> off", result.Error.Exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Requests, ChangeSession.IsWrite);
        Assert.Equal(("NotSent", "NotApplicable"), (Assert.Single(result.Output).Text("Outcome"), result.Output[0].Text("OtherEdit")));
        Assert.Equal("NotSent", Assert.Single(_tenant.Output("Get-PasskeyPolicyChange")).Text("Outcome"));
    }

    [Fact]
    public void A_change_takes_no_more_than_four_requests_to_the_policy_and_leaves_no_token_behind()
    {
        using var server = _tenant.Serve(token: "a-very-secret-token");
        var plan = Assert.Single(_tenant.Output("$plan = Set-PasskeyProfile 'Synced pilot' -ClearRestriction -PlanOnly; $plan"));
        var before = ChangeSession.OfPolicy(server).Count;
        var change = Assert.Single(_tenant.Output("Set-PasskeyProfile 'Synced pilot' -ClearRestriction -PassThru"));
        Assert.Equal("Applied", change.Text("Outcome"));
        var asked = ChangeSession.OfPolicy(server).Skip(before).ToList();
        Assert.InRange(asked.Count, 1, 4);
        var write = Assert.Single(server.Requests, ChangeSession.IsWrite);
        Assert.Equal(("PATCH", "#microsoft.graph.fido2AuthenticationMethodConfiguration"), (write.Method, (string?)JsonNode.Parse(write.Body)!["@odata.type"]));
        Assert.Equal(["@odata.type", "passkeyProfiles"], JsonNode.Parse(write.Body)!.AsObject().Select(p => p.Key));
        // The plan showed just that.
        Assert.Equal(_tenant.Output("$plan.Request[0].Body").Single().ToString(), write.Body);
        Assert.Equal("PATCH " + write.Path, _tenant.Output("\"$($plan.Request[0].Method) $($plan.Request[0].Path)\"").Single().ToString());
        var file = Assert.Single(_tenant.Journal);
        Assert.DoesNotContain("a-very-secret-token", File.ReadAllText(file) + plan.Text("Document") + change.Text("Document"), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("bearer", File.ReadAllText(file), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task It_stops_when_told_to_and_writes_nothing()
    {
        using var server = _tenant.Serve();
        var isAsked = new TaskCompletionSource();
        server.Faults = (r, _) =>
        {
            if (!r.Path.Contains("userRegistrationDetails", StringComparison.Ordinal)) return null;
            isAsked.TrySetResult();
            return Fault.Silence;
        };
        using var shell = PowerShell.Create(_tenant.Module.Runspace);
        shell.AddScript($"{Script} -AllowLockout -Confirm:$false -MaximumAffectedUser 9");
        var running = shell.BeginInvoke();
        await isAsked.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await shell.StopAsync(null, null).WaitAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
        Assert.DoesNotContain(server.Requests, ChangeSession.IsWrite);
        Assert.Empty(_tenant.Journal);
        _ = running;
    }

    [Fact]
    public void What_is_refused_for_all_items_of_a_pipeline_is_not_put_down_to_the_first()
    {
        var result = _tenant.Run("[pscustomobject]@{ ProfileId = 'nobody' }, (Get-PasskeyProfile $default) | Set-PasskeyProfile -TargetType DeviceBound -Confirm:$false");
        Assert.Equal(["ProfileNotFound" + Id, "LockoutRefused" + Id], result.Errors.Select(e => e.FullyQualifiedErrorId));
        Assert.Equal("nobody", result.Errors[0].TargetObject);
        Assert.NotEqual("nobody", result.Errors[1].TargetObject);
        Assert.Empty(_tenant.Journal);
    }

    [Fact]
    public void A_question_stays_readable_however_much_changes()
    {
        _tenant.Module.Answer("No");
        Assert.Empty(_tenant.Output("Set-PasskeyProfile $default -BlockProvider * -AllowLockout"));
        Assert.Empty(_tenant.Output("Set-PasskeyProfile 'Synced pilot' -AllowProvider * -Confirm"));
        Assert.All(_tenant.Module.Questions, q => Assert.InRange(q.Split('\n').Length, 1, 40));
    }

    [Fact]
    public void Names_are_shown_harmless()
    {
        _tenant.Connect(t =>
        {
            ChangeSession.Find(ChangeSession.PolicyOf(t), "passkeyProfiles", ChangeSession.Pilot)["name"] = "\u001b[31mred";
            t["groups"]!.AsArray().Single(g => (string?)g!["id"] == ChangeSession.PilotGroup)!["displayName"] = "\u202egroup";
        });
        _tenant.Module.Answer("No");
        const string script = "Get-PasskeyProfileTarget | Remove-PasskeyProfileTarget -AllowLockout";
        var shown = _tenant.Module.Shown($"{script} -WhatIf") + _tenant.Module.Shown($"{script} -PlanOnly") + _tenant.Module.Shown(script) + string.Concat(_tenant.Module.Questions)
            + _tenant.Module.Shown($"Remove-PasskeyProfile -ProfileId {ChangeSession.Pilot}") + _tenant.Module.Shown($"Set-PasskeyProfile -ProfileId {ChangeSession.Pilot} -ClearRestriction -PassThru; Get-PasskeyPolicyChange");
        Assert.Single(_tenant.Module.Questions);
        Assert.Contains("\uFFFDgroup", shown, StringComparison.Ordinal);
        Assert.Contains("\uFFFD[31mred", shown, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', shown);
        Assert.DoesNotContain('\u202e', shown);
    }

    private void MayOnly(params string[] scopes) => _tenant.Connect(t => t["settings"] = new JsonObject { ["scopes"] = new JsonArray([.. scopes.Select(s => JsonValue.Create(s))]) });
}
