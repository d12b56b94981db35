using System.Management.Automation;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Commands;

/// <summary>Measures whom a proposed policy would affect, before anything is written.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "PasskeyPolicyImpact", DefaultParameterSetName = ObjectSet)]
[OutputType(typeof(PasskeyUserImpact), typeof(PasskeyImpactSummary))]
public sealed class MeasurePasskeyPolicyImpactCommand : TenantCmdlet
{
    private const string ObjectSet = "Policy";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    [Parameter(ParameterSetName = ObjectSet, Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowNull]
    public object? Policy { get; set; }

    [Parameter(ParameterSetName = PathSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string? Path { get; set; }

    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [Alias("PSPath")]
    public string? LiteralPath { get; set; }

    [Parameter]
    public SwitchParameter Summary { get; set; }

    [Parameter]
    public SwitchParameter IncludeUnaffected { get; set; }

    [Parameter]
    public SwitchParameter IncludeDisabled { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CheckpointPath { get; set; }

    protected override void ProcessRecord() => WithTenant(() =>
    {
        var catalog = Catalogs.Current(SessionState);
        var (current, proposed) = Read(catalog);
        var progress = new ReadProgressWriter(this);
        using var checkpoint = CheckpointPath is null ? null : Checkpoints.Open(SessionState.Path, CheckpointPath, Session, WriteWarning);
        try
        {
            var options = new ImpactOptions { IncludesDisabled = IncludeDisabled, KeepsUnaffected = IncludeUnaffected && !Summary, Checkpoint = checkpoint, Announce = progress.Announce, Notice = WriteWarning, Progress = progress };
            Write(new PolicyImpactSource(Session, Client, catalog, options).Measure(current, proposed, StopToken));
        }
        finally
        {
            if (!StopToken.IsCancellationRequested) progress.Complete();
        }
    }, target: Policy ?? Path ?? LiteralPath);

    private (PasskeyPolicy Current, PasskeyPolicy Proposed) Read(ProviderCatalog catalog)
    {
        var file = ParameterSetName == ObjectSet ? null : InputPaths.Single(SessionState.Path, Path, LiteralPath, "ProposedPolicyAmbiguous");
        var text = file is null ? null : PolicyProposal.ReadText(file);
        if (Plans.TryOf(text ?? Policy) is { } document)
        {
            var plan = new PolicyPlanner(Session, Client, catalog).Plan(document, [], StopToken);
            foreach (var warning in plan.Warning) WriteWarning(warning);
            return (plan.Before, plan.After);
        }
        var proposal = file is null ? ProposedPolicies.Of(Policy, Session.TenantId) : PolicyProposal.Parse(text!, PolicyProposal.Shown(file));
        var current = new PolicyReader(catalog, WriteWarning, StopToken).Read(Session, Client);
        var proposed = new PasskeyPolicySource(Session, Client, catalog).Propose(current, proposal, StopToken);
        foreach (var objection in new ProposalRules(proposed, current).Objections()) WriteWarning(objection);
        return (current, proposed);
    }

    private void Write(ImpactMeasurement measured)
    {
        foreach (var reason in measured.NotRead) WriteWarning(reason);
        if (measured.Changes.Count == 0) WriteWarning("The proposed policy is the present one: nothing would change.");
        else if (measured.IsNothingTaken) WriteWarning("The proposal takes sign-in from nobody, whoever is in which group, so nobody was looked at. What can be registered from then on is another question.");
        if (Summary) WriteObject(new PasskeyImpactSummary(measured));
        else WriteObject(measured.Rows, enumerateCollection: true);
        if (!Summary && measured.Changes.Count > 0) WriteVerbose(new PasskeyImpactSummary(measured).ToString());
    }
}
