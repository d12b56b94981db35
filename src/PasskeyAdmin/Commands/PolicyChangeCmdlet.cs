using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Commands;

/// <summary>What every cmdlet has that changes the policy: the guard parameters, and the one road of design §5. What comes in a pipeline is one change for each tenant.</summary>
public abstract class PolicyChangeCmdlet : TenantCmdlet
{
    private readonly List<(TenantSession Session, List<(object? Target, Action<PolicyDraft> Edit)> Edits)> _pending = [];

    private readonly Confirmation _confirmation;

    private protected PolicyChangeCmdlet() => _confirmation = new Confirmation(this);

    [Parameter]
    public SwitchParameter PlanOnly { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int MaximumAffectedUser { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int MaximumUnknownUser { get; set; }

    [Parameter]
    public SwitchParameter AllowLockout { get; set; }

    [Parameter]
    public SwitchParameter SkipImpact { get; set; }

    [Parameter]
    public SwitchParameter Wait { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CheckpointPath { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? JournalPath { get; set; }

    private protected ProviderCatalog Catalog { get; private set; } = null!;

    private protected string Command => MyInvocation.MyCommand.Name;

    /// <summary>What must hold before anything is asked for.</summary>
    protected override void BeginProcessing() => OrTerminate(null, () =>
    {
        base.BeginProcessing();
        Catalog = Catalogs.Current(SessionState);
        ChangeParameters.RequireLimits(SkipImpact, IsBound(nameof(MaximumAffectedUser)) || IsBound(nameof(MaximumUnknownUser)));
        Check();
    });

    protected override void EndProcessing()
    {
        foreach (var (session, edits) in _pending)
        {
            // What is wrong with all of it is not the fault of one.
            var target = edits.Count == 1 ? edits[0].Target ?? session : session;
            if (MyInvocation.ExpectingInput) ForItem(target, () => Edit(session, edits));
            else OrTerminate(target, () => Edit(session, edits));
        }
    }

    /// <summary>Refuses parameters that do not go together.</summary>
    private protected virtual void Check()
    {
    }

    /// <summary>Puts an edit to those of the same tenant; they are made together at the end.</summary>
    /// <param name="target">What an error is about.</param>
    private protected void Collect(object? target, Action<PolicyDraft> edit) => WithTenant(() =>
    {
        if (_pending.FirstOrDefault(p => p.Session == Session).Edits is not { } edits) _pending.Add((Session, edits = []));
        edits.Add((target, edit));
    }, target: target);

    /// <summary>Measures, guards, asks and applies a plan: design §5.4 to §5.9.</summary>
    private protected void Walk(TenantSession session, GraphClient client, PasskeyPolicyPlan plan)
    {
        if (plan.IsEmpty && !PlanOnly)
        {
            foreach (var warning in plan.Warning) WriteWarning(warning);
            WriteWarning("There is nothing to do: the policy is like that already.");
            return;
        }
        // What is never sent need not be measured for long.
        if (!PlanOnly && !_confirmation.IsWhatIf) client.RequireWritable();
        if (!SkipImpact) plan = plan.With(new GuardedImpact(this, Catalog, StopToken) { Waits = Wait, CheckpointPath = CheckpointPath }.Measure(session, client, plan));
        if (PlanOnly)
        {
            WriteObject(plan);
            return;
        }
        foreach (var warning in plan.Warning) WriteWarning(warning);
        var limits = Limits();
        var guard = new ChangeGuard(plan, limits);
        if (guard.Refusal() is { } refusal)
        {
            if (!_confirmation.IsWhatIf) throw refusal.With("Nothing was sent.");
            WriteWarning($"It would be refused ({refusal.ErrorId}): {refusal.Message}");
        }
        if (!_confirmation.Ask(_confirmation.IsWhatIf ? guard.Preview() : guard.Words(), guard.Asks)) return;
        var result = new PolicyChangeEngine(session, client, Catalog).Apply(plan, new ChangeContext(Journals.Folder(SessionState.Path, JournalPath, session), limits), StopToken);
        Report(result);
    }

    /// <summary>The changes that the journal has of tenants like this one, the newest first.</summary>
    private protected IReadOnlyList<PasskeyPolicyChange> History() => new ChangeHistory(Journals.Folder(SessionState.Path, JournalPath, Session)).Read((_, e) => WriteVerbose(e.Message));

    private GuardLimits Limits() => new()
    {
        MaximumAffectedUser = IsBound(nameof(MaximumAffectedUser)) ? MaximumAffectedUser : null,
        MaximumUnknownUser = IsBound(nameof(MaximumUnknownUser)) ? MaximumUnknownUser : null,
        AllowsLockout = AllowLockout,
        SkipsImpact = SkipImpact,
        IsSilent = _confirmation.IsSilent,
    };

    private void Edit(TenantSession session, List<(object? Target, Action<PolicyDraft> Edit)> edits)
    {
        var client = session.CreateClient(WriteVerbose, WriteWarning);
        var policy = new PolicyReader(Catalog, WriteWarning, StopToken).Read(session, client);
        var editor = new PolicyEditor(policy);
        var lookup = new GroupLookup(client);
        var done = 0;
        foreach (var (target, edit) in edits)
        {
            void Do() => editor.Do(e => edit(new PolicyDraft(policy, e, FindGroup)));
            // One bad item is an error and not the end; where it is the only one, there is nothing to go on with.
            if (edits.Count == 1) Do();
            else if (!ForItem(target, Do)) continue;
            done++;
        }
        if (done > 0) Walk(session, client, new PolicyPlanner(session, client, Catalog).Plan(policy, editor, Command, StopToken));

        DirectoryGroup FindGroup(string name)
        {
            var group = lookup.Find(name, StopToken);
            lookup.RequirePeople([group], StopToken);
            return group;
        }
    }

    private void Report(ChangeResult result)
    {
        // First what cannot be had again: whoever wants to be asked about each line may end it there.
        if (PassThru) WriteObject(result.Change);
        if (result.Error is null)
        {
            foreach (var warning in result.Warnings) WriteError(warning.ToErrorRecord(result.Change));
            WriteVerbose($"The tenant shows the change ({result.Change.ChangeId}).");
            if (result.Change.OtherEdit is OtherEditState.Unknown) WriteVerbose($"Whether somebody else's edit was overwritten is not known yet: the audit log lags by minutes. Later on: Get-PasskeyPolicyChange {result.Change.ChangeId} -CheckAudit");
            if (result.Change.Detail is { } detail && result.Warnings.Count == 0) WriteWarning(detail);
        }
        if (result.Error is not { } error) return;
        // In one error: with -ErrorAction Stop, there is no second one.
        var record = result.Warnings.Aggregate(error, (all, warning) => all.With(warning.Message)).ToErrorRecord(result.Change);
        if (MyInvocation.ExpectingInput) WriteError(record);
        else ThrowTerminatingError(record);
    }
}

/// <summary>What an edit works on.</summary>
/// <param name="Policy">The policy as it is.</param>
/// <param name="FindGroup">Finds a group by name or id, in which somebody is.</param>
internal sealed record PolicyDraft(PasskeyPolicy Policy, PolicyEditor Editor, Func<string, DirectoryGroup> FindGroup);
