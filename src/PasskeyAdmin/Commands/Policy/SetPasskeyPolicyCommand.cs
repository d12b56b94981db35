using System;
using System.Linq;
using System.Management.Automation;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Commands;

/// <summary>Changes what holds for all profiles: whether passkeys are on, self-service registration, and the groups that are shut out.</summary>
[Cmdlet(VerbsCommon.Set, "PasskeyPolicy", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(PasskeyPolicyPlan), typeof(PasskeyPolicyChange))]
public sealed class SetPasskeyPolicyCommand : PolicyChangeCmdlet
{
    [Parameter]
    public PolicyState State { get; set; }

    [Parameter]
    public bool SelfServiceRegistration { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GroupNameCompleter))]
    public string[]? AddExcludedGroup { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GroupNameCompleter))]
    public string[]? RemoveExcludedGroup { get; set; }

    protected override void ProcessRecord() => Collect(null, draft =>
    {
        var groups = (AddExcludedGroup ?? []).Select(draft.FindGroup).ToList();
        if (IsBound(nameof(State))) draft.Editor.SetState(State);
        if (IsBound(nameof(SelfServiceRegistration))) draft.Editor.SetSelfService(SelfServiceRegistration);
        foreach (var group in RemoveExcludedGroup ?? []) draft.Editor.RemoveExclusion(group);
        foreach (var group in groups) draft.Editor.AddExclusion(group.Id);
    });

    private protected override void Check()
    {
        if (!IsBound(nameof(State)) && !IsBound(nameof(SelfServiceRegistration)) && AddExcludedGroup is null && RemoveExcludedGroup is null)
            throw new PasskeyAdminException(ErrorKind.InvalidArgument, "NothingToSet", "Say what is to change: -State, -SelfServiceRegistration, -AddExcludedGroup or -RemoveExcludedGroup.");
        if (IsBound(nameof(State)) && State is not (PolicyState.Enabled or PolicyState.Disabled)) throw new PasskeyAdminException(ErrorKind.InvalidArgument, "StateInvalid", $"-State is Enabled or Disabled, and not {State}.");
        if ((AddExcludedGroup ?? []).Intersect(RemoveExcludedGroup ?? [], StringComparer.OrdinalIgnoreCase).FirstOrDefault() is { } twice)
            throw new PasskeyAdminException(ErrorKind.InvalidArgument, "ExclusionRepeated", $"The group {CommandText.Quote(twice)} is in -AddExcludedGroup and in -RemoveExcludedGroup. Name it in one of them.");
    }
}
