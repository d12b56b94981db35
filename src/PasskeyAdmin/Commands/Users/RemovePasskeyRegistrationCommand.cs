using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Commands;

/// <summary>Removes passkeys from their users: single ones, all of a user, or those of a group that something holds for.</summary>
[Cmdlet(VerbsCommon.Remove, "PasskeyRegistration", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = UserSet)]
[OutputType(typeof(PasskeyRemoval))]
public sealed class RemovePasskeyRegistrationCommand : TenantCmdlet
{
    private const string PasskeySet = "Passkey";
    private const string UserSet = "User";
    private const string GroupSet = "Group";

    private readonly Confirmation _confirmation;
    private readonly List<(TenantSession Session, List<NamedPasskey> Passkeys)> _pending = [];

    private ProviderCatalog _catalog = null!;
    private RemovalFilter _filter = new();

    public RemovePasskeyRegistrationCommand() => _confirmation = new Confirmation(this) { WithoutQuestion = "-Confirm:$false, and for several users or over groups with -MaximumAffectedUser" };

    /// <summary>From the pipeline only together with the id of a passkey: an object that lacks it must not mean all passkeys of its user.</summary>
    [Parameter(ParameterSetName = UserSet, Mandatory = true, Position = 0)]
    [Parameter(ParameterSetName = PasskeySet, Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Alias("UserPrincipalName", "UPN", "User principal name", "ObjectId")]
    public string[] UserId { get; set; } = [];

    [Parameter(ParameterSetName = PasskeySet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Alias("RegistrationId", "MethodId")]
    public string[] Id { get; set; } = [];

    [Parameter(ParameterSetName = GroupSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GroupNameCompleter))]
    public string[] Group { get; set; } = [];

    [Parameter(ParameterSetName = UserSet)]
    [Parameter(ParameterSetName = GroupSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [Alias("AaGuid")]
    [ArgumentCompleter(typeof(ProviderNameCompleter))]
    public string[]? Provider { get; set; }

    [Parameter(ParameterSetName = UserSet)]
    [Parameter(ParameterSetName = GroupSet)]
    [Alias("PasskeyType")]
    public PasskeyTypes TargetType { get; set; }

    [Parameter(ParameterSetName = UserSet)]
    [Parameter(ParameterSetName = GroupSet)]
    public SwitchParameter NotAllowedByPolicy { get; set; }

    [Parameter(ParameterSetName = UserSet)]
    [Parameter(ParameterSetName = GroupSet)]
    [DaysTransformation]
    public TimeSpan UnusedFor { get; set; }

    [Parameter]
    public SwitchParameter RevokeSession { get; set; }

    [Parameter]
    public SwitchParameter AllowLockout { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int MaximumAffectedUser { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? JournalPath { get; set; }

    /// <summary>What must hold before anything is asked for.</summary>
    protected override void BeginProcessing() => OrTerminate(null, () =>
    {
        base.BeginProcessing();
        _catalog = Catalogs.Current(SessionState);
        if (IsBound(nameof(TargetType))) DeviceQuestions.RequireType(TargetType);
        if (IsBound(nameof(UnusedFor)) && UnusedFor <= TimeSpan.Zero) throw new PasskeyAdminException(ErrorKind.InvalidArgument, "UnusedForInvalid", "-UnusedFor must be more than nothing: a number of days from 1, or a TimeSpan.");
        _filter = new RemovalFilter
        {
            Models = Provider is null ? null : [.. ProviderSelection.Of(ProviderNames.Parse(Provider), _catalog, isToPass: false).AaGuids],
            Types = TargetType,
            IsNotAllowed = NotAllowedByPolicy,
            UnusedFor = IsBound(nameof(UnusedFor)) ? UnusedFor : null,
        };
        if (ParameterSetName == GroupSet && !_filter.Narrows(_catalog))
            throw new PasskeyAdminException(ErrorKind.InvalidArgument, "RemovalFilterMissing", "All passkeys of everybody in a group are too many at once, and all providers, both types or less than a day leave nobody out. Say which ones: some of -Provider, one -TargetType, -NotAllowedByPolicy, or -UnusedFor of a day or more.");
    });

    protected override void ProcessRecord()
    {
        OrTerminate(ParameterSetName == GroupSet ? Group : UserId, RequireInputTaken);
        WithTenant(Collect, target: ParameterSetName == GroupSet ? Group : UserId);
    }

    /// <summary>A passkey beside a user or a group that was typed binds by its TenantId alone: it is not the one that would be removed, and all of the user would be.</summary>
    /// <exception cref="PasskeyAdminException"><c>PipelineInputNotTaken</c>.</exception>
    private void RequireInputTaken()
    {
        if (IsOnlyTenantIdTaken(nameof(UserId), nameof(Id)))
            throw new PasskeyAdminException(ErrorKind.InvalidArgument, "PipelineInputNotTaken", $"What comes on the pipeline is not looked at beside {(ParameterSetName == GroupSet ? "-Group" : "-UserId")}, so nothing was sent. To remove the passkeys on the pipeline, leave that out: Get-PasskeyRegistration ... | Remove-PasskeyRegistration. To remove those of a user or of a group, pipe nothing: Remove-PasskeyRegistration -UserId ..., or -Group ... with a filter.");
    }

    private void Collect()
    {
        if (_pending.FirstOrDefault(p => p.Session == Session).Passkeys is not { } passkeys) _pending.Add((Session, passkeys = []));
        if (ParameterSetName == PasskeySet) passkeys.AddRange(NamedPasskey.Of(UserId, Id));
    }

    protected override void EndProcessing()
    {
        foreach (var (session, passkeys) in _pending)
        {
            if (MyInvocation.ExpectingInput) ForItem(session, () => Walk(session, passkeys));
            else OrTerminate(session, () => Walk(session, passkeys));
        }
    }

    /// <summary>Reads, guards, asks and removes, for one tenant.</summary>
    private void Walk(TenantSession session, List<NamedPasskey> passkeys)
    {
        var client = session.CreateClient(WriteVerbose, WriteWarning);
        if (!_confirmation.IsWhatIf) client.RequireWritable();
        var removal = new GuardedRemoval(this, session, client, StopToken) { AllowsLockout = AllowLockout, Revokes = RevokeSession, HasTypedIds = IsTyped(nameof(Id)), IsSilent = _confirmation.IsSilent, JournalPath = JournalPath };
        var plan = removal.Plan(_catalog, planner => ParameterSetName switch
        {
            PasskeySet => planner.Plan(passkeys, StopToken),
            GroupSet => planner.OfGroups(Group, _filter, StopToken),
            _ => planner.OfUsers([.. UserId.Select(u => u.Trim())], _filter, StopToken),
        });
        removal.Tell(plan, _confirmation.IsWhatIf);
        try
        {
            if (plan.IsDue(RevokeSession)) Remove(session, removal, plan);
        }
        catch (PasskeyAdminException) when (!removal.StopsAtErrors)
        {
            removal.TellErrors(plan, _confirmation.IsWhatIf);
            throw;
        }
        removal.TellErrors(plan, _confirmation.IsWhatIf);
    }

    private void Remove(TenantSession session, GuardedRemoval removal, RemovalPlan plan)
    {
        var guard = new RemovalGuard(plan, Limits, DisplayText.Neutralise(session.ToString()), ParameterSetName == GroupSet, RevokeSession);
        if (guard.Refusal() is { } refusal)
        {
            if (!_confirmation.IsWhatIf) throw refusal.With(RemovalPlan.NothingSent(RevokeSession));
            WriteWarning($"It would be refused ({refusal.ErrorId}): {refusal.Message}");
        }
        if (_confirmation.Ask(guard.Words(), asks: true)) removal.Remove(plan, guard, Limits);
    }

    private GuardLimits Limits => new() { MaximumAffectedUser = IsBound(nameof(MaximumAffectedUser)) ? MaximumAffectedUser : null, AllowsLockout = AllowLockout, IsSilent = _confirmation.IsSilent };
}
