using System.Management.Automation;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Commands;

/// <summary>Changes a passkey profile: just what is named.</summary>
[Cmdlet(VerbsCommon.Set, "PasskeyProfile", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = ByName)]
[OutputType(typeof(PasskeyPolicyPlan), typeof(PasskeyPolicyChange))]
public sealed class SetPasskeyProfileCommand : PolicyChangeCmdlet
{
    private const string ByName = "Name";
    private const string ById = "ProfileId";

    private ProfileSettings _wanted = new();

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

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? NewName { get; set; }

    [Parameter]
    [Alias("PasskeyType")]
    public PasskeyTypes TargetType { get; set; }

    [Parameter]
    public PasskeyAttestation Attestation { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ProviderNameCompleter))]
    public string[]? AllowProvider { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ProviderNameCompleter))]
    public string[]? BlockProvider { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ProviderNameCompleter))]
    public string[]? AddProvider { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ProviderNameCompleter))]
    public string[]? RemoveProvider { get; set; }

    [Parameter]
    public SwitchParameter ClearRestriction { get; set; }

    protected override void ProcessRecord()
    {
        var (id, name) = (ParameterSetName == ById ? ProfileId ?? "" : null, Name);
        Collect(name ?? id, draft => draft.Editor.SetProfile(ChangeParameters.Profile(id, name, draft.Policy), _wanted));
    }

    private protected override void Check()
    {
        _wanted = new ProfileSettings
        {
            Name = NewName is null ? null : ProfileRules.RequireName(NewName, "-NewName"),
            Types = IsBound(nameof(TargetType)) ? TargetType : null,
            Attestation = IsBound(nameof(Attestation)) ? Attestation : null,
            Providers = new ProviderLists(Catalog, WriteWarning).With(ProviderListAction.Allow, AllowProvider).With(ProviderListAction.Block, BlockProvider)
                .With(ProviderListAction.Add, AddProvider).With(ProviderListAction.Remove, RemoveProvider).Read(ClearRestriction),
        };
        if (_wanted.IsEmpty) throw new PasskeyAdminException(ErrorKind.InvalidArgument, "NothingToSet", "Say what is to change: -TargetType, -Attestation, -NewName, -AllowProvider, -BlockProvider, -AddProvider, -RemoveProvider or -ClearRestriction.");
        ProfileRules.RequireTypes(_wanted.Types, _wanted.Attestation);
    }
}
