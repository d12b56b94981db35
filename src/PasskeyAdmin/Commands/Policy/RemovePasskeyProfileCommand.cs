using System.Management.Automation;
using PasskeyAdmin.Changes;

namespace PasskeyAdmin.Commands;

/// <summary>Deletes a passkey profile that no target uses.</summary>
[Cmdlet(VerbsCommon.Remove, "PasskeyProfile", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = ByName)]
[OutputType(typeof(PasskeyPolicyPlan), typeof(PasskeyPolicyChange))]
public sealed class RemovePasskeyProfileCommand : PolicyChangeCmdlet
{
    private const string ByName = "Name";
    private const string ById = "ProfileId";

    [Parameter(ParameterSetName = ByName, Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [Alias("ProfileName")]
    [ArgumentCompleter(typeof(ProfileNameCompleter))]
    public string? Name { get; set; }

    [Parameter(ParameterSetName = ById, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [Alias("Id")]
    public string? ProfileId { get; set; }

    protected override void ProcessRecord()
    {
        var (id, name) = (ParameterSetName == ById ? ProfileId ?? "" : null, Name);
        Collect(name ?? id, draft => draft.Editor.RemoveProfile(ChangeParameters.Profile(id, name, draft.Policy)));
    }
}
