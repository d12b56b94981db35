using System;
using System.Linq;
using PasskeyAdmin.Tests.Engine;

namespace PasskeyAdmin.Tests.Commands;

[Collection(EngineGroup.Name)]
public sealed class RemovePasskeyProfileTests : IDisposable
{
    private const string Id = ",PasskeyAdmin.Commands.RemovePasskeyProfileCommand";

    private readonly ChangeSession _tenant = new();

    public void Dispose() => _tenant.Dispose();

    [Theory]
    [InlineData("Remove-PasskeyProfile 'SYNCED pilot'")]
    [InlineData("Remove-PasskeyProfile -ProfileId " + ChangeSession.Pilot)]
    [InlineData("Get-PasskeyProfile Synced* | Remove-PasskeyProfile")]
    [InlineData("[pscustomobject]@{ Id = '" + ChangeSession.Pilot + "' } | Remove-PasskeyProfile")]
    public void A_profile_that_nobody_uses_is_deleted(string script)
    {
        Connect();
        Assert.Equal("- profile Synced pilot", _tenant.Made($"{script} -PassThru"));
        Assert.Equal([ChangeSession.Default, ChangeSession.Privileged], _tenant.Policy["passkeyProfiles"]!.AsArray().Select(p => (string?)p!["id"]));
        Assert.StartsWith("ProfileNotFound,", _tenant.Refused("Remove-PasskeyProfile 'Synced pilot'").FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Remove-PasskeyProfile $default", "DefaultProfileNotRemovable")]
    [InlineData("Remove-PasskeyProfile 'Synced pilot'", "ProfileStillTargeted")]
    [InlineData("Remove-PasskeyProfile Nobody", "ProfileNotFound")]
    [InlineData("Remove-PasskeyProfile *", "ProfileNameInvalid")]
    [InlineData("Remove-PasskeyProfile -ProfileId ''", "ProfileNotFound")]
    [InlineData("Remove-PasskeyProfile 'Synced pilot' -SkipImpact -MaximumAffectedUser 0", "SkipImpactWithLimit")]
    public void What_cannot_be_is_an_error_and_changes_nothing(string script, string id) => Assert.Equal(id + Id, _tenant.Refused(script).FullyQualifiedErrorId);

    [Fact]
    public void The_way_to_delete_a_profile_that_is_used_is_a_command()
    {
        var error = _tenant.Refused("Remove-PasskeyProfile 'Synced pilot'");
        Assert.Contains("Passkey pilot", error.Exception.Message, StringComparison.Ordinal);
        _tenant.Output($"{error.ErrorDetails.RecommendedAction} -Confirm:$false 3>$null");
        Assert.Equal("- profile Synced pilot", _tenant.Made("Remove-PasskeyProfile 'Synced pilot' -PassThru"));
    }

    [Fact]
    public void Profiles_that_are_used_cost_themselves_only()
    {
        Connect();
        var result = _tenant.Run("Get-PasskeyProfile | Remove-PasskeyProfile -PassThru");
        Assert.Equal(["DefaultProfileNotRemovable" + Id, "ProfileStillTargeted" + Id], result.Errors.Select(e => e.FullyQualifiedErrorId));
        Assert.Equal([ChangeSession.Default, ChangeSession.Privileged], result.Errors.Select(e => e.TargetObject));
        Assert.Equal("- profile Synced pilot: Applied", Assert.Single(result.Output).ToString());
    }

    [Fact]
    public void Nothing_comes_out_unless_asked_for()
    {
        Connect();
        Assert.Equal("- profile Synced pilot", Assert.Single(_tenant.Output("Remove-PasskeyProfile 'Synced pilot' -PlanOnly")).ToString());
        Assert.Contains("  - profile Synced pilot\nIt takes sign-in from nobody.", _tenant.Module.Shown("Remove-PasskeyProfile 'Synced pilot' -WhatIf"), StringComparison.Ordinal);
        Assert.Empty(_tenant.Journal);
        Assert.Equal(3, _tenant.Policy["passkeyProfiles"]!.AsArray().Count);
        Assert.Empty(_tenant.Output("Remove-PasskeyProfile 'Synced pilot'"));
    }

    [Fact]
    public void Names_are_completed()
    {
        _tenant.Output("$null = Get-PasskeyPolicy");
        Assert.Equal(["'Synced pilot'"], _tenant.Completions("Remove-PasskeyProfile sync"));
    }

    /// <summary>To a tenant where nobody may use the pilot's profile.</summary>
    private void Connect() => _tenant.Connect(t =>
    {
        var targets = ChangeSession.PolicyOf(t)["includeTargets"]!.AsArray();
        targets.Remove(targets.First(i => (string?)i!["id"] == ChangeSession.PilotGroup));
    });
}
