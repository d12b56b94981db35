using System.Linq;
using System.Management.Automation;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Commands;

/// <summary>Says in what the passkey policy of a tenant is not what a file of desired state wants. It writes nothing.</summary>
[Cmdlet(VerbsData.Compare, "PasskeyPolicy", DefaultParameterSetName = PathSet)]
[OutputType(typeof(PasskeyPolicyDrift), typeof(PasskeyPolicyPlan), typeof(bool))]
public sealed class ComparePasskeyPolicyCommand : TenantCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private ProviderCatalog _catalog = null!;
    private DesiredInput _input = null!;
    private bool _any;
    private bool _isAsDesired = true;

    [Parameter(ParameterSetName = PathSet, Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string? Path { get; set; }

    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Alias("PSPath")]
    public string? LiteralPath { get; set; }

    [Parameter]
    public SwitchParameter AsPlan { get; set; }

    [Parameter]
    public SwitchParameter Quiet { get; set; }

    protected override void BeginProcessing() => OrTerminate(Path ?? LiteralPath, () =>
    {
        base.BeginProcessing();
        if (AsPlan && Quiet) throw new PasskeyAdminException(ErrorKind.InvalidArgument, "AsPlanWithQuiet", "-Quiet gives true or false, and -AsPlan a plan. Give one of them.");
        _catalog = Catalogs.Current(SessionState);
        _input = new DesiredInput(SessionState.Path, _catalog);
        // What is wrong with the file is told before any tenant is asked; of files on the pipeline, when they come.
        if (Path is not null || LiteralPath is not null) _input.Read(Path, LiteralPath);
    });

    protected override void ProcessRecord()
    {
        _any = true;
        var given = Path ?? LiteralPath;
        // An error is no "as desired"; and who asks for one answer gets one.
        if (!WithTenant(() =>
            {
                if (!Quiet) Compare();
                else if (!ForItem(given, Compare)) _isAsDesired = false;
            }, target: given)) _isAsDesired = false;
    }

    protected override void EndProcessing()
    {
        if (Quiet) WriteObject(_any && _isAsDesired);
    }

    private void Compare()
    {
        var (file, desired) = _input.Read(Path, LiteralPath);
        var policy = new PolicyReader(_catalog, WriteWarning, StopToken).Read(Session, Client);
        var plan = new DesiredPolicySource(Session, Client, _catalog).Plan(desired, policy, MyInvocation.MyCommand.Name, StopToken);
        foreach (var warning in plan.Warning) WriteWarning(warning);
        // A difference that no word is for is one all the same.
        if (!plan.IsEmpty) _isAsDesired = false;
        if (Quiet) return;
        if (AsPlan) WriteObject(plan);
        else WriteObject(PolicyDifference.Deltas(plan.Before, plan.After).Select(d => new PasskeyPolicyDrift(d, plan.Before, file)), enumerateCollection: true);
        if (plan.IsEmpty) WriteVerbose($"The policy of {Session} is what the file wants.");
    }
}
