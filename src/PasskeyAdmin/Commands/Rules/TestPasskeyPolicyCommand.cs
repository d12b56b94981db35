using System.Collections.Generic;
using System.Management.Automation;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Rules;

namespace PasskeyAdmin.Commands;

/// <summary>Judges the passkey policy of a tenant, its people and its Conditional Access by best practice; or a policy in a file by what the policy alone tells.</summary>
[Cmdlet(VerbsDiagnostic.Test, "PasskeyPolicy", DefaultParameterSetName = TenantSet)]
[OutputType(typeof(PasskeyPolicyFinding), typeof(string), typeof(bool))]
public sealed class TestPasskeyPolicyCommand : TenantCmdlet
{
    private const string TenantSet = "Tenant";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private readonly List<PasskeyPolicyFinding> _findings = [];
    private IReadOnlyList<PolicyRule> _rules = [];
    private RuleRun _run = null!;
    private PolicyProposal? _file;
    private string? _fileName;
    private bool _any;
    private bool _allPass = true;

    [Parameter(ParameterSetName = PathSet, Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string? Path { get; set; }

    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string? LiteralPath { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RuleCompleter))]
    public string[]? RuleId { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RuleCompleter))]
    public string[]? ExcludeRule { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public RuleSeverity[]? Severity { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SuppressionPath { get; set; }

    [Parameter]
    public FindingFormat As { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? OutFile { get; set; }

    [Parameter]
    public SwitchParameter Quiet { get; set; }

    [Parameter]
    public SwitchParameter Wait { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CheckpointPath { get; set; }

    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (OutFile is not null && As is FindingFormat.Finding)
            OrTerminate(OutFile, () => throw new PasskeyAdminException(ErrorKind.InvalidArgument, "OutFileFormatMissing", "A file is written as Sarif or as NUnit: say which with -As. Objects go through the pipeline, to Export-Csv or ConvertTo-Json."));
        if (OutFile is not null) OrTerminate(OutFile, () => FindingReport.RequireWritable(SessionState.Path, OutFile, [SuppressionPath, CheckpointPath, Path, LiteralPath]));
        _rules = OrTerminate(RuleId ?? ExcludeRule, () => RuleSelection.Of(RuleId, ExcludeRule, Severity));
        var suppressions = SuppressionPath is null ? [] : OrTerminate(SuppressionPath, () => SuppressionFile.Load(InputPaths.ResolveLiteral(SessionState.Path, SuppressionPath)));
        _run = new RuleRun(_rules, suppressions);
        if (ParameterSetName == TenantSet) return;
        _fileName = OrTerminate(Path ?? LiteralPath, () => InputPaths.Single(SessionState.Path, Path, LiteralPath, "ProposedPolicyAmbiguous"));
        _file = OrTerminate(Path ?? LiteralPath, () => PolicyProposal.Load(_fileName));
    }

    protected override void ProcessRecord()
    {
        // Whoever is connected by chance does not decide about a file: the tenant has to be named.
        var isJudged = _file is not null && Tenant is null ? ForItem(_fileName, JudgeFile) : WithTenant(JudgeTenant, target: _fileName);
        // Not &=, which would take the value from before it was judged.
        if (!isJudged) _allPass = false;
    }

    protected override void EndProcessing()
    {
        Write(_run.EvaluateSuppressions());
        // Also of nothing: a report of an earlier run must not be taken for this one.
        if (As is not FindingFormat.Finding)
        {
            var report = new FindingReport(As, _rules, _fileName is null ? null : InputPaths.FromHere(SessionState.Path, _fileName));
            if (OutFile is not null) OrTerminate(OutFile, () => report.Save(_findings, SessionState.Path, OutFile));
            else if (!Quiet) WriteObject(report.Text(_findings));
        }
        if (Quiet) WriteObject(_any && _allPass);
    }

    private void JudgeFile()
    {
        var now = new SystemClock().UtcNow;
        var policy = PolicyFile.Understand(_file!, Catalogs.Current(SessionState), now);
        Write(_run.Evaluate(new RuleContext(policy, Catalogs.Current(SessionState), now) { IsFile = true }, new RuleTenant(null, InputFile.Shown(System.IO.Path.GetFileName(_fileName!)), now)));
    }

    private void JudgeTenant()
    {
        var catalog = Catalogs.Current(SessionState);
        var progress = new ReadProgressWriter(this);
        using var checkpoint = CheckpointPath is null ? null : Checkpoints.Open(SessionState.Path, CheckpointPath, Session, WriteWarning);
        try
        {
            var policy = _file is null ? new PolicyReader(catalog, WriteWarning, StopToken).Read(Session, Client) : new PasskeyPolicySource(Session, Client, catalog).Read(_file, StopToken);
            var options = new RuleOptions { Waits = Wait, Checkpoint = checkpoint, Announce = progress.Announce, Notice = WriteWarning, Progress = progress };
            var context = new RuleSource(Session, Client, catalog, options).Read(policy, _run.Needs, StopToken);
            Write(_run.Evaluate(context, new RuleTenant(Session.TenantId, Session.TenantName is { } name ? DisplayText.Neutralise(name) : null, context.Now)));
        }
        finally
        {
            if (!StopToken.IsCancellationRequested) progress.Complete();
        }
    }

    private void Write(IEnumerable<PasskeyPolicyFinding> findings)
    {
        foreach (var finding in findings)
        {
            _any = true;
            _allPass &= finding.Outcome is not (RuleOutcome.Fail or RuleOutcome.Unknown);
            if (As is not FindingFormat.Finding) _findings.Add(finding);
            // With a file, the objects go on as well: a pipeline decides by them.
            if (!Quiet && (As is FindingFormat.Finding || OutFile is not null)) WriteObject(finding);
        }
    }
}
