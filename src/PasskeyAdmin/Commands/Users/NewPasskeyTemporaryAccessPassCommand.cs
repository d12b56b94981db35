using System.Collections.Generic;
using System.Management.Automation;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Commands;

/// <summary>Issues a Temporary Access Pass, with which a user who has no method left registers a passkey.</summary>
[Cmdlet(VerbsCommon.New, "PasskeyTemporaryAccessPass", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(PasskeyTemporaryAccessPass))]
public sealed class NewPasskeyTemporaryAccessPassCommand : TenantCmdlet
{
    private readonly Confirmation _confirmation;
    private readonly Dictionary<TenantSession, TemporaryAccessPassPlanner> _planners = [];

    private TemporaryAccessPassWish _wish = null!;
    private TemporaryAccessPassGuard _guard = null!;
    private int _users;
    private int _issued;

    public NewPasskeyTemporaryAccessPassCommand() => _confirmation = new Confirmation(this) { WithoutQuestion = "-Confirm:$false, and for several users with -MaximumAffectedUser; an emergency account takes a question" };

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Alias("UserPrincipalName", "UPN", "User principal name", "ObjectId", "Id")]
    public string UserId { get; set; } = "";

    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Reason { get; set; } = "";

    [Parameter]
    [ValidateRange(TemporaryAccessPassRules.Shortest, TemporaryAccessPassRules.Longest)]
    public int LifetimeInMinutes { get; set; }

    [Parameter]
    public SwitchParameter UsableOnce { get; set; }

    [Parameter]
    public SwitchParameter AsPlainText { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int MaximumAffectedUser { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? JournalPath { get; set; }

    /// <summary>What must hold before anything is asked for.</summary>
    protected override void BeginProcessing() => OrTerminate(Reason, () =>
    {
        base.BeginProcessing();
        _wish = new TemporaryAccessPassWish(TemporaryAccessPassWish.RequireReason(Reason))
        {
            Lifetime = IsBound(nameof(LifetimeInMinutes)) ? LifetimeInMinutes : null,
            IsUsableOnce = IsBound(nameof(UsableOnce)) ? UsableOnce.IsPresent : null,
        };
        _guard = new TemporaryAccessPassGuard(new GuardLimits { MaximumAffectedUser = IsBound(nameof(MaximumAffectedUser)) ? MaximumAffectedUser : null, IsSilent = _confirmation.IsSilent });
    });

    protected override void ProcessRecord() => WithTenant(Issue, target: UserId);

    private void Issue()
    {
        if (IsOnlyTenantIdTaken(nameof(UserId))) throw new PasskeyAdminException(ErrorKind.InvalidArgument, "PipelineInputNotTaken", "What comes on the pipeline is not looked at beside -UserId, so nothing was sent: pipe the users and leave -UserId out, or name the user and pipe nothing.");
        if (TextsOf(nameof(UserId), [UserId]) is null) throw new PasskeyAdminException(ErrorKind.InvalidArgument, "UserIdMissing", "A tenant on the pipeline says where, and not for whom: name the user with -UserId.");
        if (_guard.Refusal(_issued, UserId) is { } refusal) throw refusal;
        if (!_confirmation.IsWhatIf) Client.RequireWritable();
        if (!_planners.TryGetValue(Session, out var planner)) _planners.Add(Session, planner = new TemporaryAccessPassPlanner(Session, Client));
        var plan = planner.Plan(UserId.Trim(), _wish, StopToken) with { Number = _users + 1 };
        _users++;
        foreach (var warning in plan.Warnings) WriteWarning(warning);
        foreach (var note in plan.Notes) WriteVerbose(note);
        if (_guard.Refusal(plan) is { } refused) throw refused;
        // What would be issued counts as well.
        if (_confirmation.IsWhatIf) _issued++;
        if (!_confirmation.Ask(plan.Words(DisplayText.Neutralise(Session.ToString())), plan.Asks, isOneOfMany: !plan.IsAboutPower)) return;
        _issued++;
        var result = new TemporaryAccessPassEngine(Session, Client).Issue(plan, Journals.Folder(SessionState.Path, JournalPath, Session), MyInvocation.MyCommand.Name, AsPlainText, StopToken);
        // First what cannot be had again.
        if (result.Pass is { } pass) WriteObject(pass);
        if (result.Warning is { } warned) WriteError(warned.ToErrorRecord(UserId));
        if (!StopToken.IsCancellationRequested) Client.TellTheSilence();
        if (result.Error is not { } error) return;
        if (result.Pass is null) throw error;
        WriteError(error.ToErrorRecord(UserId));
    }
}
