using System;
using System.Linq;
using System.Management.Automation;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Commands;

/// <summary>Lets groups, or all users, use a profile beside those that they may use already.</summary>
[Cmdlet(VerbsCommon.Add, "PasskeyProfileTarget", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(PasskeyPolicyPlan), typeof(PasskeyPolicyChange))]
public sealed class AddPasskeyProfileTargetCommand : PolicyChangeCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [Alias("Profile")]
    [ArgumentCompleter(typeof(ProfileNameCompleter))]
    public string ProfileName { get; set; } = "";

    /// <summary>From the pipeline, a target of Get-PasskeyProfileTarget or a group by its id.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Alias("Id", "GroupId")]
    [ArgumentCompleter(typeof(GroupNameCompleter))]
    public string[]? Group { get; set; }

    [Parameter]
    public SwitchParameter AllUsers { get; set; }

    protected override void ProcessRecord()
    {
        var given = TextsOf(nameof(Group), Group);
        var groups = given ?? [];
        OrTerminate(null, () => ChangeParameters.RequireTarget(given, AllUsers, isNeeded: true));
        Collect(given is [var one] ? one : ProfileName, draft =>
        {
            var profile = ChangeParameters.Profile(null, ProfileName, draft.Policy);
            foreach (var id in groups.Select(g => IdOf(g, draft)).ToList()) draft.Editor.AddTarget(id, profile.Id!);
            if (AllUsers) draft.Editor.AddTarget(TargetFacts.AllUsers, profile.Id!);
        });
    }

    /// <summary>What is a target already need not be looked up, and may be something else than a group.</summary>
    private static string IdOf(string group, PolicyDraft draft) =>
        draft.Policy.Target.FirstOrDefault(t => t.Status is not TargetStatus.NotFound && group.Equals(t.Id, StringComparison.OrdinalIgnoreCase))?.Id ?? (group == TargetFacts.AllUsers ? group : draft.FindGroup(group).Id);

    private protected override void Check()
    {
        if (!MyInvocation.ExpectingInput) ChangeParameters.RequireTarget(Group, AllUsers, isNeeded: true);
    }
}
