using System;
using System.Linq;
using System.Management.Automation;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Commands;

/// <summary>Takes a profile from groups, or from all users; without a profile, or with the last one, the target itself goes.</summary>
[Cmdlet(VerbsCommon.Remove, "PasskeyProfileTarget", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(PasskeyPolicyPlan), typeof(PasskeyPolicyChange))]
public sealed class RemovePasskeyProfileTargetCommand : PolicyChangeCmdlet
{
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [Alias("Profile")]
    [ArgumentCompleter(typeof(ProfileNameCompleter))]
    public string? ProfileName { get; set; }

    /// <summary>From the pipeline, a target of Get-PasskeyProfileTarget or a group by its id.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Alias("Id", "GroupId")]
    [ArgumentCompleter(typeof(TargetNameCompleter))]
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
            var profile = ProfileName is null ? null : ChangeParameters.Profile(null, ProfileName, draft.Policy);
            var shown = profile is null ? "" : CommandText.Quote(profile.Name);
            foreach (var id in groups.Select(g => IdOf(g, draft.Policy)).ToList()) draft.Editor.RemoveTarget(id, profile?.Id, shown);
            if (AllUsers) draft.Editor.RemoveTarget(TargetFacts.AllUsers, profile?.Id, shown);
        });
    }

    private protected override void Check()
    {
        if (!MyInvocation.ExpectingInput) ChangeParameters.RequireTarget(Group, AllUsers, isNeeded: true);
    }

    /// <summary>Among the targets that there are: the group itself may be deleted.</summary>
    private static string IdOf(string group, PasskeyPolicy policy)
    {
        var found = policy.Target.Where(t => group.Equals(t.Id, StringComparison.OrdinalIgnoreCase)).DefaultIfEmpty().ToList();
        if (found[0] is null) found = [.. policy.Target.Where(t => group.Equals(t.Name, StringComparison.OrdinalIgnoreCase) || group.Equals(t.RawName, StringComparison.OrdinalIgnoreCase))];
        return found.Count switch
        {
            1 => found[0]!.Id,
            0 => throw new PasskeyAdminException(ErrorKind.NotFound, "TargetNotFound", $"No target is called {CommandText.Quote(group)}. {NearNames.Question(group, policy.Target.Select(t => t.Name).OfType<string>(), "Get-PasskeyProfileTarget lists all.")}{(policy.Target.Any(t => t.Status is TargetStatus.NotRead) ? " Names of some targets could not be read; the id does as well." : "")}") { RecommendedAction = "Get-PasskeyProfileTarget" },
            _ => throw new PasskeyAdminException(ErrorKind.InvalidArgument, "GroupAmbiguous", $"{found.Count} targets are called {CommandText.Quote(group)}: {NameLists.First(found.Select(t => t!.Id))}. Name one by its id."),
        };
    }
}
