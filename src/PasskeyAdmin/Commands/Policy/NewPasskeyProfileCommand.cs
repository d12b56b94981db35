using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Commands;

/// <summary>Creates a passkey profile, and gives it its targets. The same command again completes what was interrupted.</summary>
[Cmdlet(VerbsCommon.New, "PasskeyProfile", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(PasskeyPolicyPlan), typeof(PasskeyPolicyChange))]
public sealed class NewPasskeyProfileCommand : PolicyChangeCmdlet
{
    private ProfileSettings _wanted = new();

    [Parameter(Mandatory = true, Position = 0)]
    public string Name { get; set; } = "";

    [Parameter]
    [Alias("PasskeyType")]
    public PasskeyTypes TargetType { get; set; }

    [Parameter]
    public PasskeyAttestation Attestation { get; set; } = PasskeyAttestation.Disabled;

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
    [ArgumentCompleter(typeof(TemplateNameCompleter))]
    public string? Template { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GroupNameCompleter))]
    public string[]? Group { get; set; }

    [Parameter]
    public SwitchParameter AllUsers { get; set; }

    protected override void ProcessRecord() => Collect(Name, draft =>
    {
        var groups = (Group ?? []).Select(draft.FindGroup).ToList();
        var id = draft.Editor.AddProfile(_wanted);
        foreach (var group in groups) draft.Editor.AddTarget(group.Id, id);
        if (AllUsers) draft.Editor.AddTarget(TargetFacts.AllUsers, id);
    });

    private protected override void Check()
    {
        var template = Template is null ? null : FindTemplate(Template);
        var lists = new ProviderLists(Catalog, WriteWarning).With(ProviderListAction.Allow, AllowProvider).With(ProviderListAction.Block, BlockProvider).Read(isCleared: false);
        if (lists.Count == 0 && template is { Restriction: KeyRestrictionKind.Allow }) lists = [new ProviderListChange(ProviderListAction.Allow, template.AaGuid)];
        _wanted = new ProfileSettings
        {
            Name = ProfileRules.RequireName(Name, "-Name"),
            Types = IsBound(nameof(TargetType)) ? TargetType : template?.PasskeyType,
            Attestation = IsBound(nameof(Attestation)) || template is null ? Attestation : template.Attestation,
            Providers = lists,
        };
        if (_wanted.Types is null) throw new PasskeyAdminException(ErrorKind.InvalidArgument, "TargetTypeMissing", "Say which passkeys the profile allows: -TargetType DeviceBound, Synced or both; or start from a -Template.");
        ProfileRules.RequireTypes(_wanted.Types, _wanted.Attestation);
        ChangeParameters.RequireTarget(Group, AllUsers, isNeeded: false);
    }

    private PasskeyProfileTemplate FindTemplate(string name)
    {
        IReadOnlyList<PasskeyProfileTemplate> templates = ProfileTemplates.LoadBuiltIn(Catalog);
        return templates.FirstOrDefault(t => t.Name.Equals(name, System.StringComparison.OrdinalIgnoreCase))
            ?? throw ProfileTemplates.NotFound(name, templates);
    }
}
