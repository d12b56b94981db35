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
    private DesiredPolicy _desired = null!;
    private string _file = "";
    private bool _any;
    private bool _isAsDesired = true;

    [Parameter(ParameterSetName = PathSet, Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string? Path { get; set; }

    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true)]
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
        _file = InputPaths.Single(SessionState.Path, Path, LiteralPath, "DesiredPolicyAmbiguous");
        _desired = DesiredPolicyReader.Load(_file, _catalog);
    });

    protected override void ProcessRecord()
    {
        _any = true;
        // An error is no "as desired".
        if (!WithTenant(Compare, target: _file)) _isAsDesired = false;
    }

    protected override void EndProcessing()
    {
        if (Quiet) WriteObject(_any && _isAsDesired);
    }

    private void Compare()
    {
        var policy = new PolicyReader(_catalog, WriteWarning, StopToken).Read(Session, Client);
        var plan = new DesiredPolicySource(Session, Client, _catalog).Plan(_desired, policy, MyInvocation.MyCommand.Name, StopToken);
        foreach (var warning in plan.Warning) WriteWarning(warning);
        // A difference that no word is for is one all the same.
        if (!plan.IsEmpty) _isAsDesired = false;
        if (Quiet) return;
        if (AsPlan) WriteObject(plan);
        else WriteObject(PolicyDifference.Deltas(plan.Before, plan.After).Select(d => new PasskeyPolicyDrift(d, plan.Before, _file)), enumerateCollection: true);
        if (plan.IsEmpty) WriteVerbose($"The policy of {Session} is what the file wants.");
    }
}
